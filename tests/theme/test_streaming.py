"""On a line so slow that a page comes in pieces, what is shown already does not move when the rest arrives."""

from __future__ import annotations

import functools
import http.server
import itertools
import re
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from plugins.theming.browser import View, viewing

PIECES, PAUSE = 8, 0.07
ROWS = re.compile(
    rb'aids__button" |search-form__button|menu__link|aria-current="page|heading-bar__more|<time |<figcaption|listing__date|'
    rb'tags__link|search__option"|pager__link|class="button"|footer__link|</nav>|</footer'
)
SHIFTS = """new Promise((done) => {
  const found = [];
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries())
      for (const {node} of entry.sources) found.push([entry.value, String(node?.className ?? node?.nodeName)]);
  }).observe({type: 'layout-shift', buffered: true});
  setTimeout(() => done(found), 100);
})"""


def in_pieces(content: bytes) -> list[int]:
    """Return where the text of a page is cut into pieces of one size."""
    head = content.index(b"<main")
    return [head + (len(content) - head) * piece // PIECES for piece in range(PIECES)]


def in_rows(content: bytes) -> list[int]:
    """Return cuts after the first character of an entry: of the second and of the last of each kind."""
    found: dict[bytes, list[int]] = {}
    for match in ROWS.finditer(content, content.index(b"<body")):
        found.setdefault(match[0], []).append(content.index(b">", match.end()) + 1)
    return sorted({place + len("字".encode()) for places in found.values() for place in (*places[1:2], places[-1])})


class Trickling(http.server.SimpleHTTPRequestHandler):
    """Sends a page with a pause at each of its cuts, so that what came is painted before the next arrives."""

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        file = Path(self.translate_path(self.path)) / "index.html"
        if not file.is_file():
            super().do_GET()
            return
        content = file.read_bytes()
        cuts = (in_rows if self.path.endswith("?rows") else in_pieces)(content)
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        for start, end in itertools.pairwise([0, *cuts, len(content)]):
            self.wfile.write(content[start:end])
            self.wfile.flush()
            time.sleep(PAUSE)


@pytest.fixture(scope="module")
def slow_address(styleguide: Path) -> Iterator[str]:
    handler = functools.partial(Trickling, directory=str(styleguide))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def moved(chromium: Browser, view: View, addresses: dict[str, str]) -> dict[str, list[object]]:
    """Return what moved on the pages at these addresses, by their names; nothing where nothing did."""
    with viewing(chromium, view) as page:
        found = {}
        for name, address in addresses.items():
            page.goto(address)
            found[name] = page.evaluate(SHIFTS)
    return {name: shifts for name, shifts in found.items() if shifts}


@pytest.mark.browser
@pytest.mark.parametrize(
    "view", [View(width=375), View(width=768), View(width=1280), View(width=1280, size="xl")], ids=str
)
def test_nothing_moves_while_a_page_comes_in(chromium: Browser, slow_address: str, view: View) -> None:
    names = ("home", "leader-article", "program", "column")
    assert moved(chromium, view, {name: f"{slow_address}/{name}/" for name in names}) == {}


@pytest.mark.browser
@pytest.mark.parametrize("view", [View(width=375), View(width=768, size="l"), View(width=1280, size="xl")], ids=str)
def test_no_entry_of_a_row_moves_when_the_rest_of_it_comes(chromium: Browser, slow_address: str, view: View) -> None:
    names = ("news-item", "search", "archive-year", "collection", "column-older")
    assert moved(chromium, view, {name: f"{slow_address}/{name}/?rows" for name in names}) == {}
