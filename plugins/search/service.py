"""The search service, a plain WSGI callable: ``/search/``, ``/search.json``, ``/search/suggest`` and ``/health``."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

from plugins.search.answer import SearchResults
from plugins.search.engine import answer
from plugins.search.generations import Generations
from plugins.search.grammar import FORBIDDEN, MOST_CHARACTERS, QueryError, parse_parameters
from plugins.search.page import SearchPage
from plugins.search.shell import RenderPage
from plugins.search.store import IndexMissingError

AT_ONCE = 8
LONGEST_ADDRESS = 2_000
Headers = Sequence[tuple[str, str]]
Answer = tuple[str, Headers, bytes]
App = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
HTML, JSON, SUGGESTIONS = (
    "text/html; charset=utf-8",
    "application/json; charset=utf-8",
    "application/x-suggestions+json; charset=utf-8",
)
BUSY = "搜索的人太多，请稍后再试。"
AWAY = "搜索暂时不可用，请浏览栏目或查看网站地图。"


class RefusalError(Exception):
    """An answer that is no result: status line, sentence, and headers of its own."""

    def __init__(self, status: str, message: str, headers: Headers = ()) -> None:
        super().__init__(message)
        self.status, self.headers = status, headers


def create_app(index_dir: Path, *, render_page: RenderPage, headers: Headers = ()) -> App:
    """Return the WSGI callable over ``index_dir``. ``headers`` go with every answer, errors too.

    It answers GET and HEAD only, keeps no state, follows the pointer of the index, and searches at most eight times at once.
    """
    generations = Generations(index_dir)
    places = threading.BoundedSemaphore(AT_ONCE)
    routes: dict[str, Callable[[dict[str, str]], Answer]] = {
        "/search/": lambda values: search_page(values, generations, render_page),
        "/search.json": lambda values: search_json(values, generations),
        "/search/suggest": lambda values: suggest(values, generations),
    }

    def app(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        try:
            allow(environ)
            if path == "/health":
                status, own, body = health(generations)
            elif path in routes:
                status, own, body = within(places, lambda: routes[path](parameters(environ)))
            else:
                raise RefusalError("404 Not Found", "没有这个地址。")
        except RefusalError as refusal:
            status, own, body = refused(refusal, path, environ, render_page)
        start_response(status, [*headers, *own, ("Content-Length", str(len(body)))])
        return [] if environ.get("REQUEST_METHOD") == "HEAD" else [body]

    return app


def allow(environ: dict[str, Any]) -> None:
    """Refuse methods but GET and HEAD, and addresses that are too long."""
    if environ.get("REQUEST_METHOD") not in ("GET", "HEAD"):
        raise RefusalError("405 Method Not Allowed", "只能用 GET。", (("Allow", "GET, HEAD"),))
    if len(environ.get("QUERY_STRING", "")) > LONGEST_ADDRESS:
        raise RefusalError("414 URI Too Long", "查询内容太长。")


def parameters(environ: dict[str, Any]) -> dict[str, str]:
    """Return the parameters of the address; refuses doubled ones and what is not UTF-8."""
    try:
        pairs = parse_qsl(environ.get("QUERY_STRING", ""), keep_blank_values=True, errors="strict", max_num_fields=20)
    except (UnicodeDecodeError, ValueError):
        raise RefusalError("400 Bad Request", "地址里的参数不是有效的 UTF-8 文字，或者太多。") from None
    values = dict(pairs)
    if len(values) != len(pairs):
        raise RefusalError("400 Bad Request", "同一个参数只能写一次。")
    return values


def within(places: threading.BoundedSemaphore, work: Callable[[], Answer]) -> Answer:
    """Return the answer of ``work`` if fewer than eight are at work; refuses otherwise."""
    if not places.acquire(blocking=False):
        raise RefusalError("503 Service Unavailable", BUSY, (("Retry-After", "1"),))
    try:
        return work()
    except QueryError as problem:
        raise RefusalError("400 Bad Request", str(problem)) from None
    except IndexMissingError:
        raise RefusalError("503 Service Unavailable", AWAY, (("Retry-After", "60"),)) from None
    finally:
        places.release()


def search_page(values: dict[str, str], generations: Generations, render_page: RenderPage) -> Answer:
    """Return the HTML page of results; the hint when nothing was asked."""
    corpus = generations.current()
    results = answer(parse_parameters(values), corpus)
    page = SearchPage(results=results, asked=values, hot_words=corpus.hot_words)
    return "200 OK", kind(HTML), render_page(page).encode("utf-8")


def search_json(values: dict[str, str], generations: Generations) -> Answer:
    """Return the results as JSON."""
    return "200 OK", kind(JSON), dump(answer(parse_parameters(values), generations.current()).to_json())


def suggest(values: dict[str, str], generations: Generations) -> Answer:
    """Return suggestions as OpenSearch defines them: [typed, phrases, descriptions, addresses]."""
    typed = values.get("q", "")
    if set(values) - {"q"} or len(typed) > MOST_CHARACTERS or FORBIDDEN.search(typed):
        raise QueryError("只能有参数 q，并且不能太长。")
    phrases = generations.current().lexicon.suggest(typed)
    found = [
        typed,
        [phrase.text for phrase in phrases],
        [f"{phrase.count} 篇" for phrase in phrases],
        [phrase.url for phrase in phrases],
    ]
    return "200 OK", kind(SUGGESTIONS), dump(found)


def health(generations: Generations) -> Answer:
    """Return what is served and the last fault; 503 when nothing can be answered."""
    fault = generations.fault
    about: dict[str, Any] = {"status": "degraded" if fault else "ok", "fault": None}
    try:
        corpus = generations.current()
        about |= {"generation": corpus.generation, "documents": corpus.count, "age_seconds": round(generations.age())}
        status = "200 OK"
    except IndexMissingError as problem:
        about |= {"status": "no index", "generation": "", "documents": 0, "message": str(problem)}
        status = "503 Service Unavailable"
    fault = generations.fault
    if fault:
        about |= {"status": "degraded" if status == "200 OK" else "no index"}
        about["fault"] = {"generation": fault.generation, "message": fault.message, "seen": round(fault.seen)}
    return status, (*kind(JSON)[:1], ("Cache-Control", "no-store")), dump(about)


def refused(refusal: RefusalError, path: str, environ: dict[str, Any], render_page: RenderPage) -> Answer:
    """Return a refusal as a page where a page was asked for, else as JSON."""
    if path != "/search/" or refusal.status.startswith("405"):
        return refusal.status, (*kind(JSON), *refusal.headers), dump({"error": str(refusal)})
    try:
        asked = dict(parse_qsl(environ.get("QUERY_STRING", "")[:LONGEST_ADDRESS], errors="replace"))
    except ValueError:
        asked = {}
    typed = FORBIDDEN.sub("", asked.get("q", ""))[:MOST_CHARACTERS]
    page = SearchPage(results=SearchResults(query=typed or "…"), asked={"q": typed}, problem=str(refusal))
    return refusal.status, (*kind(HTML), *refusal.headers), render_page(page).encode("utf-8", "replace")


def kind(content_type: str) -> Headers:
    """Return the headers of an answer of this type."""
    return ("Content-Type", content_type), ("Cache-Control", "no-cache")


def dump(value: object) -> bytes:
    """Return ``value`` as JSON in UTF-8."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
