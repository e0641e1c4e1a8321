"""The generated configuration in a real nginx: every kind of answer carries the whole table."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from plugins.publishing.headers import IMMUTABLE, NEVER, REVALIDATE, HeaderSettings, security_headers, with_headers
from plugins.publishing.nginx import NginxSettings, quoted, site_configuration
from plugins.publishing.score import score

PAGES = {
    "index.html": "<!doctype html><title>首页</title>",
    "news/index.html": "<!doctype html><title>新闻</title>",
    "search/index.html": "<!doctype html><title>搜索（静态）</title>",
    "404.html": "<!doctype html><title>找不到这个页面</title>",
    "410.html": "<!doctype html><title>该内容已撤下</title>",
    "old/index.html": "<!doctype html><title>转到</title>",
    "通知.html": "<!doctype html><title>通知</title>",
    "static/main.0a1b2c3d4e.css": "p{}",
    "feed.xml": "<feed/>",
    "_headers": "/*",
    ".well-known/security.txt": "Contact: mailto:a@example.org",
    ".git/config": "secret",
}
REDIRECTS = (("/old/", "/news/"), ("/show.php?id=1", "/news/"), ("/旧闻.html", "/%E9%80%9A%E7%9F%A5.html"))
HEADERS = HeaderSettings(scripts=("sha256-abc=",))


def service(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
    query = environ["QUERY_STRING"]
    if query == "busy":
        start_response("503 Service Unavailable", [("Retry-After", "1"), ("Set-Cookie", "a=b")])
        return [b"busy"]
    if query == "bad":
        start_response("400 Bad Request", [("Content-Type", "text/html; charset=utf-8")])
        return ["关键词太长".encode()]
    start_response("200 OK", [("Content-Type", "text/html; charset=utf-8"), ("Set-Cookie", "a=b")])
    return [f"answer {query}".encode()]


@pytest.fixture
def root(lay_out: Callable[..., Path]) -> Path:
    site = lay_out(PAGES, HEADERS, REDIRECTS, ("/lost/", "/lost/a.pdf"))
    (site / "current/www/index.html.gz").write_bytes(gzip.compress(PAGES["index.html"].encode(), mtime=0))
    return site


def settings(root: Path, service: str = "") -> NginxSettings:
    return NginxSettings(server_name="example.org", site=str(root), service=service)


def assert_guarded(answer: Any) -> None:
    for name, value in security_headers(HEADERS):
        assert answer.headers.get(name.lower()) == value, (answer.status, name)
    assert "set-cookie" not in answer.headers
    assert answer.headers["server"] == "nginx"


def test_every_kind_of_answer(root: Path, nginx: Any, wsgi: Any) -> None:
    port = wsgi(with_headers(service, HEADERS))
    site = nginx(settings(root, f"127.0.0.1:{port}"))
    table = [
        ("/", 200, "首页"),
        ("/news/", 200, "新闻"),
        ("/%E9%80%9A%E7%9F%A5.html", 200, "通知"),
        ("/.well-known/security.txt", 200, "Contact"),
        ("/search/?q=a", 200, "answer q=a"),
        ("/search/?bad", 400, "关键词太长"),
        ("/search/?busy", 200, "搜索（静态）"),
        ("/search.json?busy", 503, "搜索服务暂时不可用"),
        ("/news", 301, ""),
        ("/old/", 301, ""),
        ("/nothing/", 404, "找不到这个页面"),
        ("/lost/", 410, "该内容已撤下"),
        ("/lost/a.pdf", 410, "该内容已撤下"),
        ("/static/", 404, "找不到"),
        ("/_headers", 404, "找不到"),
        ("/.git/config", 404, "找不到"),
        ("/404.html", 404, "找不到"),
        ("/" + "a" * 9000, 414, ""),
        ("/%00", 400, ""),
    ]
    for path, status, text in table:
        answer = site.get(path)
        assert answer.status == status, path
        assert text in answer.body.decode(), path
        assert_guarded(answer)
    for method in ("POST", "PUT", "DELETE", "OPTIONS"):
        answer = site.get("/", method=method)
        assert (answer.status, answer.headers["allow"]) == (405, "GET, HEAD")
        assert_guarded(answer)
    assert_guarded(site.raw(b"nonsense\r\n\r\n"))
    assert_guarded(site.raw(b"GET / HTTP/1.1\r\nHost: a\r\nX: " + b"a" * 40_000 + b"\r\n\r\n"))
    assert site.get("/", method="HEAD").body == b""


def test_redirects_keep_to_the_site(root: Path, nginx: Any) -> None:
    site = nginx(settings(root))
    assert site.get("/old/").headers["location"] == "/news/"
    assert site.get("/show.php?id=1").headers["location"] == "/news/"
    assert site.get("/show.php?id=2").status == 404
    assert site.get("/%E6%97%A7%E9%97%BB.html").headers["location"] == "/%E9%80%9A%E7%9F%A5.html"
    assert site.get("/news").headers["location"] == "/news/"


def test_caching(root: Path, nginx: Any) -> None:
    site = nginx(settings(root))
    assert site.get("/static/main.0a1b2c3d4e.css").headers["cache-control"] == IMMUTABLE
    assert site.get("/static/gone.0a1b2c3d4e.css").headers["cache-control"] == NEVER
    page = site.get("/")
    assert page.headers["cache-control"] == REVALIDATE
    again = site.get("/", If_None_Match=page.headers["etag"])
    assert again.status == 304
    assert_guarded(again)
    packed = site.get("/", Accept_Encoding="gzip")
    assert packed.headers["content-encoding"] == "gzip"
    assert gzip.decompress(packed.body) == page.body
    assert site.get("/", Accept_Encoding="gzip", Via="1.1 cdn").body == packed.body
    assert "charset=utf-8" in page.headers["content-type"]
    assert site.get("/static/main.0a1b2c3d4e.css").headers["content-type"] == "text/css; charset=utf-8"


def test_search_page_stands_in_for_a_service_that_is_down(root: Path, nginx: Any) -> None:
    site = nginx(settings(root, "127.0.0.1:1"))
    page = site.get("/search/?q=a")
    assert page.status == 200
    assert "搜索（静态）" in page.body.decode()
    assert site.get("/search.json").headers["retry-after"] == "5"
    assert_guarded(page)


def test_equal_searches_are_asked_once(root: Path, nginx: Any, wsgi: Any) -> None:
    asked: list[str] = []

    def counting(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
        asked.append(environ["QUERY_STRING"])
        return service(environ, start_response)

    site = nginx(settings(root, f"127.0.0.1:{wsgi(counting)}"))
    assert {site.get("/search/?q=a").body for _ in range(5)} == {b"answer q=a"}
    assert site.get("/search/?q=b").body == b"answer q=b"
    assert asked == ["q=a", "q=b"]


def test_searches_are_rationed(root: Path, nginx: Any, wsgi: Any) -> None:
    site = nginx(settings(root, f"127.0.0.1:{wsgi(service)}"))
    answers = [site.get(f"/search/?q={number}") for number in range(60)]
    limited = [answer for answer in answers if answer.status == 429]
    assert limited
    assert_guarded(limited[0])
    assert limited[0].headers["retry-after"] == "5"
    assert site.get("/").status == 200


def test_score(root: Path, nginx: Any) -> None:
    site = nginx(settings(root))
    assert score(site.get("/").headers).points >= 130  # without the preload list and without scripts
    assert score(site.get("/nothing/").headers).points >= 130


@pytest.mark.parametrize(
    ("text", "expected"), [("/a", '"/a"'), ('/"', r'"/\""'), ("/\\", r'"/\\"'), ("/$uri", '"/%24uri"')]
)
def test_quoted(text: str, expected: str) -> None:
    assert quoted(text) == expected


def test_plain_server_redirects_and_tls() -> None:
    text = site_configuration(
        NginxSettings(
            server_name="example.org www.example.org",
            site="/srv/xiehui/site",
            certificate="/c",
            certificate_key="/k",
            brotli=True,
        )
    )
    assert "return 301 https://example.org$request_uri;" in text
    assert "ssl_certificate /c;" in text
    assert "brotli_static on;" in text
