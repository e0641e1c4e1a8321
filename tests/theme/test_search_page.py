"""The search page with answers in it, as the search service renders it: results, nothing found, a refused question."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from plugins.search.answer import Facet, FacetValue, Featured, Hit, SearchResults
from plugins.search.page import SearchPage
from plugins.search.shell import page_renderer
from plugins.theming.assets import load_assets
from plugins.theming.browser import View, sideways, small_targets, viewing, violations
from plugins.theming.examples.listings import SEARCH
from plugins.theming.render import create_renderer
from plugins.theming.styleguide import example_settings

THEME = Path(__file__).parents[2] / "theme"
_HIT = Hit(
    id="a", url="/news-item/", title="家庭健康月启动", section="news", section_title="资讯快递", type="news_item", type_title="新闻",
    date="2026-11-20", snippet=(("活动设", False), ("义诊", True), ("、咨询和阅读 <三个> 区域。", False)),
    heading=(("家庭健康月启动", False),), score=1.0,
)  # fmt: skip
_FACETS = (
    Facet(name="section", title="栏目", values=(FacetValue(key="news", title="资讯快递", count=12, chosen=True),)),
    Facet(name="year", title="年份", values=(FacetValue(key="2026", title="2026年", count=12),)),
)
FOUND = SearchPage(
    results=SearchResults(
        query="义诊", total=12, hits=(_HIT, replace(_HIT, id="b", url="/one-line/", date="")), facets=_FACETS, page=1, pages=2,
        featured=(Featured(kind="program", title="暖心行动", url="/program/", count=3),), suggestion="义诊活动",
    ),
    asked={"q": "义诊"},
)  # fmt: skip
PAGES = {
    "found": FOUND,
    "nothing": SearchPage(results=SearchResults(query="查无此词"), asked={"q": "查无此词"}),
    "refused": SearchPage(
        results=SearchResults(query="词" * 9), asked={"q": "词" * 9}, problem="搜索的词太多，请删去一些。"
    ),
}


def shell() -> str:
    """Return the search page as it is built."""
    return create_renderer(example_settings(THEME), load_assets(THEME), lambda html, targets, pictures: html)(
        SEARCH
    ).decode()


def rendered(search: SearchPage) -> str:
    """Return the search page as the service sends it."""
    return page_renderer(shell())(search)


@pytest.mark.parametrize(
    ("name", "texts"),
    [
        ("found", ["共 12 条结果", "<mark>义诊</mark>", "&lt;三个&gt;", 'value="义诊"', "暖心行动", "下一页"]),
        ("nothing", ["没有找到与“查无此词”有关的内容", "错别字", 'role="status"', "/sitemap/"]),
        ("refused", ["搜索的词太多，请删去一些。"]),
    ],
)
def test_each_answer_says_what_it_is(name: str, texts: list[str]) -> None:
    html = rendered(PAGES[name])
    for text in texts:
        assert text in html


def test_the_page_without_an_answer_shows_the_hint_and_the_columns() -> None:
    html = shell()
    assert "请输入要找的内容" in html
    assert "服务项目" in html


@pytest.mark.browser
@pytest.mark.parametrize(
    "view",
    [View(width=1280, look="dark"), View(width=320, size="xl"), View(width=375, has_script=False)],
    ids=str,
)
def test_answers_are_fit_to_read(chromium: Browser, styleguide: Path, address: str, view: View) -> None:
    for name, search in PAGES.items():
        (styleguide / f"search-{name}.html").write_text(rendered(search), "utf-8")
    with viewing(chromium, view) as page:
        for name in PAGES:
            page.goto(f"{address}/search-{name}.html")
            assert violations(page) == []
            assert small_targets(page) == []
            assert sideways(page) == 0
