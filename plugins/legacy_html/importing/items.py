"""Imported items found again: by path, by id, or by the path of their record."""

from __future__ import annotations

import re
from pathlib import Path

from plugins.legacy_html.front_matter import loaded
from plugins.legacy_html.importing import record as records
from plugins.legacy_html.importing.record import Record
from plugins.legacy_html.importing.store import ID_LENGTH, Store

_HEAD = re.compile(r"\A\ufeff?---\r?\n(.*?)\r?\n---\s*?$", re.S | re.M)
_ID = re.compile(rf"[2-9a-z]{{{ID_LENGTH}}}")


def record_of(name: str, store: Store) -> Record:
    """The record of the item that ``name`` means. ValueError, in words for editors, where there is none."""
    place = _place(name, store)
    found = records.read(place) if place is not None else None
    if found is None:
        raise ValueError(f"{name} 不是导入的文章，或者它的抢救记录不在 {store.shown(store.archive)} 里")
    return found


def _place(name: str, store: Store) -> Path | None:
    """Where the record lies: an item's front matter names its id, wherever the item has been moved."""
    if _ID.fullmatch(name):
        return store.record(name)
    for path in (Path(name), store.content / name):
        if path.is_file() and path.name.endswith(".json.gz"):
            return path
        if path.is_file():
            legacy = _front_matter(path).get("legacy")
            stated = legacy.get("record") if isinstance(legacy, dict) else None
            return store.content / stated if isinstance(stated, str) and stated else None
    return None


def _front_matter(path: Path) -> dict[str, object]:
    head = _HEAD.match(path.read_text("utf-8", "replace"))
    return dict(loaded(head[1])) if head else {}
