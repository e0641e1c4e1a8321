"""What a page shows on certain days only, without being built again on them.

The page carries the days in ``data-dated``; a script in its head sets a class on ``<html>`` before the first paint.
Without script the class is the one of the day of the build.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from plugins.domain.dates import CHINA, start_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """A class of ``<html>`` that holds from ``since`` until before ``until`` (None: for ever)."""

    name: str
    since: datetime
    until: datetime | None = None

    def __str__(self) -> str:
        """Return the entry as ``data-dated`` has it: name/from/until, in the clock of China."""
        return f"{self.name}/{_clock(self.since)}/{_clock(self.until) if self.until else ''}"

    def is_on(self, now: datetime) -> bool:
        """Whether the class holds at ``now``."""
        return self.since <= now and (self.until is None or now < self.until)


def on_days(name: str, first: date, last: date) -> Dated:
    """Return the class ``name`` for all the days from ``first`` to ``last``, in China."""
    return Dated(name=name, since=start_of(first), until=start_of(last + timedelta(days=1)))


@lru_cache(maxsize=64)  # most pages have those of the site
def written(entries: tuple[Dated, ...]) -> str:
    """Return the value of ``data-dated``.

    >>> written((on_days("mourning", date(2026, 12, 13), date(2026, 12, 13)),))
    'mourning/2026-12-13T00:00/2026-12-14T00:00'
    """
    return " ".join(map(str, entries))


@lru_cache(maxsize=64)
def classes(entries: tuple[Dated, ...], now: datetime) -> str:
    """Return the classes that hold at ``now``, for readers without script."""
    return " ".join(dict.fromkeys(entry.name for entry in entries if entry.is_on(now)))


def _clock(moment: datetime) -> str:
    return moment.astimezone(CHINA).strftime("%Y-%m-%dT%H:%M")
