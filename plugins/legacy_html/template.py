"""What the pages of one site have in common: lines that most of them repeat are furniture."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from plugins.legacy_html.document import LegacyDocument

LEAST_PAGES = 3
SHARE = 0.5


def learn(pages: Iterable[LegacyDocument]) -> frozenset[str]:
    """The lines that stand in at least half of these parsed pages (three at least); none for fewer pages."""
    seen, count = Counter[str](), 0
    for page in pages:
        seen.update({block.text for block in page.extracted if block.text})
        count += 1
    least = max(LEAST_PAGES, SHARE * count)
    return frozenset(text for text, times in seen.items() if times >= least)
