"""One record for each document: what a hit shows and the text its passage is taken from, in one or two blobs.

Texts are deflated in GB 18030, two bytes a Chinese character where UTF-8 has three: a fifth less to keep and to fetch. Browsers
and Python read that encoding alike but for a few characters; a text with one of those is kept in UTF-8 after ``IN_UTF_8``.
"""

from __future__ import annotations

import json
import re
import zlib
from dataclasses import dataclass

from plugins.search.document import SearchDocument

HEAD_LENGTH = 800  # characters of text in the first blob; most passages come from there
EMPTY = b""
IN_UTF_8 = b"\xff"  # begins no character in GB 18030
# Surrogates, and what differs between editions of the standard.
UNLIKE = re.compile("[\u1e3f\u9fb4-\u9fbb\ud800-\uf8ff\ufe10-\ufe19]")


@dataclass(frozen=True, slots=True)
class Record:
    """A document as shown; ``head`` is the beginning of its text, ``more`` says whether there is a second part."""

    id: str
    url: str
    title: str
    section: str
    section_title: str
    type: str
    type_title: str
    date: str
    more: bool
    head: str


def split(text: str) -> tuple[str, str]:
    """Return ``text`` in two at the end of a sentence near ``HEAD_LENGTH``; a short text stays whole."""
    if len(text) <= HEAD_LENGTH * 5 // 4:
        return text, ""
    at = max(text.rfind(mark, 0, HEAD_LENGTH) for mark in "。！？；\n") + 1
    at = at if at > HEAD_LENGTH // 2 else HEAD_LENGTH
    return text[:at], text[at:]


def squeeze(octets: bytes) -> bytes:
    """Return ``octets`` as a raw deflate stream."""
    packer = zlib.compressobj(6, zlib.DEFLATED, -15, 9)
    return packer.compress(octets) + packer.flush()


def encode(text: str) -> bytes:
    """Return ``text`` as it is deflated; a surrogate without its other half becomes a question mark."""
    return IN_UTF_8 + text.encode("utf-8", "replace") if UNLIKE.search(text) else text.encode("gb18030")


def decode(octets: bytes) -> str:
    """Return what ``encode`` was given.

    >>> decode(encode("计生协")), decode(encode("\\ue000"))
    ('计生协', '\\ue000')
    """
    return octets[1:].decode("utf-8") if octets.startswith(IN_UTF_8) else octets.decode("gb18030")


def pack_record(document: SearchDocument) -> tuple[bytes, bytes]:
    """Return the two blobs of ``document``; the second is empty for a short text."""
    head, tail = split(document.text())
    shown = [
        document.id, document.url, document.title, document.section, document.section_title, document.type,
        document.type_title, document.date.isoformat() if document.date else "", 1 if tail else 0,
    ]  # fmt: skip
    line = json.dumps(shown, ensure_ascii=False, separators=(",", ":"))
    first = squeeze(encode(f"{line}\n{head}"))
    return first, squeeze(encode(tail)) if tail else EMPTY


def read_record(blob: bytes | memoryview) -> Record:
    """Return the record in the first blob."""
    line, _, head = decode(zlib.decompress(blob, -15)).partition("\n")
    shown = json.loads(line)
    name, url, title, section, section_title, kind, kind_title, date, more = shown
    return Record(name, url, title, section, section_title, kind, kind_title, date, bool(more), head)


def read_rest(blob: bytes | memoryview) -> str:
    """Return the text of a second blob."""
    return decode(zlib.decompress(blob, -15)) if len(blob) else ""
