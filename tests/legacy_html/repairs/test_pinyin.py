from __future__ import annotations

import pytest

from plugins.legacy_html.repairs.pinyin import reads, strip

INJECTED = "中国计(jì)划生育协(xié)会(huì)第八次会(huì)议"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("计(jì)生协", "计生协"),
        ("計（jì）生協", "計生協"),
        ("做 ( zuò ) 好", "做 好"),
        ("了(le)解", "了解"),
        ("计(ji\u0300)生", "计生"),  # decomposed marks
        (INJECTED, "中国计划生育协会第八次会议"),
        (INJECTED + "，家庭(jiātíng)", "中国计划生育协会第八次会议，家庭"),
        (INJECTED + "，重(chóng)庆亳(bó)州", "中国计划生育协会第八次会议，重庆亳州"),
        ("计(ji4)划(hua4)生(sheng1)育(yu4)协(xie2)会(hui4)", "计划生育协会"),
        ("计(ji)划(hua)生(sheng)育(yu)协(xie)会(hui)", "计划生育协会"),
    ],
)
def test_readings_go(text: str, expected: str) -> None:
    assert strip(text).text == expected


@pytest.mark.parametrize(
    "text",
    [
        "村(居)民大会",
        "协会(CFPA)成立",
        "生(jì)",  # a reading, but of another character
        "世界卫生组织(WHO)提出，人口基金(UNFPA)支持",
        "方案(an)甲",  # one without a tone mark proves nothing
        "亳(bó)州",  # a gloss that a reader needs
        "重(chóng)复",  # the unusual reading of a common character
        "计(jì",
        "(jì)",
    ],
)
def test_everything_else_stays(text: str) -> None:
    assert strip(text).text == text


def test_a_kept_gloss_is_shown() -> None:
    assert [flag.flag for flag in strip("亳(bó)州").flags] == ["pinyin_kept"]


def test_english_in_brackets_forbids_toneless_readings() -> None:
    text = "计(ji)生(sheng)协(xie)与(and)或(or)非(not)"
    assert strip(text).text == text


def test_a_reading_may_be_of_several_characters() -> None:
    assert reads("jìshēngxié", "县计生协")
    assert not reads("jìshēng", "县计生协")
