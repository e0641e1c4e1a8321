"""Why this order: how a query was read, which terms count how much, and what each of the first results gathered."""

from __future__ import annotations

from collections.abc import Iterator

from plugins.search.analysis import query_terms
from plugins.search.corpus import Corpus
from plugins.search.engine import consider, page_of, proven
from plugins.search.grammar import MOST_TERMS, Query
from plugins.search.plan import rarity, told


def explain(query: Query, corpus: Corpus) -> str:
    """Return the account of ``query`` as lines for a terminal, in Chinese."""
    return "\n".join(lines(query, corpus))


def lines(query: Query, corpus: Corpus) -> Iterator[str]:
    """Yield the lines of ``explain``."""
    terms = query_terms(list(query.words))[:MOST_TERMS]
    asked = {term.text for term in told(terms, corpus)}
    yield f"读作：{' '.join(query.words)}（{len(terms)}个字对）"
    for term in terms:
        count = corpus.size(term.text)
        weight = f"分量{rarity(corpus.count, count)}" if term.text in asked else "太常见，不计"
        yield f"  {term.text}  {count}篇  {weight}"
    account = consider(query, corpus)
    for text, factor, best in account.wordings:
        yield f"说法：{text}  系数{factor:g}  最好的一篇占{best:.0%}"
    order = proven(account, query, corpus)
    yield f"共{len(order)}条"
    places = {int(account.ranking.docs[at]): at for at in order.tolist()}
    for rank, placed in enumerate(page_of(order, account, query, corpus), 1):
        record, at = corpus.record(placed.number), places[placed.number]
        claim = {1.0: "文字不连续"}.get(placed.claim, "标题里原样出现" if placed.claim == 1.6 else "正文里原样出现")
        yield f"{rank:>2}. {placed.score:.4f}  占{account.ranking.cover[at]:.0%}  {claim}  {record.date}  {record.title}"
