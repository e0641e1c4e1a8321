"""The output folder over HTTP, for a desk: no cache, the site's own pages for what is missing or withdrawn."""

from __future__ import annotations

import mimetypes
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from urllib.parse import unquote

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".xml": "application/xml; charset=utf-8",
    ".ics": "text/calendar; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".webmanifest": "application/manifest+json",
    ".avif": "image/avif",
    ".webp": "image/webp",
}


def static_files(folder: Path) -> Application:
    """Return the WSGI application that answers from ``folder``, as a static host would."""
    root = folder.resolve()

    def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return _answer(start_response, environ, "405 Method Not Allowed", b"", "text/plain", ("Allow", "GET, HEAD"))
        path = unquote(environ.get("PATH_INFO", "/").encode("latin-1").decode("utf-8", "replace"))
        file = (root / path.lstrip("/")).resolve() if "\0" not in path else root / "404.html"
        if not file.is_relative_to(root):
            file = root / "404.html"
        if file.is_dir() and not path.endswith("/"):
            return _answer(
                start_response,
                environ,
                "301 Moved Permanently",
                b"",
                "text/plain",
                ("Location", f"{environ['PATH_INFO']}/"),
            )
        file = file / "index.html" if file.is_dir() else file
        status, file = ("200 OK", file) if file.is_file() else ("404 Not Found", root / "404.html")
        content = file.read_bytes() if file.is_file() else "找不到这个页面".encode()
        return _answer(start_response, environ, status, content, media_type(file))

    return application


def media_type(file: Path) -> str:
    """Return the media type of ``file`` by its ending, with the charset of text."""
    return TYPES.get(file.suffix) or mimetypes.guess_type(file.name)[0] or "application/octet-stream"


def _answer(
    start_response: Callable[..., Any],
    environ: dict[str, Any],
    status: str,
    content: bytes,
    kind: str,
    *more: tuple[str, str],
) -> Iterable[bytes]:
    headers = [("Content-Type", kind), ("Content-Length", str(len(content))), ("Cache-Control", "no-cache"), *more]
    start_response(status, headers)
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [content]
