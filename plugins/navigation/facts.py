"""The labelled facts and the notes above a text, by type; never an empty one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime

from plugins.domain.content import (
    ContentItem,
    EventDetails,
    LeaderArticleDetails,
    NoticeDetails,
    PersonDetails,
    ProgramDetails,
    is_expired,
)
from plugins.domain.dates import CHINA, chinese_day, chinese_minute
from plugins.domain.pages import Fact, Note
from plugins.navigation.standing import REPEALED, banner, standing

_EXPIRED = {"notice": "本通知已过期。", "event": "本活动信息已过期。", "program": "本项目信息已过期。"}


def facts(item: ContentItem, now: datetime, people: Mapping[str, str]) -> tuple[Fact, ...]:
    """Return what ``item`` states about itself, in the order shown; ``people`` gives the address of a person's page."""
    match item.details:
        case LeaderArticleDetails() as speech:
            found = _of_speech(speech, people)
        case NoticeDetails() as notice:
            found = _of_notice(notice, standing(item, now))
        case ProgramDetails() as program:
            found = _of_program(program, standing(item, now))
        case EventDetails() as event:
            found = _of_event(event, standing(item, now))
        case PersonDetails() as person:
            found = _of_person(person)
        case _:
            return ()
    return tuple([fact for fact in found if fact.text])


def _of_speech(speech: LeaderArticleDetails, people: Mapping[str, str]) -> Iterator[Fact]:
    yield Fact(label="讲话人", text=speech.speaker, url=people.get(speech.speaker, ""))
    yield Fact(label="职务", text=speech.office)
    yield Fact(label="场合", text=speech.occasion)
    yield _day("日期", speech.spoken_on)


def _of_notice(notice: NoticeDetails, state: str) -> Iterator[Fact]:
    yield Fact(label="发文字号", text=notice.document_number)
    yield Fact(label="发文机关", text=notice.issuing_body)
    yield _day("成文日期", notice.issued_on)
    yield _day("截止日期", notice.deadline)
    yield _day("废止日期", notice.repealed_on)
    yield Fact(label="状态", text=state)


def _of_program(program: ProgramDetails, state: str) -> Iterator[Fact]:
    yield Fact(label="服务对象", text=program.audience)
    yield Fact(label="参与方式", text=program.participation)
    yield _phone(program.phone)
    yield Fact(label="地点", text=program.place)
    yield Fact(label="起止时间", text=_span(program.starts, program.ends))
    yield Fact(label="状态", text=state)


def _of_event(event: EventDetails, state: str) -> Iterator[Fact]:
    starts = event.starts
    yield Fact(
        label="时间", text=_moments(starts, event.ends), datetime=starts.astimezone(CHINA).isoformat() if starts else ""
    )
    yield Fact(label="地点", text=event.place)
    yield Fact(label="主办", text=event.organiser)
    yield _phone(event.phone)
    yield Fact(label="状态", text=state)


def _of_person(person: PersonDetails) -> Iterator[Fact]:
    yield Fact(label="职务", text=person.office)
    yield Fact(label="单位", text=person.organisation)
    yield Fact(label="任职时间", text=_span(person.since, person.until))


def _day(label: str, day: date | None) -> Fact:
    return Fact(label=label, text=chinese_day(day), datetime=day.isoformat()) if day else Fact(label=label, text="")


def _phone(number: str) -> Fact:
    digits = "".join(sign for sign in number if sign in "+0123456789")
    is_one = len(digits) >= 3 and set(number) <= set("+0123456789-— ()（）")
    return Fact(label="电话", text=number, url=f"tel:{digits}" if is_one else "")


def _span(first: date | None, last: date | None) -> str:
    if first and last:
        return f"{chinese_day(first)}至{chinese_day(last)}"
    return f"{chinese_day(first)}起" if first else f"至{chinese_day(last)}" if last else ""


def _moments(first: datetime | None, last: datetime | None) -> str:
    """Write a period as one would say it: the day is not repeated where both ends share it."""
    if first is None:
        return ""
    start, end = first.astimezone(CHINA), (last or first).astimezone(CHINA)
    if start == end:
        return chinese_minute(start)
    if start.date() == end.date():
        return f"{chinese_minute(start)}—{end:%H:%M}"
    return f"{chinese_minute(start)}至{chinese_minute(end)}"


def notes(item: ContentItem, now: datetime) -> tuple[Note, ...]:
    """Return what a reader must know before the text: that it is not public, repealed, expired, corrected, recovered."""
    return tuple(_notes(item, now))


def _notes(item: ContentItem, now: datetime) -> Iterator[Note]:
    if word := banner(item, now):
        yield Note(kind="pending", word=f"{word}。")
    if isinstance(item.details, NoticeDetails) and standing(item, now) == REPEALED:
        day = item.details.repealed_on
        yield Note(kind="repealed", word="本文件已废止。", text=f"废止日期：{chinese_day(day)}。" if day else "")
    if item.expires is not None and is_expired(item, now):
        text = f"有效期至{chinese_minute(item.expires.astimezone(CHINA))}，内容仅供查阅。"
        yield Note(kind="expired", word=_EXPIRED.get(item.type, "本文已过期。"), text=text)
    if item.correction:
        yield Note(
            kind="corrected", word="更正：", text=f"{item.correction.text}（{chinese_day(item.correction.date)}）"
        )
    if item.legacy and (item.legacy.note or item.legacy.url):
        yield Note(
            kind="legacy", word="历史资料。", text=item.legacy.note or f"本文由旧网页恢复，原地址：{item.legacy.url}"
        )
