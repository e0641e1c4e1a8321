"""Text becomes terms: pairs of neighbouring characters, and the lone characters at the edges of a run.

A run is a stretch of word characters between gaps (punctuation, spaces). Every pair of neighbours in a run is a term; so is
the first and the last character of each run. A query of two or more characters cut from a text thus finds that text
wherever it was cut. No segmenter decides what a word is, so none can lose one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from plugins.search.characters import RUN, closed, fold, sound

LONE = 0xFFFFF  # stands for the second sound of a one-character term
NEXT_CLASSES = 4
SHORT_RUN = 10
LETTERS = re.compile("[a-z]+")


def next_class(char: str) -> int:
    """Return which of the four classes of following characters ``char`` is in."""
    code = ord(char)
    return (code ^ (code >> 3) ^ (code >> 7)) & (NEXT_CLASSES - 1)


def mix(first: int, second: int) -> int:
    """Return an even 32-bit hash of two sounds, the same in Python, numpy and JavaScript (``Math.imul``)."""
    value = (first * 0x9E3779B1 ^ second * 0x85EBCA6B) & 0xFFFFFFFF
    value ^= value >> 15
    value = value * 0x2C1B3C6D & 0xFFFFFFFF
    return value ^ (value >> 12)


def bucket_of_sounds(first: int, second: int, bits: int) -> int:
    """Return the bucket, of ``1 << bits``, in which terms that sound so are kept together."""
    return mix(first, second) >> (32 - bits) if bits else 0


def bucket_of(term: str, bits: int) -> int:
    """Return the bucket of ``term``: terms that sound alike share one."""
    return bucket_of_sounds(sound(term[0]), sound(term[1]) if len(term) > 1 else LONE, bits)


def runs(text: str) -> list[str]:
    """Return the runs of word characters of ``text``, folded.

    >>> runs("HPV 疫苗，接种！")
    ['hpv疫苗', '接种']
    """
    return RUN.findall(closed(fold(text)))


def pairs(run: str) -> list[str]:
    """Return the pairs of ``run``; a run of one character is its own term."""
    return [run[at : at + 2] for at in range(len(run) - 1)] or [run]


def index_terms(text: str) -> Iterator[str]:
    """Yield every term under which ``text`` is found, with repetitions.

    >>> list(index_terms("年会，好"))
    ['年', '会', '年会', '好']
    """
    for run in runs(text):
        yield run[0]
        if len(run) > 1:
            yield run[-1]
            yield from pairs(run)


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A term of a query; ``after`` is the class of the character that follows it in its run, or None."""

    text: str
    after: int | None = None


def places(run: str, whole: bool) -> list[int]:
    """Return where pairs of a query ``run`` begin: everywhere in a short run, every second in a long one.

    What is left out is held by the class of the character that follows each pair. Of a word of letters, mostly
    pinyin that stands nowhere as written, every fourth and the last are enough: each costs a browser a file.
    """
    size = len(run)
    step = 1 if whole else 4 if LETTERS.fullmatch(run) else 1 if size <= SHORT_RUN else 2
    return sorted({*range(0, max(1, size - 1), step), max(0, size - 2)})


def query_terms(word_runs: list[str], *, whole: bool = False) -> tuple[Term, ...]:
    """Return the terms of folded query runs, in order, each once; its first place decides what follows it.

    >>> [term.text for term in query_terms(["计生协"])]
    ['计生', '生协']
    """
    found: dict[str, Term] = {}
    for run in word_runs:
        for at in places(run, whole):
            text = run[at : at + 2]
            after = next_class(run[at + 2]) if at + 2 < len(run) else None
            found.setdefault(text, Term(text=text, after=after))
    return tuple(found.values())
