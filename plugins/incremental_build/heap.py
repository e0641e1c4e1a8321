"""Contents that are asked for one by one: appended to a file beside the database, and read from where they begin.

Workers append what they made themselves, so it need not travel between processes. Losing the file costs time only.
"""

from __future__ import annotations

import errno
import os
import zlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from plugins.incremental_build.database import HEAP

Place = tuple[int, int]  # where a content begins, and its length, both in bytes
NOWHERE: Place = (0, 0)
_SPARE = 64 * 1024 * 1024  # bytes that may lie about unused
_SEAL = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Heap:
    """Contents under keys that stand for all they are made from; whoever adds one keeps its place."""

    database: Path
    name: str

    @property
    def file(self) -> Path:
        """The file of the heap, which goes with the database."""
        return self.database.with_name(f"{self.database.name}.{self.name}{HEAP}")

    def add(self, key: str, content: bytes) -> Place:
        """Append ``content`` and return its place; several processes may do so at once. A full disk is an OSError."""
        handle = _opened(str(self.file), os.getpid(), self._node())
        sealed = _seal(key, content) + content
        if os.write(handle.number, sealed) < len(sealed):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(self.file))
        return os.lseek(handle.number, 0, os.SEEK_CUR) - len(sealed), len(sealed)

    def get(self, key: str, place: Place) -> bytes | None:
        """Return the content at ``place``, None where that of ``key`` is not there any more."""
        begin, length = place
        if not length:
            return None
        handle = _opened(str(self.file), os.getpid(), self._node())
        sealed = os.pread(handle.number, length, begin)
        content = sealed[_SEAL:]
        return content if len(sealed) == length and sealed[:_SEAL] == _seal(key, content) else None

    def is_mostly_waste(self, used: int) -> bool:
        """Whether far more lies here than the ``used`` bytes."""
        return self.file.exists() and self.file.stat().st_size > 2 * used + _SPARE

    def forget(self) -> None:
        """Delete all contents."""
        self.file.unlink(missing_ok=True)

    def _node(self) -> int:
        """Return what tells this file from a later one of its name, making it where there is none."""
        try:
            return os.stat(self.file).st_ino  # noqa: PTH116 — for each content
        except FileNotFoundError:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            self.file.touch()
            return self.file.stat().st_ino


class _Handle:
    """An open file, closed when nobody has it any more."""

    def __init__(self, file: str) -> None:
        self.number = os.open(file, os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o666)

    def __del__(self) -> None:
        os.close(self.number)


@lru_cache(maxsize=8)
def _opened(file: str, process: int, node: int) -> _Handle:
    """Return the open file of this very process: one from before a fork would share its position."""
    return _Handle(file)


def _seal(key: str, content: bytes) -> bytes:
    return zlib.crc32(content, zlib.crc32(key.encode())).to_bytes(_SEAL, "big")
