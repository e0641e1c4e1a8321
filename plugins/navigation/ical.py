"""An event as an iCalendar file (RFC 5545)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from plugins.domain.content import ContentItem, EventDetails
from plugins.domain.dates import CHINA

_OCTETS = 75


def ical(item: ContentItem, url: str) -> str:
    """Return the calendar of one event with its address ``url`` (named where it has a host); lines end with CR LF and hold at most 75 octets.

    An event whose times are all midnights lasts whole days, the last one included. Times are written in UTC. The stamp
    is the item's own last change, so that the file changes with it alone. An event without a beginning is a ValueError.
    """
    event = item.details
    if not isinstance(event, EventDetails) or event.starts is None:
        raise ValueError(f"{item.path} is no event with a beginning")
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//xiehui//events//ZH",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        f"UID:{_text(item.id or item.slug)}@{_host(url)}",
        f"DTSTAMP:{_utc(item.modified or item.date or event.starts)}",
        *_period(event.starts, event.ends),
        f"SUMMARY:{_text(item.title)}",
        *(f"{name}:{_text(value)}" for name, value in _texts(item, event) if value),
        *([f"URL:{url}"] if "://" in url else ()),
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(f"{folded}\r\n" for line in lines for folded in _folded(line))


def _texts(item: ContentItem, event: EventDetails) -> Iterator[tuple[str, str]]:
    contact = "，".join(filter(None, (event.organiser, event.phone)))
    yield "DESCRIPTION", item.summary
    yield "LOCATION", event.place
    yield "CONTACT", contact


def _period(starts: datetime, ends: datetime | None) -> Iterator[str]:
    first, last = starts.astimezone(CHINA), (ends or starts).astimezone(CHINA)
    if _is_midnight(first) and _is_midnight(last):
        yield f"DTSTART;VALUE=DATE:{first:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{last + timedelta(days=1):%Y%m%d}"  # the end is the first day that is free again
    else:
        yield f"DTSTART:{_utc(first)}"
        if ends is not None:
            yield f"DTEND:{_utc(last)}"


def _is_midnight(moment: datetime) -> bool:
    return (moment.hour, moment.minute) == (0, 0)


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return "\\n".join(escaped.splitlines())


def _host(url: str) -> str:
    return url.partition("://")[2].partition("/")[0] or "localhost"


def _folded(line: str) -> Iterator[str]:
    """Cut ``line`` into pieces of at most 75 octets, never inside a character; each but the first begins with a space."""
    piece, size = "", 0
    for sign in line:
        width = len(sign.encode())
        if size + width > _OCTETS:
            yield piece
            piece, size = " ", 1
        piece += sign
        size += width
    yield piece
