"""How near a recovered page comes to its gold: characters by edit distance, and everything else by equality."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tests.legacy_html.damage.gold import Gold

_WIDE = str.maketrans("，：；？！（）“”‘’", ",:;?!()\"\"''")
_BLANK = re.compile(r"[ \u00a0\u3000]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What a pipeline made of a page, in plain values."""

    title: str
    authors: tuple[tuple[str, str], ...]
    source_name: str
    moment: date | None
    column: str
    text: str
    headings: tuple[tuple[int, str], ...]
    figures: tuple[tuple[str, str], ...]
    is_quarantined: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """Shares of characters right, and what else is wrong, in words."""

    folded: float
    strict: float
    wrong: tuple[str, ...]


def score(result: Result, gold: Gold) -> Score:
    """Compare a result with its gold."""
    pairs: dict[str, tuple[object, object]] = {
        "title": (fold(result.title), fold(gold.title)),
        "author": (result.authors[:1], (gold.author,) if gold.author else ()),
        "source": (result.source_name, gold.source_name),
        "date": (result.moment, gold.moment),
        "column": (result.column, gold.column),
        "headings": (result.headings, gold.headings),
        "figures": (result.figures, gold.figures),
        "quarantine": (result.is_quarantined, gold.quarantine),
    }
    wrong = tuple(f"{name}: {got!r} for {want!r}" for name, (got, want) in pairs.items() if got != want)
    return Score(
        folded=accuracy(fold(result.text), fold(gold.text)), strict=accuracy(result.text, gold.text), wrong=wrong
    )


def fold(text: str) -> str:
    """Return ``text`` with marks in one width and no spaces; line breaks stay.

    >>> fold("（一） 你好，")
    '(一)你好,'
    """
    return _BLANK.sub("", unicodedata.normalize("NFKC", text)).translate(_WIDE)


def accuracy(text: str, gold: str) -> float:
    """Return one minus the edit distance as a share of the gold, never under zero."""
    return max(0.0, 1 - distance(text, gold) / max(1, len(gold)))


def distance(first: str, second: str) -> int:
    """Return the Levenshtein distance, bit-parallel (Myers 1999, Hyyrö 2003) in Python's long integers.

    >>> distance("计生协会", "计划生育协会")
    2
    """
    first, second = _core(first, second)
    if not first or not second:
        return len(first) + len(second)
    places = dict[str, int]()
    for index, char in enumerate(first):
        places[char] = places.get(char, 0) | 1 << index
    mask, last, total = (1 << len(first)) - 1, 1 << (len(first) - 1), len(first)
    plus, minus = mask, 0
    for char in second:
        equal = places.get(char, 0)
        vertical = equal | minus
        horizontal = (((equal & plus) + plus) ^ plus) | equal
        up, down = minus | (~(horizontal | plus) & mask), plus & horizontal
        total += bool(up & last) - bool(down & last)
        up, down = (up << 1 | 1) & mask, down << 1 & mask
        plus, minus = down | (~(vertical | up) & mask), up & vertical
    return total


def _core(first: str, second: str) -> tuple[str, str]:
    """Both texts without what they share at their ends."""
    start, size = 0, min(len(first), len(second))
    while start < size and first[start] == second[start]:
        start += 1
    end = 0
    while end < size - start and first[-1 - end] == second[-1 - end]:
        end += 1
    return first[start : len(first) - end], second[start : len(second) - end]


def mean(values: Sequence[float]) -> float:
    """Return the mean, 1 for nothing."""
    return sum(values) / len(values) if values else 1.0
