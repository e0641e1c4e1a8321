"""The slices that browsers search: those of this build only, whatever was built before."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from pathlib import Path

from plugins.assembly.build import Built
from tests.assembly.small_site import contents, write


def inflated(folder: Path) -> str:
    """Return everything below ``folder`` as one text, inflated where it is deflated."""
    found = []
    for content in contents(folder).values():
        try:
            found.append(zlib.decompressobj(-15).decompress(content))
        except zlib.error:
            found.append(content)
    return b"".join(found).decode("utf-8", "replace")


def test_an_edit_leaves_what_a_clean_build_gives(run: Callable[..., Built], site: Path) -> None:
    run()
    text = (site / "content/news/b.md").read_text("utf-8")
    write(site / "content/news/b.md", text.replace("乙的正文", "改过的话"))
    assert run().succeeded
    edited = contents(site / "output")
    assert "乙的正文" not in inflated(site / "output")
    assert run(clean=True).succeeded
    assert contents(site / "output") == edited


def test_a_withdrawn_text_is_in_no_slice_and_no_index(run: Callable[..., Built], site: Path) -> None:
    write(
        site / "content/news/c.md",
        "---\ntitle: 撤回的标题\ntype: news_item\nstate: published\ndate: 2024-05-03\nsource: 本站\n---\n撤回的正文。\n",
    )
    run()
    assert "撤回的正文" in inflated(site / "output" / "search-index")
    text = (site / "content/news/c.md").read_text("utf-8")
    write(site / "content/news/c.md", text.replace("state: published", "state: private"))
    assert run().succeeded
    for folder in ("output", "search-index"):
        assert "撤回" not in inflated(site / folder)
