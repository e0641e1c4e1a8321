"""Where an item stands on the day of the build, in the words a visitor or an editor reads."""

from __future__ import annotations

from datetime import datetime, timedelta

from plugins.domain.content import (
    ContentItem,
    EventDetails,
    NoticeDetails,
    ProgramDetails,
    State,
    is_effective,
    is_expired,
)
from plugins.domain.dates import CHINA, chinese_day, chinese_minute

_STATES = {State.PRIVATE: "未提交", State.PENDING: "待审核", State.WITHDRAWN: "已撤下"}
UPCOMING, RUNNING, OVER = "未开始", "进行中", "已结束"
VALID, LAPSED, REPEALED = "有效", "已过期", "废止"


def standing(item: ContentItem, now: datetime) -> str:
    """Return how far an event or program is, or whether a notice still holds; ``""`` for the other types."""
    match item.details:
        case EventDetails() as event:
            return _of_event(event, now)
        case ProgramDetails() as program:
            today = now.astimezone(CHINA).date()
            if program.starts and program.starts > today:
                return UPCOMING
            return OVER if program.ends and program.ends < today else RUNNING
        case NoticeDetails() as notice:
            return _of_notice(notice, item, now)
        case _:
            return ""


def _of_event(event: EventDetails, now: datetime) -> str:
    if event.starts is None:
        return ""
    if now < event.starts:
        return UPCOMING
    return OVER if now >= _end_of(event.ends or event.starts) else RUNNING


def _end_of(moment: datetime) -> datetime:
    civil = moment.astimezone(CHINA)
    return (
        civil + timedelta(days=1) if (civil.hour, civil.minute) == (0, 0) else civil
    )  # a day alone lasts till its end


def _of_notice(notice: NoticeDetails, item: ContentItem, now: datetime) -> str:
    today = now.astimezone(CHINA).date()
    if notice.repealed_on and notice.repealed_on <= today:
        return REPEALED
    return LAPSED if is_expired(item, now) or (notice.deadline and notice.deadline < today) else VALID


def mark(item: ContentItem, now: datetime) -> str:
    """Return the words that stand after the title in a list: a preview's state first, then what a visitor must know.

    An event says its own day, because the day of the list is that of publication.
    """
    if not is_effective(item, now):
        return _STATES.get(item.state, "定时发布")
    word = standing(item, now)
    if isinstance(item.details, EventDetails) and item.details.starts:
        return f"{chinese_day(item.details.starts.astimezone(CHINA))} · {word}"
    return "" if word == VALID else word


def banner(item: ContentItem, now: datetime) -> str:
    """Return the banner of what is not public, for a preview; ``""`` where it is public.

    >>> banner(ContentItem(path="a.md", type="page", title="", state=State.PENDING, slug="a", id=""), datetime.now(CHINA))
    '待审核 · 预览，尚未发布'
    """
    if item.state is not State.PUBLISHED:
        return f"{_STATES[item.state]} · 预览，尚未发布"
    if item.date is not None and item.date > now:
        return f"将于{chinese_minute(item.date)}发布 · 预览，尚未发布"
    return ""
