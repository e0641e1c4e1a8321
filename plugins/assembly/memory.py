"""What one build tells the next, so that it need not be found out again. Losing it costs time only."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from operator import itemgetter
from typing import TypeVar

from msgspec import structs

from plugins.assembly.composition import Composition, FamilyFacts, FamilyRows, Keep, PageFacts, Recall
from plugins.assembly.sources import database_of
from plugins.assembly.versions import version_of
from plugins.domain.content import ContentItem
from plugins.domain.pages import Link, Page
from plugins.domain.settings import Settings
from plugins.incremental_build.codec import codec_of, digest, page_of, rows_codec_of, stamped
from plugins.incremental_build.drawers import Drawers, exchange, keep_all
from plugins.incremental_build.heap import Heap
from plugins.incremental_build.results import Store
from plugins.incremental_build.unchanged import Sources
from plugins.navigation import pinyin
from plugins.theming.assets import Assets, load_assets

R = TypeVar("R")
Paths = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Notes:
    """What an edit of a text alone needs to know of the site around it: the links of the footer, and the content files that
    other texts refer to by an anchor."""

    footer: tuple[Link, ...] = ()
    referred: frozenset[str] = frozenset()


def recall_words(settings: Settings) -> int:
    """Take up how the words of earlier builds sound, which spares loading a dictionary; return how many there are."""
    words = _words(settings).find()
    pinyin.remember(words or {})
    return len(words or {})


def keep_words(settings: Settings, known: int) -> None:
    """Keep how words sound, where there are more than the ``known`` ones."""
    words = pinyin.remembered()
    if len(words) > known:
        _words(settings).keep(words)
        pinyin.release()


def related_items(
    settings: Settings, stands_for: Callable[[ContentItem], str]
) -> Callable[[tuple[ContentItem, ...]], Mapping[str, Paths]]:
    """Return ``related`` that goes by what it found before, and looks again only around what has changed.

    ``stands_for`` gives the stamp of all that may show of an item.
    """
    from plugins.navigation.related import (  # which an edit of a text alone does without
        Relations,
        Seen,
        by_path,
        find_relations,
        mend_relations,
        offered,
    )

    version = version_of("navigation")
    found = Store(database=database_of(settings), name="related", version=version, codec=codec_of(Relations))
    words = Store(database=database_of(settings), name="related words", version=version, codec=codec_of(Seen))

    def relate(items: tuple[ContentItem, ...]) -> Mapping[str, Paths]:
        few, known = offered(items), found.find()
        stamps = [stands_for(item) for item in few]
        if known is None or not known.are_of(few, stamps):
            seen = words.find(digest(known.paths, known.stamps)) if known else None
            if known is None or seen is None:
                known, seen = find_relations(few, stamps)
            else:
                known, seen = mend_relations(few, stamps, known, seen)
            found.keep(known)
            words.keep(seen, digest(known.paths, known.stamps))  # of these relations: a crash may part them
        return by_path(known)

    return relate


def recall_families(settings: Settings) -> FamilyRows:
    """Return the facts of the pages of the last build, as they are stored."""
    rows = _families(settings).all()
    used = (page.place[1] for drawer in rows.values() for _, _, facts in drawer for page in facts.pages)
    if _pages(settings).is_mostly_waste(sum(used)):
        _families(settings).forget()  # first: none may be left whose place is gone
        _pages(settings).forget()
        return {}
    return rows


def keep_families(settings: Settings, composition: Composition) -> None:
    """Keep the facts of the pages of this build instead of those of the last."""
    rows = [(name, facts.key, facts) for name, facts in sorted(composition.facts.items(), key=itemgetter(0))]
    keep_all(_families(settings), rows, composition.known)


def keep_page(settings: Settings) -> Keep:
    """Return what keeps the stored form of a page."""
    return _pages(settings).add


def recall_articles(settings: Settings) -> Recall:
    """Return what gives the page of an article back, None where it is not kept any more."""
    pages = _pages(settings)

    def recall(facts: PageFacts) -> Page | None:
        stored = pages.get(facts.digest, facts.place)
        return None if stored is None else page_of(stored, facts.details)

    return recall


def recall_article(settings: Settings, path: str) -> tuple[FamilyFacts, Page] | None:
    """Return the facts of an article and its page; None where they are not known any more."""
    drawers = _families(settings).some([path]).values()
    for name, _, family in (row for rows in drawers for row in rows):
        if name == path and len(family.pages) == 1:
            page = recall_articles(settings)(family.pages[0])
            return (family, page) if page else None
    return None


def keep_article(settings: Settings, before: FamilyFacts, page: Page) -> str:
    """Keep the page of an article of which the text alone has changed, and return its digest.

    It is kept without a key: what else its family depends on has not been looked at.
    """
    stands_for, stored = stamped(page)
    facts = structs.replace(before.pages[0], digest=stands_for, place=_pages(settings).add(stands_for, stored))
    exchange(_families(settings), [(page.source, "", FamilyFacts("", (facts,), before.pictures))])
    return stands_for


def keep_notes(settings: Settings, notes: Notes) -> None:
    """Keep what an edit of a text alone needs to know of the site."""
    _notes(settings).keep(notes)


def recall_notes(settings: Settings) -> Notes:
    """Return what was kept of the site."""
    return _notes(settings).find() or Notes()


def _notes(settings: Settings) -> Store[Notes]:
    return Store(database=database_of(settings), name="notes", version=version_of("assembly"), codec=codec_of(Notes))


def _pages(settings: Settings) -> Heap:
    return Heap(database=database_of(settings), name="pages")


def assets_of(settings: Settings, sources: Sources) -> Assets:
    """Return the styles, scripts and pictures of the theme, made again where one of their files has changed."""
    names = sorted(name for name in sources.files if name.startswith("theme/static/"))
    store = Store(database=database_of(settings), name="assets", version=version_of("theming"), codec=codec_of(Assets))
    return _once(store, digest([(name, sources.digest(name)) for name in names]), lambda: load_assets(settings.theme))


def _families(settings: Settings) -> Drawers[FamilyFacts]:
    return Drawers(
        database=database_of(settings),
        name="families",
        version=version_of("assembly", "navigation"),
        codec=rows_codec_of(FamilyFacts),
    )


def template_digests(settings: Settings, sources: Sources) -> Mapping[str, str]:
    """Return the digest of every template with all it is made of, by its name."""
    names = sorted(name for name in sources.files if name.startswith("theme/templates/"))
    store = Store(
        database=database_of(settings), name="templates", version=version_of("theming"), codec=codec_of(dict[str, str])
    )
    key = digest([(name, sources.digest(name)) for name in names])
    return _once(store, key, lambda: _digests(settings, [name.removeprefix("theme/templates/") for name in names]))


def _digests(settings: Settings, names: list[str]) -> dict[str, str]:
    from plugins.theming.render import create_template_digest  # Jinja is not needed where no template has changed

    digest_of = create_template_digest(settings.theme)
    return {name: digest_of(name) for name in names if name.endswith((".html", ".xml", ".txt"))}


def _once(store: Store[R], key: str, find: Callable[[], R]) -> R:
    """Return the one result of its kind that is kept: the stored one for ``key``, else what ``find`` gives."""
    known = store.find(key)
    if known is not None:
        return known
    found = find()
    store.keep(found, key)
    return found


def _words(settings: Settings) -> Store[dict[str, Paths]]:
    return Store(
        database=database_of(settings),
        name="words",
        version=f"{version_of('navigation')} {version('pypinyin')}",
        codec=codec_of(dict[str, Paths]),
    )
