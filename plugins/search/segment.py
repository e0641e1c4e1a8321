"""A segment: documents indexed together, in three files, and reading them through maps of the files.

``NAME.pst`` blobs of postings (see packing) · ``NAME.rec`` records · ``NAME.arr`` where each blob begins, the columns,
the digests, and in its note the names behind the columns' numbers.
"""

from __future__ import annotations

import mmap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np

from plugins.search.analysis import bucket_of, bucket_of_sounds
from plugins.search.arrays import Array, read_arrays, write_arrays
from plugins.search.characters import sound
from plugins.search.columns import build_columns
from plugins.search.document import SearchDocument
from plugins.search.lexicon import build_lexicon
from plugins.search.packing import Bucket, Docs, Spans, inflate, pack, read_bucket, read_list, read_spans
from plugins.search.postings import Bytes, build_postings
from plugins.search.records import Record, pack_record, read_record, read_rest

FORMAT = 3  # 2: texts in GB 18030; 3: postings of large buckets lie apart
EXTENSIONS = ("pst", "rec", "arr")
NOTHING = np.zeros(0, dtype=np.intp), np.zeros(0, dtype=np.uint8)


def in_order(documents: Sequence[SearchDocument]) -> list[SearchDocument]:
    """Return ``documents`` newest first; a document without a date comes last, equals are in order of their ids."""
    return sorted(documents, key=lambda document: (-(document.date.toordinal() if document.date else 0), document.id))


def build_segment(
    documents: Sequence[SearchDocument], digests: dict[str, bytes], bits: int | None = None
) -> tuple[str, dict[str, bytes | bytearray]]:
    """Return the name of the segment of ``documents`` and its files by extension; same documents, same bytes."""
    ordered = in_order(documents)
    postings, bits = build_postings(ordered, bits)
    packed = pack(postings, len(ordered))
    arrays, names = build_columns(ordered)
    records, record_at = (
        bytearray(),
        [0],
    )  # grown in place: a second copy of all texts would be the most memory of a build
    for document in ordered:
        for blob in pack_record(document):
            records += blob
            record_at.append(len(records))
    arrays |= {
        "blob_at": np.array(packed.at, dtype=np.uint64),
        "bucket_first": np.searchsorted(packed.owner, np.arange((1 << bits) + 1)).astype(np.uint32),
        "blob_part": np.array(packed.part, dtype=np.uint16),
        "record_at": np.array(record_at, dtype=np.uint64),
        "digests": np.frombuffer(b"".join(digests[document.id] for document in ordered), dtype=np.uint8),
    }
    note = {
        "format": FORMAT, "documents": len(ordered), "bits": bits, "terms": packed.terms, "postings": packed.postings,
        "names": names, "ids": [document.id for document in ordered], "lexicon": build_lexicon(ordered),
    }  # fmt: skip
    files: dict[str, bytes | bytearray] = {"pst": packed.content, "rec": records, "arr": write_arrays(arrays, note)}
    seal = blake2b(digest_size=10)
    for extension in EXTENSIONS:
        seal.update(blake2b(files[extension]).digest())
    return seal.hexdigest(), files


@dataclass(frozen=True, slots=True)
class Found:
    """Everything of one term in a segment."""

    docs: Docs
    loads: Bytes


