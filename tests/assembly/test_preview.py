from __future__ import annotations

import io
import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from plugins.assembly.configuration import configured
from plugins.assembly.events import EVERYTHING, SCRIPT, STREAM, Channel
from plugins.assembly.preview import Preview
from plugins.assembly.preview_pages import dressed, preview_pages
from plugins.assembly.static_files import Application, static_files
from plugins.domain.problems import Problem


class Desk:
    """A preview of a site, asked as a browser asks."""

    def __init__(self, site: Path) -> None:
        self.site = site
        self.preview = Preview(run=configured(site / "pelicanconf.py"))
        self.preview.build()
        self.pages: Application = preview_pages(self.preview, static_files(site / "output"))

    def get(self, path: str) -> tuple[str, str]:
        said: list[str] = []
        environ: dict[str, Any] = {"REQUEST_METHOD": "GET", "PATH_INFO": path, "wsgi.input": io.BytesIO()}
        content = b"".join(self.pages(environ, lambda status, headers, *rest: said.append(status)))
        return said[0], content.decode()

    def edit(self, name: str, old: str, new: str) -> Path:
        place = self.site / "content" / name
        text = place.read_text("utf-8")
        assert old in text
        place.write_text(text.replace(old, new), "utf-8")
        return place


@pytest.fixture
def desk(site: Path) -> Desk:
    with (site / "pelicanconf.py").open("a") as settings:
        settings.write("SEARCH_INDEX = False\n")
    return Desk(site)


@pytest.mark.parametrize(
    ("old", "new"), [("乙的正文", "新写的正文"), ("title: 乙", "title: 新写的标题"), ("[会员]", "[会员, 活动]")]
)
def test_the_page_that_is_written_is_shown_before_the_site_is_built(desk: Desk, old: str, new: str) -> None:
    before = desk.get("/news/b/")[1]
    place = desk.edit("news/b.md", old, new)
    start = time.process_time()
    desk.preview.change([place])
    shown = desk.get("/news/b/")[1]
    assert time.process_time() - start < 0.5
    assert shown != before
    desk.preview.build()
    assert desk.preview.pages == {} or desk.get("/news/b/")[1] == shown


def test_what_is_shown_at_once_is_what_the_build_writes(desk: Desk) -> None:
    place = desk.edit("news/a.md", "甲的正文", "## 一、甲\n\n新正文，见[乙](b.md)和[外](https://example.org/)。")
    desk.preview.change([place])
    shown = desk.preview.pages["news/a/index.html"]
    desk.preview.build()
    assert (desk.site / "output/news/a/index.html").read_bytes() == shown


def test_errors_stand_on_every_page_and_go_when_mended(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    place = desk.edit("news/b.md", "type: news_item", "type: news_itm")
    desk.preview.change([place])
    for path in ("/news/b/", "/news/a/", "/"):
        assert 'role="alert"' in desk.get(path)[1]
        assert "news/b.md:3" in desk.get(path)[1]
    desk.preview.build()
    assert "news/b.md:3" in capsys.readouterr().out
    assert 'role="alert"' in desk.get("/")[1]
    desk.preview.change([desk.edit("news/b.md", "news_itm", "news_item")])
    desk.preview.build()
    assert 'role="alert"' not in desk.get("/")[1] + desk.get("/news/b/")[1]


def test_a_slip_in_the_settings_does_not_end_the_preview(desk: Desk) -> None:
    settings = desk.site / "pelicanconf.py"
    text = settings.read_text()
    settings.write_text(text + "\nSITENAME = (\n")
    desk.preview.build()
    assert "SyntaxError" in desk.get("/")[1]
    settings.write_text(text)
    desk.preview.build()
    assert 'role="alert"' not in desk.get("/")[1]


def test_what_becomes_private_is_gone_after_the_build(desk: Desk) -> None:
    place = desk.edit("news/b.md", "state: published", "state: private")
    desk.preview.change([place])
    desk.preview._due.clear()
    desk.preview.build()
    assert desk.get("/news/b/")[0].startswith("404")


def test_pages_load_the_script_and_other_files_do_not(desk: Desk) -> None:
    assert f'<script src="{SCRIPT}" defer></script></body>' in desk.get("/news/a/")[1]
    assert desk.get(SCRIPT)[1].startswith("//")
    assert "reload" not in desk.get("/feed.xml")[1]
    assert desk.get("/nowhere/")[0].startswith("404")


def test_alerts_are_escaped() -> None:
    page = dressed(b'<body class="x">a</body>', [Problem(path="<script>", message="<b>")])
    assert b'<body class="x"><section role="alert"' in page
    assert b"&lt;script&gt;" in page and b"<b>" not in page


def heard(stream: Iterator[bytes]) -> list[str]:
    text = next(stream).decode()
    return json.loads(text.removeprefix("data: ")) if text.startswith("data: ") else []


def test_listeners_hear_what_happens_from_when_they_listen(desk: Desk) -> None:
    stream = desk.preview.channel.listen()
    assert heard(stream) == []
    desk.preview.change([desk.edit("news/b.md", "乙的正文", "改")])
    assert heard(stream) == ["/news/b/"]
    late = desk.preview.channel.listen()
    next(late)
    desk.preview.channel.tell(["/x/"])
    assert heard(late) == heard(stream) == ["/x/"]


def test_a_page_that_was_shown_at_once_is_not_told_of_twice(desk: Desk) -> None:
    place = desk.edit("news/b.md", "title: 乙", "title: 乙改")
    desk.preview.change([place])
    stream = desk.preview.channel.listen()
    assert heard(stream) == []
    desk.preview._due.clear()
    desk.preview.build()
    told = heard(stream)
    assert "/news/" in told and "/news/b/" not in told
    assert not any(url.endswith((".xml", ".json")) for url in told)


def test_many_changes_are_one_word() -> None:
    channel = Channel()
    stream = channel.listen()
    next(stream)
    channel.tell(f"/{number}/" for number in range(1000))
    assert heard(stream) == [EVERYTHING]
    assert STREAM.startswith("/.preview/")
