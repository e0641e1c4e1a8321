"""The slices that browsers search: those of this build only, whatever was built before."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from pathlib import Path

from plugins.assembly.build import Built
from tests.assembly.small_site import contents, write


def holds(folder: Path, text: str) -> bool:
    """Whether ``text`` stands anywhere below ``folder``, deflated or not, in an encoding that the index uses."""
    forms = [text.encode(encoding) for encoding in ("utf-8", "gb18030")]
    return any(form in found for content in contents(folder).values() for found in inflated(content) for form in forms)


def inflated(content: bytes) -> list[bytes]:
    """Return ``content`` as it is and, where it is deflated, inflated."""
    try:
        return [content, zlib.decompressobj(-15).decompress(content)]
    except zlib.error:
        return [content]


def test_an_edit_leaves_what_a_clean_build_gives(run: Callable[..., Built], site: Path) -> None:
    run()
    assert holds(site / "output" / "search-index", "乙的正文")
    text = (site / "content/news/b.md").read_text("utf-8")
    write(site / "content/news/b.md", text.replace("乙的正文", "改过的话"))
    assert run().succeeded
    edited = contents(site / "output")
    assert not holds(site / "output", "乙的正文")
    assert run(clean=True).succeeded
    assert contents(site / "output") == edited


def test_a_withdrawn_text_is_in_no_slice_and_no_index(run: Callable[..., Built], site: Path) -> None:
    write(
        site / "content/news/c.md",
        "---\ntitle: 撤回的标题\ntype: news_item\nstate: published\ndate: 2024-05-03\nsource: 本站\n---\n撤回的正文。\n",
    )
    run()
    assert holds(site / "output" / "search-index", "撤回的正文")
    text = (site / "content/news/c.md").read_text("utf-8")
    write(site / "content/news/c.md", text.replace("state: published", "state: private"))
    assert run().succeeded
    for folder in ("output", "search-index"):
        assert not holds(site / folder, "撤回")
