"""Answer a query from an opened corpus: the whole plan, and an account of it for those who ask why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from time import perf_counter

import numpy as np

from plugins.search.answer import Featured, Hit, SearchResults
from plugins.search.characters import closed, fold
from plugins.search.corpus import Corpus
from plugins.search.facets import allowed, count_facets
from plugins.search.grammar import Query, parse_text
from plugins.search.plan import NOTHING, SYNONYM, Ranking, Whole, answers, better, ordered, rank_words, scaled
from plugins.search.snippets import holds_all, mark, passage
from plugins.search.sound import HEARD, rank_heard, said
from plugins.search.synonyms import Variant, variants

FEATURED = frozenset({"person", "program", "section", "topic"})
MOST_CHECKED = 600  # documents whose text is read to prove a phrase


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """How an answer came about: each wording that was tried, its factor, and how much of it the best document has."""

    wordings: tuple[tuple[str, float, float], ...]
    ranking: Ranking
    order: Whole
    said: str
    variants: tuple[Variant, ...]
    rejected: int = 0


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
    if ranking.best < 1.0 and not query.phrases and query.words:
        ranking, heard, tried = by_sound(query, corpus, ranking)
        wordings += tried
    kept = answers(ranking)
    mask = allowed(query, corpus)
    if mask is not None:
        left = mask[kept.docs]
        kept = Ranking(kept.docs[left], kept.scores[left], kept.cover[left], kept.best)
    order = ordered(kept, corpus, query)
    return Account(
        wordings=tuple(wordings),
        ranking=kept,
        order=order,
        said=hearing(heard, kept, order, query, corpus),
        variants=others,
    )


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


def proven(account: Account, query: Query, corpus: Corpus) -> Account:
    """Return ``account`` without documents that do not hold the quoted phrases as they are."""
    if not query.phrases:
        return account
    kept = [place for place in account.order[:MOST_CHECKED] if stands(query, int(account.ranking.docs[place]), corpus)]
    order = np.array(kept, dtype=np.int64)
    ranking = account.ranking
    return Account(
        wordings=account.wordings,
        ranking=ranking,
        order=order,
        said=account.said,
        variants=account.variants,
        rejected=len(account.order) - len(kept),
    )


def stands(query: Query, number: int, corpus: Corpus) -> bool:
    """Return whether each phrase stands in the document; runs of a phrase may be parted by punctuation only."""
    title = corpus.record(number).title
    text = f"{title}\n" if query.place == "title" else f"{title}\n{corpus.text(number)}"
    stripped = "\x00".join(runs_of(text))
    return all("\x00".join(phrase) in stripped for phrase in query.phrases)


def runs_of(text: str) -> Sequence[str]:
    """Return the runs of ``text``, without refusing anything."""
    from plugins.search.analysis import runs

    return runs(text)


def answer(query: Query, corpus: Corpus) -> SearchResults:
    """Return the results of ``query``: hits of its page, facets over all of them, suggestion, notes."""
    began = perf_counter()
    if not query.words:
        return SearchResults(query=query.text, generation=corpus.generation)
    account = proven(consider(query, corpus), query, corpus)
    total = len(account.order)
    first = (query.page - 1) * query.limit
    shown = account.order[first : first + query.limit]
    words = marked_words(query, account)
    hits = tuple(hit(int(account.ranking.docs[at]), float(account.ranking.scores[at]), words, corpus) for at in shown)
    return SearchResults(
        query=query.text, total=total, hits=hits, facets=count_facets(query, corpus, account.ranking.docs[account.order]),
        suggestion=account.said, featured=featured(query, corpus), notes=notes(account), page=query.page,
        pages=max(1, -(-total // query.limit)), generation=corpus.generation, took_ms=round((perf_counter() - began) * 1000, 3),
    )  # fmt: skip


def marked_words(query: Query, account: Account) -> tuple[str, ...]:
    """Return the words to mark: the query's, those of its variants, and those heard."""
    extra = [word for other in account.variants for word in parse_text(other.text[:100]).words]
    return tuple(dict.fromkeys((*query.words, *extra, *account.said.split())))


def hit(number: int, score: float, words: Sequence[str], corpus: Corpus) -> Hit:
    """Return the document ``number`` as a hit; its passage is sought in its first part, and in all of it if need be."""
    record = corpus.record(number)
    text = record.head
    if record.more and not holds_all(text, words):
        text = corpus.text(number)
    return Hit(
        id=record.id, url=record.url, title=record.title, section=record.section, section_title=record.section_title,
        type=record.type, type_title=record.type_title, date=record.date, snippet=passage(text, words),
        heading=mark(record.title, words), score=score,
    )  # fmt: skip


def notes(account: Account) -> tuple[str, ...]:
    """Return sentences about old names that were used."""
    return tuple(dict.fromkeys(note for other in account.variants if (note := other.synonym.note())))


def featured(query: Query, corpus: Corpus) -> tuple[Featured, ...]:
    """Return the person, program or column that the query names."""
    found = []
    for text in dict.fromkeys((" ".join(query.words), *query.words)):
        phrase = corpus.lexicon.exact.get(text)
        if phrase and phrase.kind in FEATURED:
            found.append(Featured(kind=phrase.kind, title=phrase.text, url=phrase.url, count=phrase.count))
    return tuple(found[:2])


__all__ = ["NOTHING", "Account", "answer", "consider"]
