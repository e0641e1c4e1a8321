"""Columns: none idle beyond its interval, none blank, and a forecast while there is time.

Basis: 政府网站检查指标 (a news column idle for 2 weeks, notices for 6 months, 5 blank columns). Each section says its own
interval in ``update_days``; the root section's is that of the home page.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from plugins.checks.inspection import Inspection, Rule
from plugins.domain.content import ContentItem, SectionDetails
from plugins.domain.dates import CHINA, chinese_day
from plugins.domain.problems import Level, Problem

FORECAST_DAYS = 3
BLANK_COLUMNS = 5


def check(site: Inspection) -> Iterator[Problem]:
    """Yield columns that are idle, soon will be, or are blank."""
    public = tuple(item for item in site.items if item.path in site.public)
    blank: list[ContentItem] = []
    folders: dict[str, list[ContentItem]] = {}
    for item in public:
        if not item.is_section:
            folders.setdefault(item.folder, []).append(item)
    for section in public:
        if not isinstance(section.details, SectionDetails):
            continue
        own = [item for folder, items in folders.items() if _is_below(folder, section.folder) for item in items]
        if not own and section.folder and not section.details.show_empty:
            blank.append(section)  # each of them is said where the menu is made
        elif section.details.update_days:
            yield from _idle(section, section.details, own, site.today)
    if len(blank) >= BLANK_COLUMNS:
        message = f"有 {len(blank)} 个空栏目，达到检查不合格的标准（{BLANK_COLUMNS} 个）"
        yield Problem(path="index.md", message=message, hint="充实或关闭空栏目", level=Level.WARNING)


def _is_below(folder: str, above: str) -> bool:
    return not above or folder == above or folder.startswith(f"{above}/")


def _idle(section: ContentItem, details: SectionDetails, items: list[ContentItem], today: date) -> Iterator[Problem]:
    owner = f"；负责：{details.owner}" if details.owner else ""
    days = [item.date.astimezone(CHINA).date() for item in items if item.date]
    if not days:
        yield _said(section, "栏目里没有写日期的内容，按没有更新计", f"给内容写上 date{owner}", Level.WARNING)
        return
    idle = (today - max(days)).days
    left = details.update_days - idle
    if left < 0:
        message = f"栏目已有 {idle} 天没有更新，超过 {details.update_days} 天"
        yield _said(section, message, f"最近一篇是{chinese_day(max(days))}{owner}", Level.WARNING)
    elif left <= FORECAST_DAYS:
        message = f"栏目还有 {left} 天就超过更新期限" if left else "栏目今天就到更新期限"
        yield _said(section, message, f"最近一篇是{chinese_day(max(days))}{owner}", Level.NOTICE)


def _said(section: ContentItem, message: str, hint: str, level: Level) -> Problem:
    return Problem(path=section.path, line=section.line_of("update_days"), message=message, hint=hint, level=level)


RULE = Rule(name="columns", label="栏目更新", check=check)
