"""Serve under gunicorn: threads in a few processes, started and stopped by signals, nothing written to disk."""

from __future__ import annotations

from pathlib import Path

from gunicorn.app.base import BaseApplication  # type: ignore[import-untyped]

from plugins.search.service import App, create_app
from plugins.search.shell import PLAIN, page_renderer


class Server(BaseApplication):  # type: ignore[misc]
    """Gunicorn around the search service; the callable is made in each worker, so that each maps the files itself."""

    def __init__(self, index: Path, page: Path | None, settings: dict[str, object]) -> None:
        self._index, self._page, self._settings = index, page, settings
        super().__init__()

    def load_config(self) -> None:
        """Take the settings given here, and no others."""
        for name, value in self._settings.items():
            self.cfg.set(name, value)

    def load(self) -> App:
        """Return the callable of a worker."""
        shell = self._page.read_text("utf-8") if self._page else PLAIN
        return create_app(self._index, render_page=page_renderer(shell))


def serve(index: Path, bind: str, workers: int, page: Path | None = None) -> int:
    """Serve ``index`` at ``bind`` until told to stop; ``page`` is the built search page to draw results into."""
    settings: dict[str, object] = {
        "bind": bind, "workers": workers, "threads": 2, "worker_class": "gthread", "timeout": 10, "graceful_timeout": 10,
        "keepalive": 5, "limit_request_line": 4094, "limit_request_fields": 50, "preload_app": False, "accesslog": None,
    }  # fmt: skip
    Server(index, page, settings).run()
    return 0
