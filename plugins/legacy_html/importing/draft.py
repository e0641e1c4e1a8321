"""One page of a scrape becomes a record that holds its item, whole but for where links to other pages lead."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime
from hashlib import sha256
from urllib.parse import urljoin

from plugins.domain.front_matter import Value, write_front_matter
from plugins.legacy_html.document import Block, Change, Flag, LegacyDocument
from plugins.legacy_html.importing import values
from plugins.legacy_html.importing.addresses import Places, address_of
from plugins.legacy_html.importing.duplicates import sketch_of
from plugins.legacy_html.importing.links import Localiser
from plugins.legacy_html.importing.record import KeptFile, Origin, Record, evidence_of
from plugins.legacy_html.importing.sources import Entry
from plugins.legacy_html.importing.store import id_of
from plugins.legacy_html.pipeline import clean
from plugins.legacy_html.render import to_markdown

BODY_BYTES = 900_000
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]")
_RUN = re.compile(r"([\[(!>*_])\1{150,}")


def drafted(
    entry: Entry,
    raw: bytes,
    places: Places,
    *,
    repeated: frozenset[str],
    today: date,
    keep: Callable[[str, bytes], None],
) -> Record:
    """The record of a page, its links to other pages still tokens; ``keep`` puts away the files that come along.

    A page without an article (a list, a frame) has a record whose ``item`` is empty.
    """
    address = address_of(entry, raw)
    page = clean(LegacyDocument(source=entry.source, raw=raw, base_url=address), repeated)
    digest = sha256(raw).hexdigest()
    id = id_of(digest)
    day, date_flags = values.date_of(page.metadata, today)
    stem = stem_of(id, day)
    base = _joined(address, page.facts.base)
    local = Localiser(page=entry, address=address, base=base, places=places, folder=stem, keep=keep)
    body, body_flags = body_of(local.blocks(page))
    for link in page.metadata.attachments:
        local.attachment(link.href, values.line(link.text, 100))
    title, title_flags = values.title_of(page.metadata, entry.source)
    missing = [] if any(one.flag == "missing_date" for one in page.flags) else date_flags
    flags = tuple(dict.fromkeys((*page.flags, *title_flags, *missing, *local.all_flags(), *body_flags)))
    broken = any(one.flag == "stage_failed" for one in page.flags)
    reasons = reasons_of(page)
    files = tuple(sorted(local.kept.values(), key=lambda kept: int(kept.name.partition(".")[0])))
    fields: dict[str, Value] = {
        "title": title,
        "type": "news_item" if day else "page",
        "state": "pending",
        "id": id,
        "date": day or "",
        "kicker": values.line(page.metadata.kicker),
        "subtitle": values.line(page.metadata.subtitle),
        "authors": values.authors(page.metadata),
        "source": values.line(page.metadata.source_name),
        "attachments": _attachments(stem, files),
        "review": values.reviews(flags),
        "quarantine": values.quarantine(reasons),
    }
    text = page.text
    return Record(
        id=id,
        sha256=digest,
        origins=(Origin(source=entry.source, url=address),),
        kind=page.kind,
        encoding=page.encoding,
        encoding_reason=page.encoding_reason,
        title=title,
        column=page.metadata.column,
        breadcrumb=page.metadata.breadcrumb,
        script=page.metadata.script,
        front_matter=write_front_matter(fields),
        body=body,
        flags=flags,
        quarantine=reasons,
        files=files,
        sketch=sketch_of(text, is_dated=day is not None, is_sourced=bool(page.metadata.source_name)),
        item=f"{stem}.md" if body.strip() or broken else "",
        **evidence_of(page),  # type: ignore[arg-type]
    )


def failed(entry: Entry, raw: bytes, reason: str) -> Record:
    """The record of a page that could not be recovered: an item that says so, with nothing made up."""
    digest = sha256(raw).hexdigest()
    id, title = id_of(digest), f"（未能恢复）{values.line(entry.source.rpartition('/')[2], 60) or '无名'}"
    flag = Flag(flag="not_recovered", text=entry.source, note=f"{reason}。原始文件已存档，请人工录入。")
    fields: dict[str, Value] = {
        "title": title,
        "type": "page",
        "state": "pending",
        "id": id,
        "review": values.reviews((flag,)),
        "quarantine": reason,
    }
    return Record(
        id=id,
        sha256=digest,
        origins=(Origin(source=entry.source, url=address_of(entry, raw)),),
        title=title,
        front_matter=write_front_matter(fields),
        flags=(flag,),
        quarantine=(reason,),
        extracted_sha256=sha256(b"").hexdigest(),
        item=f"{id}.md",
    )


def stem_of(id: str, day: date | None) -> str:
    """The name of an item's file: its day, where it has one, and its id."""
    return f"{day:%Y-%m-%d}-{id}" if isinstance(day, (date, datetime)) else id


def item_text(record: Record, archived: str, hosts: Sequence[str] = ()) -> str:
    """The text of the item: what only the whole import knows joins its front matter (old addresses, its record)."""
    url = next((one.url for one in record.origins if one.url), "")
    origins = (*record.origins, *(origin for copy in record.copies for origin in copy.origins))
    legacy: dict[str, Value] = {
        "url": url[:500],
        "sha256": record.sha256,
        "record": archived,
        "note": note(record.changes, record.script),
    }
    late = write_front_matter({"redirect_from": list(values.old_paths(origins, hosts)), "legacy": legacy})
    head = record.front_matter.removesuffix("---\n") + late.removeprefix("---\n")
    return f"{head}\n{record.body}" if record.body else head


def note(changes: Sequence[Change], script: str) -> str:
    """What the readers of a published page are told of its origin."""
    count = sum(1 for one in changes if one.before != one.after)
    mended = f"，恢复时改动{count}处（断行、标点、空格等）" if count else ""
    written = "原文为繁体字，已转为简体。" if script == "traditional" else ""
    return f"本文由旧网页恢复{mended}。{written}"


def body_of(blocks: tuple[Block, ...]) -> tuple[str, tuple[Flag, ...]]:
    """The Markdown within the bounds of an item's body; what is over them stays in the record, and that is said."""
    body = _RUN.sub(lambda run: "".join(f"\\{sign}" for sign in run[0]), _FORBIDDEN.sub("", to_markdown(blocks)))
    if len(body.encode("utf-8", "replace")) <= BODY_BYTES:
        return body, ()
    pieces, size = list[str](), 0
    for paragraph in body.split("\n\n"):
        size += len(paragraph.encode("utf-8", "replace")) + 2
        if size > BODY_BYTES:
            break
        pieces.append(paragraph)
    note = f"正文超过{BODY_BYTES // 1000} kB，只写入前面的部分；全文在抢救记录里。"
    return "\n\n".join(pieces).rstrip("\n") + "\n", (Flag(flag="long_body", note=note),)


def reasons_of(page: LegacyDocument) -> tuple[str, ...]:
    """Why the page may not be published as it is."""
    broken = tuple(f"处理到“{flag.text}”时出错，结果不完整" for flag in page.flags if flag.flag == "stage_failed")
    return (*page.quarantine, *broken)


def _attachments(stem: str, files: Sequence[KeptFile]) -> list[Value]:
    return [{"path": f"{stem}/{one.name}", "title": one.title} for one in files if one.title]


def _joined(address: str, base: str) -> str:
    try:
        return urljoin(address, base) if base else address
    except ValueError:
        return address
