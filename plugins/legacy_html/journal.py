"""Every effect on a page's canonical text as splices: made here, recorded here, undone here."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from itertools import groupby

from plugins.legacy_html.document import Block, Change, Edit, LegacyDocument, Mark, Removed, canonical_text


def undo(document: LegacyDocument) -> str:
    """Rebuild the canonical text of the page as it was extracted from the source."""
    return undone(canonical_text(document.blocks), document.changes, document.removed)


def undone(text: str, changes: Iterable[Change], removed: Iterable[Removed]) -> str:
    """Take every splice back, the last one first. ValueError where the record does not fit the text."""
    splices = [(change.step, change.place, change.before, change.after) for change in changes if change.field == "text"]
    splices += [(piece.step, piece.place, piece.text, "") for piece in removed]
    for step, place, before, after in sorted(splices, reverse=True):
        end = place + len(after)
        if text[place:end] != after:
            raise ValueError(f"step {step}: the text at {place} is not {after!r}")
        text = text[:place] + before + text[end:]
    return text


def next_step(document: LegacyDocument) -> int:
    """The number of the next entry of the record."""
    return len(document.changes) + len(document.removed)


def drop(document: LegacyDocument, stage: str, rules: dict[int, str]) -> LegacyDocument:
    """Take out the blocks of these indices (index -> rule); neighbours under one rule make one entry."""
    if not rules:
        return document
    step, place, taken = next_step(document), 0, list[Removed]()
    for rule, run in groupby(range(len(document.blocks)), rules.get):
        text = canonical_text(document.blocks[index] for index in run)
        if rule is None:
            place += len(text)
        else:
            taken.append(Removed(step=step + len(taken), stage=stage, rule=rule, place=place, text=text))
    kept = tuple(block for index, block in enumerate(document.blocks) if index not in rules)
    return replace(document, blocks=kept, removed=(*document.removed, *taken))


def edit(document: LegacyDocument, stage: str, edits: Sequence[Edit], deleting: Collection[str] = ()) -> LegacyDocument:
    """Apply ascending ``edits`` of the canonical text; deletions under a rule of ``deleting`` go to ``removed``."""
    if not edits:
        return document
    changes, taken, shift = list[Change](), list[Removed](), 0
    for step, one in enumerate(edits, next_step(document)):
        place = one.start + shift
        if one.rule in deleting and not one.after:
            taken.append(Removed(step=step, stage=stage, rule=one.rule, place=place, text=one.before))
        else:
            changes.append(
                Change(step=step, stage=stage, rule=one.rule, place=place, before=one.before, after=one.after)
            )
        shift += len(one.after) - len(one.before)
    return replace(
        document,
        blocks=spliced(document.blocks, edits),
        changes=(*document.changes, *changes),
        removed=(*document.removed, *taken),
    )


def spliced(blocks: Sequence[Block], edits: Sequence[Edit]) -> tuple[Block, ...]:
    """The blocks after ``edits``, whose canonical text is that text after the same edits.

    An edit over a newline joins two blocks (under the first one's kind, unless nothing of it is left); one that brings a
    newline splits a block; one that takes a block with its newline takes the block.
    """
    result, queue, position, index = list[Block](), list(reversed(edits)), 0, 0
    while index < len(blocks):
        block = blocks[index]
        index += 1
        end = position + len(block.text)
        mine = list[Edit]()
        while queue and queue[-1].start <= end:
            mine.append(queue.pop())
            while mine[-1].end > end and index < len(blocks):
                leading = mine[0].start == position and mine[0].end > end and not mine[0].after
                block = _joined(block, blocks[index], leading=blocks[index] if leading else block)
                end = position + len(block.text)
                index += 1
        result.extend(_edited(block, position, mine) if mine else (block,))
        position = end + 1
    return tuple(result)


def _joined(first: Block, second: Block, leading: Block) -> Block:
    """Two blocks as one of the kind of ``leading``, the newline between them still standing."""
    offset = len(first.text) + 1
    marks = tuple(replace(mark, start=mark.start + offset, end=mark.end + offset) for mark in second.marks)
    cells = leading.cells if leading is second else first.cells + second.cells
    return replace(leading, text=f"{first.text}\n{second.text}", marks=first.marks + marks, cells=cells)


def _edited(block: Block, position: int, edits: Sequence[Edit]) -> tuple[Block, ...]:
    """``block`` (which begins at ``position``) after the edits that touch it."""
    line = f"{block.text}\n"
    local = [(one.start - position, one.end - position, one.after) for one in edits]
    pieces, last = list[str](), 0
    for start, end, after in local:
        pieces += (line[last:start], after)
        last = end
    text = "".join(pieces) + line[last:]
    if not text:
        return ()
    marks = tuple(mark for old in block.marks if (mark := _moved(old, local)) is not None)
    whole = replace(block, text=text.removesuffix("\n"), marks=marks, seams=())
    brought = any("\n" in after for _, _, after in local)
    return split(whole) if brought and block.kind != "row" else (whole,)


def _moved(mark: Mark, local: Sequence[tuple[int, int, str]]) -> Mark | None:
    """``mark`` after the splices; None when nothing of it is left."""
    start, end = _shifted(mark.start, local, is_end=False), _shifted(mark.end, local, is_end=True)
    return replace(mark, start=start, end=end) if start < end else None


def _shifted(at: int, local: Sequence[tuple[int, int, str]], *, is_end: bool) -> int:
    """Where the offset ``at`` lies after the splices; what is inserted at a mark's edge stays outside it."""
    shift = 0
    for start, end, after in local:
        if start >= at and (is_end or start > at or end > at):
            break
        if end <= at:
            shift += len(after) - (end - start)
        else:
            return start + shift + min(at - start, len(after))
    return at + shift


def split(block: Block) -> tuple[Block, ...]:
    """One block a line."""
    result, offset = list[Block](), 0
    for line in block.text.split("\n"):
        end = offset + len(line)
        marks = tuple(
            replace(mark, start=max(mark.start, offset) - offset, end=min(mark.end, end) - offset)
            for mark in block.marks
            if mark.start < end and mark.end > offset
        )
        result.append(replace(block, text=line, marks=marks))
        offset = end + 1
    return tuple(result)
