"""People and offices: names are spelt right, and offices are those held on the day of the article.

Basis: 政府网站检查指标 (a wrong name or office of a leader fails the whole site). Only persons of the register are looked at,
and only offices written right before the name (会长某某), in credits, and of speakers.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from plugins.checks.inspection import Inspection, Rule, day_of
from plugins.checks.passages import passages, sentences, speaks_of_the_past, whole_text
from plugins.domain.content import ContentItem, LeaderArticleDetails
from plugins.domain.dates import chinese_day
from plugins.domain.problems import Level, Problem
from plugins.domain.registers import KnownPerson, is_current


def check(site: Inspection) -> Iterator[Problem]:
    """Yield misspelt names, and offices that a person did not hold on the day of the item."""
    people = site.registers.people
    titles = _titles(people)
    for item in site.items:
        day = day_of(item, site.today)
        whole = whole_text(item)
        yield from _credits(item, people, day)
        named = tuple(known for known in people if known.name in whole)
        misspelt = tuple((form, known.name) for known in people for form in known.misspelt if form in whole)
        if not named and not misspelt:
            continue
        for passage in passages(item):
            for form, name in misspelt:
                if form in passage.text:
                    yield _warning(item, passage.line, f"姓名“{form}”写错了", f"应为“{name}”")
            for sentence in sentences(passage):
                for known in named:
                    for title in wrong_offices(sentence, known, titles, day):
                        yield _wrong_office(item, passage.line, known, title, day)


def _titles(people: tuple[KnownPerson, ...]) -> tuple[str, ...]:
    """Return every title of the register, the longest first, so that 副会长 is not taken for 会长."""
    known = {office.title for person in people for office in person.offices}
    return tuple(
        sorted({*known, *(f"副{title}" for title in known if not title.startswith("副"))}, key=len, reverse=True)
    )


def wrong_offices(sentence: str, person: KnownPerson, titles: tuple[str, ...], day: date) -> Iterator[str]:
    """Yield the titles right before the name that the person did not hold on ``day``."""
    if not person.offices:
        return
    start = sentence.find(person.name)
    while start >= 0:
        before = sentence[:start].rstrip()
        title = next((title for title in titles if before.endswith(title)), "")
        if title and not holds(person, title, day):
            held = [office for office in person.offices if office.title == title]
            past = any(speaks_of_the_past(before, sentence, office.since, office.until) for office in held)
            if not past and not speaks_of_the_past(before, "", None, date.min):
                yield title
        start = sentence.find(person.name, start + 1)


def holds(person: KnownPerson, title: str, day: date) -> bool:
    """Whether ``person`` held an office of this title on ``day``."""
    return any(office.title == title and is_current(office.since, office.until, day) for office in person.offices)


def _credits(item: ContentItem, people: tuple[KnownPerson, ...], day: date) -> Iterator[Problem]:
    """Check the offices of authors and speakers, which are written out with the organisation."""
    written = [(f"authors.{number}", who.name, who.office) for number, who in enumerate(item.authors)]
    if isinstance(item.details, LeaderArticleDetails):
        written.append(("office", item.details.speaker, item.details.office))
    for key, name, text in written:
        for person in people:
            if name in person.misspelt:
                yield _warning(item, item.line_of(key), f"姓名“{name}”写错了", f"应为“{person.name}”")
            if name == person.name and text and person.offices and not _matches(person, text, day):
                yield _wrong_office(item, item.line_of(key), person, text, day)


def _matches(person: KnownPerson, text: str, day: date) -> bool:
    if text.startswith(("原", "时任", "前")):
        return True
    return any(is_current(office.since, office.until, day) and _names(text, office.title) for office in person.offices)


def _names(text: str, title: str) -> bool:
    at = text.find(title)
    return at >= 0 and text[at - 1 : at] != "副"


def _wrong_office(item: ContentItem, line: int, person: KnownPerson, title: str, day: date) -> Problem:
    held = [office.title for office in person.offices if is_current(office.since, office.until, day)]
    known = "登记表里当时的职务是“" + "、".join(held) + "”" if held else "登记表里没有当时的职务"
    message = f"{person.name}在{chinese_day(day)}的职务“{title}”和登记表不符"
    return _warning(item, line, message, f"{known}；过去的职务前加“时任”或“原”")


def _warning(item: ContentItem, line: int, message: str, hint: str) -> Problem:
    return Problem(path=item.path, line=line, message=message, hint=hint, level=Level.WARNING)


RULE = Rule(name="people", label="人名与职务", check=check)
