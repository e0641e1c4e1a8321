"""Where everything public is: looked up by path, column, tag, person, program and month."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from plugins.domain.content import ContentItem, LeaderArticleDetails, is_expired
from plugins.domain.dates import CHINA
from plugins.domain.pages import Link
from plugins.domain.paths import SLUG_BYTES
from plugins.domain.tree import Section
from plugins.navigation.addresses import url_of
from plugins.navigation.links import entry, mention
from plugins.navigation.pinyin import digest_of, slug_of, sort_key
from plugins.navigation.related import related
from plugins.navigation.tree import newest_first

Items = tuple[ContentItem, ...]
Relate = Callable[[Items], Mapping[str, tuple[str, ...]]]
_ROOM = SLUG_BYTES - 7


class OnDemand(Mapping[str, Link]):
    """Links of items by path, each made when it is first asked for: a build that knows an earlier one asks for few."""

    def __init__(self, items: Mapping[str, ContentItem], make: Callable[[ContentItem], Link]) -> None:
        self._items, self._make = items, make
        self._made: dict[str, Link] = {}

    def __getitem__(self, path: str) -> Link:
        """Return the link of the item at ``path``."""
        link = self._made.get(path)
        if link is None:
            link = self._made[path] = self._make(self._items[path])
        return link

    def __contains__(self, path: object) -> bool:
        return path in self._items

    def __iter__(self) -> Iterator[str]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """The public items of a tree in every order that pages need; built once, in one pass each.

    Listings hold listed items only (not expired), newest first, the undated last. By path: ``urls`` and ``mentions`` (as
    related reading) of all public items, sections among them; ``entries`` (as list entries) of the listed; ``related``,
    the paths of what else to read. By a person's name: ``about``, ``by``, ``people_urls``. By a program's title:
    ``programs``.
    """

    home: Section
    urls: Mapping[str, str]
    newest: Items
    places: Mapping[str, int]
    entries: Mapping[str, Link]
    mentions: Mapping[str, Link]
    tags: Mapping[str, Items]
    tag_links: Mapping[str, Link]
    about: Mapping[str, Items]
    by: Mapping[str, Items]
    programs: Mapping[str, Items]
    months: Mapping[tuple[int, int], Items]
    people_urls: Mapping[str, str]
    related: Mapping[str, tuple[str, ...]]


def catalogue(home: Section, *, now: datetime, relate: Relate = related) -> Catalogue:
    """Return the catalogue of a tree; ``relate`` finds what else to read among the listed items, oldest first."""
    columns = {item.path: section.item.title for section in home.walk() for item in section.items}
    every = tuple(home.every_item())
    listed = [item for item in every if not is_expired(item, now)]
    dated = newest_first(listed)
    newest = (*dated, *sorted((item for item in listed if item.date is None), key=lambda item: item.path))
    groups = _groups(newest)
    tags = groups.tags
    people = [item for item in every if item.type == "person"]
    known = (*every, *(section.item for section in home.walk()))
    return Catalogue(
        home=home,
        urls={item.path: url_of(item) for item in known},
        newest=newest,
        places={item.path: place for place, item in enumerate(newest)},
        entries=OnDemand(
            {item.path: item for item in newest}, lambda item: entry(item, now, section=columns[item.path])
        ),
        mentions=OnDemand({item.path: item for item in known}, mention),
        tags={tag: tags[tag] for tag in sorted(tags, key=sort_key)},
        tag_links={tag: Link(title=tag, url=f"/tags/{slug}/") for tag, slug in _slugs(tags).items()},
        about=groups.about,
        by=groups.by,
        programs=groups.programs,
        months=groups.months,
        people_urls={item.title: url_of(item) for item in reversed(people)},
        related=relate(newest[::-1]),
    )


class _Groups(NamedTuple):
    """Items under each thing they are found by."""

    tags: dict[str, Items]
    about: dict[str, Items]
    by: dict[str, Items]
    programs: dict[str, Items]
    months: dict[tuple[int, int], Items]


def _groups(items: Iterable[ContentItem]) -> _Groups:
    """Group ``items`` in one walk, in their order; an item that names a thing twice is under it once."""
    tags, about, by, programs, months = (defaultdict[Any, list[ContentItem]](list) for _ in range(5))
    for item in items:
        for tag in item.tags if len(item.tags) < 2 else dict.fromkeys(item.tags):
            tags[tag].append(item)
        if item.people:
            _put(about, item.people, item)
        if item.authors or item.type == "leader_article":
            _put(by, _writers(item), item)
        if item.programs:
            _put(programs, item.programs, item)
        if item.date is not None:
            civil = item.date if item.date.tzinfo == CHINA else item.date.astimezone(CHINA)
            months[civil.year, civil.month].append(item)
    return _Groups(
        *({key: tuple(found) for key, found in group.items()} for group in (tags, about, by, programs, months))
    )


def _put(groups: defaultdict[str, list[ContentItem]], keys: Iterable[str], item: ContentItem) -> None:
    for key in dict.fromkeys(keys):
        groups[key].append(item)


def _writers(item: ContentItem) -> tuple[str, ...]:
    """Name who wrote or spoke the text."""
    names = tuple([credit.name for credit in item.authors])
    speaker = item.details.speaker if isinstance(item.details, LeaderArticleDetails) else ""
    return (*names, speaker) if speaker and speaker not in names else names


def _slugs(tags: Mapping[str, Items]) -> dict[str, str]:
    """Give every tag its address word; of two that sound alike the one used first keeps the plain one."""
    slugs: dict[str, str] = {}
    taken: set[str] = set()
    for tag in sorted(tags, key=lambda tag: (_first_use(tags[tag]), tag)):
        slug = slug_of(tag)
        slugs[tag] = f"{slug[:_ROOM]}-{digest_of(tag)}" if slug in taken else slug
        taken.add(slug)
    return slugs


def _first_use(items: Items) -> tuple[float, str]:
    oldest = items[-1]
    return (oldest.date.timestamp() if oldest.date else 0.0, oldest.path)
