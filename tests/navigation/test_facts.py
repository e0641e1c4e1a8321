"""Facts, standing and notes: tables by type."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from plugins.domain.content import (
    Correction,
    EventDetails,
    LeaderArticleDetails,
    Legacy,
    NoticeDetails,
    PersonDetails,
    ProgramDetails,
    State,
)
from plugins.domain.dates import CHINA
from plugins.navigation.facts import facts, notes
from plugins.navigation.standing import banner, mark, standing


def at(day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(2024, 6, day, hour, minute, tzinfo=CHINA)


NOTICES = [
    ({}, {}, "有效"),
    ({"deadline": date(2024, 6, 1)}, {}, "有效"),  # the day itself counts
    ({"deadline": date(2024, 5, 31)}, {}, "已过期"),
    ({}, {"expires": "2024-05-01"}, "已过期"),
    ({"repealed_on": date(2024, 6, 1)}, {}, "废止"),
    ({"repealed_on": date(2024, 6, 2)}, {}, "有效"),
    ({"repealed_on": date(2024, 1, 1), "deadline": date(2023, 1, 1)}, {"expires": "2023-01-01"}, "废止"),
]


@pytest.mark.parametrize(("details", "fields", "state"), NOTICES)
def test_the_state_of_a_notice(item, now, details, fields, state):
    notice = item("n.md", type="notice", details=NoticeDetails(**details), **fields)
    assert standing(notice, now) == state
    assert facts(notice, now, {})[-1].text == state


PROGRAMS = [
    (None, None, "进行中"),
    (date(2024, 6, 1), None, "进行中"),
    (date(2024, 6, 2), None, "未开始"),
    (None, date(2024, 6, 1), "进行中"),
    (date(2020, 1, 1), date(2024, 5, 31), "已结束"),
]


@pytest.mark.parametrize(("starts", "ends", "state"), PROGRAMS)
def test_the_state_of_a_program(item, now, starts, ends, state):
    assert standing(item("p.md", details=ProgramDetails(starts=starts, ends=ends)), now) == state


EVENTS = [
    (at(2), None, "未开始"),
    (at(1), None, "进行中"),  # a day alone lasts till its end
    (at(1, 12), None, "已结束"),
    (at(1, 9), at(1, 12), "已结束"),
    (at(1, 9), at(1, 12, 1), "进行中"),
    (at(1), at(3), "进行中"),
    (None, None, ""),
]


@pytest.mark.parametrize(("starts", "ends", "state"), EVENTS)
def test_the_state_of_an_event(item, now, starts, ends, state):
    assert standing(item("e.md", details=EventDetails(starts=starts, ends=ends)), now) == state


FACTS = [
    (
        LeaderArticleDetails(speaker="示例人", office="会长", occasion="年会", spoken_on=date(2024, 5, 1)),
        [("讲话人", "示例人"), ("职务", "会长"), ("场合", "年会"), ("日期", "2024年5月1日")],
    ),
    (LeaderArticleDetails(speaker="示例人"), [("讲话人", "示例人")]),
    (
        NoticeDetails(
            document_number="示计生协〔2024〕1号",
            issuing_body="示例县计生协",
            issued_on=date(2024, 5, 1),
            deadline=date(2024, 7, 1),
        ),
        [
            ("发文字号", "示计生协〔2024〕1号"),
            ("发文机关", "示例县计生协"),
            ("成文日期", "2024年5月1日"),
            ("截止日期", "2024年7月1日"),
            ("状态", "有效"),
        ],
    ),
    (
        ProgramDetails(
            audience="会员", participation="到村居报名", phone="12345", place="示例县", ends=date(2025, 1, 1)
        ),
        [
            ("服务对象", "会员"),
            ("参与方式", "到村居报名"),
            ("电话", "12345"),
            ("地点", "示例县"),
            ("起止时间", "至2025年1月1日"),
            ("状态", "进行中"),
        ],
    ),
    (
        EventDetails(starts=at(2, 9), ends=at(2, 11, 30), place="礼堂", organiser="示例县计生协"),
        [("时间", "2024年6月2日 09:00—11:30"), ("地点", "礼堂"), ("主办", "示例县计生协"), ("状态", "未开始")],
    ),
    (EventDetails(starts=at(2), ends=at(4)), [("时间", "2024年6月2日至2024年6月4日"), ("状态", "未开始")]),
    (
        PersonDetails(office="会长", organisation="示例县计生协", since=date(2020, 1, 1)),
        [("职务", "会长"), ("单位", "示例县计生协"), ("任职时间", "2020年1月1日起")],
    ),
]


@pytest.mark.parametrize(("details", "wanted"), FACTS, ids=[type(row[0]).__name__ for row in FACTS])
def test_facts_in_their_order_and_none_empty(item, now, details, wanted):
    assert [(fact.label, fact.text) for fact in facts(item("x.md", details=details), now, {})] == wanted


def test_a_speaker_with_a_page_is_linked_and_a_phone_can_be_called(item, now):
    speech = item("s.md", details=LeaderArticleDetails(speaker="示例人"))
    assert facts(speech, now, {"示例人": "/people/x/"})[0].url == "/people/x/"
    for phone, url in [("010-1234 5678", "tel:01012345678"), ("12345转2、办公室", ""), ("无", "")]:
        assert facts(item("p.md", details=ProgramDetails(phone=phone)), now, {})[0].url == url


def test_what_a_list_says_after_a_title(item, now):
    assert mark(item("e.md", details=EventDetails(starts=at(2, 9))), now) == "2024年6月2日 · 未开始"
    assert mark(item("n.md", details=NoticeDetails()), now) == ""
    assert mark(item("n.md", details=NoticeDetails(deadline=date(2024, 1, 1))), now) == "已过期"
    assert mark(item("p.md", details=ProgramDetails()), now) == "进行中"


MARKS = [
    ({"state": State.PENDING}, "待审核", "待审核 · 预览，尚未发布"),
    ({"state": State.PRIVATE}, "未提交", "未提交 · 预览，尚未发布"),
    ({"state": State.WITHDRAWN}, "已撤下", "已撤下 · 预览，尚未发布"),
    ({"date": "2024-07-01 08:00"}, "定时发布", "将于2024年7月1日 08:00发布 · 预览，尚未发布"),
    ({}, "", ""),
]


@pytest.mark.parametrize(("fields", "word", "text"), MARKS)
def test_what_is_not_public_says_so(item, now, fields, word, text):
    one = item("a.md", **fields)
    assert (mark(one, now), banner(one, now)) == (word, text)
    assert [note.kind for note in notes(one, now)] == (["pending"] if text else [])


def test_notes_come_in_the_order_of_their_weight(item, now):
    one = item(
        "n.md",
        type="notice",
        expires="2024-05-01",
        correction=Correction(date=date(2024, 2, 1), text="第二段的日期有误，已改正。"),
        legacy=Legacy(note="由旧网站恢复。"),
        details=NoticeDetails(repealed_on=date(2024, 3, 1)),
    )
    assert [(note.kind, note.word, note.text) for note in notes(one, now)] == [
        ("repealed", "本文件已废止。", "废止日期：2024年3月1日。"),
        ("expired", "本通知已过期。", "有效期至2024年5月1日，内容仅供查阅。"),
        ("corrected", "更正：", "第二段的日期有误，已改正。（2024年2月1日）"),
        ("legacy", "历史资料。", "由旧网站恢复。"),
    ]
