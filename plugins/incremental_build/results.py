"""Results that cost time, kept under the digest of all they depend on."""

from __future__ import annotations

import os
import sqlite3
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import Generic, TypeVar
from urllib.parse import quote

import msgspec

from plugins.incremental_build.codec import Codec
from plugins.incremental_build.database import with_database
from plugins.incremental_build.workers import processors, spread

T = TypeVar("T")
R = TypeVar("R")
A = TypeVar("A")

KEEP_AT_LEAST = 1_000  # results nobody asked for this time: an edit taken back is not paid twice
_QUERY_SIZE = 500
_BATCH = 256


class WorkFailedError(RuntimeError):
    """Work that must not fail did; ``index`` is its place, the message the traceback."""

    def __init__(self, index: int, fault: str) -> None:
        super().__init__(fault)
        self.index = index


@dataclass(frozen=True, slots=True, kw_only=True)
class Store(Generic[R]):
    """One kind of result in a build database.

    ``name`` tells it from the others, ``version`` stands for everything beside the input that the result depends on:
    settings, the code, the versions of the libraries it calls.
    """

    database: Path
    name: str
    version: str
    codec: Codec[R]

    def key(self, digest: str) -> bytes:
        """Return the key of the result for the input with ``digest``."""
        return _key(f"{self.version}\0{digest}".encode())

    def find(self, digests: Sequence[str]) -> list[R | None]:
        """Return the stored results, None for each that is missing or damaged."""
        prefix = f"{self.version}\0"
        keys = [_key(f"{prefix}{digest}".encode()) for digest in digests]
        found = with_database(self.database, lambda connection: dict(_select(connection, self.name, keys)))
        return [self._decoded(found.get(key)) for key in keys]

    def one(self, digest: str) -> R | None:
        """Return one stored result by the connection that this process keeps; for workers, which ask one by one."""
        row = _reader(str(self.database), os.getpid()).execute(
            "select value from results where name = ? and key = ?", (self.name, self.key(digest))
        )
        found = row.fetchone()
        return self._decoded(found[0] if found else None)

    def save(self, results: Iterable[tuple[str, bytes]]) -> None:
        """Store results that are encoded already, each with the digest of its input."""
        rows = [(self.name, self.key(digest), _sealed(value)) for digest, value in results]
        with_database(
            self.database, lambda connection: connection.executemany("replace into results values (?, ?, ?)", rows)
        )

    def replace_all(self, results: Iterable[tuple[str, bytes]]) -> None:
        """Store encoded results and forget every other."""
        rows = list(results)
        self.save(rows)
        with_database(self.database, lambda connection: self._forget_others(connection, [digest for digest, _ in rows]))

    def trim(self, digests: Sequence[str]) -> None:
        """Forget results other than those of ``digests``, once they have become as many again."""
        most = 2 * len(digests) + KEEP_AT_LEAST

        def trim(connection: sqlite3.Connection) -> None:
            (count,) = connection.execute("select count(*) from results where name = ?", (self.name,)).fetchone()
            if count > most:
                self._forget_others(connection, digests)

        with_database(self.database, trim)

    def _forget_others(self, connection: sqlite3.Connection, digests: Iterable[str]) -> None:
        keys = {self.key(digest) for digest in digests}
        stored = {key for (key,) in connection.execute("select key from results where name = ?", (self.name,))}
        unused = ((self.name, key) for key in stored - keys)
        connection.executemany("delete from results where name = ? and key = ?", unused)

    def _decoded(self, stored: bytes | None) -> R | None:
        if stored is None or zlib.crc32(value := stored[4:]) != int.from_bytes(stored[:4], "big"):
            return None
        try:
            return self.codec.decode(value)
        except msgspec.MsgspecError:
            return None


def cached_map(
    function: Callable[[T], R | None],
    work: Sequence[tuple[str, T]],
    store: Store[R],
    *,
    jobs: int | None = None,
    whole: bool = False,
) -> list[R | None]:
    """Return ``function(value)`` for each (digest, value) of ``work``, in order; only what is not stored is computed.

    ``digest`` must stand for all of ``value`` that ``function`` reads. A result that was computed just now is decoded
    from its stored form too, so a first build and a second one see the same values. None is never stored: the function
    did not get to see what the digest stands for. A fault raises WorkFailedError. ``whole`` says that ``work`` is all
    there is: results of other work may be forgotten.
    """

    def alone(value: T) -> tuple[R | None, None]:
        return function(value), None

    return cached_pairs(alone, work, store, None, jobs=jobs, whole=whole)


def cached_pairs(
    function: Callable[[T], tuple[R | None, A | None]],
    work: Sequence[tuple[str, T]],
    store: Store[R],
    aside: Store[A] | None,
    *,
    jobs: int | None = None,
    whole: bool = False,
) -> list[R | None]:
    """Do as ``cached_map`` with the first result of ``function``; the second is only stored, to be asked for one by one."""
    results = store.find([digest for digest, _ in work])
    for index, content in _computed(function, work, store, aside, results, jobs):
        results[index] = store.codec.decode(content)
    if whole:
        for each in (store, aside) if aside else (store,):
            each.trim([digest for digest, _ in work])
    return results


def _computed(
    function: Callable[[T], tuple[R | None, A | None]],
    work: Sequence[tuple[str, T]],
    store: Store[R],
    aside: Store[A] | None,
    results: Sequence[R | None],
    jobs: int | None,
) -> Iterator[tuple[int, bytes]]:
    """Yield the place and the stored form of every result that is missing, storing them by the batch."""
    missing = [index for index, result in enumerate(results) if result is None]
    close_readers()

    def compute(index: int) -> tuple[bytes, bytes]:
        first, second = function(work[index][1])
        encoded = b"" if first is None else store.codec.encode(first)
        return encoded, b"" if aside is None or second is None else aside.codec.encode(second)

    batch: list[tuple[str, bytes, bytes]] = []
    for done in spread(compute, missing, jobs or processors()):
        index = missing[done.index]
        if done.result is None:
            raise WorkFailedError(index, done.fault)
        if done.result[0]:
            yield index, done.result[0]
            batch.append((work[index][0], *done.result))
        if len(batch) == _BATCH:
            _save(batch, store, aside)
            batch.clear()
    _save(batch, store, aside)


def _save(batch: Sequence[tuple[str, bytes, bytes]], store: Store[R], aside: Store[A] | None) -> None:
    if aside is not None:
        aside.save((digest, second) for digest, _, second in batch if second)
    store.save((digest, first) for digest, first, _ in batch)


def close_readers() -> None:
    """Close the connections that ``Store.one`` keeps; to be called before this process is forked."""
    _reader.cache_clear()


@lru_cache(maxsize=4)
def _reader(database: str, process: int) -> sqlite3.Connection:
    """Return a connection of this very process: one that was open before a fork may not be used after it."""
    return sqlite3.connect(f"file:{quote(database)}?mode=ro", uri=True, check_same_thread=False)


def _select(connection: sqlite3.Connection, name: str, keys: Sequence[bytes]) -> Iterator[tuple[bytes, bytes]]:
    for start in range(0, len(keys), _QUERY_SIZE):
        part = keys[start : start + _QUERY_SIZE]
        marks = ",".join("?" * len(part))
        yield from connection.execute(
            f"select key, value from results where name = ? and key in ({marks})", (name, *part)
        )


def _key(text: bytes) -> bytes:
    return blake2b(text, digest_size=16).digest()


def _sealed(value: bytes) -> bytes:
    """``value`` after its checksum: SQLite has none."""
    return zlib.crc32(value).to_bytes(4, "big") + value
