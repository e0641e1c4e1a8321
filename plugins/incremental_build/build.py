"""Bring the output folder to what the outputs say, touching nothing that is right already."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from operator import attrgetter
from pathlib import Path
from sqlite3 import Connection

from plugins.domain.outputs import BuildPlan, Decision, Output
from plugins.incremental_build import folder as place
from plugins.incremental_build.database import (
    Written,
    claim,
    forget_outputs,
    locked,
    read_folders,
    read_outputs,
    save_folders,
    save_outputs,
    with_database,
)
from plugins.incremental_build.plan import CHANGED, FOREIGN, State, conflicts, decide
from plugins.incremental_build.report import BuildReport, Failure
from plugins.incremental_build.workers import Done, processors, spread

Progress = Callable[[int, int], None]  # done, of how many
Made = tuple[Output, Done[tuple[Written, bool]]]


def build(
    outputs: Iterable[Output],
    folder: Path,
    database: Path,
    *,
    jobs: int | None = None,
    clean: bool = False,
    verify: bool = False,
    on_progress: Progress | None = None,
) -> BuildReport:
    """Make what is not up to date, write what differs, delete what no output claims, and say so.

    The folder belongs to the build: whatever else lies in it is deleted; one that holds files and was not made by a
    build is refused with ``folder.ForeignFolderError``. ``clean`` starts from nothing; ``verify`` also compares the digest of
    every file that is kept. Files first, database after: an interrupted build is mended by the next.
    """
    wanted = sorted(outputs, key=attrgetter("path"))
    with locked(database):
        manifest, known = with_database(database, _remembered)
        if problems := conflicts(wanted, manifest):
            return BuildReport(problems=problems)
        place.take(folder)
        if clean:
            place.empty(folder)
            with_database(database, forget_outputs)
            manifest, known = {}, {}
        strange, opened = _evict(wanted, folder, manifest, {} if verify else known)
        plan = _plan(wanted, folder, manifest, strange, verify=verify)
        with_database(database, lambda connection: claim(connection, [decision.path for decision in plan.render]))
        results = _carry_out(plan, wanted, folder, jobs or processors(), on_progress)
        _settle(results, plan, folder, database, opened)
    return _report(plan, results)


def remake(outputs: Iterable[Output], folder: Path, database: Path, *, others: int) -> BuildReport:
    """Make these files of the last build again, which left them and all ``others`` as they should be, see
    ``unchanged.stands``."""
    wanted = sorted(outputs, key=attrgetter("path"))
    with locked(database):
        place.take(folder)
        plan = BuildPlan(render=tuple(Decision(path=output.path, reason=CHANGED) for output in wanted))
        with_database(database, lambda connection: claim(connection, [decision.path for decision in plan.render]))
        results = _carry_out(plan, wanted, folder, 1, None)
        written = [(output.path, done.result[0]) for output, done in results if done.result]
        with_database(database, lambda connection: save_outputs(connection, written, ()))
    return replace(_report(plan, results), others=others)


def _remembered(connection: Connection) -> tuple[dict[str, Written], dict[str, int]]:
    """Return the manifest and the folders of the last build; a path that leaves the folder was never ours."""
    outputs = read_outputs(connection)
    return {path: row for path, row in outputs.items() if place.is_safe(path)}, read_folders(connection)


def _evict(
    wanted: Iterable[Output], folder: Path, manifest: Mapping[str, Written], known: Mapping[str, int]
) -> tuple[tuple[str, ...], list[str]]:
    """Delete what lies in the folder and is not ours; return it, and the folders that were not as ``known``."""
    evicted: list[str] = []
    opened: list[str] = []
    for path in place.foreign(folder, manifest.keys() | {output.path for output in wanted}, known, opened):
        place.remove(folder / path)
        evicted.append(path)
    return tuple(evicted), opened


def _plan(
    wanted: Sequence[Output], folder: Path, manifest: Mapping[str, Written], evicted: Iterable[str], *, verify: bool
) -> BuildPlan:
    states = {path: (size, mtime) for path, size, mtime in place.states(folder, manifest)}
    if verify:
        states = dict(_verified(folder, manifest, states))
    plan = decide(wanted, manifest, states)
    strangers = (Decision(path=path, reason=FOREIGN) for path in evicted)
    return replace(plan, delete=tuple(sorted((*plan.delete, *strangers), key=lambda decision: decision.path)))


def _verified(
    folder: Path, manifest: Mapping[str, Written], states: Mapping[str, State]
) -> Iterator[tuple[str, State]]:
    """Yield the states of files, impossible ones where the bytes are not those that were written."""
    for path, state in states.items():
        intact = place.digest_of((folder / path).read_bytes()) == manifest[path].digest
        yield path, state if intact else (-2, -2)


def _carry_out(
    plan: BuildPlan, wanted: Iterable[Output], folder: Path, jobs: int, on_progress: Progress | None
) -> list[Made]:
    """Delete first, so that a file can become a folder; then make and write. Return what was made, by path."""
    for decision in plan.delete:
        place.remove(folder / decision.path)
        place.remove_empty_parents(folder, decision.path)
    made = {decision.path for decision in plan.render}
    work = [output for output in wanted if output.path in made]
    place.make_folders(folder, (output.path for output in work))

    def make(output: Output) -> tuple[Written, bool]:
        return place.write(folder, output.path, output.make(), output.fingerprint)

    results = []
    for done in spread(make, work, jobs):
        results.append(done)
        if on_progress:
            on_progress(len(results), len(work))
    return [(work[done.index], done) for done in sorted(results, key=lambda done: done.index)]


def _settle(results: Iterable[Made], plan: BuildPlan, folder: Path, database: Path, opened: Iterable[str]) -> None:
    """Note in the database what is on disk now; nothing came or went in folders that were neither ``opened`` nor touched."""
    written = [(output.path, done.result[0]) for output, done in results if done.result]
    gone = [decision.path for decision in plan.delete]
    touched = place.folders_of([*(path for path, _ in written), *gone]).union(opened)
    times = place.folder_times(folder, touched)

    def save(connection: Connection) -> None:
        save_outputs(connection, written, gone)
        save_folders(connection, times, touched - times.keys())

    with_database(database, save)


def _report(plan: BuildPlan, results: Iterable[Made]) -> BuildReport:
    made = tuple(results)
    return BuildReport(
        plan=plan,
        written=tuple(output.path for output, done in made if done.result and done.result[1]),
        failures=tuple(_failure(output, done.fault) for output, done in made if done.fault),
    )


def _failure(output: Output, fault: str) -> Failure:
    return Failure(path=output.path, source=output.source, fault=fault)
