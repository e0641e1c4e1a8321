"""On a line so slow that a page comes in pieces, what is shown already does not move when the rest arrives."""

from __future__ import annotations

import functools
import http.server
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from plugins.theming.browser import View, viewing

PIECES, PAUSE = 8, 0.07
SHIFTS = """new Promise((done) => {
  const found = [];
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries())
      for (const {node} of entry.sources) found.push([entry.value, String(node?.className ?? node?.nodeName)]);
  }).observe({type: 'layout-shift', buffered: true});
  setTimeout(() => done(found), 100);
})"""


class Trickling(http.server.SimpleHTTPRequestHandler):
    """Sends the head of a page at once and the rest in pieces, each painted before the next arrives."""

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        file = Path(self.translate_path(self.path)) / "index.html"
        if not file.is_file():
            super().do_GET()
            return
        content = file.read_bytes()
        head = content.index(b"<main")
        cuts = [head + (len(content) - head) * piece // PIECES for piece in range(PIECES + 1)]
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        for start, end in zip([0, *cuts], cuts, strict=False):
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


@pytest.mark.browser
@pytest.mark.parametrize(
    "view", [View(width=375), View(width=768), View(width=1280), View(width=1280, size="xl")], ids=str
)
def test_nothing_moves_while_a_page_comes_in(chromium: Browser, slow_address: str, view: View) -> None:
    found = {}
    with viewing(chromium, view) as page:
        for name in ("home", "leader-article", "program", "column"):
            page.goto(f"{slow_address}/{name}/")
            if shifts := page.evaluate(SHIFTS):
                found[name] = shifts
    assert found == {}
