"""Tell tables of data from tables of layout, and read the rows of the former."""

from __future__ import annotations

from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from plugins.legacy_html.document import Cell

_LAYOUT = frozenset(
    {"table", "form", "input", "select", "textarea", "script", "iframe", "h1", "h2", "ul", "ol", "object"}
)
LONGEST_CELL = 400
MAX_SPAN = 100


def is_data_table(table: LexborNode) -> bool:
    """True for an innermost table of two columns and rows at least, short cells, few links."""
    rows = cells = linked = letters = 0
    in_cell = 0
    for node in table.traverse(include_text=True):
        tag = node.tag
        if tag == "-text":
            length = len((node.text_content or "").strip())
            letters += length
            in_cell += length
            if in_cell > LONGEST_CELL:
                return False
        elif tag == "td" or tag == "th":
            cells, in_cell = cells + 1, 0
        elif tag == "tr":
            rows += 1
        elif tag == "a":
            linked += len(node.text_content or "")
        elif tag in _LAYOUT and node.mem_id != table.mem_id:
            return False
    return rows >= 2 and cells >= rows * 1.6 and letters > 0 and linked < letters * 0.4


def rows_of(table: LexborNode) -> Iterator[list[tuple[LexborNode, Cell]]]:
    """Each row's cells with their shapes; rows without cells are left out."""
    for row in table.css("tr"):
        cells = [(cell, _shape(cell)) for cell in row.iter() if cell.tag in ("td", "th")]
        if cells:
            yield cells


def _shape(cell: LexborNode) -> Cell:
    held = cell.attributes
    return Cell(header=cell.tag == "th", colspan=_span(held.get("colspan")), rowspan=_span(held.get("rowspan")))


def _span(value: str | None) -> int:
    digits = (value or "").strip()
    return max(1, min(int(digits[:4]), MAX_SPAN)) if digits.isascii() and digits.isdigit() else 1
