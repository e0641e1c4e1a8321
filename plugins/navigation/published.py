"""What goes public besides the pages: files, moved addresses, addresses that are gone."""

from __future__ import annotations

from collections.abc import Iterable

from plugins.domain.content import ContentItem, State
from plugins.domain.pages import Page
from plugins.domain.tree import Section
from plugins.navigation.addresses import url_of


def published_files(pages: Iterable[Page]) -> tuple[tuple[str, str], ...]:
    """Return (path in content, address) of every attachment and linked file of public pages, each once, in order.

    A file that no page refers to is not among them, wherever it lies; one that two refer to has one address.
    """
    return tuple(sorted({pair for page in pages for pair in page.files}))


def redirects(tree: Section) -> tuple[tuple[str, str], ...]:
    """Return (old address, new address) of every public item that moved, by old address."""
    items = (item for section in tree.walk() for item in (section.item, *section.items))
    return tuple(sorted((old, url_of(item)) for item in items for old in item.redirect_from if old != url_of(item)))


def withdrawn(items: Iterable[ContentItem]) -> tuple[str, ...]:
    """Return the addresses that answer 410, in order: of items taken down after they had been public."""
    return tuple(sorted(url_of(item) for item in items if item.state is State.WITHDRAWN and item.type != "link"))
