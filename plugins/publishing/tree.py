"""The files of a site as values: public path, where the bytes lie, digest and size."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from plugins.publishing.faults import PublishingError

CHUNK = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class TreeFile:
    """One file to publish: ``path`` as the public sees it (no leading slash), ``origin`` where its bytes are read from."""

    path: str
    origin: Path
    sha256: str
    size: int


def digest_of(file: Path) -> tuple[str, int]:
    """Return the SHA-256 (hexadecimal) and the size in bytes of ``file``."""
    digest, size = hashlib.sha256(), 0
    with file.open("rb", buffering=0) as stream:
        while chunk := stream.read(CHUNK):
            digest.update(chunk)
            size += len(chunk)
    return digest.hexdigest(), size


def scan(folder: Path, *, prefix: str = "") -> tuple[TreeFile, ...]:
    """Return every file below ``folder`` by path, ``prefix`` put before each.

    Links, pipes, devices and names that are not UTF-8 raise PublishingError: no such thing may become public.
    """
    if not folder.is_dir():
        raise PublishingError(f"找不到要发布的文件夹：{folder}。请先构建网站。")
    return tuple(
        tree_file(prefix + name, origin) for name, origin in sorted((_public_name(f, folder), f) for f in _walk(folder))
    )


def tree_file(path: str, origin: Path) -> TreeFile:
    """Return ``origin`` as the file published at ``path``."""
    sha256, size = digest_of(origin)
    return TreeFile(path=path, origin=origin, sha256=sha256, size=size)


def in_order(*trees: Iterable[TreeFile]) -> tuple[TreeFile, ...]:
    """Return the files of all ``trees`` by path; a path claimed twice raises PublishingError naming both origins."""
    owners: dict[str, TreeFile] = {}
    for tree in trees:
        for file in tree:
            first = owners.setdefault(file.path, file)
            if first is not file:
                raise PublishingError(f"两个文件要写到同一个地址 {file.path}：{first.origin} 和 {file.origin}。")
    return tuple(owners[path] for path in sorted(owners))


def _walk(folder: Path) -> Iterator[Path]:
    with os.scandir(folder) as entries:
        for entry in entries:
            mode = entry.stat(follow_symlinks=False).st_mode
            if stat.S_ISDIR(mode):
                yield from _walk(Path(entry.path))
            elif stat.S_ISREG(mode):
                yield Path(entry.path)
            else:
                raise PublishingError(f"{entry.path} 不是普通文件（链接、管道或设备），不能发布，请删除它。")


def _public_name(file: Path, folder: Path) -> str:
    name = file.relative_to(folder).as_posix()
    try:
        name.encode()
    except UnicodeEncodeError as error:
        raise PublishingError(f"文件名不是 UTF-8：{os.fsencode(file)!r}。请改名。") from error
    if "\n" in name or "\\" in name:
        raise PublishingError(f"文件名里有换行或反斜杠：{name!r}。请改名。")
    return name
