"""One publisher at a time: ``site/publish.lock``, let go by the kernel whatever happens to its holder."""

from __future__ import annotations

import getpass
import json
import os
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from plugins.domain.dates import CHINA
from plugins.publishing import disk
from plugins.publishing.faults import PublisherBusyError, PublishingError

PAUSE = 0.2


@contextmanager
def publish_lock(
    path: Path, *, wait: float = 600.0, say: Callable[[str], object] = lambda message: None
) -> Iterator[None]:
    """Hold ``path`` exclusively for the ``with`` block.

    Where another holds it, ``say`` is told who, once, and the lock is waited for up to ``wait`` seconds;
    then PublisherBusyError is raised. PublishingError where the file cannot be written.
    """
    try:
        disk.make_folder(path.parent)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise PublishingError(f"不能写入发布锁 {path}：{error.strerror}。请检查文件夹的权限。") from error
    try:
        _acquire(descriptor, wait, say)
        _sign(descriptor)
        yield
    finally:
        os.close(descriptor)


def _acquire(descriptor: int, wait: float, say: Callable[[str], object]) -> None:
    try:
        import fcntl  # where there is none, the other tasks must still be there
    except ImportError as error:
        raise PublishingError("发布需要 Linux 或 macOS。") from error
    deadline, told = time.monotonic() + wait, False
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            holder = _holder(descriptor)
        if time.monotonic() >= deadline:
            raise PublisherBusyError(f"{holder}正在发布，请等它结束后再试。")
        if not told:
            say(f"{holder}正在发布，等待中……")
            told = True
        time.sleep(PAUSE)


def _sign(descriptor: int) -> None:
    """Write who holds the lock; a full disk must not stop a publisher that already holds it."""
    note = {"pid": os.getpid(), "host": socket.gethostname(), "user": _user()}
    note["since"] = datetime.now(CHINA).isoformat(timespec="seconds")
    with suppress(OSError):
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, json.dumps(note).encode(), 0)


def _holder(descriptor: int) -> str:
    try:
        note = json.loads(os.pread(descriptor, 1000, 0))
        return f"{note['user']}（{note['host']}，进程 {note['pid']}，自 {note['since']}）"
    except (ValueError, KeyError, TypeError, OSError):
        return "另一个进程"


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container's user may have no name
        return str(os.getuid())
