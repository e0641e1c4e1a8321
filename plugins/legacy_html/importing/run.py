"""``inv legacy.import``: survey, recover, choose, write; each step a function, the whole of it resumable."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from plugins.domain.dates import CHINA
from plugins.domain.front_matter import Value, write_front_matter
from plugins.domain.paths import is_slug
from plugins.legacy_html.importing import record as records
from plugins.legacy_html.importing.addresses import places_of
from plugins.legacy_html.importing.placing import Fate, Plan, Writer, copies_of, planned
from plugins.legacy_html.importing.record import Record
from plugins.legacy_html.importing.recovery import (
    Brief,
    Progress,
    Recovery,
    Staging,
    brief_of,
    context_of,
    learnt,
    recovered,
    with_all_origins,
)
from plugins.legacy_html.importing.sources import Refusal, Scrape, survey
from plugins.legacy_html.importing.store import Store, write_whole
from plugins.legacy_html.importing.workers import SECONDS, Failure, Pool, processors

ARCHIVE = "_legacy"
SECTION = "legacy"
_SECTION: dict[str, Value] = {
    "title": "旧网页（待整理）",
    "type": "section",
    "state": "private",
    "exclude_from_nav": True,
    "summary": "从旧网页恢复、等待核对的文章。核对后移到合适的栏目再发布。",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What an import is asked to do.

    ``into`` is the folder of a section; only the default one is made where it is missing. ``archive`` is where records
    and raw bytes go, by default ``content/_legacy``, which is never published. ``cache`` holds drafts of a run that was
    interrupted. ``hosts`` are the association's own old hosts, "" for all: only their addresses are redirected.
    ``seconds`` is what one page may take.
    """

    sources: tuple[Path, ...]
    content: Path
    into: str = SECTION
    archive: Path | None = None
    cache: Path = Path(".cache/legacy")
    hosts: tuple[str, ...] = ()
    is_dry: bool = False
    jobs: int = 0
    seconds: float = SECONDS
    today: date = field(default_factory=lambda: datetime.now(CHINA).date())

    @property
    def store(self) -> Store:
        """Where things go."""
        content = self.content.resolve()
        return Store(content=content, archive=(self.archive or content / ARCHIVE).resolve())


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What became of one page; the rest stands in its record."""

    fate: Fate
    id: str
    title: str
    source: str
    item: str
    flags: int
    quarantine: tuple[str, ...]
    duplicate_of: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What an import did, page by page in the order of the scrape; ``ignored`` counts what is no page, picture or file."""

    rows: tuple[Row, ...]
    refused: tuple[Refusal, ...]
    pages: int
    ignored: int


def import_legacy(options: Options, on_progress: Progress = lambda done, total: None) -> Outcome:
    """Import the sources. ValueError, in words for editors, for a section that cannot be."""
    store = options.store
    _check_section(options, store)
    scrape = survey(options.sources)
    with _staging(options, scrape) as staging:
        if not options.is_dry:
            store.sweep(store.content / options.into)
        jobs = options.jobs or processors()
        recovery = Recovery(
            scrape=scrape,
            places=places_of(scrape),
            store=store,
            staging=staging,
            today=options.today,
            repeated=learnt(scrape, jobs, options.seconds),
            archives=not options.is_dry,
        )
        briefs, unread = recovered(recovery, jobs=jobs, seconds=options.seconds, on_progress=on_progress)
        rows = _place(options, store, staging, briefs, jobs)
    refused = (*scrape.refused, *unread)
    return Outcome(rows=rows, refused=refused, pages=len(scrape.pages), ignored=scrape.ignored)


def _place(options: Options, store: Store, staging: Staging, briefs: tuple[Brief, ...], jobs: int) -> tuple[Row, ...]:
    """Choose what gets an item, and write it."""
    mine = {brief.id: brief for brief in with_all_origins(briefs)}
    is_new = any(not brief.is_recorded for brief in mine.values())
    everything = {**(_earlier(store, mine, jobs) if is_new else {}), **mine}
    plan = planned(everything)
    writer = Writer(
        store=store,
        staging=staging,
        into=options.into,
        hosts=options.hosts,
        targets=_targets(options, store, briefs, everything, plan),
        is_dry=options.is_dry,
    )
    copies = copies_of(plan, everything)
    rows = {id: _row(fate, made) for id, fate, made in _written(writer, plan, everything, mine, copies)}
    return tuple(rows[id] for id in dict.fromkeys((*mine, *rows)))


