"""The whole site from items: which pages there are, and what changes when one item does."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plugins.domain.body import Body
from plugins.domain.content import (
    Attachment,
    CollectionDetails,
    ContentItem,
    Credit,
    EventDetails,
    LeadImage,
    LinkDetails,
    PersonDetails,
    ProgramDetails,
    SectionDetails,
    State,
)
from plugins.domain.pages import Page
from plugins.navigation.published import published_files

SECRET = "绝密"


def a_site(item: Callable[..., ContentItem], section: Callable[..., ContentItem], now, count: int) -> list[ContentItem]:
    """Return a site with a column of ``count`` news items, the last of them the newest, and one item of most types."""
    return [
        section(),
        section("news", "新闻动态", details=SectionDetails(page_size=5)),
        section("programs", "项目"),
        section("people", "人物"),
        item("people/li.md", "示例人", type="person", details=PersonDetails(office="会长")),
        item("programs/warm.md", "暖心行动", type="program", details=ProgramDetails()),
        item("programs/all.md", "专题", type="collection", details=CollectionDetails(any_tags=("甲",))),
        item("programs/out.md", "外部", type="link", details=LinkDetails(target="https://www.gov.cn/")),
        *(news(item, now, number, count) for number in range(count)),
    ]


def news(item, now, number: int, count: int) -> ContentItem:
    return item(
        f"news/{number:04}.md",
        f"第{number}期工作简报",
        date=now - timedelta(days=count - number),
        tags=("甲", "乙"),
        authors=(Credit(name="示例人", office="会长"),),
        programs=("暖心行动",) if number % 2 else (),
    )


def test_the_addresses_of_a_small_site(item, section, site, now):
    assert set(site(a_site(item, section, now, 12))) == {
        *("/", "/news/", "/news/page/1/", *(f"/news/{number:04}/" for number in range(12))),
        *("/people/", "/people/li/", "/programs/", "/programs/all/", "/programs/warm/"),
        *("/archive/", "/archive/2024/", "/archive/2024/05/", "/tags/", "/tags/jia/", "/tags/yi/"),
        *("/search/", "/sitemap/", "/404.html", "/410.html"),
    }


def test_a_new_item_touches_about_ten_pages(item, section, site, now):
    """With 200 items or 400: the item, its neighbour, home, column, month, year, two tags, their index, person, program."""
    for count in (200, 400):
        before = site(a_site(item, section, now, count))
        items = a_site(item, section, now, count)
        newest = news(item, now + timedelta(days=count), 0, count)
        items.append(
            item(
                "news/new.md", newest.title, date=now, tags=("甲", "乙"), programs=("暖心行动",), authors=newest.authors
            )
        )
        after = site(items)
        changed = {url for url in before if after[url] != before[url]}
        assert set(before) <= set(after)
        fronts = {
            "/",
            "/news/",
            "/tags/",
            "/tags/jia/",
            "/tags/yi/",
            "/people/li/",
            "/programs/warm/",
            "/programs/all/",
        }
        assert f"/news/{count - 1:04}/" in changed
        months = {"/archive/", "/archive/2024/"}  # the first item of June founds a month
        behind = {url for url in changed if "/page/" in url}
        assert len(behind) <= 1 and changed - behind <= fronts | months | {f"/news/{count - 1:04}/"}


def test_an_edited_body_changes_its_own_page_alone(item, section, site, now):
    items = a_site(item, section, now, 30)
    before = site(items)
    edited = [
        item(one.path, one.title, **{**own(one), "body": "新的正文", "digest": "new"})
        if one.path == "news/0007.md"
        else one
        for one in items
    ]
    after = site(edited)
    assert [url for url in before if after[url] != before[url]] == ["/news/0007/"]
    assert after["/news/0007/"].body_key == "new" and after["/news/0007/"].item.body == ""


def own(one: ContentItem) -> dict[str, object]:
    return {field.name: getattr(one, field.name) for field in fields(one) if field.name not in ("path", "title")}


def test_workflow_marks_are_not_part_of_a_page(item, section, site, now):
    """Who approved, on which line a key stands, where an old address was: none of it is shown."""
    items = a_site(item, section, now, 3)
    hidden = {"lines": (("title", 9),), "body_line": 40, "redirect_from": ("/old/",), "exclude_from_nav": True}
    edited = [
        item(one.path, one.title, **{**own(one), **hidden}) if one.path == "news/0001.md" else one for one in items
    ]
    assert site(edited) == site(items)


def words(value: object) -> str:
    """Return everything a page holds, as text."""
    if is_dataclass(value):
        return " ".join(words(getattr(value, field.name)) for field in fields(value))
    return " ".join(map(words, value)) if isinstance(value, tuple) else str(value)


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_nothing_that_is_not_public_is_in_any_page(item, section, site, now, data):
    """Half of a random site is hidden; none of its words, files or addresses appears anywhere."""
    kinds = st.sampled_from(["news_item", "person", "program", "collection", "link", "page", "event", "notice"])
    hide = st.sampled_from(
        [
            {"state": State.PRIVATE},
            {"state": State.PENDING},
            {"state": State.WITHDRAWN},
            {"date": now + timedelta(hours=1)},
        ]
    )
    items = [section(), section("open", "公开栏目"), section("shut", f"{SECRET}栏目", **data.draw(hide))]
    for number in range(data.draw(st.integers(2, 8))):
        items.append(secret(item, f"open/s{number}.md", data.draw(kinds), **data.draw(hide)))
        items.append(secret(item, f"shut/t{number}.md", data.draw(kinds)))
    items += [
        item(
            f"open/p{number}.md",
            f"公开{number}",
            date=now - timedelta(days=number),
            related=(items[-1].path, items[3].path),
        )
        for number in range(4)
    ]
    for page in site(items).values():
        assert SECRET not in words(page) and "secret" not in words(page)


def secret(item, path: str, kind: str, **fields: object) -> ContentItem:
    details = {"link": LinkDetails(target="/secret/"), "person": PersonDetails(), "collection": CollectionDetails()}
    return item(
        path,
        f"{SECRET}标题",
        type=kind,
        slug=f"secret-{path[5:-3]}",
        summary=SECRET,
        tags=(f"{SECRET}标签",),
        lead_image=LeadImage(path="open/secret.jpg", alt=SECRET),
        attachments=(Attachment(path="open/secret.pdf", title=SECRET),),
        details=details.get(kind, ProgramDetails()),
        **fields,
    )


def test_a_preview_shows_it_all_marked_and_not_to_be_indexed(item, section, site):
    pages = site([section(), item("a.md", "草稿", state=State.PENDING)], preview=True)
    assert pages["/a/"].preview == "待审核 · 预览，尚未发布" and not pages["/a/"].searchable
    assert all(page.noindex for page in pages.values())
    assert pages["/"].preview == ""


def test_an_expired_item_keeps_its_page_and_leaves_every_list(item, section, site, now):
    items = a_site(item, section, now, 4)
    old = item(
        "news/old.md", "过期的事", date="2024-05-31", expires="2024-05-31 12:00", tags=("甲",), people=("示例人",)
    )
    pages = site([*items, old])
    assert pages["/news/old/"].expired and pages["/news/old/"].previous is None
    holding = [url for url, page in pages.items() if "过期的事" in words(page)]
    assert holding == ["/news/old/"]


def test_neighbours_follow_the_list_from_newest_to_oldest(item, section, site, now):
    pages = site(a_site(item, section, now, 3))
    page = pages["/news/0001/"]
    assert (page.previous.url, page.next.url) == ("/news/0000/", "/news/0002/")
    assert pages["/news/0000/"].previous is None and pages["/news/0002/"].next is None
    assert pages["/programs/warm/"].previous is None


def test_everything_by_and_about_a_person_is_on_their_page(item, section, site):
    items = [
        section(),
        item("p.md", "示例人", type="person", details=PersonDetails()),
        item("by.md", "他写的", date="2024-01-03", authors=(Credit(name="示例人"),)),
        item("about.md", "写他的", date="2024-01-02", people=("示例人",)),
        item("both.md", "他写他", date="2024-01-01", authors=(Credit(name="示例人"),), people=("示例人",)),
        item("none.md", "别人的", date="2024-01-04", authors=(Credit(name="另一人"),)),
    ]
    pages = site(items)
    assert [link.title for link in pages["/p/"].batch.links] == ["他写的", "写他的", "他写他"]
    assert [[link.title for link in block.links] for block in pages["/p/"].blocks] == [["他写的", "他写他"]]
    assert [link.url for link in pages["/by/"].authors] == ["/p/"]
    assert [link.url for link in pages["/none/"].authors] == [""]


def test_home_leads_with_a_picture_then_notices_then_columns(item, section, site):
    picture = LeadImage(path="news/a.jpg", alt="示意图")
    items = [
        section(),
        section("news", "新闻", order=1),
        section("notices", "通知公告", order=2, details=SectionDetails(default_type="notice")),
        section("empty", "空栏目"),
        section("apart", "不进菜单", exclude_from_nav=True),
        item("apart/x.md", "x", type="page"),
        item("news/a.md", "有图", date="2024-01-01", lead_image=picture, summary="摘要"),
        item("news/b.md", "无图", date="2024-02-01"),
        item("notices/c.md", "通知", type="notice", date="2024-01-01"),
    ]
    home = site(items)["/"]
    assert (home.lead_story.title, home.lead_story.summary, home.lead_story.picture.src) == (
        "有图",
        "摘要",
        "/images/story/news/a.jpg",
    )
    assert [(block.kind, block.title, block.url) for block in home.blocks] == [
        ("notices", "通知公告", "/notices/"),
        ("column", "新闻", "/news/"),
    ]
    assert [link.title for link in home.blocks[1].links] == ["无图"], "the lead story is told once"
    assert [(entry.title, entry.current) for entry in home.menu] == [("首页", "page"), ("新闻", ""), ("通知公告", "")]


LEADS = [
    (["plain"], "plain"),
    (["plain", "picture"], "picture"),
    (["plain", "picture", "old pinned picture"], "old pinned picture"),
    (["plain", "old pinned"], "plain"),
    ([], None),
]


@pytest.mark.parametrize(("names", "lead"), LEADS)
def test_the_lead_story_has_a_picture_if_any_has(item, section, site, names, lead):
    def story(name: str) -> ContentItem:
        return item(
            f"{name.replace(' ', '-')}.md",
            name,
            date="2024-01-01" if "old" in name else "2024-05-01",
            pinned="pinned" in name,
            lead_image=LeadImage(path="a.jpg", alt="示意图") if "picture" in name else None,
        )

    found = site([section(), *map(story, names)])["/"].lead_story
    assert (found and found.title) == lead


def test_coming_events_stand_first_on_the_home_page(item, section, site, now):
    def event(name: str, days: int) -> ContentItem:
        starts = now + timedelta(days=days)
        return item(f"e/{name}.md", name, type="event", date=now, details=EventDetails(starts=starts))

    pages = site([section(), section("e", "活动"), event("a", -30), event("b", 90), event("c", 7), event("d", -9)])
    assert [link.title for link in pages["/"].blocks[0].links] == ["c", "b", "a", "d"]
    assert pages["/"].lead_story is None, "an event is no story"
    assert [link.title for link in pages["/e/"].batch.links] == ["a", "b", "c", "d"]


def test_the_menu_marks_where_one_is(item, section, site):
    pages = site([section(), section("a", "甲"), section("a/b", "乙"), item("a/b/c.md")])
    marks = {url: [entry.current for entry in pages[url].menu] for url in ("/a/", "/a/b/", "/a/b/c/")}
    assert marks == {"/a/": ["", "page"], "/a/b/": ["", "true"], "/a/b/c/": ["", "true"]}


CRUMBS = [
    ("/", []),
    ("/a/", ["首页", "甲"]),
    ("/a/b/", ["首页", "甲", "乙"]),
    ("/a/b/c/", ["首页", "甲", "乙", "正文"]),
    ("/a/p/", ["首页", "甲", "单页"]),
    ("/tags/biao-qian/", ["首页", "标签", "标签"]),
    ("/archive/2024/02/", ["首页", "归档", "2024年", "2024年2月"]),
]


@pytest.mark.parametrize(("url", "trail"), CRUMBS)
def test_breadcrumbs_end_in_text(item, section, site, url, trail):
    items = [section(), section("a", "甲"), section("a/b", "乙"), item("a/p.md", "单页", type="page")]
    pages = site([*items, item("a/b/c.md", "文章", date="2024-02-01", tags=("标签",))])
    crumbs = pages[url].breadcrumbs
    assert [link.title for link in crumbs] == trail
    assert not trail or (crumbs[-1].url == "" and all(link.url in pages for link in crumbs[:-1]))


def test_every_inner_address_on_every_page_exists(item, section, site, now):
    pages = site(a_site(item, section, now, 60))
    for page in pages.values():
        for link in links_of(page):
            assert link in pages or link.startswith("https://") or not link, (page.url, link)


def links_of(page: Page) -> list[str]:
    batch = page.batch
    found = [*page.breadcrumbs, *page.menu, *page.tags, *page.related, *page.authors, *(batch.links if batch else ())]
    found += [link for block in page.blocks for link in block.links]
    pager = (
        [batch.newest, batch.newer, batch.older, batch.oldest, *(url for _, url, _ in batch.numbered)] if batch else []
    )
    return [*(one.url for one in found), *(block.url for block in page.blocks), *pager]


@pytest.mark.parametrize(("own", "sites", "shown"), [(5, 10, 7), (0, 10, 12), (20, 10, 32)])
def test_a_column_without_a_page_size_has_that_of_the_site(item, section, site, now, own, sites, shown):
    items = [section(), section("news", "新闻", details=SectionDetails(page_size=own))]
    items += [news(item, now, number, 32) for number in range(32)]
    assert len(site(items, page_size=sites)["/news/"].batch.links) == shown


def test_a_pinned_item_stands_on_top_of_its_column(item, section, site, now):
    items = a_site(item, section, now, 30)
    old = item("news/old.md", "置顶的旧闻", date="2020-01-01", pinned=True)
    pages = site([*items, old])
    assert pages["/news/"].batch.links[0].title == "置顶的旧闻"
    assert pages["/news/"].batch.links[1].title == "第29期工作简报"
    assert "置顶的旧闻" in [link.title for link in pages["/news/page/1/"].batch.links]


def test_the_site_map_leads_to_every_section_and_standing_page(item, section, site, now):
    items = [*a_site(item, section, now, 3), section("programs/sub", "子栏目"), item("help.md", "帮助", type="page")]
    blocks = {block.title: [link.title for link in block.links] for block in site(items)["/sitemap/"].blocks}
    assert blocks == {
        "栏目": ["人物", "项目", "新闻动态"],
        "人物": ["示例人"],
        "项目": ["子栏目", "暖心行动", "专题"],
        "其他": ["帮助", "搜索", "归档", "标签"],
    }


def test_a_pinned_collection_is_a_block_of_its_section_and_of_no_list(item, section, site):
    query = CollectionDetails(any_tags=("甲",))
    items = [
        section(),
        section("a", "栏目"),
        item("a/q.md", "专题", type="collection", pinned=True, details=query),
        item("a/x.md", "文章", date="2024-01-01", tags=("甲",)),
        item("q.md", "首页专题", type="collection", pinned=True, details=query),
    ]
    pages = site(items)
    for url, title in (("/a/", "专题"), ("/", "首页专题")):
        (block,) = [block for block in pages[url].blocks if block.kind == "collection"]
        assert (block.title, [link.title for link in block.links]) == (title, ["文章"])
    assert [link.title for link in pages["/a/"].batch.links] == ["文章"]
    assert [link.title for link in pages["/a/q/"].batch.links] == ["文章"]


def test_files_of_public_items_go_public_and_no_others(item, section, site):
    shared = Attachment(path="n/共用.pdf", title="共用文件")
    items = [
        section(),
        section("n", "通知"),
        item("n/a.md", attachments=(shared, Attachment(path="n/own.pdf", title="自己的"))),
        item("n/b.md", attachments=(shared,)),
        item("n/c.md", state=State.PRIVATE, attachments=(shared, Attachment(path="n/secret.pdf", title="内部"))),
        item("n/d.md", type="link", details=LinkDetails(target="/@/n/form.docx")),
    ]
    pages = site(items)
    assert published_files(pages.values()) == (
        ("n/form.docx", "/files/n/form.docx"),
        ("n/own.pdf", "/files/n/own.pdf"),
        ("n/共用.pdf", "/files/n/%E5%85%B1%E7%94%A8.pdf"),
    )
    assert [file.title for file in pages["/n/a/"].attachments] == ["共用文件", "自己的"]


def test_two_tags_of_one_sound_have_two_addresses_and_the_older_keeps_its(item, section, site):
    old = item("a.md", date="2024-01-01", tags=("权利",))
    new = item("b.md", date="2024-02-01", tags=("权力",))
    tags = [link.url for page in (site([section(), old])["/tags/"],) for link in page.batch.links]
    both = {link.title: link.url for link in site([section(), new, old])["/tags/"].batch.links}
    assert tags == ["/tags/quan-li/"] and both["权利"] == "/tags/quan-li/"
    assert both["权力"].startswith("/tags/quan-li-") and both["权力"] != both["权利"]


def test_the_work_grows_with_the_site_and_no_faster(item, section, now, site):
    """Count what is asked of the bodies, and how much a page holds: twice the items, no more than twice of it all."""
    sizes = []
    for count in (300, 600):
        asked: list[str] = []

        def body(one: ContentItem, asked: list[str] = asked) -> Body:
            asked.append(one.path)
            return Body()

        pages = site(a_site(item, section, now, count), body)
        assert len(asked) == len(set(asked)), "a body was asked for twice"
        sizes.append(sum(len(page.batch.links) if page.batch else 0 for page in pages.values()) + len(pages))
    assert sizes[1] < 2.1 * sizes[0]


_SCRIPT = """
import sys; sys.path.insert(0, {folder!r})
import conftest, test_compose
pages = conftest.pages_of(test_compose.a_site(conftest.make_item, conftest.make_section, conftest.NOW, 40))
import hashlib; print(hashlib.sha256(repr(list(pages.items())).encode()).hexdigest())
"""


def test_pages_do_not_depend_on_the_hash_seed_or_the_zone(request):
    """Two interpreters with other seeds and zones compose the same values in the same order."""
    script = _SCRIPT.format(folder=str(request.path.parent))
    found = {
        subprocess.run(
            [sys.executable, "-c", script],
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": str(request.config.rootpath)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "America/Lima"))
    }
    assert len(found) == 1
