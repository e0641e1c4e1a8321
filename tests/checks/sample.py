"""Items and inspections for tests of rules."""

from __future__ import annotations

from datetime import datetime

from plugins.checks.inspection import Inspection
from plugins.checks.run import check
from plugins.domain.content import ContentItem, State
from plugins.domain.dates import CHINA
from plugins.domain.registers import Registers

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=CHINA)


def at(year: int, month: int = 6, day: int = 1) -> datetime:
    return datetime(year, month, day, 9, 0, tzinfo=CHINA)


def item(path: str = "news/a.md", body: str = "", **fields: object) -> ContentItem:
    made: dict[str, object] = {
        "path": path,
        "type": "section" if path.endswith("index.md") else "news_item",
        "title": "示例",
        "state": State.PUBLISHED,
        "slug": "a",
        "id": path,
        "date": at(2024),
        "body": body,
        "body_line": 10,
    }
    return ContentItem(**{**made, **fields})  # type: ignore[arg-type]


def inspection(*items: ContentItem, **fields: object) -> Inspection:
    made: dict[str, object] = {
        "items": items,
        "public": frozenset(one.path for one in items if one.state is State.PUBLISHED),
        "registers": Registers(),
        "now": NOW,
    }
    return Inspection(**{**made, **fields})  # type: ignore[arg-type]


def said(rule: str, *items: ContentItem, **fields: object) -> list[str]:
    """Return what one rule finds, as it is printed."""
    return [str(problem) for problem in check(inspection(*items, **fields), (rule,))]
