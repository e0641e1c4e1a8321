"""Tasks of the search: ``inv search.query``, ``inv search.explain``, ``inv search.stats``."""

from __future__ import annotations

from pathlib import Path

from invoke.collection import Collection
from invoke.context import Context
from invoke.tasks import task

INDEX = "search-index"


@task(help={"words": "要找的内容", "index": "索引目录", "limit": "最多几条"})
def query(_: Context, words: str, index: str = INDEX, limit: int = 10) -> None:
    """查询搜索索引。"""
    from plugins.search.__main__ import main

    raise SystemExit(main(["query", words, "--index", index, "--limit", str(limit)]))


@task(help={"words": "要找的内容", "index": "索引目录"})
def explain(_: Context, words: str, index: str = INDEX) -> None:
    """说明结果为什么是这个顺序。"""
    from plugins.search.explain import explain as account
    from plugins.search.grammar import QueryError, parse_text
    from plugins.search.store import IndexDamagedError, IndexMissingError, open_current

    try:
        print(account(parse_text(words), open_current(Path(index))))
    except (QueryError, IndexMissingError, IndexDamagedError) as problem:
        raise SystemExit(str(problem)) from None


@task(help={"index": "索引目录"})
def stats(_: Context, index: str = INDEX) -> None:
    """显示索引有多少文档、多大。"""
    from plugins.search.store import IndexDamagedError, IndexMissingError
    from plugins.search.store import stats as count

    try:
        found = count(Path(index))
    except (IndexMissingError, IndexDamagedError) as problem:
        raise SystemExit(str(problem)) from None
    print(
        f"{found['generation']}：{found['documents']}篇文档，{found['segments']}段，{found['terms']}个词条，{found['postings']}条记录"
    )
    for name, size in found["bytes"].items():
        print(f"  {size / 1e6:8.2f} MB  {name}")


search = Collection("search", query, explain, stats)
