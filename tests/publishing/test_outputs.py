"""The files for machines: site map, feeds, robots and their like; the same input gives the same bytes."""

from __future__ import annotations

import gzip
import json
import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import brotli
import pytest

from plugins.domain.content import ContentItem, Credit, State
from plugins.domain.dates import CHINA
from plugins.domain.pages import Page
from plugins.domain.settings import Settings
from plugins.publishing.feeds import Feed, feed_entry, feed_files, feed_style
from plugins.publishing.manifest import Kind, Manifest, ManifestEntry
from plugins.publishing.media_types import MEDIA_TYPES, is_hashed, media_type
from plugins.publishing.opensearch import opensearch_file
from plugins.publishing.precompress import precompress
from plugins.publishing.purge import purge_list
from plugins.publishing.robots import robots_file
from plugins.publishing.security_txt import check_security_file, expiry, security_file
from plugins.publishing.sitemap import SitemapEntry, entries_of, sitemap_files
from plugins.publishing.tree import scan
from plugins.publishing.webmanifest import Icon, webmanifest_file

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=CHINA)
SITE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
ATOM = "{http://www.w3.org/2005/Atom}"


def settings(**fields: Any) -> Settings:
    folders = {name: Path(name) for name in ("content", "output", "theme", "cache")}
    return Settings(**{"name": "示例县计划生育协会", "url": "https://example.org", "now": NOW, **folders, **fields})


def article(number: int, **fields: Any) -> Page:
    item = ContentItem(
        path=f"news/{number}.md",
        type="news_item",
        title=f"第 {number} 篇 <示例> & “引号”",
        state=State.PUBLISHED,
        slug=str(number),
        id=f"id{number}",
        date=NOW - timedelta(days=number),
        tags=("家庭健康",),
        authors=(Credit(name="示例作者"),),
        summary=f"第 {number} 篇的摘要。",
    )
    url = f"/news/通知-{number}/"
    return Page(**{"url": url, "save_as": "x", "template": "x", "title": item.title, "item": item, **fields})


# site map


def test_sitemap() -> None:
    pages = [article(2), article(1, modified=NOW), article(3, noindex=True), article(4, preview="预览")]
    (file,) = sitemap_files(entries_of(pages, "https://example.org"), "https://example.org")
    urls = ElementTree.fromstring(file.content).findall(f"{SITE}url")
    assert [url.findtext(f"{SITE}loc") for url in urls] == [
        "https://example.org/news/%E9%80%9A%E7%9F%A5-1/",
        "https://example.org/news/%E9%80%9A%E7%9F%A5-2/",
    ]
    assert [url.findtext(f"{SITE}lastmod") for url in urls] == ["2026-11-23T12:00:00+08:00", None]


def test_a_large_sitemap_is_split_and_packed() -> None:
    entries = [SitemapEntry(address=f"https://example.org/{number:03}/", modified=NOW) for number in range(250)]
    files = sitemap_files(entries, "https://example.org", most=100)
    assert [file.path for file in files] == ["sitemap.xml", *(f"sitemap-{number}.xml.gz" for number in (1, 2, 3))]
    listed = ElementTree.fromstring(files[0].content).findall(f"{SITE}sitemap")
    assert listed[2].findtext(f"{SITE}loc") == "https://example.org/sitemap-3.xml.gz"
    counts = [len(ElementTree.fromstring(gzip.decompress(file.content))) for file in files[1:]]
    assert counts == [100, 100, 50]
    random.Random(1).shuffle(entries)
    assert sitemap_files(entries, "https://example.org", most=100) == files


# feeds


def feed(*numbers: int, **fields: Any) -> Feed:
    entries = [feed_entry(article(number), settings(), **fields) for number in numbers]
    return Feed(title="通知公告", page="/notices/", description="示例", entries=tuple(e for e in entries if e))


