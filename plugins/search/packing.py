"""The bytes of a bucket: written once, read by the service from a map of the file and by the browser from a slice of it.

A bucket, inflated::

    u32 count of terms · u32 bytes of the term texts · u32 planes (bytes of a gap), + 256 where the postings lie apart
    texts, in UTF-8, each ended by a line feed
    u32 × count     documents that have the term; the highest bit says that its postings are a blob of their own
    planes          low bytes of all gaps between document numbers, then the next higher bytes …
    loads           one byte a posting

Postings of one term follow those of the last; terms with a blob of their own come last and have none here. A blob of one's
own is planes and loads only, cut after ``CUT`` postings: what follows is a second blob that only the service reads. On a
large site a browser asks most buckets only how long the lists are: their postings lie apart, in the first of such blobs.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from plugins.search.postings import Bytes, Postings, term_texts

OWN_BLOB = 1 << 31
LONG = 600  # postings from which a term gets a blob of its own
LONG_OF_MANY = 200  # the same on a large site, where the short lists beside a term would be most of what is fetched
SMALL_SITE = 30_000  # documents up to which no list is cut, so that both readers see the same
CUT = 8_000
APART = 256  # postings from which those of a bucket lie apart, on a large site
WORTH_TABLES = 64  # bytes of a stream from which Huffman tables of its own pay
HEAD = struct.Struct("<3I")
Docs = npt.NDArray[np.intp]
Octets = bytes | memoryview


@dataclass(slots=True)
class Packed:
    """All blobs in order; ``owner`` says of each blob which bucket it belongs to, ``part`` which of its blobs it is.

    Part 0 is the bucket, part ``2k + 1`` the blob of its ``k``-th term with one, ``2k + 2`` what was cut from that; where the
    postings of the bucket lie apart, they are part 1, and terms count from 1.
    """

    content: bytearray = field(default_factory=bytearray)
    at: list[int] = field(default_factory=lambda: [0])  # where each blob begins, and where the last one ends
    owner: list[int] = field(default_factory=list)
    part: list[int] = field(default_factory=list)
    terms: int = 0
    postings: int = 0


def deflate(*streams: Octets) -> bytes:
    """Return ``streams`` as one raw deflate stream, each with Huffman tables of its own where that pays."""
    packer = zlib.compressobj(1, zlib.DEFLATED, -15, 9, zlib.Z_RLE)
    made = bytearray()
    for stream in streams:
        made += packer.compress(stream)
        if len(stream) > WORTH_TABLES and stream is not streams[-1]:
            made += packer.flush(zlib.Z_BLOCK)
    made += packer.flush()
    return bytes(made)


def inflate(blob: bytes | memoryview) -> bytes:
    """Return what ``deflate`` was given."""
    return zlib.decompress(blob, -15)


def gaps(postings: Postings) -> npt.NDArray[np.uint32]:
    """Return the distance of each posting's document from the one before, from zero for the first of a term."""
    steps = np.diff(postings.docs, prepend=postings.docs[:1]).astype(np.uint32)
    heads = postings.starts[:-1]
    steps[heads] = postings.docs[heads]
    return steps


def pack(ranges: Iterable[Postings], count: int) -> Packed:
    """Return the blobs of ``ranges`` of postings over ``count`` documents, bucket after bucket."""
    made = Packed()
    for postings in ranges:
        made.terms += len(postings.terms)
        made.postings += len(postings.docs)
        for bucket, part, blob in pack_range(postings, count):
            made.owner.append(bucket)
            made.part.append(part)
            made.content += blob
            made.at.append(len(made.content))
    return made


def pack_range(postings: Postings, count: int) -> Iterator[tuple[int, int, bytes]]:
    """Yield (bucket, part, blob) for every bucket of ``postings``."""
    planes = 1 if count <= 0x100 else 2 if count <= 0x10000 else 3
    steps, sizes, starts = gaps(postings), np.diff(postings.starts), postings.starts.tolist()
    loads = without_classes(postings, sizes, count)
    layers = [layer.data for layer in (*((steps >> 8 * at).astype(np.uint8) for at in range(planes)), loads)]
    is_large = count > SMALL_SITE
    is_long = sizes >= (LONG_OF_MANY if is_large else LONG)
    marks = sizes.astype(np.uint32) | np.where(is_long, np.uint32(OWN_BLOB), np.uint32(0))
    texts = term_texts(postings.terms)
    mixed = frozenset(postings.buckets[is_long].tolist())
    limits = np.searchsorted(postings.buckets, np.arange(postings.first, postings.last + 1)).tolist()
    for bucket, (first, last) in enumerate(pairwise(limits), postings.first):
        order: slice | list[int] = slice(first, last)
        names = texts[first:last]
        large: list[int] = []
        streams: list[Octets] = [layer[starts[first] : starts[last]] for layer in layers]
        if bucket in mixed:
            large = [number for number in range(first, last) if is_long[number]]
            small = [number for number in range(first, last) if not is_long[number]]
            spans = joined([(starts[number], starts[number + 1]) for number in small])
            order = [*small, *large]
            names = [texts[number] for number in order]
            streams = [b"".join(layer[start:end] for start, end in spans) for layer in layers]
        apart = is_large and len(streams[0]) >= APART
        yield bucket, 0, pack_bucket(names, marks[order], planes | apart << 8, () if apart else streams)
        if apart:
            yield bucket, 1, deflate(*streams)
        for place, number in enumerate(large, int(apart)):
            start, end = starts[number], starts[number + 1]
            middle = min(end, start + CUT) if is_large else end
            yield bucket, 2 * place + 1, deflate(*(layer[start:middle] for layer in layers))
            if middle < end:
                yield bucket, 2 * place + 2, deflate(*(layer[middle:end] for layer in layers))


