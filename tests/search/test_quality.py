"""Search quality over the generated corpus. The floors may only rise."""

from __future__ import annotations

from collections import defaultdict
from statistics import mean

import pytest

TUNED, HELD, PLAIN = 0.97, 0.97, 0.99


def quality(site, seed: int) -> dict[str, float]:  # type: ignore[no-untyped-def]
    from search_queries import queries, reciprocal_rank

    from plugins.search.engine import answer
    from plugins.search.grammar import parse_text

    ranks = defaultdict(list)
    for known in queries(site.articles, 12, seed):
        found = [hit.id for hit in answer(parse_text(known.text), site.corpus).hits]
        ranks[known.kind].append(reciprocal_rank(found, known.gold))
    return {kind: mean(values) for kind, values in ranks.items()}


@pytest.mark.parametrize(("seed", "floor"), [(11, TUNED), (97, HELD)], ids=["tuning", "held out"])
def test_known_items_are_found(site, seed: int, floor: float) -> None:  # type: ignore[no-untyped-def]
    ranks = quality(site, seed)
    assert len(ranks) == 14
    assert mean(ranks.values()) >= floor, ranks
    assert min(ranks["plain"], ranks["name"]) >= PLAIN
    assert min(ranks.values()) >= 0.75, ranks