def test_atom() -> None:
    atom, _ = feed_files(feed(2, 1, html="<p>正文 &amp; “图”</p>"), settings())
    assert atom.path == "notices/feed.xml"
    root = ElementTree.fromstring(atom.content)
    assert root.findtext(f"{ATOM}title") == "通知公告"
    assert root.findtext(f"{ATOM}updated") == "2026-11-22T12:00:00+08:00"
    first, second = root.findall(f"{ATOM}entry")
    assert first.findtext(f"{ATOM}id") == "tag:example.org,2026-11-22:id1"
    assert first.findtext(f"{ATOM}title") == "第 1 篇 <示例> & “引号”"
    assert first.findtext(f"{ATOM}content") == "<p>正文 &amp; “图”</p>"
    link = second.find(f"{ATOM}link")
    assert link is not None
    assert link.get("href") == "https://example.org/news/%E9%80%9A%E7%9F%A5-2/"
    required = {"id", "title", "updated"}
    for node in (root, first, second):
        assert required <= {child.tag.removeprefix(ATOM) for child in node}


def test_json_feed() -> None:
    _, written = feed_files(feed(1, 2), settings())
    content = json.loads(written.text)
    assert written.path == "notices/feed.json"
    assert content["version"] == "https://jsonfeed.org/version/1.1"
    assert content["feed_url"] == "https://example.org/notices/feed.json"
    assert [entry["id"] for entry in content["items"]] == [
        f"tag:example.org,2026-11-{d}:id{n}" for n, d in ((1, 22), (2, 21))
    ]
    assert content["items"][0]["tags"] == ["家庭健康"]
    assert all("content_html" in entry or "content_text" in entry for entry in content["items"])


def test_feeds_are_short_newest_first_and_know_no_clock() -> None:
    few = settings(feed_size=3)
    atom, _ = feed_files(feed(*range(1, 9)), few)
    shuffled, _ = feed_files(feed(3, 8, 1, 7, 2, 4, 6, 5), few)
    assert atom == shuffled
    assert len(ElementTree.fromstring(atom.content).findall(f"{ATOM}entry")) == 3
    empty, _ = feed_files(feed(), settings())
    assert "1970-01-01" in empty.text
    whole, _ = feed_files(replace(feed(1), page="/"), settings())
    assert whole.path == "feed.xml"


def test_pages_without_a_date_are_in_no_feed() -> None:
    assert feed_entry(article(1, item=None), settings()) is None


def test_a_feed_is_shown_with_our_own_style_only() -> None:
    atom, _ = feed_files(feed(1), settings())
    assert f'href="/{feed_style().path}"' in atom.text
    assert "http" not in feed_style().text


# the small ones


def test_robots() -> None:
    assert "Sitemap: https://example.org/sitemap.xml" in robots_file(settings()).text
    assert robots_file(settings(preview=True)).text == "User-agent: *\nDisallow: /\n"
    assert "Sitemap" not in robots_file(settings(url="")).text


def test_opensearch() -> None:
    root = ElementTree.fromstring(opensearch_file(settings(name="甲&乙" * 30), icon="/icon.png").content)
    space = "{http://a9.com/-/spec/opensearch/1.1/}"
    url = root.find(f"{space}Url")
    assert url is not None
    assert url.get("template") == "https://example.org/search/?q={searchTerms}"
    assert len(root.findtext(f"{space}ShortName") or "") <= 16
    assert "suggest" not in opensearch_file(settings(search_service=False)).text


def test_webmanifest() -> None:
    content = json.loads(webmanifest_file(settings(), [Icon(src="/static/icon.png", side=192)]).text)
    assert content["name"] == "示例县计划生育协会"
    assert content["icons"] == [{"src": "/static/icon.png", "sizes": "192x192", "type": "image/png"}]
    assert "description" not in content


def test_security_txt() -> None:
    assert security_file(settings()) is None
    written = security_file(settings(security_contact="safe@example.org"))
    assert written is not None
    assert "Contact: mailto:safe@example.org\n" in written.text
    assert "Expires: 2027-08-01T00:00:00Z\n" in written.text
    assert check_security_file(written.text, NOW) == ()


@pytest.mark.parametrize("month", range(1, 13))
def test_security_txt_is_true_for_under_a_year(month: int) -> None:
    for day in (1, 28):
        now = datetime(2026, month, day, tzinfo=UTC)
        assert timedelta(days=200) < expiry(now) - now < timedelta(days=365)


