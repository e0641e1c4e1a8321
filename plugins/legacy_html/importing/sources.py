"""What a scrape holds: its pages, its pictures and files, wherever they lie; nothing is ever unpacked to the disk."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Literal
from urllib.parse import unquote

from plugins.legacy_html.importing import warc, zipped

MAX_BYTES = 20 * 1024 * 1024  # of one page or file; what is larger is said and left where it is
PAGE_ENDINGS = frozenset(
    [".html", ".htm", ".shtml", ".xhtml", ".asp", ".aspx", ".php", ".jsp", ".jspx", ".do", ".action", ".txt", ".md"]
)
FILE_ENDINGS = frozenset(
    [
        ".jpg",
        ".jpeg",
        ".png",
        ".gif",
        ".webp",
        ".bmp",
        ".pdf",
        ".ofd",
        ".doc",
        ".docx",
        ".wps",
        ".xls",
        ".xlsx",
        ".et",
        ".ppt",
        ".pptx",
        ".dps",
        ".odt",
        ".ods",
        ".odp",
        ".csv",
        ".zip",
        ".rar",
        ".7z",
        ".mp3",
        ".m4a",
        ".ogg",
        ".mp4",
        ".webm",
    ]
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One page or file of a scrape.

    ``holder`` is the file on the disk, ``inner`` the member of a ZIP or the offset in a WARC. ``key`` is what pages call
    it: the path below the source that was named, or its address. ``root`` counts the sources. ``media`` is what a WARC
    says of it, "" elsewhere.
    """

    kind: Literal["file", "zip", "warc"]
    holder: str
    inner: str = ""
    key: str
    root: int = 0
    media: Literal["", "page", "file"] = ""

    @property
    def is_file(self) -> bool:
        """Whether it is a picture or an attachment."""
        return self.media == "file" or (not self.media and ending_of(self.key) in FILE_ENDINGS)

    @property
    def is_page(self) -> bool:
        """Whether it is a page, which a file without an ending only tells by its first bytes."""
        if self.media or ending_of(self.key):
            return self.media == "page" or (not self.media and ending_of(self.key) in PAGE_ENDINGS)
        return is_markup(self)

    @property
    def source(self) -> str:
        """Where it lies, in words for the record."""
        return f"{Path(self.holder).name}!{self.key}" if self.kind == "zip" else self.key

    @property
    def token(self) -> str:
        """A name for it that says nothing: what links to it hold until its item is known."""
        return blake2b(f"{self.holder}\0{self.inner}".encode("utf-8", "surrogateescape"), digest_size=10).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """What was not taken from a source, and why, in words for editors."""

    source: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Scrape:
    """All that the sources hold. ``pages`` are in a fixed order; ``files`` are found by root and key."""

    pages: tuple[Entry, ...] = ()
    files: tuple[Entry, ...] = ()
    refused: tuple[Refusal, ...] = ()
    ignored: int = 0


def survey(sources: Iterable[Path]) -> Scrape:
    """Look through files, folders, ``.warc``, ``.warc.gz`` and ``.zip``; links and what is no regular file are refused."""
    pages, files, refused = list[Entry](), list[Entry](), list[Refusal]()
    ignored = 0
    for root, source in enumerate(sources):
        for found in _look(source, root):
            if isinstance(found, Refusal):
                refused.append(found)
            elif found.is_file:
                files.append(found)
            elif found.is_page:
                pages.append(found)
            else:
                ignored += 1
    return Scrape(pages=tuple(pages), files=tuple(files), refused=tuple(refused), ignored=ignored)


def ending_of(key: str) -> str:
    """The ending of a path or address with its dot, in small letters, a query aside.

    >>> ending_of("a/Show.PHP?id=1"), ending_of("x/list@p=2"), ending_of("http://a.example/b.d/c")
    ('.php', '', '')
    """
    name = unquote(key.partition("?")[0].partition("#")[0]).rpartition("/")[2].lower()
    stem, dot, ending = name.partition("@")[0].rpartition(".")
    whole = name.rpartition(".")[2]  # wget writes show.php@id=1.html
    if f".{whole}" in PAGE_ENDINGS | FILE_ENDINGS:
        return f".{whole}"
    return f".{ending}" if dot and stem and ending.isalnum() else ""


def is_markup(entry: Entry) -> bool:
    """Whether a file without an ending begins like an HTML page."""
    try:
        head = read(entry)[:1024].lower()
    except (OSError, ValueError):
        return False
    return any(sign in head for sign in (b"<html", b"<!doctype html", b"<head", b"<body"))


def _look(source: Path, root: int) -> Iterator[Entry | Refusal]:
    """Everything that one source holds."""
    if source.is_dir():
        yield from _walk(source.resolve(), "", root)
    elif source.is_file():
        yield from _file(source.resolve(), source.name, root)
    else:
        yield Refusal(source=str(source), reason="没有这个文件或文件夹")


def _walk(folder: Path, inside: str, root: int) -> Iterator[Entry | Refusal]:
    try:
        with os.scandir(folder) as listing:
            entries = sorted(listing, key=lambda entry: entry.name)
    except OSError as fault:
        yield Refusal(source=inside or str(folder), reason=f"读不了：{fault.strerror}")
        return
    for entry in entries:
        key = f"{inside}{entry.name}"
        mode = entry.stat(follow_symlinks=False).st_mode
        if stat.S_ISDIR(mode):
            yield from _walk(folder / entry.name, f"{key}/", root)
        elif stat.S_ISREG(mode):
            yield from _file(folder / entry.name, key, root)
        else:
            yield Refusal(source=key, reason="符号链接或特殊文件，不读取")


def _file(path: Path, key: str, root: int) -> Iterator[Entry | Refusal]:
    """A file, or everything in it where it is an archive of pages."""
    lower = path.name.lower()
    if lower.endswith((".warc", ".warc.gz")):
        for place in warc.index(path):
            if isinstance(place, str):
                yield Refusal(source=key, reason=place)
            else:
                media: Literal["page", "file"] = "page" if place.is_page else "file"
                inner, key = str(place.offset), place.address
                yield Entry(kind="warc", holder=str(path), inner=inner, key=key, root=root, media=media)
    elif lower.endswith(".zip") and not _is_attachment(path):
        for name, reason in zipped.index(path, MAX_BYTES):
            if reason:
                yield Refusal(source=f"{key}!{name}", reason=reason)
            else:
                yield Entry(kind="zip", holder=str(path), inner=name, key=zipped.shown(name, path), root=root)
    else:
        yield Entry(kind="file", holder=str(path), key=key, root=root)


def _is_attachment(path: Path) -> bool:
    """Whether a ZIP is sound and holds no page at all: then it is a file that a page offers."""
    names = [name for name, _ in zipped.index(path, MAX_BYTES)]
    return "" not in names and not any(ending_of(name) in PAGE_ENDINGS - {".txt", ".md"} for name in names)


def read(entry: Entry) -> bytes:
    """The bytes of one entry. OSError or ValueError, in words, for what cannot be read or is larger than 20 MB."""
    if entry.kind == "zip":
        return zipped.read(Path(entry.holder), entry.inner, MAX_BYTES)
    if entry.kind == "warc":
        return warc.read(Path(entry.holder), int(entry.inner), MAX_BYTES)
    number = os.open(entry.holder, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    with os.fdopen(number, "rb") as file:
        if not stat.S_ISREG(os.fstat(number).st_mode):
            raise ValueError("不是普通文件")
        raw = file.read(MAX_BYTES + 1)
    if len(raw) > MAX_BYTES:
        raise ValueError("超过20 MB")
    return raw
