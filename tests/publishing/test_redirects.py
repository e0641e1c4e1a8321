"""Old addresses: folded, settled, and written for every kind of host."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.domain.content import ContentItem, Legacy, State
from plugins.publishing.audit_html import PageRules, faults_of
from plugins.publishing.headers import HeaderSettings
from plugins.publishing.history import head, history, uncommitted
from plugins.publishing.manifest import Kind
from plugins.publishing.nginx import NginxSettings
from plugins.publishing.redirect_files import (
    fallback_files,
    fallback_path,
    kinds_of,
    moved_page,
    nginx_redirects,
    plain_gone_page,
    redirects_file,
)
from plugins.publishing.redirects import (
    OldAddresses,
    Reason,
    Redirect,
    gone_addresses,
    legacy_address,
    redirects_of_items,
    redirects_of_renames,
    settle,
)
from plugins.publishing.renames import renamed_addresses


def item(path: str, state: State = State.PUBLISHED, **fields: Any) -> ContentItem:
    return ContentItem(path=path, type="news_item", title="示例", state=state, slug="a", id="a1", **fields)


def moved(*pairs: str, reason: Reason = Reason.FRONT_MATTER) -> list[Redirect]:
    return [
        Redirect(old=old, new=new, source=f"{old.strip('/')}.md", reason=reason)
        for old, new in (pair.split(">") for pair in pairs)
    ]


def arrows(old: OldAddresses) -> str:
    return " ".join(f"{redirect.old}>{redirect.new}" for redirect in old.redirects)


SETTLED = [
    ("one step", moved("/a/>/p/"), "/a/>/p/", 0),
    ("a chain is folded", moved("/a/>/b/", "/b/>/c/", "/c/>/p/"), "/a/>/p/ /b/>/p/ /c/>/p/", 0),
    ("a loop is refused", moved("/a/>/b/", "/b/>/a/"), "", 2),
    ("a chain into a loop too", moved("/a/>/b/", "/b/>/c/", "/c/>/b/"), "", 3),
    ("to itself", moved("/a/>/a/"), "", 1),
    ("a live page is not moved", moved("/p/>/q/"), "", 1),
    ("nor under another case", moved("/P/>/q/"), "", 1),
    ("history gives way to a live page", moved("/p/>/q/", reason=Reason.RENAME), "", 0),
    ("and loops without a word", moved("/a/>/b/", "/b/>/a/", reason=Reason.RENAME), "", 0),
    ("two claims", moved("/a/>/p/", "/a/>/q/"), "/a/>/p/", 1),
    ("front matter wins", moved("/a/>/p/", reason=Reason.RENAME) + moved("/a/>/q/"), "/a/>/q/", 0),
    ("the same said twice", moved("/a/>/p/") + moved("/a/>/p/", reason=Reason.RENAME), "/a/>/p/", 0),
    ("to what is gone", moved("/a/>/x/"), "", 0),
]


@pytest.mark.parametrize(
    ("redirects", "expected", "problems"), [row[1:] for row in SETTLED], ids=[r[0] for r in SETTLED]
)
def test_settle(redirects: list[Redirect], expected: str, problems: int) -> None:
    old, found = settle(redirects, live={"/p/", "/q/"}, gone={"/x/"})
    assert arrows(old) == expected
    assert len(found) == problems
    assert all(problem.hint and problem.path.endswith(".md") for problem in found)


def test_what_leads_to_the_gone_is_gone() -> None:
    old, problems = settle(moved("/a/>/b/", "/b/>/x/"), live={"/p/"}, gone={"/x/", "/p/"})
    assert old == OldAddresses(redirects=(), gone=("/a/", "/b/", "/x/"))
    assert problems == ()


places = st.sampled_from([f"/{letter}/" for letter in "abcdefgh"])


@given(st.lists(st.tuples(places, places, st.sampled_from(Reason)), max_size=12), st.sets(places, max_size=3))
def test_laws_of_settling(pairs: list[tuple[str, str, Reason]], live: set[str]) -> None:
    redirects = [Redirect(old=old, new=new, source="a.md", reason=reason) for old, new, reason in pairs]
    old, _ = settle(redirects, live=live, gone={"/h/"})
    leaving = {redirect.old for redirect in old.redirects}
    assert len(leaving) == len(old.redirects)  # one answer for an address
    assert not leaving & live
    assert not leaving & set(old.gone)
    assert not leaving & {redirect.new for redirect in old.redirects}  # one step is enough
    assert settle(old.redirects, live=live, gone=old.gone)[0] == old
    assert settle(reversed(redirects), live=live, gone={"/h/"})[0] == old


def test_items() -> None:
    items = [
        (item("news/a.md", redirect_from=("/old/a/", "旧闻.html", "/news/a/")), "/news/a/"),
        (item("news/b.md", legacy=Legacy(url="http://old.example.org/show.php?id=7")), "/news/b/"),
        (item("news/c.md", legacy=Legacy(url="http://elsewhere.example.net/c.html")), "/news/c/"),
    ]
    found = redirects_of_items(items, legacy_hosts={"old.example.org"})
    assert [(redirect.old, redirect.new, redirect.reason) for redirect in found] == [
        ("/old/a/", "/news/a/", Reason.FRONT_MATTER),
        ("/旧闻.html", "/news/a/", Reason.FRONT_MATTER),
        ("/show.php?id=7", "/news/b/", Reason.LEGACY),
    ]


def test_withdrawn() -> None:
    items = [(item("a.md", State.WITHDRAWN, redirect_from=("/old/",)), "/a/"), (item("b.md"), "/b/")]
    assert gone_addresses(items) == ("/a/", "/old/")


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("http://old.example.org/a.html", "/a.html"),
        ("https://old.example.org/%E6%97%A7.html", "/旧.html"),
        ("http://old.example.org/", ""),
        ("http://other.example.org/a.html", ""),
        ("", ""),
    ],
)
def test_legacy_address(url: str, address: str) -> None:
    assert legacy_address(url, {"old.example.org"}) == address


OLD = OldAddresses(
    redirects=tuple(moved("/old/>/news/1/", "/旧闻.html>/通知/", "/show.php?id=1>/news/1/", "/plain>/news/1/")),
    gone=("/lost/", "/lost.pdf"),
)


def test_files_for_static_hosts() -> None:
    assert redirects_file(OLD).text.splitlines() == [
        "/old/ /news/1/ 301",
        "/%E6%97%A7%E9%97%BB.html /%E9%80%9A%E7%9F%A5/ 301",
        "/show.php id=1 /news/1/ 301",
        "/plain /news/1/ 301",
        "/lost/ /410.html 410",
        "/lost.pdf /410.html 410",
    ]
    files = {file.path: file.text for file in fallback_files(OLD, "https://example.org")}
    assert set(files) == {"old/index.html", "旧闻.html", "plain/index.html", "lost/index.html", "410.html"}
    assert '<link rel="canonical" href="https://example.org/news/1/">' in files["old/index.html"]
    assert "该内容已撤下" in files["lost/index.html"]
    assert kinds_of(OLD)["old/index.html"] is Kind.REDIRECT
    assert kinds_of(OLD)["lost/index.html"] is Kind.GONE
    themed = {file.path: file.text for file in fallback_files(OLD, "", "410.html")}
    assert "该内容已撤下" in themed["lost/index.html"]
    assert "410.html" not in themed


def test_generated_pages_pass_the_audit_and_escape() -> None:
    hostile = moved_page("https://example.org", "/\"><script>x()</script>&a'/")
    assert "<script>" not in hostile
    assert faults_of(hostile, PageRules(hosts=frozenset({"example.org"}))) == ()
    assert faults_of(plain_gone_page(), PageRules()) == ()
    abroad = moved_page("https://example.org", "https://www.gov.cn/a/")
    assert '<link rel="canonical" href="https://www.gov.cn/a/">' in abroad


@pytest.mark.parametrize("address", ["/../etc/passwd", "/a/../../b", "/a.php", "/a?b=1", "/a.pdf"])
def test_no_file_answers_for(address: str) -> None:
    assert fallback_path(address) == ""


def test_nginx_answers_them(lay_out: Callable[..., Path], nginx: Any) -> None:
    hostile = moved('/a"b;}\\/>/news/$uri/', "/旧.asp?标题=%E5%B9%B4会>/news/1/")
    old = OldAddresses(redirects=(*OLD.redirects, *hostile), gone=OLD.gone)
    pages = {"news/1/index.html": "一", "410.html": "该内容已撤下", "404.html": "找不到"}
    site = nginx(
        NginxSettings(
            server_name="example.org",
            service="",
            site=str(lay_out(pages, HeaderSettings(), nginx_redirects(old), old.gone)),
        )
    )
    for address, target in (
        ("/old/", "/news/1/"),
        ("/%E6%97%A7%E9%97%BB.html", "/%E9%80%9A%E7%9F%A5/"),
        ("/show.php?id=1", "/news/1/"),
        ("/a%22b;%7D%5C/", "/news/%24uri/"),
        ("/%E6%97%A7.asp?%E6%A0%87%E9%A2%98=%E5%B9%B4%E4%BC%9A", "/news/1/"),
    ):
        answer = site.get(address)
        assert (answer.status, answer.headers.get("location")) == (301, target), address
    assert site.get("/lost.pdf").status == 410


def test_renames_in_git(tmp_path: Path) -> None:
    def git(*arguments: str) -> None:
        identity = ["-c", "user.name=a", "-c", "user.email=a@example.org"]
        subprocess.run(["git", "-C", str(tmp_path), *identity, *arguments], check=True, capture_output=True)

    news = tmp_path / "content/news"
    news.mkdir(parents=True)
    git("init", "-q")
    (news / "旧名.md").write_text("---\ntitle: 示例\n---\n" + "正文。\n" * 20, "utf-8")
    (news / "other.md").write_text("另一篇。\n", "utf-8")
    git("add", ".")
    git("commit", "-q", "-m", "a")
    first = head(tmp_path)
    git("mv", "content/news/旧名.md", "content/news/middle.md")
    git("commit", "-q", "-m", "b")
    git("mv", "content/news/middle.md", "content/news/now.md")
    git("commit", "-q", "-m", "c")
    found = history(tmp_path, "content")
    assert found.present_names() == {
        "content/news/旧名.md": "content/news/now.md",
        "content/news/middle.md": "content/news/now.md",
    }
    assert found.touched["content/news/now.md"] == head(tmp_path).hash
    assert found.touched["content/news/other.md"] == first.hash
    assert uncommitted(tmp_path, "content") == ()
    (news / "新 的.md").write_text("x", "utf-8")
    assert uncommitted(tmp_path, "content") == ("content/news/新 的.md",)
    seen: list[str] = []

    def address_of(path: str, text: str) -> str:
        seen.append(text)
        return f"/{path.removesuffix('.md')}/"

    cache = tmp_path / "cache/renames.json"
    pairs = renamed_addresses(tmp_path, "content", address_of, cache=cache)
    assert set(pairs) == {("/news/旧名/", "news/now.md"), ("/news/middle/", "news/now.md")}
    assert all("title: 示例" in text for text in seen)
    assert renamed_addresses(tmp_path, "content", address_of, cache=cache) == pairs
    assert len(seen) == 4  # the addresses are asked again, git is not
    old = redirects_of_renames(pairs, {"news/now.md": "/news/now/"})
    assert {redirect.new for redirect in old} == {"/news/now/"}
