from __future__ import annotations

import pytest

from plugins.legacy_html.repairs.headings import find, stops


@pytest.mark.parametrize(
    ("line", "level"),
    [
        ("一、提高认识，增强责任感", 2),
        ("（一）健全组织网络", 3),
        ("(三) 关于深化改革的问题", 3),
        ("一是健全组织网络", 0),
        ("首先，重视是前提。", 0),
        ("1.加强领导", 0),
        ("一、今年以来，我们认真学习。下一步要抓好落实", 0),
        ("一、" + "很长的标题" * 10, 0),
        ("一、", 0),
        ("普通的一行", 0),
    ],
)
def test_rank(line: str, level: int) -> None:
    assert [one.level for one in find([line])] == ([level] if level else [])


def test_a_bold_line_is_a_heading_unless_it_is_a_sentence() -> None:
    assert [one.level for one in find(["主要做法", "理念要融入。"], bold={0, 1})] == [2]


def test_a_final_stop_is_dropped_where_a_sister_has_none() -> None:
    lines = ["（一）组织建设", "段落。", "（二）作风建设。", "段落。"]
    found = find(lines)
    assert [one.text for one in found] == ["（一）组织建设", "（二）作风建设"]
    assert [edit.start for edit in stops(lines, found)] == ["\n".join(lines).index("。\n段落。", 15)]


def test_a_row_of_sentences_is_no_row_of_headings() -> None:
    assert find(["一、加强领导。", "二、落实责任。"]) == ()
