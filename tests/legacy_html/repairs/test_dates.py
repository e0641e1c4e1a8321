from __future__ import annotations

from datetime import date

import pytest

from plugins.legacy_html.repairs.dates import evidence, read, read_month


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2016年07月08日", date(2016, 7, 8)),
        ("二○一六年十二月三十一日", date(2016, 12, 31)),
        ("2016.7.8", date(2016, 7, 8)),
        ("2024-02-30", None),
        ("2016年7月", None),
        ("020-87028736", None),
    ],
)
def test_day(text: str, expected: date | None) -> None:
    assert read(text) == expected


def test_month() -> None:
    assert read_month("2016年7月") == "2016-07"
    assert read_month("2016年13月") == ""


def test_a_missing_date_stays_missing_but_its_traces_are_shown() -> None:
    (flag,) = evidence("党的二十届三中全会提出了要求。2023年，全县出生人口6100人。")
    assert flag.flag == "missing_date"
    assert "2024年7月" in flag.note
    assert "2023年" in flag.note
