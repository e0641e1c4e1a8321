"""One result of its kind, kept under what it depends on until there is another."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Generic, TypeVar

import msgspec

from plugins.incremental_build.codec import Codec
from plugins.incremental_build.database import sealed, unsealed, with_database

R = TypeVar("R")


@dataclass(frozen=True, slots=True, kw_only=True)
class Store(Generic[R]):
    """The place of one result in a build database.

    ``name`` tells it from the others, ``version`` stands for everything beside the input that the result depends on:
    settings, the code, the versions of the libraries it calls.
    """

    database: Path
    name: str
    version: str
    codec: Codec[R]

    def find(self, digest: str = "") -> R | None:
        """Return the result for the input with ``digest``; None where another is kept, none, or a damaged one."""

        def select(connection: sqlite3.Connection) -> tuple[bytes] | None:
            found: tuple[bytes] | None = connection.execute(
                "select value from results where name = ? and key = ?", (self.name, self._key(digest))
            ).fetchone()
            return found

        stored = with_database(self.database, select)
        try:
            return None if stored is None else self.codec.decode(unsealed(stored[0]))
        except (ValueError, msgspec.MsgspecError):
            return None

    def keep(self, result: R, digest: str = "") -> None:
        """Keep the result for the input with ``digest`` instead of any other."""
        row = (self.name, self._key(digest), sealed(self.codec.encode(result)))
        with_database(
            self.database, lambda connection: connection.execute("replace into results values (?, ?, ?)", row)
        )

    def _key(self, digest: str) -> bytes:
        return blake2b(f"{self.version}\0{digest}".encode(), digest_size=16).digest()
