"""Floors that only rise: damaged pages come back, sound ones are left alone, and nothing is lost on the way."""

from __future__ import annotations

from functools import lru_cache

import pytest

from plugins.legacy_html.document import LegacyDocument
from plugins.legacy_html.pipeline import clean
from tests.legacy_html.damage.corpus import WRITTEN
from tests.legacy_html.damage.generator import variant, web_variant
from tests.legacy_html.damage.gold import Gold
from tests.legacy_html.damage.grammar import generate
from tests.legacy_html.damage.scorer import accuracy, distance, fold, mean
from tests.legacy_html.damage.trial import Trial, of_variant

VARIANTS = range(150)
FOLDED_FLOOR = 0.9995
STRICT_FLOOR = 0.9995
LEAST_FLOOR = 0.98
WEB_VARIANTS = range(80)
WEB_FLOOR = 0.999


@lru_cache(maxsize=1)
def trials() -> tuple[Trial, ...]:
    return tuple(of_variant(variant(seed)) for seed in VARIANTS)


def test_characters_come_back() -> None:
    scores = [trial.score for trial in trials()]
    assert mean([score.folded for score in scores]) >= FOLDED_FLOOR
    assert mean([score.strict for score in scores]) >= STRICT_FLOOR
    assert min(score.strict for score in scores) >= LEAST_FLOOR


def test_what_a_page_states_comes_back() -> None:
    assert {seed: trial.score.wrong for seed, trial in enumerate(trials()) if trial.score.wrong} == {}


def test_every_source_can_be_rebuilt() -> None:
    assert [seed for seed, trial in enumerate(trials()) if not trial.is_undone] == []


def test_every_kind_of_damage_is_tried() -> None:
    kinds = {kind.partition("-")[0] for seed in VARIANTS for kind in variant(seed).kinds}
    assert kinds >= {
        "rewritten", "injected", "pieces", "split", "split_by_figure", "lost_picture", "bold", "banner", "teaser", "neighbours", "share", "footer",
        "markdown_title", "two_line_title", "conjunctions", "narrow", "spaces", "traditional", "readings", "big5", "gb18030",
    }  # fmt: skip


@lru_cache(maxsize=1)
def web_trials() -> tuple[Trial, ...]:
    return tuple(of_variant(web_variant(seed)) for seed in WEB_VARIANTS)


def test_web_pages_come_back() -> None:
    assert mean([trial.score.strict for trial in web_trials()]) >= WEB_FLOOR
    assert {seed: trial.score.wrong for seed, trial in enumerate(web_trials()) if trial.score.wrong} == {}
    assert all(trial.is_undone for trial in web_trials())


SOUND = (*WRITTEN, *(generate(seed) for seed in range(2000, 2040)))


@pytest.mark.parametrize("gold", SOUND, ids=lambda gold: gold.name)
def test_sound_text_is_not_damaged(gold: Gold) -> None:
    lines = [
        gold.title,
        *(line for part in gold.parts for line in ((part.file, part.text) if part.file else (part.text,))),
    ]
    document = clean(LegacyDocument(source="sound.txt", raw="\n".join(lines).encode()))
    assert document.text == gold.text
    assert document.metadata.title == gold.title
    assert document.quarantine == ()
    # of the text's own characters nothing is touched: what is taken out are the title and the names of pictures' files
    assert {change.rule for change in document.changes if change.field == "text"} <= {
        "caption",
        "## heading",
        "### heading",
    }


def test_a_variant_is_the_same_every_time() -> None:
    assert variant(7) == variant(7)


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [("", "", 0), ("abc", "", 3), ("计生协会", "计划生育协会", 2), ("abcd", "acbd", 2), ("同", "同", 0)],
)
def test_distance(first: str, second: str, expected: int) -> None:
    assert distance(first, second) == distance(second, first) == expected


def test_folding_makes_widths_equal_and_nothing_else() -> None:
    assert fold("（一） 你好，") == fold("(一)你好,")
    assert accuracy("计划", "计算") == 0.5
