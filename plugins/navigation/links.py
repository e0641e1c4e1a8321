"""Items as entries of listings, each with what that listing shows and no more."""

from __future__ import annotations

from datetime import datetime

from plugins.domain.content import ContentItem
from plugins.domain.pages import Link, Picture
from plugins.domain.tree import Section
from plugins.navigation.addresses import url_of
from plugins.navigation.standing import mark


def entry(item: ContentItem, now: datetime, *, section: str = "") -> Link:
    """Return ``item`` as an entry of a list; ``section`` is its column's title where the list mixes columns."""
    return Link(
        title=item.title,
        url=url_of(item),
        effective=item.date,
        type=item.type,
        section=section,
        note=mark(item, now),
        pinned=item.pinned,
        external=is_external(item),
    )


def neighbour(item: ContentItem | None) -> Link | None:
    """Return ``item`` as 上一篇 or 下一篇: title and address."""
    return Link(title=item.title, url=url_of(item)) if item else None


def mention(item: ContentItem) -> Link:
    """Return ``item`` as related reading: title, address and day."""
    return Link(title=item.title, url=url_of(item), effective=item.date, type=item.type)


def story(item: ContentItem, picture: Picture | None) -> Link:
    """Return ``item`` as the lead story: with summary and picture."""
    return Link(
        title=item.title,
        url=url_of(item),
        effective=item.date,
        summary=item.summary,
        type=item.type,
        picture=picture,
        external=is_external(item),
    )


def section_link(section: Section) -> Link:
    """Return ``section`` as a link."""
    return Link(title=section.item.title, url=section.url, type="section")


def is_external(item: ContentItem) -> bool:
    """Whether ``item`` leads out of the site."""
    return item.type == "link" and not url_of(item).startswith("/")
