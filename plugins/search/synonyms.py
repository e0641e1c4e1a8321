"""Names that mean the same: short forms, full forms, and names an office had before."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from plugins.search.characters import fold

MOST_VARIANTS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Synonym:
    """Names of one thing. For a dated old name ``since`` and ``until`` are its years, ``old`` the name they belong to."""

    names: tuple[str, ...]
    old: str = ""
    since: int | None = None
    until: int | None = None

    def note(self) -> str:
        """Return the sentence that explains an old name, or nothing.

        >>> Synonym(names=("新名", "旧名"), old="旧名", since=2013, until=2018).note()
        '“旧名”是“新名”2013—2018年的名称。'
        """
        if not self.old:
            return ""
        now = next((name for name in self.names if name != self.old), "")
        years = f"{self.since or ''}—{self.until or ''}年" if self.since or self.until else "以前"
        return f"“{self.old}”是“{now}”{years}的名称。"


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """A query said otherwise: ``text`` is folded, ``synonym`` is why."""

    text: str
    synonym: Synonym


def variants(query: str, synonyms: Iterable[Synonym]) -> tuple[Variant, ...]:
    """Return the folded ``query`` with a name exchanged for another of the same thing, at most three times."""
    made: dict[str, Variant] = {}
    for synonym in synonyms:
        names = sorted((fold(name) for name in synonym.names), key=lambda name: (-len(name), name))
        found = next((name for name in names if name in query), None)
        for other in names if found else ():
            if other != found:
                text = query.replace(str(found), other)
                made.setdefault(text, Variant(text=text, synonym=synonym))
    return tuple(made.values())[:MOST_VARIANTS]


def rows(synonyms: Sequence[Synonym]) -> list[list[object]]:
    """Return ``synonyms`` as JSON values; the inverse of ``from_rows``."""
    return [[list(synonym.names), synonym.old, synonym.since, synonym.until] for synonym in synonyms]


def from_rows(content: Iterable[Sequence[object]]) -> Iterator[Synonym]:
    """Yield the synonyms of JSON values; raises ValueError for others."""
    for row in content:
        names, old, since, until = (
            (*row, "", None, None)[:4] if row and isinstance(row[0], list) else (row, "", None, None)
        )
        if not isinstance(names, list) or len(names) < 2:
            raise ValueError("每组同义词至少要有两个名称。")
        yield Synonym(
            names=tuple(str(name) for name in names), old=str(old or ""),
            since=int(str(since)) if since else None, until=int(str(until)) if until else None,
        )  # fmt: skip


def read_synonyms(path: Path) -> tuple[Synonym, ...]:
    """Return the synonyms of a JSON file: a list of lists of names, or of rows [names, old name, since, until]."""
    return tuple(from_rows(json.loads(path.read_text("utf-8"))))
