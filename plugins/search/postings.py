"""Documents become postings, whole arrays at a time.

A posting says that a term is in a document, in one byte: bits 0–2 how much it weighs there (BM25F over title, names and
body, saturated, 0–7), bit 3 whether it is in the title, bits 4–7 the classes of characters that follow it there.
"""

from __future__ import annotations

import mmap
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from plugins.search.analysis import LONE, NEXT_CLASSES
from plugins.search.characters import OWN_SOUND, RUN, closed, fold, simplified, sounds
from plugins.search.document import SearchDocument

Bytes = npt.NDArray[np.uint8]
Codes = npt.NDArray[np.uint32]
Keys = npt.NDArray[np.uint64]
Numbers = npt.NDArray[np.int64]
T = TypeVar("T", bound=np.generic)

TITLE_WEIGHT, NAME_WEIGHT = 6.0, 3.0
SATURATION, LENGTH_SHARE, USUAL_LENGTH = 1.2, 0.6, 1200.0
LEVELS = 8
TOP = 0x33481  # the last stands for all code points beyond, which no word is made of
CHUNK = 5_000_000  # characters
SLICE = 8_000_000  # postings
POSTINGS_OF_A_BUCKET = 400
TITLE, NAMES, BODY = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Postings:
    """Postings of the buckets ``first`` to ``last`` (not included), ordered by bucket, then term, then document.

    ``starts`` has one entry more than ``terms``.
    """

    first: int
    last: int
    terms: Keys
    buckets: Codes
    starts: Numbers
    docs: Codes
    loads: Bytes


@dataclass(frozen=True, slots=True)
class Piece:
    """Postings of neighbouring documents, ordered by term, then document; ``first`` is the number of the first document."""

    first: int
    terms: Keys
    starts: Codes
    docs: npt.NDArray[np.uint16]
    loads: Bytes

    def counts(self) -> Numbers:
        """Return how many postings each term has."""
        return np.diff(self.starts).astype(np.int64)


@cache
def folding() -> tuple[Codes, npt.NDArray[np.bool_]]:
    """Return code point -> folded code point, and which code points need the slow, exact folding of their text."""
    plain = np.arange(TOP, dtype=np.uint32)
    slow = np.zeros(TOP, dtype=bool)
    codes = [
        *range(0x80, 0x3400),
        *range(0xA000, 0xD800),
        *range(0xF900, 0x10000),
        *range(0x1D400, 0x20000),
        *range(0x2F800, 0x2FA20),
    ]
    folded = fold("\n".join(map(chr, codes))).split("\n")  # at once: one by one takes ten times as long
    plain[codes] = [ord(form) if len(form) == 1 else code for form, code in zip(folded, codes, strict=True)]
    slow[codes] = [
        len(form) != 1 or unicodedata.combining(chr(code)) > 0 for form, code in zip(folded, codes, strict=True)
    ]
    slow[0x1100:0x1200] = True
    plain[65:91] += 32
    for code, char in simplified().items():
        plain[code] = ord(char)
    slow[ord("Σ")] = True  # lower case depends on its neighbours
    return plain, slow


@cache
def word_codes() -> npt.NDArray[np.bool_]:
    """Return code point -> whether words are made of it."""
    known = np.zeros(TOP, dtype=bool)
    for code in [*range(0x250), *range(0x370, 0x530), *range(0x3005, 0x3008), *range(0x3040, 0x3100)]:
        known[code] = RUN.match(chr(code)) is not None
    for first, last in ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xAC00, 0xD7A3), (0xF900, 0xFAFF), (0x20000, 0x3347F)):
        known[first : last + 1] = True
    return known


@cache
def sound_codes() -> Codes:
    """Return code point -> number of its sound."""
    numbers = np.arange(TOP, dtype=np.uint32) + np.uint32(OWN_SOUND)
    for char, number in sounds().items():
        numbers[ord(char)] = number
    return numbers


def buckets_of(terms: Keys, bits: int) -> Codes:
    """Return the bucket of each term; the numpy twin of ``analysis.bucket_of``."""
    known = sound_codes()
    second = (terms & np.uint64(0x3FFFF)).astype(np.uint32)
    value = known[(terms >> np.uint64(18)).astype(np.uint32)] * np.uint32(0x9E3779B1)
    value ^= np.where(second == 0, np.uint32(LONE), known[second]) * np.uint32(0x85EBCA6B)
    value ^= value >> np.uint32(15)
    value *= np.uint32(0x2C1B3C6D)
    value ^= value >> np.uint32(12)
    return value >> np.uint32(32 - bits) if bits else np.zeros_like(value)


