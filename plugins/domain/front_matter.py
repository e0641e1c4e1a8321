"""Write front matter: the same fields give the same text, and reading it back gives the same fields."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime

from plugins.domain.dates import iso_minute, parse_moment

Value = str | bool | int | date | Sequence["Value"] | Mapping[str, "Value"]

FENCE = "---"
_PLAIN = re.compile(
    r"(?![\s\-?:,\[\]{}#&*!|>'\"%@`=<~])"  # no indicator of YAML in front
    r"[ -~\u00a1-\u00ac\u00ae-\u180d\u180f-\u1fff\u2010-\u2027\u2030-\u205e\u3001-\ud7ff\uf900-\ufefe\uff00-\uffef\U00010000-\U0003ffff]+"
)
_RISKY = re.compile(r": | #|:$| $|[,\[\]{}]")  # a comma or bracket ends a plain value inside { }
_TYPED = re.compile(r"(?i)true|false|yes|no|on|off|null|[-+.\d_:eExXoOa-f]*\d[-+.\d_:eExXoOa-f]*|\.(inf|nan)")
_DATE = re.compile(r"\d{4}-\d\d-\d\d( \d\d:\d\d)?")
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def write_front_matter(fields: Mapping[str, Value]) -> str:
    """Return the front matter block of ``fields``, from ``---`` to ``---`` and a line end, keys in their order.

    Empty texts and empty lists are left out: an unwritten field means the same.

    >>> print(write_front_matter({"title": "示例", "tags": ["家庭"], "pinned": True}), end="")
    ---
    title: 示例
    tags:
      - 家庭
    pinned: true
    ---
    """
    lines = [FENCE, *_mapping(fields, ""), FENCE]
    return "\n".join(lines) + "\n"


def _mapping(fields: Mapping[str, Value], indent: str) -> Iterator[str]:
    for key, value in fields.items():
        if _is_empty(value):
            continue
        name = scalar(key)
        if isinstance(value, Mapping):
            yield f"{indent}{name}:"
            yield from _mapping(value, indent + "  ")
        elif isinstance(value, Sequence) and not isinstance(value, str):
            yield f"{indent}{name}:"
            yield from _sequence(value, indent + "  ")
        else:
            yield f"{indent}{name}: {scalar(value)}"


def _sequence(values: Sequence[Value], indent: str) -> Iterator[str]:
    for value in values:
        if _is_empty(value):
            continue
        if isinstance(value, Mapping):
            yield from _hung(_mapping(value, indent + "  "), indent)
        elif isinstance(value, Sequence) and not isinstance(value, str):
            yield from _hung(_sequence(value, indent + "  "), indent)
        else:
            yield f"{indent}- {scalar(value)}"


def _hung(lines: Iterator[str], indent: str) -> Iterator[str]:
    """Yield ``lines`` with a hyphen hung in front of the first, which is indented two deeper than ``indent``."""
    for number, line in enumerate(lines):
        yield f"{indent}- {line[len(indent) + 2 :]}" if number == 0 else line


def _is_empty(value: Value) -> bool:
    if isinstance(value, Mapping):
        return all(_is_empty(inner) for inner in value.values())
    if isinstance(value, Sequence) and not isinstance(value, str):
        return all(_is_empty(inner) for inner in value)
    return value == "" and isinstance(value, str)


def scalar(value: str | bool | int | date) -> str:
    """Return one value as YAML writes it: plain where that is safe for every YAML reader, else in double quotes.

    >>> scalar("年会：开幕"), scalar("no"), scalar("a: b"), scalar(date(2024, 9, 2))
    ('年会：开幕', '"no"', '"a: b"', '2024-09-02')
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return iso_minute(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int):
        return str(value)
    is_plain = _PLAIN.fullmatch(value) and not _RISKY.search(value)
    if is_plain and (not _TYPED.fullmatch(value) or (_DATE.fullmatch(value) and parse_moment(value))):
        return value
    return '"' + "".join(map(_escaped, value)) + '"'


def _escaped(character: str) -> str:
    if character in _ESCAPES:
        return _ESCAPES[character]
    if " " <= character <= "~" or _PLAIN.fullmatch(character):
        return character
    code = ord(character)
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"
