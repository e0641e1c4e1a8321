"""Filters and their counts: which documents a filter leaves, and how many results each value would leave."""

from __future__ import annotations

from datetime import date

import numpy as np
import numpy.typing as npt

from plugins.search.answer import Facet, FacetValue
from plugins.search.corpus import Corpus, Mask
from plugins.search.grammar import Query

TITLES = {"section": "栏目", "type": "类型", "year": "年份", "person": "人物"}
MOST_VALUES = 12
Docs = npt.NDArray[np.int64]


def allowed(query: Query, corpus: Corpus) -> Mask | None:
    """Return which documents the filters of ``query`` leave; None for all."""
    if not query.filtered():
        return None
    made = corpus.alive.copy()
    for name, key in query.filters:
        keys, _, docs, codes = corpus.fields[name]
        having = np.zeros(corpus.slots, dtype=bool)
        if key in keys:
            having[docs[codes == keys.index(key)]] = True
        made &= having
    if query.since:
        made &= corpus.days >= query.since.toordinal()
    if query.until:
        made &= (corpus.days <= query.until.toordinal()) & (corpus.days > 0)
    return made


def count_facets(query: Query, corpus: Corpus, docs: Docs) -> tuple[Facet, ...]:
    """Return the facets of the results ``docs``: section, type, year, person."""
    inside = np.zeros(corpus.slots, dtype=bool)
    inside[docs] = True
    chosen = dict(query.filters)
    facets = [count_field(name, corpus, inside, chosen.get(name, "")) for name in ("section", "type")]
    facets += [count_years(query, corpus, docs), count_field("person", corpus, inside, chosen.get("person", ""))]
    return tuple(facet for facet in facets if facet.values)


def count_field(name: str, corpus: Corpus, inside: Mask, chosen: str) -> Facet:
    """Return the facet of a field, most frequent values first."""
    keys, titles, docs, codes = corpus.fields[name]
    counts = np.bincount(codes[inside[docs]], minlength=len(keys)) if len(keys) else np.zeros(0, dtype=np.int64)
    used = sorted((at for at in np.flatnonzero(counts)), key=lambda at: (-int(counts[at]), keys[at]))[:MOST_VALUES]
    values = (
        FacetValue(key=keys[at], title=titles[keys[at]], count=int(counts[at]), chosen=keys[at] == chosen)
        for at in used
    )
    return Facet(name=name, title=TITLES[name], values=tuple(values))


def count_years(query: Query, corpus: Corpus, docs: Docs) -> Facet:
    """Return the facet of years, newest first."""
    found, counts = np.unique(corpus.years[docs], return_counts=True)
    years = {year: count for year, count in zip(found.tolist(), counts.tolist(), strict=True) if year}
    whole = (
        query.since
        and query.until
        and (query.since, query.until) == (date(query.since.year, 1, 1), date(query.since.year, 12, 31))
    )
    chosen = query.since.year if whole and query.since else 0
    newest = sorted(years.items(), reverse=True)[:MOST_VALUES]
    values = tuple(
        FacetValue(key=str(year), title=f"{year}年", count=count, chosen=year == chosen) for year, count in newest
    )
    return Facet(name="year", title=TITLES["year"], values=values)
