"""The query plan: which documents answer, and in which order. ``theme/static/js/search-plan.js`` is its twin.

Everything a document gathers is one whole number below 2**53, added up term after term, so that Python and JavaScript
hold the very same number; only then come five multiplications of 64-bit floats, in the same order on both sides.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from plugins.search.analysis import Term, query_terms
from plugins.search.corpus import Corpus
from plugins.search.grammar import MOST_TERMS, Query
from plugins.search.packing import LONG, common
from plugins.search.segment import Found

Scores = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]

COVER, EXACT, TITLED = 18, 33, 39  # where coverage, exact terms and exact terms of the title begin in the sum
EXACT_TITLE, EXACT_TEXT = 1.6, 1.3
SYNONYM = 0.95
KEPT = 0.7  # of the best coverage: what covers less is no answer
LEAST = 0.4  # of everything asked
STEPS = 16  # of a doubling of rarity
TELLING, SURE = 6, 4
COMMON = 16  # a term in one of so many documents, or more of them, tells little


@dataclass(frozen=True, slots=True)
class Sum:
    """What documents gathered over the terms of one wording; ``total`` is the coverage of a document that has all."""

    gathered: Whole
    total: int
    terms: int


@dataclass(frozen=True, slots=True)
class Ranking:
    """Documents and scores, in no order; ``best`` is the best coverage, 1.0 if one holds everything.

    ``claims`` says by what a score was raised because the wording seems to stand there: 1.0, in the text, in the title.
    """

    docs: Whole
    scores: Scores
    cover: Scores
    claims: Scores
    best: float

    def where(self, kept: npt.NDArray[np.bool_]) -> Ranking:
        """Return the documents that are ``kept``."""
        return Ranking(self.docs[kept], self.scores[kept], self.cover[kept], self.claims[kept], self.best)


NOTHING = Ranking(np.zeros(0, dtype=np.int64), np.zeros(0), np.zeros(0), np.zeros(0), 0.0)


def rarity(documents: int, having: int) -> int:
    """Return how much a term tells that ``having`` of ``documents`` have: log2 in sixteenths, straight between powers of 2."""
    ratio = (documents + 1) / (having + 0.5)
    if ratio <= 1:
        return 1
    power = 0
    while ratio >= 2:
        ratio /= 2
        power += 1
    return max(1, int((power + ratio - 1) * STEPS))


@lru_cache(maxsize=1024)
def contributions(weight: int, after: int | None) -> Whole:
    """Return what a posting adds, for each of its 256 possible loads; ``after`` is the class that has to follow, if any."""
    loads = np.arange(256, dtype=np.int64)
    follows = np.ones(256, dtype=np.int64) if after is None else loads >> (4 + after) & 1
    titled = loads >> 3 & 1
    made: Whole = (
        weight * (2 * (loads & 7) + 1) + (weight << COVER) + (follows << EXACT) + ((follows & titled) << TITLED)
    )
    return made


def gather(terms: Sequence[Term], corpus: Corpus, place: str) -> Sum:
    """Return the sums of all documents over ``terms``."""
    gathered = np.zeros(corpus.slots, dtype=np.int64)
    total = 0
    chosen = told(terms, corpus)
    for term in chosen:
        found = in_title(corpus.find(term.text)) if place == "title" else corpus.find(term.text)
        weight = rarity(corpus.count, len(found.docs))
        total += weight
        after = None if common(corpus.size(term.text), corpus.slots) else term.after
        gathered[found.docs] += contributions(weight, after)[found.loads]
    return Sum(gathered, total, len(chosen))


def told(terms: Sequence[Term], corpus: Corpus) -> list[Term]:
    """Return the terms that are asked."""
    first = terms[:MOST_TERMS]
    return [first[at] for at in telling([corpus.size(term.text) for term in first], corpus.slots // COMMON)]


def telling(sizes: Sequence[int], least: int | None = None) -> list[int]:
    """Return the places of the six rarest and of all others that are not common: the rest would tell little and cost much.

    Of the six, the fifth and the sixth count only where fewer than ``least`` documents have them.
    """
    rarest = sorted(range(len(sizes)), key=lambda at: (sizes[at], at))[:TELLING]
    kept = {at for place, at in enumerate(rarest) if place < SURE or least is None or sizes[at] < least}
    return [at for at, size in enumerate(sizes) if at in kept or size < LONG]


def in_title(found: Found) -> Found:
    """Return the postings of titles."""
    titled = found.loads & np.uint8(8) != 0
    return Found(found.docs[titled], found.loads[titled])


def rank(made: Sum, exact: float = EXACT_TEXT) -> Ranking:
    """Return the documents that cover enough of what was asked, scored; ``exact`` raises those where the wording seems to stand."""
    covered = made.gathered >> COVER & 0x7FFF
    best = float(covered.max(initial=0) / max(1, made.total))
    least = max(LEAST, KEPT * best)
    docs = np.flatnonzero(covered >= max(1, int(least * made.total)))
    cover = covered[docs] / max(1, made.total)
    docs, cover = docs[cover >= least], cover[cover >= least]
    sums = made.gathered[docs]
    boost = np.where(sums >> EXACT & 63 == made.terms, exact, 1.0)
    boost[sums >> TITLED & 63 == made.terms] = EXACT_TITLE
    scores = (sums & 0x3FFFF) / (15 * made.total) * cover * cover * cover * cover * boost
    return Ranking(docs, scores, cover, boost, best)


def rank_words(words: Sequence[str], corpus: Corpus, place: str) -> Ranking:
    """Return the ranking of one wording."""
    terms = query_terms(list(words))
    return rank(gather(terms, corpus, place)) if terms else NOTHING


def scaled(ranking: Ranking, factor: float) -> Ranking:
    """Return ``ranking`` with its scores times ``factor``."""
    return Ranking(ranking.docs, ranking.scores * factor, ranking.cover, ranking.claims, ranking.best)


def better(one: Ranking, other: Ranking, slots: int) -> Ranking:
    """Return both rankings as one: each document with its better score and coverage, and the claims of ``one``."""
    if not len(other.docs):
        return one
    scores, cover, claims = np.zeros(slots), np.zeros(slots), np.ones(slots)
    claims[one.docs] = one.claims
    for ranking in (one, other):
        scores[ranking.docs] = np.maximum(scores[ranking.docs], ranking.scores)
        cover[ranking.docs] = np.maximum(cover[ranking.docs], ranking.cover)
    docs = np.flatnonzero(cover)
    return Ranking(docs, scores[docs], cover[docs], claims[docs], max(one.best, other.best))


def answers(ranking: Ranking) -> Ranking:
    """Return the documents that cover enough of what was asked, the best of all wordings being known."""
    return ranking.where(ranking.cover >= max(LEAST, KEPT * ranking.best))


def ordered(ranking: Ranking, corpus: Corpus, query: Query, first: int) -> Whole:
    """Return places in ``ranking``, best first: by score or by date; equals are newest first.

    By score only the ``first`` come in order, and their equals: sorting tens of thousands takes longer than finding them.
    """
    age = corpus.order[ranking.docs]
    if query.sort == "date":
        return np.argsort(age)
    if len(age) <= 2 * first:
        return np.lexsort((age, -ranking.scores))
    least = np.partition(ranking.scores, -first)[-first]
    top, rest = np.flatnonzero(ranking.scores >= least), np.flatnonzero(ranking.scores < least)
    return np.concatenate((top[np.lexsort((age[top], -ranking.scores[top]))], rest))
