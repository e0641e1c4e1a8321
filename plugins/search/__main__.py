"""The command line: ``python -m plugins.search query|build|serve``."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from plugins.search.answer import SearchResults
from plugins.search.document import DocumentError, read_documents
from plugins.search.engine import answer
from plugins.search.grammar import QueryError, parse_parameters
from plugins.search.index import build_index
from plugins.search.store import IndexDamagedError, IndexMissingError, open_current
from plugins.search.synonyms import read_synonyms

INDEX = Path("search-index")


def parser() -> argparse.ArgumentParser:
    """Return the parser of the command line."""
    made = argparse.ArgumentParser(prog="python -m plugins.search", description="建立索引，查询，提供搜索服务。")
    commands = made.add_subparsers(dest="command", required=True)
    query = commands.add_parser("query", help="查询")
    query.add_argument("words", nargs="+")
    query.add_argument("--index", type=Path, default=INDEX)
    query.add_argument("--json", action="store_true", help="输出 JSON")
    query.add_argument("--limit", type=int, default=10)
    build = commands.add_parser("build", help="从 JSON 行建立索引")
    build.add_argument("--documents", type=Path, required=True)
    build.add_argument("--index", type=Path, required=True)
    build.add_argument("--static", type=Path, default=None, help="浏览器用的静态文件写到这里")
    build.add_argument("--synonyms", type=Path, default=None, help="同义词，JSON：[[名称, 名称], …]")
    build.add_argument("--hot-words", default="", help="热门词，用逗号分开")
    build.add_argument("--full", action="store_true", help="全部重建")
    serve = commands.add_parser("serve", help="用 gunicorn 提供搜索服务")
    serve.add_argument("--index", type=Path, required=True)
    serve.add_argument("--bind", default="127.0.0.1:8001")
    serve.add_argument("--workers", type=int, default=2)
    serve.add_argument(
        "--page", type=Path, default=None, help="建好的搜索页（output/search/index.html），结果写进这一页"
    )
    return made


def drawn(results: SearchResults) -> str:
    """Return ``results`` for a terminal."""
    lines = [f"“{results.query}”：{results.total} 条，{results.took_ms} 毫秒"]
    if results.suggestion:
        lines.append(f"您要找的是不是：{results.suggestion}")
    lines += [f"{found.title}（{found.count}篇）{found.url}" for found in results.featured] + list(results.notes)
    for number, hit in enumerate(results.hits, 1):
        snippet = "".join(f"【{text}】" if marked else text for text, marked in hit.snippet)
        lines.append(
            f"{number:>2}. {hit.title}（{hit.section_title or '—'}，{hit.date or '无日期'}，{hit.score:.3f}）\n    {hit.url}\n    {snippet}"
        )
    return "\n".join(lines)


def run_query(options: argparse.Namespace) -> int:
    """Answer one query; 2 for a query that is refused."""
    values = {"q": " ".join(options.words), "limit": str(max(1, min(50, options.limit)))}
    results = answer(parse_parameters(values), open_current(options.index))
    print(json.dumps(results.to_json(), ensure_ascii=False) if options.json else drawn(results))
    return 0


def run_build(options: argparse.Namespace) -> int:
    """Build index and static files from JSON lines."""
    synonyms = read_synonyms(options.synonyms) if options.synonyms else ()
    hot_words = tuple(word for word in options.hot_words.replace("，", ",").split(",") if word)
    report = build_index(
        read_documents(options.documents),
        options.index,
        options.static,
        synonyms=synonyms,
        hot_words=hot_words,
        full=options.full,
    )
    how = "全部重建" if report.rebuilt else f"增加或更新{report.added}篇，移去{report.removed}篇"
    print(f"{report.generation}：{report.documents}篇文档，{how}，写出静态文件{report.files}个。")
    return 0


def run_serve(options: argparse.Namespace) -> int:
    """Serve until told to stop."""
    from plugins.search.server import serve

    return serve(options.index, options.bind, options.workers, options.page)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; 2 and a Chinese sentence for what the caller can mend."""
    options = parser().parse_args(arguments)
    run = {"query": run_query, "build": run_build, "serve": run_serve}[options.command]
    try:
        return int(run(options))
    except (QueryError, IndexMissingError, IndexDamagedError, DocumentError) as problem:
        print(problem, file=sys.stderr)
    except FileNotFoundError as problem:
        print(f"找不到文件：{problem.filename}", file=sys.stderr)
    except ValueError as problem:
        print(f"内容不可用：{problem}", file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main())
