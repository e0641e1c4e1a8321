"""The search service over this site's index, drawing into the search page that was built."""

from __future__ import annotations

from pathlib import Path

from plugins.assembly.sources import index_folder
from plugins.domain.settings import Settings
from plugins.search.page import SearchPage
from plugins.search.service import App, create_app
from plugins.search.shell import PLAIN, RenderPage, page_renderer

BUILT_PAGE = Path("search") / "index.html"


def search_application(settings: Settings) -> App | None:
    """Return the WSGI callable of the search, None where the site has no index."""
    if not settings.search:
        return None
    return create_app(index_folder(settings), render_page=_drawing(settings))


def _drawing(settings: Settings) -> RenderPage:
    """Return what draws results into the search page as it is now; a page that was built again is read again."""
    file, templates = settings.output / BUILT_PAGE, settings.theme / "templates"
    known: dict[int, RenderPage] = {}

    def render(page: SearchPage) -> str:
        state = file.stat().st_mtime_ns if file.is_file() else 0
        if state not in known:
            known.clear()
            known[state] = page_renderer(file.read_text("utf-8") if state else PLAIN, templates)
        return known[state](page)

    return render
