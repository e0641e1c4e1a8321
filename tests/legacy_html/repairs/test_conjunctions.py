from __future__ import annotations

import pytest

from plugins.legacy_html.repairs.conjunctions import translate


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("思想 and 党的精神", "思想和党的精神"),
        ("发展 with 家庭", "发展与家庭"),
        ("电话 or 微信", "电话或微信"),
        ("宣传as well as服务", "宣传以及服务"),
        ("《章程》 And “三项制度”", "《章程》和“三项制度”"),
    ],
)
def test_foreign_conjunctions_are_translated_and_flagged(text: str, expected: str) -> None:
    found = translate(text)
    assert found.text == expected
    assert [flag.flag for flag in found.flags] == ["foreign_word"]


@pytest.mark.parametrize(
    "text", ["R and B 音乐", "使用Word and Excel", "Android系统", "向in生活", "2 and 3", "and 党的"]
)
def test_other_english_stays(text: str) -> None:
    assert translate(text).text == text
    assert translate(text).flags == ()


def test_a_doubtful_word_is_only_flagged() -> None:
    found = translate("中国 of 发展")
    assert found.text == "中国 of 发展"
    assert found.flags[0].suggestion == "的"
