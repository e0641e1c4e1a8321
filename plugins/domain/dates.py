"""Civil dates of China, the same on every machine."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone

CHINA = timezone(
    timedelta(hours=8), "CST"
)  # fixed: no zone database is needed, and written dates mean the clock on the wall
EARLIEST = date(1910, 1, 1)
YEARS_AHEAD = 2

_DAY = r"(?P<year>\d{4})(?:-(?P<month>\d{1,2})-(?P<day>\d{1,2})|/(?P<month2>\d{1,2})/(?P<day2>\d{1,2})|年(?P<month3>\d{1,2})月(?P<day3>\d{1,2})日)"
_CLOCK = r"(?:[T ]+(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2}))?)?"
_ZONE = r"(?P<zone>Z|[+-]\d{2}:?\d{2})?"
_MOMENT = re.compile(rf"\s*{_DAY}{_CLOCK}\s*{_ZONE}\s*", re.ASCII)


def parse_moment(text: str) -> datetime | None:
    """Return the moment that ``text`` writes, aware, in Chinese civil time; None where it is no date.

    A day alone is its first minute; a clock without a zone is China's.

    >>> parse_moment("2024-09-12 08:30").isoformat()
    '2024-09-12T08:30:00+08:00'
    >>> parse_moment("2024-02-30") is None
    True
    """
    match = _MOMENT.fullmatch(text)
    if match is None:
        return None
    month = match["month"] or match["month2"] or match["month3"]
    day = match["day"] or match["day2"] or match["day3"]
    clock = (int(match["hour"] or 0), int(match["minute"] or 0), int(match["second"] or 0))
    try:
        return datetime(int(match["year"]), int(month), int(day), *clock, tzinfo=_zone(match["zone"])).astimezone(CHINA)
    except (ValueError, OverflowError):
        return None


def _zone(text: str | None) -> timezone:
    if text is None:
        return CHINA
    if text == "Z":
        return UTC
    sign = -1 if text[0] == "-" else 1
    return timezone(sign * timedelta(hours=int(text[1:3]), minutes=int(text[-2:])))


def start_of(day: date) -> datetime:
    """Return the first moment of ``day`` in China."""
    return datetime.combine(day, time(), CHINA)


def iso_day(moment: datetime) -> str:
    """Return ``YYYY-MM-DD`` in China."""
    return moment.astimezone(CHINA).isoformat()[:10]


def iso_minute(moment: datetime) -> str:
    """Return ``YYYY-MM-DD HH:MM`` in China, as the PubDate tag wants it."""
    return moment.astimezone(CHINA).isoformat(" ", "minutes")[:16]


def chinese_day(moment: date) -> str:
    """Return the date as running text writes it.

    >>> chinese_day(date(2024, 9, 2))
    '2024年9月2日'
    """
    return f"{moment.year}年{moment.month}月{moment.day}日"


def chinese_minute(moment: datetime) -> str:
    """Return day and minute as an article shows them; a midnight is a day without a clock.

    >>> chinese_minute(datetime(2024, 9, 2, 9, 30, tzinfo=CHINA))
    '2024年9月2日 09:30'
    """
    civil = moment.astimezone(CHINA)
    clock = "" if (civil.hour, civil.minute) == (0, 0) else f" {civil.hour:02}:{civil.minute:02}"
    return chinese_day(civil) + clock
