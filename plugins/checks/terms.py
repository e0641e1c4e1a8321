"""Terms: every wording at its time.

Basis: 政府网站检查指标（严重表述错误）. The register of terms says from when to when a wording is right: 卫生和计划生育委员会
is right in 2016 and wrong in 2024. Only what is certain is said: a wording inside 《》, after 原 or 时任, in a sentence
about a renaming or with a year of its time is left alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from plugins.checks.inspection import Inspection, Rule, day_of
from plugins.checks.passages import is_quoted, passages, sentences, speaks_of_the_past, whole_text
from plugins.domain.dates import chinese_day
from plugins.domain.problems import Level, Problem
from plugins.domain.registers import Term, is_current


def check(site: Inspection) -> Iterator[Problem]:
    """Yield every wording that was not right on the day of its item."""
    terms = tuple(sorted(site.registers.terms, key=lambda term: -len(term.text)))
    for item in site.items:
        whole = whole_text(item)
        there = tuple(term for term in terms if term.text in whole)
        if not there:
            continue
        day = day_of(item, site.today)
        for passage in passages(item):
            for sentence in sentences(passage):
                for term in wrong_terms(sentence, there, day):
                    yield _problem(item.path, passage.line, term, day)


def wrong_terms(sentence: str, terms: tuple[Term, ...], day: date) -> Iterator[Term]:
    """Yield the terms that are wrong in ``sentence`` on ``day``; ``terms`` come longest first, which hide those inside."""
    taken: list[tuple[int, int]] = []
    for term in terms:
        taken.extend(_spans(sentence, term.unless))
        for start, end in _spans(sentence, (term.text,)):
            if any(first <= start and end <= last for first, last in taken):
                continue
            taken.append((start, end))
            if not _is_right(sentence, start, term, day):
                yield term


def _spans(sentence: str, wordings: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    for wording in wordings:
        start = sentence.find(wording)
        while start >= 0:
            yield start, start + len(wording)
            start = sentence.find(wording, start + 1)


def _is_right(sentence: str, start: int, term: Term, day: date) -> bool:
    if term.since is None and term.until is None:
        return False
    if is_current(term.since, term.until, day):
        return True
    before = sentence[:start]
    return is_quoted(before) or speaks_of_the_past(before, sentence, term.since, term.until)


def _problem(path: str, line: int, term: Term, day: date) -> Problem:
    if term.since is None and term.until is None:
        message = f"用语“{term.text}”不对"
    elif term.until and day > term.until:
        message = f"“{term.text}”只用到{chinese_day(term.until)}，本文是{chinese_day(day)}"
    else:
        start = chinese_day(term.since) if term.since else ""
        message = f"“{term.text}”从{start}起才用，本文是{chinese_day(day)}"
    return Problem(path=path, line=line, message=message, hint=f"应写“{term.instead}”", level=Level.WARNING)


RULE = Rule(name="terms", label="用语", check=check)