@pytest.mark.parametrize(
    ("expires", "message", "blocking"),
    [
        ("2026-12-22T00:00:00Z", "还有 28 天过期", False),
        ("2026-11-01T00:00:00Z", "已经过期", True),
        ("2028-01-01T00:00:00Z", "超过一年", False),
        ("soon", "没有写明", True),
        ("2027-01-01", "没有写明", True),
    ],
)
def test_security_txt_is_checked(expires: str, message: str, blocking: bool) -> None:
    (problem,) = check_security_file(f"Contact: a\nExpires: {expires}\n", NOW)
    assert message in problem.message
    assert problem.is_blocking == blocking


def test_purge_list_is_exact() -> None:
    def entry(path: str, digest: str, kind: Kind = Kind.PAGE) -> ManifestEntry:
        return ManifestEntry(path=path, sha256=digest, size=1, kind=kind)

    before = Manifest(
        commit="a", committed="", entries=(entry("index.html", "1"), entry("a/index.html", "1"), entry("b.pdf", "1"))
    )
    after = Manifest(
        commit="b",
        committed="",
        entries=(
            entry("index.html", "1"), entry("a/index.html", "2"), entry("新.html", "1"),
            entry("a/index.html.gz", "2", Kind.SIDECAR), entry("_headers", "2", Kind.CONTROL),
        ),
    )  # fmt: skip
    assert purge_list(before, after, "https://example.org") == (
        "https://example.org/%E6%96%B0.html",
        "https://example.org/a/",
        "https://example.org/b.pdf",
    )
    assert purge_list(after, after, "") == ()
    assert len(purge_list(None, after, "")) == 3


# compressed twins


def test_precompressed(tmp_path: Path) -> None:
    output, cache = tmp_path / "output", tmp_path / "cache"
    (output / "a").mkdir(parents=True)
    texts = {
        "a/index.html": "示例内容。" * 300,
        "main.css": "p{color:red}" * 100,
        "short.txt": "x",
        "a.pdf": "%PDF" * 500,
    }
    for path, text in texts.items():
        (output / path).write_text(text, "utf-8")
    twins = precompress(scan(output), cache)
    assert {twin.path for twin in twins} == {f"{p}{s}" for p in ("a/index.html", "main.css") for s in (".gz", ".br")}
    for twin in twins:
        content = twin.origin.read_bytes()
        unpacked = gzip.decompress(content) if twin.path.endswith(".gz") else brotli.decompress(content)
        assert unpacked.decode() == texts[twin.path[:-3]]
    marks = {place: place.stat().st_mtime_ns for place in cache.glob("*/*")}
    assert precompress(scan(output), cache) == twins
    assert {place: place.stat().st_mtime_ns for place in cache.glob("*/*")} == marks
    again = precompress(scan(output), tmp_path / "cache2")
    assert [(twin.path, twin.sha256) for twin in again] == [(twin.path, twin.sha256) for twin in twins]
    (output / "main.css").unlink()
    precompress(scan(output), cache)
    assert len(list(cache.glob("*/*"))) == 2


def test_media_types() -> None:
    assert media_type("a/b.HTML") == "text/html; charset=utf-8"
    assert media_type("a.unknown") == "application/octet-stream"
    assert all("/" in kind for kind in MEDIA_TYPES.values())


@pytest.mark.parametrize(
    ("path", "hashed"),
    [
        ("static/main.0a1b2c3d.css", True),
        ("images/photo-0a1b2c3d4e5f.webp", True),
        ("news/plan-20240912.pdf", False),
        ("news/plan-deadbeef.html", False),
        ("static/main.css", False),
        ("images/155ec77146f6bdff/great.webp", True),
        ("images/155ec77146f6bdff/index.html", False),
        ("news/2024-0912/plan.pdf", False),
        ("155ec77146f6bdff.css", False),
    ],
)
def test_names_with_a_digest(path: str, hashed: bool) -> None:
    assert is_hashed(path) == hashed
