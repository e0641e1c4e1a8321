"""Content files read and converted in one go, by workers, and only those that changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import msgspec

from plugins.assembly.readers import RAW, readers_of, surroundings
from plugins.assembly.sources import CONTENT, database_of
from plugins.assembly.versions import version_of
from plugins.content_types.files import suffix_of
from plugins.content_types.item import Reading
from plugins.domain.body import Body, Heading, Reference
from plugins.domain.content import ContentItem
from plugins.domain.files import read_regular
from plugins.domain.problems import Problem
from plugins.domain.settings import Settings
from plugins.incremental_build.codec import codec_of, item_rows_codec
from plugins.incremental_build.drawers import Drawers, Work, cached_map, cached_some
from plugins.incremental_build.folder import digest_of
from plugins.incremental_build.heap import NOWHERE, Heap, Place
from plugins.incremental_build.unchanged import Sources

BEGINNING = 600  # characters of a text that pages are composed from, where it has no summary
READ_BY = ("content_types", "legacy_html", "article_body", "official_document", "sanitizing")
Converted = tuple[Body, tuple[Problem, ...]]


_NO_BODY = Body()
_BODIES = codec_of(Body)


class Rest(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What a content file gives beside its item: what is wrong with it, and of its body what others may look at.

    ``seen`` stands for all that other pages may show of the item: its fields and the ``beginning`` of its text, which is
    empty where it has a summary.
    """

    seen: str = ""
    problems: tuple[Problem, ...] = ()
    faults: tuple[Problem, ...] = ()
    beginning: str = ""
    headings: tuple[Heading, ...] = ()
    anchors: tuple[str, ...] = ()
    references: tuple[Reference, ...] = ()
    place: Place = NOWHERE  # of the whole body

    @property
    def body(self) -> Body:
        """The body without its HTML, and of its text the beginning."""
        if not (self.references or self.beginning or self.anchors):
            return _NO_BODY
        return Body(text=self.beginning, headings=self.headings, anchors=self.anchors, references=self.references)


Record = tuple[ContentItem | None, Rest]


