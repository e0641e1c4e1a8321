"""A new content file: its stable id, its name, and its front matter with what the type needs."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from plugins.content_types.kinds import TITLE_LENGTH
from plugins.content_types.schema import Field, Kind
from plugins.content_types.types import TYPES, ContentType
from plugins.domain.dates import iso_minute
from plugins.domain.front_matter import Value, write_front_matter
from plugins.domain.paths import is_slug
from plugins.domain.text import CONTROL, INVISIBLE

ALPHABET = "23456789abcdefghjkmnpqrstvwxyz"  # no 0 o, 1 l i, and no u: no word is made by chance
ID_LENGTH = 6
HINT_LENGTH = 28
HINT_WORDS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class NewFile:
    """A file to be written: ``path`` below the content folder, and its text."""

    path: str
    text: str


def new_id(choose: Callable[[str], str] = secrets.choice) -> str:
    """Return six random characters that cannot be mistaken for one another when read out."""
    return "".join(choose(ALPHABET) for _ in range(ID_LENGTH))


def new_file(
    type_name: str,
    title: str,
    *,
    now: datetime,
    folder: str = "",
    values: Mapping[str, Value] | None = None,
    id: str = "",
) -> NewFile:
    """Return a valid private draft of a type; ``values`` fill its fields, what is required and not given gets a placeholder.

    Raises ValueError, in words for editors, for an unknown type or an impossible title or folder.
    """
    declared = TYPES.get(type_name)
    if declared is None:
        raise ValueError(f"没有 {type_name!r} 这种内容类型；可用：" + "、".join(TYPES))
    title = " ".join(title.split())
    if not title or len(title) > TITLE_LENGTH or CONTROL.search(title) or INVISIBLE.search(title):
        raise ValueError(f"标题要有 1 到 {TITLE_LENGTH} 个字，不能有看不见的字符")
    place = (folder or declared.folder).strip("/")
    if any(not is_slug(part) for part in place.split("/") if part):
        raise ValueError(f"文件夹 {place!r} 不能作为网址；只用小写字母、数字和单个连字符")
    code = id or new_id()
    fields = _fields(declared, title, code, now, values or {})
    return NewFile(path=_path(declared, title, place, code), text=write_front_matter(fields) + "\n" + _body(declared))


def _path(declared: ContentType, title: str, folder: str, code: str) -> str:
    hint = pinyin_hint(title)
    name = f"{hint}-{code}" if hint else code
    parts = [folder, hint or f"section-{code}", "index"] if declared.name == "section" else [folder, name]
    return "/".join(part for part in parts if part) + ".md"


def _fields(
    declared: ContentType, title: str, code: str, now: datetime, values: Mapping[str, Value]
) -> dict[str, Value]:
    fields: dict[str, Value] = {"title": title, "type": declared.name, "state": "private", "id": code}
    for known in needed(declared):
        fields[known.name] = values.get(known.name) or placeholder(known, now)
    fields.update({key: value for key, value in values.items() if key in declared.by_key and key not in fields})
    return fields


def needed(declared: ContentType) -> tuple[Field, ...]:
    """Return the fields, besides title and type, that an item of a type cannot do without."""
    return tuple(f for f in declared.by_key.values() if f.required and f.name not in ("title", "type"))


def placeholder(known: Field, now: datetime) -> Value:
    """Return a valid value for a field that is not filled in yet: the moment, an example address, all news."""
    if known.kind in (Kind.MOMENT, Kind.DAY):
        return iso_minute(now) if known.kind is Kind.MOMENT else now.date()
    if known.kind in (Kind.TARGET, Kind.URL):
        return "https://www.gov.cn/"
    if known.name == "query":
        return {"type": ["news_item"], "order": "newest"}
    return "（待填写）"


def _body(declared: ContentType) -> str:
    return "" if declared.name in ("link", "section") else "在这里写正文。\n"


def pinyin_hint(title: str) -> str:
    """Return a readable part for an address from the first words of a title; ``""`` where a reading is not sure.

    A character counts as sure where it has one reading, or where the dictionary of phrases knows the word it is in.

    >>> pinyin_hint("协会召开年会")
    'xie-hui-zhao-kai-nian-hui'
    """
    from plugins.content_types.pinyin import sure_reading

    words: list[str] = []
    for run in re.findall(r"[a-z0-9]+|[\u4e00-\u9fff]+", title.lower()):
        readings = (run,) if run.isascii() else sure_reading(run)
        if not readings:
            break
        words.extend(readings)
        if len("-".join(words)) >= HINT_LENGTH or len(words) >= HINT_WORDS:
            break
    hint = ""
    for word in words[:HINT_WORDS]:
        longer = f"{hint}-{word}".lstrip("-")
        if len(longer) > HINT_LENGTH:
            break
        hint = longer
    return hint if is_slug(hint) else ""
