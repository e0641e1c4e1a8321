"""Which pages hold the same text, and which of them is the best copy.

A text is known by an even sample of its shingles (every run of eight Chinese characters or digits whose hash is divisible
by sixteen), so that the share of one text that stands in another can be told without comparing the texts.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2b
from zlib import crc32

from plugins.legacy_html.importing.record import Sketch

RUN = 8
SAMPLE = 16
LEAST = 12  # sampled shingles below which only the very same text counts
SHARED = 0.85
LENGTHS = 0.5  # a short text inside a long one is a quotation, not a copy
NUMBERS = 0.9  # share of the shorter text's numbers: notices from one mould differ in nothing else
SHORTEST = 60  # characters below which two pages may well say the same
COMMON = 40  # pages that a shingle stands in, from which on it tells nothing
_TOLD = re.compile(r"[0-9\u3400-\u9fff]")
_NUMBER = re.compile(r"\d+")


def sketch_of(text: str, *, is_dated: bool, is_sourced: bool) -> Sketch:
    """The sketch of a recovered text."""
    told = "".join(_TOLD.findall(text))
    encoded = told.encode("utf-32-le")
    hashes = {crc32(encoded[at : at + 4 * RUN]) for at in range(0, max(0, len(encoded) - 4 * RUN + 4), 4)}
    return Sketch(
        length=len(told),
        exact=blake2b(told.encode(), digest_size=12).hexdigest() if len(told) >= SHORTEST else "",
        shingles=tuple(sorted(one for one in hashes if one % SAMPLE == 0)),
        numbers=tuple(sorted(set(_NUMBER.findall(text)))),
        is_dated=is_dated,
        is_sourced=is_sourced,
    )


def clusters(sketches: Mapping[str, Sketch]) -> tuple[tuple[str, ...], ...]:
    """The ids of pages that hold the same text, two or more together; each cluster and the whole in order of the ids."""
    above: dict[str, str] = {}

    def head(id: str) -> str:
        while (over := above.get(id, id)) != id:
            id = over
        return id

    for one, other in _pairs(sketches):
        first, second = sorted((head(one), head(other)))
        if first != second:
            above[second] = first
    groups = defaultdict[str, list[str]](list)
    for id in sorted(sketches):
        groups[head(id)].append(id)
    return tuple(tuple(group) for group in groups.values() if len(group) > 1)


def _pairs(sketches: Mapping[str, Sketch]) -> Iterable[tuple[str, str]]:
    """Pairs of ids that hold the same text."""
    same, shared = dict[str, str](), defaultdict[int, list[str]](list)
    for id in sorted(sketches):
        sketch = sketches[id]
        if sketch.exact and (first := same.setdefault(sketch.exact, id)) != id:
            yield first, id
            continue  # one of them stands for both
        if len(sketch.shingles) >= LEAST:
            for shingle in sketch.shingles:
                shared[shingle].append(id)
    counts = defaultdict[tuple[str, str], int](int)
    for ids in shared.values():
        if 1 < len(ids) <= COMMON:
            for at, one in enumerate(ids):
                for other in ids[at + 1 :]:
                    counts[one, other] += 1
    for (one, other), count in counts.items():
        if is_copy(sketches[one], sketches[other], count):
            yield one, other


def is_copy(one: Sketch, other: Sketch, shared: int) -> bool:
    """Whether two texts with ``shared`` sampled shingles in common are copies of one another."""
    short, long = sorted((one, other), key=lambda sketch: sketch.length)
    if shared < SHARED * min(len(one.shingles), len(other.shingles)) or short.length < LENGTHS * long.length:
        return False
    numbers = set(short.numbers)
    return len(numbers & set(long.numbers)) >= NUMBERS * len(numbers)


def best(ids: Sequence[str], sketches: Mapping[str, Sketch], faults: Mapping[str, tuple[bool, int]]) -> str:
    """The id of the best copy: not quarantined, complete, dated, with its source, with the fewest flags.

    ``faults`` tells of each whether it is quarantined and how many flags it has.
    """
    longest = max(sketches[id].length for id in ids)

    def rank(id: str) -> tuple[object, ...]:
        sketch = sketches[id]
        quarantined, flags = faults[id]
        is_cut = sketch.length < 0.95 * longest
        return (quarantined, is_cut, not sketch.is_dated, not sketch.is_sourced, flags, -sketch.length, id)

    return min(ids, key=rank)
