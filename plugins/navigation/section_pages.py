"""The pages of one section: its front page, its lists, and the pages of its items."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from heapq import merge
from typing import NamedTuple

from plugins.domain.content import (
    CollectionDetails,
    ContentItem,
    PersonDetails,
    ProgramDetails,
    SectionDetails,
    is_expired,
)
from plugins.domain.pages import Block, Link, Page
from plugins.domain.tree import Section
from plugins.navigation.addresses import url_of
from plugins.navigation.catalogue import Catalogue, Items
from plugins.navigation.frames import Frame
from plugins.navigation.inner_links import linked_files
from plugins.navigation.item_pages import READ, item_page
from plugins.navigation.links import neighbour
from plugins.navigation.listing_pages import listing, with_own_feed
from plugins.navigation.materials import Materials
from plugins.navigation.queries import answer
from plugins.navigation.standing import RUNNING, UPCOMING, standing
from plugins.navigation.tree import newest_first

BY = "署名文章与讲话"


class Place(NamedTuple):
    """An item in its section; of those one reads in a row, with the older one before and the newer one after it."""

    item: ContentItem
    previous: ContentItem | None = None
    next: ContentItem | None = None


def list_pages(section: Section, materials: Materials) -> Iterator[Page]:
    """Yield the front page of ``section`` and its older list pages."""
    frame = materials.frames[section.item.folder]
    links = materials.own_entries(tuple(item for item in listed(section, materials) if not is_shown_as_block(item)))
    details = section.item.details
    own_size = details.page_size if isinstance(details, SectionDetails) else 0
    size = own_size or materials.settings.page_size
    pinned = tuple(link for link in links if link.pinned)
    yield from listing(section_front(section, frame, materials), links, size, pinned=pinned)


def section_front(section: Section, frame: Frame, materials: Materials) -> Page:
    """Return the front page of ``section``, but for its list."""
    page = item_page(section.item, frame, materials)
    return replace(
        page,
        kind="section",
        url=section.url,
        head_title="_".join([*(link.title for link in reversed(frame.trail[1:])), materials.settings.name]),
        breadcrumbs=(*frame.trail[:-1], Link(title=section.item.title, url="")),
        menu=frame.own_menu,
        related=(),
        qr_url="",
        correction_url="",
        blocks=tuple(_blocks(section, materials)),
        files=page.files + linked_files(section),
        searchable=False,
    )


def _blocks(section: Section, materials: Materials) -> Iterator[Block]:
    """Yield what the front page shows beside its list: pinned collections, then the newest of each sub-section."""
    size = materials.settings.home_size
    for item in listed(section, materials):
        if is_shown_as_block(item):
            yield collection_block(item, materials)
    for below in section.sections:
        links = materials.own_entries(newest_of(below, materials, size))
        if links and not below.item.exclude_from_nav:
            yield Block(title=below.item.title, url=below.url, links=links, kind="column")


def is_shown_as_block(item: ContentItem) -> bool:
    """Whether ``item`` is a pinned collection: shown with its newest on the front page of its section, not listed."""
    return item.pinned and isinstance(item.details, CollectionDetails)


def collection_block(item: ContentItem, materials: Materials) -> Block:
    """Return a collection as a block with its first links."""
    assert isinstance(item.details, CollectionDetails)
    found = answer(item.details, materials.catalogue)[: materials.settings.home_size]
    return Block(title=item.title, url=url_of(item), links=materials.entries(found), kind="collection")


def listed(section: Section, materials: Materials) -> Items:
    """Return the items of ``section`` that lists show: not the expired ones."""
    now = materials.settings.now
    return tuple([item for item in section.items if not is_expired(item, now)])


def newest_of(section: Section, materials: Materials, count: int) -> Items:
    """Return the first ``count`` of ``section``'s list; where it has sub-sections, the newest of all of them.

    In a column of events those still to come stand first, the soonest before the others.
    """
    own = _sooner_first(listed(section, materials), materials.settings.now)[:count]
    if not section.sections:
        return own
    below = [newest_of(one, materials, count) for one in section.sections]
    dated = [newest_first(items) for items in (own, *below)]
    return tuple(merge(*dated, key=lambda item: item.date, reverse=True))[:count]  # type: ignore[arg-type,return-value]


def _sooner_first(items: Items, now: datetime) -> Items:
    coming = [item for item in items if item.type == "event" and standing(item, now) in (RUNNING, UPCOMING)]
    if not coming:
        return items
    paths = {item.path for item in coming}
    coming.sort(key=lambda item: (getattr(item.details, "starts", None) or now, item.path))
    return (*coming, *(item for item in items if item.path not in paths))


def places(section: Section, materials: Materials) -> Iterator[Place]:
    """Yield the items of ``section`` that have a page, in the order of the list."""
    row = [item for item in listed(section, materials) if item.type in READ]
    around = {
        item.path: (older, newer) for item, older, newer in zip(row, [*row[1:], None], [None, *row], strict=False)
    }
    for item in section.items:
        if item.type != "link":
            yield Place(item, *around.get(item.path, ()))  # newest first: what comes after in the list is older


def place_pages(place: Place, section: Section, materials: Materials) -> Iterator[Page]:
    """Yield the page of one item; behind it the list of what it gathers, where its type gathers other items."""
    item, frame = place.item, materials.frames[section.item.folder]
    page = item_page(item, frame, materials, previous=neighbour(place.previous), next=neighbour(place.next))
    if item.type in READ:
        yield page
    else:
        yield from _with_list(_gathering(page, item), item, materials)


def _gathering(page: Page, item: ContentItem) -> Page:
    """Return ``page`` with the feed of what it gathers, where its type gathers other items."""
    gathers = isinstance(item.details, (CollectionDetails, ProgramDetails, PersonDetails))
    return with_own_feed(page) if gathers else page


def _with_list(page: Page, item: ContentItem, materials: Materials) -> Iterator[Page]:
    """Yield the page of ``item``, with a list behind it where its type gathers other items."""
    known, size = materials.catalogue, materials.settings.page_size
    match item.details:
        case CollectionDetails() as query:
            yield from listing(page, materials.entries(answer(query, known)), query.page_size or size)
        case ProgramDetails() if news := known.programs.get(item.title, ()):
            yield from listing(page, materials.entries(news), size)
        case PersonDetails() if found := _of_person(item.title, known):
            written = known.by.get(item.title, ())
            by = materials.entries(written[: materials.settings.home_size])
            blocks = (Block(title=BY, links=by, kind="by"),) if 0 < len(written) < len(found) else ()
            yield from listing(replace(page, blocks=blocks), materials.entries(found), size)
        case _:
            yield page


def _of_person(name: str, known: Catalogue) -> Items:
    """Return every item by or about the person, each once, newest first."""
    by, about = known.by.get(name, ()), known.about.get(name, ())
    if not by or not about:
        return by or about
    both = {item.path: item for item in (*by, *about)}
    return tuple([both[path] for path in sorted(both, key=known.places.__getitem__)])
