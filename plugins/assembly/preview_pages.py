"""Pages of a preview over HTTP: the newest form of each, with what is wrong above it and the script that reloads it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from html import escape
from typing import Any
from urllib.parse import unquote

from plugins.assembly.events import SCRIPT, SCRIPT_TEXT, STREAM
from plugins.assembly.preview import Preview
from plugins.assembly.static_files import Application
from plugins.domain.problems import Problem

Start = Callable[..., Any]
HTML = "text/html; charset=utf-8"
_ALERT = '<section role="alert" class="note frame"><h2>有错误，页面停在上一次的样子</h2><ul>{}</ul></section>'


def preview_pages(preview: Preview, pages: Application) -> Application:
    """Return the application that answers as ``pages`` does, with what ``preview`` knows better."""

    def application(environ: dict[str, Any], start_response: Start) -> Iterable[bytes]:
        path = unquote(environ.get("PATH_INFO", "/").encode("latin-1").decode("utf-8", "replace"))
        if path == STREAM:
            start_response("200 OK", [("Content-Type", "text/event-stream"), ("Cache-Control", "no-store")])
            return preview.channel.listen()
        if path == SCRIPT:
            return _answer(start_response, "200 OK", SCRIPT_TEXT.encode(), [("Content-Type", "text/javascript")])
        newer = preview.pages.get(f"{path.lstrip('/')}index.html" if path.endswith("/") else path.lstrip("/"))
        if newer is not None and environ["REQUEST_METHOD"] == "GET":
            return _answer(start_response, "200 OK", dressed(newer, preview.problems), [("Content-Type", HTML)])
        return _dressed_answer(pages, environ, start_response, preview)

    return application


def dressed(page: bytes, problems: Iterable[Problem]) -> bytes:
    """Return an HTML page with the script that reloads it and, at its top, what is wrong."""
    found = "".join(f"<li>{escape(str(problem))}</li>" for problem in problems)
    if found:
        start = page.find(b">", page.find(b"<body")) + 1
        page = page[:start] + _ALERT.format(found).encode() + page[start:]
    head, body, tail = page.rpartition(b"</body>")
    return head + f'<script src="{SCRIPT}" defer></script>'.encode() + body + tail if body else page


def _dressed_answer(
    pages: Application, environ: dict[str, Any], start_response: Start, preview: Preview
) -> Iterable[bytes]:
    """Pass on the answer of ``pages``, dressed where it is HTML."""
    said: list[tuple[str, list[tuple[str, str]]]] = []
    content = b"".join(pages(environ, lambda status, headers, *rest: said.append((status, headers))))
    status, headers = said[0]
    if content and ("Content-Type", HTML) in headers:
        content = dressed(content, preview.problems)
        headers = [(name, value) for name, value in headers if name != "Content-Length"]
        return _answer(start_response, status, content, headers)
    start_response(status, headers)
    return [content]


def _answer(start_response: Start, status: str, content: bytes, headers: list[tuple[str, str]]) -> Iterable[bytes]:
    kept = [*headers, ("Content-Length", str(len(content)))]
    if not any(name == "Cache-Control" for name, _ in headers):
        kept.append(("Cache-Control", "no-store"))
    start_response(status, kept)
    return [content]
