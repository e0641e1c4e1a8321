"""The pages of a site in families: what is composed together, and a key of all it is composed from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from hashlib import blake2b
from typing import NamedTuple

from plugins.domain.content import (
    CollectionDetails,
    ContentItem,
    LeaderArticleDetails,
    PersonDetails,
    ProgramDetails,
    is_expired,
)
from plugins.domain.pages import Page
from plugins.domain.tree import Section
from plugins.navigation.addresses import nearest, url_of
from plugins.navigation.catalogue import Items
from plugins.navigation.item_pages import READ
from plugins.navigation.materials import Materials, is_text, item_path
from plugins.navigation.queries import answer
from plugins.navigation.section_pages import Place, is_shown_as_block, list_pages, place_pages, places
from plugins.navigation.site_pages import (
    archive_page,
    home_page,
    month_pages,
    months_of_years,
    plain_pages,
    tag_index,
    tag_pages,
    year_page,
)
from plugins.navigation.standing import banner, mark, standing

_DATED = frozenset(["event", "program", "notice"])  # types that say another thing from one day to the next


class Family(NamedTuple):
    """Pages that are composed together.

    ``key`` changes whenever anything does that ``pages`` reads: while it stays, an earlier composition still holds; ``""``
    is always composed. ``entry`` stands for what lists and feeds show of the item whose page it is, ``""`` for others.
    """

    name: str
    pages: Callable[[], Iterator[Page]]
    key: str = ""
    entry: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamps:
    """What stands for the things pages are composed from.

    ``common`` for settings and code; ``shown`` for all that the pages of others may show of an item, its picture
    included; ``own`` for an item with its text and every file that it names.
    """

    common: str
    shown: Callable[[ContentItem], str]
    own: Callable[[ContentItem], str]


def families(materials: Materials, stamps: Stamps | None = None) -> Iterator[Family]:
    """Yield every family of the site in an order that never changes; without ``stamps`` none has a key."""
    keys = Keys(materials, stamps) if stamps else None
    known = materials.catalogue
    yield Family(name="home", pages=partial(_one, home_page, materials))
    for section in known.home.walk():
        if section is not known.home:
            key = keys.of_section(section) if keys else ""
            yield Family(name=f"section {section.url}", pages=partial(list_pages, section, materials), key=key)
        for place in places(section, materials):
            yield _item_family(place, section, materials, keys)
    if known.tags:
        yield Family(name="tags", pages=partial(_one, tag_index, materials))
    for tag, items in known.tags.items():
        key = keys.of_list(f"{tag}\0{known.tag_links[tag].url}", items) if keys else ""
        yield Family(name=f"tag {tag}", pages=partial(tag_pages, tag, materials), key=key)
    yield from _archive(materials, keys)
    yield Family(name="site", pages=partial(plain_pages, materials))


def _one(make: Callable[[Materials], Page], materials: Materials) -> Iterator[Page]:
    yield make(materials)


def _item_family(place: Place, section: Section, materials: Materials, keys: Keys | None) -> Family:
    path = place.item.path
    return Family(
        name=path,
        pages=partial(place_pages, place, section, materials),
        key=keys.of_item(place) if keys else "",
        entry=keys.shown[path] if keys else "",
    )


def _archive(materials: Materials, keys: Keys | None) -> Iterator[Family]:
    yield Family(name="archive", pages=partial(_one, archive_page, materials))
    for year, months in months_of_years(materials).items():
        yield Family(name=f"year {year}", pages=partial(_one, partial(year_page, year), materials))
        for month in months:
            items = materials.catalogue.months[year, month]
            key = keys.of_list(f"{year}-{month}", items) if keys else ""
            yield Family(name=f"month {year}-{month}", pages=partial(month_pages, year, month, materials), key=key)


class Keys:
    """The keys of families, each from everything that composing it reads.

    What pages show of other items goes in by ``shown``: more than any page shows, so that no field can be forgotten.
    """

    def __init__(self, materials: Materials, stamps: Stamps) -> None:
        self._materials, self._known, self._own = materials, materials.catalogue, stamps.own
        surroundings = (
            f"{folder}{frame.link}{frame.column}{frame.trail}{frame.own_menu}{frame.feeds}"
            for folder, frame in materials.frames.items()
        )
        self._common = _digest([stamps.common, *surroundings])
        self._tags = {tag: link.url for tag, link in self._known.tag_links.items()}
        home = materials.catalogue.home
        items = (item for section in home.walk() for item in (section.item, *section.items))
        self.shown = {item.path: f"{item.path} {stamps.shown(item)}{self._today(item)}" for item in items}

    def of_item(self, place: Place) -> str:
        """Return the key of the page of one item, and of the list behind it."""
        item, before, after = place
        shown, known = self.shown, self._known
        around = (shown[before.path] if before else "-", shown[after.path] if after else "-")
        parts = [self._common, shown[item.path], self._own(item), *around]
        parts += [shown.get(path) or path for path in (*known.related.get(item.path, ()), *item.related)]
        parts += [self._tags[tag] for tag in item.tags if tag in self._tags]
        if names := _names(item):
            parts += [known.people_urls.get(name, "") for name in names]
        if references := self._materials.body(item).references:
            parts += [known.urls.get(reference.path) or self._address(reference.path) for reference in references]
        if item.type not in READ:
            parts += [shown[other.path] for other in self._gathered(item)]
        return _digest(parts)

    def of_section(self, section: Section) -> str:
        """Return the key of the lists of a section; none where it shows the answers of a collection."""
        if any(is_shown_as_block(item) for item in section.items):
            return ""
        items = (item for below in section.walk() for item in (below.item, *below.items))
        return _digest([self._common, self._own(section.item), *(self.shown[item.path] for item in items)])

    def of_list(self, name: str, items: Items) -> str:
        """Return the key of the pages that list ``items`` and show nothing else."""
        return _digest([self._common, name, *[self.shown[item.path] for item in items]])

    def _address(self, path: str) -> str:
        """Return where a reference leads that names no public item; of a file, whose content is the item's own, nothing."""
        return nearest(item_path(path), self._known.urls) if is_text(path) else ""

    def _gathered(self, item: ContentItem) -> Iterable[ContentItem]:
        match item.details:
            case CollectionDetails() as query:
                return answer(query, self._known)
            case ProgramDetails():
                return self._known.programs.get(item.title, ())
            case PersonDetails():
                return (*self._known.by.get(item.title, ()), *self._known.about.get(item.title, ()))
            case _:
                return ()

    def _today(self, item: ContentItem) -> str:
        """Return what an item says today and may not say tomorrow, and where a link leads."""
        settings = self._materials.settings
        if item.type == "link":
            return f" {url_of(item)} {is_expired(item, settings.now)} {mark(item, settings.now)}"
        if not settings.preview and item.expires is None and item.type not in _DATED:
            return ""
        now = settings.now
        return f" {is_expired(item, now)} {mark(item, now)} {standing(item, now)} {banner(item, now)}"


def _names(item: ContentItem) -> tuple[str, ...]:
    if not item.authors and item.type != "leader_article":
        return ()
    names = tuple([credit.name for credit in item.authors])
    return (*names, item.details.speaker) if isinstance(item.details, LeaderArticleDetails) else names


def _digest(parts: Iterable[str]) -> str:
    return blake2b("\0".join(parts).encode(), digest_size=12).hexdigest()
