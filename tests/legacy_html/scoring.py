"""Scores of a recovered page against gold."""

from __future__ import annotations

import re
from collections import Counter

_BLANK = re.compile(r"\s+")
_WIDTH = str.maketrans("，：；？！（）", ",:;?!()")


def grams(text: str, size: int = 4) -> Counter[str]:
    """Character n-grams of ``text``, white space and the width of marks aside."""
    folded = _BLANK.sub("", text).translate(_WIDTH)
    if len(folded) < size:
        return Counter([folded] if folded else [])
    return Counter(folded[at : at + size] for at in range(len(folded) - size + 1))


def f1(text: str, gold: str) -> float:
    """The harmonic mean of precision and recall over character 4-grams; 1 for two empty texts."""
    found, wanted = grams(text), grams(gold)
    common = sum((found & wanted).values())
    total = sum(found.values()) + sum(wanted.values())
    return 2 * common / total if total else 1.0
