"""Where records, raw bytes and items lie, and how a file gets there: whole, or not at all."""

from __future__ import annotations

import gzip
import os
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

_TEMPORARY = ".legacy-import-"
ALPHABET = "23456789abcdefghjkmnpqrstvwxyz"  # nothing that can be mistaken when read out
ID_LENGTH = 10


def id_of(digest: str) -> str:
    """The id of the page whose bytes have this SHA-256: ten letters and digits, always the same.

    >>> id_of("00" * 32)
    '2222222222'
    """
    number, letters = int(digest, 16), list[str]()
    for _ in range(ID_LENGTH):
        number, rest = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[rest])
    return "".join(letters)


@dataclass(frozen=True, slots=True, kw_only=True)
class Store:
    """The content folder and the archive of records and raw bytes, which is by default ``content/_legacy``."""

    content: Path
    archive: Path

    def record(self, id: str) -> Path:
        """Where the record of an item lies."""
        return self.archive / "records" / id[:2] / f"{id}.json.gz"

    def raw(self, digest: str) -> Path:
        """Where the bytes of this SHA-256 lie, compressed."""
        return self.archive / "raw" / digest[:2] / f"{digest}.gz"

    def keep_raw(self, digest: str, raw: bytes) -> None:
        """Archive the bytes of a page, once."""
        place = self.raw(digest)
        if not place.exists():
            write_whole(place, packed(raw))

    def raw_bytes(self, digest: str) -> bytes:
        """The archived bytes. ValueError where they are not those of the digest, OSError where there are none."""
        raw = gzip.decompress(self.raw(digest).read_bytes())
        if sha256(raw).hexdigest() != digest:
            raise ValueError("存档的原始文件已损坏")
        return raw

    def shown(self, path: Path) -> str:
        """A path as the front matter names it: below the content folder where it lies there."""
        return path.relative_to(self.content).as_posix() if path.is_relative_to(self.content) else path.as_posix()

    def sweep(self, *folders: Path) -> None:
        """Take away what a killed run left half written."""
        for folder in (self.archive, *folders):
            for left in folder.rglob(f"{_TEMPORARY}*"):
                left.unlink(missing_ok=True)


def packed(raw: bytes) -> bytes:
    """``raw`` compressed, the same bytes every time."""
    return gzip.compress(raw, compresslevel=6, mtime=0)


def write_whole(path: Path, raw: bytes) -> None:
    """Write a file so that nobody ever finds half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.parent / f"{_TEMPORARY}{os.getpid()}-{path.name[-40:]}"
    half.write_bytes(raw)
    half.replace(path)


def digest_of(path: Path) -> str:
    """The SHA-256 of a file; "" where there is none."""
    try:
        return sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""
