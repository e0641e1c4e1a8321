"""A generated corpus, indexed once a session, and its queries."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))

import corpus as generator

from plugins.search.corpus import Corpus
from plugins.search.document import SearchDocument
from plugins.search.index import build_index
from plugins.search.store import open_current
from plugins.search.synonyms import Synonym

SYNONYMS = (
    Synonym(names=("计生协", "计划生育协会")),
    Synonym(names=("示例健康局", "示例计生局"), old="示例计生局", since=2013, until=2018),
)


def document_of(article: generator.Article) -> SearchDocument:
    """Return a generated article as a document."""
    return SearchDocument(
        id=article.id, url=article.url, title=article.title, body=article.body, section=article.section, section_title=article.section_title,
        type=article.type, type_title=article.type_title, date=article.date, people=article.people, programs=article.programs,
        keywords=article.keywords, region=article.region,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Site:
    """An indexed corpus."""

    articles: tuple[generator.Article, ...]
    documents: tuple[SearchDocument, ...]
    index: Path
    static: Path
    corpus: Corpus


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """400 articles, index and static files."""
    folder = tmp_path_factory.mktemp("site")
    articles = tuple(generator.articles(400))
    documents = tuple(map(document_of, articles))
    build_index(
        documents, folder / "index", folder / "www" / "search-index", synonyms=SYNONYMS, hot_words=("优生优育",)
    )
    return Site(articles, documents, folder / "index", folder / "www" / "search-index", open_current(folder / "index"))


@pytest.fixture
def opened(tmp_path: Path) -> Callable[..., Corpus]:
    """Return a function that indexes documents given as keyword arguments and opens the index."""

    def make(*rows: dict[str, object], synonyms: tuple[Synonym, ...] = (), hot_words: tuple[str, ...] = ()) -> Corpus:
        documents = [
            SearchDocument(**{"id": f"d{at}", "url": f"/d{at}/", "title": "", **row}) for at, row in enumerate(rows)
        ]  # type: ignore[arg-type]
        build_index(documents, tmp_path / "index", synonyms=synonyms, hot_words=hot_words, full=True)
        return open_current(tmp_path / "index")

    return make
