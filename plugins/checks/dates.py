"""Dates: in their order, and not forged.

Basis: 政府网站检查指标 (a text without a shown date counts as not updated; a forged date is a veto). The shown date is held
against the first publication where that is known; recovered pages keep the date of the old site.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from plugins.checks.inspection import Inspection, Rule
from plugins.domain.content import ContentItem, LeaderArticleDetails, NoticeDetails
from plugins.domain.dates import CHINA, chinese_day
from plugins.domain.problems import Level, Problem

SLACK_DAYS = 30


def check(site: Inspection) -> Iterator[Problem]:
    """Yield dates that contradict each other, the clock, or the first publication."""
    for item in site.items:
        yield from _order(item)
        if item.modified and item.modified > site.now:
            yield _warning(item, "modified", "修改时间在将来", "写实际修改的时间")
        first = site.first_published.get(item.path)
        if first and item.date and not item.legacy and item.path in site.public:
            yield from _forged(item, item.date, first)


def _order(item: ContentItem) -> Iterator[Problem]:
    day = _day(item.date)
    if (item.date and item.modified and item.modified < item.date and item.modified.time() != datetime.min.time()) or (
        day and item.modified and item.modified.astimezone(CHINA).date() < day
    ):
        yield _warning(item, "modified", "修改时间早于发布时间", "改正其中一个")
    if day and item.correction and item.correction.date < day:
        yield _warning(item, "correction", "更正日期早于发布时间", "改正其中一个")
    if (
        isinstance(item.details, LeaderArticleDetails)
        and item.details.spoken_on
        and day
        and item.details.spoken_on > day
    ):
        yield _warning(item, "spoken_on", "讲话日期晚于发布时间", "改正其中一个")
    if isinstance(item.details, NoticeDetails):
        yield from _notice(item, item.details, day)


def _notice(item: ContentItem, details: NoticeDetails, day: date | None) -> Iterator[Problem]:
    if details.issued_on and day and details.issued_on > day:
        yield _warning(item, "issued_on", "成文日期晚于发布时间", "改正其中一个")
    if details.issued_on and details.repealed_on and details.repealed_on < details.issued_on:
        yield _warning(item, "repealed_on", "废止日期早于成文日期", "改正其中一个")


def _forged(item: ContentItem, shown: datetime, first: datetime) -> Iterator[Problem]:
    early = (first - shown).days
    if early > SLACK_DAYS:
        message = f"发布时间比第一次入库（{chinese_day(first.astimezone(CHINA))}）早 {early} 天"
        yield _warning(item, "date", message, "写实际发布的时间；补录旧文请在 legacy 里写明来源")


def _day(moment: datetime | None) -> date | None:
    return moment.astimezone(CHINA).date() if moment else None


def _warning(item: ContentItem, key: str, message: str, hint: str) -> Problem:
    return Problem(path=item.path, line=item.line_of(key), message=message, hint=hint, level=Level.WARNING)


RULE = Rule(name="dates", label="日期", check=check)
