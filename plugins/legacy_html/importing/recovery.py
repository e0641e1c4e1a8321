"""The first half of an import: every page recovered, by all cores, into a staging folder from which it is taken up again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from hashlib import blake2b, sha256
from pathlib import Path

from plugins.legacy_html.document import LegacyDocument
from plugins.legacy_html.importing import record as records
from plugins.legacy_html.importing.addresses import Places, address_of, host_folder, is_web
from plugins.legacy_html.importing.draft import drafted, failed
from plugins.legacy_html.importing.record import Origin, Record, Sketch
from plugins.legacy_html.importing.sources import Entry, Refusal, Scrape, read
from plugins.legacy_html.importing.store import Store, id_of, write_whole
from plugins.legacy_html.importing.workers import Failure, Pool
from plugins.legacy_html.pipeline import STAGES, run
from plugins.legacy_html.template import learn

Progress = Callable[[int, int], None]
SITE_PAGES = 8  # from which on a site's repeated lines are learnt
SITE_SAMPLE = 24
LONGEST_FURNITURE = 40  # characters; a longer sentence that pages share is a text they quote


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """What the import has to know of a recovered page before it writes: the rest lies in ``staged``, or in its record."""

    id: str
    sha256: str
    token: str
    title: str
    origins: tuple[Origin, ...]
    sketch: Sketch
    flags: int
    is_quarantined: bool
    item: str
    duplicate_of: str
    is_recorded: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Staging:
    """Where recovered pages and their files wait until all are there; each run from the same sources finds them again."""

    folder: Path

    def record(self, token: str) -> Path:
        """Where the record of the entry with this token waits."""
        return self.folder / token[:2] / f"{token}.json.gz"

    def file(self, digest: str) -> Path:
        """Where a picture or attachment with this SHA-256 waits."""
        return self.folder / "files" / digest[:2] / digest

    def keep(self, digest: str, raw: bytes) -> None:
        """Put a file away, once."""
        if not self.file(digest).exists():
            write_whole(self.file(digest), raw)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recovery:
    """What workers need to recover any page of a scrape; ``archives`` tells whether raw bytes are kept (not in a dry run)."""

    scrape: Scrape
    places: Places
    store: Store
    staging: Staging
    today: date
    repeated: dict[str, frozenset[str]]
    archives: bool

    def page(self, entry: Entry) -> Brief:
        """Recover one page, unless its record or its draft is there already. ValueError for what cannot be read."""
        raw = read(entry)
        digest = sha256(raw).hexdigest()
        known = records.read(self.store.record(id_of(digest)))
        if known is not None:
            return self._brief(known, entry, raw, is_recorded=True)
        waiting = self._waiting(entry, digest)
        if waiting is None:
            repeated = self.repeated.get(site_of(entry), frozenset())
            waiting = drafted(entry, raw, self.places, repeated=repeated, today=self.today, keep=self.staging.keep)
            self._put(entry, waiting, raw)
        return self._brief(waiting, entry, raw, is_recorded=False)

    def lost(self, entry: Entry, reason: str) -> Brief:
        """A page that no worker could recover. ValueError or OSError for what cannot be read either."""
        raw = read(entry)
        waiting = failed(entry, raw, reason)
        known = records.read(self.store.record(waiting.id))
        if known is None:
            self._put(entry, waiting, raw)
        return self._brief(known or waiting, entry, raw, is_recorded=known is not None)

    def _brief(self, record: Record, entry: Entry, raw: bytes, *, is_recorded: bool) -> Brief:
        origin = Origin(source=entry.source, url=address_of(entry, raw))
        return brief_of(record, token=entry.token, origins=(origin,), is_recorded=is_recorded)

    def _waiting(self, entry: Entry, digest: str) -> Record | None:
        try:
            found = records.read(self.staging.record(entry.token))
        except ValueError:
            return None
        return found if found is not None and found.sha256 == digest else None

    def _put(self, entry: Entry, record: Record, raw: bytes) -> None:
        if self.archives:
            self.store.keep_raw(record.sha256, raw)
        write_whole(self.staging.record(entry.token), records.written(record))


def brief_of(record: Record, *, token: str = "", origins: tuple[Origin, ...] = (), is_recorded: bool = True) -> Brief:
    """What is to be known of ``record``; ``token`` and ``origins`` say where this run found its bytes."""
    return Brief(
        id=record.id,
        sha256=record.sha256,
        token=token,
        title=record.title,
        origins=origins,
        sketch=record.sketch,
        flags=len(record.flags),
        is_quarantined=bool(record.quarantine),
        item=record.item,
        duplicate_of=record.duplicate_of,
        is_recorded=is_recorded,
    )


def site_of(entry: Entry) -> str:
    """What pages of one site have in common: the source, and the host or the first folder."""
    if is_web(entry.key):
        return f"{entry.root} {entry.key.partition('://')[2].partition('/')[0]}"
    folder, slash, _ = entry.key.partition("/")
    return f"{entry.root} {host_folder(entry.key) or (folder if slash else '')}"


def learnt(scrape: Scrape, jobs: int, seconds: float) -> dict[str, frozenset[str]]:
    """The lines that each site of the scrape repeats on its pages."""
    sites = defaultdict[str, list[Entry]](list)
    for entry in scrape.pages:
        sites[site_of(entry)].append(entry)
    known = [site for site, pages in sites.items() if len(pages) >= SITE_PAGES]
    samples = [_sample(sites[site]) for site in known]
    pool = Pool[tuple[Entry, ...], frozenset[str]](work=furniture_of, tasks=samples, jobs=jobs, seconds=seconds)
    found = {known[number]: lines for number, lines in pool.run() if not isinstance(lines, Failure)}
    return {site: found[site] for site in known if site in found}


def _sample(pages: Sequence[Entry]) -> tuple[Entry, ...]:
    step = max(1, len(pages) // SITE_SAMPLE)
    return tuple(pages[::step][:SITE_SAMPLE])


def furniture_of(sample: Sequence[Entry]) -> frozenset[str]:
    """The lines that most of these pages have; copies of one page count once, and sentences are no furniture."""
    pages = dict[tuple[str, ...], LegacyDocument]()
    for entry in sample:
        try:
            page = LegacyDocument(source=entry.source, raw=read(entry))
        except (OSError, ValueError):
            continue
        for name, stage in STAGES[:2]:
            page = run(name, stage, page)
        long = sorted({block.text for block in page.extracted if len(block.text) > LONGEST_FURNITURE}, key=len)
        pages.setdefault(tuple(long[-1:]), page)
    if len(pages) < SITE_PAGES // 2:
        return frozenset()
    lines = learn(pages.values())
    return frozenset(one for one in lines if len(one) <= LONGEST_FURNITURE or not one.endswith(("。", "！", "？")))


@cache
def version() -> str:
    """A digest of the code that recovers pages: drafts of other code do not count."""
    digest = blake2b(digest_size=10)
    for path in sorted(Path(__file__).resolve().parents[1].rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def context_of(scrape: Scrape) -> str:
    """What stands for the code and for everything that pages of the scrape may refer to."""
    digest = blake2b(version().encode(), digest_size=10)
    for entry in (*scrape.pages, *scrape.files):
        digest.update(f"{entry.token}\0{entry.key}\0".encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


def recovered(
    recovery: Recovery, *, jobs: int, seconds: float, on_progress: Progress
) -> tuple[tuple[Brief, ...], tuple[Refusal, ...]]:
    """Every page of the scrape in its order, and what could not be read."""
    pages = recovery.scrape.pages
    found = dict[int, Brief]()
    refused = dict[int, Refusal]()
    for number, result in Pool(work=recovery.page, tasks=pages, jobs=jobs, seconds=seconds).run():
        try:
            found[number] = recovery.lost(pages[number], result.reason) if isinstance(result, Failure) else result
        except (OSError, ValueError) as fault:
            refused[number] = Refusal(source=pages[number].source, reason=str(fault))
        on_progress(len(found) + len(refused), len(pages))
    briefs = tuple(found[number] for number in sorted(found))
    return briefs, tuple(refused[number] for number in sorted(refused))


def with_all_origins(briefs: Sequence[Brief]) -> tuple[Brief, ...]:
    """One brief for each id, the first one's, with every place where its bytes were found."""
    merged = dict[str, Brief]()
    for brief in briefs:
        known = merged.setdefault(brief.id, brief)
        if known is not brief:
            merged[brief.id] = replace(known, origins=tuple(dict.fromkeys((*known.origins, *brief.origins))))
    return tuple(merged.values())
