from __future__ import annotations

import json
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlencode
from wsgiref.validate import validator

import pytest

from plugins.search.document import SearchDocument
from plugins.search.index import build_index
from plugins.search.page import SearchPage
from plugins.search.service import App, create_app
from plugins.search.shell import PLAIN, page_renderer
from plugins.search.store import POINTER, current_name

HEADERS = (("X-Content-Type-Options", "nosniff"), ("Content-Security-Policy", "default-src 'none'"))


@dataclass(frozen=True, slots=True)
class Reply:
    status: int
    headers: dict[str, str]
    body: str

    def json(self) -> dict[str, object]:
        return json.loads(self.body)


def ask(app: App, path: str, query: str = "", method: str = "GET") -> Reply:
    seen: dict[str, object] = {}

    def start(status: str, headers: list[tuple[str, str]], *_: object) -> Callable[[bytes], None]:
        seen.update(status=int(status[:3]), headers=dict(headers))
        return lambda _: None

    environ = {
        "REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": query, "SCRIPT_NAME": "", "SERVER_NAME": "x", "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1",
        "wsgi.version": (1, 0), "wsgi.url_scheme": "http", "wsgi.input": sys.stdin.buffer, "wsgi.errors": sys.stderr, "wsgi.multithread": True,
        "wsgi.multiprocess": False, "wsgi.run_once": False,
    }  # fmt: skip
    answer = app(environ, start)
    body = b"".join(answer)
    if hasattr(answer, "close"):
        answer.close()
    return Reply(seen["status"], seen["headers"], body.decode("utf-8"))  # type: ignore[arg-type]


def q(**values: str) -> str:
    return urlencode({name.rstrip("_"): value for name, value in values.items()})


@pytest.fixture(scope="module")
def app(site) -> App:  # type: ignore[no-untyped-def]
    return create_app(site.index, render_page=page_renderer(), headers=HEADERS)


def some(count: int, word: str = "标题") -> list[SearchDocument]:
    return [
        SearchDocument(id=f"d{at}", url=f"/d{at}/", title=f"示例{word}{at}", body="正文。", date=None)
        for at in range(count)
    ]


def test_json_has_the_agreed_shape(app: App) -> None:
    reply = ask(validator(app), "/search.json", q(q="计生协 培训"))
    found = reply.json()
    assert reply.status == 200
    assert {"query", "total", "took_ms", "hits", "facets", "suggestion"} <= found.keys()
    assert {"id", "url", "title", "section", "type", "date", "snippet", "score"} <= found["hits"][0].keys()
    assert "<mark>" in found["hits"][0]["snippet"]
    assert set(found["facets"]) == {"section", "type", "year", "person"}


def test_the_page_works_without_script(app: App) -> None:
    reply = ask(validator(app), "/search/", q(q="计生协", section="news"))
    assert reply.status == 200
    assert reply.headers["Content-Type"] == "text/html; charset=utf-8"
    assert 'value="计生协"' in reply.body and "<mark>计生协</mark>" in reply.body
    assert 'aria-current="true">新闻动态</a>' in reply.body and "下一页" in reply.body


@pytest.mark.parametrize(
    ("query", "said"),
    [("", "请输入要找的内容"), (q(q="查无此事甲乙丙丁戊己庚辛"), "可以试试"), (q(q="jishengxie"), "您要找的是不是")],
)
def test_states_of_the_page(app: App, query: str, said: str) -> None:
    assert said in ask(app, "/search/", query).body


def test_what_is_typed_is_escaped(app: App) -> None:
    body = ask(app, "/search/", q(q='"><script>alert(1)</script>', tag="<b>")).body
    assert "<script>alert" not in body and "<b>" not in body
    assert "&lt;script&gt;" in body


@pytest.mark.parametrize("path", ["/search/", "/search.json", "/search/suggest", "/health", "/nothing"])
def test_head_is_get_without_a_body(app: App, path: str) -> None:
    got, head = ask(app, path, method="GET"), ask(app, path, method="HEAD")
    assert (head.status, head.body) == (got.status, "")
    for name, value in HEADERS:
        assert got.headers[name] == head.headers[name] == value


