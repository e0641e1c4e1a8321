"""Events as calendar files."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.domain.content import EventDetails
from plugins.domain.dates import CHINA
from plugins.navigation.ical import ical

URL = "https://example.org/events/a/"
START = datetime(2024, 9, 12, 8, 30, tzinfo=CHINA)


def event(item, **fields):
    details = fields.pop("details", EventDetails(starts=START))
    return item("events/a.md", fields.pop("title", "活动"), type="event", date="2024-06-01", details=details, **fields)


def test_a_calendar_of_one_event(item):
    details = EventDetails(
        starts=START, ends=START.replace(hour=11), place="示例县礼堂", organiser="示例县计生协", phone="12345"
    )
    text = ical(event(item, title="义诊；咨询, 答疑", summary="第一行\n第二行", details=details), URL)
    assert text.replace("\r\n", "\n") == (
        "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//xiehui//events//ZH\nMETHOD:PUBLISH\nBEGIN:VEVENT\n"
        "UID:a@example.org\nDTSTAMP:20240531T160000Z\nDTSTART:20240912T003000Z\nDTEND:20240912T033000Z\n"
        "SUMMARY:义诊；咨询\\, 答疑\nDESCRIPTION:第一行\\n第二行\nLOCATION:示例县礼堂\n"
        "CONTACT:示例县计生协，12345\nURL:https://example.org/events/a/\nEND:VEVENT\nEND:VCALENDAR\n"
    )


def test_days_without_a_clock_are_whole_days(item):
    first = datetime(2024, 9, 12, tzinfo=CHINA)
    one, two = (EventDetails(starts=first, ends=ends) for ends in (None, first.replace(day=13)))
    assert "DTSTART;VALUE=DATE:20240912\r\nDTEND;VALUE=DATE:20240913\r\n" in ical(event(item, details=one), URL)
    assert "DTSTART;VALUE=DATE:20240912\r\nDTEND;VALUE=DATE:20240914\r\n" in ical(event(item, details=two), URL)


@given(text=st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=70, max_size=200))
def test_no_line_is_longer_than_75_octets_and_unfolding_gives_the_text_back(item, text):
    calendar = ical(event(item, title=text), URL)
    lines = calendar.split("\r\n")
    assert lines.pop() == "" and all(len(line.encode()) <= 75 for line in lines)
    escaped = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    assert f"SUMMARY:{escaped}\r\n" in calendar.replace("\r\n ", "")


def test_what_is_no_event_is_refused(item):
    with pytest.raises(ValueError, match="no event"):
        ical(item("a.md"), URL)
    with pytest.raises(ValueError, match="no event"):
        ical(event(item, details=EventDetails()), URL)
