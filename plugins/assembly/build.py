"""A build from end to end: read, check, compose, then bring the output folder to what the outputs say."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from plugins.assembly.built import Built
from plugins.assembly.configuration import Configured
from plugins.assembly.memory import keep_families, keep_notes, keep_words, recall_words
from plugins.assembly.old_addresses import old_addresses
from plugins.assembly.outputs import Composed, compose_site, notes_of
from plugins.assembly.site import Site, gather
from plugins.assembly.sources import database_of, settle
from plugins.domain.outputs import Output
from plugins.domain.problems import in_order, is_blocked
from plugins.incremental_build.build import build as bring_up_to_date
from plugins.incremental_build.database import forget
from plugins.incremental_build.folder import take
from plugins.incremental_build.unchanged import Sources

Progress = Callable[[int, int], None]


def build(
    configured: Configured,
    *,
    sources: Sources | None = None,
    jobs: int | None = None,
    clean: bool = False,
    verify: bool = False,
    renames: Path | None = None,
    on_progress: Progress | None = None,
) -> Built:
    """Build the site of ``configured``; nothing is written while a problem stands.

    ``sources`` is what ``look`` saw before; a build that succeeds is remembered as one of these. ``renames`` is the
    repository whose history of names becomes redirects.
    """
    settings = configured.settings
    if clean:
        forget(database_of(settings))
    words = recall_words(settings)
    site = gather(configured, sources=sources, jobs=jobs)
    old, faults = old_addresses(site, renames)
    problems = in_order((*site.problems, *faults))
    if is_blocked(problems):
        return Built(problems=problems, site=site)
    composed = compose_site(site, old)
    problems = in_order((*problems, *composed.problems))
    if is_blocked(problems):
        return Built(problems=problems, site=site)
    outputs = list(composed.outputs)
    take(settings.output)  # before the index is written beside it
    if settings.search:
        outputs += _search_outputs(site, composed)
    keep_words(settings, words)
    keep_families(settings, composed.composition)
    keep_notes(settings, notes_of(site))
    report = bring_up_to_date(
        outputs,
        settings.output,
        database_of(settings),
        jobs=jobs,
        clean=clean,
        verify=verify,
        on_progress=on_progress,
    )
    built = Built(problems=in_order((*problems, *report.problems)), report=report, site=site, composed=composed)
    if built.succeeded:
        settle(configured, site.sources, site.items, site.said(built.problems))
    return built


def _search_outputs(site: Site, composed: Composed) -> Iterator[Output]:
    from plugins.assembly.search import search_outputs  # numpy, which a site without search does without

    return search_outputs(site, composed.composition)
