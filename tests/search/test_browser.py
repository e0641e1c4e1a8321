"""Real Chromium: the same answers as the service, and the page as a visitor uses it, under the site's own policy."""

from __future__ import annotations

import http.server
import shutil
import threading
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from plugins.search.corpus import Corpus
from plugins.search.engine import answer
from plugins.search.grammar import parse_parameters
from plugins.search.index import build_index
from plugins.search.page import SearchPage
from plugins.search.records import UNLIKE
from plugins.search.service import create_app
from plugins.search.shell import PLAIN, page_renderer
from plugins.search.store import open_current
from plugins.theming.scripts import join_modules, minified
from tests.search.conftest import SYNONYMS

pytestmark = pytest.mark.browser
SCRIPTS = Path(__file__).parents[2] / "theme" / "static" / "js"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'"
)
CHOICE = '<select name="in"><option value="all">全文</option><option value="title">标题</option></select>'
SHELL = PLAIN.replace("<button>", CHOICE + "<button>").replace(
    "</body>", '<script type="module" src="/js/search.js"></script></body>'
)
ASK = """async ([folder, asked]) => {
  await import("/js/plan.js");
  const { Files, answer, facets } = globalThis.plan;
  const files = await new Files(folder).open(), made = [];
  for (const values of asked) {
    const found = await answer(new URLSearchParams(values), files);
    made.push({ hits: found.hits.map(({ id, score }) => [id, score]), total: found.total, suggestion: found.suggestion, facets: await facets(found.numbers, files) });
  }
  return made;
}"""


@dataclass
class Host:
    """A host of static files; ``service`` is a WSGI callable it passes ``/search.json`` on to, or None."""

    address: str
    service: Any = None


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium")
    if not chromium:
        pytest.skip("Chromium is not installed")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield running
        running.close()


@pytest.fixture(scope="module")
def host(site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:  # type: ignore[no-untyped-def]
    folder = site.static.parent
    (folder / "js").mkdir(exist_ok=True)
    plan = join_modules(SCRIPTS / "search-plan.js").removesuffix("}") + "globalThis.plan = { Files, answer, facets };}"
    scripts = minified([join_modules(SCRIPTS / "search.js"), plan])  # what is published, and not what is written
    for name, script in zip(("search.js", "plan.js"), scripts, strict=True):
        (folder / "js" / name).write_text(script, "utf-8")
    (folder / "search").mkdir(exist_ok=True)
    (folder / "search" / "index.html").write_text(
        page_renderer(SHELL)(SearchPage(results=answer(parse_parameters({}), site.corpus), hot_words=("优生优育",))),
        "utf-8",
    )

    class Handler(http.server.SimpleHTTPRequestHandler):
        def __init__(self, *arguments: Any) -> None:
            super().__init__(*arguments, directory=str(folder))

        def end_headers(self) -> None:
            self.send_header("Content-Security-Policy", POLICY)
            super().end_headers()

        def do_GET(self) -> None:
            path, _, query = self.path.partition("?")
            if path != "/search.json" or running.service is None:
                super().do_GET()
                return
            seen: list[Any] = []
            body = b"".join(
                running.service(
                    {"REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": query},
                    lambda *given: seen.append(given),
                )
            )
            self.send_response(int(seen[0][0][:3]))
            for name, value in seen[0][1]:
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    running = Host(f"http://127.0.0.1:{server.server_port}")
    yield running
    server.shutdown()


@pytest.fixture
def page(browser: Browser, host: Host) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 375, "height": 700})
    made = context.new_page()
    complaints: list[str] = []
    made.on("pageerror", lambda problem: complaints.append(str(problem)))
    made.on(
        "console",
        lambda message: complaints.append(message.text) if "Content Security Policy" in message.text else None,
    )
    yield made
    context.close()
    host.service = None
    assert not complaints


def asked_of(site) -> list[dict[str, str]]:  # type: ignore[no-untyped-def]
    from search_queries import queries

    texts = [known.text for seed in (11, 97) for known in queries(site.articles, 8, seed)] + [
        "“计生协” 培训",
        "完全没有的词语甲乙丙丁",
        "陈",
        "2024年",
        "健康",
    ]
    made = [{"q": text} for text in texts]
    made += [{"q": text, "sort": "date", "section": "news"} for text in texts[::8]] + [
        {"q": text, "in": "title"} for text in texts[::9]
    ]
    made += [{"q": text, "year": "2020", "type": "news_item"} for text in texts[::10]] + [
        {"q": "健康", "page": "3"},
        {"q": "健康", "from": "2019-05-01", "to": "2020-02-02"},
    ]
    return made + [
        {"q": "健康", "person": site.articles[number].people[0]} for number in range(20) if site.articles[number].people
    ]


