"""What else to read: neighbours in meaning, found in one pass from the oldest item to the newest."""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from operator import add
from typing import NamedTuple

from plugins.domain.content import ContentItem
from plugins.domain.pages import RELATED
from plugins.domain.text import HAN

RECENT = 8  # of the items a word occurred in, the newest that are looked at
WORDS = 10  # rarest pairs of an item that are looked up
COMMON = 64  # occurrences from which on all pairs are equally common
ENOUGH = 3  # votes below which two items have nothing to do with each other
OFFERED = frozenset(["news_item", "leader_article", "notice", "event", "program", "page"])

_RUN = re.compile(f"[{HAN}]{{2,}}")
_BEGINNING = 32  # characters of title and summary that say what an item is about
_FEW = 8  # where more than one of so many subjects is new, all are looked at

Paths = tuple[str, ...]
Best = tuple[tuple[int, ...], ...]  # for each subject the numbers of its like among the older ones, best first
Seen = dict[str, list[int]]  # for each word the numbers of the subjects it occurs in, oldest first


class Subject(NamedTuple):
    """All of an item that relations are made from, but for its place among the others."""

    beginning: str
    tags: Paths
    people: Paths
    programs: Paths


@dataclass(frozen=True, slots=True, kw_only=True)
class Relations:
    """What was found between the items at ``paths``, from the oldest to the newest; ``stamps`` stand for what they were."""

    paths: Paths = ()
    stamps: tuple[str, ...] = ()
    best: Best = ()

    def are_of(self, items: Sequence[ContentItem], stamps: Sequence[str]) -> bool:
        """Whether these are the relations of ``items``, for which ``stamps`` stand."""
        return self.stamps == tuple(stamps) and self.paths == tuple([item.path for item in items])


def related(items: Iterable[ContentItem]) -> dict[str, Paths]:
    """Return for the path of each item the paths of at most five others, best first; ``items`` come oldest first.

    An item finds its like among the older ones (shared people and programs count four, tags three, pairs of
    characters in title and summary one), and an older one that has room left gains it in return. So a new item changes
    only pages that were short of relations, and the cost of an item does not grow with the site.
    """
    return by_path(find_relations(offered(items))[0])


def offered(items: Iterable[ContentItem]) -> tuple[ContentItem, ...]:
    """Return those of ``items`` that may be related to others."""
    return tuple([item for item in items if item.type in OFFERED])


def subject_of(item: ContentItem) -> Subject:
    """Return what relations of ``item`` are made from; a program is about itself."""
    return Subject(
        f"{item.title} {item.summary}"[:_BEGINNING],
        item.tags,
        item.people,
        (*item.programs, item.title) if item.type == "program" else item.programs,
    )


def find_relations(items: Sequence[ContentItem], stamps: Sequence[str] = ()) -> tuple[Relations, Seen]:
    """Return the relations of ``items``, which may be offered, and where their words occur, for ``mend_relations``.

    Of two items with equal ``stamps`` the subjects are equal, too.
    """
    best: list[tuple[int, ...]] = []
    seen: defaultdict[str, list[int]] = defaultdict(list)
    for number, subject in enumerate(map(subject_of, items)):
        best.append(_best(subject, number, seen))
        for word in _words(subject):
            seen[word].append(number)
    return Relations(paths=tuple([item.path for item in items]), stamps=tuple(stamps), best=tuple(best)), seen


def mend_relations(
    items: Sequence[ContentItem], stamps: Sequence[str], before: Relations, seen: Seen
) -> tuple[Relations, Seen]:
    """Do as ``find_relations``, looking only at items that share a word with one that came, went or changed.

    ``before`` and ``seen`` are what was returned for earlier items; ``seen`` is used up.
    """
    paths = tuple([item.path for item in items])
    known = dict(zip(before.paths, zip(before.stamps, range(len(before.paths)), strict=True), strict=True))
    moved, news = [-1] * len(known), []
    for number, (path, stamp) in enumerate(zip(paths, stamps, strict=True)):
        was, at = known.get(path, ("", -1))
        if at >= 0 and was == stamp:
            moved[at] = number
        else:
            news.append(number)
    if (len(news) + 1) * _FEW > len(items):
        return find_relations(items, stamps)
    gone = [number for number, place in enumerate(moved) if place < 0]
    words = _taken_out(gone, moved, seen)
    breaks = _breaks(gone, moved, news)
    subjects = {number: subject_of(items[number]) for number in news}
    for number, subject in subjects.items():
        for word in _words(subject):
            words.add(word)
            insort(seen.setdefault(word, []), number)
    changes = len(gone) + len(news)
    touched = set(news).union(*(_touched(seen.get(word, []), breaks, word, changes) for word in words))
    best: list[tuple[int, ...]] = [()] * len(items)
    for others, place in zip(before.best, moved, strict=True):
        if place >= 0 and place not in touched:
            best[place] = tuple([moved[other] for other in others]) if others else ()
    for number in touched:
        best[number] = _best(subjects.get(number) or subject_of(items[number]), number, seen)
    return Relations(paths=paths, stamps=tuple(stamps), best=tuple(best)), seen


