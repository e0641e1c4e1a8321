"""Addresses, and who claims them."""

from __future__ import annotations

import pytest

from plugins.domain.content import LinkDetails, State
from plugins.navigation.addresses import claims, file_url, nearest, page_url, url_of

ADDRESSES = [
    ("index.md", "section", "/"),
    ("news/index.md", "section", "/news/"),
    ("news/county/index.md", "section", "/news/county/"),
    ("news/index.md", "page", "/news/"),
    ("news/a.md", "news_item", "/news/a/"),
    ("news/2024/a.md", "news_item", "/news/2024/a/"),
    ("about.md", "page", "/about/"),
    ("people/li.md", "person", "/people/li/"),
]


@pytest.mark.parametrize(("path", "kind", "url"), ADDRESSES)
def test_address_of_an_item(item, path, kind, url):
    assert url_of(item(path, type=kind)) == url


def test_the_slug_decides_and_a_link_has_the_address_it_leads_to(item):
    assert url_of(item("news/20240912.md", slug="nianhui")) == "/news/nianhui/"
    link = item("news/l.md", type="link", details=LinkDetails(target="https://www.gov.cn/"))
    assert url_of(link) == "https://www.gov.cn/"


@pytest.mark.parametrize(
    ("path", "url"),
    [("a.pdf", "/files/a.pdf"), ("n/a b.pdf", "/files/n/a%20b.pdf"), ("n/表#1?.pdf", "/files/n/%E8%A1%A8%231%3F.pdf")],
)
def test_address_of_a_file(path, url):
    assert file_url(path) == url


def test_the_pages_of_a_listing():
    assert [page_url("/news/", n) for n in (0, 1, 12)] == ["/news/", "/news/page/1/", "/news/page/12/"]


CLAIMS = [
    ("the same slug", ["news/a.md", "news/b.md"], ["a", "a"], "news/b.md", "news/a.md"),
    ("letter case", ["news/a.md", "news/b.md"], ["A", "a"], "news/b.md", "news/a.md"),
    ("zero width", ["news/a.md", "news/b.md"], ["a", "a\u200b"], "news/b.md", "news/a.md"),
    ("Unicode form", ["news/a.md", "news/b.md"], ["caf\u00e9", "cafe\u0301"], "news/b.md", "news/a.md"),
    ("folder case", ["News/a.md", "news/a.md"], ["a", "a"], "news/a.md", "News/a.md"),
]


@pytest.mark.parametrize(("name", "paths", "slugs", "second", "first"), CLAIMS, ids=[row[0] for row in CLAIMS])
def test_a_second_claim_is_an_error_that_names_both(item, name, paths, slugs, second, first):
    items = [item(path, slug=slug) for path, slug in zip(paths, slugs, strict=True)]
    (problem,) = claims(items)
    assert problem.is_blocking and problem.path == second and first in problem.message
    assert claims(items[::-1]) == (problem,)


def test_a_section_and_an_item_cannot_share_an_address(item, section):
    (problem,) = claims([item("a/b.md"), section("a/b", "栏目")])
    assert (problem.path, problem.message) == ("a/b.md", "网址 /a/b/ 已经是 a/b/index.md 的")


def test_items_that_are_not_public_claim_too_and_links_do_not(item):
    assert len(claims([item("n/a.md", slug="x", state=State.PRIVATE), item("n/b.md", slug="x")])) == 1
    assert claims([item("n/a.md", slug="x", type="link", details=LinkDetails()), item("n/b.md", slug="x")]) == ()


@pytest.mark.parametrize(
    "path", ["search.md", "tags/a.md", "Archive.md", "files/x/a.md", "assets.md", "news/page.md", "a/page/b.md"]
)
def test_the_sites_own_addresses_are_reserved(item, path):
    (problem,) = claims([item(path, lines=(("slug", 4),))])
    assert problem.line == 4 and "网站自己用的" in problem.message


@pytest.mark.parametrize("path", ["news/search.md", "pages.md", "news/pager.md", "people/tags.md"])
def test_what_only_looks_like_them_is_free(item, path):
    assert claims([item(path)]) == ()


@pytest.mark.parametrize(
    ("path", "url"),
    [
        ("a/b.md", "/a/b/"),
        ("a/x.md", "/a/"),
        ("a/q/x.md", "/a/"),
        ("z/x.md", "/"),
        ("x.md", "/"),
        ("a/index.md", "/a/"),
    ],
)
def test_the_nearest_public_address(path, url):
    assert nearest(path, {"index.md": "/", "a/index.md": "/a/", "a/b.md": "/a/b/"}) == url
