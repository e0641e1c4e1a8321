"""Raw pages as items, as the build and as plain Pelican read them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from plugins.domain.content import State
from plugins.legacy_html.importing.raw import read_page, read_raw
from tests.legacy_html.importing import scrape

ROOT = Path(__file__).resolve().parents[3]
BODY = (
    scrape.prose(5)
    + '<p><img src="near.jpg"></p><p><img src="/far.jpg"></p><p><img src="http://hot.example.net/x.jpg"></p>'
)
PAGE = scrape.page("示例县召开会议", BODY, charset="gb2312", encoding="gb18030")


def with_head(**stated: str) -> bytes:
    metas = "".join(f'<meta name="xiehui:{key}" content="{value}">' for key, value in stated.items())
    return PAGE.replace(b"</head>", metas.encode("gb18030") + b"</head>")


def test_a_page_is_pending_and_keeps_what_it_states() -> None:
    item, problems = read_raw("news/old-page.html", PAGE)
    assert item is not None and not problems
    assert (item.state, item.type, item.slug, item.title) == (State.PENDING, "news_item", "old-page", "示例县召开会议")
    assert item.date and item.date.isoformat() == "2016-07-08T00:00:00+08:00" and item.source
    assert item.legacy and item.legacy.sha256 and "受到群众欢迎。" in item.body
    assert "near.jpg" in item.body and "far.jpg" not in item.body and "hot.example.net" not in item.body
    assert read_raw("news/old-page.html", PAGE) == (item, problems)


def test_only_pictures_that_are_there_are_shown() -> None:
    asked = list[str]()
    item, _ = read_raw("news/a.html", PAGE, exists=lambda path: bool(asked.append(path)))
    assert item is not None and asked == ["news/near.jpg"] and "near.jpg" not in item.body
    assert sum(1 for flag in item.review if flag.flag == "missing_picture") == 3


def test_the_head_says_otherwise() -> None:
    stated = {"state": "published", "title": "改过的标题", "date": "2015-01-02 08:30", "slug": "new-name", "id": "x1"}
    item, problems = read_raw("news/1_old.html", with_head(**stated, source="样本日报", type="page"))
    assert item is not None and not problems and item.date
    assert (item.state, item.title, item.slug, item.id, item.type) == (
        State.PUBLISHED,
        "改过的标题",
        "new-name",
        "x1",
        "page",
    )
    assert item.date.isoformat() == "2015-01-02T08:30:00+08:00" and item.source and item.source.name == "样本日报"


@pytest.mark.parametrize(
    ("name", "stated", "said"),
    [
        ("news/Bad_Name.html", {}, "不能作为网址"),
        ("news/index.html", {}, "不能作为网址"),
        ("news/a.html", {"state": "open"}, "未知的状态"),
        ("news/a.html", {"type": "event"}, "类型不能是"),
        ("news/a.html", {"date": "2015-02-30"}, "日期"),
        ("news/a.html", {"colour": "red"}, "未知的 xiehui:colour"),
        ("news/a.html", {"id": "../x"}, "编号"),
    ],
)
def test_what_is_wrong_is_said(name: str, stated: dict[str, str], said: str) -> None:
    item, problems = read_raw(name, with_head(**stated))
    assert item is None and said in str(problems[0]) and problems[0].hint


@pytest.mark.parametrize("raw", [b"", b"\x00\xff\xfe", b"<" * 5000, b"<script>alert(1)</script>"])
def test_any_bytes_are_read(raw: bytes) -> None:
    item, _ = read_raw("news/a.html", raw)
    assert item is not None and item.state is State.PENDING and item.review


def test_html_runs_nothing() -> None:
    evil = '<p onclick="x()">今年以来，示例县计生协组织开展了宣传服务活动。<a href="javascript:alert(1)">点击</a></p>'
    page = read_page("news/a.html", scrape.page("示例县召开会议", scrape.prose(5) + evil))
    assert "onclick" not in page.html and "javascript" not in page.html and "点击" in page.html


CODE = """
import sys
from pelican import Pelican
from pelican.settings import read_settings
root = sys.argv[1]
Pelican(read_settings(override={
    "PATH": f"{root}/content", "OUTPUT_PATH": f"{root}/output", "PLUGINS": ["plugins.legacy_html"],
    "TIMEZONE": "Asia/Shanghai", "DRAFT_SAVE_AS": "", "DRAFT_URL": "",
})).run()
"""


def test_plain_pelican_reads_it_too(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "content/waits.html").write_bytes(PAGE)
    (tmp_path / "content/shown.html").write_bytes(with_head(state="published", title="公开的旧文"))
    subprocess.run([sys.executable, "-c", CODE, str(tmp_path)], cwd=ROOT, check=True, capture_output=True)
    output = scrape.contents(tmp_path / "output")
    assert "人参加，随后" in output["shown.html"].decode()
    assert not any("waits" in name or "示例县召开会议</a>".encode() in raw for name, raw in output.items())
