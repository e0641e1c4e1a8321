"""The record of an imported page: where it came from, what was done to it, and how to take that back."""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from pathlib import Path

import msgspec

from plugins.legacy_html import journal
from plugins.legacy_html.document import Change, Flag, LegacyDocument, Removed, canonical_text
from plugins.legacy_html.importing.store import packed


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptFile:
    """A picture or attachment of an item: what the page called it, its name beside the item, and its SHA-256."""

    reference: str
    name: str
    sha256: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """One place where the bytes of a page were found: the name in the scrape, and its old address ("" if unknown)."""

    source: str
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """Another page with the same text, which got no item of its own."""

    id: str
    sha256: str
    title: str = ""
    origins: tuple[Origin, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sketch:
    """What duplicates are told by: an even sample of the text's shingles, its numbers, and how good the copy is."""

    length: int = 0
    exact: str = ""
    shingles: tuple[int, ...] = ()
    numbers: tuple[str, ...] = ()
    is_dated: bool = False
    is_sourced: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """Everything that is known of one imported page.

    ``text`` is the recovered canonical text; ``changes`` and ``removed`` take it back to the extracted one, whose
    SHA-256 is ``extracted_sha256``; ``extracted`` holds that text only where they cannot. ``column``, ``breadcrumb`` and
    ``script`` are those of the old page. ``item`` and ``item_sha256`` are path and digest of the item as it was written;
    without an item ``duplicate_of`` names the one kept.
    """

    id: str
    sha256: str
    origins: tuple[Origin, ...]
    kind: str = ""
    encoding: str = ""
    encoding_reason: str = ""
    title: str = ""
    column: str = ""
    breadcrumb: tuple[str, ...] = ()
    script: str = ""
    front_matter: str = ""
    body: str = ""
    text: str = ""
    changes: tuple[Change, ...] = ()
    removed: tuple[Removed, ...] = ()
    extracted_sha256: str = ""
    extracted: str = ""
    flags: tuple[Flag, ...] = ()
    quarantine: tuple[str, ...] = ()
    files: tuple[KeptFile, ...] = ()
    copies: tuple[Copy, ...] = ()
    sketch: Sketch = Sketch()
    item: str = ""
    item_sha256: str = ""
    duplicate_of: str = ""


def undone(record: Record) -> str:
    """The source's extracted text, exactly. ValueError where the record does not give it any more."""
    from hashlib import sha256

    text = record.extracted or journal.undone(record.text, record.changes, record.removed)
    if sha256(text.encode("utf-8", "surrogatepass")).hexdigest() != record.extracted_sha256:
        raise ValueError("记录已损坏：还原的文字与来源不符")
    return text


def evidence_of(document: LegacyDocument) -> dict[str, object]:
    """The fields of a record that prove what was done to ``document``; it is tried whether they take it back."""
    from hashlib import sha256

    source = canonical_text(document.extracted)
    try:
        is_exact = journal.undo(document) == source
    except ValueError:
        is_exact = False
    return {
        "text": canonical_text(document.blocks),
        "changes": document.changes,
        "removed": document.removed,
        "extracted_sha256": sha256(source.encode("utf-8", "surrogatepass")).hexdigest(),
        "extracted": "" if is_exact else source,
    }


def written(record: Record) -> bytes:
    """The record as it lies on the disk."""
    return packed(msgspec.json.encode(record))


def read(path: Path) -> Record | None:
    """The record at ``path``; None where there is none. ValueError where it is damaged."""
    try:
        packed_bytes = path.read_bytes()
    except FileNotFoundError:
        return None
    try:
        return msgspec.json.decode(gzip.decompress(packed_bytes), type=Record)
    except (OSError, EOFError, msgspec.MsgspecError) as fault:
        raise ValueError(f"记录已损坏：{path.name}") from fault
