"""Saved queries: which items a collection holds."""

from __future__ import annotations

from plugins.domain.content import CollectionDetails, ContentItem
from plugins.domain.dates import CHINA
from plugins.navigation.catalogue import Catalogue, Items
from plugins.navigation.pinyin import sort_key


def answer(query: CollectionDetails, known: Catalogue) -> Items:
    """Return the listed items that ``query`` asks for, in its order; every condition given must hold.

    Tags, people and programs hold where any of those named does; ``section`` is a folder with all below it, days count
    from ``since`` to ``until`` inclusive; a ``limit`` of 0 is none.
    """
    found = [item for item in _candidates(query, known) if _holds(query, item)]
    if query.order == "oldest":
        found.reverse()
    elif query.order == "title":
        found.sort(key=lambda item: (sort_key(item.title), item.path))
    return tuple(found[: query.limit] if query.limit else found)


def _candidates(query: CollectionDetails, known: Catalogue) -> Items:
    """Return the shortest listing that surely holds all answers, newest first, so that many queries stay cheap."""
    if len(query.people) == 1:
        return known.about.get(query.people[0], ())
    if len(query.programs) == 1:
        return known.programs.get(query.programs[0], ())
    if len(query.any_tags) == 1:
        return known.tags.get(query.any_tags[0], ())
    return known.newest


def _holds(query: CollectionDetails, item: ContentItem) -> bool:
    folder = query.section.strip("/")
    if item.type == "collection" or (query.types and item.type not in query.types):
        return False
    if folder and not f"{item.folder}/".startswith(f"{folder}/"):
        return False
    if query.any_tags and not _meet(query.any_tags, item.tags):
        return False
    if query.people and not _meet(query.people, item.people):
        return False
    if query.programs and not _meet(query.programs, item.programs):
        return False
    return not (query.since or query.until) or _is_in_time(query, item)


def _meet(wanted: tuple[str, ...], given: tuple[str, ...]) -> bool:
    return any(word in given for word in wanted)


def _is_in_time(query: CollectionDetails, item: ContentItem) -> bool:
    if item.date is None:
        return False
    day = item.date.astimezone(CHINA).date()
    return (query.since is None or day >= query.since) and (query.until is None or day <= query.until)
