"""One line of a page while it is being read: text pieces, white space folded, inline marks as offsets."""

from __future__ import annotations

import re

from plugins.legacy_html.document import Mark, MarkKind

_SPACES = re.compile(r"[ \t\n\r\f]+")
SHORT = 260  # characters up to which seams are kept
_ANY_SPACE = re.compile(r"[\t\n\r\f]|  ")
_WIDE = "\u2014\u2018-\u201d\u2026\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef"
_SOURCE_BREAK = re.compile(rf"(?<=[{_WIDE}])[ \t]*[\n\r]\s*(?=[{_WIDE}])")


class Line:
    """Collects the inline content between two block boundaries."""

    __slots__ = ("_length", "_marks", "_open", "_pieces", "_seams")

    def __init__(self) -> None:
        self._pieces = list[str]()
        self._length = 0
        self._marks = list[Mark]()
        self._open = list[tuple[MarkKind, str, int]]()
        self._seams = list[int]()

    def add(self, text: str) -> None:
        """Append a text node, folding its white space as a browser does; a line break inside Chinese is none."""
        folded = _SPACES.sub(" ", _SOURCE_BREAK.sub("", text)) if _ANY_SPACE.search(text) else text
        if folded.startswith(" ") and (not self._pieces or self._pieces[-1].endswith(" ")):
            folded = folded[1:]
        if folded:
            if self._pieces and not folded.startswith(" ") and not self._pieces[-1].endswith(" "):
                self._seams.append(self._length)
            self._pieces.append(folded)
            self._length += len(folded)

    def open(self, kind: MarkKind, href: str = "") -> None:
        """Begin an inline span here."""
        self._open.append((kind, href, self._length))

    def close(self) -> None:
        """End the innermost open span here."""
        kind, href, start = self._open.pop()
        if self._length > start:
            self._marks.append(Mark(kind=kind, start=start, end=self._length, href=href))

    @property
    def is_blank(self) -> bool:
        return not self._pieces or not any(map(str.strip, self._pieces))

    def take(self) -> tuple[str, tuple[Mark, ...], tuple[int, ...]]:
        """The line so far, without white space at its ends; spans still open go on in the next line. Last, where
        elements met without a space, for a short line."""
        raw = self._pieces[0] if len(self._pieces) == 1 else "".join(self._pieces)
        text = raw.strip()
        if not (self._marks or self._open or self._seams):
            self._pieces, self._length = [], 0
            return text, (), ()
        for kind, href, start in self._open:
            self._marks.append(Mark(kind=kind, start=start, end=len(raw), href=href))
        indent = len(raw) - len(raw.lstrip())
        moved = (_within(mark, indent, indent + len(text)) for mark in self._marks)
        marks = tuple(mark for mark in moved if mark.start < mark.end)
        seams = tuple(at - indent for at in self._seams if 0 < at - indent < len(text)) if len(text) <= SHORT else ()
        self._pieces, self._length, self._marks, self._seams = [], 0, [], []
        self._open = [(kind, href, 0) for kind, href, _ in self._open]
        return text, tuple(sorted(marks, key=lambda mark: (mark.start, -mark.end))), seams


def _within(mark: Mark, start: int, end: int) -> Mark:
    """The part of ``mark`` in ``raw[start:end]``, counted from there."""
    return Mark(kind=mark.kind, start=max(mark.start, start) - start, end=min(mark.end, end) - start, href=mark.href)
