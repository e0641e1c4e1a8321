"""What a page says of itself: title, authors, source, date, column; nothing that it does not say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from plugins.legacy_html import journal
from plugins.legacy_html.attribution import attribution, byline_rules
from plugins.legacy_html.crumbs import breadcrumb, column_of, neighbours
from plugins.legacy_html.density import ATTACHMENT
from plugins.legacy_html.document import Author, Block, Flag, LegacyDocument, Link, Metadata
from plugins.legacy_html.front_matter import read_front_matter
from plugins.legacy_html.repairs import dates
from plugins.legacy_html.repairs.script import source_script
from plugins.legacy_html.survey import understood
from plugins.legacy_html.titles import fold, head_titles, stated_titles, tidy

_TITLE_ROLES = ("title", "kicker", "subtitle", "repeated title")


def metadata(document: LegacyDocument) -> LegacyDocument:
    """Fill ``metadata`` and take the lines that state it (title, byline) out of the text."""
    text = "".join(block.text for block in document.blocks)
    script = source_script(text)
    if document.facts.front_matter:
        stated, flags, reasons = read_front_matter(document.facts.front_matter)
        return replace(document, metadata=stated, flags=_merged(document, flags), quarantine=reasons)
    found = _from_html(document) if document.boxes else _from_dump(document)
    document = replace(document, metadata=replace(found, script=script))
    rules = {i: block.role for i, block in enumerate(document.blocks) if block.role in _TITLE_ROLES}
    if document.boxes:
        rules |= byline_rules(document)
    document = journal.drop(document, "metadata", rules)
    flags = () if found.date else dates.evidence(text)
    return replace(document, flags=_merged(document, flags))


def _merged(document: LegacyDocument, flags: tuple[Flag, ...]) -> tuple[Flag, ...]:
    return tuple(dict.fromkeys((*document.flags, *flags)))


def _from_html(document: LegacyDocument) -> Metadata:
    blocks, facts = document.surveyed, document.facts
    said = attribution(document)
    title = _title(blocks, stated_titles(facts) or head_titles(facts))
    path = breadcrumb(blocks, document.boxes, title)
    previous, following = neighbours(blocks)
    return Metadata(
        title=title,
        kicker=_line(blocks, "kicker"),
        subtitle=_line(blocks, "subtitle").lstrip("—-－– "),
        authors=said.authors,
        source_name=said.source_name,
        date=said.moment,
        column=column_of(path) or facts.meta("columnname") or said.column,
        breadcrumb=path,
        previous=previous,
        next=following,
        attachments=_attachments(blocks),
        address=facts.meta("og:url", "url") or document.base_url,
    )


def _title(blocks: tuple[Block, ...], stated: tuple[str, ...]) -> str:
    """The title as the page shows it; the head's where the page shows none, or cuts it."""
    lines = [tidy(block.text) for block in blocks if block.role == "title"]
    shown = lines[0] + "".join(lines[1:]) if lines else ""
    if not shown:
        return tidy(stated[0]) if stated else ""
    stem = shown.rstrip(".…")
    if stem != shown and (whole := next((one for one in stated if fold(one).startswith(fold(stem))), "")):
        return whole
    return shown


def _line(blocks: tuple[Block, ...], role: str) -> str:
    return next((tidy(block.text) for block in blocks if block.role == role), "")


def _attachments(blocks: tuple[Block, ...]) -> tuple[Link, ...]:
    found = (
        Link(text=block.text[mark.start : mark.end], href=mark.href)
        for block in blocks
        if block.role in ("article", "download")
        for mark in block.marks
        if mark.kind == "link" and ATTACHMENT.search(mark.href)
    )
    return tuple(dict.fromkeys(found))


def _from_dump(document: LegacyDocument) -> Metadata:
    """What the lines of a text dump state."""
    blocks = document.surveyed
    found = understood(blocks)
    return Metadata(
        title=found.title,
        kicker=found.kicker,
        subtitle=found.subtitle,
        authors=tuple(Author(name=one.name, office=one.office) for one in found.authors),
        source_name=found.source_name,
        date=found.moment,
        column=found.column,
        breadcrumb=found.breadcrumb,
        previous=Link(text=found.previous) if found.previous else None,
        next=Link(text=found.next) if found.next else None,
        attachments=_attachments(document.blocks),
        address=document.base_url,
    )


def iso(moment: date | None) -> str:
    """A date as ``YYYY-MM-DD``, a moment with its time and zone; "" for none."""
    if isinstance(moment, datetime):
        return moment.isoformat()
    return moment.isoformat() if moment else ""
