"""The tags in the head and the JSON-LD."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.domain.body import Body
from plugins.domain.content import Credit, EventDetails, LeadImage, PersonDetails, SectionDetails, Source
from plugins.domain.dates import CHINA
from plugins.navigation.head import complete, metas
from plugins.navigation.structured_data import script


@pytest.fixture(scope="module")
def pages(item, section, site):
    return site(
        [
            section(summary="示例县计生协的网站。"),
            section(
                "news",
                "新闻动态",
                summary="县里的新闻。",
                keywords=("新闻", "动态"),
                details=SectionDetails(default_type="news_item"),
            ),
            section("bare", "没有说明的栏目"),
            item(
                "news/a.md",
                "义诊进社区",
                date="2024-05-01 09:05",
                modified="2024-05-02",
                summary="示例摘要。",
                tags=("健康", "义诊"),
                authors=(Credit(name="示例人", office="会长"), Credit(name="另一人")),
                source=Source(name="示例日报", url="https://example.com/1"),
                lead_image=LeadImage(path="news/a.jpg", alt="示意图"),
            ),
            item("bare/b.md", "只有标题"),
            item(
                "news/e.md",
                "活动",
                type="event",
                date="2024-05-01",
                details=EventDetails(starts=datetime(2024, 7, 1, 9, tzinfo=CHINA), place="礼堂"),
            ),
            item(
                "news/p.md", "示例人", type="person", details=PersonDetails(office="会长", organisation="示例县计生协")
            ),
        ],
        organiser="示例县计划生育协会",
        site_code="1234567890",
        keywords=("计生协",),
    )


@pytest.fixture(scope="module")
def wanted(settings):
    return settings(organiser="示例县计划生育协会", site_code="1234567890", keywords=("计生协",))


def tags(page, wanted) -> dict[str, str]:
    found = metas(page, wanted)
    assert len({meta.name for meta in found}) == len(found), "a tag stands twice"
    return {meta.name: meta.content for meta in found}


def test_the_tags_of_an_article(pages, wanted):
    found = tags(pages["/news/a/"], wanted)
    assert {name: text for name, text in found.items() if not name.startswith(("DC", "og", "article"))} == {
        "SiteName": "示例县计生协",
        "SiteDomain": "example.org",
        "SiteIDCode": "1234567890",
        "ColumnName": "新闻动态",
        "ColumnDescription": "县里的新闻。",
        "ColumnKeywords": "新闻,动态",
        "ColumnType": "工作动态",
        "ArticleTitle": "义诊进社区",
        "PubDate": "2024-05-01 09:05",
        "ContentSource": "示例日报",
        "Keywords": "健康,义诊",
        "Author": "示例人,另一人",
        "Description": "示例摘要。",
        "Image": "https://example.org/images/share/news/a.jpg",
        "Url": "https://example.org/news/a/",
    }
    assert found["og:type"] == "article" and found["og:image"] == "https://example.org/images/share/news/a.jpg"
    assert found["article:published_time"] == "2024-05-01T09:05:00+08:00"
    assert (found["DC.date"], found["DC.creator"], found["DC.source"]) == ("2024-05-01", "示例人,另一人", "示例日报")


def test_open_graph_alone_is_a_property(pages, wanted):
    for meta in metas(pages["/news/a/"], wanted):
        assert (meta.attribute == "property") == (meta.name.startswith(("og:", "article:")))


REQUIRED = [
    ("/", ["SiteName", "SiteDomain", "SiteIDCode", "Description", "Keywords"]),
    ("/bare/", ["SiteName", "SiteDomain", "ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType"]),
    (
        "/bare/b/",
        [
            "SiteName",
            "ColumnName",
            "ColumnDescription",
            "ColumnKeywords",
            "ColumnType",
            "ArticleTitle",
            "ContentSource",
        ],
    ),
    ("/tags/", ["SiteName", "SiteDomain", "Description"]),
    ("/404.html", ["SiteName", "SiteDomain"]),
]


@pytest.mark.parametrize(("url", "names"), REQUIRED)
def test_required_tags_are_there_whatever_the_editor_left_out(pages, wanted, url, names):
    assert set(names) <= set(tags(pages[url], wanted))


def test_no_tag_is_empty_on_any_page(pages, wanted, settings):
    for page in pages.values():
        for meta in (*metas(page, wanted), *metas(page, settings(url=""))):
            assert meta.content.strip(), (page.url, meta.name)


def test_a_code_that_was_not_issued_is_not_invented(pages, settings):
    assert "SiteIDCode" not in tags(pages["/"], settings())


def kinds(page, wanted) -> dict[str, dict[str, object]]:
    found = [json.loads(text) for text in complete(page, None, wanted).json_ld]
    return {node["@type"]: node for node in found}


def test_an_article_in_json_ld(pages, wanted):
    found = kinds(pages["/news/a/"], wanted)
    article, trail = found["NewsArticle"], found["BreadcrumbList"]
    assert article["author"] == [
        {"@type": "Person", "name": "示例人", "jobTitle": "会长", "url": "https://example.org/news/p/"},
        {"@type": "Person", "name": "另一人"},
    ]
    assert article["datePublished"] == "2024-05-01T09:05:00+08:00" and article["dateModified"] == "2024-05-02"
    assert article["publisher"]["name"] == "示例县计划生育协会"
    assert [(one["position"], one["name"], one["item"]) for one in trail["itemListElement"]] == [
        (1, "首页", "https://example.org/"),
        (2, "新闻动态", "https://example.org/news/"),
        (3, "义诊进社区", "https://example.org/news/a/"),
    ]


KINDS = [
    ("/", {"WebSite", "Organization"}),
    ("/news/", {"BreadcrumbList"}),
    ("/news/e/", {"Event", "BreadcrumbList"}),
    ("/news/p/", {"Person", "BreadcrumbList"}),
    ("/tags/", {"BreadcrumbList"}),
]


@pytest.mark.parametrize(("url", "types"), KINDS)
def test_each_page_says_what_it_is(pages, wanted, url, types):
    assert set(kinds(pages[url], wanted)) == types


def test_the_sites_own_picture_is_for_other_apps_only(pages, wanted):
    found = tags(replace(pages["/bare/b/"], share_image="/assets/share.png", kind="item"), wanted)
    assert found["og:image"] == "https://example.org/assets/share.png" and "Image" not in found


def test_nothing_in_json_ld_is_empty(pages, wanted):
    def walk(value: object) -> None:
        assert value not in ("", None, [], {})
        for below in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
            walk(below)

    for page in pages.values():
        for text in complete(page, None, wanted).json_ld:
            walk(json.loads(text))


@given(text=st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_no_text_ends_the_script_it_stands_in(text):
    written = script({"name": f"</script><!--{text}"})
    assert not set("<>&\u2028\u2029") & set(written)
    assert json.loads(written) == {"name": f"</script><!--{text}"}


def test_a_complete_page_differs_only_by_what_follows_from_it(pages, wanted):
    page = pages["/news/a/"]
    whole = complete(page, Body(html="<p>正文</p>"), wanted)
    assert whole.body.html == "<p>正文</p>" and whole.metas and whole.json_ld
    assert (whole.url, whole.item, whole.targets) == (page.url, page.item, page.targets)


HEADS = [
    ("/", "示例县计生协"),
    ("/news/", "新闻动态_示例县计生协"),
    ("/news/a/", "义诊进社区_新闻动态_示例县计生协"),
    ("/tags/jian-kang/", "健康_标签_示例县计生协"),
    ("/archive/2024/05/", "2024年5月_归档_示例县计生协"),
]


@pytest.mark.parametrize(("url", "title"), HEADS)
def test_the_title_of_the_window(pages, url, title):
    assert pages[url].head_title == title