def term_text(key: int) -> str:
    """Return the term of the number ``key``: one or two characters."""
    first, second = key >> 18, key & 0x3FFFF
    return chr(first) + chr(second) if second else chr(first)


def term_texts(terms: Keys) -> list[str]:
    """Return the texts of ``terms``, each ended by a line feed."""
    codes = np.zeros((len(terms), 3), dtype=np.uint32)
    codes[:, 0], codes[:, 1], codes[:, 2] = terms >> np.uint64(18), terms & np.uint64(0x3FFFF), 10
    return codes[codes > 0].tobytes().decode("utf-32-le").splitlines(keepends=True)


def term_key(text: str) -> int:
    """Return the number of a term; the inverse of ``term_text``."""
    return ord(text[0]) << 18 | (ord(text[1]) if len(text) > 1 else 0)


def parts(document: SearchDocument) -> tuple[str, str, str]:
    """Return title, names and body, each ending in a gap and ready for the quick folding."""
    return tuple(ready(text) + "\n" for text in (document.title, document.named(), document.text()))  # type: ignore[return-value]


def ready(text: str) -> str:
    """Return ``text``, folded already when folding would do more than exchange single characters."""
    if text.isascii():
        return closed(text.lower()) if " " in text else text
    codes = np.frombuffer(text.encode("utf-32-le", "replace"), dtype=np.uint32)
    _, slow = folding()
    if slow[np.minimum(codes, TOP - 1)].any() or " " in text or "\u3000" in text:
        return closed(fold(text))
    return text.encode("utf-32-le", "replace").decode("utf-32-le")


def chunks(documents: Sequence[SearchDocument]) -> Iterator[tuple[int, list[tuple[str, str, str]]]]:
    """Yield the prepared texts of neighbouring documents, with the number of the first, some 5 million characters at a time."""
    first, texts, size = 0, [], 0
    for number, document in enumerate(documents):
        texts.append(parts(document))
        size += sum(map(len, texts[-1]))
        if size > CHUNK or len(texts) == 0xFFFF:
            yield first, texts
            first, texts, size = number + 1, [], 0
    if texts:
        yield first, texts


def occurrences(texts: list[tuple[str, str, str]]) -> Keys:
    """Return every occurrence, sorted: term (36 bits), document (16), field (2), class of the next character (3)."""
    plain, _ = folding()
    codes = np.frombuffer("".join(part for text in texts for part in text).encode("utf-32-le"), dtype=np.uint32)
    codes = plain[np.minimum(codes, TOP - 1)]
    place = np.arange(len(texts), dtype=np.uint64)[:, None] << np.uint64(5) | np.array(
        [TITLE, NAMES, BODY], dtype=np.uint64
    ) << np.uint64(3)
    home = np.repeat(place.ravel(), [len(part) for text in texts for part in text])
    inside = word_codes()[codes]
    wide = np.where(inside, codes, 0).astype(np.uint64)
    following = np.zeros(len(codes), dtype=np.uint64)
    ahead = codes[2:]
    following[:-2] = np.where(inside[2:], ((ahead ^ (ahead >> 3) ^ (ahead >> 7)) & (NEXT_CLASSES - 1)) + 1, 0)
    joined = inside[:-1] & inside[1:]
    at = np.flatnonzero(joined)
    paired = (wide[at] << np.uint64(18) | wide[at + 1]) << np.uint64(21) | home[at] | following[at]
    edge = inside.copy()
    edge[1:-1] &= ~(joined[:-1] & joined[1:])
    at = np.flatnonzero(edge)
    lone = wide[at] << np.uint64(39) | home[at]
    found: Keys = np.concatenate((paired, lone))
    found.sort()
    return found


def reduce(found: Keys, first_document: int, documents: Sequence[SearchDocument], lengths: Numbers) -> Piece:
    """Return the postings of one chunk of sorted occurrences."""
    home = found >> np.uint64(5)
    first = np.flatnonzero(np.concatenate(([True], home[1:] != home[:-1])))
    low = found.astype(np.uint8)
    field = low >> np.uint8(3) & np.uint8(3)
    class_bits = np.array([0, 1, 2, 4, 8, 0, 0, 0], dtype=np.uint8)[low & np.uint8(7)]
    masks = np.bitwise_or.reduceat(class_bits | np.uint8(16) << field, first)
    bodies = np.cumsum(np.concatenate(([False], field == BODY)), dtype=np.int32)
    ends = np.append(first[1:], len(found))
    docs = home[first].astype(np.uint16)
    share = 1 / (1 - LENGTH_SHARE + LENGTH_SHARE * lengths / USUAL_LENGTH)
    weight = (bodies[ends] - bodies[first]) * share[docs]
    weight += TITLE_WEIGHT * (masks >> np.uint8(4 + TITLE) & np.uint8(1)) + NAME_WEIGHT * (
        masks >> np.uint8(4 + NAMES) & np.uint8(1)
    )
    level = np.floor(LEVELS * weight / (SATURATION + weight)).astype(np.uint8)
    stale = np.array([document.expired for document in documents])
    if stale.any():
        level[stale[docs]] >>= 1
    loads = level | (masks >> np.uint8(4) & np.uint8(1)) << np.uint8(3) | masks << np.uint8(4)
    terms = home[first] >> np.uint64(16)
    start = np.flatnonzero(np.concatenate(([True], terms[1:] != terms[:-1])))
    starts = np.append(start, len(terms)).astype(np.uint32)
    return Piece(first_document, apart(terms[start]), apart(starts), apart(docs), apart(loads))


