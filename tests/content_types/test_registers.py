"""Registers: typed values, and every mistake with its line."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from plugins.content_types.registers import read_registers
from plugins.domain.registers import Host, Office, Registers, is_current
from tests.content_types.sample import write


def registers(tmp_path: Path, **files: str) -> tuple[Registers, list[str]]:
    write(tmp_path, {f"_registers/{name}.yaml": text for name, text in files.items()})
    found, problems = read_registers(tmp_path)
    return found, [str(problem) for problem in problems]


def test_no_registers(tmp_path: Path) -> None:
    assert read_registers(tmp_path) == (Registers(), ())


def test_everything_that_may_be_written(tmp_path: Path) -> None:
    found, problems = registers(
        tmp_path,
        people="- name: 某甲\n  offices:\n    - {title: 会长, organisation: 示例县计生协, since: 2016-05-20, until: 2020-01-01}\n    - 顾问\n  misspelt: 某申",
        sources="- {name: 示例日报, url: 'https://example.org/', aliases: [示例报]}",
        terms="- text: 旧称\n  instead: 新称\n  until: 2018-03-21\n  unless: [旧称谓]\n  basis: 示例",
        phrases="- {name: 四个示例, parts: [甲, 乙, 丙, 丁]}",
        hosts="- {host: Example.ORG, owner: 办公室}",
        waivers="- {path: news/a.md, rule: terms, name: 某甲, reason: 引文, until: 2027-01-01}",
        synonyms="- [计生协, 计划生育协会]\n- 孤词\n- 三孩、三胎",
        hot_words="- 补贴\n- [补贴, 三孩]",
    )
    assert problems == []
    assert found.people[0].offices[0] == Office(
        title="会长", organisation="示例县计生协", since=date(2016, 5, 20), until=date(2020, 1, 1)
    )
    assert found.people[0].offices[1].title == "顾问"
    assert found.hosts == (Host(host="example.org", owner="办公室"),)
    assert found.terms[0].unless == ("旧称谓",)
    assert found.phrases[0].parts == ("甲", "乙", "丙", "丁")
    assert found.waivers[0].path == "news/a.md"
    assert found.waivers[0].waiver.until == date(2027, 1, 1)
    assert found.synonyms == (("计生协", "计划生育协会"), ("三孩", "三胎"))
    assert found.hot_words == ("补贴", "三孩")
    assert found.sources[0].aliases == ("示例报",)


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        (
            "terms",
            "- text: 一\n  instead: 二\n- txt: 三\n  instead: 四",
            "_registers/terms.yaml:3: terms 里未知的栏位 'txt'",
        ),
        ("terms", "- {text: 一, instead: 二, since: 昨天}", "_registers/terms.yaml:1: since"),
        (
            "people",
            "- name: 某甲\n  offices:\n    - since: 2016-01-01",
            "_registers/people.yaml:3: offices 第 1 项缺少 title",
        ),
        ("hosts", "example.org", "_registers/hosts.yaml:1: 登记表应是一个列表"),
        ("hosts", "- host: example.org", "_registers/hosts.yaml:1: hosts 里缺少 owner"),
        ("sources", "- {name: 某报, url: example}", "_registers/sources.yaml:1: url"),
        ("synonyms", "- {a: b}", "_registers/synonyms.yaml:1: 每一项应是几个词"),
        ("phrases", "- name: a\n\tparts: b", "_registers/phrases.yaml:2: 缩进用了制表符"),
        ("hot_word", "- a", "_registers/hot_word.yaml:1: 不认识的登记表"),
    ],
)
def test_mistakes(name: str, text: str, told: str, tmp_path: Path) -> None:
    _, problems = registers(tmp_path, **{name: text})
    assert any(problem.startswith(told) for problem in problems), problems


def test_a_link_is_no_register(tmp_path: Path) -> None:
    (tmp_path / "_registers").mkdir()
    (tmp_path / "_registers" / "terms.yaml").symlink_to("/etc/hostname")
    assert [problem.path for problem in read_registers(tmp_path)[1]] == ["_registers/terms.yaml"]


def test_both_ends_of_a_period_belong_to_it() -> None:
    first, last = date(2013, 3, 14), date(2018, 3, 21)
    days = (date(2013, 3, 13), first, last, date(2018, 3, 22))
    assert [is_current(first, last, day) for day in days] == [False, True, True, False]
