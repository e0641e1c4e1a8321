"""Every other rule: what it finds, and what it leaves alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.checks.privacy import is_identity_number, masked, passes_luhn
from plugins.checks.reviews import reviewed_digest
from plugins.domain.content import (
    Approval,
    Correction,
    LeaderArticleDetails,
    Legacy,
    LinkDetails,
    NoticeDetails,
    ReviewFlag,
    SectionDetails,
    Source,
    State,
)
from plugins.domain.registers import Host, KnownSource, Registers
from tests.checks.sample import NOW, at, item, said

IDENTITY = "11010519491231002X"  # the published example of the standard
CARD = "6222020000000000000"


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (f"身份证号{IDENTITY}。", "公开了身份证号码"),
        ("身份证号110105194912310021。", ""),  # the checksum is wrong
        ("编号110105199902310011。", ""),  # there is no such day
        (f"卡号：{CARD}", "像是银行卡号"),
        ("账号：6222 0200 0000 0000 000", "像是银行卡号"),
        (f"编号{CARD}", ""),
        ("卡号：6222020000000000001", ""),
        ("| 甲 | 13800001234 |", "公开了手机号码"),
        ("| 甲 | 138-0000-1234 |", "公开了手机号码"),
        ("联系电话：13800001234", ""),
        ("联系电话：13800001234、13900001234、13700001234", "公开了手机号码"),
        ("订单 2138000012345", ""),
        ("热线 12356", ""),
        ("0591-87654321", ""),
        ("共 13800001234.5 元", "公开了手机号码"),
    ],
)
def test_privacy(body: str, told: str) -> None:
    found = said("privacy", item(body=body))
    assert bool(found) is bool(told)
    assert all(told in line for line in found)


@pytest.mark.parametrize("body", [f"身份证号{IDENTITY}。", f"卡号：{CARD}", "| 甲 | 13800001234 |"])
def test_no_number_is_repeated_in_full(body: str) -> None:
    for line in said("privacy", item(body=body)):
        assert not any(number in line for number in (IDENTITY, CARD, "13800001234"))
        assert "****" in line


@given(st.from_regex(r"[1-9]\d{9}", fullmatch=True))
def test_a_changed_digit_breaks_luhn(digits: str) -> None:
    check = next(last for last in "0123456789" if passes_luhn(digits + last))
    assert not passes_luhn(digits + str((int(check) + 1) % 10))


@given(st.integers(0, 9), st.integers(0, 16))
def test_a_changed_digit_breaks_an_identity_number(digit: int, place: int) -> None:
    changed = f"{IDENTITY[:place]}{digit}{IDENTITY[place + 1 :]}"
    assert is_identity_number(changed) is (changed == IDENTITY)


def test_masked() -> None:
    assert masked("13800001234") == "138****1234"


LISTED = Registers(
    sources=(KnownSource(name="示例日报", url="https://example.org/", aliases=("示例报",)), KnownSource(name="本站")),
    hosts=(Host(host="gov.cn", owner="办公室"), Host(host="example.org", owner="宣传组")),
)


@pytest.mark.parametrize(
    ("source", "told"),
    [
        (Source(name="示例日报", url="https://example.org/1"), ""),
        (Source(name="本站"), ""),
        (Source(name="示例日报"), "没有链接"),
        (Source(name="示例报", url="https://example.org/1"), "写“示例日报”"),
        (Source(name="示例晨报"), "不在登记表里"),
        (Source(name="示列日报"), "是否想写“示例日报”？"),
        (None, ""),
    ],
)
def test_sources(source: Source | None, told: str) -> None:
    found = said("sources", item(source=source), registers=LISTED)
    assert (len(found) == 1 and told in found[0]) if told else found == []
    assert said("sources", item(source=source)) == []


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("[一](https://www.gov.cn/x)", ""),
        ("<https://example.org>", ""),
        ("见 https://www.example.org/a?b=1。", ""),
        ("[一](HTTP://other.example.com/)", "外部网站 other.example.com"),
        ("[一](https://notgov.cn/)", "外部网站 notgov.cn"),
        ("[一](https://gov.cn.example.com/)", "外部网站 gov.cn.example.com"),
        ("[一](https://user@evil.example.net:80/)", "外部网站 evil.example.net"),
        ("[一](../a.md)", ""),
    ],
)
def test_hosts(body: str, told: str) -> None:
    found = said("hosts", item(body=body), registers=LISTED)
    assert (len(found) == 1 and told in found[0]) if told else found == []
    assert said("hosts", item(body=body)) == []


def test_hosts_of_sources_and_links() -> None:
    source = item(source=Source(name="某报", url="https://a.example.com/"), lines=(("source_url", 5),))
    link = item("b.md", type="link", details=LinkDetails(target="https://b.example.com/"))
    found = said("hosts", source, link, registers=LISTED)
    assert [line.partition("（")[0] for line in found] == [
        "b.md:1: 外部网站 b.example.com 不在登记表里",
        "news/a.md:5: 外部网站 a.example.com 不在登记表里",
    ]


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"modified": at(2023)}, "修改时间早于发布时间"),
        ({"modified": at(2025)}, ""),
        ({"modified": at(2024).replace(hour=0)}, ""),  # the day alone
        ({"modified": NOW + timedelta(days=1)}, "在将来"),
        ({"correction": Correction(date=date(2024, 1, 1), text="")}, "更正日期早于"),
        ({"details": LeaderArticleDetails(spoken_on=date(2024, 7, 1))}, "讲话日期晚于"),
        ({"details": NoticeDetails(issued_on=date(2024, 7, 1))}, "成文日期晚于"),
        ({"details": NoticeDetails(issued_on=date(2024, 5, 1), repealed_on=date(2024, 4, 1))}, "废止日期早于"),
        ({}, ""),
    ],
)
def test_dates(fields: dict[str, object], told: str) -> None:
    found = said("dates", item(**fields))
    assert (len(found) == 1 and told in found[0]) if told else found == []


def test_a_date_long_before_the_first_publication() -> None:
    first = {"news/a.md": at(2024, 9)}
    assert "早 92 天" in said("dates", item(), first_published=first)[0]
    assert said("dates", item(legacy=Legacy(url="http://example.org/1.htm")), first_published=first) == []
    assert said("dates", item(), first_published={"news/a.md": at(2024, 6, 20)}) == []


def approved(role: str, digest: str) -> Approval:
    return Approval(role=role, name="某甲", date=at(2024), digest=digest)


def test_three_valid_approvals_are_enough() -> None:
    one = item(body="正文")
    digest = reviewed_digest(one)
    reviewed = replace(one, approvals=tuple(approved(role, digest) for role in ("初审", "复审", "终审")))
    assert said("reviews", reviewed) == []
    moved = replace(reviewed, state=State.PENDING, date=at(2025), path="news/b.md", order=3, lines=(("title", 2),))
    assert reviewed_digest(moved) == digest


@pytest.mark.parametrize(
    "change",
    [
        {"body": "正 文"},
        {"title": "改"},
        {"summary": "改"},
        {"kicker": "改"},
        {"details": NoticeDetails(issuing_body="改")},
    ],
)
def test_a_change_voids_approvals(change: dict[str, object]) -> None:
    one = item(body="正文")
    reviewed = replace(one, approvals=(approved("初审", reviewed_digest(one)),), **change)  # type: ignore[arg-type]
    found = said("reviews", reviewed)
    assert any("作废" in line for line in found)
    assert any("缺少有效的初审、复审、终审" in line for line in found)


def test_a_digest_to_be_filled_in_is_told() -> None:
    one = item(body="正文", state=State.PENDING)
    found = said("reviews", replace(one, approvals=(approved("初审", "待填"),)))
    assert found == [
        f"news/a.md:1: 初审（某甲）还没有填摘要值（确认审过的就是现在的文字，再填 digest: {reviewed_digest(one)}）"
    ]


def test_open_flags() -> None:
    flags = (ReviewFlag(flag="疑似错字", text="某某", suggestion="核对原件"),)
    assert said("reviews", item(review=flags)) == ["news/a.md:1: 待核对：疑似错字：某某（核对原件）"]


def column(folder: str, **details: object) -> object:
    return item(f"{folder}/index.md", title=folder, date=None, details=SectionDetails(**details))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("days", "told"),
    [
        (0, ""),
        (10, ""),
        (11, "还有 3 天"),
        (13, "还有 1 天"),
        (14, "今天就到"),
        (15, "已有 15 天"),
        (400, "已有 400 天"),
    ],
)
def test_idle_columns(days: int, told: str) -> None:
    found = said("columns", column("news", update_days=14, owner="宣传组"), item(date=NOW - timedelta(days=days)))
    assert (len(found) == 1 and told in found[0]) if told else found == []
    assert all("宣传组" in line for line in found)


def test_columns_below_count_and_private_items_do_not() -> None:
    deep = item("news/deep/a.md", date=NOW)
    draft = item("news/b.md", date=NOW, state=State.PRIVATE)
    assert said("columns", column("news", update_days=14), column("news/deep"), deep) == []
    assert said("columns", column("news", update_days=14), draft) == []  # a blank column is said where the menu is made


def test_blank_columns_are_counted() -> None:
    blank = [column(f"c{number}") for number in range(5)]
    assert any("有 5 个空栏目" in line for line in said("columns", *blank))
    assert said("columns", column("c", show_empty=True)) == []
    assert "按没有更新计" in said("columns", column("news", update_days=14), item(date=None))[0]
