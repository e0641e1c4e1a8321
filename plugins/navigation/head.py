"""The tags in a page's head, and the page made complete for its template."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from plugins.domain.body import Body
from plugins.domain.content import ContentItem
from plugins.domain.dates import CHINA, iso_day, iso_minute
from plugins.domain.pages import Meta, Page
from plugins.domain.settings import Settings
from plugins.navigation.structured_data import absolute, json_ld

_ARTICLES = frozenset(["news_item", "leader_article", "notice", "event"])
_COLUMN_KINDS = frozenset(["section", "list"])


def complete(page: Page, body: Body | None, settings: Settings) -> Page:
    """Return ``page`` as its template wants it: with body, tags and JSON-LD.

    All of it follows from the page and the settings, so it is done for pages that are rendered, and for no other.
    """
    return replace(page, body=body, metas=metas(page, settings), json_ld=json_ld(page, settings))


def metas(page: Page, settings: Settings) -> tuple[Meta, ...]:
    """Return the tags of ``page`` in reading order: site, column, article, Dublin Core, Open Graph; none is empty."""
    named = (
        *_site(settings),
        *_column(page),
        *_article(page, settings),
        *_common(page, settings),
        *_dublin(page, settings),
    )
    found = [Meta(name, content) for name, content in named if content]
    found += [Meta(name, content, "property") for name, content in _open_graph(page, settings) if content]
    return tuple(found)


Pairs = Iterator[tuple[str, str]]


def _site(settings: Settings) -> Pairs:
    yield "SiteName", settings.name
    yield "SiteDomain", settings.domain
    yield "SiteIDCode", settings.site_code


def _column(page: Page) -> Pairs:
    if page.column and (page.kind in _COLUMN_KINDS or _is_article(page)):
        yield "ColumnName", page.column.name
        yield "ColumnDescription", page.column.description
        yield "ColumnKeywords", _joined(page.column.keywords)
        yield "ColumnType", page.column.type


def _is_article(page: Page) -> bool:
    return page.kind == "item" and page.item is not None and page.item.type in _ARTICLES


def _article(page: Page, settings: Settings) -> Pairs:
    item = page.item
    if item is None or not _is_article(page):
        return
    yield "ArticleTitle", item.title
    yield "PubDate", iso_minute(item.date) if item.date else ""
    yield "ContentSource", source_of(item, settings)
    yield "Keywords", keywords_of(item)
    yield "Author", _joined(tuple(link.title for link in page.authors))
    yield "Description", page.description
    yield "Image", absolute(page.share_image, settings) if item.lead_image else ""
    yield "Url", page.canonical if settings.url else ""


def source_of(item: ContentItem, settings: Settings) -> str:
    """Return where a text was first published; what names no source is the site's own."""
    return item.source.name if item.source else settings.name


def keywords_of(item: ContentItem) -> str:
    """Return the keywords of an item, else its tags, joined for a tag."""
    return _joined(item.keywords or item.tags)


def _common(page: Page, settings: Settings) -> Pairs:
    """Yield the tags that every page has under the names search engines read; an article has said the first two."""
    if not _is_article(page):
        yield "Description", page.description
        yield "Keywords", _general_keywords(page, settings)


def _general_keywords(page: Page, settings: Settings) -> str:
    if page.kind == "home" or page.item is None:
        return _joined(settings.keywords)
    return keywords_of(page.item)


def _dublin(page: Page, settings: Settings) -> Pairs:
    yield "DC.title", page.title if page.kind != "home" else settings.name
    yield "DC.language", page.item.lang if page.item else "zh-CN"
    yield "DC.publisher", settings.organiser or settings.name
    yield "DC.identifier", page.canonical if settings.url else ""
    item = page.item
    if item is not None and page.kind == "item":
        yield "DC.creator", _joined(tuple(link.title for link in page.authors))
        yield "DC.date", iso_day(item.date) if item.date else ""
        yield "DC.source", item.source.name if item.source else ""
        yield "DC.subject", keywords_of(item)
        yield "DC.description", page.description
        yield "DC.type", "Event" if item.type == "event" else "Text"


def _open_graph(page: Page, settings: Settings) -> Pairs:
    article = _is_article(page)
    yield "og:title", page.title if page.kind != "home" else settings.name
    yield "og:type", "article" if article else "website"
    yield "og:url", page.canonical if settings.url else ""
    yield "og:description", page.description
    yield "og:image", absolute(page.share_image, settings)
    yield "og:site_name", settings.name
    yield "og:locale", "zh_CN"
    item = page.item
    if item is not None and article:
        yield "article:published_time", item.date.astimezone(CHINA).isoformat() if item.date else ""
        yield "article:modified_time", item.modified.astimezone(CHINA).isoformat() if item.modified else ""
        yield "article:section", page.section.title if page.section else ""


def _joined(words: tuple[str, ...]) -> str:
    return ",".join(words)
