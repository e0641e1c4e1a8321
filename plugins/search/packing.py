"""The bytes of a bucket: written once, read by the service from a map of the file and by the browser from a slice of it.

A bucket, inflated::

    u32 count of terms · u32 bytes of the term texts · u32 planes (bytes of a gap)
    texts, in UTF-8, each ended by a line feed
    u32 × count     documents that have the term; the highest bit says that its postings are a blob of their own
    planes          low bytes of all gaps between document numbers, then the next higher bytes …
    loads           one byte a posting

Postings of one term follow those of the last; terms with a blob of their own come last and have none here. A blob of one's
own is planes and loads only, cut after ``CUT`` postings: what follows is a second blob that only the service reads.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from plugins.search.postings import Bytes, Postings, term_text

OWN_BLOB = 1 << 31
LONG = 600  # postings from which a term gets a blob of its own
SMALL_SITE = 30_000  # documents up to which no list is cut, so that both readers see the same
CUT = 6_000
HEAD = struct.Struct("<3I")
Docs = npt.NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class Packed:
    """All blobs in order; ``owner`` says of each blob which bucket it belongs to, ``part`` which of its blobs it is.

    Part 0 is the bucket, part ``2k + 1`` the blob of its ``k``-th term with one, ``2k + 2`` what was cut from that.
    """

    blobs: tuple[bytes, ...]
    owner: npt.NDArray[np.uint32]
    part: npt.NDArray[np.uint32]


def deflate(*streams: bytes) -> bytes:
    """Return ``streams`` as one raw deflate stream, with Huffman tables of their own where that pays."""
    packer = zlib.compressobj(1, zlib.DEFLATED, -15, 9, zlib.Z_RLE)
    made = bytearray()
    for stream in streams:
        made += packer.compress(stream)
        if len(stream) > 256 and stream is not streams[-1]:
            made += packer.flush(zlib.Z_FULL_FLUSH)
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


def pack(postings: Postings, bits: int, count: int) -> Packed:
    """Return the blobs of ``postings`` over ``count`` documents, in ``1 << bits`` buckets."""
    planes = 1 if count <= 0x100 else 2 if count <= 0x10000 else 3
    steps = gaps(postings)
    sizes = np.diff(postings.starts)
    loads = without_classes(postings, sizes, count)
    layers = (*tuple((steps >> np.uint32(8 * at)).astype(np.uint8) for at in range(planes)), loads)
    limit = np.searchsorted(postings.buckets, np.arange((1 << bits) + 1))
    rows = [
        row
        for bucket in range(1 << bits)
        for row in pack_bucket(postings, sizes, layers, bucket, int(limit[bucket]), int(limit[bucket + 1]), count)
    ]
    return Packed(
        tuple(row[2] for row in rows),
        np.array([row[0] for row in rows], dtype=np.uint32),
        np.array([row[1] for row in rows], dtype=np.uint32),
    )


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


def pack_bucket(
    postings: Postings,
    sizes: npt.NDArray[np.int64],
    layers: tuple[Bytes, ...],
    bucket: int,
    first: int,
    last: int,
    count: int,
) -> Iterator[tuple[int, int, bytes]]:
    """Yield (bucket, part, blob) for one bucket: the terms ``first`` to ``last``."""
    numbers = range(first, last)
    small = [number for number in numbers if sizes[number] < LONG]
    large = [number for number in numbers if sizes[number] >= LONG]
    texts = "".join(term_text(int(postings.terms[number])) + "\n" for number in (*small, *large)).encode("utf-8")
    counts = np.array(
        [*(sizes[number] for number in small), *(sizes[number] | OWN_BLOB for number in large)], dtype=np.uint32
    )
    head = HEAD.pack(len(counts), len(texts), len(layers) - 1) + texts
    spans = joined([(int(postings.starts[number]), int(postings.starts[number + 1])) for number in small])
    yield (
        bucket,
        0,
        deflate(
            head, counts.tobytes(), *(b"".join(layer[start:end].tobytes() for start, end in spans) for layer in layers)
        ),
    )
    for place, number in enumerate(large):
        start, end = int(postings.starts[number]), int(postings.starts[number + 1])
        middle = min(end, start + CUT) if count > SMALL_SITE else end
        yield bucket, 2 * place + 1, deflate(*(layer[start:middle].tobytes() for layer in layers))
        if middle < end:
            yield bucket, 2 * place + 2, deflate(*(layer[middle:end].tobytes() for layer in layers))


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
    """A bucket ready for look-ups: term -> (documents, first posting here or -1, place among blobs of their own or -1)."""

    terms: dict[str, tuple[int, int, int]]
    planes: int
    body: bytes

    def docs_and_loads(self, start: int, size: int) -> tuple[Docs, Bytes]:
        """Return documents and loads of the ``size`` postings from ``start`` on."""
        total = len(self.body) // (self.planes + 1)
        docs = undo_gaps([self.body[at * total + start : at * total + start + size] for at in range(self.planes)])
        return docs, np.frombuffer(self.body, dtype=np.uint8, count=size, offset=self.planes * total + start)


def undo_gaps(layers: list[bytes], before: int = 0) -> Docs:
    """Return document numbers from the planes of their gaps, counted on from the document ``before``."""
    steps = np.frombuffer(layers[0], dtype=np.uint8).astype(np.uint32)
    for at, layer in enumerate(layers[1:], 1):
        steps += np.frombuffer(layer, dtype=np.uint8).astype(np.uint32) << np.uint32(8 * at)
    return np.cumsum(steps, dtype=np.uint32) + np.uint32(before)


def read_bucket(blob: bytes | memoryview) -> Bucket:
    """Return the bucket packed in ``blob``."""
    content = inflate(blob)
    count, texts, planes = HEAD.unpack_from(content)
    middle = HEAD.size + texts
    names = content[HEAD.size : middle].decode("utf-8").split("\n")
    sizes = np.frombuffer(content, dtype=np.uint32, count=count, offset=middle).tolist()
    terms, start, place = {}, 0, 0
    for name, size in zip(names, sizes, strict=False):
        if size & OWN_BLOB:
            terms[name] = (size ^ OWN_BLOB, -1, place)
            place += 1
        else:
            terms[name] = (size, start, -1)
            start += size
    return Bucket(terms, planes, content[middle + 4 * count :])


def read_list(blob: bytes | memoryview, planes: int, before: int = 0) -> tuple[Docs, Bytes]:
    """Return documents and loads of a blob of one's own; ``before`` is the last document of the part before it."""
    content = inflate(blob)
    size = len(content) // (planes + 1)
    docs = undo_gaps([content[at * size : (at + 1) * size] for at in range(planes)], before)
    return docs, np.frombuffer(content, dtype=np.uint8, offset=planes * size)
