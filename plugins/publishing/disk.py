"""Steps on the disk that a crash cannot leave half done: link or copy, make durable, make read-only, take away."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from pathlib import Path

FILE_MODE = 0o444
FOLDER_MODE = 0o555
WORKING_MODE = 0o755
SYNC_ALL_FROM = 64  # so many new files and folders and one sync of everything is cheaper than one for each


def make_folder(folder: Path) -> None:
    """Make ``folder`` and what is missing above it, open to readers whatever the umask; one that is there stays as it is."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    folder.mkdir(exist_ok=True)
    folder.chmod(WORKING_MODE)


def copy_file(origin: Path, destination: Path, modified: int) -> None:
    """Copy ``origin`` to the new file ``destination``: read-only, with the modification time ``modified`` (s since 1970)."""
    shutil.copyfile(origin, destination, follow_symlinks=False)
    os.utime(destination, (modified, modified))
    destination.chmod(FILE_MODE)


def link_file(origin: Path, destination: Path) -> bool:
    """Make ``destination`` a second name of ``origin``; False where the disk cannot (too many names, another disk, gone)."""
    try:
        destination.hardlink_to(origin)
    except OSError:
        return False
    return True


def sync(path: Path) -> None:
    """Return when the bytes of a file, or the entries of a folder, are on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def folders_of(root: Path) -> list[Path]:
    """Return ``root`` and every folder below it, the deepest first."""
    return [Path(folder) for folder, _, _ in os.walk(root, topdown=False)]


def seal(root: Path, fresh: Sequence[Path]) -> None:
    """Make every folder below ``root`` read-only, and return when folders and the ``fresh`` files are on the disk."""
    folders = folders_of(root)
    for folder in folders:
        folder.chmod(FOLDER_MODE)
    if len(folders) + len(fresh) >= SYNC_ALL_FROM:
        os.sync()
        return
    for path in (*fresh, *folders):
        sync(path)


def remove_tree(root: Path) -> None:
    """Delete ``root`` and all below it, read-only or not; a missing one is fine."""
    if not root.is_dir() or root.is_symlink():
        root.unlink(missing_ok=True)
        return
    for folder in reversed(folders_of(root)):
        folder.chmod(WORKING_MODE)
    shutil.rmtree(root)