def apart(values: npt.NDArray[T]) -> npt.NDArray[T]:
    """Return a copy in pages of its own, which go back to the system with it; a heap would keep them to the end of the build."""
    made = np.frombuffer(mmap.mmap(-1, max(1, values.nbytes)), dtype=values.dtype, count=len(values))
    made[:] = values
    return made


def build_postings(documents: Sequence[SearchDocument], bits: int | None = None) -> tuple[Iterator[Postings], int]:
    """Return the postings of ``documents`` (numbered in this order) by ranges of buckets, and how many bits number the buckets."""
    pieces = []
    for first, texts in chunks(documents):
        lengths = np.array([len(text[BODY]) for text in texts])
        found = occurrences(texts)
        if len(found):
            pieces.append(reduce(found, first, documents[first : first + len(texts)], lengths))
    total = sum(len(piece.docs) for piece in pieces)
    if bits is None:
        bits = max(0, min(16, round(np.log2(max(1, total) / POSTINGS_OF_A_BUCKET))))
    return merged(pieces, bits), bits


def merged(pieces: list[Piece], bits: int) -> Iterator[Postings]:
    """Yield the postings of ``pieces`` by ranges of buckets of some ``SLICE`` postings: all at once would not fit into memory."""
    buckets = [buckets_of(piece.terms, bits) for piece in pieces]
    sizes = np.zeros(1 << bits)
    for piece, own in zip(pieces, buckets, strict=True):
        sizes += np.bincount(own, weights=piece.counts(), minlength=1 << bits)
    nothing = np.zeros(0, dtype=np.uint64)
    turns = np.flatnonzero(np.diff(np.cumsum(sizes) // SLICE, prepend=0))
    limits = np.unique(np.concatenate(([0], turns, [1 << bits]))).tolist()
    for first, last in pairwise(limits):
        rows = [np.flatnonzero((own >= first) & (own < last)) for own in buckets]
        terms = np.concatenate([nothing, *(piece.terms[own] for piece, own in zip(pieces, rows, strict=True))])
        yield Postings(first, last, *merge(pieces, rows, terms, bits))


def merge(
    pieces: list[Piece], rows: list[Numbers], terms: Keys, bits: int
) -> tuple[Keys, Codes, Numbers, Codes, Bytes]:
    """Return ``rows`` of ``pieces``, of ``terms``, as one, ordered by bucket and term: rows are sorted, postings only moved."""
    counts = np.concatenate(
        [np.zeros(0, dtype=np.int64), *(piece.counts()[own] for piece, own in zip(pieces, rows, strict=True))]
    )
    buckets = buckets_of(terms, bits)
    order = np.lexsort((terms, buckets))
    ends = np.cumsum(counts[order])
    places = np.empty_like(counts)
    places[order] = ends - counts[order]
    docs, loads = np.empty(counts.sum(), dtype=np.uint32), np.empty(counts.sum(), dtype=np.uint8)
    done = 0
    for piece, own in zip(pieces, rows, strict=True):
        sizes = piece.counts()[own]
        source, target = (
            spread(piece.starts[own].astype(np.int64), sizes),
            spread(places[done : done + len(own)], sizes),
        )
        docs[target] = piece.docs[source] + np.uint32(piece.first)
        loads[target] = piece.loads[source]
        done += len(own)
    terms, buckets = terms[order], buckets[order]
    new = np.flatnonzero(np.diff(terms, prepend=terms[:1] + np.uint64(1)))
    return terms[new], buckets[new], np.append(places[order][new], len(docs)), docs, loads


def spread(begins: Numbers, counts: Numbers) -> Numbers:
    """Return the places from each of ``begins`` on, as many as ``counts`` says, one after the other."""
    ends = np.cumsum(counts)
    made: Numbers = np.repeat(begins - (ends - counts), counts) + np.arange(counts.sum())
    return made
