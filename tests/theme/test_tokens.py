"""Contrasts are computed from the colour tokens, in every look."""

from __future__ import annotations

from pathlib import Path

import pytest

from plugins.theming.contrast import CONTROLS, FOCUS, TEXT, colours, contrast, looks

TOKENS = Path(__file__).parents[2] / "theme" / "static" / "css" / "tokens.css"
LOOKS = looks(TOKENS)


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize(("ink", "ground"), TEXT)
def test_text_has_seven_to_one(look: str, ink: str, ground: str) -> None:
    assert contrast(LOOKS[look][ink], LOOKS[look][ground]) >= 7


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize(
    ("ink", "ground"), [("link", "soft"), ("link", "warn"), ("visited", "soft"), ("accent", "soft")]
)
def test_links_on_fields_have_enough(look: str, ink: str, ground: str) -> None:
    assert contrast(LOOKS[look][ink], LOOKS[look][ground]) >= 6


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize(("ink", "ground"), CONTROLS)
def test_controls_have_three_to_one(look: str, ink: str, ground: str) -> None:
    assert contrast(LOOKS[look][ink], LOOKS[look][ground]) >= 3


def test_the_focus_ring_shows_on_every_ground() -> None:
    assert contrast(*FOCUS) >= 3
    for look in LOOKS.values():
        assert max(contrast(ring, look["bg"]) for ring in FOCUS) >= 3


def test_the_system_dark_is_the_chosen_dark() -> None:
    css = TOKENS.read_text("utf-8")
    assert colours(css, ":root:not([data-look])") == colours(css, ':root[data-look="dark"]')


@pytest.mark.parametrize(
    ("one", "other", "ratio"), [("#000", "#fff", 21), ("#777777", "#fff", 4.48), ("#0b57a4", "#fff", 7.2)]
)
def test_the_formula_is_that_of_wcag(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == pytest.approx(ratio, abs=0.05)
