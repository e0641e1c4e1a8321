"""``inv serve``: the site and its search at one address on this machine, built again when something changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from socketserver import ThreadingMixIn
from typing import TYPE_CHECKING, Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

from plugins.assembly.configuration import Configured
from plugins.assembly.early import Options, build_once
from plugins.assembly.static_files import Application, static_files
from plugins.domain.settings import Settings

if TYPE_CHECKING:
    from plugins.assembly.preview import Preview

HOST = "127.0.0.1"
TRIED_PORTS = 20
SEARCHED = ("/search/", "/search.json", "/search/suggest", "/health")


class Server(ThreadingMixIn, WSGIServer):
    """One thread a request; a restart may take the port again at once."""

    daemon_threads = True
    allow_reuse_address = True


class QuietHandler(WSGIRequestHandler):
    """Requests are not news."""

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


def serve_site(run: Configured, *, port: int) -> int:
    """Build, serve until interrupted, and rebuild on change; return the exit code."""
    code = build_once(run, Options())
    if code and not run.settings.output.is_dir():
        return code
    from plugins.assembly.preview import Preview

    preview = Preview(run=run)
    with open_server(application(run.settings, preview), port) as server:
        print(f"网站在 http://{HOST}:{server.server_port}/ ，内容改动后自动更新；按 Ctrl+C 结束。", flush=True)
        preview.start()
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            print()
    return 0


def application(settings: Settings, preview: Preview | None = None) -> Application:
    """Return the application that answers for pages and search; with a ``preview`` pages reload when they change."""
    from plugins.assembly.headers import header_settings
    from plugins.assembly.search_service import search_application
    from plugins.publishing.headers import with_headers

    pages, search = static_files(settings.output), search_application(settings)
    if preview is not None:
        from plugins.assembly.preview_pages import preview_pages

        pages = preview_pages(preview, pages)

    def site(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        asked = environ.get("PATH_INFO", "") in SEARCHED
        return (search if asked and search else pages)(environ, start_response)

    return with_headers(site, replace(header_settings(settings), https=False))


def open_server(site: Application, port: int) -> Server:
    """Return a server on ``port``, or on the next free one; OSError where none of twenty is free. 0 takes any."""
    for candidate in range(port, port + (TRIED_PORTS if port else 1)):
        try:
            server = Server((HOST, candidate), QuietHandler)
        except OSError:
            continue
        server.set_app(site)
        return server
    raise SystemExit(f"端口 {port}—{port + TRIED_PORTS - 1} 都被占用，请用 --port 换一个。")
