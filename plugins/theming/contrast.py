"""Contrasts of the theme's colour tokens, computed from the CSS in every look."""

from __future__ import annotations

import re
from pathlib import Path

_LOOKS = {"light": "", "dark": ':root[data-look="dark"]', "contrast": ':root[data-look="contrast"]'}
TEXT = (
    ("ink", "bg"), ("ink", "soft"), ("ink", "warn"), ("ink", "mark"), ("ink", "field"), ("muted", "bg"), ("muted", "soft"),
    ("link", "bg"), ("visited", "bg"), ("accent", "bg"), ("on-brand", "brand"),
)  # fmt: skip
CONTROLS = (("ctl", "bg"), ("ctl", "soft"), ("accent", "bg"))
FOCUS = ("#111111", "#ffd54a")  # the two colours of the ring


def colours(css: str, selector: str) -> dict[str, str]:
    """Return the colour tokens that the block of ``selector`` sets."""
    block = css.split(f"{selector} {{", 1)[1].split("}", 1)[0]
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6});", block))


def looks(tokens: Path) -> dict[str, dict[str, str]]:
    """Return the colours of every look by its name, read from ``tokens.css``."""
    css = tokens.read_text("utf-8")
    light = colours(css, ":root")
    return {name: light | (colours(css, selector) if selector else {}) for name, selector in _LOOKS.items()}


def luminance(colour: str) -> float:
    """Return the relative luminance that WCAG defines, 0 to 1."""
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


def lowest(look: dict[str, str], pairs: tuple[tuple[str, str], ...]) -> float:
    """Return the lowest contrast of the token ``pairs`` in one look."""
    return min(contrast(look[ink], look[ground]) for ink, ground in pairs)
