"""Values of the house as bytes, and back: typed, checked, and the same in every process."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from hashlib import sha256
from operator import attrgetter
from typing import Any, Generic, TypeVar, get_args, get_type_hints

import msgspec

from plugins.domain.content import ContentItem, Details
from plugins.domain.pages import Page

R = TypeVar("R")
Row = tuple[str, str, R]  # name, digest, result

# JSON and not MessagePack, which would bring every moment back in UTC: a date in China could become the day before.
_encoder = msgspec.json.Encoder()
_lines_decoder = msgspec.json.Decoder(tuple[tuple[str, int], ...])


@dataclass(frozen=True, slots=True, kw_only=True)
class Codec(Generic[R]):
    """How results of one type are stored; ``decode`` raises ``msgspec.MsgspecError`` for what ``encode`` never wrote."""

    encode: Callable[[R], bytes]
    decode: Callable[[bytes], R]


@dataclass(frozen=True, slots=True, kw_only=True)
class RowsCodec(Generic[R]):
    """How results of one type are stored many together: ``encode`` writes one, ``decode`` reads an array of rows.

    A row is an array of a name, a digest and what ``encode`` wrote.
    """

    encode: Callable[[R], bytes]
    decode: Callable[[bytes], list[Row[R]]]


def codec_of(kind: type[R]) -> Codec[R]:
    """Return the codec of any type that msgspec knows: dataclasses, tuples, dates, texts, numbers, unions with None."""
    return Codec(encode=_encoder.encode, decode=msgspec.json.Decoder(kind).decode)


def rows_codec_of(kind: type[R]) -> RowsCodec[R]:
    """Return the codec of rows of any type that msgspec knows."""
    rows = list[tuple[str, str, kind]]  # type: ignore[valid-type]
    return RowsCodec(encode=_encoder.encode, decode=msgspec.json.Decoder(rows).decode)


def item_rows_codec(rest: type[R]) -> RowsCodec[tuple[ContentItem | None, R]]:
    """Return the codec of rows of an item, or None, together with a value of type ``rest`` (its problems, say).

    ``ContentItem.details`` is one of several dataclasses, which JSON does not tell apart: its type is written beside it.
    Items come back without their Markdown.
    """
    rows: Any = list[tuple[str, str, tuple[_item_record() | None, rest]]]  # type: ignore[misc]
    decoder: msgspec.json.Decoder[Any] = msgspec.json.Decoder(rows)
    values = attrgetter(*_item_fields())

    def encode(pair: tuple[ContentItem | None, R]) -> bytes:
        item, other = pair
        if item is None:
            return _encoder.encode((None, other))
        return _encoder.encode(((type(item.details).__name__, item.details, *values(item)), other))

    def decode(content: bytes) -> list[Row[tuple[ContentItem | None, R]]]:
        return [
            (name, stands_for, (None if found is None else _item_of(found, found.details_type), other))
            for name, stands_for, (found, other) in decoder.decode(content)
        ]

    return RowsCodec(encode=encode, decode=decode)


def page_of(stored: bytes, details: str) -> Page:
    """Return the page of an item whose stored form is ``stored``, see ``stamped``; ``details`` is the type of the item's.

    Nothing of the whole site is touched: each forked worker would copy what it touches.
    """
    decode, values, setters = _page_slots()
    record = decode(stored)
    return _filled(Page, setters, (_item_of(record.item, details), *values(record)))


@cache
def _page_slots() -> tuple[Callable[[bytes], Any], attrgetter[Any], tuple[Callable[[Page, Any], None], ...]]:
    """Return what reads the record of a page, what takes its values, and what puts them, its item first, into a page."""
    names = [field.name for field in dataclasses.fields(Page) if field.name != "item"]
    setters = tuple(getattr(Page, name).__set__ for name in ("item", *names))
    return msgspec.json.Decoder(_page_record()).decode, attrgetter(*names), setters


@cache
def _page_record() -> type:
    """Return the stored form of a page: an object, as that of its item, whose details are left unread."""
    hints = get_type_hints(Page)
    item = msgspec.defstruct("ItemOfPage", _item_record_fields(), gc=False)
    fields = [(field.name, hints[field.name]) for field in dataclasses.fields(Page) if field.name != "item"]
    return msgspec.defstruct("PageRecord", [*fields, ("item", item)])


def digest(*values: object) -> str:
    """Return a short digest of ``values``: equal for equal values, on any machine.

    >>> digest("a", 1) == digest("a", 1) != digest("a", 2)
    True
    """
    return sha256(_encoder.encode(values)).hexdigest()[:24]


def stamped(value: object) -> tuple[str, bytes]:
    """Return ``digest(value)`` and the stored form of ``value``, for one encoding."""
    stored = _encoder.encode(value)
    return sha256(b"[" + stored + b"]").hexdigest()[:24], stored


def fingerprint(**parts: str) -> str:
    """Return a fingerprint whose parts keep their names, so that a build can say which of them changed.

    >>> fingerprint(模板="1f", 页面="9a")
    '模板=1f 页面=9a'
    """
    return " ".join(f"{name}={value}" for name, value in parts.items())


@cache
def _item_fields() -> tuple[str, ...]:
    return tuple(field.name for field in dataclasses.fields(ContentItem) if field.name not in ("details", "body"))


@cache
def _item_record() -> type:
    """Return the stored form of an item: an array of its fields, the type of its details and the details first."""
    return msgspec.defstruct("ItemRecord", [("details_type", str), *_item_record_fields()], array_like=True, gc=False)


def _item_record_fields() -> list[tuple[str, Any]]:
    hints = get_type_hints(ContentItem) | {"lines": msgspec.Raw}
    return [("details", msgspec.Raw), *((name, hints[name]) for name in _item_fields())]


@cache
def _details_decoders() -> dict[str, Callable[[bytes], Any]]:
    return {kind.__name__: msgspec.json.Decoder(kind).decode for kind in get_args(Details)}


def _item_of(record: Any, details_type: str) -> ContentItem:
    record.lines = _lines(bytes(record.lines))
    values, setters = _item_slots()
    details = _details(details_type, bytes(record.details))
    return _filled(ContentItem, setters, (details, "", *values(record)))


def with_body(item: ContentItem, body: str) -> ContentItem:
    """Return ``item`` with its Markdown."""
    values, setters = _item_slots()
    return _filled(ContentItem, setters, (item.details, body, *values(item)))


def _filled(kind: type[R], setters: Iterable[Callable[[R, Any], None]], values: Iterable[Any]) -> R:
    """Return a new value, filled slot by slot: a third of the time that forty named arguments take."""
    filled = object.__new__(kind)
    for put, value in zip(setters, values, strict=True):
        put(filled, value)
    return filled


@lru_cache(maxsize=1024)
def _lines(stored: bytes) -> tuple[tuple[str, int], ...]:
    """Return one value for all equal lines: a third of the memory of an item, and most items have the same."""
    return _lines_decoder.decode(stored)


@lru_cache(maxsize=1024)
def _details(kind: str, stored: bytes) -> Details:
    """Return one value for all equal details: most items have none."""
    decode = _details_decoders().get(kind)
    if decode is None:
        raise msgspec.ValidationError(f"unknown details {kind!r}")
    return decode(stored)  # type: ignore[no-any-return]


@cache
def _item_slots() -> tuple[attrgetter[Any], tuple[Callable[[ContentItem, Any], None], ...]]:
    """Return what takes the values of an item from its record, and what puts them, details and body first, into an item."""
    names = _item_fields()
    slots = (getattr(ContentItem, name) for name in ("details", "body", *names))
    return attrgetter(*names), tuple(slot.__set__ for slot in slots)
