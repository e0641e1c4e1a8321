"""New files: valid at once, named so that nobody misreads them."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invoke.context import Context
from invoke.exceptions import Exit

from plugins.content_types.item import read_item
from plugins.content_types.new import ALPHABET, new_file, new_id, pinyin_hint
from plugins.content_types.pinyin import sure_reading
from plugins.content_types.tasks import new, problems_of, write_new
from plugins.content_types.types import TYPES
from plugins.domain.content import EventDetails
from plugins.domain.paths import is_slug
from tests.content_types.sample import NOW, loaded


@pytest.mark.parametrize("kind", TYPES)
def test_a_new_file_is_a_valid_draft(kind: str) -> None:
    made = new_file(kind, "示例：某县召开年会", now=NOW)
    item, problems = read_item(made.path, made.text.encode())
    assert problems == ()
    assert item is not None
    assert (item.type, item.title, item.state) == (kind, "示例：某县召开年会", "private")


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(sorted(TYPES)), st.text(min_size=1, max_size=60))
def test_any_title_gives_a_valid_file_or_a_reason(kind: str, title: str) -> None:
    try:
        made = new_file(kind, title, now=NOW)
    except ValueError as error:
        assert "标题" in str(error)
        return
    item, problems = read_item(made.path, made.text.encode())
    assert problems == ()
    assert item is not None
    assert item.title == " ".join(title.split())


def test_ids_have_no_lookalikes() -> None:
    made = new_id(random.Random(1).choice)
    assert len(made) == 6
    assert set(made) <= set(ALPHABET)
    assert not set(ALPHABET) & set("01iloOIu")
    assert new_id() != new_id()


@pytest.mark.parametrize(
    ("title", "hint"),
    [
        ("万家", "wan-jia"),
        ("会长改革", "hui-zhang-gai-ge"),
        ("重庆调查", "chong-qing-diao-cha"),
        ("行动计划", "xing-dong-ji-hua"),
        ("女性健康", "nv-xing-jian-kang"),
        ("PDF 文件", "pdf-wen-jian"),
        ("PDF 下载", "pdf-xia"),
        ("长", ""),
        ("！？", ""),
        ("《通知》", "tong-zhi"),
        ("CON", ""),
    ],
)
def test_hints(title: str, hint: str) -> None:
    assert pinyin_hint(title) == hint


def test_an_unsure_reading_ends_the_hint() -> None:
    assert sure_reading("年会长") == ("nian", "hui")  # 年会·长 or 年·会长


@settings(max_examples=100, deadline=None)
@given(st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), max_size=30))
def test_a_hint_is_part_of_an_address(title: str) -> None:
    hint = pinyin_hint(title)
    assert hint == "" or (is_slug(hint) and len(hint) <= 28)


def test_the_task_writes_into_the_column(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    new.body(Context(), "notice", "示例通知", folder="news", content=str(content), ask=False)
    made = [item for item in loaded(content).items if item.type == "notice"]
    assert [(item.title, item.folder, item.state) for item in made] == [("示例通知", "news", "private")]
    assert made[0].path in capsys.readouterr().out


@pytest.mark.parametrize(("kind", "folder"), [("nws", "news"), ("page", "nowhere"), ("page", "../x")])
def test_the_task_says_what_is_wrong(kind: str, folder: str, content: Path) -> None:
    with pytest.raises(Exit):
        new.body(Context(), kind, "示例", folder=folder, content=str(content), ask=False)


def test_nothing_is_overwritten(content: Path) -> None:
    made = new_file("page", "示例", now=NOW, folder="about", id="aaaaaa")
    path = write_new(content, made)
    path.write_text("mine", "utf-8")
    with pytest.raises(FileExistsError):
        write_new(content, made)
    assert path.read_text("utf-8") == "mine"


def test_a_new_section_is_a_column(content: Path) -> None:
    made = new_file("section", "示例栏目", now=NOW, folder="news")
    assert made.path == "news/shi-li-lan-mu/index.md"
    assert write_new(content, made).is_file()


def test_answers_are_checked_by_the_kind_of_the_field() -> None:
    starts = TYPES["event"].by_key["starts"]
    assert problems_of(starts, "2026-02-30") != []
    assert problems_of(starts, "2026-02-28 09:30") == []
    assert problems_of(starts, "") == []


def test_the_task_asks_until_an_answer_is_valid(
    content: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = {
        "开始时间": iter(["明天", "2027-05-29 09:30"]),
        "地点": iter(["示例县人民广场"]),
        "标签": iter(["活动日、会员"]),
    }

    def answer(question: str) -> str:
        return next((next(given) for label, given in answers.items() if question.startswith(label)), "")

    monkeypatch.setattr("builtins.input", answer)
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    new.body(Context(), "event", "示例活动", folder="news", content=str(content))
    (made,) = (item for item in loaded(content).items if item.type == "event")
    assert isinstance(made.details, EventDetails)
    assert made.details.place == "示例县人民广场"
    assert made.details.starts is not None
    assert made.details.starts.isoformat() == "2027-05-29T09:30:00+08:00"
    assert made.tags == ("活动日", "会员")
    assert "写存在的日期" in capsys.readouterr().out
