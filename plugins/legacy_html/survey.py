"""Tell the article from the page around it: the stages `furniture` and `body`."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import lru_cache

from plugins.legacy_html import journal
from plugins.legacy_html.body import roles_of
from plugins.legacy_html.document import Block, Flag, LegacyDocument
from plugins.legacy_html.repairs import lines as dumps
from plugins.legacy_html.titles import find_title, fold, stated_titles

KEPT = frozenset({"article", "title", "kicker", "subtitle", "outside"})
# The roles that later stages ask for; a block of any other stays without one.
TOLD = frozenset(
    {"article", "title", "kicker", "subtitle", "repeated title", "info", "editor", "crumb", "neighbour", "download"}
)
_FOREIGN_LOOK = re.compile(
    r"[這個們會國說時來對爲為學業發關計劃動實際與從員機體經濟將還應該現開進種]|[（(][ \u00a0]*[a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]{1,6}[1-5]?[ \u00a0]*[)）]"
)
WINDOW = 400  # lines at either end of a dump where furniture can stand
_SUBTITLE = re.compile(r"^\s*(?:——|—|--|－－)\s*\S")
_SUBTITLE_HINT = re.compile(
    r"sub-?title|(?:^|[\s_-])(?:deck|standfirst)(?:$|[\s_-])|futi|fubiao|title2|second-?title|vice-?title|title-?sub",
    re.I,
)
_KICKER_HINT = re.compile(
    r"pre-?title|intro-?title|jianti|yinti|kicker|up-?title|shoulder|leadtitle|title-?(?:top|pre|up)", re.I
)
_NAMED_ALIKE = {"breadcrumb": "crumb", "byline": "info"}


def furniture(document: LegacyDocument, repeated: Collection[str] = ()) -> LegacyDocument:
    """Give every block its role, and take out what is certainly not of the article.

    ``repeated`` are lines that other pages of the same site have too (`template.learn`).
    """
    document = _without_overflow(document)
    roles = _html_roles(document, repeated) if document.boxes else _dump_roles(document)
    blocks = tuple(
        replace(block, role=role) if role in TOLD else block for block, role in zip(document.blocks, roles, strict=True)
    )
    surveyed = replace(document, blocks=blocks, surveyed=_readable(blocks))
    return journal.drop(surveyed, "furniture", {i: role for i, role in enumerate(roles) if role not in KEPT})


def _without_overflow(document: LegacyDocument) -> LegacyDocument:
    """Take out what is beyond any page's length, and say so."""
    beyond = {index: block.role for index, block in enumerate(document.blocks) if block.role == "overflow"}
    if not beyond:
        return document
    flag = Flag(flag="page_too_long", note="页面过长，超出部分未作清理，请对照来源拆分。")
    return journal.drop(replace(document, flags=(*document.flags, flag)), "furniture", beyond)


def body(document: LegacyDocument) -> LegacyDocument:
    """Take out what stands outside the article without saying what it is."""
    outside = {index: "outside" for index, block in enumerate(document.blocks) if not block.role}
    return journal.drop(document, "body", outside)


def _html_roles(document: LegacyDocument, repeated: Collection[str]) -> Sequence[str]:
    blocks = _readable(document.blocks)
    facts = document.facts
    if _FOREIGN_LOOK.search(facts.title):
        facts = replace(facts, title=dumps.readable((facts.title,))[0])
    title = find_title(blocks, document.boxes, facts)
    roles = list(roles_of(blocks, document.boxes, title, repeated))
    if title >= 0:
        _mark_title_lines(blocks, document, roles, title, stated_titles(facts))
    return roles


def _readable(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The blocks as a reader of Simplified sees them; the same ones where they are so already."""
    if sum(1 for _ in _FOREIGN_LOOK.finditer("\n".join(block.text for block in blocks))) < 12:
        return blocks
    texts = dumps.readable([block.text.replace("\n", " ") for block in blocks])
    return tuple(_reworded(block, text) for block, text in zip(blocks, texts, strict=True))


def _reworded(block: Block, text: str) -> Block:
    """``block`` with another text; offsets hold only where it is as long."""
    if len(text) == len(block.text):
        return replace(block, text=text)
    return replace(block, text=text, marks=(), seams=())


def _mark_title_lines(
    blocks: Sequence[Block], document: LegacyDocument, roles: list[str], title: int, stated: Sequence[str]
) -> None:
    """Find the title's second line, the lines that repeat it, the subtitle below and the kicker above."""
    whole = fold(blocks[title].text)
    for index in range(max(0, title - 8), min(len(blocks), title + 6)):
        text = blocks[index].text
        if index == title or not text or len(text) > 120:
            continue
        folded, hints = fold(text), _hints(blocks[index], document)
        if folded == whole and roles[index] in KEPT and index > title:
            roles[index] = "repeated title"
        elif (
            abs(index - title) == 1
            and folded
            and any(fold(one) == _whole(folded, whole, index - title) for one in stated)
        ):
            roles[index] = "title"
        elif index > title and index <= title + 2 and roles[index] in KEPT:
            if _SUBTITLE_HINT.search(hints) or (_SUBTITLE.match(text) and len(text) < 60):
                roles[index] = "subtitle"
        elif index == title - 1 and roles[index] in KEPT and len(text) <= 60 and _KICKER_HINT.search(hints):
            roles[index] = "kicker"


def _whole(folded: str, whole: str, side: int) -> str:
    """A title of two lines: the other line stands before it or behind it."""
    return whole + folded if side > 0 else folded + whole


def _hints(block: Block, document: LegacyDocument) -> str:
    return document.boxes[block.box].hints if block.box >= 0 else ""


def _dump_roles(document: LegacyDocument) -> Sequence[str]:
    """The roles of a text dump's lines; a page with front matter has been through here before."""
    if document.facts.front_matter:
        return ["article"] * len(document.blocks)
    found = understood(document.blocks)
    article = ("article" if role == "body" else _NAMED_ALIKE.get(role, role) for role in found.roles)
    return [
        "article" if block.kind in ("row", "figure") else role
        for role, block in zip(article, document.blocks, strict=True)
    ]


def understood(blocks: Sequence[Block]) -> dumps.Dump:
    """What the lines of a text dump are; of a very long one only both ends are looked at, the middle is text."""
    middle = blocks[WINDOW:-WINDOW] if len(blocks) > 3 * WINDOW else ()
    ends = (*blocks[:WINDOW], *blocks[-WINDOW:]) if middle else tuple(blocks)
    texts = tuple(block.text.replace("\n", " ") for block in ends)
    bold = tuple(i for i, block in enumerate(ends) if is_bold(block))
    levels = tuple((i, block.level) for i, block in enumerate(ends) if block.kind == "heading")
    found = _understood(texts, bold, levels)
    text: list[dumps.Role] = ["body"] * len(middle)
    return replace(found, roles=(*found.roles[:WINDOW], *text, *found.roles[WINDOW:])) if middle else found


@lru_cache(maxsize=2)
def _understood(texts: tuple[str, ...], bold: tuple[int, ...], levels: tuple[tuple[int, int], ...]) -> dumps.Dump:
    """`lines.understand`, remembered: two stages ask about the same lines."""
    return dumps.understand(dumps.readable(texts), bold, dict(levels)) if texts else dumps.Dump(roles=())


def is_bold(block: Block) -> bool:
    """Whether a block is set in bold from end to end."""
    return any(mark.kind == "strong" and mark.end - mark.start >= len(block.text) > 0 for mark in block.marks)
