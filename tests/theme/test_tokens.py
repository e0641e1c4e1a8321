"""Contrasts are computed from the colour tokens, in every look."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

CSS = (Path(__file__).parents[2] / "theme" / "static" / "css" / "tokens.css").read_text("utf-8")
NAMED = {"#00e": "#0000ee"}


def colours(selector: str) -> dict[str, str]:
    """Return the colour tokens that the block of ``selector`` sets."""
    block = CSS.split(selector + " {", 1)[1].split("}", 1)[0]
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6});", block))


LIGHT = colours(":root")
DARK = LIGHT | colours(':root[data-look="dark"]')
LOOKS = {"light": LIGHT, "dark": DARK, "contrast": LIGHT | colours(':root[data-look="contrast"]')}


def luminance(colour: str) -> float:
    """Return the relative luminance that WCAG defines."""
    digits = colour.lstrip("#")
    full = digits if len(digits) == 6 else "".join(digit * 2 for digit in digits)
    channels = [int(full[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours.

    >>> round(contrast("#fff", "#000"))
    21
    """
    bright, dim = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


TEXT = [("ink", "bg"), ("ink", "soft"), ("ink", "warn"), ("ink", "mark"), ("ink", "field"), ("muted", "bg"), ("muted", "soft"),
        ("link", "bg"), ("visited", "bg"), ("accent", "bg"), ("on-brand", "brand")]  # fmt: skip
BORDERS = [("ctl", "bg"), ("ctl", "soft"), ("accent", "bg")]


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
@pytest.mark.parametrize(("ink", "ground"), BORDERS)
def test_controls_have_three_to_one(look: str, ink: str, ground: str) -> None:
    assert contrast(LOOKS[look][ink], LOOKS[look][ground]) >= 3


def test_the_focus_ring_shows_on_every_ground() -> None:
    assert contrast("#111", "#ffd54a") >= 3
    for look in LOOKS.values():
        assert max(contrast(ring, look["bg"]) for ring in ("#111", "#ffd54a")) >= 3


def test_the_system_dark_is_the_chosen_dark() -> None:
    assert colours(":root:not([data-look])") == colours(':root[data-look="dark"]')
