from __future__ import annotations

from datetime import date

import pytest

from plugins.legacy_html.repairs.furniture import column_of, crumbs, furniture, neighbours
from plugins.legacy_html.repairs.lines import readable, understand
from plugins.legacy_html.repairs.people import is_name, split_office

PROSE = "今天，我们召开会议，主要任务是总结工作、部署任务，推动协会工作再上新台阶。"
PAGE = (
    "当前位置：首页 > 领导讲话 > 在示例县计生协年会...",
    "领导讲话",
    "在示例县计生协年会暨",
    "家庭健康工作会议上的讲话",
    "示例县计生协会长 王小明",
    "2024-03-18    浏览次数：12",
    PROSE[:20] + "...",
    PROSE,
    "一、主要工作",
    PROSE + "还有一句。",
    "来源：示例日报",
    "上一篇：关于开会的通知",
    "下一篇：没有了",
    "版权所有：示例县计生协",
    "示例县计生协",
)


def test_a_page_is_understood() -> None:
    found = understand(PAGE)
    assert found.title == "在示例县计生协年会暨家庭健康工作会议上的讲话"
    assert [(one.name, one.office) for one in found.authors] == [("王小明", "示例县计生协会长")]
    assert (found.moment, found.source_name, found.column) == (date(2024, 3, 18), "示例日报", "领导讲话")
    assert (found.previous, found.next) == ("关于开会的通知", "")
    assert [role for role in found.roles if role == "body"] == ["body"] * 3
    assert found.roles[6] == "teaser"


def test_the_kicker_and_the_rubric_stand_between_byline_and_text() -> None:
    lines = (
        "深化改革 助力发展",
        "■示例县计生协会长 王小明",
        "学习贯彻会议精神",
        "会长话改革",
        "充分认识重大意义",
        PROSE,
    )
    found = understand(lines, bold={2, 4}, levels={0: 1})
    assert (found.title, found.kicker, found.column) == ("深化改革 助力发展", "学习贯彻会议精神", "会长话改革")
    assert found.roles[4] == "body"


def test_lines_become_readable_one_for_one() -> None:
    assert readable(("計(jì)生協(xié)會(huì)議", "發展")) == ("计生协会议", "发展")


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("您现在的位置：首页 >> 新闻", "breadcrumb"),
        ("下一条：通知", "neighbour"),
        ("下面是小编为大家整理的讲话，供大家参考。", "banner"),
        ("微信订阅", "share"),
        ("【打印本页】 【关闭窗口】", "share"),
        ("• 示例县 版权所有", "footer"),
        ("电话：0000-1234567", "contact"),
        ("首页 新闻 通知 党建 联系", "navigation"),
        ("2018/1/24", ""),
        ("上一年的工作总结如下：", ""),
        ("会员的位置很重要：大家都要努力。", ""),
        (PROSE, ""),
    ],
)
def test_furniture(line: str, kind: str) -> None:
    assert furniture(line) == kind


def test_breadcrumbs_and_columns() -> None:
    entries = crumbs("当前位置: 首页 > 政务公开 > 文件资料 > 牢牢把握发挥生力军作用...")
    assert column_of(entries) == ("文件资料", ("首页", "政务公开", "文件资料"))
    assert column_of(crumbs("当前位置/ 首页/ 资讯快递/ 正文")) == ("资讯快递", ("首页", "资讯快递"))
    assert neighbours("上一篇：甲 下一篇：乙") == (("previous", "甲"), ("next", "乙"))


@pytest.mark.parametrize("word", ["办公室", "计生协", "方案", "会长", "教师节", "全面发展了"])
def test_words_are_no_names(word: str) -> None:
    assert not is_name(word)


def test_an_office_and_a_name_in_either_order() -> None:
    pair = ("王小明", "示例市妇幼保健院院长")
    assert split_office("示例市妇幼保健院院长 王小明") == split_office("王小明 示例市妇幼保健院院长") == pair
    assert split_office("会长话改革") is None
