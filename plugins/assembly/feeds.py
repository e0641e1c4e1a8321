"""The feeds of the site: one for each listing that has articles, and one for everything new."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from heapq import nlargest

from plugins.domain.outputs import Output
from plugins.domain.pages import Page
from plugins.domain.settings import Settings
from plugins.incremental_build.codec import digest
from plugins.publishing.feeds import Feed, FeedEntry, feed_entry, feed_files, feed_style

FOLLOWED = frozenset(["section", "collection", "person", "program", "tag"])
ARTICLES = frozenset(["news_item", "leader_article", "notice", "event"])


def feed_outputs(pages: Iterable[Page], settings: Settings) -> Iterator[Output]:
    """Yield the Atom and JSON form of every feed. A feed is made again when one of its entries changed."""
    every = tuple(pages)
    articles = {page.url: page for page in every if _is_article(page)}
    newest = nlargest(settings.feed_size, articles.values(), key=_published)
    yield from _outputs(Feed(title=settings.name, page="/", description=settings.description), newest, settings)
    for page in every:
        if _is_followed(page):
            feed = Feed(title=page.title, page=page.url, description=page.description)
            yield from _outputs(feed, _articles_of(page, articles), settings)
    style = feed_style()
    yield Output(path=style.path, fingerprint=digest(style.content), make=lambda: style.content)


def _is_article(page: Page) -> bool:
    item = page.item
    return (
        page.kind == "item"
        and item is not None
        and item.type in ARTICLES
        and item.date is not None
        and not page.preview
    )


def _is_followed(page: Page) -> bool:
    if page.kind in ("section", "tag"):
        return True
    return page.kind == "item" and page.item is not None and page.item.type in FOLLOWED


def _articles_of(page: Page, articles: dict[str, Page]) -> list[Page]:
    """Return the articles that ``page`` lists, each once."""
    listed = [*(page.batch.links if page.batch else ()), *(link for block in page.blocks for link in block.links)]
    return [articles[url] for url in dict.fromkeys(link.url for link in listed) if url in articles]


def _published(page: Page) -> tuple[float, str]:
    return (page.item.date.timestamp() if page.item and page.item.date else 0.0, page.url)


def _outputs(feed: Feed, pages: list[Page], settings: Settings) -> Iterator[Output]:
    fingerprint = digest(
        feed.title, feed.description, settings.url, settings.name, settings.feed_size,
        [(page.url, page.title, page.description, page.item, page.lead, page.modified) for page in pages],
    )  # fmt: skip
    for path, form in ((feed.atom_path, 0), (feed.json_path, 1)):
        yield Output(path=path, fingerprint=fingerprint, make=partial(_make, feed, pages, settings, form))


def _make(feed: Feed, pages: list[Page], settings: Settings, form: int) -> bytes:
    found = (feed_entry(page, settings) for page in pages)
    entries: tuple[FeedEntry, ...] = tuple(entry for entry in found if entry)
    return feed_files(replace(feed, entries=entries), settings)[form].content
