"""The Whoosh schema: which fields a stock Whoosh query may name, and the analyzer that cuts its words as the index does."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from whoosh.analysis import Analyzer, Token
from whoosh.fields import ID, KEYWORD, STORED, TEXT, Schema

from plugins.search.analysis import index_terms, pairs, runs


class PairAnalyzer(Analyzer):  # type: ignore[misc]
    """Yield the terms of ``plugins.search.analysis`` as Whoosh tokens."""

    def __call__(
        self, value: str, mode: str = "", positions: bool = False, chars: bool = False, **_: Any
    ) -> Iterator[Token]:
        """Yield tokens: in a query the pairs, while indexing the lone edges too."""
        token = Token(positions, chars, removestops=False, mode=mode)
        terms = index_terms(value) if mode == "index" else (term for run in runs(value) for term in pairs(run))
        for position, term in enumerate(terms):
            token.text = token.original = term
            token.boost, token.stopped, token.pos = 1.0, False, position
            yield token


def search_schema() -> Schema:
    """Return the schema: ``content`` and ``title`` hold pairs, ``id``, ``section``, ``type`` … whole values."""
    pair = PairAnalyzer()
    return Schema(
        id=ID(unique=True, stored=True), url=STORED, date=STORED,
        title=TEXT(analyzer=pair, phrase=False, stored=True), content=TEXT(analyzer=pair, phrase=False),
        section=ID(stored=True), type=ID(stored=True),
        person=KEYWORD(commas=True), program=KEYWORD(commas=True), tag=KEYWORD(commas=True),
    )  # fmt: skip
