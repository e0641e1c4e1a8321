"""The written text: made even, and asked for the line on which something stands."""

from __future__ import annotations

import re

_INDENT = re.compile(r"^[\u3000\u2003\u00a0]+[ \u3000\u2003\u00a0]*", re.MULTILINE)
_WIDE = ("\u3000", "\u2003", "\u00a0")
_INDENTS = tuple(f"\n{space}" for space in _WIDE)


def even(text: str) -> str:
    """Return ``text`` with one kind of line end and without typed indents (　　): the theme indents paragraphs.

    The lines stay where they are.

    >>> even("　　正文。\\r\\n")
    '正文。\\n'
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return _INDENT.sub("", text) if any(mark in text for mark in _INDENTS) or text[:1] in _WIDE else text


class Lines:
    """Tells the line of what was found in a text, going forward: the second find of the same words is a later one."""

    def __init__(self, text: str, first_line: int) -> None:
        self.text, self.first_line = text, first_line
        self.after: dict[str, int] = {}

    def of(self, words: str) -> int:
        """Return the line of the next ``words``; where they were written otherwise, of the last ones, or the first line."""
        start = self.after.get(words, 0)
        position = self.text.find(words, start)
        if position < 0:
            position = max(start - 1, 0)
        else:
            self.after[words] = position + 1
        return self.first_line + self.text.count("\n", 0, position)
