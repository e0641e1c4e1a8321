"""Results that cost time, kept under the digest of all they depend on."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import Generic, TypeVar
from urllib.parse import quote

import msgspec

from plugins.incremental_build.codec import Codec
from plugins.incremental_build.database import sealed, unsealed, with_database

R = TypeVar("R")

KEEP_AT_LEAST = 1_000  # results nobody asked for this time: an edit taken back is not paid twice
_QUERY_SIZE = 500


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
        rows = [(self.name, self.key(digest), sealed(value)) for digest, value in results]
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
        if stored is None:
            return None
        try:
            return self.codec.decode(unsealed(stored))
        except (ValueError, msgspec.MsgspecError):
            return None


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
