"""A real browser that looks at built pages as a visitor does, in every width and look."""

from __future__ import annotations

import functools
import http.server
import re
import shutil
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import brotli
from playwright.sync_api import Browser, Page, Route, sync_playwright

ARGUMENTS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--force-color-profile=srgb", "--font-render-hinting=none",
)  # fmt: skip
NAMES = ("chromium", "chromium-browser", "google-chrome")


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """How a visitor looks at a page: width in CSS pixels, chosen look and size, and whether scripts run.

    ``look`` is light, dark or contrast; ``size`` is empty, l or xl.
    """

    width: int = 1280
    look: str = "light"
    size: str = ""
    has_script: bool = True

    def __str__(self) -> str:
        parts = (str(self.width), self.look, self.size, "" if self.has_script else "no script")
        return " ".join(filter(None, parts))


WIDTHS = (320, 375, 1280)
MODES = (
    {"look": "light"}, {"look": "dark"}, {"look": "contrast"}, {"size": "xl"}, {"has_script": False},
)  # fmt: skip
VIEWS = tuple(View(width=width, **mode) for mode in MODES for width in WIDTHS)


def find_chromium() -> str | None:
    """Return the path of a Chromium on this machine; None where there is none."""
    return next(filter(None, map(shutil.which, NAMES)), None)


@contextmanager
def launched() -> Iterator[Browser]:
    """Give a running browser; RuntimeError where this machine has none."""
    executable = find_chromium()
    if executable is None:
        raise RuntimeError("没有找到 Chromium：请安装 chromium 和 fonts-noto-cjk")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=list(ARGUMENTS))
        try:
            yield browser
        finally:
            browser.close()


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the pages are the report."""


class _Server(http.server.ThreadingHTTPServer):
    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing where a browser went away in the middle of an answer."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


class _Compressing(_Quiet):
    """Sends text compressed, as the web server does."""

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        file = path / "index.html" if path.is_dir() else path
        if file.suffix not in _TEXTS or not file.is_file():
            super().do_GET()
            return
        content = _compressed(file)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(file)))
        self.send_header("Content-Encoding", "br")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


_TEXTS = frozenset([".html", ".js", ".css", ".svg", ".json", ".xml", ".webmanifest"])


@functools.cache
def _compressed(file: Path) -> bytes:
    return bytes(brotli.compress(file.read_bytes()))


@contextmanager
def served(folder: Path, *, compressed: bool = False) -> Iterator[str]:
    """Serve ``folder`` on this machine and give its address, without a slash at its end."""
    handler = functools.partial(_Compressing if compressed else _Quiet, directory=str(folder))
    with _Server(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


@contextmanager
def viewing(browser: Browser, view: View, *, height: int = 900) -> Iterator[Page]:
    """Give an empty page that loads everything as ``view`` says."""
    context = browser.new_context(
        viewport={"width": view.width, "height": height},
        color_scheme="dark" if view.look == "dark" else "light",
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
    )
    chosen = ",".join(
        f'"{name}":"{value}"'
        for name, value in (("size", view.size), ("look", view.look))
        if value not in ("", "light")
    )
    if chosen:
        context.add_init_script(f"localStorage.setItem('reading', '{{{chosen}}}')")
    if not view.has_script:
        context.route("**/*", _strip_scripts)
    try:
        yield context.new_page()
    finally:
        context.unroute_all(behavior="ignoreErrors")  # a request that nobody waits for may still be under way
        context.close()


_SCRIPT = re.compile(r"<script\b.*?</script>|</?noscript>", re.DOTALL)


def _strip_scripts(route: Route) -> None:
    """Answer with the page as a browser without script reads it; the engine itself stays on, for axe needs it."""
    if route.request.resource_type != "document":
        return route.continue_()
    answer = route.fetch()
    return route.fulfill(response=answer, body=_SCRIPT.sub("", answer.text()))


@functools.cache
def _axe() -> str:
    return files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")


def violations(page: Page) -> list[str]:
    """Return what axe-core finds wrong on ``page``, all rules with best practice: rule, place, what to do."""
    page.evaluate(_axe())
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']}).then(result => result.violations)")
    return [
        f"{rule['id']}: {node['html'][:120]} ({' '.join(node['failureSummary'].split())[:160]})"
        for rule in found
        for node in rule["nodes"]
    ]


def sideways(page: Page) -> int:
    """Return by how many pixels ``page`` can be scrolled sideways."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


_SMALL_TARGETS = """([control, link]) => {
  const shown = (element) => element.checkVisibility({visibilityProperty: true}) && element.getClientRects().length;
  const tooLow = (selector, height) => [...document.querySelectorAll(selector)].filter(shown)
    .filter((element) => element.closest('.prose') === null && !element.closest('.skip-link'))
    .map((element) => [element, element.getBoundingClientRect().height])
    .filter(([, actual]) => actual + 0.5 < height)
    .map(([element, actual]) => `${element.outerHTML.slice(0, 100)} is ${actual.toFixed(1)} high, not ${height}`);
  return [...tooLow('button, input, select, .button, .menu__link, .pager__link, .tags__link', control),
          ...tooLow('li a, nav a, dd a, footer a', link)];
}"""


def small_targets(page: Page) -> list[str]:
    """Return the controls below 44 px and the links in lists below 24 px of height."""
    return [str(target) for target in page.evaluate(_SMALL_TARGETS, [44, 24])]
