"""Blocks as HTML and as Markdown; both escape, so that text never turns into markup."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from html import escape
from itertools import groupby

from plugins.legacy_html.document import Block, Cell, Mark, MarkKind
from plugins.legacy_html.inline import address, line_start_escaped, nested, tags, write_inline
from plugins.sanitizing.addresses import loaded

_ELEMENTS: dict[MarkKind, str] = {"strong": "strong", "em": "em", "sup": "sup", "sub": "sub"}


def groups(blocks: Sequence[Block]) -> Iterator[tuple[Block, ...]]:
    """Blocks that are written as one: the items of a list, the rows of a table."""
    for _, run in groupby(enumerate(blocks), _run_key):
        yield tuple(block for _, block in run)


def _run_key(pair: tuple[int, Block]) -> tuple[object, ...]:
    index, block = pair
    if block.kind == "item":
        return ("item",)
    return ("row", block.group) if block.kind == "row" else (index,)


def to_markdown(blocks: Sequence[Block]) -> str:
    """The body in the house's Markdown, one paragraph one line."""
    parts = (_markdown_group(run) for run in groups(blocks))
    return "".join(f"{part}\n\n" for part in parts if part).rstrip("\n") + "\n" if blocks else ""


def _markdown_group(run: tuple[Block, ...]) -> str:
    block = run[0]
    if block.kind == "row":
        return _pipe_table(run) if _is_plain(run) else _html_table(run)
    if block.kind == "item":
        return "\n".join(_items(run))
    inline = write_inline(block.text, block.marks)
    if block.kind == "figure" and not block.file:
        return f"*{write_inline(block.text, ())}*" if block.text else ""
    if block.kind == "figure":
        return f"![{write_inline(block.text, ())}](<{address(block.file)}>)"
    if not inline.strip():
        return ""
    if block.kind == "heading":
        return "#" * max(2, block.level) + " " + re.sub(r"#+$", lambda end: "\\#" * len(end[0]), inline)
    return f"> {line_start_escaped(inline)}" if block.kind == "quote" else line_start_escaped(inline)


def _items(run: tuple[Block, ...]) -> Iterator[str]:
    """The lines of a list; an ordered list of one level keeps its numbers."""
    numbered = len(run) > 1 and all(block.ordered and block.level == 1 for block in run)
    base = min(block.level for block in run)
    for number, block in enumerate(run, 1):
        sign = f"{number}." if numbered else "-"
        yield f"{' ' * 4 * (block.level - base)}{sign} {line_start_escaped(write_inline(block.text, block.marks))}"


def _is_plain(rows: tuple[Block, ...]) -> bool:
    """Whether a table can be a pipe table: the same number of simple cells in every row."""
    widths = {len(row.text.split("\t")) for row in rows}
    return (
        len(widths) == 1
        and all(cell.colspan == cell.rowspan == 1 for row in rows for cell in row.cells)
        and widths != {1}
    )


def _cells(row: Block) -> list[str]:
    """A row's cells in Markdown."""
    pieces, offset = list[str](), 0
    for text in row.text.split("\t"):
        end = offset + len(text)
        marks = tuple(_clipped(row, offset, end))
        pieces.append(write_inline(text, marks, escape_pipes=True))
        offset = end + 1
    return pieces


def _clipped(row: Block, start: int, end: int) -> Iterator[Mark]:
    for mark in row.marks:
        if mark.start < end and mark.end > start:
            yield replace(mark, start=max(mark.start, start) - start, end=min(mark.end, end) - start)


def _pipe_table(rows: tuple[Block, ...]) -> str:
    head = rows[0] if rows[0].cells and all(cell.header for cell in rows[0].cells) else None
    cells = [_cells(row) for row in rows]
    width = len(cells[0])
    lines = [cells.pop(0) if head is not None else [""] * width]
    lines += [["---"] * width, *cells]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _html_table(rows: tuple[Block, ...]) -> str:
    """A table with spans, as HTML: Markdown has none."""
    lines = ["<table>"]
    for row in rows:
        lines.append(f"<tr>{''.join(_html_cells(row))}</tr>")
    return "\n".join([*lines, "</table>"])


def _html_cells(row: Block) -> Iterator[str]:
    offset = 0
    for index, text in enumerate(row.text.split("\t")):
        shape = row.cells[index] if index < len(row.cells) else Cell()
        end = offset + len(text)
        spans = "".join(
            f' {name}="{value}"'
            for name, value in (("colspan", shape.colspan), ("rowspan", shape.rowspan))
            if value > 1
        )
        tag = "th" if shape.header else "td"
        yield f"<{tag}{spans}>{html_inline(text, tuple(_clipped(row, offset, end)))}</{tag}>"
        offset = end + 1


def to_html(blocks: Sequence[Block]) -> str:
    """The body as HTML, before it is sanitised."""
    return "\n".join(part for run in groups(blocks) if (part := _html_group(run)))


def _html_group(run: tuple[Block, ...]) -> str:
    block = run[0]
    if block.kind == "row":
        return _html_table(run)
    if block.kind == "item":
        return _html_list(run)
    inline = html_inline(block.text, block.marks)
    if block.kind == "figure":
        caption = f"<figcaption>{inline}</figcaption>" if inline else ""
        picture = f'<img src="{escape(block.file)}" alt="{escape(block.text)}">' if loaded(block.file) else ""
        return f"<figure>{picture}{caption}</figure>"
    if block.kind == "heading":
        rank = max(2, min(block.level, 6))
        return f"<h{rank}>{inline}</h{rank}>"
    if block.kind == "quote":
        return f"<blockquote><p>{inline}</p></blockquote>"
    return f"<p>{inline}</p>" if inline else ""


def _html_list(run: tuple[Block, ...]) -> str:
    """A list whose deeper items stand in lists of their own."""
    tag = "ol" if len(run) > 1 and all(block.ordered and block.level == 1 for block in run) else "ul"
    base = min(block.level for block in run)
    pieces, depth = list[str](), 0
    for block in run:
        level = min(block.level - base + 1, depth + 1)
        while depth < level:
            pieces.append(f"<{tag}>")
            depth += 1
        while depth > level:
            pieces.append(f"</{tag}>")
            depth -= 1
        pieces.append(f"<li>{html_inline(block.text, block.marks)}</li>")
    return "".join(pieces) + f"</{tag}>" * depth


def html_inline(text: str, marks: tuple[Mark, ...]) -> str:
    """Text and marks as HTML."""
    pieces, last = list[str](), 0
    for at, tag in tags(nested(text, marks), _html_open, _html_close):
        pieces += (escape(text[last:at], quote=False), tag)
        last = at
    return ("".join(pieces) + escape(text[last:], quote=False)).replace("\n", "<br>")


def _html_open(mark: Mark) -> str:
    return f'<a href="{escape(mark.href)}">' if mark.kind == "link" else f"<{_ELEMENTS[mark.kind]}>"


def _html_close(mark: Mark) -> str:
    return "</a>" if mark.kind == "link" else f"</{_ELEMENTS[mark.kind]}>"