@pytest.mark.parametrize(
    ("path", "query", "method", "status"),
    [("/search/", "", "POST", 405), ("/search.json", "", "PUT", 405), ("/health", "", "DELETE", 405), ("/search", "", "GET", 404), ("/../etc", "", "GET", 404),
     ("/search.json", "q=" + "a" * 3000, "GET", 414), ("/search.json", "q=%ff%fe", "GET", 400), ("/search/", "q=%ff", "GET", 400), ("/search.json", "q=a&q=b", "GET", 400),
     ("/search.json", "q=a&x=1", "GET", 400), ("/search.json", q(q="计\x00生"), "GET", 400), ("/search/", q(q="计" * 101), "GET", 400), ("/search.json", "&".join(f"a{n}=1" for n in range(50)), "GET", 400),
     ("/search/suggest", "q=a&in=title", "GET", 400), ("/search/suggest", q(q="a" * 200), "GET", 400)],
)  # fmt: skip
def test_what_is_refused(app: App, path: str, query: str, method: str, status: int) -> None:
    reply = ask(validator(app) if method in ("GET", "POST") else app, path, query, method)
    assert reply.status == status
    assert "。" in reply.body
    assert reply.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("typed", ["优生", "yousheng", "ysyy"])
def test_suggestions(app: App, typed: str) -> None:
    reply = ask(app, "/search/suggest", q(q=typed))
    echoed, phrases, _, _ = json.loads(reply.body)
    assert reply.headers["Content-Type"].startswith("application/x-suggestions+json")
    assert echoed == typed and "优生优育" in phrases


def test_filters_narrow_and_counts_agree(site, app: App) -> None:  # type: ignore[no-untyped-def]
    everything = ask(app, "/search.json", q(q="健康")).json()
    for name, values in everything["facets"].items():
        for value in values[:4]:
            narrowed = ask(app, "/search.json", q(q="健康", **{name: value["key"]})).json()
            assert narrowed["total"] == value["count"], (name, value)
    bounded = ask(app, "/search.json", q(q="健康", from_="2020-01-01", to="2020-12-31", sort="date")).json()
    dates = [hit["date"] for hit in bounded["hits"]]
    assert bounded["total"] == ask(app, "/search.json", q(q="健康", year="2020")).json()["total"]
    assert dates == sorted(dates, reverse=True) and all(day.startswith("2020") for day in dates)


def test_pages_follow_one_another(app: App) -> None:
    pages = [ask(app, "/search.json", q(q="健康", page=str(page))).json()["hits"] for page in (1, 2, 3)]
    ids = [hit["id"] for hits in pages for hit in hits]
    assert len(set(ids)) == len(ids) == 30


def test_the_service_does_not_need_pelican(tmp_path: Path) -> None:
    build_index(some(2), tmp_path)
    code = (
        "import sys, plugins.search.service, plugins.search.server, plugins.search.shell, plugins.search.index, pathlib\n"
        "app = plugins.search.service.create_app(pathlib.Path(sys.argv[1]), render_page=plugins.search.shell.page_renderer())\n"
        "list(app({'PATH_INFO': '/search/', 'REQUEST_METHOD': 'GET', 'QUERY_STRING': 'q=a'}, print))\n"
        "assert not {name for name in sys.modules if name.split('.')[0] in ('pelican', 'opencc', 'pypinyin', 'invoke')}"
    )
    subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)],
        check=True,
        cwd=Path(__file__).parents[2],
        stdout=subprocess.DEVNULL,
    )


def test_without_an_index_the_page_says_what_to_do(tmp_path: Path) -> None:
    app = create_app(tmp_path, render_page=page_renderer())
    page, about = ask(app, "/search/", q(q="计生")), ask(app, "/health")
    assert page.status == 503 and "网站地图" in page.body and page.headers["Retry-After"]
    assert (about.status, about.json()["status"]) == (503, "no index")
    build_index(some(3), tmp_path)
    assert ask(app, "/search.json", q(q="标题")).json()["total"] == 3


