"""Terms, set phrases, people: right on the day of the article, and silent where that is not certain."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from plugins.content_types.registers import read_registers
from plugins.domain.content import Credit, LeaderArticleDetails
from plugins.domain.registers import KnownPerson, Office, Registers, SetPhrase, Term
from tests.checks.sample import at, item, said

PERIOD = {"since": date(2013, 3, 14), "until": date(2018, 3, 21)}
WIDE = Term(text="卫生和计划生育委员会", instead="卫生健康委员会", **PERIOD)
SHORT = Term(text="卫生计生委", instead="卫生健康委", **PERIOD)
LATER = Term(text="卫生健康委员会", instead="卫生和计划生育委员会", since=date(2018, 3, 22))
TYPO = Term(text="党中心", instead="党中央", unless=("党中心组",))
TERMS = Registers(terms=(SHORT, WIDE, LATER, TYPO))


@pytest.mark.parametrize(
    ("year", "body", "told"),
    [
        (2024, "县卫生和计划生育委员会负责人到会。", "只用到2018年3月21日"),
        (2016, "县卫生和计划生育委员会负责人到会。", ""),
        (2016, "县卫生健康委员会负责人到会。", "从2018年3月22日起才用"),
        (2024, "市卫生计生委印发通知。", "应写“卫生健康委”"),
        (2024, "原市卫生计生委印发的通知仍然有效。", ""),
        (2024, "时任县卫生和计划生育委员会主任的某甲回忆说。", ""),
        (2024, "2016年，市卫生计生委印发通知。", ""),
        (2024, "2013年至2018年间由卫生计生委承担。", ""),
        (2024, "2021年，市卫生计生委印发通知。", "只用到"),
        (2024, "依照《国家卫生和计划生育委员会公告》办理。", ""),
        (2024, "不再保留国家卫生和计划生育委员会。", ""),
        (2024, "在党中心的领导下。", "应写“党中央”"),
        (2024, "召开党中心组学习会。", ""),
        (2024, "```\n党中心\n```", ""),
        (2024, "见[文件](https://example.org/卫生计生委)。", ""),
    ],
)
def test_terms(year: int, body: str, told: str) -> None:
    found = said("terms", item(body=body, date=at(year)), registers=TERMS)
    assert (len(found) == 1 and told in found[0]) if told else found == []


def test_terms_are_looked_for_in_titles_too_and_told_with_their_line() -> None:
    found = said("terms", item(title="党中心", body="一\n二党中心", lines=(("title", 2),)), registers=TERMS)
    assert [line.partition(": ")[0] for line in found] == ["news/a.md:2", "news/a.md:11"]


def test_a_speech_is_held_against_the_day_it_was_given() -> None:
    details = LeaderArticleDetails(spoken_on=date(2016, 5, 1))
    body = "县卫生和计划生育委员会要抓好落实。"
    assert said("terms", item(body=body, date=at(2024), details=details), registers=TERMS) == []


FOUR = SetPhrase(name="四个示例", parts=("甲意识", "乙意识", "丙意识", "丁意识"), since=date(2016, 1, 1))


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("增强甲意识、乙意识、丙意识、丁意识。", ""),
        ("增强甲意识、乙意识、丁意识。", "缺少“丙意识”"),
        ("增强甲意识、丙意识、乙意识、丁意识。", "次序不对"),
        ("增强甲意识、乙意识和丙意识，丁意识更要加强。", ""),
        ("增强甲意识、乙意识、丙意识等。", ""),
        ("增强甲意识、乙意识。", ""),
        ("增强“甲意识”、“乙意识”、“丁意识”。", "缺少“丙意识”"),
    ],
)
def test_set_phrases(body: str, told: str) -> None:
    found = said("phrases", item(body=body), registers=Registers(phrases=(FOUR,)))
    assert (len(found) == 1 and told in found[0]) if told else found == []


def test_a_phrase_binds_from_its_day_on() -> None:
    old = item(body="增强甲意识、乙意识、丁意识。", date=at(2010))
    assert said("phrases", old, registers=Registers(phrases=(FOUR,))) == []


ONE = KnownPerson(
    name="某甲乙",
    misspelt=("某申乙",),
    offices=(
        Office(title="副会长", since=date(2010, 1, 1), until=date(2015, 12, 31)),
        Office(title="会长", since=date(2016, 1, 1), until=date(2020, 12, 31)),
    ),
)
PEOPLE = Registers(people=(ONE,))


@pytest.mark.parametrize(
    ("year", "body", "told"),
    [
        (2018, "会长某甲乙讲话。", ""),
        (2012, "副会长某甲乙讲话。", ""),
        (2012, "会长某甲乙讲话。", "职务“会长”"),
        (2018, "副会长某甲乙讲话。", "当时的职务是“会长”"),
        (2024, "会长某甲乙讲话。", "没有当时的职务"),
        (2024, "原会长某甲乙讲话。", ""),
        (2024, "时任示例县计生协会长某甲乙讲话。", ""),
        (2024, "2018年，会长某甲乙讲话。", ""),
        (2024, "会员某甲乙讲话。", ""),
        (2024, "某甲乙讲话。", ""),
        (2018, "会长某申乙讲话。", "应为“某甲乙”"),
    ],
)
def test_people(year: int, body: str, told: str) -> None:
    found = said("people", item(body=body, date=at(year)), registers=PEOPLE)
    assert (len(found) == 1 and told in found[0]) if told else found == []


@pytest.mark.parametrize(
    ("office", "is_right"),
    [
        ("示例县计生协会长", True),
        ("会长", True),
        ("示例县计生协副会长", False),
        ("主任", False),
        ("时任副会长", True),
        ("", True),
    ],
)
def test_offices_of_authors_and_speakers(office: str, is_right: bool) -> None:
    author = item(date=at(2018), authors=(Credit(name="某甲乙", office=office),))
    speaker = item(date=at(2018), details=LeaderArticleDetails(speaker="某甲乙", office=office))
    for one in (author, speaker):
        assert (said("people", one, registers=PEOPLE) == []) is is_right


CLEAN = Path(__file__).parent / "cases" / "clean"


@pytest.mark.parametrize("path", sorted(CLEAN.glob("*.md")), ids=lambda path: path.stem)
@pytest.mark.parametrize("rule", ["terms", "phrases", "people", "privacy"])
def test_clean_texts_of_their_time_raise_no_alarm(path: Path, rule: str) -> None:
    registers, problems = read_registers(CLEAN)
    assert problems == ()
    year = int(path.stem.partition("-")[0])
    assert said(rule, item(body=path.read_text("utf-8"), date=at(year)), registers=registers) == []
