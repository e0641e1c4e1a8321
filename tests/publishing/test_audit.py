"""The output gate: one row for each thing that must not be published, and rows that must pass."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from plugins.domain.policy import inline_hash, page_policy
from plugins.publishing.audit import AuditSettings, audit, audit_page_count
from plugins.publishing.audit_html import PageRules, faults_of
from plugins.publishing.links import check_links, lychee
from plugins.publishing.tree import scan

STYLE = "p{color:#1b1b1b}"
RULES = PageRules(hosts=frozenset({"example.org"}), inline=frozenset({inline_hash(STYLE)}), markers=("尚未发布",))


def page(body: str, head: str = "") -> str:
    return f'<!doctype html><html lang="zh-CN"><head><title>示例</title>{head}</head><body>{body}</body></html>'


FAULTY = [
    ("<iframe src=/a></iframe>", "<iframe>"),
    ("<object data=/a.pdf></object>", "<object>"),
    ("<template><p onclick=x()></template>", "属性 onclick"),
    ("<template><template><img src=//cdn.example.net/a></template></template>", "外站 cdn.example.net"),
    ('<template title=">"><iframe src=/a></iframe></template>', "<iframe>"),
    ("<script>x()</script>", "没有写进内容安全策略"),
    ("<script type=module>x()</script>", "没有写进内容安全策略"),
    ("<style>p{}</style>", "没有写进内容安全策略"),
    ('<p style="color:red">', "属性 style"),
    ("<p onclick=x()>", "属性 onclick"),
    ("<p ONCLICK=x()>", "属性 onclick"),
    ('<a href="javascript:x()">x</a>', "协议 javascript:"),
    ('<a href=" JaVaScRiPt:x()">x</a>', "协议 JaVaScRiPt:"),
    ('<a href="&#106;avascript:x()">x</a>', "协议 javascript:"),
    ('<img src="data:image/png;base64,AAAA">', "协议 data:"),
    ("<svg><a xlink:href='vbscript:x'>x</a></svg>", "协议 vbscript:"),
    ('<img src="https://cdn.example.net/a.png">', "外站 cdn.example.net"),
    ('<img src="//cdn.example.net/a.png">', "外站 cdn.example.net"),
    ('<img src="/\\cdn.example.net/a.png">', "外站 cdn.example.net"),
    ('<img src="/a.png" srcset="/a.png 1x, https://cdn.example.net/b.png 2x">', "外站 cdn.example.net"),
    ('<video poster="https://cdn.example.net/a.png">', "外站 cdn.example.net"),
    ('<script src="https://cdn.example.net/a.js"></script>', "外站 cdn.example.net"),
    ('<form action="https://cdn.example.net/">', "外站 cdn.example.net"),
    ('<a ping="https://cdn.example.net/" href="/">x</a>', "外站 cdn.example.net"),
    ('<noscript><img src="https://cdn.example.net/a.png"></noscript>', "外站 cdn.example.net"),
    ('<svg><use href="https://cdn.example.net/a.svg#x"/></svg>', "外站 cdn.example.net"),
    ('<a href="https://casino.example.net/"></a>', "暗链"),
    ('<div hidden><a href="https://casino.example.net/">x</a></div>', "暗链"),
    ('<div aria-hidden="true"><a href="https://casino.example.net/">x</a></div>', "暗链"),
    ("<p>待审核 · 预览，尚未发布</p>", "标记"),
    ("<p>\ufffd</p>", "U+FFFD"),
]
FAULTY_HEADS = [
    ('<link rel="stylesheet" href="https://cdn.example.net/a.css">', "外站 cdn.example.net"),
    ('<link rel="preconnect" href="https://cdn.example.net">', "外站 cdn.example.net"),
    ('<link rel="icon" href="https://cdn.example.net/a.png">', "外站 cdn.example.net"),
    ('<base href="/x/">', "<base>"),
]
SOUND = [
    f"<style>{STYLE}</style>",
    '<a href="https://www.gov.cn/">中国政府网（外部链接）</a>',
    '<a href="https://www.gov.cn/"><img src="/a.png" alt="中国政府网"></a>',
    '<a href="mailto:a@example.org">写信</a><a href="tel:12345">电话</a>',
    '<img src="https://example.org/a.png"><img src="/b.png" srcset="/b.png 1x, /c.png 2x">',
    '<script type="application/ld+json">{"@type": "NewsArticle"}</script>',
    '<script src="/static/main.js"></script>',
    "<template><p>提示</p></template>",
    "<p>on 与 style 只是文字：style=1，onclick=2</p>",
]


@pytest.mark.parametrize(("body", "message"), FAULTY, ids=[body[:40] for body, _ in FAULTY])
def test_faulty(body: str, message: str) -> None:
    assert any(message in fault for fault in faults_of(page(body), RULES)), faults_of(page(body), RULES)


@pytest.mark.parametrize(("head", "message"), FAULTY_HEADS)
def test_faulty_head(head: str, message: str) -> None:
    assert any(message in fault for fault in faults_of(page("", head), RULES))


@pytest.mark.parametrize("body", SOUND)
def test_sound(body: str) -> None:
    assert faults_of(page(body), RULES) == ()


def test_a_page_may_name_its_own_code_by_hash() -> None:
    code = "document.documentElement.className='js'"
    policy = page_policy(scripts=[inline_hash(code)])
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    assert faults_of(page("", f"{meta}<script>{code}</script>"), RULES) == ()
    assert faults_of(page("", f"{meta}<script>{code} </script>"), RULES)


def test_a_cut_page() -> None:
    whole = page("<p>示例</p>")
    assert faults_of(whole, RULES) == ()
    assert all(faults_of(whole[:length], RULES) for length in range(len(whole)))


FILES = [
    ("run.exe", b"MZ", "不允许发布的文件类型 .exe"),
    ("a.php", b"<?php", "不允许发布的文件类型 .php"),
    ("news/a.md", "标题".encode(), "不允许发布的文件类型 .md"),
    ("a.png", b"<html>", "内容不是 .png 文件"),
    ("a.pdf", b"MZ", "内容不是 .pdf 文件"),
    ("empty.txt", b"", "文件是空的"),
    ("big.txt", b"x" * 1001, "文件太大"),
    (".git/config.txt", b"x", "隐藏文件"),
    ("news/.draft.html", page("").encode(), "隐藏文件"),
    ("a.html", page("").encode("gbk") + "协会".encode("gbk"), "不是 UTF-8"),
    ("a.css", b"@import 'https://cdn.example.net/a.css';", "外站地址 cdn.example.net"),
    ("a.css", b"p{background:url( //cdn.example.net/a.png )}", "外站地址 cdn.example.net"),
    ("a.js", b"fetch('https://cdn.example.net/a')", "外站地址 cdn.example.net"),
    ("a.svg", b"<svg><script>x()</script></svg>", "SVG"),
    ("a.svg", b"<svg onload=x()></svg>", "SVG"),
    ("a.json", b'{"a": ', "JSON"),
    ("leak.txt", b"secret", "未公开内容"),
]


@pytest.mark.parametrize(("name", "content", "message"), FILES, ids=[f"{name} {m}" for name, _, m in FILES])
def test_files(tmp_path: Path, name: str, content: bytes, message: str) -> None:
    place = tmp_path / "output" / name
    place.parent.mkdir(parents=True)
    place.write_bytes(content)
    secret = frozenset({hashlib.sha256(b"secret").hexdigest()})
    problems = audit(scan(tmp_path / "output"), AuditSettings(page=RULES, private_digests=secret, largest=1000))
    assert any(message in problem.message for problem in problems), problems
    assert problems[0].path == f"output/{name}"


def test_sound_files(tmp_path: Path) -> None:
    files = {
        "_headers": "",
        "feed.xml": "<feed/>",
        "a.js": "x='http://www.w3.org/2000/svg'",
        ".well-known/security.txt": "a",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    assert audit(scan(tmp_path), AuditSettings(page=RULES)) == ()


def test_names_that_only_differ_by_case(tmp_path: Path) -> None:
    for name in ("News.html", "news.html"):
        (tmp_path / name).write_text(page(name), "utf-8")
    assert any("只差大小写" in p.message for p in audit(scan(tmp_path), AuditSettings(page=RULES)))


def test_what_passed_is_remembered_and_what_changed_is_not(tmp_path: Path) -> None:
    output = tmp_path / "output"
    output.mkdir()
    settings = AuditSettings(page=RULES, remember=tmp_path / "audited")
    (output / "a.html").write_text(page("<p>好</p>"), "utf-8")
    (output / "b.html").write_text(page("<p onclick=x>"), "utf-8")
    first = audit(scan(output), settings)
    assert len(first) == 1
    assert audit(scan(output), settings) == first
    (output / "b.html").write_text(page("<p>好了</p>"), "utf-8")
    assert audit(scan(output), settings) == ()
    (output / "a.html").write_text(page("<p onclick=x>"), "utf-8")
    assert len(audit(scan(output), settings)) == 1
    strict = AuditSettings(page=PageRules(markers=("好了",)), remember=tmp_path / "audited")
    assert any("好了" in problem.message for problem in audit(scan(output), strict))


@pytest.mark.parametrize(("pages", "before", "confirmed", "blocked"), [
    (89, 100, False, True), (90, 100, False, False), (1, 100, True, False), (1, None, False, False), (200, 100, False, False),
])  # fmt: skip
def test_page_count(pages: int, before: int | None, confirmed: bool, blocked: bool) -> None:
    assert bool(audit_page_count(pages, before, confirmed=confirmed)) == blocked


@pytest.mark.skipif(lychee() is None, reason="lychee is not installed")
def test_links_and_anchors(tmp_path: Path) -> None:
    (tmp_path / "news").mkdir()
    links = ["/news/", "/news/#here", "/news/#nowhere", "/gone/", "/a.pdf", "https://example.net/", "/栏目/"]
    (tmp_path / "index.html").write_text(page("".join(f'\n<a href="{link}">x</a>' for link in links)), "utf-8")
    (tmp_path / "news/index.html").write_text(page("<h2 id=here>x</h2>"), "utf-8")
    found = check_links(tmp_path)
    assert [(p.path, p.line) for p in found] == [("output/index.html", line) for line in (4, 5, 6, 8)]
    assert {p.message for p in found} == {f"链接失效：/{t}" for t in ("a.pdf", "gone", "news#nowhere", "栏目")}
