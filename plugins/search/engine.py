"""Answer a query from an opened corpus: the whole plan, and an account of it for those who ask why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from time import perf_counter

import numpy as np

from plugins.search.analysis import query_terms
from plugins.search.answer import Featured, Hit, SearchResults
from plugins.search.characters import GAP, closed, fold
from plugins.search.corpus import Corpus
from plugins.search.facets import allowed, count_facets
from plugins.search.grammar import Query, parse_text
from plugins.search.plan import (
    EXACT,
    EXACT_TEXT,
    EXACT_TITLE,
    SYNONYM,
    Ranking,
    Whole,
    answers,
    better,
    gather,
    ordered,
    rank_words,
    scaled,
)
from plugins.search.snippets import holds_all, holds_any, mark, passage, plain
from plugins.search.sound import HEARD, rank_heard, said
from plugins.search.synonyms import Variant, variants

MOST_READ = 120
WHOLLY_READ = 5  # texts of a page, from the first on: each may cost a browser a file
MOST_NAMED = 3  # wordings looked up as names: each may cost a browser a file
LONG_HAN, HALF_HEARD = 5, 0.25
FEATURED = frozenset({"person", "program", "section", "topic"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """How an answer came about: each wording that was tried, its factor, and how much of it the best document has."""

    wordings: tuple[tuple[str, float, float], ...]
    ranking: Ranking
    order: Whole
    said: str
    variants: tuple[Variant, ...]


@dataclass(frozen=True, slots=True)
class Placed:
    """A document of the page, its score, and by what it was raised for holding the wording."""

    number: int
    score: float
    claim: float


def consider(query: Query, corpus: Corpus) -> Account:
    """Return the ranking of ``query`` over ``corpus``, filters applied."""
    ranking = rank_words(query.words, corpus, query.place)
    wordings = [(" ".join(query.words), 1.0, ranking.best)]
    others = variants(" ".join(query.words), corpus.synonyms) if not query.phrases else ()
    for other in others:
        made = rank_words(parse_text(other.text[:100]).words, corpus, query.place)
        wordings.append((other.text, SYNONYM, made.best))
        ranking = better(ranking, scaled(made, SYNONYM), corpus.slots)
    heard: tuple[list[list[str]], ...] = ()
    if ranking.best < 1.0 and not query.phrases and may_be_misheard(query, ranking):
        ranking, heard, tried = by_sound(query, corpus, ranking)
        wordings += tried
    kept = with_phrases(answers(ranking), query, corpus)
    mask = allowed(query, corpus)
    if mask is not None:
        kept = kept.where(mask[kept.docs])
    order = ordered(kept, corpus, query, MOST_READ + query.page * query.limit)
    return Account(
        wordings=tuple(wordings),
        ranking=kept,
        order=order,
        said=hearing(heard, kept, order, query, corpus),
        variants=others,
    )


def may_be_misheard(query: Query, ranking: Ranking) -> bool:
    """Return whether a search by sound may help: long Chinese words with one wrong character still hold most pairs."""
    han = sum(not char.isascii() for word in query.words for char in word)
    return bool(query.words) and (han < LONG_HAN or ranking.best >= HALF_HEARD)


def by_sound(
    query: Query, corpus: Corpus, ranking: Ranking
) -> tuple[Ranking, tuple[list[list[str]], ...], list[tuple[str, float, float]]]:
    """Return ``ranking`` bettered by what sounds alike, or by the phrase whose initials were typed."""
    phrase = corpus.lexicon.of_initials("".join(query.words)) if "".join(query.words).isascii() else None
    if phrase:
        text = fold(phrase.text)
        made = rank_words(parse_text(text[:100]).words, corpus, query.place)
        return better(ranking, scaled(made, HEARD), corpus.slots), ([[text]],), [(text, HEARD, made.best)]
    made, heard = rank_heard(query.words, corpus, query.place)
    tried = [("听起来像", HEARD, made.best)] if len(made.docs) else []
    return better(ranking, scaled(made, HEARD), corpus.slots), heard, tried


def hearing(heard: tuple[list[list[str]], ...], kept: Ranking, order: Whole, query: Query, corpus: Corpus) -> str:
    """Return what was probably meant: the candidates that stand in the first result as one."""
    if not heard or not len(order):
        return ""
    number = int(kept.docs[order[0]])
    text = closed(fold(f"{corpus.record(number).title}\n{corpus.text(number)}"))
    found = [said(steps, text) if len(steps[0][0]) == 2 else steps[0][0] for steps in heard if steps and steps[0]]
    meant = " ".join(found) if all(found) else ""
    return meant if meant != " ".join(query.words) else ""


def with_phrases(kept: Ranking, query: Query, corpus: Corpus) -> Ranking:
    """Return ``kept`` without documents in which the terms of a phrase do not follow one another."""
    for phrase in query.phrases:
        made = gather(query_terms(list(phrase), whole=True), corpus, query.place)
        left = made.gathered[kept.docs] >> EXACT & 63 == made.terms
        kept = kept.where(left)
    return kept


def proven(account: Account, query: Query, corpus: Corpus) -> Whole:
    """Return the order without documents that do not hold the phrases word for word, read as far as the page needs.

    Where hardly any does, reading ends after some 120 texts, and what was not read is no result.
    """
    if not query.phrases:
        return account.order
    wanted = query.page * query.limit
    kept: list[int] = []
    for read, place in enumerate(account.order[: MOST_READ + wanted].tolist()):
        if len(kept) == wanted:
            return np.concatenate((np.array(kept, dtype=np.int64), account.order[read:]))
        if standing(query.phrases, int(account.ranking.docs[place]), query, corpus) > 1.0:
            kept.append(place)
    return np.array(kept, dtype=np.int64)


def page_of(order: Whole, account: Account, query: Query, corpus: Corpus) -> list[Placed]:
    """Return the documents of the page: where the wording only seemed to stand, the score is lowered again.

    The first ``WHOLLY_READ`` are read to the end for it; of the others the title and the beginning of the text count.
    """
    made = []
    ranking = account.ranking
    for at, place in enumerate(order[(query.page - 1) * query.limit :][: query.limit].tolist()):
        number, score, claim = int(ranking.docs[place]), float(ranking.scores[place]), float(ranking.claims[place])
        if claim > 1.0 and any(len(word) > 2 for word in query.words):
            truth = standing([(word,) for word in query.words], number, query, corpus, whole=at < WHOLLY_READ)
            score = score / claim * min(truth, claim)
            claim = truth
        made.append(Placed(number, score, claim))
    return made if query.sort == "date" else sorted(made, key=lambda placed: -placed.score)


def standing(
    wanted: Sequence[tuple[str, ...]], number: int, query: Query, corpus: Corpus, *, whole: bool = True
) -> float:
    """Return by what a document is raised in which every phrase of ``wanted`` stands: by title, by text, by nothing.

    Unless ``whole``, a long text is read as far as its first part goes.
    """
    record = corpus.record(number)
    if holds(record.title, wanted):
        return EXACT_TITLE
    if query.place == "title":
        return 1.0
    there = holds(f"{record.title}\n{record.head}", wanted) or (
        whole and record.more and holds(f"{record.title}\n{corpus.text(number)}", wanted)
    )
    return EXACT_TEXT if there else 1.0


def holds(text: str, wanted: Sequence[tuple[str, ...]]) -> bool:
    """Return whether every phrase stands in ``text``; between the runs of one there is nothing but punctuation."""
    folded = closed(plain(text))
    if all(len(phrase) == 1 for phrase in wanted):
        return all(phrase[0] in folded for phrase in wanted)
    stripped = GAP.sub("\n", folded)
    return all("\n".join(phrase) in stripped for phrase in wanted)


def answer(query: Query, corpus: Corpus) -> SearchResults:
    """Return the results of ``query``: hits of its page, facets over all of them, suggestion, notes."""
    began = perf_counter()
    if not query.words:
        return SearchResults(query=query.text, generation=corpus.generation)
    account = consider(query, corpus)
    order = proven(account, query, corpus)
    total = len(order)
    words = marked_words(query, account)
    hits = tuple(hit(placed, words, query, corpus) for placed in page_of(order, account, query, corpus))
    return SearchResults(
        query=query.text, total=total, hits=hits, facets=count_facets(query, corpus, account.ranking.docs[order]),
        suggestion=account.said, featured=featured(query, corpus), notes=notes(account), page=query.page,
        pages=max(1, -(-total // query.limit)), generation=corpus.generation, took_ms=round((perf_counter() - began) * 1000, 3),
    )  # fmt: skip


def marked_words(query: Query, account: Account) -> tuple[str, ...]:
    """Return the words to mark: the query's, those of its variants, and those heard."""
    extra = [word for other in account.variants for word in parse_text(other.text[:100]).words]
    return tuple(dict.fromkeys((*query.words, *extra, *account.said.split())))


