from __future__ import annotations

from datetime import date, datetime

import pytest

from plugins.domain.dates import CHINA
from plugins.legacy_html.repairs.byline import read

OFFICE = "示例县计生协会长"


@pytest.mark.parametrize(
    ("line", "name", "office"),
    [
        (f"■{OFFICE} 王小明", "王小明", OFFICE),
        (f"作者:王小明 {OFFICE}", "王小明", OFFICE),
        (f"{OFFICE}　王 明", "王明", OFFICE),
        (f"{OFFICE}王小明", "王小明", OFFICE),
        (f"王小明（{OFFICE}）", "王小明", OFFICE),
        (
            "示例县卫生健康委主任、党组书记、县计生协第一副会长 欧阳文",
            "欧阳文",
            "示例县卫生健康委主任、党组书记、县计生协第一副会长",
        ),
        ("本报记者 王小明 报道", "王小明", ""),
        ("（记者 王小明）", "王小明", ""),
        ("文/王小明 图/李小红", "王小明", ""),
        ("（示例县计生协 王小明）", "王小明", "示例县计生协"),
    ],
)
def test_author(line: str, name: str, office: str) -> None:
    found = read(line)
    assert found is not None
    assert (found.authors[0].name, found.authors[0].office) == (name, office)


@pytest.mark.parametrize(
    ("line", "source"),
    [
        ("来源:示例县计划生育协会 ", "示例县计划生育协会"),
        ("（示例生育关怀）", "示例生育关怀"),
        ("【来源：示例日报】", "示例日报"),
        ("来源：示例网 发布时间：2016-07-08 11:21 浏览次数：123 【字体：大 中 小】", "示例网"),
        ("示例人口报 2020-08-12 09:30", "示例人口报"),
        ("2023-04-01 10:00 来源: 示例县卫生健康局 点击：", "示例县卫生健康局"),
    ],
)
def test_source(line: str, source: str) -> None:
    found = read(line)
    assert found is not None
    assert found.source_name == source


@pytest.mark.parametrize(
    ("line", "moment"),
    [
        ("2016-07-08 11:21:10    阅读次数(", datetime(2016, 7, 8, 11, 21, 10, tzinfo=CHINA)),
        ("二〇一六年七月八日", date(2016, 7, 8)),
        ("发布时间：2016年7月8日", date(2016, 7, 8)),
        ("日期：[2016/7/8] 打印", date(2016, 7, 8)),
    ],
)
def test_moment(line: str, moment: date) -> None:
    found = read(line)
    assert found is not None
    assert found.moment == moment


@pytest.mark.parametrize(
    "line",
    [
        "会长话改革",
        "（全文完）",
        "（根据录音整理）",
        "（此件公开发布）",
        "一、提高站位",
        "同志们：",
        "王小明",
        "示例县计生协会长王小明赴南山镇调研",
        "会议时间：2024年5月1日，地点在示例县会堂，请各成员单位按时派员参加，不得请假",
        "会议由示例县计生协会长王小明主持。",
    ],
)
def test_text_is_no_byline(line: str) -> None:
    assert read(line) is None


def test_a_bare_name_needs_its_place() -> None:
    found = read("王小明 李小红", near_title=True)
    assert found is not None
    assert [one.name for one in found.authors] == ["王小明", "李小红"]
