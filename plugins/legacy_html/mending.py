"""The stages that mend the article's text: `repair`, `script`, `punctuation`, `flags`."""

from __future__ import annotations

import itertools
from dataclasses import replace

from plugins.legacy_html import journal
from plugins.legacy_html.document import Author, Block, Change, Edit, Flag, LegacyDocument, Metadata, canonical_text
from plugins.legacy_html.repairs import (
    conjunctions,
    figures,
    headings,
    injected_names,
    paragraphs,
    pinyin,
    punctuation,
    rewriting,
    spaces,
)
from plugins.legacy_html.repairs import script as scripts
from plugins.legacy_html.survey import is_bold
from plugins.legacy_html.unword import mended

_FIXED = frozenset({"heading", "item", "row", "figure", "quote", "code"})
_MOSTLY = 0.6


def repair(document: LegacyDocument) -> LegacyDocument:
    """Take out injected readings and foreign words, join split sentences, find pictures and headings."""
    names = injected_names.find(canonical_text(document.extracted))
    document = replace(document, flags=tuple(dict.fromkeys((*document.flags, *names))))
    for fix in (pinyin.strip, conjunctions.translate):
        document = mended(document, "repair", fix)
    return _headed(_captioned(_pictured(_joined(document))))


def _joined(document: LegacyDocument) -> LegacyDocument:
    """Close the breaks inside sentences; a picture that stood in one follows its paragraph."""
    blocks = document.blocks
    texts = _texts(blocks)
    solid = {i for i, block in enumerate(blocks) if block.kind in _FIXED} | {
        one.line for one in _found_headings(blocks)
    }
    pictures = {i for i, block in enumerate(blocks) if block.kind == "figure"}
    found = paragraphs.join(texts, solid, pictures)
    if not found.edits:
        return document
    changed = journal.edit(document, "repair", found.edits)
    kept, lost, last = list[Block](), list[Flag](), -1
    for block, group in zip(changed.blocks, found.order, strict=True):
        whole = blocks[group[0]] if len(group) == 1 else block
        moved = group[0] < last and whole.kind == "paragraph" and not figures.is_picture(whole.text)
        if moved and not _is_bare_picture(kept[-1]):  # a caption that stood inside a sentence, its picture gone
            whole = replace(whole, kind="figure", marks=())
            lost.append(figures.lost(whole.text))
        kept.append(whole)
        last = max(last, *group)
    return replace(changed, blocks=tuple(kept), flags=tuple(dict.fromkeys((*changed.flags, *found.flags, *lost))))


def _is_bare_picture(block: Block) -> bool:
    """Whether a block is a picture, or names one, that has no caption yet."""
    return figures.is_picture(block.text) or (block.kind == "figure" and bool(block.file) and not block.text)


def _pictured(document: LegacyDocument) -> LegacyDocument:
    """Lines of a dump that name a picture's file become figures."""
    if document.boxes:
        return document
    blocks = list(document.blocks)
    solid = {i for i, block in enumerate(blocks) if block.kind in _FIXED}
    emptied = dict[int, str]()
    for figure in figures.find(_texts(blocks), solid):
        if figure.file_line >= 0:
            blocks[figure.file_line] = replace(blocks[figure.file_line], kind="figure", file=figure.file, marks=())
            emptied[figure.file_line] = figure.file
    if not emptied:
        return document
    return _without_text(replace(document, blocks=tuple(blocks)), emptied)


def _without_text(document: LegacyDocument, files: dict[int, str]) -> LegacyDocument:
    """Move the file's name out of the text of its figure."""
    edits, position = list[Edit](), 0
    for index, block in enumerate(document.blocks):
        if index in files and block.text:
            end = position + len(block.text)
            edits.append(Edit(start=position, end=end, before=block.text, after="", rule="picture_file"))
        position += len(block.text) + 1
    return journal.edit(document, "repair", edits, deleting={"picture_file"})


def _captioned(document: LegacyDocument) -> LegacyDocument:
    """A caption below its picture becomes the figure's text."""
    blocks, edits, position = document.blocks, list[Edit](), 0
    for block, below in itertools.pairwise(blocks):
        end = position + len(block.text)
        if block.kind == "figure" and not block.text and _is_caption(below, document):
            edits.append(Edit(start=end, end=end + 1, before="\n", after="", rule="caption"))
        position = end + 1
    joined = journal.edit(document, "repair", edits)
    if not edits:
        return document
    result, at = list[Block](), 0
    for block in joined.blocks:
        old = blocks[at]
        merged = old.kind == "figure" and block.text != old.text
        result.append(replace(old, text=block.text, marks=()) if merged else block)
        at += 2 if merged else 1
    return replace(joined, blocks=tuple(result))


def _is_caption(block: Block, document: LegacyDocument) -> bool:
    if block.kind != "paragraph" or "\n" in block.text or len(block.text) > figures.LONGEST_CAPTION:
        return False
    if block.text.startswith("附件") or any(mark.kind == "link" for mark in block.marks):
        return False
    box = document.boxes[block.box] if 0 <= block.box < len(document.boxes) else None
    if box is not None and (box.tag == "figcaption" or "caption" in box.hints):
        return True
    like = figures.is_caption_like(block.text, below_picture=True)
    return like and (block.centred or not document.boxes or (not block.text.endswith("。") and len(block.text) <= 50))


