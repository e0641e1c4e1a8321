from __future__ import annotations

import pytest

from plugins.legacy_html.repairs.script import simplify, source_script


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("計生協隻經曆了三年，走完最後一公裏，反複宣講", "计生协只经历了三年，走完最后一公里，反复宣讲"),
        (
            "隨著協會發展，圍繞著會員，著名作家的著作，著力解決問題",
            "随着协会发展，围绕着会员，著名作家的著作，着力解决问题",
        ),
        ("瞭解基層，瞭望塔邊，乾部與幹部，乾隆年間", "了解基层，瞭望塔边，干部与干部，乾隆年间"),
        ("配合著鎮裡，議論著合著的論著，影響顯著", "配合着镇里，议论着合著的论著，影响显著"),
        ("為甚麼說「計劃」與『發展』", "为什么说“计划”与‘发展’"),
        ("裡面與裏面，皇后在後面，製定制度", "里面与里面，皇后在后面，制定制度"),
    ],
)
def test_a_traditional_page_becomes_simplified(text: str, expected: str) -> None:
    assert simplify(text).text == expected


@pytest.mark.parametrize(
    "text",
    [
        "计生协会员张楓同志介绍了经验",  # a name keeps its character
        "店招上写着“計劃”二字，大家都认得",
        "乾隆年间的著作，瞭望塔与慰藉",
        "The quick brown fox",
        "",
    ],
)
def test_simplified_text_is_left_alone(text: str) -> None:
    assert simplify(text).text == text


def test_the_source_script_is_told() -> None:
    assert source_script("計生協發揮作用") == "traditional"
    assert source_script("计生协发挥作用") == "simplified"
    assert source_script("人口 2024") == ""


def test_one_edit_a_line_and_equally_long() -> None:
    found = simplify("計劃生育協會\n人口\n發展戰略")
    assert [edit.start for edit in found.edits] == [0, 10]
    assert all(len(edit.before) == len(edit.after) for edit in found.edits)
