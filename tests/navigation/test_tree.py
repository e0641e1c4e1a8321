"""The section tree, drawn."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pytest

from plugins.domain.content import LinkDetails, SectionDetails, State
from plugins.domain.problems import Level
from plugins.navigation.tree import build_tree, in_list_order


def drawn(text: str) -> str:
    return text.strip("\n")


def test_a_site_is_drawn_as_its_editor_sees_it(item, section, now):
    items = [
        section(),
        section("news", "新闻动态", order=2),
        section("notices", "通知公告", order=1),
        section("news/county", "县区新闻"),
        item("news/a.md", "旧闻", date="2024-01-01"),
        item("news/b.md", "新闻", date="2024-05-01 09:00"),
        item("news/county/c.md", "县里的事", date="2024-03-01"),
        item("news/2024/d.md", "子文件夹里的", date="2024-02-01"),
        item("about.md", "关于本站", type="page"),
    ]
    tree, problems = build_tree(items, now=now)
    assert str(tree) == drawn("""
首页  /
  · 关于本站（page，published）
  通知公告  /notices/
  新闻动态  /news/
    · 新闻（news_item，published）
    · 子文件夹里的（news_item，published）
    · 旧闻（news_item，published）
    县区新闻  /news/county/
      · 县里的事（news_item，published）
""")
    assert [str(problem) for problem in problems] == [
        "notices/index.md:1: 栏目“通知公告”没有内容，不进入菜单（发布内容，或写 show_empty: true 让它留在菜单里）"
    ]


HIDDEN = [
    ("private", {"state": State.PRIVATE}),
    ("pending", {"state": State.PENDING}),
    ("withdrawn", {"state": State.WITHDRAWN}),
    ("future", {"date": "2024-06-01 12:01"}),
]


@pytest.mark.parametrize(("name", "fields"), HIDDEN, ids=[row[0] for row in HIDDEN])
def test_only_what_is_clearly_public_is_in_the_tree(item, section, now, name, fields):
    items = [section(), section("news", "新闻"), item("news/a.md", "秘密", **fields), item("news/b.md", "公开")]
    assert "秘密" not in str(build_tree(items, now=now)[0])
    assert "秘密" in str(build_tree(items, now=now, preview=True)[0])


@pytest.mark.parametrize(("name", "fields"), HIDDEN, ids=[row[0] for row in HIDDEN])
def test_a_hidden_section_hides_all_below(item, section, now, name, fields):
    items = [
        section(),
        section("news", "栏目", **fields),
        section("news/county", "下级栏目"),
        item("news/county/a.md", "下级的文章"),
        item("news/county/2024/b.md", "更深的文章"),
    ]
    assert str(build_tree(items, now=now)[0]) == "首页  /"
    assert "更深的文章" in str(build_tree(items, now=now, preview=True)[0])


def test_what_begins_this_minute_is_public_and_what_expired_keeps_its_place(item, section, now):
    items = [section(), item("a.md", "现在", date="2024-06-01 12:00"), item("b.md", "过期", expires="2024-01-01")]
    assert [one.title for one in build_tree(items, now=now)[0].items] == ["现在", "过期"]


def test_lists_come_by_order_then_newest_then_pinyin(item):
    wanted = [
        item("z.md", "排第一", order=1, date="2020-01-01"),
        item("y.md", "排第二", order=2),
        item("b.md", "新", date="2024-02-01"),
        item("a.md", "同一分钟甲", date="2024-01-01"),
        item("c.md", "同一分钟乙", date="2024-01-01"),
        item("q.md", "重庆"),  # chóng; by code point 中 would come first, 福 next
        item("p.md", "福建"),
        item("o.md", "中心"),
    ]
    for shuffled in list(permutations(wanted))[::977]:
        assert [one.title for one in in_list_order(shuffled)] == [one.title for one in wanted]


def test_the_tree_does_not_depend_on_the_order_of_files(item, section, now):
    items = [section(), section("b", "乙"), section("a", "甲"), section("b/c", "丙")]
    items += [item(f"{folder}/{n}.md", f"第{n}", date="2024-01-01") for folder in "ab" for n in range(3)]
    tree, problems = build_tree(items, now=now)
    assert build_tree(items[::-1], now=now) == (tree, problems)


def test_sections_come_by_order_then_pinyin(section, now):
    items = [section(), section("x", "中"), section("y", "安"), section("z", "末", order=1)]
    assert [one.item.title for one in build_tree(items, now=now)[0].sections] == ["末", "安", "中"]


def test_a_missing_or_hidden_home_is_an_error(item, section, now):
    _, problems = build_tree([item("a.md")], now=now)
    assert [(one.path, one.message) for one in problems] == [("index.md", "没有首页 index.md")]
    _, problems = build_tree([section(state=State.PRIVATE)], now=now)
    assert [one.message for one in problems] == ["首页没有公开，整个网站就都不公开"]
    assert build_tree([section(state=State.PRIVATE)], now=now, preview=True)[1] == ()


def test_a_hidden_home_hides_the_whole_site(item, section, now):
    items = [section(state=State.PRIVATE), item("a.md"), section("news", "新闻"), item("news/b.md")]
    tree, _ = build_tree(items, now=now)
    assert (tree.items, tree.sections) == ((), ())


def test_a_section_that_is_no_index_is_an_error(item, section, now):
    wrong = item("news/a.md", "栏目", type="section", details=SectionDetails(), lines=(("type", 3),))
    _, problems = build_tree([section(), wrong], now=now)
    assert [str(one) for one in problems if one.is_blocking] == [
        "news/a.md:3: 栏目必须写在文件夹的 index.md 里（把文件改名为 index.md，或改用 type: page）"
    ]


def test_a_blank_column_is_said(item, section, now):
    expired = item("b/x.md", expires="2024-01-01")
    items = [
        section(),
        section("a", "空"),
        section("b", "只有过期的"),
        expired,
        section("c", "留着", details=SectionDetails(show_empty=True)),
        section("d", "有正文", body="介绍"),
        section("e", "下面有"),
        section("e/f", "下级"),
        item("e/f/y.md"),
    ]
    _, problems = build_tree(items, now=now)
    assert [(one.path, one.level) for one in problems] == [
        ("a/index.md", Level.WARNING),
        ("b/index.md", Level.WARNING),
        ("c/index.md", Level.NOTICE),
    ]


LINKS = [
    ("/@/news/a.md", "/news/a/"),
    ("/@/news/a.md#di-er", "/news/a/#di-er"),
    ("/@/news/secret.md", "/news/"),
    ("/@/hidden/b.md#x", "/"),
    ("/@/news/index.md", "/news/"),
    ("/@/news/表.pdf", "/files/news/%E8%A1%A8.pdf"),
    ("https://www.gov.cn/", "https://www.gov.cn/"),
]


@pytest.mark.parametrize(("target", "address"), LINKS)
def test_a_link_item_inside_the_site_leads_to_an_address(item, section, now, target, address):
    link = item("news/link.md", type="link", details=LinkDetails(target=target))
    items = [
        section(),
        section("news", "新闻"),
        item("news/a.md"),
        item("news/secret.md", state=State.PRIVATE),
        section("hidden", "不公开", state=State.PRIVATE),
        item("hidden/b.md"),
    ]
    tree, _ = build_tree([*items, link], now=now)
    (found,) = [one for one in tree.every_item() if one.type == "link"]
    assert found == replace(link, details=LinkDetails(target=address))
