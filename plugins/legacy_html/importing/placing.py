"""The second half of an import: which pages get an item, and writing it so that a kill at any moment does no harm.

A record is written last; it says that its item is done. So an item without a record is one whose run was killed, and an
item that its record does not fit has been touched by an editor.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Literal

from plugins.legacy_html.importing import draft, duplicates
from plugins.legacy_html.importing import record as records
from plugins.legacy_html.importing.links import TOKEN
from plugins.legacy_html.importing.record import Copy, Origin, Record
from plugins.legacy_html.importing.recovery import Brief, Staging
from plugins.legacy_html.importing.store import Store, digest_of, write_whole

Fate = Literal["imported", "unchanged", "updated", "edited", "deleted", "duplicate", "empty"]
_MARKDOWN_LINK = re.compile(rf"\[((?:[^\[\]\\]|\\.)*)\]\(<{TOKEN}([0-9a-f]{{20}})>\)")
_HTML_LINK = re.compile(rf'<a href="{TOKEN}([0-9a-f]{{20}})">(.*?)</a>', re.S)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What becomes of every page: ``kept`` get an item, ``copies`` belong to the kept one of their text."""

    kept: tuple[str, ...]
    copies: Mapping[str, str]  # id -> the id that is kept
    empty: tuple[str, ...] = ()


def planned(briefs: Mapping[str, Brief]) -> Plan:
    """Choose the best copy of every text; what has its item already keeps it."""
    sketches = {id: brief.sketch for id, brief in briefs.items()}
    faults = {id: (brief.is_quarantined, brief.flags) for id, brief in briefs.items()}
    copies = {id: brief.duplicate_of for id, brief in briefs.items() if brief.is_recorded and brief.duplicate_of}
    for cluster in duplicates.clusters(sketches):
        settled = [id for id in cluster if briefs[id].is_recorded and briefs[id].item]
        able = [id for id in cluster if id not in copies]
        if not able:
            continue
        best = duplicates.best(settled or able, sketches, faults)
        copies.update({id: best for id in able if id != best and id not in settled})
    empty = tuple(id for id, brief in briefs.items() if is_empty(brief) and id not in copies)
    kept = tuple(id for id in briefs if id not in copies and id not in empty)
    return Plan(kept=kept, copies=copies, empty=empty)


def is_empty(brief: Brief) -> bool:
    """Whether a page holds no article: a list, a frame, an error page. It is recorded and gets no item."""
    return not brief.item and not brief.duplicate_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Writer:
    """Writes items, their files and their records. ``targets`` tells the item (or the old address) of every token."""

    store: Store
    staging: Staging
    into: str
    hosts: tuple[str, ...]
    targets: Mapping[str, str]
    is_dry: bool

    def keep(self, brief: Brief, copies: Sequence[Copy]) -> tuple[Fate, Record]:
        """Bring one item up to date; what an editor has touched or deleted stays as it is."""
        if brief.is_recorded:
            known = self._recorded(brief.id)
            origins = tuple(dict.fromkeys((*known.origins, *brief.origins)))
            return self._renewed(known, replace(known, origins=origins, copies=_merged(known.copies, copies)))
        draft_record = records.read(self.staging.record(brief.token))
        assert draft_record is not None
        return self._written(replace(draft_record, origins=brief.origins, copies=tuple(copies)))

    def set_aside(self, brief: Brief, duplicate_of: str = "") -> tuple[Fate, Record]:
        """Record a page that gets no item of its own: a copy, or one without an article."""
        known = self._recorded(brief.id) if brief.is_recorded else records.read(self.staging.record(brief.token))
        assert known is not None
        origins = tuple(dict.fromkeys((*(known.origins if brief.is_recorded else ()), *brief.origins)))
        made = replace(known, item="", item_sha256="", duplicate_of=duplicate_of, origins=origins)
        if not self.is_dry and made != (known if brief.is_recorded else None):
            write_whole(self.store.record(made.id), records.written(made))
        return ("duplicate" if duplicate_of else "empty"), made

    def _recorded(self, id: str) -> Record:
        found = records.read(self.store.record(id))
        assert found is not None
        return found

    def _written(self, record: Record) -> tuple[Fate, Record]:
        """Write a new item: its files, itself, its record, in this order."""
        name = f"{self.into}/{record.item}"
        record = replace(record, item=name, body=self._linked(record.body, name))
        text = self._text(record)
        record = replace(record, item_sha256=sha256(text).hexdigest())
        place = self.store.content / name
        there = digest_of(place)
        is_foreign = bool(there) and there != record.item_sha256
        if not self.is_dry:
            for file in () if is_foreign else record.files:
                copy = place.with_suffix("") / file.name
                if not copy.exists():
                    write_whole(copy, self.staging.file(file.sha256).read_bytes())
            if not there:
                write_whole(place, text)
            write_whole(self.store.record(record.id), records.written(record))
        return ("edited" if is_foreign else "imported"), record

    def _renewed(self, known: Record, made: Record) -> tuple[Fate, Record]:
        """Bring what is new about a recorded page into its record, and into its item where nobody has touched it."""
        there = digest_of(self.store.content / known.item)
        fate: Fate = "unchanged" if there == known.item_sha256 else "edited" if there else "deleted"
        text = self._text(made)
        if fate == "unchanged" and (digest := sha256(text).hexdigest()) != known.item_sha256:
            fate, made = "updated", replace(made, item_sha256=digest)
        if not self.is_dry:
            if fate == "updated":
                write_whole(self.store.content / known.item, text)
            if made != known:
                write_whole(self.store.record(made.id), records.written(made))
        return fate, made

    def _text(self, record: Record) -> bytes:
        archived = self.store.shown(self.store.record(record.id))
        return draft.item_text(record, archived, self.hosts).encode("utf-8", "replace")

    def _linked(self, body: str, item: str) -> str:
        """The body with its links to other pages of the scrape led to their items; what has none becomes plain text."""

        def place(token: str) -> str:
            target = self.targets.get(token, "")
            if not target or "://" in target:
                return target
            return posixpath.relpath(target, posixpath.dirname(item))

        def markdown(found: re.Match[str]) -> str:
            led = place(found[2])
            return f"[{found[1]}](<{led}>)" if led else found[1]

        def html(found: re.Match[str]) -> str:
            led = place(found[1])
            return f'<a href="{led}">{found[2]}</a>' if led else found[2]

        return _HTML_LINK.sub(html, _MARKDOWN_LINK.sub(markdown, body)) if TOKEN in body else body


def copies_of(plan: Plan, briefs: Mapping[str, Brief]) -> dict[str, tuple[Copy, ...]]:
    """The copies of every kept page, in order of their ids."""
    found = dict[str, list[Copy]]()
    for id in sorted(plan.copies):
        brief = briefs[id]
        copy = Copy(id=id, sha256=brief.sha256, title=brief.title, origins=_sorted(brief.origins))
        found.setdefault(plan.copies[id], []).append(copy)
    return {id: tuple(copies) for id, copies in found.items()}


def _merged(known: Sequence[Copy], found: Sequence[Copy]) -> tuple[Copy, ...]:
    """All copies, each once, with every place where it was found."""
    merged = {copy.id: copy for copy in known}
    for copy in found:
        before = merged.get(copy.id)
        merged[copy.id] = replace(copy, origins=_sorted((*before.origins, *copy.origins))) if before else copy
    return tuple(merged[id] for id in sorted(merged))


def _sorted(origins: Sequence[Origin]) -> tuple[Origin, ...]:
    return tuple(sorted(set(origins), key=lambda one: (one.source, one.url)))
