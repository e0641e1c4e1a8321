"""What each stage did to one page, for those who debug it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from plugins.legacy_html.document import Change, Flag, LegacyDocument, Removed
from plugins.legacy_html.pipeline import STAGES, run


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One stage: the document after it, and what it added to the record."""

    stage: str
    page: LegacyDocument
    changes: tuple[Change, ...]
    removed: tuple[Removed, ...]
    flags: tuple[Flag, ...]


def steps(page: LegacyDocument) -> Iterator[Step]:
    """Send ``page`` through the pipeline and yield every stage."""
    for name, stage in STAGES:
        before, page = page, run(name, stage, page)
        yield Step(
            stage=name,
            page=page,
            changes=page.changes[len(before.changes) :],
            removed=page.removed[len(before.removed) :],
            flags=tuple(flag for flag in page.flags if flag not in before.flags),
        )
