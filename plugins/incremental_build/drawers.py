"""Results that are wanted all together: kept many to a row, which reads them in half the time that rows of their own take."""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

import msgspec

from plugins.incremental_build.codec import Row, RowsCodec
from plugins.incremental_build.database import sealed, unsealed, with_database
from plugins.incremental_build.workers import processors, spread

T = TypeVar("T")
R = TypeVar("R")

Work = tuple[str, str, T]  # its name, the digest of all of the value that is read, the value
ROOM = 64  # results in a drawer, on average
_DRAWERS = 4  # stored at a time while others are computed
_MANY = 64  # stored at a time where all are there


class WorkFailedError(RuntimeError):
    """Work that must not fail did; ``index`` is its place, the message the traceback."""

    def __init__(self, index: int, fault: str) -> None:
        super().__init__(fault)
        self.index = index


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawers(Generic[R]):
    """One kind of result in a build database: of each name the last one.

    ``version`` stands for everything beside the input that a result depends on: settings, the code, the versions of the
    libraries it calls. A drawer is known by the first of its names; which names begin one depends on the name alone, so
    that one more or less changes one drawer.
    """

    database: Path
    name: str
    version: str
    codec: RowsCodec[R]

    def all(self) -> dict[str, list[Row[R]]]:
        """Return every drawer; one that is damaged is not there."""
        return with_database(self.database, lambda connection: self._opened(self._select(connection)))

    def some(self, names: Iterable[str]) -> dict[str, list[Row[R]]]:
        """Return the drawers that ``names`` belong into."""

        def select(connection: sqlite3.Connection) -> dict[str, list[Row[R]]]:
            return self._opened(row for name in names for row in self._select(connection, name))

        return with_database(self.database, select)

    def decoded(self, row: bytes) -> R:
        """Return the result in the stored form of one row."""
        ((_, _, result),) = self.codec.decode(_joined([row]))
        return result

    def forget(self) -> None:
        """Forget every result."""
        with_database(
            self.database,
            lambda connection: connection.execute("delete from drawers where name = ?", (self.name,)),
        )

    def _select(self, connection: sqlite3.Connection, name: str | None = None) -> Iterator[tuple[str, bytes]]:
        query = "select first, content from drawers where name = ? and version = ?"
        if name is None:
            return connection.execute(query, (self.name, self.version))
        return connection.execute(
            f"{query} and first <= ? order by first desc limit 1", (self.name, self.version, name)
        )

    def _opened(self, found: Iterable[tuple[str, bytes]]) -> dict[str, list[Row[R]]]:
        drawers = {}
        for first, content in found:
            try:
                drawers[first] = self.codec.decode(unsealed(content))
            except (ValueError, msgspec.MsgspecError):
                continue
        return drawers

    def put(self, drawers: Mapping[str, bytes], others: Iterable[str] | None = None) -> None:
        """Store drawers; with ``others``, which are to stay as they are, forget all the rest."""
        rows = [(self.name, self.version, first, sealed(content)) for first, content in drawers.items()]

        def put(connection: sqlite3.Connection) -> None:
            if others is not None:
                stays = {(self.version, first) for first in (*others, *drawers)}
                known = connection.execute("select version, first from drawers where name = ?", (self.name,)).fetchall()
                gone = [(self.name, *key) for key in known if key not in stays]
                connection.executemany("delete from drawers where name = ? and version = ? and first = ?", gone)
            connection.executemany("replace into drawers values (?, ?, ?, ?)", rows)

        with_database(self.database, put)


def cached_map(
    function: Callable[[T], R | None], work: Sequence[Work[T]], drawers: Drawers[R], *, jobs: int | None = None
) -> list[R | None]:
    """Return ``function(value)`` for each piece of ``work``, which is all there is, in order of its names.

    Only what is not stored is computed. A digest must stand for all of the value that ``function`` reads. A result that
    was computed just now is decoded from its stored form too, so a first build and a second one see the same values.
    None is never stored: the function did not get to see what the digest stands for. A fault raises WorkFailedError.
    Results of other names are forgotten.
    """
    found = drawers.all()
    results = _known(work, found)
    changes = _Changes(work, results, found, drawers)
    missing = [index for index, result in enumerate(results) if result is None]
    for index, content in _computed(function, work, drawers.codec, missing, jobs or processors()):
        changes.add(index, content)
    changes.finish()
    return results


def cached_some(function: Callable[[T], R | None], work: Sequence[Work[T]], drawers: Drawers[R]) -> list[R | None]:
    """Do as ``cached_map`` for a few of many: all else stays as it is. Only names that are known are stored."""
    found = drawers.some(name for name, _, _ in work)
    results = _known(work, found)
    missing = [index for index, result in enumerate(results) if result is None]
    fresh = {}
    for index, content in _computed(function, work, drawers.codec, missing, 1):
        if content:
            name, digest, _ = work[index]
            fresh[name] = _row(name, digest, content)
            results[index] = drawers.decoded(fresh[name])
    _exchange(drawers, found, fresh)
    return results


def exchange(drawers: Drawers[R], rows: Iterable[Row[R]]) -> None:
    """Store other results for a few names that are known."""
    fresh = {name: _row(name, digest, drawers.codec.encode(result)) for name, digest, result in rows}
    _exchange(drawers, drawers.some(fresh), fresh)


