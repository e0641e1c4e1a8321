"""What a page may cost before it is parsed: nesting bounded, oversized tags cut out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from plugins.legacy_html.document import Block
from plugins.sanitizing.depth import bounded

MAX_NESTING = 400
MAX_LINES = 6_000  # a book of hundreds of pages; what follows is kept as one piece and taken out with a flag
MAX_TEXT = 400_000  # characters that one page may have


def parseable(html: str) -> str:
    """``html`` nested no deeper than a parser of quadratic time can bear; no text is lost."""
    return bounded(html, MAX_NESTING)


def bounded_blocks(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks, those beyond the limits folded into one of the role "overflow"."""
    total, end = 0, 0
    for block in blocks[:MAX_LINES]:
        total += len(block.text)
        if end and total > MAX_TEXT:
            break
        end += 1
    if end == len(blocks):
        return tuple(blocks)
    rest = "\n".join(block.text for block in blocks[end:])
    return (
        *blocks[:end],
        replace(blocks[end], kind="paragraph", text=rest, marks=(), seams=(), cells=(), role="overflow"),
    )
