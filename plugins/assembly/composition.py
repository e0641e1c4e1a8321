"""The pages of a site: composed where something they show has changed, else known from the last build by their facts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

import msgspec

from plugins.domain.pages import Page
from plugins.incremental_build.codec import Row, digest, stamped
from plugins.incremental_build.heap import NOWHERE, Place
from plugins.navigation.ical import ical

ARTICLES = frozenset(["news_item", "leader_article", "notice", "event"])
FOLLOWED = frozenset(["section", "collection", "person", "program", "tag"])
_NEAR = 8  # families that are composed again and kept at a time: their pages are asked for one after the other


if TYPE_CHECKING:
    from plugins.assembly.files import Pictures
    from plugins.navigation.families import Family

Asked = tuple[str, str]  # a picture and the place on a page that it is for


class PageFacts(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What the files of the site need to know of a page that is not composed again.

    ``digest`` is that of the whole page. ``published`` is the moment of an article in a feed (seconds), 0 for other pages;
    ``entry`` stands for what a feed shows of it. ``listed`` are the addresses that the feed of this page follows, None
    where it has none. ``calendar`` is the digest of its iCal file. ``place`` is where the whole page is kept, ``details`` the
    type of its item's.
    """

    url: str
    save_as: str
    template: str
    source: str
    digest: str
    modified: datetime | None = None
    preview: str = ""
    noindex: bool = False
    searchable: bool = False
    expired: bool = False
    section: tuple[str, str] = ("", "")  # address and title
    has_code: bool = False
    calendar: str = ""
    published: float = 0.0
    entry: str = ""
    listed: tuple[str, ...] | None = None
    files: tuple[tuple[str, str], ...] = ()
    place: Place = NOWHERE
    details: str = ""


class FamilyFacts(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """The pages of a family as they were composed for ``key``, and the pictures they asked for."""

    key: str
    pages: tuple[PageFacts, ...]
    pictures: tuple[Asked, ...] = ()


FamilyRows = Mapping[str, list[Row[FamilyFacts]]]  # drawers, as they are stored
Keep = Callable[[str, bytes], Place]
Recall = Callable[[PageFacts], Page | None]


@dataclass(slots=True)
class Composition:
    """Every page of a site by its facts; ``page`` gives a whole one: recalled where it is kept, else composed.

    ``fresh`` is how many families were composed by this build. Of these ``composed`` holds all but the articles, which
    are most of a site, and are kept by their digest instead.
    """

    families: list[Family] = field(default_factory=list)
    facts: dict[str, FamilyFacts] = field(default_factory=dict)
    composed: dict[int, tuple[Page, ...]] = field(default_factory=dict)
    fresh: int = 0
    recall: Recall = field(default=lambda facts: None)
    known: FamilyRows = field(default_factory=dict)
    _place: dict[str, tuple[int, int]] = field(default_factory=dict)
    _again: dict[int, tuple[Page, ...]] = field(default_factory=dict)

    def add(self, family: Family, facts: FamilyFacts, pages: tuple[Page, ...] | None) -> None:
        """Take in a family; ``pages`` where they are to be held."""
        number = len(self.families)
        self.families.append(family)
        self.facts[family.name] = facts
        if pages is not None:
            self.composed[number] = pages
        for place, each in enumerate(facts.pages):
            self._place[each.url] = number, place

    def pages(self) -> Iterator[PageFacts]:
        """Yield the facts of every page, in the order of the families."""
        for family in self.facts.values():
            yield from family.pages

    def page(self, url: str) -> Page:
        """Return the whole page at ``url``."""
        number, place = self._place[url]
        pages = self.composed.get(number) or self._again.get(number)
        if pages is None:
            if len(self._again) == _NEAR:
                self._again.clear()
            pages = self._again[number] = self._recalled(number) or tuple(self.families[number].pages())
        return pages[place]

    def _recalled(self, number: int) -> tuple[Page, ...] | None:
        facts = self.facts[self.families[number].name].pages
        if not all(page.entry for page in facts):
            return None
        pages = [self.recall(page) for page in facts]
        return tuple([page for page in pages if page]) if all(pages) else None

    def find(self, url: str) -> PageFacts | None:
        """Return the facts of the page at ``url``, None where there is none."""
        if url not in self._place:
            return None
        number, place = self._place[url]
        return self.facts[self.families[number].name].pages[place]


def compose_families(
    families: Iterable[Family], known: FamilyRows, pictures: Pictures, *, keep: Keep, recall: Recall
) -> Composition:
    """Compose every family whose key is new; of the others the facts in ``known`` still hold.

    ``keep`` takes the articles that were composed, and ``recall`` gives them back.
    """
    composition = Composition(recall=recall, known=known)
    earlier = {name: facts for rows in known.values() for name, _, facts in rows}
    for family in families:
        before = earlier.get(family.name) if family.key else None
        if before is not None and before.key == family.key:
            pictures.claim(before.pictures)
            composition.add(family, before, None)
            continue
        with pictures.asked_meanwhile() as asked:
            pages = tuple(family.pages())
        facts = tuple([facts_of(page, family, keep) for page in pages])
        composition.fresh += 1
        composition.add(
            family,
            FamilyFacts(family.key, facts, tuple(asked)),
            None if all(page.entry for page in facts) else pages,
        )
    return composition


def facts_of(page: Page, family: Family, keep: Keep) -> PageFacts:
    """Return the facts of a page that was composed; the stored form of an article is given to ``keep``."""
    is_article = _is_article(page)
    stands_for, stored = stamped(page)
    return PageFacts(
        url=page.url,
        save_as=page.save_as,
        template=page.template,
        source=page.source,
        digest=stands_for,
        modified=page.modified,
        preview=page.preview,
        noindex=page.noindex,
        searchable=page.searchable and page.item is not None,
        expired=page.expired,
        section=(page.section.url, page.section.title) if page.section else ("", ""),
        has_code=bool(page.qr_url),
        calendar=digest(ical(page.item, page.canonical)) if page.calendar_url and page.item else "",
        published=page.item.date.timestamp() if is_article and page.item and page.item.date else 0.0,
        entry=(family.entry or stands_for) if is_article else "",
        listed=tuple(dict.fromkeys(_listed(page))) if _is_followed(page) else None,
        files=page.files,
        place=keep(stands_for, stored) if is_article else NOWHERE,
        details=type(page.item.details).__name__ if is_article and page.item else "",
    )


def _is_article(page: Page) -> bool:
    item = page.item
    is_public = page.kind == "item" and not page.preview
    return is_public and item is not None and item.type in ARTICLES and item.date is not None


def _is_followed(page: Page) -> bool:
    if page.kind in ("section", "tag"):
        return True
    return page.kind == "item" and page.item is not None and page.item.type in FOLLOWED


def _listed(page: Page) -> Iterator[str]:
    yield from (link.url for link in (page.batch.links if page.batch else ()))
    yield from (link.url for block in page.blocks for link in block.links)
