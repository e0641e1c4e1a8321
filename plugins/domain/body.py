"""What an article's Markdown becomes: clean HTML, its headings and what it refers to."""

from __future__ import annotations

from dataclasses import dataclass

REFERENCE = "/@/"  # in Body.html an internal address is written REFERENCE + path in content, until the page is rendered


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """An entry of the table of contents; ``level`` is 2 for 一、, 3 for （一）, 4 for 1."""

    level: int
    text: str
    anchor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """Something inside the site that a text points to: an item, a picture or a file of ``content/``.

    ``path`` is relative to the content folder, ``fragment`` the anchor without ``#``, ``line`` a line of the source file.
    """

    path: str
    fragment: str = ""
    line: int = 1
    is_image: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """A text as published but for its internal addresses, which stand as ``/@/<path>`` until they are known.

    ``text`` is the plain text, one block a line, for search, feeds and summaries; ``anchors`` are all ids of ``html``.
    """

    html: str = ""
    text: str = ""
    headings: tuple[Heading, ...] = ()
    anchors: tuple[str, ...] = ()
    references: tuple[Reference, ...] = ()
