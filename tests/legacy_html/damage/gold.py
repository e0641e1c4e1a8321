"""A clean page, as a person would write it down: what every damaged copy of it should come back to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

Kind = Literal["paragraph", "heading2", "heading3", "figure", "line"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A paragraph, a heading, a figure with its caption, or a line of verse, a list, a signature."""

    kind: Kind
    text: str
    file: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gold:
    """The page itself: what it says of itself, and its text."""

    name: str
    title: str
    author: tuple[str, str] | None = None
    source_name: str = ""
    moment: date | None = None
    column: str = ""
    parts: tuple[Part, ...] = ()
    quarantine: bool = False

    @property
    def text(self) -> str:
        """One paragraph a line, captions at their place."""
        return "\n".join(part.text for part in self.parts)

    @property
    def headings(self) -> tuple[tuple[int, str], ...]:
        return tuple((int(part.kind[-1]), part.text) for part in self.parts if part.kind.startswith("heading"))

    @property
    def figures(self) -> tuple[tuple[str, str], ...]:
        return tuple((part.file, part.text) for part in self.parts if part.kind == "figure")


def page(name: str, title: str, text: str, **stated: object) -> Gold:
    """Read a page from lines: ``## `` and ``### `` head, ``| `` starts a line that is no prose, ``![file] `` a figure."""
    parts = [_part(line.strip()) for line in text.strip().split("\n") if line.strip()]
    return Gold(name=name, title=title, parts=tuple(parts), **stated)  # type: ignore[arg-type]


def _part(line: str) -> Part:
    if line.startswith("### "):
        return Part(kind="heading3", text=line[4:])
    if line.startswith("## "):
        return Part(kind="heading2", text=line[3:])
    if line.startswith("| "):
        return Part(kind="line", text=line[2:])
    if line.startswith("!["):
        file, _, caption = line[2:].partition("] ")
        return Part(kind="figure", text=caption, file=file)
    return Part(kind="paragraph", text=line)


def texts(parts: Sequence[Part]) -> list[str]:
    """The text of each part."""
    return [part.text for part in parts]
