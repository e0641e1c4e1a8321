"""The build database: what earlier builds read, made and wrote. Losing it costs time, never correctness.

Standard library only, because ``unchanged`` reads it before anything heavy is imported.
"""

from __future__ import annotations

import fcntl
import sqlite3
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple, TypeVar

FORMAT = 3
BUSY_SECONDS = 60.0

_SCHEMA = """
create table columns (name text primary key, value blob) without rowid;
create table claims (path blob primary key) without rowid;
create table facts (name text primary key, value text) without rowid;
create table results (name text, key blob, value blob);
create unique index results_by_key on results (name, key);
create table drawers (name text, version text, first text, content blob);
create unique index drawers_by_first on drawers (name, version, first);
"""
_END = "\0"  # no file name holds it

R = TypeVar("R")


class Written(NamedTuple):
    """What the last build left at a path; an empty ``fingerprint`` says it was interrupted there."""

    fingerprint: str
    size: int
    mtime_ns: int
    digest: bytes


class Read(NamedTuple):
    """What the last build read at a path; ``mtime_ns`` is -1 where the clock was too coarse to trust."""

    size: int
    mtime_ns: int
    digest: bytes


class DatabaseBusyError(RuntimeError):
    """Another build holds the database."""


@contextmanager
def opened(path: Path) -> Iterator[sqlite3.Connection]:
    """Open the database at ``path`` as one transaction; a missing one, or one of another format, starts empty.

    Do not fork inside: SQLite's locks do not survive it.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with closing(_connect(path)) as connection, connection:
        yield connection


def with_database(path: Path, use: Callable[[sqlite3.Connection], R]) -> R:
    """Return what ``use`` makes of the database; a damaged one is thrown away and ``use`` sees an empty one."""
    try:
        with opened(path) as connection:
            return use(connection)
    except sqlite3.DatabaseError as error:
        if is_busy(error):
            raise DatabaseBusyError(f"另一个构建正在使用 {path}") from error
        forget(path)
        with opened(path) as connection:
            return use(connection)


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Wait until no other build holds the database at ``path``, and hold it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.with_name(path.name + ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def forget(path: Path) -> None:
    """Delete the database: the next build starts from nothing."""
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def is_busy(error: sqlite3.Error) -> bool:
    """Whether ``error`` says that someone else is writing, rather than that the file is damaged."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


def read_outputs(connection: sqlite3.Connection) -> dict[str, Written]:
    """Return what the last build left, by path in the output folder."""
    found = _settled_outputs(connection)
    for (path,) in connection.execute("select path from claims"):
        found[_text(path)] = Written("", -1, -1, b"")
    return found


def save_outputs(connection: sqlite3.Connection, written: Iterable[tuple[str, Written]], deleted: Iterable[str]) -> int:
    """Note what a build wrote, and what it took away; return how many files there are now."""
    made, gone = dict(written), list(deleted)
    outputs = _settled_outputs(connection)
    for path in gone:
        outputs.pop(path, None)
    outputs |= made
    rows = outputs.values()
    digests = [row.digest.hex() for row in rows]
    numbers = [row.size for row in rows], [row.mtime_ns for row in rows]
    _save_columns(connection, "outputs", outputs, [row.fingerprint for row in rows], *numbers, digests)
    connection.executemany("delete from claims where path = ?", ((_bytes(path),) for path in (*made, *gone)))
    return len(outputs)


def _settled_outputs(connection: sqlite3.Connection) -> dict[str, Written]:
    paths, fingerprints, sizes, times, digests = _columns(connection, "outputs", 5)
    rows = map(Written, fingerprints, map(int, sizes), map(int, times), map(bytes.fromhex, digests))
    return dict(zip(paths, rows, strict=True))


def forget_outputs(connection: sqlite3.Connection) -> None:
    """Forget what was written; what was read and computed stays."""
    for name in ("outputs", "folders"):
        connection.execute("delete from columns where name = ?", (name,))
    connection.execute("delete from claims")


