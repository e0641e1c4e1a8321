from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.domain.outline import BlockKind, Outline, TextBlock
from plugins.official_document.numbering import Rank, numeral, numeral_value, read_number, run_ins
from plugins.official_document.outline import outline

TEXT = "各级协会要结合实际认真组织实施，确保工作落到实处。"


def blocks_of(*lines: str) -> list[TextBlock]:
    """Blocks as a person writes them: ``## `` a heading, ``- `` something else, else a paragraph."""
    blocks = []
    for line in lines:
        level = len(line) - len(line.lstrip("#"))
        if level:
            blocks.append(TextBlock(BlockKind.HEADING, line[level:].strip(), level))
        else:
            blocks.append(TextBlock(BlockKind.OTHER if line.startswith("- ") else BlockKind.PARAGRAPH, line))
    return blocks


def drawn(result: Outline) -> list[str]:
    return [f"{heading.level} {heading.text}" for heading in result.headings if heading]


@pytest.mark.parametrize(
    ("text", "rank", "value", "words"),
    [
        ("一、总体要求", Rank.FIRST, 1, "总体要求"),
        ("十二、组织保障", Rank.FIRST, 12, "组织保障"),
        ("二十、附则", Rank.FIRST, 20, "附则"),
        ("（一）指导思想", Rank.SECOND, 1, "指导思想"),
        ("(三)主要目标", Rank.SECOND, 3, "主要目标"),
        ("（十）、其他", Rank.SECOND, 10, "其他"),
        ("1.加强领导", Rank.THIRD, 1, "加强领导"),
        ("1．加强领导", Rank.THIRD, 1, "加强领导"),
        ("12、加强领导", Rank.THIRD, 12, "加强领导"),
        ("（1）报名", Rank.FOURTH, 1, "报名"),
        ("③ 评审", Rank.FIFTH, 3, "评审"),
        ("第一章 总则", Rank.CHAPTER, 1, "总则"),
        ("第二节　会员", Rank.PART, 2, "会员"),
        ("一、二十年来的历程", Rank.FIRST, 1, "二十年来的历程"),
        ("二、三个转变", Rank.FIRST, 2, "三个转变"),
        ("一、2024年工作回顾", Rank.FIRST, 1, "2024年工作回顾"),
    ],
)
def test_numbers_are_read(text: str, rank: Rank, value: int, words: str) -> None:
    number = read_number(text)
    assert number is not None
    assert (number.rank, number.value, number.words) == (rank, value, words)


@pytest.mark.parametrize(
    "text",
    [
        "一、二、三等奖各若干名",
        "一、二等奖名单",
        "二、三季度工作安排",
        "（一）（二）两项由县级负责",
        "（一）、（二）项材料",
        "（一）至（三）项",
        "1.5万人参加活动",
        "3.8妇女节慰问",
        "10.1假期安排",
        "2024.1.5",
        "2024．计划",
        "1、2号楼",
        "（2024）示协发1号",
        "一是加强领导",
        "首先，提高认识",
        "第一，提高认识",
        "第三条 会员的权利",
        "第一次全体会议",
        "“一、总体要求”是文件的第一部分",
        "一、",
        "一",
        "十一假期",
        "100.目标",
        "一百、目标",
        "",
    ],
)
def test_what_only_looks_like_a_number_is_none(text: str) -> None:
    assert read_number(text) is None


def test_hierarchy_in_plain_paragraphs() -> None:
    lines = ["一、总体要求", TEXT, "二、重点任务", "（一）宣传教育", "1.进村入户", TEXT, "2.上门走访", TEXT]
    lines += ["（二）帮扶救助", TEXT, "三、工作要求", TEXT]
    assert drawn(outline(blocks_of(*lines))) == [
        "2 一、总体要求",
        "2 二、重点任务",
        "3 （一）宣传教育",
        "4 1.进村入户",
        "4 2.上门走访",
        "3 （二）帮扶救助",
        "2 三、工作要求",
    ]


@pytest.mark.parametrize(
    "lines",
    [
        ["一、张家村", "二、李家村", "三、王家村"],
        ["一、张家村", "二、李家村", TEXT],
        [TEXT, "（一）身份证", "（二）户口簿", "（三）申请表", TEXT],
        ["一、各级协会要提高认识。", TEXT, "二、要加强领导。", TEXT],
        ["一、时间：2024年9月2日", TEXT, "二、地点：示例县文化馆", TEXT],
        ["一、总体要求。各级协会要提高认识，加强领导", TEXT],
        ["一、" + "长" * 39, TEXT],
        ["1.报名须知", TEXT],
        ["①填表", TEXT],
        ["一是提高认识", TEXT, "二是加强领导", TEXT],
        ["首先", TEXT],
        ["一、总体要求"],
    ],
    ids=lambda lines: lines[0][:12],
)
def test_what_is_not_surely_a_heading_stays_text(lines: list[str]) -> None:
    assert drawn(outline(blocks_of(*lines))) == []


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["## 一、总体要求", TEXT, "（一）目标", TEXT], ["2 一、总体要求", "3 （一）目标"]),
        (["# 概况", "### 一、历史", TEXT, "### 二、现状", TEXT], ["2 概况", "3 一、历史", "3 二、现状"]),
        (["#### 深", TEXT, "## 浅", TEXT], ["2 深", "2 浅"]),
        (["## 一、甲", "## （一）乙", "## 二、丙"], ["2 一、甲", "3 （一）乙", "2 二、丙"]),
        (["## 第一章 总则", TEXT, "第一节 宗旨", TEXT, "## 附则", TEXT], ["2 第一章 总则", "3 第一节 宗旨", "2 附则"]),
        (["（一）甲", TEXT, "（二）乙", TEXT], ["2 （一）甲", "2 （二）乙"]),
        (["1.甲", TEXT, "2.乙", TEXT], ["2 1.甲", "2 2.乙"]),
        (["一、甲", "- 一项", "二、乙", "- 一项"], ["2 一、甲", "2 二、乙"]),
        (["一、甲", TEXT, "二、乙", "三、丙", TEXT], ["2 一、甲", "2 二、乙", "2 三、丙"]),
        (["一、甲", TEXT, "二、各级要重视。", TEXT, "三、丙", TEXT], ["2 一、甲", "2 三、丙"]),
    ],
)
def test_levels_follow_numbers_and_never_skip(lines: list[str], expected: list[str]) -> None:
    assert drawn(outline(blocks_of(*lines))) == expected


