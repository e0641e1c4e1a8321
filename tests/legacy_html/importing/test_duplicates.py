"""Copies are found, and what only looks alike is not."""

from __future__ import annotations

import random

import pytest

from plugins.legacy_html.importing.duplicates import best, clusters, sketch_of
from plugins.legacy_html.importing.record import Sketch

CHARACTERS = (
    "计生协会员家庭健康服务群众基层组织工作开展活动宣传教育项目困难慰问志愿者培训社区乡镇村级阵地制度建设改革优生优育"
)


def text(seed: int, length: int = 1200) -> str:
    chosen = random.Random(seed)
    return "".join(chosen.choice(CHARACTERS) + ("，" if at % 17 == 16 else "") for at in range(length))


def sketch(words: str, is_dated: bool = False, is_sourced: bool = False) -> Sketch:
    return sketch_of(words, is_dated=is_dated, is_sourced=is_sourced)


WHOLE = text(1)
ALIKE = [
    ("the very same", WHOLE),
    ("other punctuation and spaces", WHOLE.replace("，", " , ")),
    ("cut after two thirds", WHOLE[:850]),
    ("a sentence more", WHOLE + text(9, 60)),
    ("two words changed", WHOLE[:400] + "变化" + WHOLE[402:900] + "改动" + WHOLE[902:]),
]
DIFFERENT = [
    ("another text", text(2)),
    ("half of it new", WHOLE[:600] + text(3, 600)),
    ("a quotation", WHOLE[:300]),
    ("nothing", ""),
]


@pytest.mark.parametrize(("name", "other"), ALIKE, ids=[name for name, _ in ALIKE])
def test_copies(name: str, other: str) -> None:
    assert clusters({"a": sketch(WHOLE), "b": sketch(other), "c": sketch(text(7))}) == (("a", "b"),)


@pytest.mark.parametrize(("name", "other"), DIFFERENT, ids=[name for name, _ in DIFFERENT])
def test_not_copies(name: str, other: str) -> None:
    assert clusters({"a": sketch(WHOLE), "b": sketch(other)}) == ()


def test_notices_of_one_mould_are_not_copies() -> None:
    years = {str(year): sketch(f"{WHOLE}{year}年{year % 12 + 1}月{year % 28 + 1}日") for year in range(2010, 2016)}
    assert clusters(years) == ()


def test_short_texts_count_when_they_are_the_same() -> None:
    assert clusters(
        {"a": sketch(text(4, 80)), "b": sketch(text(4, 80)), "c": sketch("图片新闻"), "d": sketch("图片新闻")}
    ) == (("a", "b"),)


def test_the_order_does_not_matter() -> None:
    sketches = {f"{at:02}": sketch(text(at % 7)) for at in range(28)}
    shuffled = list(sketches)
    random.Random(5).shuffle(shuffled)
    assert clusters({id: sketches[id] for id in shuffled}) == clusters(sketches)
    assert [len(group) for group in clusters(sketches)] == [4] * 7


@pytest.mark.parametrize(
    ("sketches", "faults", "chosen"),
    [
        ([sketch(WHOLE), sketch(WHOLE)], [(True, 0), (False, 9)], "b"),
        ([sketch(WHOLE[:850], True, True), sketch(WHOLE)], [(False, 0), (False, 3)], "b"),
        ([sketch(WHOLE, False, True), sketch(WHOLE, True)], [(False, 0), (False, 1)], "b"),
        ([sketch(WHOLE, True), sketch(WHOLE, True, True)], [(False, 0), (False, 1)], "b"),
        ([sketch(WHOLE, True, True), sketch(WHOLE, True, True)], [(False, 2), (False, 1)], "b"),
        ([sketch(WHOLE), sketch(WHOLE)], [(False, 0), (False, 0)], "a"),
    ],
    ids=["quarantined", "cut", "dated", "sourced", "flags", "none better"],
)
def test_the_best_copy(sketches: list[Sketch], faults: list[tuple[bool, int]], chosen: str) -> None:
    assert best("ab", dict(zip("ab", sketches, strict=True)), dict(zip("ab", faults, strict=True))) == chosen
