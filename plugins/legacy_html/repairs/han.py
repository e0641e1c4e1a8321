"""What is Chinese in a text: characters, marks, ends of sentences."""

from __future__ import annotations

import re

from plugins.domain.text import HAN

MARKS = "。，、；：？！…—·《》〈〉「」『』【】〔〕（）"  # full width, so Chinese wherever they stand
CLOSERS = "”’》〉」』】〕）"
OPENERS = "“‘《〈「『【〔（"
ENDS = "。！？!?…"

IS_HAN = re.compile(f"[{HAN}]")
LATIN = re.compile(r"[A-Za-z]")
ENDS_SENTENCE = re.compile(f"[{ENDS}][”’」』）)》\"']*$|[.;；：:]$")


def is_han(char: str) -> bool:
    """Whether ``char`` (one character or none) is a Chinese one."""
    return bool(IS_HAN.match(char))


def han_count(text: str) -> int:
    """How many Chinese characters ``text`` holds."""
    return len(IS_HAN.findall(text))


def is_chinese(text: str) -> bool:
    """Whether Chinese characters outnumber Latin letters in ``text``."""
    return han_count(text) > len(LATIN.findall(text)) / 2 and bool(IS_HAN.search(text))


def ends_sentence(text: str) -> bool:
    """Whether ``text`` ends as a sentence, or a clause that a list follows, ends."""
    return bool(ENDS_SENTENCE.search(text[-12:].rstrip()))