class Segment:
    """A segment opened for reading; safe to share between threads, because nothing changes but a bounded cache.

    Raises ValueError when its files are of another format, or no segment at all.
    """

    def __init__(self, folder: Path, stem: str) -> None:
        self.stem = stem
        self._posts, self._records = mapped(folder / f"{stem}.pst"), mapped(folder / f"{stem}.rec")
        self.arrays, note = read_arrays(mapped(folder / f"{stem}.arr"))
        if note["format"] != FORMAT:
            raise ValueError(f"{stem}：索引的格式是第 {note['format']} 版，这里读第 {FORMAT} 版。请重新建立索引。")
        self.count: int = note["documents"]
        self.bits: int = note["bits"]
        self.note: dict[str, Any] = note
        self.ids: list[str] = note["ids"]
        self.bucket = lru_cache(maxsize=256)(self._bucket)
        self.spans = lru_cache(maxsize=128)(self._spans)
        self.find = lru_cache(maxsize=128)(self._find)
        self.size = lru_cache(maxsize=1024)(self._size)
        self.record = lru_cache(maxsize=512)(self._record)

    def blob(self, number: int) -> memoryview:
        """Return the blob ``number`` of the postings."""
        at = self.arrays["blob_at"]
        return self._posts[int(at[number]) : int(at[number + 1])]

    def blobs_of(self, bucket: int) -> range:
        """Return the numbers of the blobs of ``bucket``; the first is the bucket itself."""
        first = self.arrays["bucket_first"]
        return range(int(first[bucket]), int(first[bucket + 1]))

    def _bucket(self, number: int) -> Bucket:
        return read_bucket(self.blob(self.blobs_of(number)[0]))

    def _spans(self, number: int) -> Spans:
        bucket = self.bucket(number)
        body = inflate(self.blob(self.blobs_of(number)[1])) if bucket.is_apart else bucket.body
        return read_spans(body, bucket.planes)

    def _find(self, term: str) -> Found:
        if not self.count:
            return Found(*NOTHING)
        number = bucket_of(term, self.bits)
        bucket = self.bucket(number)
        start, place = bucket.place(term)
        if start >= 0:
            return Found(*self.spans(number).docs_and_loads(start, bucket.size(term)))
        if place < 0:
            return Found(*NOTHING)
        return self._long(number, bucket.planes, place)

    def _size(self, term: str) -> int:
        """Return how many documents have ``term``, deleted ones included."""
        return self.bucket(bucket_of(term, self.bits)).size(term) if self.count else 0

    def heard(self, key: tuple[int, int]) -> Iterator[tuple[str, int]]:
        """Yield the two-character terms filed under the sounds ``key``, with their document counts."""
        if self.count:
            for term, count in self.bucket(bucket_of_sounds(*key, self.bits)).terms():
                if len(term) == 2 and sound(term[0]) == key[0] and sound(term[1]) == key[1]:
                    yield term, count

    def _long(self, number: int, planes: int, place: int) -> Found:
        own = {int(self.arrays["blob_part"][blob]): blob for blob in self.blobs_of(number)}
        docs, loads = read_list(self.blob(own[2 * place + 1]), planes)
        if 2 * place + 2 in own:
            more, more_loads = read_list(self.blob(own[2 * place + 2]), planes, int(docs[-1]))
            docs, loads = np.concatenate((docs, more)), np.concatenate((loads, more_loads))
        return Found(docs, loads)

    def _record(self, number: int) -> Record:
        return read_record(self._record_blob(2 * number))

    def text(self, number: int) -> str:
        """Return the whole text of the document ``number``."""
        return self.record(number).head + read_rest(self._record_blob(2 * number + 1))

    def _record_blob(self, place: int) -> memoryview:
        at = self.arrays["record_at"]
        return self._records[int(at[place]) : int(at[place + 1])]

    def record_blobs(self, number: int) -> tuple[memoryview, memoryview]:
        """Return both blobs of the document ``number`` as stored."""
        return self._record_blob(2 * number), self._record_blob(2 * number + 1)

    def digests(self) -> dict[str, bytes]:
        """Return id -> digest of every document here."""
        flat = self.arrays["digests"].tobytes()
        return {name: flat[12 * at : 12 * at + 12] for at, name in enumerate(self.ids)}

    def column(self, name: str) -> Array:
        """Return the array ``name`` of the columns."""
        return self.arrays[name]


def mapped(path: Path) -> memoryview:
    """Return the content of ``path`` as a map of the file."""
    with path.open("rb") as file:
        if path.stat().st_size == 0:
            return memoryview(b"")
        return memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