@pytest.mark.parametrize(
    ("lines", "messages"),
    [
        (["一、甲", TEXT, "三、丙", TEXT], ["序号从“一”跳到“三”"]),
        (["一、甲", TEXT, "一、乙", TEXT], ["序号“一、”重复"]),
        (["二、甲", TEXT, "三、乙", TEXT], ["序号从“二”开始"]),
        (["一、甲", "（一）子", TEXT, "（三）丑", TEXT, "二、乙", "（一）寅", TEXT], ["序号从“一”跳到“三”"]),
        (["一、甲", TEXT, "二、乙", TEXT, "1.子", TEXT, "2.丑", TEXT], []),
        (["一、张家村", "二、李家村", "四、赵家村"], ["序号从“二”跳到“四”"]),
        ([TEXT, "1、表", "2、证", TEXT, "1、表", "2、证"], []),
        (["一是甲。三是丙。"], ["“一是”之后是“三是”"]),
        (["一是甲。", "二是乙。", "四是丁。"], ["“二是”之后是“四是”"]),
        (["一是甲；二是乙。", "一是丙；二是丁。"], []),
        (["三是重点。", "五是重点。"], []),
        (["## 甲", "## 乙"], []),
    ],
)
def test_numbers_out_of_order_are_faults(lines: list[str], messages: list[str]) -> None:
    assert [fault.message for fault in outline(blocks_of(*lines)).faults] == messages


def test_fault_says_where_and_what_to_do() -> None:
    (fault,) = outline(blocks_of("一、甲", TEXT, "三、丙", TEXT)).faults
    assert (fault.block, fault.hint) == (2, "缺“二”，请核对")


def anchors(*lines: str) -> dict[str, str]:
    return {heading.text[2:]: heading.anchor for heading in outline(blocks_of(*lines)).headings if heading}


def test_anchors_survive_inserting_renumbering_and_moving() -> None:
    before = anchors("一、总体要求", TEXT, "二、组织领导", TEXT)
    after = anchors("一、重要意义", TEXT, "二、组织领导", TEXT, "三、总体要求", TEXT)
    assert before == {words: after[words] for words in before}


def test_anchors_are_unique_and_own_ones_stay() -> None:
    lines = ["一、甲", "（一）要求", TEXT, "二、乙", "（一）要求", TEXT, "（二）要求", TEXT, "（三）要求", TEXT]
    result = outline([*blocks_of(*lines), TextBlock(BlockKind.HEADING, "要求", 2, "own-id")])
    found = [heading.anchor for heading in result.headings if heading]
    assert len(set(found)) == len(found) == 7
    assert found[-1] == "own-id"


@given(st.integers(1, 99), st.sampled_from([Rank.FIRST, Rank.THIRD]))
def test_numerals_are_read_as_written(value: int, rank: Rank) -> None:
    assert numeral_value(numeral(rank, value)) == value


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("一是甲；二是乙。三是丙", (1, 2, 3)),
        ("统一是前提", ()),
        ("第一是甲", ()),
        ("一是否可行", ()),
        ("会议指出：一是甲", (1,)),
    ],
)
def test_run_ins(text: str, values: tuple[int, ...]) -> None:
    assert run_ins(text) == values


LINES = st.lists(
    st.sampled_from(
        ["一、甲", "二、乙", "（一）子", "（二）丑", "1.寅", "①卯", "## 一、辰", "#### 巳", TEXT, "- 项", "第一章 午"]
    ),
    max_size=14,
)


@given(LINES)
def test_laws_of_every_outline(lines: list[str]) -> None:
    blocks = blocks_of(*lines)
    result = outline(blocks)
    assert len(result.headings) == len(blocks)
    found = [heading for heading in result.headings if heading]
    assert len({heading.anchor for heading in found}) == len(found)
    level = 1
    for heading in found:
        assert 2 <= heading.level <= level + 1
        level = heading.level
    for block, heading in zip(blocks, result.headings, strict=True):
        assert (heading is not None) or block.kind is not BlockKind.HEADING
