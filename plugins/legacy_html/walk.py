"""From an HTML tree to boxes and blocks, in one pass that no nesting can overflow."""

from __future__ import annotations

from dataclasses import replace

from selectolax.lexbor import LexborNode

from plugins.legacy_html.document import Block, BlockKind, Box, Cell, Mark
from plugins.legacy_html.elements import (
    BLOCKS,
    BOLD,
    BOXES,
    CENTRED,
    HEADINGS,
    HIDDEN,
    MARKS,
    PICTURE_SOURCES,
    PICTURES,
    SILENT,
)
from plugins.legacy_html.labels import DATE
from plugins.legacy_html.lines import Line
from plugins.legacy_html.roles import LONGEST, role_of
from plugins.legacy_html.tables import is_data_table, rows_of

_INLINE = frozenset({"a", "b", "em", "font", "i", "small", "span", "strong"})
_NODES_READ = 24  # behind a line break in a heading
_STRUCTURE = frozenset({"ul", "ol", "dl", "menu", "dir"})


class Walk:
    """Reads a tree into ``boxes`` and ``blocks``."""

    def __init__(self) -> None:
        self.boxes = list[Box]()
        self.blocks = list[Block]()
        self._line = Line()
        self._box = -1
        self._centred = 0
        self._heading = 0
        self._quotes = 0
        self._lists = list[tuple[int, bool]]()  # (group, ordered)
        self._is_item = False
        self._groups = 0
        self._pictures = list[Block]()
        self._hidden = 0

    def read(self, root: LexborNode) -> None:
        """Read everything below ``root``."""
        stack: list[LexborNode | tuple[str, str]] = [root]
        while stack:
            node = stack.pop()
            if isinstance(node, tuple):
                self._leave(*node)
                continue
            tag = node.tag or ""
            if tag == "-text":
                text = node.text_content
                if text:
                    self._line.add(text)
            elif tag not in SILENT:
                if tag == "table" and is_data_table(node):
                    self._table(node)
                    continue
                undo = self._enter(tag, node)
                if undo or tag in BLOCKS:
                    stack.append((tag, undo))
                children = list(node.iter(include_text=True))
                children.reverse()
                stack += children
        self._flush()

    def _enter(self, tag: str, node: LexborNode) -> str:
        """Begin an element; the result says what `_leave` has to take back."""
        if tag == "br":
            self._break(node)
            return ""
        if tag in PICTURES:
            self._picture(node)
            return ""
        if tag in BLOCKS:
            return self._enter_block(tag, node)
        if tag == "a":
            href = (node.attributes.get("href") or "").strip()
            self._line.open("link", "" if href.lower().startswith("javascript:") else href)
            return "m"
        if tag in MARKS:
            self._line.open(MARKS[tag])
            return "m"
        if tag in ("span", "font"):
            style = node.attributes.get("style") or ""
            if style and BOLD.search(style):
                self._line.open("strong")
                return "m"
        return ""

    def _enter_block(self, tag: str, node: LexborNode) -> str:
        self._flush()
        held = node.attributes
        style = held.get("style") or ""
        hints = " ".join(filter(None, (held.get("id"), held.get("class"), held.get("role")))).lower()
        undo = ""
        if (style and HIDDEN.search(style)) or "hidden" in held:
            hints += " display-none"
        if tag in BOXES or hints:
            self.boxes.append(Box(parent=self._box, tag=tag, hints=hints))
            undo += f"b{self._box};"
            self._box = len(self.boxes) - 1
        if (
            tag == "center"
            or (held.get("align") or "").lower() in ("center", "middle")
            or (style and CENTRED.search(style))
        ):
            self._centred += 1
            undo += "c;"
        if tag in HEADINGS:
            self._heading = HEADINGS[tag]
        elif tag == "blockquote":
            self._quotes += 1
        elif tag in _STRUCTURE:
            self._groups += 1
            self._lists.append((self._groups, tag == "ol"))
        elif tag == "li":
            self._is_item = True
        return undo

    def _leave(self, tag: str, undo: str) -> None:
        if undo == "m":
            self._line.close()
            return
        if tag not in BLOCKS:
            return
        self._flush()
        for step in undo.split(";"):
            if step.startswith("b"):
                self._box = int(step[1:])
            elif step == "c":
                self._centred -= 1
        if tag in HEADINGS:
            self._heading = 0
        elif tag == "blockquote":
            self._quotes -= 1
        elif tag in _STRUCTURE:
            self._lists.pop()

    def _break(self, node: LexborNode) -> None:
        """End the line; a heading goes on behind it, unless what follows is the line of date and source."""
        if self._heading and not _is_info_next(node):
            self._line.add(" ")
            return
        self._flush()
        self._heading = 0

    def _flush(self) -> None:
        """End the line: it becomes a block, and the pictures that stood in it follow."""
        if not self._line.is_blank:
            self._add(*self._line.take())
        else:
            self._line.take()
        if self._pictures:
            self.blocks.extend(self._pictures)
            self._pictures.clear()

    def _add(self, text: str, marks: tuple[Mark, ...], seams: tuple[int, ...]) -> None:
        kind: BlockKind = "paragraph"
        level, group, ordered = 0, 0, False
        if self._heading:
            kind, level = "heading", self._heading
        elif self._lists and self._is_item:
            kind, level = "item", len(self._lists)
            group, ordered = self._lists[-1]
        elif self._quotes:
            kind = "quote"
        self.blocks.append(
            Block(
                kind=kind,
                text=text,
                marks=marks,
                level=level,
                ordered=ordered,
                group=group,
                box=self._box,
                centred=self._centred > 0,
                seams=seams,
            )
        )

    def _picture(self, node: LexborNode) -> None:
        held = node.attributes
        sources = (held.get(name) for name in PICTURE_SOURCES)
        file = next((found.strip() for found in sources if found and not found.startswith("data:")), "")
        size = [value for name in ("width", "height") if (value := held.get(name) or "").isdigit()]
        if file and not any(int(value[:6]) < 40 for value in size):
            self._pictures.append(Block(kind="figure", text="", file=file, box=self._box))

    def _table(self, table: LexborNode) -> None:
        """A table of figures or names: each row is a block."""
        self._flush()
        self._groups += 1
        hints = " ".join(filter(None, (table.attributes.get("id"), table.attributes.get("class")))).lower()
        self.boxes.append(Box(parent=self._box, tag="table", hints=f"{hints} data-table".strip()))
        box, pictures = len(self.boxes) - 1, list[Block]()
        for row in rows_of(table):
            texts, marks, shapes, offset = list[str](), list[Mark](), list[Cell](), 0
            for cell, shape in row:
                inner = Walk()
                inner.read(cell)
                text, own = _cell(inner.blocks)
                marks += (replace(mark, start=mark.start + offset, end=mark.end + offset) for mark in own)
                pictures += (replace(block, box=box) for block in inner.blocks if block.file)
                texts.append(text)
                shapes.append(shape)
                offset += len(text) + 1
            self.blocks.append(
                Block(
                    kind="row",
                    text="\t".join(texts),
                    marks=tuple(marks),
                    cells=tuple(shapes),
                    group=self._groups,
                    box=box,
                )
            )
        self.blocks.extend(pictures)


def _is_info_next(node: LexborNode) -> bool:
    """True where the text behind a line break, up to the next, is about the page; a few nodes tell, however many follow."""
    texts, left = list[str](), _NODES_READ
    stack = [node.next]
    while stack and left:
        following = stack.pop()
        if following is None or following.tag == "br":
            continue
        left -= 1
        if following.tag == "-text":
            texts.append((following.text_content or "")[:LONGEST])
        stack += (following.next, following.child if following.tag in _INLINE else None)
    text = " ".join("".join(texts).split())
    return bool(DATE.search(text)) and role_of(text) == "info"


def _cell(blocks: list[Block]) -> tuple[str, tuple[Mark, ...]]:
    """A cell's lines as one text, its marks moved along."""
    texts, marks, offset = list[str](), list[Mark](), 0
    for block in blocks:
        if block.text:
            texts.append(block.text.replace("\t", " "))
            marks += (replace(mark, start=mark.start + offset, end=mark.end + offset) for mark in block.marks)
            offset += len(block.text) + 1
    return "\n".join(texts), tuple(marks)
