"""The front matter of a recovered page, written and read back."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

import yaml

from plugins.domain.front_matter import Value, write_front_matter
from plugins.legacy_html.document import Author, Flag, LegacyDocument, Link, Metadata

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def fields_of(document: LegacyDocument) -> dict[str, Value]:
    """The front matter of a page that waits for review, key by key."""
    held = document.metadata
    return {
        "title": held.title,
        "kicker": held.kicker,
        "subtitle": held.subtitle,
        "date": held.date or "",
        "authors": [{"name": one.name, "office": one.office} if one.office else one.name for one in held.authors],
        "source_name": held.source_name,
        "column": held.column,
        "breadcrumb": list(held.breadcrumb),
        "previous": _link(held.previous),
        "next": _link(held.next),
        "source_script": held.script if held.script == "traditional" else "",
        "state": "pending",
        "quarantine": list(document.quarantine),
        "review": [
            {"flag": flag.flag, "text": flag.text, "suggestion": flag.suggestion, "note": flag.note}
            for flag in document.flags
        ],
    }


def _link(link: Link | None) -> Value:
    return {"text": link.text, "href": link.href} if link else ""


def written(document: LegacyDocument) -> str:
    """The front matter block of ``document``."""
    return write_front_matter(fields_of(document))


def loaded(text: str) -> Mapping[str, object]:
    """The fields of a front matter; none where it is no YAML mapping."""
    try:
        held = yaml.load(text, Loader=_Loader)
    except (yaml.YAMLError, ValueError, RecursionError):
        return {}
    return held if isinstance(held, dict) else {}


def read_front_matter(text: str) -> tuple[Metadata, tuple[Flag, ...], tuple[str, ...]]:
    """The metadata that a front matter states, its review flags, and the reasons of its quarantine."""
    held = loaded(text)
    flags = tuple(_flag(one) for one in _items(held.get("review")) if isinstance(one, dict))
    return _metadata(held), flags, tuple(_text(one) for one in _items(held.get("quarantine")))


def _flag(held: Mapping[str, object]) -> Flag:
    return Flag(
        flag=_text(held.get("flag")),
        text=_text(held.get("text")),
        suggestion=_text(held.get("suggestion")),
        note=_text(held.get("note")),
    )


def _metadata(held: Mapping[str, object]) -> Metadata:
    script = held.get("source_script")
    return Metadata(
        title=_text(held.get("title")),
        kicker=_text(held.get("kicker")),
        subtitle=_text(held.get("subtitle")),
        authors=tuple(_author(one) for one in _items(held.get("authors"))),
        source_name=_text(held.get("source_name")),
        date=_moment(held.get("date")),
        column=_text(held.get("column")),
        breadcrumb=tuple(_text(one) for one in _items(held.get("breadcrumb"))),
        previous=_read_link(held.get("previous")),
        next=_read_link(held.get("next")),
        script="traditional" if script == "traditional" else "",
    )


def _text(value: object) -> str:
    return "" if value is None or isinstance(value, (list, dict)) else str(value)


def _items(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _author(value: object) -> Author:
    if isinstance(value, dict):
        return Author(name=_text(value.get("name")), office=_text(value.get("office")))
    return Author(name=_text(value))


def _read_link(value: object) -> Link | None:
    return Link(text=_text(value.get("text")), href=_text(value.get("href"))) if isinstance(value, dict) else None


def _moment(value: object) -> datetime.date | None:
    if isinstance(value, datetime.date):
        return value
    from plugins.legacy_html.attribution import read_date  # it reads pages; a front matter is read by itself

    return read_date(value) if isinstance(value, str) else None
