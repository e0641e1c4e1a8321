"""Saved queries."""

from __future__ import annotations

from datetime import date

import pytest

from plugins.domain.content import CollectionDetails
from plugins.navigation.catalogue import catalogue
from plugins.navigation.queries import answer
from plugins.navigation.tree import build_tree


@pytest.fixture(scope="module")
def known(item, section, now):
    items = [
        section(),
        section("a", "甲"),
        section("a/b", "乙"),
        section("ab", "丙"),
        item("a/1.md", "北京", date="2024-01-01", tags=("x",), people=("示例人",)),
        item("a/b/2.md", "安徽", date="2024-02-01 23:59", tags=("x", "y"), type="notice", programs=("示例项目",)),
        item("ab/3.md", "重庆", date="2024-03-01", tags=("y",), people=("另一人",)),
        item("ab/4.md", "过期", date="2024-04-01", expires="2024-05-01", tags=("x",)),
        item("ab/5.md", "没有日期", tags=("z",)),
        item("ab/q.md", "查询", type="collection", date="2024-05-01", tags=("x",), details=CollectionDetails()),
    ]
    return catalogue(build_tree(items, now=now)[0], now=now)


ANSWERS = [
    ({}, ["重庆", "安徽", "北京", "没有日期"]),
    ({"types": ("notice",)}, ["安徽"]),
    ({"section": "a"}, ["安徽", "北京"]),
    ({"section": "a/b/"}, ["安徽"]),
    ({"any_tags": ("x",)}, ["安徽", "北京"]),
    ({"any_tags": ("x", "z")}, ["安徽", "北京", "没有日期"]),
    ({"any_tags": ("nothing",)}, []),
    ({"people": ("示例人",)}, ["北京"]),
    ({"people": ("示例人", "另一人")}, ["重庆", "北京"]),
    ({"programs": ("示例项目",)}, ["安徽"]),
    ({"any_tags": ("x",), "people": ("另一人",)}, []),
    ({"since": date(2024, 2, 1)}, ["重庆", "安徽"]),
    ({"until": date(2024, 2, 1)}, ["安徽", "北京"]),  # the last minute of the day counts
    ({"order": "oldest", "since": date(2024, 1, 1)}, ["北京", "安徽", "重庆"]),
    ({"order": "title"}, ["安徽", "北京", "重庆", "没有日期"]),  # ān, běi, chóng, méi
    ({"limit": 2}, ["重庆", "安徽"]),
    ({"order": "oldest", "limit": 1, "any_tags": ("y",)}, ["安徽"]),
]


@pytest.mark.parametrize(("query", "titles"), ANSWERS, ids=[str(row[0]) for row in ANSWERS])
def test_the_answer_to_a_query(known, query, titles):
    assert [item.title for item in answer(CollectionDetails(**query), known)] == titles
