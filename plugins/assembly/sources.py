"""What a build reads and where it keeps its state, known before anything heavy is imported."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from datetime import datetime, time, timedelta
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from plugins.assembly.configuration import Configured
from plugins.domain.dates import CHINA
from plugins.domain.problems import Level, Problem
from plugins.domain.settings import Settings
from plugins.incremental_build import unchanged
from plugins.incremental_build.database import fact, set_fact, with_database
from plugins.incremental_build.unchanged import Sources

if TYPE_CHECKING:
    from plugins.domain.content import ContentItem

PLUGINS = Path(__file__).resolve().parents[1]
CONTENT = "content"
_INDEX = "search-index"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A problem that a build told of, and what brings it up: ``own`` is one text by itself, ``links`` what it refers to,
    ``site`` anything that more than one file has a part in."""

    kind: str
    problem: Problem


def database_of(settings: Settings) -> Path:
    """Return the build database: one for each output folder, so that two builds never mix."""
    key = blake2b(str(settings.output.resolve()).encode(), digest_size=6).hexdigest()
    return settings.cache / f"build-{key}.sqlite"


def index_folder(settings: Settings) -> Path:
    """Return the folder of the index of record: the output's sibling, with a name of its own where the output has one."""
    name = settings.output.name
    return settings.output.parent / ("search-index" if name == "output" else f"{name}-search-index")


def look(run: Configured) -> Sources:
    """Look at every file that the build of ``run`` reads, and at the index it keeps beside the output."""
    settings = run.settings
    roots = {CONTENT: settings.content, "theme": settings.theme, "plugins": PLUGINS, _INDEX: index_folder(settings)}
    return unchanged.scan(roots, database_of(settings))


def is_settled(run: Configured, sources: Sources) -> bool:
    """Whether the last build still stands as it is."""
    settings = run.settings
    now = settings.now.timestamp()
    return unchanged.is_unchanged(sources, settings.output, database_of(settings), key=_key(run), now=now)


def still_stands(run: Configured) -> bool:
    """Whether all but the sources is as the last build left it."""
    now = run.settings.now.timestamp()
    return unchanged.stands(run.settings.output, database_of(run.settings), key=_key(run), now=now)


def settle(run: Configured, sources: Sources, items: Iterable[ContentItem], said: Iterable[Said]) -> None:
    """Note that a build from ``sources`` succeeded, and what it told of that did not stop it."""
    settings, database = run.settings, database_of(run.settings)
    now, until = settings.now, next_change(items, settings.now)
    unchanged.remember(
        _with_index(sources, settings), database, key=_key(run), now=now.timestamp(), until=until.timestamp()
    )
    say_next_time(run, said)


def _with_index(sources: Sources, settings: Settings) -> Sources:
    """Return ``sources`` with the search index as it is now: the build that read it has written it."""
    folder, prefix = index_folder(settings), f"{_INDEX}/"
    if not folder.exists() and not any(name.startswith(prefix) for name in sources.files):
        return sources
    index = unchanged.scan({_INDEX: folder}, database_of(settings))
    read = {name: file for name, file in sources.files.items() if not name.startswith(prefix)}
    return replace(sources, files={**read, **index.files})


def say_next_time(run: Configured, said: Iterable[Said]) -> None:
    """Note what a build tells of."""
    rows = json.dumps([[one.kind, asdict(one.problem)] for one in said], ensure_ascii=False)
    with_database(database_of(run.settings), lambda connection: set_fact(connection, "problems", rows))


def said_last_time(run: Configured) -> tuple[Said, ...]:
    """Return what the last build told of."""
    written = with_database(database_of(run.settings), lambda connection: fact(connection, "problems"))
    return tuple(
        Said(kind=kind, problem=Problem(**{**found, "level": Level(found["level"])}))
        for kind, found in json.loads(written or "[]")
    )


def next_change(items: Iterable[ContentItem], now: datetime) -> datetime:
    """Return the next moment at which a page may look otherwise without an edit: a moment that an item names, or midnight."""
    midnight = datetime.combine(now.astimezone(CHINA).date() + timedelta(days=1), time(), CHINA)
    return min([midnight, *(moment for item in items for moment in _moments(item) if moment > now)])


def _moments(item: ContentItem) -> Iterator[datetime]:
    if item.date:
        yield item.date
    if item.expires:
        yield item.expires
    if item.type == "event":
        own = (getattr(item.details, name, None) for name in ("starts", "ends"))
        yield from (moment for moment in own if isinstance(moment, datetime))


def _key(run: Configured) -> str:
    """Return what stands for the options, the settings, the interpreter and the libraries."""
    libraries = sorted(name for name in os.listdir(_packages()) if name.endswith(".dist-info"))  # noqa: PTH208 — in a hurry
    named = (replace(run.settings, now=datetime.fromtimestamp(0, CHINA)), run.problems, sys.version, libraries)
    return blake2b(repr(named).encode(), digest_size=16).hexdigest()


def _packages() -> Path:
    """Return the folder of installed libraries, without importing one."""
    return next((Path(entry) for entry in sys.path if entry.endswith("site-packages")), PLUGINS)
