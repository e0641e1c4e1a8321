"""Run the rules that are switched on, and take out what a person has decided to let stand."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from plugins.checks import attachments, columns, dates, hosts, people, phrases, privacy, reviews, sources, terms
from plugins.checks.inspection import Inspection, Rule
from plugins.domain.content import Waiver
from plugins.domain.dates import chinese_day
from plugins.domain.problems import Level, Problem, in_order

RULES: tuple[Rule, ...] = (
    privacy.RULE,
    attachments.RULE,
    people.RULE,
    terms.RULE,
    phrases.RULE,
    sources.RULE,
    hosts.RULE,
    dates.RULE,
    reviews.RULE,
    columns.RULE,
)
RULE_NAMES = tuple(rule.name for rule in RULES)


def check(site: Inspection, rules: tuple[str, ...] = RULE_NAMES) -> tuple[Problem, ...]:
    """Return what the named rules find and no waiver covers, with waivers that have run out or cover nothing."""
    problems = [_unknown("pelicanconf.py", 1, name) for name in rules if name not in RULE_NAMES]
    waivers = tuple(_waivers(site))
    used: set[tuple[str, int, Waiver]] = set()
    for rule in RULES:
        if rule.name not in rules:
            continue
        for problem in rule.check(site):
            covering = [entry for entry in waivers if _covers(site, entry, rule, problem)]
            used.update(covering)
            if not covering:
                problems.append(problem)
    problems.extend(_about_waivers(site, waivers, used, rules))
    return in_order(problems)


def _waivers(site: Inspection) -> Iterator[tuple[str, int, Waiver]]:
    """Yield path, line and waiver of every waiver, in front matter and in the register."""
    for item in site.items:
        for number, waiver in enumerate(item.waivers):
            yield item.path, item.line_of(f"waivers.{number}"), waiver
    for entry in site.registers.waivers:
        yield entry.path, 0, entry.waiver


def _covers(site: Inspection, entry: tuple[str, int, Waiver], rule: Rule, problem: Problem) -> bool:
    path, _, waiver = entry
    is_meant = path == problem.path and waiver.rule == rule.name and waiver.text in problem.message
    return is_meant and site.today <= waiver.until


def _about_waivers(
    site: Inspection,
    waivers: tuple[tuple[str, int, Waiver], ...],
    used: set[tuple[str, int, Waiver]],
    rules: tuple[str, ...],
) -> Iterator[Problem]:
    for entry in waivers:
        path, line, waiver = entry
        if waiver.rule not in RULE_NAMES:
            yield _unknown(path, line, waiver.rule)
        elif site.today > waiver.until:
            message = f"{waiver.name}对“{waiver.rule}”的豁免已于{chinese_day(waiver.until)}到期"
            yield Problem(path=path, line=line, message=message, hint="改正内容，或重新决定", level=Level.WARNING)
        elif entry not in used and waiver.rule in rules:
            message = f"对“{waiver.rule}”的豁免没有用处"
            yield Problem(path=path, line=line, message=message, hint="可以删去", level=Level.NOTICE)


def _unknown(path: str, line: int, name: str) -> Problem:
    near = get_close_matches(name, RULE_NAMES, n=1)
    hint = f"是否想写 {near[0]!r}？" if near else "可用：" + "、".join(RULE_NAMES)
    return Problem(path=path, line=line, message=f"没有 {name!r} 这条检查规则", hint=hint, level=Level.WARNING)