def _row(fate: Fate, record: Record) -> Row:
    return Row(
        fate=fate,
        id=record.id,
        title=record.title,
        source=record.origins[0].source,
        item=record.item,
        flags=len(record.flags),
        quarantine=record.quarantine,
        duplicate_of=record.duplicate_of,
    )


def _written(
    writer: Writer,
    plan: Plan,
    everything: dict[str, Brief],
    mine: dict[str, Brief],
    copies: dict[str, tuple[records.Copy, ...]],
) -> Iterator[tuple[str, Fate, Record]]:
    """Write what this run found, and the kept ones of earlier runs that got a new copy."""
    for id in plan.kept:
        has_new_copy = any(copy.id in mine for copy in copies.get(id, ()))
        if id in mine or has_new_copy:
            yield id, *writer.keep(everything[id], copies.get(id, ()))
    for id, kept in plan.copies.items():
        if id in mine:
            yield id, *writer.set_aside(everything[id], duplicate_of=kept)
    for id in plan.empty:
        if id in mine:
            yield id, *writer.set_aside(everything[id])


def _earlier(store: Store, mine: dict[str, Brief], jobs: int) -> dict[str, Brief]:
    """The records of earlier imports, with which new pages are compared."""
    found = (path for path in sorted((store.archive / "records").rglob("*.json.gz")))
    paths = [path for path in found if path.name.partition(".")[0] not in mine]
    pool = Pool[Path, Brief](work=_recorded, tasks=paths, jobs=jobs)
    briefs = dict[str, Brief]()
    for number, brief in sorted(pool.run(), key=lambda pair: pair[0]):
        if isinstance(brief, Failure):
            raise ValueError(f"读不了抢救记录 {store.shown(paths[number])}：{brief.reason}")
        briefs[brief.id] = brief
    return briefs


def _recorded(path: Path) -> Brief:
    found = records.read(path)
    if found is None:
        raise ValueError(path.name)
    return brief_of(found, origins=found.origins)


def _targets(
    options: Options, store: Store, briefs: tuple[Brief, ...], everything: dict[str, Brief], plan: Plan
) -> dict[str, str]:
    """Where links to each page of the scrape lead: to the item of its text, else to its old address."""
    targets = dict[str, str]()
    for brief in briefs:
        kept = everything[plan.copies.get(brief.id, brief.id)]
        item = kept.item if kept.is_recorded or not kept.item else f"{options.into}/{kept.item}"
        is_there = bool(item) and (not kept.is_recorded or (store.content / item).exists())
        targets[brief.token] = item if is_there else next((one.url for one in brief.origins if one.url), "")
    return targets


def _check_section(options: Options, store: Store) -> None:
    """Make sure that the items will have a section."""
    if not store.content.is_dir():
        raise ValueError(f"没有内容文件夹 {options.content}")
    if not all(is_slug(part) for part in options.into.split("/")):
        raise ValueError(f"栏目 {options.into!r} 不能作为网址；只用小写字母、数字和单个连字符")
    index = store.content / options.into / "index.md"
    if index.exists() or (options.is_dry and options.into == SECTION):
        return
    if options.into != SECTION:
        raise ValueError(f"没有栏目 {options.into!r}：先用 inv new section 建好，或不写 --into")
    write_whole(index, write_front_matter(_SECTION).encode())


@contextmanager
def _staging(options: Options, scrape: Scrape) -> Iterator[Staging]:
    """Where drafts wait: kept until the import is through, so that an interrupted one goes on where it stopped."""
    if options.is_dry:
        with tempfile.TemporaryDirectory(prefix="legacy-") as temporary:
            yield Staging(folder=Path(temporary))
        return
    folder = options.cache / "drafts" / context_of(scrape)
    yield Staging(folder=folder)
    shutil.rmtree(options.cache / "drafts", ignore_errors=True)
