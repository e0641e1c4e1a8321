"""Whether a build has anything to do, told before anything heavy is imported.

Standard library only. A build goes: ``scan`` the sources; if ``is_unchanged``, stop; else build, then ``remember``.
"""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from sqlite3 import Connection

from plugins.domain.files import read_regular
from plugins.incremental_build import folder as place
from plugins.incremental_build.database import (
    Read,
    Written,
    fact,
    read_folders,
    read_outputs,
    read_sources,
    save_sources,
    set_fact,
    with_database,
)

SKIPPED = frozenset({"__pycache__", "_legacy"})  # records of recovered pages are no source of a build
COARSE_NS = 2_000_000_000  # a clock that gives whole seconds may give even ones only
FINE_NS = 20_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """Every file a build reads, as it was when the scan looked.

    ``changed`` names what came, went or has another content than the last build read, ``before`` gives what that build
    read of it; ``looked_again`` says that files had to be opened to tell.
    """

    files: Mapping[str, Read]
    changed: tuple[str, ...] = ()
    before: Mapping[str, Read] = field(default_factory=dict)
    looked_again: bool = False

    def digest(self, name: str) -> str:
        """Return the digest of the content of one file, ``""`` for one that is not there."""
        read = self.files.get(name)
        return read.digest if read else ""


def scan(roots: Mapping[str, Path], database: Path, *, verify: bool = False) -> Sources:
    """Look at every file below ``roots`` (files or folders), each named by its root's name and its path in it.

    Only files whose size or time differ from what the last build read are opened, and those too young to be told apart
    by the clock; with ``verify`` all.
    """
    now_ns = time.time_ns()
    known = with_database(database, read_sources)
    files = {}
    for name, path, state in _walk(roots):
        before = known.get(name)
        if before and not verify and (before.size, before.mtime_ns) == (state.st_size, state.st_mtime_ns):
            files[name] = before
        else:
            files[name] = Read(state.st_size, _trusted(state.st_mtime_ns, now_ns), _content_digest(path, state))
    changed = [name for name, read in files.items() if read is not (old := known.get(name)) and _differs(read, old)]
    changed += [name for name in known if name not in files]
    earlier = {name: known[name] for name in changed if name in known}
    return Sources(files=files, changed=tuple(sorted(changed)), before=earlier, looked_again=files != known)


def is_unchanged(sources: Sources, folder: Path, database: Path, *, key: str, now: float, verify: bool = False) -> bool:
    """Whether a build now would do nothing: no source, no output and none of what ``key`` stands for has changed.

    ``key`` stands for options, settings from elsewhere and versions. ``now`` (seconds) must lie between the last build's
    moment and the next at which an item appears or expires. Nothing else may lie in ``folder``.
    """
    if sources.changed or not stands(folder, database, key=key, now=now, verify=verify):
        return False
    if sources.looked_again:
        remember_sources(sources, database)
    return True


def stands(folder: Path, database: Path, *, key: str, now: float, verify: bool = False) -> bool:
    """Whether all but the sources is as the last build left it: no output has been touched, nothing is due, see ``key``."""

    def is_settled(connection: Connection) -> bool:
        if fact(connection, "key") != key or not _is_current(connection, now):
            return False
        written, folders = read_outputs(connection), read_folders(connection)
        return _is_intact(folder, written, verify=verify) and place.folder_times(folder, folders) == folders

    return with_database(database, is_settled)


def remember_sources(sources: Sources, database: Path) -> None:
    """Note that what the last build left now stands for ``sources``."""
    with_database(database, lambda connection: save_sources(connection, sources.files))


def remember(sources: Sources, database: Path, *, key: str, now: float, until: float | None) -> None:
    """Note that a build of ``sources`` succeeded: until the moment ``until`` (None: for ever) it need not run again."""

    def save(connection: Connection) -> None:
        save_sources(connection, sources.files)
        set_fact(connection, "key", key)
        set_fact(connection, "since", repr(now))
        set_fact(connection, "until", "" if until is None else repr(until))

    with_database(database, save)


def _is_current(connection: Connection, now: float) -> bool:
    since, until = fact(connection, "since"), fact(connection, "until")
    return bool(since) and float(since) <= now and (not until or now < float(until))


def _is_intact(folder: Path, written: Mapping[str, Written], *, verify: bool) -> bool:
    found = {path: (size, mtime) for path, size, mtime in place.states(folder, written)}
    for path, row in written.items():
        if not row.fingerprint or found.get(path) != (row.size, row.mtime_ns):
            return False
        if verify and place.digest_of((folder / path).read_bytes()) != row.digest:
            return False
    return bool(written)


def _walk(roots: Mapping[str, Path]) -> Iterator[tuple[str, str, os.stat_result]]:
    """Yield name, path and state of everything below ``roots`` but folders; links are not followed."""
    for root, path in roots.items():
        try:
            state = path.stat()  # a root itself may be reached by a link
        except OSError:
            continue
        if not stat.S_ISDIR(state.st_mode):
            yield root, os.path.realpath(path), state
            continue
        pending = [(root, str(path))]
        while pending:
            name, place_ = pending.pop()
            with os.scandir(place_) as entries:
                for entry in entries:
                    if entry.is_dir(follow_symlinks=False):
                        if entry.name not in SKIPPED:
                            pending.append((f"{name}/{entry.name}", entry.path))
                    else:
                        yield f"{name}/{entry.name}", entry.path, entry.stat(follow_symlinks=False)


def _content_digest(path: str, state: os.stat_result) -> str:
    """Digest a regular file; of anything else (a link, a pipe) what it is, unopened."""
    if stat.S_ISLNK(state.st_mode):
        return place.digest_of(b"link " + os.fsencode(Path(path).readlink()))
    if not stat.S_ISREG(state.st_mode):
        return place.digest_of(b"special %o" % state.st_mode)
    return place.digest_of(read_regular(path))


def _trusted(mtime_ns: int, now_ns: int) -> int:
    """Return ``mtime_ns``, or -1 where the file could still change without it changing."""
    grain = FINE_NS if mtime_ns % 1_000_000 else COARSE_NS
    return mtime_ns if mtime_ns < now_ns - grain else -1


def _differs(read: Read, before: Read | None) -> bool:
    return before is None or read.digest != before.digest