def hit(placed: Placed, words: Sequence[str], query: Query, corpus: Corpus) -> Hit:
    """Return a document as a hit; its passage comes from the first part of the text unless that has nothing to show."""
    record = corpus.record(placed.number)
    enough = holds_all(record.head, query.words) if placed.claim > 1.0 else holds_any(record.head, words)
    text = corpus.text(placed.number) if record.more and not enough else record.head
    return Hit(
        id=record.id, url=record.url, title=record.title, section=record.section, section_title=record.section_title,
        type=record.type, type_title=record.type_title, date=record.date, snippet=passage(text, words),
        heading=mark(record.title, words), score=placed.score,
    )  # fmt: skip


def notes(account: Account) -> tuple[str, ...]:
    """Return sentences about old names that were used."""
    return tuple(dict.fromkeys(note for other in account.variants if (note := other.synonym.note())))


def featured(query: Query, corpus: Corpus) -> tuple[Featured, ...]:
    """Return the person, program or column that the query names."""
    found = []
    for text in tuple(dict.fromkeys((" ".join(query.words), *query.words)))[:MOST_NAMED]:
        phrase = corpus.lexicon.exact.get(text)
        if phrase and phrase.kind in FEATURED:
            found.append(Featured(kind=phrase.kind, title=phrase.text, url=phrase.url, count=phrase.count))
    return tuple(found[:2])
