from __future__ import annotations

import pytest

from plugins.legacy_html.document import Block, Mark
from plugins.legacy_html.roles import block_role, role_of


@pytest.mark.parametrize(
    ("line", "role"),
    [
        ("上一篇：年会通知", "neighbour"),
        ("下一条： 没有了", "neighbour"),
        ("您的位置：首页 > 要闻", "crumb"),
        ("首页 > 新闻中心 > 正文", "crumb"),
        ("相关新闻", "related"),
        ("【打印】【关闭】", "control"),
        ("[1] [2] 下一页", "paging"),
        ("某ICP备12345号", "legal"),
        ("（责任编辑：王小明）", "editor"),
        ("来源：示例网 2016-01-01", "info"),
        ("本网未注明来源的作品版权属原作者，请勿转载。", "disclaimer"),
        ("下一步，我们要加强工作。", ""),
        ("上一届理事会完成了任务。", ""),
        ("会议要闻", ""),
        ("首页 - 新闻 - 国内 - 国际 - 社会 - 财经 - 体育 - 科技 - 教育 - 健康 - 旅游", ""),
        ("2008年06月30日11:20 [我来说两句] 来源：示例网", "info"),
        ("— END —", "control"),
        ("（编辑 王小明 校对 陈丽）", "editor"),
        ("相关问答", "related"),
        ("2019年5月1日至5月31日。", ""),
        ("附件：报名表.doc", ""),
        ("一、加强组织领导", ""),
        ("2016年，全县新增会员3000人。", ""),
        ("地址：示例路1号", "contact"),
    ],
)
def test_what_a_line_says_of_itself(line: str, role: str) -> None:
    assert role_of(line) == role


def test_a_linked_title_with_its_date_is_an_entry_and_a_linked_source_is_not() -> None:
    entry = Block(
        kind="item", text="会员之家建设现场会2015-08-11", seams=(9,), marks=(Mark(kind="link", start=0, end=9),)
    )
    source = Block(kind="paragraph", text="示例日报2015-08-11", seams=(4,), marks=(Mark(kind="link", start=0, end=4),))
    assert (block_role(entry), block_role(source)) == ("", "info")


def test_links_that_end_at_the_text_itself_are_a_trail() -> None:
    links = (Mark(kind="link", start=0, end=3), Mark(kind="link", start=4, end=8))
    assert block_role(Block(kind="paragraph", text="示例网 新闻中心 正文", marks=links)) == "crumb"
