"""The passage of a document that answers best: whole sentences from the first on, the words of the query marked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import numpy as np

from plugins.search.answer import Marked
from plugins.search.postings import TOP, folding

LENGTH = 90  # characters of a passage
ENDS = "。！？；!?;\n"
PIECE = re.compile(f"[^{ENDS}]*[{ENDS}”’）」』]*")


def plain(text: str) -> str:
    """Return ``text`` folded one character for one, so that places stay what they are."""
    same, _ = folding()
    codes = np.frombuffer(text.encode("utf-32-le", "replace"), dtype=np.uint32)
    return same[np.minimum(codes, TOP - 1)].tobytes().decode("utf-32-le")


def needles(words: Sequence[str]) -> tuple[str, ...]:
    """Return what to mark, long ones first: the words, and their pairs for where a word does not stand whole."""
    pairs = {word[at : at + 2] for word in words for at in range(len(word) - 1)}
    return tuple(sorted({*words, *pairs}, key=lambda needle: (-len(needle), needle)))


def places(text: str, wanted: Iterable[str]) -> list[tuple[int, int]]:
    """Return where ``wanted`` stand in folded ``text``, joined where they touch."""
    covered = [False] * len(text)
    for needle in wanted:
        at = text.find(needle)
        while at >= 0:
            covered[at : at + len(needle)] = [True] * len(needle)
            at = text.find(needle, at + 1)
    spans, start = [], -1
    for at, inside in enumerate((*covered, False)):
        if inside and start < 0:
            start = at
        elif not inside and start >= 0:
            spans.append((start, at))
            start = -1
    return spans


def mark(text: str, words: Sequence[str]) -> Marked:
    """Return ``text`` in pieces; what matches one of ``words`` is marked."""
    folded = plain(text)
    whole = [word for word in words if word in folded]
    spans = places(folded, (*whole, *needles([word for word in words if word not in folded])))
    made, last = [], 0
    for start, end in spans:
        if start > last:
            made.append((text[last:start], False))
        made.append((text[start:end], True))
        last = end
    if last < len(text):
        made.append((text[last:], False))
    return tuple(made)


def holds_all(text: str, words: Sequence[str]) -> bool:
    """Return whether every one of ``words`` stands in ``text``: then its passage is looked for nowhere else."""
    folded = plain(text)
    return all(word in folded for word in words)


def holds_any(text: str, words: Sequence[str]) -> bool:
    """Return whether a word or a pair of one stands in ``text``: enough to show where the wording stands nowhere."""
    folded = plain(text)
    return any(needle in folded for needle in needles(words))


def sentences(text: str) -> list[tuple[int, int]]:
    """Return the beginnings and ends of the sentences of ``text``."""
    return [match.span() for match in PIECE.finditer(text) if match.group().strip()]


def worth(folded: str, words: Sequence[str]) -> int:
    """Return how well a sentence answers: whole words count by their length, squared; else their pairs by one."""
    made = 0
    for word in words:
        if word in folded:
            made += len(word) * len(word) * 4
        else:
            made += sum(1 for at in range(len(word) - 1) if word[at : at + 2] in folded)
    return made


def passage(text: str, words: Sequence[str]) -> Marked:
    """Return the best passage of ``text``: it begins at a sentence and ends after some 90 characters."""
    spans = sentences(text)
    if not spans:
        return ()
    folded = plain(text)
    values = [worth(folded[start:end], words) for start, end in spans]
    best = max(range(len(spans)), key=lambda at: (values[at], -at))
    start, end = spans[best]
    after = best + 1
    while end - start < LENGTH and after < len(spans):
        end = spans[after][1]
        after += 1
    shown = text[start:end].strip()
    return shorten(mark(" ".join(shown.split()), words), LENGTH * 2)


def shorten(pieces: Marked, most: int) -> Marked:
    """Return ``pieces`` cut after ``most`` characters; an early mark is kept in sight by cutting before it instead."""
    first = 0
    for text, marked in pieces:
        if marked:
            break
        first += len(text)
    skip = max(0, first - most // 2) if first > most * 3 // 4 else 0
    made: list[tuple[str, bool]] = [("…", False)] if skip else []
    at, left = 0, most
    for text, marked in pieces:
        part = text[max(0, skip - at) :][:left]
        at += len(text)
        left -= len(part)
        if part:
            made.append((part, marked))
        if left <= 0:
            made.append(("…", False))
            break
    return tuple(made)
