"""The build database: what earlier builds read, made and wrote. Losing it costs time, never correctness.

Standard library only, because ``unchanged`` reads it before anything heavy is imported.
"""

from __future__ import annotations

import fcntl
import sqlite3
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple, TypeVar

FORMAT = 6
BUSY_SECONDS = 60.0
HEAP = ".heap"  # how the files beside it end, see heap.Heap

_SCHEMA = """
create table columns (name text, bucket integer, value blob);
create unique index columns_by_bucket on columns (name, bucket);
create table claims (path blob primary key) without rowid;
create table facts (name text primary key, value text) without rowid;
create table results (name text primary key, key blob, value blob);
create table drawers (name text, version text, first text, content blob);
create unique index drawers_by_first on drawers (name, version, first);
"""
_END = "\0"  # no file name holds it
_BUCKETS = 128  # parts of a table that are read together and written one by one

R = TypeVar("R")


class Written(NamedTuple):
    """What the last build left at a path; an empty ``fingerprint`` says it was interrupted there."""

    fingerprint: str
    size: int
    mtime_ns: int
    digest: str


class Read(NamedTuple):
    """What the last build read at a path; ``mtime_ns`` is -1 where the clock was too coarse to trust."""

    size: int
    mtime_ns: int
    digest: str


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
    """Delete the database and what lies beside it: the next build starts from nothing."""
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    for heap in path.parent.glob(f"{path.name}.*{HEAP}"):
        heap.unlink(missing_ok=True)


def is_busy(error: sqlite3.Error) -> bool:
    """Whether ``error`` says that someone else is writing, rather than that the file is damaged."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


def read_outputs(connection: sqlite3.Connection) -> dict[str, Written]:
    """Return what the last build left, by path in the output folder."""
    found = _settled_outputs(connection)
    for (path,) in connection.execute("select path from claims"):
        found[_text(path)] = Written("", -1, -1, "")
    return found


def save_outputs(
    connection: sqlite3.Connection, written: Iterable[tuple[str, Written]], deleted: Iterable[str]
) -> None:
    """Note what a build wrote, and what it took away."""
    made, gone = dict(written), list(deleted)
    _change_columns(connection, "outputs", 5, made, gone)
    connection.executemany("delete from claims where path = ?", ((_bytes(path),) for path in (*made, *gone)))


def _settled_outputs(connection: sqlite3.Connection) -> dict[str, Written]:
    paths, fingerprints, sizes, times, digests = _columns(connection, "outputs", 5)
    return dict(zip(paths, map(Written, fingerprints, map(int, sizes), map(int, times), digests), strict=True))


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


def save_folders(connection: sqlite3.Connection, times: Mapping[str, int], gone: Iterable[str]) -> None:
    """Note folders that have changed, and those that are gone; the others are as they were."""
    _change_columns(connection, "folders", 2, {path: (time,) for path, time in times.items()}, gone)


def read_sources(connection: sqlite3.Connection) -> dict[str, Read]:
    """Return what the last build read, by name."""
    paths, sizes, times, digests = _columns(connection, "sources", 4)
    return dict(zip(paths, map(Read, map(int, sizes), map(int, times), digests), strict=True))


def save_sources(connection: sqlite3.Connection, sources: Mapping[str, Read]) -> None:
    """Replace the sources that are known."""
    known = read_sources(connection)
    changed = {path: read for path, read in sources.items() if known.get(path) != read}
    _change_columns(connection, "sources", 4, changed, known.keys() - sources.keys())


def _columns(connection: sqlite3.Connection, name: str, count: int) -> list[list[str]]:
    """Return the columns of a table that is read whole: a fifth of the time that rows take."""
    columns: list[list[str]] = [[] for _ in range(count)]
    for (stored,) in connection.execute("select value from columns where name = ?", (name,)):
        for column, cells in zip(columns, _bucket(stored, name, count), strict=True):
            column += cells
    return columns


def _change_columns(
    connection: sqlite3.Connection,
    name: str,
    count: int,
    put: Mapping[str, Sequence[object]],
    drop: Iterable[str],
) -> None:
    """Put rows, known by their first cell, into a table, and drop others; only the buckets they are in are written."""
    changes: defaultdict[int, dict[str, Sequence[object] | None]] = defaultdict(dict)
    for path in drop:
        changes[_bucket_of(path)][path] = None
    for path, row in put.items():
        changes[_bucket_of(path)][path] = row
    for bucket, changed in changes.items():
        stored = connection.execute(
            "select value from columns where name = ? and bucket = ?", (name, bucket)
        ).fetchone()
        paths, *cells = _bucket(stored[0], name, count) if stored else [[] for _ in range(count)]
        rows = dict(zip(paths, zip(*cells, strict=True), strict=True)) | changed
        kept = {path: row for path, row in rows.items() if row is not None}
        content = _END.join([*kept, *(str(cell) for column in zip(*kept.values(), strict=True) for cell in column)])
        connection.execute("replace into columns values (?, ?, ?)", (name, bucket, sealed(_bytes(content))))


def _bucket(stored: bytes, name: str, count: int) -> list[list[str]]:
    """Return the columns of one bucket."""
    try:
        content = unsealed(stored)
    except ValueError as error:
        raise sqlite3.DatabaseError(f"{name} is damaged") from error
    cells = _text(content).split(_END) if content else []
    height = len(cells) // count
    return [cells[start * height : (start + 1) * height] for start in range(count)]


def _bucket_of(path: str) -> int:
    return zlib.crc32(_bytes(path)) % _BUCKETS


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