def pack_bucket(texts: Sequence[str], marks: npt.NDArray[np.uint32], planes: int, streams: Sequence[Octets]) -> bytes:
    """Return the blob of a bucket: terms, how many documents have each, and planes and loads of their postings."""
    names = "".join(texts).encode()
    return deflate(HEAD.pack(len(texts), len(names), planes) + names, marks.tobytes(), *streams)


def without_classes(postings: Postings, sizes: npt.NDArray[np.int64], count: int) -> Bytes:
    """Return the loads, saying of terms in most documents that anything follows them there.

    Nearly anything does, and a third of such a list would say which. No query asks, see ``common``.
    """
    most = (sizes >= LONG) & (sizes * 8 >= count * 5)
    loads: Bytes = postings.loads | np.repeat(np.where(most, np.uint8(0xF0), np.uint8(0)), sizes)
    return loads


def common(size: int, slots: int) -> bool:
    """Return whether a term is in so many documents that what follows it there is not asked.

    Half of them, where ``without_classes`` takes five eighths: a base with a fresh segment of an eighth then says the same.
    """
    return size >= LONG and size * 2 > slots


def joined(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return neighbouring spans as one."""
    made: list[tuple[int, int]] = []
    for start, end in spans:
        if made and made[-1][1] == start:
            made[-1] = (made[-1][0], end)
        else:
            made.append((start, end))
    return made


@dataclass(frozen=True, slots=True)
class Bucket:
    """A bucket ready for look-ups. A term is looked for in its bytes: of sixty terms a query wants one.

    ``texts`` begins with a line feed; ``body`` is empty where the postings lie apart.
    """

    texts: bytes
    sizes: npt.NDArray[np.uint32]
    planes: int
    is_apart: bool
    body: bytes

    def terms(self) -> list[tuple[str, int]]:
        """Return the terms, and how many documents have each."""
        names = self.texts.decode("utf-8").split("\n")[1:]
        return list(zip(names, (self.sizes & np.uint32(OWN_BLOB - 1)).tolist(), strict=False))

    def size(self, term: str) -> int:
        """Return how many documents have ``term``."""
        number = self._number(term)
        return int(self.sizes[number]) & (OWN_BLOB - 1) if number >= 0 else 0

    def place(self, term: str) -> tuple[int, int]:
        """Return the first posting of ``term`` in the bucket, or -1, and its place among blobs of their own, or -1."""
        number = self._number(term)
        if number < 0:
            return -1, -1
        if self.sizes[number] & OWN_BLOB:
            return -1, number - int((self.sizes < OWN_BLOB).sum()) + self.is_apart
        return int(self.sizes[:number].sum()), -1

    def _number(self, term: str) -> int:
        at = self.texts.find(f"\n{term}\n".encode("utf-8", "replace"))
        return self.texts.count(b"\n", 0, at) if at >= 0 and "\n" not in term else -1


def undo_gaps(layers: list[bytes]) -> Docs:
    """Return document numbers from the planes of their gaps."""
    steps = np.frombuffer(layers[0], dtype=np.uint8).astype(np.uint32)
    for at, layer in enumerate(layers[1:], 1):
        steps += np.frombuffer(layer, dtype=np.uint8).astype(np.uint32) << np.uint32(8 * at)
    return np.cumsum(steps, dtype=np.intp)  # as wide as numpy looks things up by, or each look would widen them


def read_bucket(blob: bytes | memoryview) -> Bucket:
    """Return the bucket packed in ``blob``."""
    content = inflate(blob)
    count, texts, kind = HEAD.unpack_from(content)
    is_apart, planes = divmod(kind, 256)
    middle = HEAD.size + texts
    sizes = np.frombuffer(content, dtype=np.uint32, count=count, offset=middle)
    return Bucket(b"\n" + content[HEAD.size : middle], sizes, planes, bool(is_apart), content[middle + 4 * count :])


@dataclass(frozen=True, slots=True)
class Spans:
    """The postings of a bucket. Gaps are undone for all terms at once, which takes hardly longer than for one."""

    sums: Docs
    loads: Bytes

    def docs_and_loads(self, start: int, size: int) -> tuple[Docs, Bytes]:
        """Return documents and loads of the ``size`` postings from ``start`` on."""
        docs = self.sums[start : start + size]
        return docs - self.sums[start - 1] if start else docs, self.loads[start : start + size]


def read_spans(body: bytes, planes: int) -> Spans:
    """Return the postings of a bucket from their planes and loads."""
    size = len(body) // (planes + 1)
    sums = undo_gaps([body[at * size : (at + 1) * size] for at in range(planes)])
    return Spans(sums, np.frombuffer(body, dtype=np.uint8, offset=planes * size))


def read_list(blob: bytes | memoryview, planes: int, before: int = 0) -> tuple[Docs, Bytes]:
    """Return documents and loads of a blob of one's own; ``before`` is the last document of the part before it."""
    spans = read_spans(inflate(blob), planes)
    return spans.sums + before if before else spans.sums, spans.loads
