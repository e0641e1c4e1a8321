"""Read a text or Markdown dump of a page as blocks."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from plugins.legacy_html.document import Block, Cell, Facts, Mark
from plugins.legacy_html.inline import read_inline

_FRONT_MATTER = re.compile(r"\A\s*---[ \t]*\n((?:.*\n)*?)---[ \t]*(?:\n|\Z)")
_HEADING = re.compile(r"(#{1,6})[ \t]+(\S.*?)[ \t]*#*\s*\Z")
_FIGURE = re.compile(r"!\[((?:\\.|[^\]\\])*)\]\((?:<([^<>\n]*)>|([^\s<>]*?))(?:\s+\"[^\"]*\")?\)\s*\Z")
_BULLET = re.compile(r"[ \t]*(?:[-*+][ \t]+|[•●▪◆][ \t]*)(?=\S)")
_NUMBER = re.compile(r"(\d{1,3})\.[ \t]+(?=\S)")
_DELIMITER = re.compile(r"\|?(?:\s*:?-{3,}:?\s*\|)+(?:\s*:?-{3,}:?\s*)?\s*\Z")
_RULE = re.compile(r"\s*(?:[-*_]\s*){3,}\Z")
_CELL = re.compile(r"((?:\\.|[^|\\])*)(?:\||\Z)")
_HARD_BREAK = re.compile(r"(?:[ \t]{2,}|\\)\Z")


def read_dump(text: str, *, escapes: bool) -> tuple[Facts, tuple[Block, ...]]:
    """The front matter and the blocks of a dump; Markdown's signs are read only where ``escapes`` says it is Markdown."""
    lines_text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0b", "\n").replace("\x0c", "\n")
    if not escapes:
        lines = (line.rstrip() for line in lines_text.split("\n"))
        return Facts(), tuple(Block(kind="paragraph", text=line.replace("\t", "  ")) for line in lines if line.strip())
    front = _FRONT_MATTER.match(lines_text)
    body = lines_text[front.end() :] if front else lines_text
    return Facts(front_matter=front[1] if front else ""), tuple(_Markdown(body.split("\n")).read())


class _Markdown:
    """A cursor over lines that turns each construct into blocks."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = lines
        self._at = 0
        self._groups = 0
        self._blocks = list[Block]()

    def read(self) -> list[Block]:
        constructs: tuple[Callable[[str], bool], ...] = (
            self._html_table,
            self._pipe_table,
            self._figure,
            self._heading,
            self._bullets,
            self._numbers,
            self._quote,
            self._paragraph,
        )
        while self._at < len(self._lines):
            line = self._lines[self._at].rstrip("\n")
            if not line.strip() or _RULE.match(line):
                self._at += 1
            else:
                any(construct(line) for construct in constructs)
        return self._blocks

    def _take(self, block: Block, lines: int = 1) -> bool:
        self._blocks.append(block)
        self._at += lines
        return True

    def _html_table(self, line: str) -> bool:
        if not line.startswith("<table"):
            return False
        from plugins.legacy_html.parse import html_blocks  # parse reads dumps, a dump may hold a table of HTML

        end = self._at
        while end < len(self._lines) and "</table>" not in self._lines[end]:
            end += 1
        self._groups += 1
        found = html_blocks("\n".join(self._lines[self._at : end + 1]))
        self._blocks.extend(replace(block, group=self._groups) for block in found)
        self._at = end + 1
        return True

    def _pipe_table(self, line: str) -> bool:
        following = self._lines[self._at + 1] if self._at + 1 < len(self._lines) else ""
        if "|" not in line or not _DELIMITER.match(following):
            return False
        self._groups += 1
        if line.strip("| \t"):
            self._row(line, header=True)
            self._at += 1
        else:  # a table without a header, as Markdown has to write it
            self._at += 2
        while self._at < len(self._lines) and "|" in self._lines[self._at]:
            self._row(self._lines[self._at], header=False)
        return True

    def _row(self, line: str, *, header: bool) -> None:
        inner = line.strip().removeprefix("|")
        parts = [part.strip() for part in _CELL.findall(inner.removesuffix("|") if inner.endswith("|") else inner)][:-1]
        texts, marks, offset = list[str](), list[Mark](), 0
        for part in parts:
            text, own = read_inline(part)
            marks += (replace(mark, start=mark.start + offset, end=mark.end + offset) for mark in own)
            texts.append(text.replace("\t", " "))
            offset += len(text) + 1
        cells = tuple(Cell(header=header) for _ in parts)
        self._take(Block(kind="row", text="\t".join(texts), marks=tuple(marks), cells=cells, group=self._groups))

    def _figure(self, line: str) -> bool:
        found = _FIGURE.match(line.strip())
        if not found:
            return False
        caption, marks = read_inline(found[1])
        return self._take(Block(kind="figure", text=caption, marks=marks, file=found[2] or found[3] or ""))

    def _heading(self, line: str) -> bool:
        found = _HEADING.match(line)
        if not found:
            return False
        text, marks = read_inline(found[2])
        return self._take(Block(kind="heading", text=text, marks=marks, level=len(found[1])))

    def _bullets(self, line: str) -> bool:
        if not _BULLET.match(line):
            return False
        self._groups += 1
        while self._at < len(self._lines) and (found := _BULLET.match(self._lines[self._at])):
            indent = len(found[0]) - len(found[0].lstrip())
            self._item(self._lines[self._at][found.end() :], level=1 + indent // 4, ordered=False)
        return True

    def _numbers(self, line: str) -> bool:
        run = self._at
        while (
            run < len(self._lines)
            and (found := _NUMBER.match(self._lines[run]))
            and int(found[1]) == run - self._at + 1
        ):
            run += 1
        if run - self._at < 2:
            return False
        self._groups += 1
        while self._at < run:
            self._item(_NUMBER.sub("", self._lines[self._at], count=1), level=1, ordered=True)
        return True

    def _item(self, source: str, *, level: int, ordered: bool) -> None:
        text, marks = read_inline(source.rstrip())
        self._take(Block(kind="item", text=text, marks=marks, level=level, ordered=ordered, group=self._groups))

    def _quote(self, line: str) -> bool:
        if not line.startswith(">") or not line.strip("> \t"):
            return False
        text, marks = read_inline(line.lstrip("> \t").rstrip())
        return self._take(Block(kind="quote", text=text, marks=marks))

    def _paragraph(self, line: str) -> bool:
        taken = [line]
        while _HARD_BREAK.search(taken[-1]) and self._at + len(taken) < len(self._lines):
            following = self._lines[self._at + len(taken)]
            if not following.strip():
                break
            taken.append(following)
        joined = "".join(_HARD_BREAK.sub("", one) if one is not taken[-1] else one.rstrip() for one in taken)
        text, marks = read_inline(joined.replace("\t", "  "))
        return self._take(Block(kind="paragraph", text=text, marks=marks), len(taken))
