"""Paths of content and output: always inside their root, compared by components."""

from __future__ import annotations

import re
from pathlib import Path

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
SLUG_BYTES = 80
_DEVICES = frozenset(
    ["con", "prn", "aux", "nul", *(f"com{n}" for n in range(1, 10)), *(f"lpt{n}" for n in range(1, 10))]
)


def is_slug(text: str) -> bool:
    """Whether ``text`` may stand in an address: ``a-z0-9`` joined by single hyphens, at most 80 bytes, no device name."""
    return SLUG.fullmatch(text) is not None and len(text) <= SLUG_BYTES and text not in _DEVICES


def resolve(reference: str, *, beside: str) -> str | None:
    """Return the path inside the root that ``reference`` names; None where it leaves the root.

    ``beside`` is the path of the file that holds the reference; a leading ``/`` starts at the root.

    >>> resolve("../people/a.md", beside="news/b.md")
    'people/a.md'
    >>> resolve("../../x", beside="news/b.md") is None
    True
    """
    start = "" if reference.startswith("/") else beside.rpartition("/")[0]
    parts: list[str] = []
    for part in f"{start}/{reference}".split("/"):
        if part == "..":
            if not parts:
                return None
            parts.pop()
        elif part not in ("", "."):
            parts.append(part)
    return "/".join(parts)


def is_inside(path: Path, root: Path) -> bool:
    """Whether the real place of ``path`` lies in the real place of ``root``, compared by components."""
    return path.resolve().is_relative_to(root.resolve())


def output_path(url: str) -> str:
    """Return the file that answers ``url``.

    >>> output_path("/news/"), output_path("/feed.xml")
    ('news/index.html', 'feed.xml')
    """
    relative = url.lstrip("/")
    return f"{relative}index.html" if not relative or relative.endswith("/") else relative
