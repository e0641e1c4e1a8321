"""Link items that lead inside the site: their target becomes an address."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from urllib.parse import unquote

from plugins.domain.body import REFERENCE
from plugins.domain.content import ContentItem, LinkDetails
from plugins.domain.tree import Section
from plugins.navigation.addresses import FILES, file_url, nearest, url_of


def resolve_links(home: Section) -> Section:
    """Return the tree with every ``/@/<path>`` target as an address: the item's, the file's, or where neither is public
    that of the nearest public section above."""
    if not any(_leads_inside(item) for item in home.every_item()):
        return home
    return _resolved(home, {item.path: url_of(item) for item in _every(home)})


def linked_files(section: Section) -> tuple[tuple[str, str], ...]:
    """Return (path in content, address) of the files that link items of ``section`` lead to."""
    urls = [url_of(item) for item in section.items if item.type == "link"]
    return tuple((unquote(url.removeprefix(FILES)), url) for url in urls if url.startswith(FILES))


def _every(home: Section) -> Iterator[ContentItem]:
    for section in home.walk():
        yield section.item
        yield from (item for item in section.items if item.type != "link")


def _leads_inside(item: ContentItem) -> bool:
    return isinstance(item.details, LinkDetails) and item.details.target.startswith(REFERENCE)


def _resolved(section: Section, urls: Mapping[str, str]) -> Section:
    return replace(
        section,
        items=tuple(_with_address(item, urls) if _leads_inside(item) else item for item in section.items),
        sections=tuple(_resolved(below, urls) for below in section.sections),
    )


def _with_address(item: ContentItem, urls: Mapping[str, str]) -> ContentItem:
    path, hash_, fragment = url_of(item).removeprefix(REFERENCE).partition("#")
    is_file = "." in path.rpartition("/")[2] and not path.endswith(".md")
    target = file_url(path) if is_file else nearest(path, urls) + (hash_ + fragment if path in urls else "")
    return replace(item, details=LinkDetails(target=target))