def _taken_out(gone: Iterable[int], moved: Sequence[int], seen: Seen) -> set[str]:
    """Take the numbers that are ``gone`` out of ``seen``, number the others as they ``moved``; return the words of the gone."""
    lost, words = frozenset(gone), set()
    for word, numbers in seen.items() if lost else ():
        if not lost.isdisjoint(numbers):
            words.add(word)
            seen[word] = [number for number in numbers if number not in lost]
    if any(place not in (number, -1) for number, place in enumerate(moved)):
        for word, numbers in seen.items():
            seen[word] = [moved[number] for number in numbers]
    return words


def by_path(relations: Relations) -> dict[str, Paths]:
    """Return the paths related to each path: its own like, and where it has room those it is the like of."""
    found = [list(best) for best in relations.best]
    for number, best in enumerate(relations.best):
        for other in best:
            if len(found[other]) < RELATED:
                found[other].append(number)
    paths = relations.paths
    return {path: tuple([paths[other] for other in others]) for path, others in zip(paths, found, strict=True)}


def _breaks(gone: Iterable[int], moved: Sequence[int], news: Iterable[int]) -> list[int]:
    """Return the places now from which on something is different: where subjects came, and behind those that went."""
    breaks = set(news)
    for number in gone:
        following = next((place for place in moved[number + 1 :] if place >= 0), None)
        if following is not None:
            breaks.add(following)
    return sorted(breaks)


def _touched(numbers: Sequence[int], breaks: Sequence[int], word: str, changes: int) -> set[int]:
    """Return those of ``numbers``, which hold ``word``, for which so many ``changes`` at ``breaks`` may matter."""
    touched: set[int] = set()
    for place in breaks:
        start = bisect_left(numbers, place)
        touched.update(numbers[start : start + RECENT + 1])
        if word[0] not in "@+#":
            touched.update(numbers[start : COMMON + changes + 1])
    return touched


def _best(subject: Subject, number: int, seen: Mapping[str, list[int]]) -> tuple[int, ...]:
    """Count the votes of those before ``number``; the newest of equals wins."""
    heard = [before for pair in _pairs(subject) if (before := _before(seen.get(pair), number))]
    rare = sorted([found for found in heard if found[0] < COMMON], key=_count)
    votes = Counter(chain.from_iterable([found[1] for found in (*rare, *(f for f in heard if f[0] >= COMMON))[:WORDS]]))
    for word, weight in _strong_words(subject):
        for other in (_before(seen.get(word), number) or (0, ()))[1]:
            votes[other] += weight
    best = sorted([(count, other) for other, count in votes.items() if count >= ENOUGH], reverse=True)
    return tuple([other for _, other in best[:RELATED]])


def _before(numbers: list[int] | None, number: int) -> tuple[int, list[int]] | None:
    """Return how many of ``numbers`` come before ``number``, and the last of them; None where none does."""
    if not numbers:
        return None
    count = len(numbers) if numbers[-1] < number else bisect_left(numbers, number)
    return (count, numbers[max(0, count - RECENT) : count]) if count else None


def _count(found: tuple[int, list[int]]) -> int:
    return found[0]


def _words(subject: Subject) -> Iterable[str]:
    return dict.fromkeys((*_pairs(subject), *(word for word, _ in _strong_words(subject))))


def _strong_words(subject: Subject) -> list[tuple[str, int]]:
    """Return what an editor said the item is about, each with its votes."""
    return [
        *((f"@{name}", 4) for name in subject.people),
        *((f"+{name}", 4) for name in subject.programs),
        *((f"#{name}", 3) for name in subject.tags),
    ]


def _pairs(subject: Subject) -> dict[str, None]:
    """Return the pairs of Chinese characters in the title, and where it is short in the summary, in their order.

    A set would do but for its order, which differs from run to run and decides between words equally rare.
    """
    pairs: dict[str, None] = {}
    for run in _RUN.findall(subject.beginning):
        pairs.update(dict.fromkeys(map(add, run, run[1:])))
    return pairs