def test_a_new_generation_is_taken_up_and_a_damaged_one_refused(tmp_path: Path) -> None:
    build_index(some(3), tmp_path)
    app = create_app(tmp_path, render_page=page_renderer())
    build_index(some(4), tmp_path)
    assert ask(app, "/search.json", q(q="标题")).json()["total"] == 4
    sound = current_name(tmp_path)
    build_index(some(5), tmp_path)
    broken = current_name(tmp_path)
    part = next((tmp_path / broken).glob("*.pst"))
    part.unlink()  # the older generations may share it
    part.write_bytes(b"")
    (tmp_path / POINTER).write_text(broken + "\n", "utf-8")
    assert ask(app, "/search.json", q(q="标题")).json()["total"] == 4
    about = ask(app, "/health").json()
    assert (about["status"], about["generation"], about["fault"]["generation"]) == ("degraded", sound, broken)
    fresh = create_app(tmp_path, render_page=page_renderer())
    assert ask(fresh, "/search.json", q(q="标题")).json()["generation"] in {
        path.name for path in tmp_path.glob("g-*")
    } - {broken}
    build_index(some(6), tmp_path)
    assert ask(app, "/search.json", q(q="标题")).json()["total"] == 6
    assert ask(app, "/health").json()["status"] == "ok"


def test_twenty_swaps_under_load_fail_no_request_and_mix_no_generations(tmp_path: Path) -> None:
    index = tmp_path / "index"
    build_index(some(20, "词零"), index)
    app = create_app(index, render_page=page_renderer())
    made = {current_name(index): "词零"}
    stop, wrong, asked = threading.Event(), [], []

    def load() -> None:
        while not stop.is_set():
            reply = ask(app, "/search.json", q(q="示例"))
            asked.append(reply.status)
            found = reply.json()
            words = {hit["title"][2:4] for hit in found.get("hits", [])}
            if reply.status != 200 or words != {made.get(found["generation"])}:
                wrong.append((reply.status, words, found.get("generation")))

    with ThreadPoolExecutor(4) as pool:
        workers = [pool.submit(load) for _ in range(4)]
        try:
            for turn in range(20):
                word = f"词{'一二三四五六七八九十百千万甲乙丙丁戊己庚'[turn]}"
                aside = tmp_path / "aside"
                shutil.rmtree(aside, ignore_errors=True)
                name = build_index(some(20, word), aside, full=True).generation
                made[name] = word
                shutil.copytree(aside / name, index / name)
                if turn % 4 == 3:
                    next((index / name).glob("*.rec")).write_bytes(b"x")
                pointer = tmp_path / "pointer"
                pointer.write_text(name, "utf-8")
                pointer.replace(index / POINTER)
        finally:
            stop.set()
        for worker in workers:
            worker.result()
    assert not wrong
    assert len(asked) > 50


def test_a_ninth_search_at_once_is_put_off(site) -> None:  # type: ignore[no-untyped-def]
    inside, leave = threading.Barrier(9), threading.Event()

    def slow(page: SearchPage) -> str:
        inside.wait(10)
        leave.wait(10)
        return "<p>"

    app = create_app(site.index, render_page=slow)
    with ThreadPoolExecutor(8) as pool:
        workers = [pool.submit(ask, app, "/search/", q(q="健康")) for _ in range(8)]
        inside.wait(10)
        late = ask(app, "/search.json", q(q="健康"))
        health = ask(app, "/health")
        leave.set()
        assert {worker.result().status for worker in workers} == {200}
    assert (late.status, late.headers["Retry-After"]) == (503, "1")
    assert health.status == 200
    assert ask(app, "/search.json", q(q="健康")).status == 200


@pytest.mark.parametrize("shell", ["<p>", PLAIN.replace("<!-- search:end -->", "")])
def test_a_page_without_marks_is_refused(shell: str) -> None:
    with pytest.raises(ValueError, match="search:"):
        page_renderer(shell)


def test_the_form_shows_what_was_chosen(site) -> None:  # type: ignore[no-untyped-def]
    choice = '<select name="sort"><option value="relevance">甲</option><option value="date">乙</option></select>'
    app = create_app(site.index, render_page=page_renderer(PLAIN.replace("<button>", choice + "<button>")))
    assert '<option value="date" selected>' in ask(app, "/search/", q(q="健康", sort="date")).body
    assert " selected>" not in ask(app, "/search/", q(q="健康")).body


def test_links_keep_what_was_asked(app: App) -> None:
    body = ask(app, "/search/", q(q="健康", section="news", sort="date", page="2")).body
    assert f"/search/?q={quote('健康')}&amp;section=news&amp;sort=date&amp;page=3" in body
