"""What the rules look at, and what a rule is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from plugins.domain.content import ContentItem, LeaderArticleDetails
from plugins.domain.dates import CHINA
from plugins.domain.problems import Problem
from plugins.domain.registers import Registers


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspection:
    """A site as the rules see it.

    ``public`` are the paths of the items that a build at ``now`` publishes. ``first_published`` is the first publication
    by path, as version control knows it; ``read`` returns the bytes of a file of the content folder, None where
    there is none. A rule that needs what is not given says nothing.
    """

    items: tuple[ContentItem, ...]
    public: frozenset[str]
    registers: Registers
    now: datetime
    read: Callable[[str], bytes | None] | None = None
    first_published: Mapping[str, datetime] = field(default_factory=dict)

    @property
    def today(self) -> date:
        """The civil day of the build in China."""
        return self.now.astimezone(CHINA).date()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One check: its name in settings and waivers, what editors call it, and the function that finds."""

    name: str
    label: str
    check: Callable[[Inspection], Iterator[Problem]]


def day_of(item: ContentItem, today: date) -> date:
    """Return the day for which names and terms of an item must be right: when it was said, else dated, else today."""
    if isinstance(item.details, LeaderArticleDetails) and item.details.spoken_on:
        return item.details.spoken_on
    moment = item.date or item.modified
    return moment.astimezone(CHINA).date() if moment else today
