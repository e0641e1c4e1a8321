"""Read the fields of a file: every value by its kind, every problem with its line."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from difflib import get_close_matches

from plugins.content_types import kinds
from plugins.content_types.nodes import Entry, Listing, Node, Record, Scalar
from plugins.content_types.schema import Field, Kind
from plugins.content_types.slips import Slips, is_empty


def read_fields(fields: Mapping[str, Field], record: Record, slips: Slips, prefix: str = "") -> dict[str, object]:
    """Return the values of ``record`` by key; unknown keys, missing ones and wrong values are noted in ``slips``."""
    values: dict[str, object] = {}
    written: set[str] = set()
    for entry in record.entries:
        slips.lines.append((prefix + entry.key, entry.line))
        known, is_left_out = fields.get(entry.key), is_empty(entry.value)
        if not is_left_out:
            written.add(entry.key)
        if known is None:
            slips.add(entry.line, *unknown_key(entry, fields, prefix))
        elif not is_left_out:
            value = READERS[known.kind](known, entry.value, slips)
            if value is not None:
                values[entry.key] = value
    for known in fields.values():
        if known.required and known.name not in written:
            what = "可用：" + "、".join(known.choices) if known.choices else known.kind.value
            hint = f"加上一行“{known.name}: …”，{what}"
            slips.add(record.line if prefix else 1, f"{place_of(prefix)}缺少 {known.name}（{known.label}）", hint)
    return values


def place_of(prefix: str) -> str:
    """Return how editors are told where a group of fields stands.

    >>> place_of("authors.0."), place_of("query."), place_of("")
    ('authors 第 1 项', 'query 里', '')
    """
    name, _, number = prefix.removesuffix(".").partition(".")
    if not name:
        return ""
    return f"{name} 第 {int(number) + 1} 项" if number.isdigit() else f"{name} 里"


MEANT = {
    "status": "state",
    "draft": "state",
    "category": "type",
    "template": "type",
    "author": "authors",
    "tag": "tags",
    "description": "summary",
    "published": "date",
    "updated": "modified",
    "image": "lead_image",
    "cover": "lead_image",
    "url": "slug",
    "save_as": "slug",
    "aliases": "redirect_from",
    "program": "programs",
    "person": "people",
    "weight": "order",
}


def unknown_key(entry: Entry, fields: Mapping[str, Field], prefix: str) -> tuple[str, str]:
    """Return message and hint for a key that does not exist here, with the nearest that does."""
    message = f"{place_of(prefix)}未知的栏位 {entry.key[:60]!r}"
    meant = MEANT.get(entry.key.lower(), "")
    if meant not in fields:
        meant = next(iter(get_close_matches(entry.key.lower(), fields, n=1)), "")
    if meant:
        return message, f"是否想写 {meant!r}？"
    labels = {known.label: known.name for known in fields.values()}
    if entry.key in labels:
        return message, f"请写 {labels[entry.key]!r}"
    return message, "可用：" + "、".join(fields)


def read_record(field: Field, node: Node, slips: Slips, prefix: str = "") -> dict[str, object] | None:
    """Read a group of small fields; a lone text stands for ``field.bare``."""
    if isinstance(node, Scalar) and field.bare:
        node = Record((Entry(field.bare, node, node.line),), node.line)
    if not isinstance(node, Record):
        names = "、".join(inner.name for inner in field.fields)
        slips.wrong(field, node, f"在 {field.name}: 下面缩进写：{names}")
        return None
    return read_fields({inner.name: inner for inner in field.fields}, node, slips, prefix or f"{field.name}.")


def read_records(field: Field, node: Node, slips: Slips) -> tuple[dict[str, object], ...]:
    """Read a list of groups; one group or text may stand alone."""
    if isinstance(node, Scalar) and field.bare:
        node = Listing(tuple(Scalar(word, node.line) for word in kinds.words_of(node.text)), node.line)
    found: list[dict[str, object]] = []
    for number, item in enumerate(node.items if isinstance(node, Listing) else (node,)):
        slips.lines.append((f"{field.name}.{number}", item.line))
        if is_empty(item):
            continue
        if (group := read_record(field, item, slips, f"{field.name}.{number}.")) is not None:
            found.append(group)
    return tuple(found)


READERS: Mapping[Kind, Callable[[Field, Node, Slips], object]] = {
    Kind.TITLE: kinds.read_title,
    Kind.LINE: kinds.read_line,
    Kind.TEXT: kinds.read_text,
    Kind.SLUG: kinds.read_slug,
    Kind.ID: kinds.read_id,
    Kind.URL: kinds.read_url,
    Kind.TARGET: kinds.read_target,
    Kind.ADDRESS: kinds.read_addresses,
    Kind.PATH: kinds.read_path,
    Kind.PATHS: kinds.read_paths,
    Kind.MOMENT: kinds.read_moment,
    Kind.DAY: kinds.read_day,
    Kind.FLAG: kinds.read_flag,
    Kind.COUNT: kinds.read_count,
    Kind.NUMBER: kinds.read_number,
    Kind.WORDS: kinds.read_words,
    Kind.CHOICE: kinds.read_choice,
    Kind.CHOICES: kinds.read_choices,
    Kind.LANG: kinds.read_lang,
    Kind.RECORD: read_record,
    Kind.RECORDS: read_records,
}