@dataclass(slots=True, kw_only=True)
class Texts:
    """The content files of a site as items and bodies, filled by ``read``.

    Items come without their Markdown, bodies without their HTML: whoever wants the whole asks for it, one by one. Of
    bodies the words are kept only where ``has_words`` says so: they are for the search index.
    """

    content: Path
    sources: Sources
    records: Drawers[Record]
    whole: Heap
    has_words: bool
    jobs: int | None = None
    beside: Mapping[str, str] = field(default_factory=dict)
    found: dict[str, Rest] = field(default_factory=dict)

    def earlier(self, paths: Sequence[str]) -> list[Record | None]:
        """Return what the last build read at ``paths``, None where that is not known any more."""
        before = [self.sources.before.get(f"{CONTENT}/{path}") for path in paths]
        known = {row[:2]: row[2] for rows in self.records.some(paths).values() for row in rows}
        return [
            known.get((path, self._stands_for(path, read.digest))) if read else None
            for path, read in zip(paths, before, strict=True)
        ]

    def read(self, paths: Sequence[str], *, whole: bool = True) -> dict[str, Reading]:
        """Return the items of ``paths``, in their order, with their problems; a file that is being changed is left out.

        ``whole`` says that these are all there are: what is kept of others may be forgotten.
        """
        work = [(path, self._digest(path), path) for path in paths if f"{CONTENT}/{path}" in self.sources.files]
        records = self._all(work) if whole else cached_some(self._read, work, self.records)
        readings: dict[str, Reading] = {}
        for (path, _, _), record in zip(work, records, strict=True):
            if record is not None:
                self.found[path] = record[1]
                readings[path] = (record[0], record[1].problems)
        return readings

    def _all(self, work: Sequence[Work[str]]) -> list[Record | None]:
        records = cached_map(self._read, work, self.records, jobs=self.jobs)
        if self.whole.is_mostly_waste(sum(record[1].place[1] for record in records if record)):
            self.records.forget()  # first: none may be left whose place is gone
            self.whole.forget()
            records = cached_map(self._read, work, self.records, jobs=self.jobs)
        return records

    def body(self, path: str) -> Body | None:
        """Return the whole body of one item; None where ``read`` has not seen it as it is now."""
        if path not in self.found:
            return None
        stored = self.whole.get(self._key(path), self.found[path].place)
        if stored is not None:
            return _BODIES.decode(stored)
        item, _ = self._item(path)
        return converted(item)[0] if item else None

    def size_of(self, path: str) -> int | None:
        """Return the bytes of one file as it was looked at; None where it was not."""
        read = self.sources.files.get(f"{CONTENT}/{path}")
        return read.size if read else None

    def seen(self, item: ContentItem) -> str:
        """Return what stands for all that other pages may show of an item."""
        rest = self.found.get(item.path)
        return rest.seen if rest else item.digest

    def _digest(self, path: str) -> str:
        return self._stands_for(path, self.sources.digest(f"{CONTENT}/{path}"))

    def _stands_for(self, path: str, own: str) -> str:
        return f"{own} {self.beside.get(path.rpartition('/')[0], '')}" if path.endswith(RAW) else own

    def _key(self, path: str) -> str:
        return f"{path}\0{self._digest(path)}"

    def _raw(self, path: str) -> bytes | None:
        """Return the bytes of one file, None where it is not the file that was looked at."""
        try:
            raw = read_regular(f"{self.content}/{path}")
        except OSError:
            return None
        return raw if digest_of(raw) == self.sources.digest(f"{CONTENT}/{path}") else None

    def _item(self, path: str) -> Reading:
        raw = self._raw(path)
        return (None, ()) if raw is None else readers_of(self.content)[suffix_of(path)](path, raw)

    def _read(self, path: str) -> Record | None:
        """Read and convert one file, and put its body away; nothing where it is not the file that was looked at."""
        raw = self._raw(path)
        if raw is None:
            return None
        item, problems = readers_of(self.content)[suffix_of(path)](path, raw)
        if item is None:
            return None, Rest(problems=problems)
        body, faults = converted(item)
        beginning = "" if item.summary else body.text[:BEGINNING]
        kept = body if self.has_words else replace(body, text="")
        place = self.whole.add(self._key(path), _BODIES.encode(kept))
        seen = _seen(item, beginning, raw)
        rest = Rest(seen, problems, faults, beginning, body.headings, body.anchors, body.references, place)
        return item, rest


def texts_of(settings: Settings, sources: Sources, *, jobs: int | None = None) -> Texts:
    """Return the texts of a site that was looked at, none read yet."""
    database, version = database_of(settings), f"{version_of(*READ_BY)} {settings.search}"
    return Texts(
        content=settings.content,
        sources=sources,
        records=Drawers(database=database, name="items", version=version, codec=item_rows_codec(Rest)),
        whole=Heap(database=database, name="bodies"),
        has_words=settings.search,
        jobs=jobs,
        beside=surroundings(
            name.removeprefix(f"{CONTENT}/") for name in sources.files if name.startswith(f"{CONTENT}/")
        ),
    )


def _seen(item: ContentItem, beginning: str, raw: bytes) -> str:
    """Digest the file up to where its Markdown begins (a raw page: all of it), and the beginning of the text."""
    head = raw if item.path.endswith(RAW) else raw[: len(raw) - len(item.body.encode())]
    return digest_of(head + b"\0" + beginning.encode())


def converted(item: ContentItem) -> Converted:
    """Return the body of ``item`` and what is wrong with it."""
    from plugins.article_body.convert import convert  # not needed where no text has changed
    from plugins.official_document.outline import outline

    return convert(item.body, path=item.path, first_line=item.body_line, sanitize=_sanitize, outline=outline)


def _sanitize(html: str) -> str:
    from plugins.sanitizing.sanitize import sanitize  # nh3, which plain texts do without

    return sanitize(html)
