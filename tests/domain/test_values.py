"""Dates, paths and texts of the domain, as tables and laws."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.domain.dates import CHINA, chinese_minute, iso_minute, parse_moment
from plugins.domain.paths import is_slug, output_path, resolve
from plugins.domain.problems import Level, Problem, in_order, is_blocked
from plugins.domain.settings import settings_from
from plugins.domain.text import cut, fold_address


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("2024-09-12", "2024-09-12T00:00:00+08:00"),
        ("2024-9-2 08:30", "2024-09-02T08:30:00+08:00"),
        ("2024/09/12 08:30:15", "2024-09-12T08:30:15+08:00"),
        ("2024年9月12日", "2024-09-12T00:00:00+08:00"),
        ("2024-09-12T01:00:00Z", "2024-09-12T09:00:00+08:00"),
        ("2024-09-12 08:30 +0900", "2024-09-12T07:30:00+08:00"),
        ("2024-02-30", None),
        ("2024-13-01", None),
        ("2024-01-01 25:00", None),
        ("0000-01-01", None),
        ("9999-12-31 23:59 -1200", None),
        ("昨天", None),
        ("20240912", None),
    ],
)
def test_moments(written: str, iso: str | None) -> None:
    moment = parse_moment(written)
    assert (moment.isoformat() if moment else None) == iso


@given(st.datetimes(min_value=datetime(1910, 1, 1), max_value=datetime(2100, 1, 1)))  # noqa: DTZ001 (hypothesis wants naive bounds)
def test_a_written_minute_reads_back(naive: datetime) -> None:
    moment = naive.replace(second=0, microsecond=0, tzinfo=CHINA)
    assert parse_moment(iso_minute(moment)) == moment
    assert parse_moment(iso_minute(moment.astimezone(timezone(timedelta(hours=-7))))) == moment


def test_midnight_shows_no_clock() -> None:
    assert chinese_minute(datetime(2024, 9, 2, tzinfo=CHINA)) == "2024年9月2日"


@given(st.text(alphabet="ab./%", max_size=20), st.sampled_from(["a.md", "news/a.md", "a/b/c.md"]))
def test_a_reference_never_leaves_the_root(reference: str, beside: str) -> None:
    found = resolve(reference, beside=beside)
    assert found is None or not any(part in {"..", "."} for part in found.split("/"))


@pytest.mark.parametrize(
    ("slug", "good"),
    [
        ("a-1", True),
        ("A", False),
        ("a--b", False),
        ("-a", False),
        ("con", False),
        ("a" * 81, False),
        ("", False),
        ("会", False),
    ],
)
def test_slugs(slug: str, good: bool) -> None:
    assert is_slug(slug) is good


@given(st.text(max_size=30))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold_address(fold_address(text)) == fold_address(text)


@given(st.text(max_size=60), st.integers(min_value=1, max_value=40))
def test_a_cut_text_is_short_enough(text: str, length: int) -> None:
    assert len(cut(text, length)) <= length


def test_output_paths() -> None:
    assert [output_path(url) for url in ("/", "/news/", "/404.html")] == ["index.html", "news/index.html", "404.html"]


def test_problems_are_shown_once_by_place() -> None:
    late, early = Problem(path="b.md", message="乙"), Problem(path="a.md", message="甲", line=3, level=Level.WARNING)
    assert in_order([late, early, late]) == (early, late)
    assert is_blocked([late]) and not is_blocked([early])
    assert str(early) == "a.md:3: 甲"


def test_settings_say_what_is_wrong() -> None:
    settings, problems = settings_from(
        {"SITENAME": "甲", "PAGE_SIZE": 0, "MOURNING_DAYS": [date(2026, 12, 13)]}, root=Path("/site")
    )
    assert settings.name == "甲" and settings.page_size == 20 and settings.output == Path("/site/output")
    assert [str(problem) for problem in problems] == [
        "pelicanconf.py:1: 设置 PAGE_SIZE 的值 0 不对（应为大于 0 的整数）"
    ]
