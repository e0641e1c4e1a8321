"""Switches, waivers and the report."""

from __future__ import annotations

import pkgutil
from datetime import date
from io import StringIO
from pathlib import Path

import pytest

import plugins.checks
from plugins.checks.report import print_report, summary
from plugins.checks.run import RULE_NAMES, RULES, check
from plugins.domain.content import Waiver
from plugins.domain.problems import Level, Problem
from plugins.domain.registers import Registers, SiteWaiver, Term
from tests.checks.sample import inspection, item, said

ROOT = Path(__file__).resolve().parents[2]
TERMS = Registers(terms=(Term(text="旧称", instead="新称"), Term(text="错称", instead="正称")))
BODY = "旧称\n错称"


def waiver(**fields: object) -> Waiver:
    made: dict[str, object] = {"rule": "terms", "name": "某甲", "reason": "引文", "until": date(2027, 1, 1)}
    return Waiver(**{**made, **fields})  # type: ignore[arg-type]


def test_every_rule_has_a_file_its_basis_and_a_place_in_the_documents() -> None:
    modules = {module.name for module in pkgutil.iter_modules(plugins.checks.__path__)}
    for rule in RULES:
        assert rule.name in modules
        assert "Basis:" in (getattr(plugins.checks, rule.name).__doc__ or "")
        assert f"| `{rule.name}` |" in (ROOT / "plugins/checks/README.md").read_text("utf-8")
        assert f"`{rule.name}` {rule.label}" in (ROOT / "content/README.md").read_text("utf-8")


def test_only_the_rules_asked_for_run() -> None:
    site = inspection(item(body=BODY), registers=TERMS)
    assert len(check(site, ("terms",))) == 2
    assert check(site, ("dates", "privacy")) == ()
    assert [problem.hint for problem in check(site, ("term",))] == ["是否想写 'terms'？"]
    assert len(check(site)) == 2


def test_a_waiver_covers_its_rule() -> None:
    assert said("terms", item(body=BODY, waivers=(waiver(),)), registers=TERMS) == []


def test_a_waiver_may_be_for_one_text() -> None:
    found = said("terms", item(body=BODY, waivers=(waiver(text="旧称"),)), registers=TERMS)
    assert [line.partition("（")[0] for line in found] == ["news/a.md:11: 用语“错称”不对"]


@pytest.mark.parametrize(
    ("written", "count", "told"),
    [
        ({"until": date(2026, 11, 22)}, 3, "的豁免已于2026年11月22日到期"),
        ({"until": date(2026, 11, 23)}, 0, ""),
        ({"text": "别的"}, 3, "没有用处"),
        ({"rule": "terrms"}, 3, "是否想写 'terms'？"),
        ({"rule": "people"}, 2, ""),  # its rule does not run here
    ],
)
def test_waivers_that_do_not_help_are_told(written: dict[str, object], count: int, told: str) -> None:
    found = said("terms", item(body=BODY, waivers=(waiver(**written),)), registers=TERMS)
    assert len(found) == count
    assert not told or any(told in line for line in found)


def test_a_register_waives_too() -> None:
    kept = SiteWaiver(path="news/a.md", waiver=waiver())
    registers = Registers(terms=TERMS.terms, waivers=(kept,))
    assert said("terms", item(body=BODY), registers=registers) == []
    assert len(said("terms", item("news/b.md", body=BODY), registers=registers)) == 3


def test_findings_of_checks_are_warnings_but_for_what_is_certain() -> None:
    site = inspection(item(body="旧称 身份证号11010519491231002X"), registers=TERMS)
    assert [(problem.level, problem.is_blocking) for problem in check(site)] == [
        (Level.ERROR, True),
        (Level.WARNING, False),
    ]


def test_the_plain_report() -> None:
    out = StringIO()
    print_report(
        [
            Problem(path="b.md", line=3, message="提醒", hint="怎样改", level=Level.WARNING),
            Problem(path="a.md", message="错了"),
            Problem(path="a.md", message="错了"),
        ],
        out,
    )
    assert out.getvalue() == "a.md:1: 错了\nb.md:3: [警告] 提醒（怎样改）\n共 1 个错误，1 个警告\n"


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


def test_the_report_on_a_terminal_is_the_same_in_colour() -> None:
    out = Terminal()
    print_report([Problem(path="a.md", line=2, message="第[2]处")], out)
    assert out.getvalue() == "\x1b[1;31ma.md:2: 第[2]处\x1b[0m\n共 1 个错误\n"


def test_no_problems_no_report() -> None:
    out = StringIO()
    print_report([], out)
    assert out.getvalue() == ""
    assert summary([]) == "没有问题"


def test_all_rule_names_differ() -> None:
    assert len(set(RULE_NAMES)) == len(RULES) == 10
