"""The build database: what earlier builds read, made and wrote. Losing it costs time, never correctness.

Standard library only, because ``unchanged`` reads it before anything heavy is imported.
"""

from __future__ import annotations

import fcntl
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple, TypeVar

FORMAT = 1
BUSY_SECONDS = 60.0

_SCHEMA = """
create table outputs (path text primary key, fingerprint text, size integer, mtime_ns integer, digest blob) without rowid;
create table folders (path text primary key, mtime_ns integer) without rowid;
create table sources (path text primary key, size integer, mtime_ns integer, digest blob) without rowid;
create table facts (name text primary key, value text) without rowid;
create table results (name text, key blob, value blob);
create unique index results_by_key on results (name, key);
"""

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
    rows = connection.execute("select path, fingerprint, size, mtime_ns, digest from outputs")
    return {path: Written(*rest) for path, *rest in rows}


def forget_outputs(connection: sqlite3.Connection) -> None:
    """Forget what was written; what was read and computed stays."""
    connection.execute("delete from outputs")
    connection.execute("delete from folders")


def read_folders(connection: sqlite3.Connection) -> dict[str, int]:
    """Return the folders of the output with the modification time after the last build."""
    return dict(connection.execute("select path, mtime_ns from folders"))


def claim(connection: sqlite3.Connection, paths: Iterable[str]) -> None:
    """Note, before they are touched, that ``paths`` are ours and unfinished: whatever a crash leaves is made again."""
    connection.executemany(
        "insert into outputs values (?, '', -1, -1, x'') on conflict (path) do update set fingerprint = ''",
        ((path,) for path in paths),
    )


def save_outputs(
    connection: sqlite3.Connection, written: Iterable[tuple[str, Written]], deleted: Iterable[str]
) -> None:
    """Note what a build wrote, and what it took away."""
    connection.executemany("delete from outputs where path = ?", ((path,) for path in deleted))
    connection.executemany("replace into outputs values (?, ?, ?, ?, ?)", ((path, *row) for path, row in written))


def save_folders(connection: sqlite3.Connection, folders: dict[str, int]) -> None:
    """Replace the folders that are known."""
    connection.execute("delete from folders")
    connection.executemany("insert into folders values (?, ?)", folders.items())


def read_sources(connection: sqlite3.Connection) -> dict[str, Read]:
    """Return what the last build read, by name."""
    rows = connection.execute("select path, size, mtime_ns, digest from sources")
    return {path: Read(*rest) for path, *rest in rows}


def save_sources(connection: sqlite3.Connection, sources: Mapping[str, Read]) -> None:
    """Replace the sources that are known; only rows that differ are written."""
    known = read_sources(connection)
    connection.executemany("delete from sources where path = ?", ((path,) for path in known.keys() - sources.keys()))
    changed = ((path, *row) for path, row in sources.items() if known.get(path) != row)
    connection.executemany("replace into sources values (?, ?, ?, ?)", changed)


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
