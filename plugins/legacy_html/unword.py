"""Undo what word processors, typists and document libraries did to the lines: indents, typed bullets, piece markers."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from plugins.legacy_html import journal
from plugins.legacy_html.document import Block, Edit, LegacyDocument, canonical_text
from plugins.legacy_html.repairs import pieces, pinyin
from plugins.legacy_html.repairs.edits import Repaired

_EDGE = re.compile(r"^[ \u00a0\u3000\u2002\u2003\ufeff]+|[ \u00a0\u3000\u2002\u2003]+$", re.M)
# Wingdings letters, as Word's lists leave them, stand before a run of no-break spaces.
_BULLET = re.compile(r"[•‣◦▪][ \u00a0\u3000]*(?=\S)|[·lØnuvüF§][\u00a0\u3000 ]{2,}(?=\S)")


def unword(document: LegacyDocument) -> LegacyDocument:
    """Trim indents, rejoin the pieces of a text dump, turn typed bullets into items."""
    document = _trimmed(document)
    if not document.boxes:
        for repair in (pinyin.strip, pieces.rejoin, pieces.resplit):  # readings hide the numbers of headings
            document = mended(document, "unword", repair)
    return _listed(document)


def mended(document: LegacyDocument, stage: str, repair: Callable[[str], Repaired]) -> LegacyDocument:
    """Apply a text repair to the whole canonical text; its flags join the document's."""
    found = repair(canonical_text(document.blocks)[:-1])
    flags = tuple(dict.fromkeys((*document.flags, *found.flags)))
    changed = journal.edit(document, stage, found.edits)
    return changed if flags == document.flags else replace(changed, flags=flags)


def _trimmed(document: LegacyDocument) -> LegacyDocument:
    text = canonical_text(document.blocks)[:-1]
    edits = [
        Edit(start=found.start(), end=found.end(), before=found[0], after="", rule="indent")
        for found in _EDGE.finditer(text)
    ]
    return journal.edit(document, "unword", edits)


def _listed(document: LegacyDocument) -> LegacyDocument:
    """Two typed bullets or more in a row make a list."""
    blocks = list(document.blocks)
    edits, position, group = list[Edit](), 0, max((block.group for block in blocks), default=0)
    typed = [_typed(block) for block in blocks]
    for index, block in enumerate(blocks):
        bullet = typed[index]
        if bullet and _has_neighbour(typed, index):
            group += not (index and typed[index - 1])
            edits.append(Edit(start=position, end=position + len(bullet), before=bullet, after="", rule="bullet"))
            blocks[index] = replace(block, kind="item", level=1, group=group)
        position += len(block.text) + 1
    return (
        journal.edit(replace(document, blocks=tuple(blocks)), "unword", edits, deleting={"bullet"})
        if edits
        else document
    )


def _typed(block: Block) -> str:
    found = _BULLET.match(block.text) if block.kind == "paragraph" else None
    return found[0] if found else ""


def _has_neighbour(typed: Sequence[str], index: int) -> bool:
    return any(0 <= at < len(typed) and typed[at][:1] == typed[index][0] for at in (index - 1, index + 1))
