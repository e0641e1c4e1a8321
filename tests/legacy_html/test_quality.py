"""The floor under the quality of extraction, on invented pages of forty layouts; it only rises."""

from __future__ import annotations

import re
from functools import cache
from statistics import mean

import pytest

from plugins.legacy_html.document import LegacyDocument
from plugins.legacy_html.metadata import iso
from plugins.legacy_html.pipeline import clean
from tests.legacy_html.newsroom import Gold, samples
from tests.legacy_html.scoring import f1

FLOOR = {"text": 0.999, "title": 1.0, "date": 1.0, "author": 1.0, "source": 1.0, "column": 1.0}
WITHOUT_HINTS = {"text": 0.998, "title": 0.99, "date": 0.99, "author": 0.99, "source": 0.99, "column": 0.95}
HINT = re.compile(r' (?:class|id)=("[^"]*"|[^ >]+)')


def scores(document: LegacyDocument, gold: Gold) -> dict[str, float]:
    held = document.metadata
    return {
        "text": f1(document.text, gold.text),
        "title": held.title == gold.title,
        "date": iso(held.date)[:10] == gold.date,
        "author": "、".join(author.name for author in held.authors) == gold.author,
        "source": held.source_name == gold.source,
        "column": held.column == gold.column,
    }


@cache
def means(hints: bool) -> dict[str, float]:
    found = list[dict[str, float]]()
    for one in samples(range(2)):
        html = one.html if hints else HINT.sub("", one.html)
        found.append(scores(clean(LegacyDocument(source=one.name, raw=html.encode(one.encoding, "replace"))), one.gold))
    assert min(score["text"] for score in found) > 0.3  # no page comes out empty
    return {name: mean(score[name] for score in found) for name in FLOOR}


@pytest.mark.parametrize("name", FLOOR)
def test_quality_floor(name: str) -> None:
    assert means(True)[name] >= FLOOR[name]


@pytest.mark.parametrize("name", FLOOR)
def test_quality_floor_where_no_class_or_id_helps(name: str) -> None:
    assert means(False)[name] >= WITHOUT_HINTS[name]
