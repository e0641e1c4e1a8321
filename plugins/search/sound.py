"""Search by sound, when nothing holds everything as written: pinyin, and characters mistaken for others that sound alike.

Terms that sound alike are kept in one bucket, so the buckets of the query hold all candidates already. A document counts
as exact when candidates that stand in it can be chained: each next one begins with the last one's second character.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from plugins.search.analysis import next_class
from plugins.search.characters import also_filed, sound, syllables
from plugins.search.corpus import Corpus
from plugins.search.packing import LONG
from plugins.search.plan import COVER, EXACT, NOTHING, Ranking, Sum, in_title, rank, rarity, telling
from plugins.search.postings import Bytes

CANDIDATES = 12
MOST_STEPS = 15
LEAST_HEARD = 0.7  # of everything asked
HEARD = 0.8
CHAINED = 2.0  # raises documents in which what was heard stands as one
LONGEST_SYLLABLE = 6


@lru_cache(maxsize=1)
def numbers() -> dict[str, int]:
    """Return syllable -> its number."""
    return {name: number for number, name in enumerate(syllables())}


def spell(letters: str) -> tuple[int, ...]:
    """Return the fewest syllables that ``letters`` spell, the longer one first; nothing if they spell none.

    >>> len(spell("jishengxie"))
    3
    """
    known = numbers()
    best: list[tuple[int, ...] | None] = [None] * len(letters) + [()]
    for at in range(len(letters) - 1, -1, -1):
        for end in range(min(len(letters), at + LONGEST_SYLLABLE), at, -1):
            rest, number = best[end], known.get(letters[at:end])
            if rest is not None and number is not None and (best[at] is None or len(rest) + 1 < len(best[at] or ())):
                best[at] = (number, *rest)
    return best[0] or ()


def hearable(words: Sequence[str]) -> list[tuple[tuple[int, bool], ...]]:
    """Return the sounds of the words, each with whether it was spelled; neighbouring spelled words are one."""
    made: list[tuple[tuple[int, bool], ...]] = []
    spelled_before = False
    for word in words:
        spelled = word.isascii() and word.isalpha()
        heard = (
            tuple((number, True) for number in spell(word)) if spelled else tuple((sound(char), False) for char in word)
        )
        if spelled and spelled_before and made and heard:
            made[-1] += heard
        elif heard:
            made.append(heard)
        spelled_before = spelled and bool(heard)
    return made


def keys(first: tuple[int, bool], second: tuple[int, bool]) -> Iterable[tuple[int, int]]:
    """Return under which sounds the pair of two heard sounds may be filed."""
    also = also_filed()
    firsts = (first[0], *(also.get(first[0], ()) if first[1] else ()))
    seconds = (second[0], *(also.get(second[0], ()) if second[1] else ()))
    return [(one, two) for one in firsts for two in seconds][:2]


def chained(steps: list[dict[str, int]]) -> list[list[str]]:
    """Return the terms of each step that begin and end as their neighbours do, most used first.

    A step none of whose terms fits keeps all of its own, and does not bind its neighbours.
    """
    kept = [set(step) for step in steps]
    for order in (range(1, len(kept)), range(len(kept) - 2, -1, -1)):
        for at in order:
            back = at - 1 if order.step > 0 else at + 1
            meeting = {term[1] if order.step > 0 else term[0] for term in kept[back]}
            fitting = {term for term in kept[at] if term[0 if order.step > 0 else 1] in meeting}
            kept[at] = fitting or kept[at]
    return [pick(own, step) for own, step in zip(kept, steps, strict=True)]


def pick(fitting: set[str], sizes: dict[str, int]) -> list[str]:
    """Return twelve of the ``fitting`` terms, the most used first, but only two of the common ones: they cost most."""
    terms = sorted(fitting, key=lambda term: (-sizes[term], term))
    long = [term for term in terms if sizes[term] >= LONG][:2]
    return (long + [term for term in terms if sizes[term] < LONG])[:CANDIDATES]


def candidates(sequence: Sequence[tuple[int, bool]], corpus: Corpus) -> list[tuple[list[str], int]]:
    """Return for each two neighbours of ``sequence`` the terms that may be meant, and how often documents have one."""
    steps: list[dict[str, int]] = []
    for first, second in itertools.pairwise(sequence):
        found: dict[str, int] = {}
        for key in keys(first, second):
            found |= corpus.heard(key)
        steps.append(found)
    return [(terms, sum(sizes[term] for term in terms)) for terms, sizes in zip(chained(steps), steps, strict=True)]


def rank_heard(words: Sequence[str], corpus: Corpus, place: str) -> tuple[Ranking, tuple[list[list[str]], ...]]:
    """Return the ranking of ``words`` by sound, and the candidates of each step of each word."""
    heard = [own for own in hearable(words) if len(own) > 1]
    if not heard or sum(len(own) - 1 for own in heard) > MOST_STEPS:
        return NOTHING, ()
    gathered = np.zeros(corpus.slots, dtype=np.int64)
    total, count = 0, 0
    found = [candidates(own, corpus) for own in heard]
    chosen = tuple([terms for terms, _ in own] for own in found)
    asked = set(telling([size for own in found for _, size in own]))
    steps = itertools.count()
    for names in chosen:
        before: dict[str, Bytes] | None = None
        for terms in names:
            if next(steps) not in asked:
                before = None
                continue
            step = follow(terms, before, corpus, place)
            docs = np.flatnonzero(step.level)
            weight = rarity(corpus.count, len(docs))
            total += weight
            count += 1
            level, alive = step.level[docs].astype(np.int64), step.alive[docs].astype(np.int64)
            gathered[docs] += weight * level + (weight << COVER) + (alive << EXACT)
            before = step.after
    made = rank(Sum(gathered, total, count), CHAINED)
    return made.where(made.cover >= LEAST_HEARD), chosen


@dataclass(frozen=True, slots=True)
class Step:
    """For each document: how much the best candidate weighs there, and whether one continues the chain.

    ``after`` says, for the last character of the candidates that do, which classes of characters follow it there.
    """

    level: Bytes
    alive: Bytes
    after: dict[str, Bytes]


def follow(terms: Sequence[str], before: dict[str, Bytes] | None, corpus: Corpus, place: str) -> Step:
    """Return the step of the candidates ``terms``; a chain begins where ``before`` is None."""
    step = Step(np.zeros(corpus.slots, dtype=np.uint8), np.zeros(corpus.slots, dtype=np.uint8), {})
    for term in terms:
        found = in_title(corpus.find(term)) if place == "title" else corpus.find(term)
        docs, loads = found.docs, found.loads
        step.level[docs] = np.maximum(step.level[docs], (loads & np.uint8(7)) * np.uint8(2) + np.uint8(1))
        if before is not None:
            classes = before.get(term[0])
            linked = classes[docs] & np.uint8(1 << next_class(term[1])) != 0 if classes is not None else slice(0)
            docs, loads = docs[linked], loads[linked]
        step.alive[docs] = 1
        own = step.after.setdefault(term[1], np.zeros(corpus.slots, dtype=np.uint8))
        own[docs] |= loads >> np.uint8(4)
    return step


def said(word_steps: Sequence[Sequence[str]], text: str) -> str:
    """Return the longest chain of candidates that stands in folded ``text``, or nothing."""
    chains = [""]
    for terms in word_steps:
        chains = [
            chain + term[1] if chain else term
            for chain in chains
            for term in terms
            if not chain or chain[-1] == term[0]
        ]
        chains = [chain for chain in chains if chain in text]
    return chains[0] if chains else ""
