"""Pages in a WARC file; the one module that knows warcio."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

FAULTS = (ArchiveLoadFailed, EOFError, OSError, ValueError, KeyError, IndexError, AttributeError)
_PAGES = ("text/html", "text/plain", "application/xhtml")
_FILES = ("image/", "application/", "audio/", "video/", "binary/")
_NOT_CONTENT = ("javascript", "json", "xml", "font", "css")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a response stands in its file, the address it answers, and whether it says to be a page."""

    offset: int
    address: str
    is_page: bool


def index(path: Path) -> Iterator[Place | str]:
    """The answers with status 200 that hold a page, a picture or a file; a text says what broke the file off."""
    try:
        with path.open("rb") as file:
            records, record = ArchiveIterator(file), None
            for record in records:
                if media := _wanted(record):
                    address = (record.rec_headers.get_header("WARC-Target-URI") or "").strip("<>")
                    is_page = media.startswith(_PAGES)
                    yield Place(offset=records.get_record_offset(), address=address, is_page=is_page)
            if record is not None and getattr(record.raw_stream, "limit", 0) > 0:
                yield "WARC文件不完整，最后一条记录被截断"
    except FAULTS as fault:
        yield f"WARC文件读到一半就断了：{fault}"


def _wanted(record: object) -> str:
    """The media type of a record that holds content; "" for every other record."""
    kind, headers = record.rec_type, record.http_headers  # type: ignore[attr-defined]
    if kind not in ("response", "resource"):
        return ""
    if kind == "response" and (headers is None or headers.get_statuscode() != "200"):
        return ""
    known = (headers or record.rec_headers).get_header("Content-Type") or ""  # type: ignore[attr-defined]
    media: str = known.lower()
    if any(word in media for word in _NOT_CONTENT) and "xhtml" not in media and "openxml" not in media:
        return ""
    return media if media.startswith((*_PAGES, *_FILES)) else ""


def read(path: Path, offset: int, limit: int) -> bytes:
    """The payload of the record at ``offset``, unchunked and unpacked. ValueError for a broken or too large one."""
    try:
        with path.open("rb") as file:
            file.seek(offset)
            record = next(iter(ArchiveIterator(file)))
            stream, raw = record.content_stream(), b""
            while len(raw) <= limit and (piece := stream.read(limit + 1 - len(raw))):
                raw += piece
    except (*FAULTS, StopIteration) as fault:
        raise ValueError(f"WARC记录已损坏：{fault}") from fault
    if len(raw) > limit:
        raise ValueError("超过20 MB")
    return raw
