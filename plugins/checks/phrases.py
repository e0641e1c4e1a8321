"""Set phrases: enumerations are complete and in order.

Basis: 政府网站检查指标（严重表述错误）. Where all but one of the parts, or all of them, stand in a row, the row must be the
registered one; a row that ends with 等 is cut on purpose.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from plugins.checks.inspection import Inspection, Rule, day_of
from plugins.checks.passages import passages, sentences, whole_text
from plugins.domain.problems import Level, Problem
from plugins.domain.registers import SetPhrase, is_current

_JOIN = r"[“”\"\s]{0,2}(?:、|，|,|和|与|及|以及|，以及)[“”\"\s]{0,2}"


def check(site: Inspection) -> Iterator[Problem]:
    """Yield every row of parts that is not the set one on the day of its item."""
    rows = tuple((phrase, _row(phrase)) for phrase in site.registers.phrases if len(phrase.parts) > 1)
    for item in site.items:
        day = day_of(item, site.today)
        current = tuple((phrase, row) for phrase, row in rows if is_current(phrase.since, phrase.until, day))
        whole = whole_text(item)
        if not any(part in whole for phrase, _ in current for part in phrase.parts[:2]):  # only one may be missing
            continue
        for passage in passages(item):
            for sentence in sentences(passage):
                for phrase, row in current:
                    for found in wrong_rows(sentence, phrase, row):
                        yield _problem(item.path, passage.line, phrase, found)


def _row(phrase: SetPhrase) -> re.Pattern[str]:
    part = "|".join(re.escape(part) for part in sorted(phrase.parts, key=len, reverse=True))
    return re.compile(rf"(?:{part})(?:{_JOIN}(?:{part}))+")


def wrong_rows(sentence: str, phrase: SetPhrase, row: re.Pattern[str]) -> Iterator[tuple[str, ...]]:
    """Yield the rows of parts in ``sentence`` that are nearly the phrase, but cut or out of order."""
    part = re.compile("|".join(re.escape(part) for part in sorted(phrase.parts, key=len, reverse=True)))
    for match in row.finditer(sentence):
        found = tuple(part.findall(match[0]))
        nearly = len(set(found)) >= max(2, len(phrase.parts) - 1)
        if nearly and found != phrase.parts and not sentence[match.end() :].startswith("等"):
            yield found


def _problem(path: str, line: int, phrase: SetPhrase, found: tuple[str, ...]) -> Problem:
    missing = [part for part in phrase.parts if part not in found]
    what = "缺少“" + "、".join(missing) + "”" if missing else "次序不对"
    hint = "应为：" + "、".join(phrase.parts)
    return Problem(path=path, line=line, message=f"固定提法“{phrase.name}”{what}", hint=hint, level=Level.WARNING)


RULE = Rule(name="phrases", label="固定提法", check=check)
