"""The peers search is measured against: each builds an index in a folder and returns a function from a query to ten ids.

Text is given to tantivy and FTS5 as character pairs, folded as ours, so that the comparison is of engines, not of folding. All keep the text,
because a passage of it has to be shown.
"""

from __future__ import annotations

import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Sequence
from html import escape
from pathlib import Path

from corpus import Article

from plugins.search.analysis import pairs, runs

Ask = Callable[[str], list[str]]
PUNCTUATION = re.compile(r"[^\w]+")


def paired(text: str) -> str:
    """Return the pairs of ``text``, parted by spaces."""
    return " ".join(pair for run in runs(text) for pair in pairs(run))


def whoosh_jieba(articles: Sequence[Article], folder: Path) -> Ask:
    """Stock Whoosh with jieba's ChineseAnalyzer, all words required."""
    import jieba
    from jieba.analyse.analyzer import ChineseAnalyzer
    from whoosh.fields import ID, TEXT, Schema
    from whoosh.index import create_in
    from whoosh.qparser import MultifieldParser

    jieba.setLogLevel(60)
    analyzer = ChineseAnalyzer()
    schema = Schema(
        id=ID(stored=True),
        title=TEXT(analyzer=analyzer, stored=True, field_boost=6.0),
        body=TEXT(analyzer=analyzer, stored=True),
    )
    index = create_in(str(folder), schema)
    writer = index.writer(limitmb=512)
    for article in articles:
        writer.add_document(id=article.id, title=article.title, body=article.body)
    writer.commit()
    searcher = index.searcher()
    parser = MultifieldParser(["title", "body"], schema)

    def ask(text: str) -> list[str]:
        return [hit["id"] for hit in searcher.search(parser.parse(PUNCTUATION.sub(" ", text)), limit=10)]

    return ask


def tantivy_pairs(articles: Sequence[Article], folder: Path, *, every: bool = True) -> Ask:
    """Tantivy over pairs; ``every`` requires all of them."""
    import tantivy

    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw")
    for name in ("title", "body"):
        builder.add_text_field(name, stored=False, tokenizer_name="whitespace", index_option="freq")
    builder.add_bytes_field("shown", stored=True)
    schema = builder.build()
    index = tantivy.Index(schema, path=str(folder))
    writer = index.writer(heap_size=256_000_000, num_threads=1)
    for article in articles:
        writer.add_document(
            tantivy.Document(
                id=article.id,
                title=paired(article.title),
                body=paired(article.body),
                shown=f"{article.title}\n{article.body}".encode(),
            )
        )
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()

    def ask(text: str) -> list[str]:
        words = paired(text).split()
        if not words:
            return []
        plus = "+" if every else ""
        query = index.parse_query(
            " ".join(f'{plus}"{word}"' for word in words), ["title", "body"], field_boosts={"title": 6.0}
        )
        return [searcher.doc(address)["id"][0] for _, address in searcher.search(query, 10).hits]

    return ask


def tantivy_any(articles: Sequence[Article], folder: Path) -> Ask:
    """Tantivy over pairs, none required."""
    return tantivy_pairs(articles, folder, every=False)


def fts5_pairs(articles: Sequence[Article], folder: Path) -> Ask:
    """SQLite FTS5 over pairs, all required."""
    base = sqlite3.connect(folder / "fts.db")
    base.execute("CREATE VIRTUAL TABLE page USING fts5(id UNINDEXED, title, body, detail=full)")
    base.executemany(
        "INSERT INTO page VALUES (?, ?, ?)",
        ((article.id, paired(article.title), paired(article.body)) for article in articles),
    )
    base.execute("INSERT INTO page(page) VALUES ('optimize')")
    base.commit()

    def ask(text: str) -> list[str]:
        words = " ".join(f'"{word}"' for word in paired(text).split())
        if not words:
            return []
        return [
            row[0]
            for row in base.execute(
                "SELECT id FROM page WHERE page MATCH ? ORDER BY bm25(page, 0, 6.0, 1.0) LIMIT 10", (words,)
            )
        ]

    return ask


def pagefind(articles: Sequence[Article], folder: Path) -> Ask | None:
    """Pagefind over HTML pages; it is asked in a browser only, so there is no function to ask."""
    import pagefind as _  # noqa: F401 (its program comes with it)

    for article in articles:
        page = folder / article.url.strip("/")
        page.mkdir(parents=True)
        body = "".join(f"<p>{escape(part)}</p>" for part in article.body.split("\n"))
        (page / "index.html").write_text(
            f'<html lang="zh-CN"><title>{escape(article.title)}</title><main data-pagefind-body><h1>{escape(article.title)}</h1>{body}</main></html>',
            "utf-8",
        )
    subprocess.run([sys.executable, "-m", "pagefind", "--site", str(folder), "--silent"], check=True)
    return None


PEERS: dict[str, Callable[[Sequence[Article], Path], Ask | None]] = {
    "whoosh": whoosh_jieba, "tantivy": tantivy_pairs, "tantivy-or": tantivy_any, "fts5": fts5_pairs, "pagefind": pagefind,
}  # fmt: skip
TITLES = {
    "whoosh": "Whoosh + jieba, stock",
    "tantivy": "tantivy, pairs, AND",
    "tantivy-or": "tantivy, pairs, OR",
    "fts5": "SQLite FTS5, pairs",
    "pagefind": "Pagefind",
}
