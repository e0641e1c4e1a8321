"""What is answered: hits, facets, suggestion. The same JSON from the service and from the script in the browser."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

Marked = tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One result; ``snippet`` is pieces of plain text, each with whether it is marked, and so is ``heading``."""

    id: str
    url: str
    title: str
    section: str
    section_title: str
    type: str
    type_title: str
    date: str
    snippet: Marked
    heading: Marked
    score: float

    def to_json(self) -> dict[str, Any]:
        """Return the JSON value; the snippet is HTML with ``<mark>``, everything else in it escaped."""
        return {
            "id": self.id, "url": self.url, "title": self.title, "section": self.section, "section_title": self.section_title,
            "type": self.type, "type_title": self.type_title, "date": self.date, "snippet": marked_html(self.snippet),
            "score": round(self.score, 6),
        }  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetValue:
    """One value to filter by, with how many results it leaves; ``chosen`` says that it is filtered by now."""

    key: str
    title: str
    count: int
    chosen: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Facet:
    """The values of one field, most frequent first; years newest first. ``name`` is the parameter of the address."""

    name: str
    title: str
    values: tuple[FacetValue, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Featured:
    """A person, program or column that the query names; shown on top."""

    kind: str
    title: str
    url: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchResults:
    """Everything about one question; ``notes`` are sentences for the visitor."""

    query: str
    total: int = 0
    took_ms: float = 0.0
    hits: tuple[Hit, ...] = ()
    facets: tuple[Facet, ...] = ()
    suggestion: str = ""
    featured: tuple[Featured, ...] = ()
    notes: tuple[str, ...] = ()
    page: int = 1
    pages: int = 1
    generation: str = ""

    def to_json(self) -> dict[str, Any]:
        """Return the JSON value that ``/search.json`` and the command line answer with."""
        return {
            "query": self.query, "total": self.total, "took_ms": self.took_ms, "hits": [hit.to_json() for hit in self.hits],
            "facets": {
                facet.name: [{"key": value.key, "title": value.title, "count": value.count} for value in facet.values]
                for facet in self.facets
            },
            "suggestion": self.suggestion, "featured": [
                {"kind": found.kind, "title": found.title, "url": found.url, "count": found.count} for found in self.featured
            ],
            "notes": list(self.notes), "page": self.page, "pages": self.pages, "generation": self.generation,
        }  # fmt: skip


def escape(text: str) -> str:
    """Return ``text`` for use in HTML text and attributes."""
    return (
        text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace('"', "&quot;")
        .replace("'", "&#x27;")
    )


def marked_html(pieces: Marked) -> str:
    """Return ``pieces`` as HTML in which only ``<mark>`` is markup.

    >>> marked_html((("a<b", False), ("计生", True)))
    'a&lt;b<mark>计生</mark>'
    """
    return "".join(f"<mark>{escape(text)}</mark>" if marked else escape(text) for text, marked in pieces)
