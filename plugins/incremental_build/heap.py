"""Contents that are asked for one by one: appended to a file beside the database, and read from where they begin.

Workers append what they made themselves, so it need not travel between processes. Losing the file costs time only.
"""

from __future__ import annotations

import errno
import os
import zlib
from dataclasses import dataclass
from pathlib import Path

from plugins.incremental_build.database import HEAP

Place = tuple[int, int]  # where a content begins, and its length, both in bytes
NOWHERE: Place = (0, 0)
_SPARE = 64 * 1024 * 1024  # bytes that may lie about unused
_SEAL = 4
_handles: dict[str, tuple[int, int]] = {}  # by file: who opened it, and its number


@dataclass(frozen=True, slots=True, kw_only=True)
class Heap:
    """Contents under keys that stand for all they are made from; whoever adds one keeps its place."""

    database: Path
    name: str

    @property
    def file(self) -> Path:
        """The file of the heap, which goes with the database."""
        return Path(self._file)

    @property
    def _file(self) -> str:
        return f"{self.database}.{self.name}{HEAP}"

    def add(self, key: str, content: bytes) -> Place:
        """Append ``content`` and return its place; several processes may do so at once. A full disk is an OSError."""
        handle, sealed = _opened(self._file), _seal(key, content) + content
        if os.write(handle, sealed) < len(sealed):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), self._file)
        return os.lseek(handle, 0, os.SEEK_CUR) - len(sealed), len(sealed)

    def get(self, key: str, place: Place) -> bytes | None:
        """Return the content at ``place``, None where that of ``key`` is not there any more."""
        begin, length = place
        if not length:
            return None
        sealed = os.pread(_opened(self._file), length, begin)
        content = sealed[_SEAL:]
        return content if len(sealed) == length and sealed[:_SEAL] == _seal(key, content) else None

    def is_mostly_waste(self, used: int) -> bool:
        """Whether far more lies here than the ``used`` bytes."""
        return self.file.exists() and self.file.stat().st_size > 2 * used + _SPARE

    def forget(self) -> None:
        """Delete all contents."""
        self.file.unlink(missing_ok=True)


def _opened(file: str) -> int:
    """Return the open ``file``, made where there is none: opened by this very process, since one from before a fork would
    share its position, and the one that has its name now."""
    process = os.getpid()
    owner, handle = _handles.get(file, (process, -1))
    if handle >= 0:
        if owner == process and os.fstat(handle).st_nlink:
            return handle
        os.close(handle)
    Path(file).parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(file, os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o666)
    _handles[file] = process, handle
    return handle


def _seal(key: str, content: bytes) -> bytes:
    return zlib.crc32(content, zlib.crc32(key.encode())).to_bytes(_SEAL, "big")