def agree(page: Page, folder: str, corpus: Corpus, asked: list[dict[str, str]]) -> None:
    """Check that the script over the static files below ``folder`` answers as the service over ``corpus`` does."""
    for values, found in zip(asked, page.evaluate(ASK, [folder, asked]), strict=True):
        expected = answer(parse_parameters(values), corpus)
        assert found["hits"] == [[hit.id, hit.score] for hit in expected.hits], values
        assert (found["total"], found["suggestion"]) == (expected.total, expected.suggestion), values
        counts = {
            facet.name: [(value.key, value.count) for value in facet.values]
            for facet in expected.facets
            if facet.name != "person"
        }
        assert {
            name: [(value["key"], value["count"]) for value in own] for name, own in found["facets"].items() if own
        } == counts, values


def test_both_readers_give_the_same_answers(site, page: Page, host: Host) -> None:  # type: ignore[no-untyped-def]
    page.goto(host.address + "/search/")
    asked = asked_of(site)
    assert len(asked) > 250
    agree(page, "/search-index/", site.corpus, asked)


def test_both_readers_understand_the_files_of_a_large_site(  # type: ignore[no-untyped-def]
    site, page: Page, host: Host, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in (("SMALL_SITE", 100), ("LONG_OF_MANY", 20), ("APART", 8)):
        monkeypatch.setattr(f"plugins.search.packing.{name}", value)
    static = site.static.parent / "large-index"
    build_index(site.documents, tmp_path, static, synonyms=SYNONYMS, hot_words=("优生优育",))
    assert len(list(static.rglob("*-0.bin"))) > 100
    page.goto(host.address + "/search/")
    agree(page, "/large-index/", open_current(tmp_path), asked_of(site)[::4])


def test_older_documents_may_have_what_a_list_cut_short_does_not_say(  # type: ignore[no-untyped-def]
    site, page: Page, host: Host, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in (("SMALL_SITE", 100), ("LONG_OF_MANY", 20), ("CUT", 40)):
        monkeypatch.setattr(f"plugins.search.packing.{name}", value)
    static = site.static.parent / "cut-index"
    build_index(site.documents, tmp_path, static, synonyms=SYNONYMS)
    old = [article for article in site.articles if article.date.year < 2014]
    page.goto(host.address + "/search/")
    found = page.evaluate(ASK, ["/cut-index/", [{"q": article.title} for article in old]])
    first = [article.id == own["hits"][0][0] for article, own in zip(old, found, strict=True) if own["hits"]]
    assert len(old) > 20
    assert sum(first) > len(old) * 9 // 10


def test_the_browser_reads_every_character_as_it_was_written(page: Page, host: Host) -> None:
    page.goto(host.address + "/search/")
    text = "".join(char for code in range(0x110000) if not UNLIKE.search(char := chr(code)))
    octets = b64encode(text.encode("gb18030")).decode("ascii")
    read = page.evaluate(
        "(octets) => new TextDecoder('gb18030').decode(Uint8Array.from(atob(octets), (char) => char.charCodeAt(0)))",
        octets,
    )
    assert [hex(ord(char)) for char, seen in zip(text, read, strict=True) if char != seen] == []


def test_results_come_as_one_types(page: Page, host: Host) -> None:
    page.goto(host.address + "/search/")
    page.keyboard.press("/")
    page.keyboard.type("youshengyouyu", delay=5)
    expect(page.locator("#search-status")).to_contain_text("条结果")
    expect(page.locator(".hit").first).to_contain_text("优生优育")
    expect(page.locator(".search__note").first).to_contain_text("您要找的是不是")
    page.get_by_role("link", name="优生优育", exact=True).first.click()
    expect(page.locator("#q")).to_have_value("优生优育")
    expect(page.locator(".hit mark").first).to_be_visible()
    expect(page.locator(".search__filters a", has_text="新闻动态")).to_be_visible()
    total = page.locator("#search-status").inner_text()
    page.locator(".search__filters a", has_text="新闻动态").click()
    expect(page.locator("#search-status")).not_to_have_text(total)
    assert "section=news" in page.url
    page.go_back()
    expect(page.locator("#search-status")).to_have_text(total)


def test_title_only_is_chosen_and_kept_in_the_address(page: Page, host: Host) -> None:
    page.goto(host.address + "/search/?q=健康")
    expect(page.locator("#search-status")).to_contain_text("条结果")
    total = page.locator("#search-status").inner_text()
    page.select_option("select[name=in]", "title")
    expect(page.locator("#search-status")).not_to_have_text(total)
    assert "in=title" in page.url
    page.go_back()
    expect(page.locator("select[name=in]")).to_have_value("all")


@pytest.mark.parametrize("served", [False, True])
def test_what_was_heard_is_marked_in_titles(site, page: Page, host: Host, served: bool) -> None:  # type: ignore[no-untyped-def]
    host.service = create_app(site.index, render_page=page_renderer(SHELL)) if served else None
    page.goto(host.address + "/search/?q=youshengyouyu&in=title")
    expect(page.locator(".hit__title mark").first).to_have_text("优生优育")


def test_keys(page: Page, host: Host) -> None:
    page.goto(host.address + "/search/?q=健康")
    expect(page.locator(".hit")).to_have_count(10)
    page.locator("#q").focus()
    for key, place in (("ArrowDown", 0), ("ArrowDown", 1), ("ArrowUp", 0)):
        page.keyboard.press(key)
        expect(page.locator(".hit a").nth(place)).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#q")).to_have_value("")
    expect(page.locator("#search-results")).to_contain_text("请输入要找的内容")
    page.keyboard.type("健康")
    page.keyboard.press("Enter")
    expect(page.locator(".hit")).to_have_count(10)
    page.keyboard.press("ArrowDown")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "/search/" not in page.url


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("<img src=x onerror=alert(1)>甲乙丙丁戊", "没有找到"),
        ("完全没有的词语甲乙丙丁戊己庚辛", "没有找到与“完全没有的词语甲乙丙丁戊己庚辛”有关的内容"),
    ],
)
def test_nothing_found(page: Page, host: Host, words: str, said: str) -> None:
    page.goto(host.address + "/search/")
    page.fill("#q", words)
    expect(page.locator("#search-status")).to_contain_text(said)
    expect(page.locator(".search__help a")).to_have_attribute("href", "/sitemap/")