def _headed(document: LegacyDocument) -> LegacyDocument:
    """Give headings their rank; what only looked like one is a paragraph."""
    found = {one.line: one for one in _found_headings(document.blocks)}
    stops = headings.stops(_texts(document.blocks), tuple(found.values()))
    document = journal.edit(document, "repair", stops)
    blocks, steps = list[Block](), journal.next_step(document)
    changes, position = list[Change](), 0
    for index, block in enumerate(document.blocks):
        made = _ranked(block, found[index].level) if index in found else _unranked(block)
        if made.kind != block.kind:
            after = f"{'#' * made.level} {made.text}" if made.kind == "heading" else made.text
            changes.append(_rekinded(steps + len(changes), position, block.text, after, made.kind))
        blocks.append(made)
        position += len(block.text) + 1
    return replace(document, blocks=tuple(blocks), changes=(*document.changes, *changes))


def _rekinded(step: int, place: int, before: str, after: str, kind: str) -> Change:
    """The note that a line became a heading or a paragraph: its text stays, so there is nothing to undo."""
    return Change(step=step, stage="repair", rule=kind, place=place, before=before, after=after, field="kind")


def _ranked(block: Block, level: int) -> Block:
    marks = tuple(mark for mark in block.marks if mark.kind not in ("strong", "em"))
    return replace(block, kind="heading", level=max(2, min(level, 6)), marks=marks)


def _unranked(block: Block) -> Block:
    return replace(block, kind="paragraph", level=0) if block.kind == "heading" else block


def _found_headings(blocks: tuple[Block, ...]) -> tuple[headings.Heading, ...]:
    """The headings among plain lines; where most lines are bold, bold says nothing."""
    plain = [i for i, block in enumerate(blocks) if block.kind in ("paragraph", "heading") and block.text]
    bold = [i for i in plain if is_bold(blocks[i])]
    if len(bold) > _MOSTLY * len(plain):
        bold = []
    levels = {i: max(2, blocks[i].level) for i in plain if blocks[i].kind == "heading"}
    texts = [text if i in set(plain) else "" for i, text in enumerate(_texts(blocks))]
    return tuple(one for one in headings.find(texts, bold, levels) if one.line in plain)


def _texts(blocks: tuple[Block, ...] | list[Block]) -> list[str]:
    return [block.text.replace("\n", " ") for block in blocks]


def script(document: LegacyDocument) -> LegacyDocument:
    """A Traditional page becomes Simplified."""
    return mended(document, "script", scripts.simplify)


def house(document: LegacyDocument) -> LegacyDocument:
    """Full-width marks and the house's spaces, in the text and in what the metadata quote."""
    for fix in (punctuation.widen, spaces.close):
        document = mended(document, "punctuation", fix)
    return _stated(document)


def _stated(document: LegacyDocument) -> LegacyDocument:
    """The same repairs for title and names, each change under its field."""
    held = document.metadata

    def _house(text: str) -> str:
        return housed(text, traditional=held.script == "traditional")

    offices = tuple(Author(name=_house(one.name), office=_house(one.office)) for one in held.authors)
    made = replace(
        held,
        title=_house(held.title),
        kicker=_house(held.kicker),
        subtitle=_house(held.subtitle),
        source_name=_house(held.source_name),
        column=_house(held.column),
        breadcrumb=tuple(map(_house, held.breadcrumb)),
        authors=offices,
        previous=held.previous and replace(held.previous, text=_house(held.previous.text)),
        next=held.next and replace(held.next, text=_house(held.next.text)),
    )
    return replace(document, metadata=made, changes=(*document.changes, *_field_changes(document, held, made)))


def _field_changes(document: LegacyDocument, before: Metadata, after: Metadata) -> tuple[Change, ...]:
    steps = itertools.count(journal.next_step(document))
    pairs = [
        (name, getattr(before, name), getattr(after, name))
        for name in ("title", "kicker", "subtitle", "source_name", "column")
    ]
    return tuple(
        Change(step=next(steps), stage="punctuation", rule="house", place=0, before=old, after=new, field=name)
        for name, old, new in pairs
        if old != new
    )


def housed(text: str, *, traditional: bool = False) -> str:
    """One value in Simplified characters, with the house's marks and spaces."""
    if not text or text.isascii():
        return text
    readable = pinyin.strip(text.replace("\n", " ")).text
    simple = scripts.simplified(readable) if traditional else scripts.simplify(readable).text
    return spaces.close(punctuation.widen(conjunctions.translate(simple).text).text).text


def flags(document: LegacyDocument) -> LegacyDocument:
    """Judge whether the text can be trusted, and name what a person has to look at."""
    verdict = rewriting.judge(document.text)
    found = [*verdict.flags, *(flag for flag in _encoding_flags(document))]
    merged = tuple(dict.fromkeys((*document.flags, *found)))
    reasons = tuple(dict.fromkeys((*document.quarantine, *verdict.reasons)))
    return replace(document, flags=merged, quarantine=reasons)


def _encoding_flags(document: LegacyDocument) -> list[Flag]:
    known = any(flag.flag == "broken_characters" for flag in document.flags)
    broken = 0 if known else document.text.count("\ufffd")
    note = f"有{broken}个字符无法解码（{document.encoding}），请对照来源补正。"
    return [Flag(flag="broken_characters", text="\ufffd", note=note)] if broken else []
