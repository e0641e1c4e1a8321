"""What else to read: neighbours in meaning, found in one pass from the oldest item to the newest."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from hashlib import blake2b
from itertools import chain
from operator import add

from plugins.domain.content import ContentItem
from plugins.domain.text import HAN

LIMIT = 5  # related items a page shows
RECENT = 8  # of the items a word occurred in, the newest that are looked at
WORDS = 10  # rarest pairs of an item that are looked up
ENOUGH = 3  # votes below which two items have nothing to do with each other
OFFERED = frozenset(["news_item", "leader_article", "notice", "event", "program", "page"])

_RUN = re.compile(f"[{HAN}]{{2,}}")
_BEGINNING = 32  # characters of title and summary that say what an item is about


def related(items: Iterable[ContentItem]) -> dict[str, tuple[str, ...]]:
    """Return for the path of each item the paths of at most five others, best first; ``items`` come oldest first.

    An item finds its like among the older ones (shared people and programs count four, tags three, pairs of
    characters in title and summary one), and an older one that has room left gains it in return. So a new item changes
    only pages that were short of relations, and the cost of an item does not grow with the site.
    """
    known = [item for item in items if item.type in OFFERED]
    found: list[list[int]] = []
    seen: defaultdict[str, list[int]] = defaultdict(list)
    for number, item in enumerate(known):
        strong, pairs = _strong_words(item), _pairs(item)
        best = _best(strong, pairs, seen)
        found.append(best)
        for other in best:
            if len(found[other]) < LIMIT:
                found[other].append(number)
        for word in pairs:
            seen[word].append(number)
        for word, _ in strong:
            seen[word].append(number)
    return {item.path: tuple([known[other].path for other in found[number]]) for number, item in enumerate(known)}


def subjects_digest(items: Iterable[ContentItem]) -> str:
    """Return a digest of all that ``related`` looks at: while it stays, an earlier answer still holds."""
    digest = blake2b(digest_size=16)
    for item in items:
        subject = (item.path, item.type, item.title, item.summary[:_BEGINNING], item.tags, item.people, item.programs)
        digest.update(repr(subject).encode())
    return digest.hexdigest()


def _best(strong: list[tuple[str, int]], pairs: Iterable[str], seen: dict[str, list[int]]) -> list[int]:
    """Count the votes of the items seen before; the newest of equals wins."""
    heard = [numbers for pair in pairs if (numbers := seen.get(pair))]
    heard.sort(key=len)
    votes = Counter(chain.from_iterable([numbers[-RECENT:] for numbers in heard[:WORDS]]))
    for word, weight in strong:
        for other in seen.get(word, ())[-RECENT:]:
            votes[other] += weight
    best = sorted([(count, other) for other, count in votes.items() if count >= ENOUGH], reverse=True)
    return [other for _, other in best[:LIMIT]]


def _strong_words(item: ContentItem) -> list[tuple[str, int]]:
    """Return what an editor said the item is about, each with its votes; a program is about itself."""
    own = (item.title,) if item.type == "program" else ()
    return [
        *((f"@{name}", 4) for name in item.people),
        *((f"+{name}", 4) for name in (*item.programs, *own)),
        *((f"#{name}", 3) for name in item.tags),
    ]


def _pairs(item: ContentItem) -> dict[str, None]:
    """Return the pairs of Chinese characters in the title, and where it is short in the summary, in their order.

    A set would do but for its order, which differs from run to run and decides between words equally rare.
    """
    pairs: dict[str, None] = {}
    for run in _RUN.findall(f"{item.title} {item.summary}"[:_BEGINNING]):
        pairs.update(dict.fromkeys(map(add, run, run[1:])))
    return pairs
