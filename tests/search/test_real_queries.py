"""Search quality over the site's own content. The floors may only rise."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

import pytest

from plugins.assembly.configuration import configured
from plugins.assembly.old_addresses import old_addresses
from plugins.assembly.outputs import compose_site
from plugins.assembly.search import search_documents, synonyms_of
from plugins.assembly.site import gather
from plugins.search.corpus import Corpus
from plugins.search.engine import answer
from plugins.search.grammar import parse_text
from plugins.search.index import build_index
from plugins.search.store import open_current

ROOT = Path(__file__).parents[2]
NOW = "2026-11-23T12:00:00+08:00"
TUNED, HELD, EACH_KIND = 0.96, 0.96, 0.6


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A query of a kind, the addresses that are right, and whether it is held out from tuning."""

    kind: str
    text: str
    right: frozenset[str]
    held_out: bool


def asked() -> Iterator[Asked]:
    """Yield the rows of ``real_queries.tsv``; rows of a kind are for tuning and held out by turns."""
    seen: dict[str, int] = defaultdict(int)
    for line in (Path(__file__).parent / "real_queries.tsv").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            kind, text, right = line.split("\t")
            yield Asked(kind=kind, text=text, right=frozenset(right.split()), held_out=bool(seen[kind] % 2))
            seen[kind] += 1


QUERIES = tuple(asked())


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    """The site's public pages, indexed as a build would."""
    folder = tmp_path_factory.mktemp("real")
    lines = ('SITENAME = "试验站"', 'SITEURL = "https://www.example.org"', f"THEME = {str(ROOT / 'theme')!r}")
    (folder / "pelicanconf.py").write_text("\n".join(lines) + "\n", "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XIEHUI_NOW", NOW)
        site = gather(configured(folder / "pelicanconf.py", PATH=str(ROOT / "content")), jobs=1)
        documents = tuple(search_documents(site, compose_site(site, old_addresses(site)[0]).composition.pages()))
    build_index(documents, folder / "index", synonyms=synonyms_of(site.registers), hot_words=site.registers.hot_words)
    return open_current(folder / "index")


def rank(query: Asked, corpus: Corpus) -> float:
    """Return one by the place of the first right hit, 0 if there is none on the first page."""
    found = (hit.url.strip("/") for hit in answer(parse_text(query.text), corpus).hits)
    return next((1 / place for place, url in enumerate(found, 1) if url in query.right), 0.0)


def test_the_set_is_worth_measuring_with(content: Corpus) -> None:
    assert len(QUERIES) >= 60
    assert len({query.text for query in QUERIES}) == len(QUERIES)
    urls = {content.record(number).url.strip("/") for number in range(content.slots)}
    assert not {url for query in QUERIES for url in query.right} - urls


@pytest.mark.parametrize(("held_out", "floor"), [(False, TUNED), (True, HELD)], ids=["tuning", "held out"])
def test_what_is_looked_for_is_found(content: Corpus, held_out: bool, floor: float) -> None:
    ranks = {query: rank(query, content) for query in QUERIES if query.held_out is held_out}
    kinds = defaultdict(list)
    for query, value in ranks.items():
        kinds[query.kind].append(value)
    missed = {query.text: round(value, 2) for query, value in ranks.items() if value < 1}
    assert mean(mean(values) for values in kinds.values()) >= floor, missed
    assert min(mean(values) for values in kinds.values()) >= EACH_KIND, missed
