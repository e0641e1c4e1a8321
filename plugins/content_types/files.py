"""The files of the content folder, as they lie on the disk: which of them may be content at all."""

from __future__ import annotations

import os
import re
import stat
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path

from plugins.content_types.limits import HTML_BYTES, MARKDOWN_BYTES
from plugins.domain.paths import is_slug
from plugins.domain.problems import Level, Problem
from plugins.domain.text import CONTROL, INVISIBLE, fold_address

SizeOf = Callable[[str], int | None]  # the bytes of the file at a path, None where they are not known
FILE_BYTES = 20 * 1024 * 1024
NAME_BYTES = 150
FOLDER_DEPTH = 10
PICTURES = frozenset([".jpg", ".jpeg", ".png", ".webp", ".gif"])
_OFFICE = (".doc", ".docx", ".wps", ".xls", ".xlsx", ".et", ".ppt", ".pptx", ".dps", ".odt", ".ods", ".odp")
_TEXTS = (".pdf", ".ofd", ".txt", ".csv", ".ics", ".zip", ".rar", ".7z")
_MEDIA = (".mp3", ".m4a", ".ogg", ".mp4", ".webm", ".vtt")
ATTACHMENTS = frozenset([*_OFFICE, *_TEXTS, *_MEDIA])
_JUNK = re.compile(r"(?i)thumbs\.db|desktop\.ini|~\$.*|.*~|.*\.(?:bak|tmp|swp|orig)")
_UNPORTABLE = re.compile(r'[<>:"\\|?*\ud800-\udfff]|[. ]$|^ ')
_DEVICE = re.compile(r"(?i)(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?")
_ORDINARY = re.compile(
    r"(?!(?:con|prn|aux|nul|com\d|lpt\d)\.)[a-z0-9][a-z0-9-]{0,99}\.md"
)  # surely a text, and a name without fault
_KINDS = {
    stat.S_ISLNK: "符号链接",
    stat.S_ISFIFO: "管道文件",
    stat.S_ISSOCK: "套接字文件",
    stat.S_ISBLK: "设备文件",
    stat.S_ISCHR: "设备文件",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundFile:
    """A regular file of the content folder: its path there, with ``/``, and its size in bytes."""

    path: str
    size: int

    @property
    def suffix(self) -> str:
        """The ending with its dot, in small letters."""
        return suffix_of(self.path)


def suffix_of(path: str) -> str:
    """Return the ending of a path with its dot, in small letters; ``""`` where there is none.

    >>> suffix_of("news/A.PDF"), suffix_of("news.d/a")
    ('.pdf', '')
    """
    name = path.rpartition("/")[2]
    dot = name.rfind(".")
    return name[dot:].lower() if dot > 0 else ""


def scan(
    content: Path, texts: Iterable[str] = (".md",), size_of: SizeOf = lambda path: None
) -> tuple[tuple[FoundFile, ...], tuple[Problem, ...]]:
    """Return the regular files below ``content`` in order, and what may not lie there.

    ``texts`` are the endings that are read as items. ``size_of`` tells the size of files that were just
    looked at. Names that begin with ``_`` or ``.`` and ``README.md`` are no content. Nothing is opened, no link is followed. Raises FileNotFoundError where there is no such folder.
    """
    problems: list[Problem] = []
    files = sorted(_walk(content, "", frozenset(texts), size_of, problems), key=attrgetter("path"))
    return tuple(files), tuple(problems)


def _walk(
    folder: Path, inside: str, texts: frozenset[str], size_of: SizeOf, problems: list[Problem]
) -> Iterator[FoundFile]:
    try:
        with os.scandir(folder) as listing:
            entries = sorted(listing, key=lambda entry: entry.name)
    except PermissionError:
        problems.append(Problem(path=inside, message="没有权限读这个文件夹", hint="改文件夹的权限"))
        return
    seen: dict[str, str] = {}
    for entry in entries:
        if entry.name.startswith(("_", ".")) or entry.name == "README.md":
            continue
        path = f"{inside}{entry.name}"
        if _ORDINARY.fullmatch(entry.name) and entry.is_file(follow_symlinks=False):
            known = size_of(path)
            size = entry.stat(follow_symlinks=False).st_size if known is None else known
            if size <= MARKDOWN_BYTES and entry.name not in seen:
                seen[entry.name] = entry.name
                yield FoundFile(path=path, size=size)
                continue
        found = _faults(path, entry, texts)
        key = fold_address(entry.name)
        if key in seen and not _JUNK.fullmatch(entry.name):
            found = (*found, _collision(path, inside + seen[key]))
        seen.setdefault(key, entry.name)
        problems.extend(found)
        if any(problem.is_blocking for problem in found) or _JUNK.fullmatch(entry.name):
            continue
        if entry.is_dir(follow_symlinks=False) and path.count("/") >= FOLDER_DEPTH:
            problems.append(Problem(path=path, message=f"文件夹超过 {FOLDER_DEPTH} 层", hint="把内容移到上面的栏目"))
        elif entry.is_dir(follow_symlinks=False):
            yield from _walk(folder / entry.name, f"{path}/", texts, size_of, problems)
        else:
            yield FoundFile(path=path, size=entry.stat(follow_symlinks=False).st_size)


def _collision(path: str, other: str) -> Problem:
    message = f"和 {shown(other)} 只有大小写、字符形式或看不见的字符不同"
    return Problem(path=shown(path), message=message, hint="给其中一个改名")


def shown(path: str) -> str:
    """Return ``path`` as it may be printed: without control, invisible and undecodable characters."""
    safe = path.encode("utf-8", "backslashreplace").decode("utf-8")
    return re.sub(f"{CONTROL.pattern}|{INVISIBLE.pattern}", lambda match: f"<U+{ord(match[0]):04X}>", safe)


def _faults(path: str, entry: os.DirEntry[str], texts: frozenset[str]) -> tuple[Problem, ...]:
    """Return what is wrong with one entry of a folder, the first thing only."""

    def fault(message: str, hint: str, level: Level = Level.ERROR) -> tuple[Problem, ...]:
        return (Problem(path=shown(path), message=message, hint=hint, level=level),)

    name = entry.name
    mode = entry.stat(follow_symlinks=False).st_mode
    if kind := next((label for test, label in _KINDS.items() if test(mode)), ""):
        return fault(f"{kind}不能作为内容", "换成普通文件")
    if problem := name_fault(name):
        return fault(f"名称 {shown(name)!r} {problem}", "改名；只用小写字母、数字和连字符最稳妥")
    if _JUNK.fullmatch(name):
        return fault("系统或编辑器的临时文件，已忽略", "可以删除", Level.NOTICE)
    if stat.S_ISDIR(mode):
        return () if is_slug(name) else fault(f"文件夹名 {name!r} 不能作为网址", "只用小写字母、数字和单个连字符")
    size = entry.stat(follow_symlinks=False).st_size
    return _file_fault(shown(path), size, texts)


def _file_fault(path: str, size: int, texts: frozenset[str]) -> tuple[Problem, ...]:
    suffix = suffix_of(path)
    if suffix in texts:
        limit = MARKDOWN_BYTES if suffix == ".md" else HTML_BYTES
    elif suffix in PICTURES or suffix in ATTACHMENTS:
        limit = FILE_BYTES
    elif suffix == ".svg":
        return (Problem(path=path, message="内容里不能放 SVG 图片", hint="请转成 PNG 或 WebP"),)
    else:
        hint = "图片用 " + "、".join(sorted(PICTURES)) + "；附件用 " + "、".join(sorted(ATTACHMENTS))
        return (Problem(path=path, message=f"不能发布这种文件：{suffix or '没有扩展名'}", hint=hint),)
    if size > limit:
        hint = "正文不超过 1 MB，图片和附件不超过 20 MB"
        return (Problem(path=path, message=f"文件太大：{size / 1024 / 1024:.1f} MB", hint=hint),)
    return ()


def name_fault(name: str) -> str:
    """Return why a file name does not work on every system; ``""`` where it does."""
    if _UNPORTABLE.search(name) or CONTROL.search(name):
        return "里有其他系统不认的字符"
    if INVISIBLE.search(name):
        return "里有看不见的字符"
    if unicodedata.normalize("NFC", name) != name:
        return "用了分解的字符形式（NFD）"
    if _DEVICE.fullmatch(name):
        return "是 Windows 的设备名"
    return f"太长，超过 {NAME_BYTES} 字节" if len(name.encode()) > NAME_BYTES else ""
