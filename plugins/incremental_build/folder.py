"""The output folder: private to the build, written in place, and never left."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path

from plugins.domain.files import read_regular
from plugins.incremental_build.database import Written

MARK = ".xiehui"
MARK_TEXT = "这个文件夹由协会网站的构建程序生成，其中不属于网站的文件会在下次构建时删除。\n".encode()
MAX_COMPONENT_BYTES = 255
_NAME = r"[A-Za-z0-9_-][A-Za-z0-9_.-]{0,199}"
_ORDINARY = re.compile(rf"(?:{_NAME}/)*{_NAME}")  # nearly every path, told at once


class ForeignFolderError(RuntimeError):
    """The output folder holds files and no build of ours made it, so nothing in it may be touched."""


def is_safe(path: str) -> bool:
    """Whether ``path`` names a place inside the output folder, in one way only, on any file system.

    >>> is_safe("news/index.html"), is_safe("../x"), is_safe("a//b"), is_safe("/etc/passwd")
    (True, False, False, False)
    """
    if _ORDINARY.fullmatch(path):
        return True
    if "\\" in path or any(ord(character) < 32 for character in path):
        return False
    parts = path.split("/")
    return parts[0] != MARK and all(
        part not in ("", ".", "..") and len(part.encode("utf-8", "replace")) <= MAX_COMPONENT_BYTES for part in parts
    )


def digest_of(content: bytes) -> str:
    """Return the digest under which content is remembered."""
    return sha256(content).hexdigest()[:32]  # twice as fast as BLAKE2 where the processor knows SHA


def take(folder: Path) -> None:
    """Make ``folder`` ours, or raise ForeignFolderError where it holds what we did not make."""
    folder.mkdir(parents=True, exist_ok=True)
    mark = folder / MARK
    if not stat.S_ISREG(_mode(mark)):
        if any(os.scandir(folder)):
            raise ForeignFolderError(f"输出文件夹 {folder} 里有不是本站生成的文件。请换一个文件夹，或先把它清空。")
        mark.write_bytes(MARK_TEXT)


def empty(folder: Path) -> None:
    """Delete everything in ``folder``, which must be ours."""
    take(folder)
    for entry in list(os.scandir(folder)):
        if entry.name != MARK:
            remove(Path(entry.path))


def states(folder: Path, paths: Iterable[str]) -> Iterator[tuple[str, int, int]]:
    """Yield path, size and modification time (ns) of each of ``paths`` that is a regular file."""
    root = f"{folder}/"
    for path in paths:
        try:
            state = os.lstat(root + path)
        except OSError:
            continue
        if stat.S_ISREG(state.st_mode):
            yield path, state.st_size, state.st_mtime_ns


def folder_times(folder: Path, paths: Iterable[str]) -> dict[str, int]:
    """Return the modification time (ns) of each of the folders ``paths`` that is one."""
    root = f"{folder}/"
    states = ((path, _state(root + path)) for path in paths)
    return {path: state.st_mtime_ns for path, state in states if state and stat.S_ISDIR(state.st_mode)}


def folders_of(paths: Iterable[str]) -> set[str]:
    """Return every folder that ``paths`` lie in, the root as ``""``.

    >>> sorted(folders_of(["a/b/c.html", "index.html"]))
    ['', 'a', 'a/b']
    """
    folders = {""}
    for parent in {path.rpartition("/")[0] for path in paths}:
        while parent not in folders:
            folders.add(parent)
            parent = parent.rpartition("/")[0]
    return folders


def foreign(folder: Path, owned: Iterable[str], known: Mapping[str, int], opened: list[str]) -> Iterator[str]:
    """Yield what lies in ``folder`` and is not one of the files ``owned``: files, links, and folders nothing of ours is in.

    A folder of ours whose modification time is the ``known`` one is not opened: nothing came or went there; the others
    are noted in ``opened``. Whoever takes the strangers away as they come is never led out of ``folder`` by a link.
    """
    files = set(owned)
    folders = folders_of(files)
    root = f"{folder}/"
    for path in sorted(folders):  # parents before children
        state = _state(root + path)
        if state is None:
            continue
        if not stat.S_ISDIR(state.st_mode):
            if path not in files:
                yield path
        elif state.st_mtime_ns != known.get(path):
            opened.append(path)
            yield from _foreign_entries(folder, path, files, folders)


def _foreign_entries(folder: Path, path: str, files: set[str], folders: set[str]) -> Iterator[str]:
    prefix = f"{path}/" if path else ""
    with os.scandir(folder / path) as scan:
        entries = sorted(scan, key=lambda entry: entry.name)
    for entry in entries:
        name = prefix + entry.name
        if entry.is_dir(follow_symlinks=False):
            ours = name in folders
        else:
            ours = name in files and entry.is_file(follow_symlinks=False)
        if not ours and name not in (MARK, ".git"):
            yield name


def remove(place: Path) -> None:
    """Delete a file, a link (never what it points to) or a folder with all it holds; a missing one is no error."""
    mode = _mode(place)
    if stat.S_ISDIR(mode):
        for entry in list(os.scandir(place)):
            remove(Path(entry.path))
        place.rmdir()
    elif mode:
        place.unlink()


def remove_empty_parents(folder: Path, path: str) -> None:
    """Delete the folders above ``path`` that hold nothing any more, up to the output folder."""
    parent = path.rpartition("/")[0]
    while parent:
        try:
            (folder / parent).rmdir()
        except OSError:
            return
        parent = parent.rpartition("/")[0]


def make_folders(folder: Path, paths: Iterable[str]) -> None:
    """Make every folder that ``paths`` lie in; what stands in the way (a file, a link) is deleted."""
    root = f"{folder}/"
    for path in sorted(folders_of(paths) - {""}):
        place = root + path
        try:
            os.mkdir(place)  # noqa: PTH102 — one for each page
        except FileExistsError:
            if not stat.S_ISDIR(_mode(place)):
                os.unlink(place)  # noqa: PTH108
                os.mkdir(place)  # noqa: PTH102


def write(folder: Path, path: str, content: bytes, fingerprint: str) -> tuple[Written, bool]:
    """Put ``content`` at ``path`` and return its state and whether bytes were written; equal bytes stay untouched.

    The file is written in place: a rename costs twenty times as much, and nobody reads here but a publisher. One that is
    shared by hard links (with a release) is replaced. A write that fails leaves no half of a file.
    """
    place = f"{folder}/{path}"
    state = _state(place)
    if state is not None and (not stat.S_ISREG(state.st_mode) or state.st_nlink > 1):
        remove(Path(place))
        state = None
    changed = state is None or state.st_size != len(content) or read_regular(place) != content
    if changed:
        state = _overwrite(place, content, state.st_size if state else 0)
    assert state is not None
    return Written(fingerprint, state.st_size, state.st_mtime_ns, digest_of(content)), changed


def _overwrite(place: str, content: bytes, size: int) -> os.stat_result:
    """Write ``content`` over a file of ``size`` bytes, or a new one."""
    handle = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o666)
    try:
        written = os.write(handle, content)
        while written < len(content):
            written += os.write(handle, memoryview(content)[written:])
        if len(content) < size:
            os.ftruncate(handle, len(content))
        return os.fstat(handle)
    except BaseException:
        os.unlink(place)  # noqa: PTH108
        raise
    finally:
        os.close(handle)


def _state(place: str | Path) -> os.stat_result | None:
    try:
        return os.lstat(place)
    except OSError:
        return None


def _mode(place: str | Path) -> int:
    state = _state(place)
    return state.st_mode if state else 0