def claim(connection: sqlite3.Connection, paths: Iterable[str]) -> None:
    """Note, before they are touched, that ``paths`` are ours and unfinished: whatever a crash leaves is made again."""
    connection.executemany("replace into claims values (?)", ((_bytes(path),) for path in paths))


def read_folders(connection: sqlite3.Connection) -> dict[str, int]:
    """Return the folders of the output with the modification time after the last build."""
    paths, times = _columns(connection, "folders", 2)
    return dict(zip(paths, map(int, times), strict=True))


def save_folders(connection: sqlite3.Connection, folders: dict[str, int]) -> None:
    """Replace the folders that are known."""
    _save_columns(connection, "folders", folders, folders.values())


def read_sources(connection: sqlite3.Connection) -> dict[str, Read]:
    """Return what the last build read, by name."""
    paths, sizes, times, digests = _columns(connection, "sources", 4)
    rows = map(Read, map(int, sizes), map(int, times), map(bytes.fromhex, digests))
    return dict(zip(paths, rows, strict=True))


def save_sources(connection: sqlite3.Connection, sources: Mapping[str, Read]) -> None:
    """Replace the sources that are known."""
    rows = sources.values()
    digests = [row.digest.hex() for row in rows]
    numbers = [row.size for row in rows], [row.mtime_ns for row in rows]
    _save_columns(connection, "sources", sources, *numbers, digests)


def _columns(connection: sqlite3.Connection, name: str, count: int) -> list[list[str]]:
    """Return the columns of a table that is read and written whole: a fifth of the time that rows take."""
    row = connection.execute("select value from columns where name = ?", (name,)).fetchone()
    try:
        content = unsealed(row[0]) if row else b""
    except ValueError as error:
        raise sqlite3.DatabaseError(f"{name} is damaged") from error
    cells = _text(content).split(_END) if content else []
    height = len(cells) // count
    return [cells[start * height : (start + 1) * height] for start in range(count)]


def _save_columns(connection: sqlite3.Connection, name: str, *columns: Iterable[object]) -> None:
    cells = [str(cell) for column in columns for cell in column]
    if cells:
        connection.execute("replace into columns values (?, ?)", (name, sealed(_bytes(_END.join(cells)))))
    else:
        connection.execute("delete from columns where name = ?", (name,))


def sealed(content: bytes) -> bytes:
    """Return ``content`` after its checksum: SQLite has none."""
    return zlib.crc32(content).to_bytes(4, "big") + content


def unsealed(stored: bytes) -> bytes:
    """Return what was ``sealed``; ValueError where it is not that any more."""
    content = stored[4:]
    if zlib.crc32(content) != int.from_bytes(stored[:4], "big"):
        raise ValueError("damaged")
    return content


def _text(stored: bytes) -> str:
    return stored.decode("utf-8", "surrogateescape")


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")


def fact(connection: sqlite3.Connection, name: str) -> str:
    """Return one remembered text, ``""`` where there is none."""
    row = connection.execute("select value from facts where name = ?", (name,)).fetchone()
    return str(row[0]) if row else ""


def set_fact(connection: sqlite3.Connection, name: str, value: str) -> None:
    """Remember one text."""
    connection.execute("replace into facts values (?, ?)", (name, value))


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS)
    try:
        connection.execute("pragma journal_mode = wal")
        connection.execute("pragma synchronous = normal")
        if connection.execute("pragma user_version").fetchone()[0] != FORMAT:
            _start_empty(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _start_empty(connection: sqlite3.Connection) -> None:
    connection.execute("begin immediate")
    if connection.execute("pragma user_version").fetchone()[0] != FORMAT:  # another process may have been first
        for (table,) in connection.execute("select name from sqlite_master where type = 'table'").fetchall():
            connection.execute(f'drop table "{table}"')
        for statement in _SCHEMA.split(";"):
            connection.execute(statement)
        connection.execute(f"pragma user_version = {FORMAT}")
    connection.commit()
