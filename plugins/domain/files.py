"""Files read as nobody is sure what they are by now. Standard library only: early checks stand on it."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

_PIECE = 1024 * 1024
_FLAGS = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)


def read_regular(path: str | Path, length: int = -1) -> bytes:
    """Return the first ``length`` bytes of a regular file (-1: all), though it may have been swapped since it was seen.

    Raises OSError for a link, and for whatever is no regular file; never waits for a pipe.
    """
    handle = os.open(path, _FLAGS)
    try:
        state = os.fstat(handle)
        if not stat.S_ISREG(state.st_mode):
            raise OSError(errno.EINVAL, os.strerror(errno.EINVAL), str(path))
        content = os.read(handle, state.st_size + 1 if length < 0 else length)
        if len(content) == (state.st_size if length < 0 else length):
            return content  # the usual case: that was all, told without asking again
        parts, left = [content], length - len(content)
        while content and (length < 0 or left):
            content = os.read(handle, _PIECE if length < 0 else left)
            parts.append(content)
            left -= len(content)
        return b"".join(parts)
    finally:
        os.close(handle)