def test_waiting_and_failing(page: Page, host: Host) -> None:
    page.route("**/search-index/current.json", lambda route: None)
    page.goto(host.address + "/search/")
    page.fill("#q", "健康")
    expect(page.locator("#search-status")).to_have_text("正在搜索…")
    page.unroute("**/search-index/current.json")
    page.route("**/search-index/**", lambda route: route.abort())
    page.goto(host.address + "/search/?q=健康")
    expect(page.locator("#search-status")).to_have_text("搜索暂时不可用")
    expect(page.locator("#search-results a")).to_have_attribute("href", "/sitemap/")


def test_the_service_is_asked_first_and_files_when_it_is_away(site, page: Page, host: Host) -> None:  # type: ignore[no-untyped-def]
    host.service = create_app(site.index, render_page=page_renderer())
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(host.address + "/search/?q=计生协")
    expect(page.locator(".hit mark").first).to_have_text("计生协")
    titles = page.locator(".hit__title").all_inner_texts()
    assert not [url for url in asked if "search-index" in url]
    host.service = lambda environ, start: start("503 Service Unavailable", [("Content-Type", "text/plain")]) or [b""]
    page.goto(host.address + "/search/?q=计生协")
    expect(page.locator(".hit mark").first).to_have_text("计生协")
    assert page.locator(".hit__title").all_inner_texts() == titles
    assert [url for url in asked if "search-index" in url]


def test_a_first_query_is_small(site, browser: Browser, host: Host) -> None:  # type: ignore[no-untyped-def]
    for words in ("优生优育", "平川镇计生协", "完全没有的词语甲乙丙丁戊己庚辛"):
        context = browser.new_context()
        page = context.new_page()
        page.goto(host.address + "/search/")
        page.fill("#q", words)
        expect(page.locator("#search-status")).to_contain_text("有关的内容" if "没有" in words else "条结果")
        page.wait_for_load_state("networkidle")
        octets = page.evaluate(
            "performance.getEntriesByType('resource').filter((e) => e.name.includes('search-index')).reduce((sum, e) => sum + e.encodedBodySize, 0)"
        )
        context.close()
        assert octets < 54_000, words
