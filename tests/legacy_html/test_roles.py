from __future__ import annotations

import pytest

from plugins.legacy_html.roles import role_of


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
        ("附件：报名表.doc", ""),
        ("一、加强组织领导", ""),
        ("2016年，全县新增会员3000人。", ""),
        ("地址：示例路1号", "contact"),
    ],
)
def test_what_a_line_says_of_itself(line: str, role: str) -> None:
    assert role_of(line) == role