def keep_all(drawers: Drawers[R], rows: Sequence[Row[R]], found: Mapping[str, list[Row[R]]]) -> None:
    """Store the results of all names there are, in order of their names.

    ``found`` are the drawers as they are; one that would hold the very same rows is not written.
    """
    filing = _Filing(drawers, _MANY)
    for span in _spans(rows):
        first, content = rows[span.start][0], rows[span.start : span.stop]
        if _is_same(content, found.get(first, ())):
            filing.leave(first)
        else:
            encode = drawers.codec.encode
            filing.put(first, _joined(_row(name, digest, encode(result)) for name, digest, result in content))
    filing.finish(found)


def _is_same(rows: Sequence[Row[R]], before: Sequence[Row[R]]) -> bool:
    return len(rows) == len(before) and all(
        name == was and result is known for (name, _, result), (was, _, known) in zip(rows, before, strict=True)
    )


def _exchange(drawers: Drawers[R], found: Mapping[str, list[Row[R]]], fresh: Mapping[str, bytes]) -> None:
    encode = drawers.codec.encode
    changed = {
        first: _joined(fresh.get(name) or _row(name, digest, encode(result)) for name, digest, result in rows)
        for first, rows in found.items()
        if any(name in fresh for name, _, _ in rows)
    }
    if changed:
        drawers.put(changed)


class _Filing(Generic[R]):
    """Stores drawers, ``many`` at a time, and at last forgets all but these and those that were left as they are."""

    def __init__(self, drawers: Drawers[R], many: int) -> None:
        self._drawers, self._many = drawers, many
        self._left: set[str] = set()
        self._stored: set[str] = set()
        self._waiting: dict[str, bytes] = {}

    def leave(self, first: str) -> None:
        """Leave a drawer as it is."""
        self._left.add(first)

    def put(self, first: str, content: bytes) -> None:
        """Store a drawer, now or later."""
        self._waiting[first] = content
        if len(self._waiting) == self._many:
            self._drawers.put(self._waiting)
            self._stored |= self._waiting.keys()
            self._waiting.clear()

    def finish(self, before: Collection[str]) -> None:
        """Store what waits; ``before`` are the drawers there were."""
        if self._stored or self._waiting or self._left != set(before):
            self._drawers.put(self._waiting, self._left | self._stored)


class _Changes(Generic[R]):
    """Takes in what is computed, and stores each drawer once the last of its results is there."""

    def __init__(
        self, work: Sequence[Work[T]], results: list[R | None], found: Mapping[str, list[Row[R]]], drawers: Drawers[R]
    ) -> None:
        self._work, self._results, self._found, self._drawers = work, results, found, drawers
        self._filing = _Filing(drawers, _DRAWERS)
        self._fresh: dict[int, bytes] = {}
        self._span: dict[int, range] = {}
        self._waiting: dict[range, int] = {}
        for span in _spans(work):
            first, missing = work[span.start][0], [index for index in span if results[index] is None]
            self._span |= dict.fromkeys(missing, span)
            self._waiting[span] = len(missing)
            if not missing:
                if _names(work, span) == [name for name, _, _ in found.get(first, ())]:
                    self._filing.leave(first)
                else:
                    self._close(span)

    def add(self, index: int, content: bytes) -> None:
        """Take in the stored form of one result; empty for one that is not to be stored."""
        if content:
            self._fresh[index] = _row(*self._work[index][:2], content)
            self._results[index] = self._drawers.decoded(self._fresh[index])
        span = self._span[index]
        self._waiting[span] -= 1
        if not self._waiting[span]:
            self._close(span)

    def finish(self) -> None:
        """Store what is left, and forget what is no more."""
        self._filing.finish(self._found)

    def _close(self, span: range) -> None:
        """Put the results of a drawer together, those known before in the form they would have now."""
        rows = []
        for index in span:
            result = self._results[index]
            if index in self._fresh:
                rows.append(self._fresh.pop(index))
            elif result is not None:
                rows.append(_row(*self._work[index][:2], self._drawers.codec.encode(result)))
        self._filing.put(self._work[span.start][0], _joined(rows))


def _known(work: Sequence[Work[T]], found: Mapping[str, list[Row[R]]]) -> list[R | None]:
    known = {(name, digest): result for rows in found.values() for name, digest, result in rows}
    return [known.get((name, digest)) for name, digest, _ in work]


def _computed(
    function: Callable[[T], R | None], work: Sequence[Work[T]], codec: RowsCodec[R], missing: Sequence[int], jobs: int
) -> Iterator[tuple[int, bytes]]:
    """Yield the place and the stored form of every result that is missing; empty for one that is not to be stored."""
    if not missing:
        return

    def compute(index: int) -> bytes:
        result = function(work[index][2])
        return b"" if result is None else codec.encode(result)

    for done in spread(compute, missing, jobs):
        index = missing[done.index]
        if done.result is None:
            raise WorkFailedError(index, done.fault)
        yield index, done.result


def _spans(work: Sequence[Work[T]]) -> Iterator[range]:
    """Yield the drawers that ``work`` falls into, as ranges of places."""
    start = 0
    for index, (name, _, _) in enumerate(work):
        if index and not zlib.crc32(name.encode()) % ROOM:
            yield range(start, index)
            start = index
    if work:
        yield range(start, len(work))


def _names(work: Sequence[Work[T]], span: range) -> list[str]:
    return [name for name, _, _ in work[span.start : span.stop]]


def _row(name: str, digest: str, content: bytes) -> bytes:
    return b"[%b,%b,%b]" % (json.dumps(name).encode(), json.dumps(digest).encode(), content)


def _joined(rows: Iterable[bytes]) -> bytes:
    return b"[%b]" % b",".join(rows)
