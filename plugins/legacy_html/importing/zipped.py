"""Pages in a ZIP, read one by one where they lie: names are names only, no path of theirs is ever written to."""

from __future__ import annotations

import contextlib
import os
import stat
import zipfile
import zlib
from functools import lru_cache
from pathlib import Path

MAX_MEMBERS = 500_000
MAX_RATIO = 1000  # a page packs 1:10, a page of blanks 1:200
FAULTS = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError)


def index(path: Path, limit: int) -> tuple[tuple[str, str], ...]:
    """The names of the members in order, each with the reason why it is refused, "" for none."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
    except (OSError, ValueError, *FAULTS) as fault:
        return (("", f"不是完好的ZIP：{fault}"),)
    found = [(one.filename, _fault(one, limit)) for one in members[:MAX_MEMBERS] if not one.is_dir()]
    if len(members) > MAX_MEMBERS:
        found.append(("", f"文件数超过{MAX_MEMBERS}，其余未读取"))
    return tuple(sorted(found))


def _fault(member: zipfile.ZipInfo, limit: int) -> str:
    name = member.filename.replace("\\", "/")
    if name.startswith("/") or name[1:2] == ":" or ".." in name.split("/") or "\0" in name:
        return "路径指到压缩包外面"
    if stat.S_ISLNK(member.external_attr >> 16):
        return "是符号链接"
    if member.flag_bits & 1:
        return "有密码"
    if member.file_size > limit:
        return "超过20 MB"
    if member.file_size > MAX_RATIO * max(member.compress_size, 1):
        return "压缩比异常，可能是压缩炸弹"
    return ""


def shown(name: str, path: Path) -> str:
    """The name of a member as its pages write it: a name in GBK, which ZIP takes for cp437, is read as such."""
    member = _opened(os.getpid(), path).getinfo(name)
    if not member.flag_bits & 0x800 and not name.isascii():
        with contextlib.suppress(UnicodeError):
            name = name.encode("cp437").decode("gb18030")
    return name.replace("\\", "/")


def read(path: Path, name: str, limit: int) -> bytes:
    """The bytes of one member. ValueError where it is damaged, or larger than it said."""
    try:
        with _opened(os.getpid(), path).open(name) as member:
            raw = member.read(limit + 1)
    except FAULTS as fault:
        raise ValueError(f"压缩包里的这个文件已损坏：{fault}") from fault
    if len(raw) > limit:
        raise ValueError("超过20 MB")
    return raw


@lru_cache(maxsize=8)
def _opened(process: int, path: Path) -> zipfile.ZipFile:
    """An archive, opened once a process: a handle that two processes share has one place in the file."""
    return zipfile.ZipFile(path)
