"""What a repair hands back: the new text, the splices that made it, and what a person should look at."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from plugins.legacy_html.document import Edit, Flag

__all__ = ["Edit", "Flag", "Repaired", "apply", "line_spans", "outside", "repaired", "substitute"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Repaired:
    """A mended text. ``edits`` ascend, do not overlap, and turn the text the repair was given into ``text``."""

    text: str
    edits: tuple[Edit, ...] = ()
    flags: tuple[Flag, ...] = ()


def apply(text: str, edits: Iterable[Edit]) -> str:
    """Return ``text`` after ``edits``. ValueError where an edit does not fit.

    >>> apply("计(jì)生", [Edit(start=1, end=5, before="(jì)", after="", rule="pinyin")])
    '计生'
    """
    pieces, last = list[str](), 0
    for one in edits:
        if one.start < last or text[one.start : one.end] != one.before:
            raise ValueError(f"the text at {one.start} is not {one.before!r}")
        pieces += (text[last : one.start], one.after)
        last = one.end
    return "".join(pieces) + text[last:]


def repaired(text: str, edits: Iterable[Edit], flags: Iterable[Flag] = ()) -> Repaired:
    """Return what ``edits`` make of ``text``, in the order of their places."""
    ordered = tuple(sorted(edits, key=lambda one: (one.start, one.end)))
    return Repaired(text=apply(text, ordered), edits=ordered, flags=tuple(flags))


def substitute(
    text: str, pattern: re.Pattern[str], replace: Callable[[re.Match[str]], str | None], rule: str
) -> list[Edit]:
    """Return an edit for each match that ``replace`` gives another text; None leaves the match as it stands."""
    return [
        Edit(start=match.start(), end=match.end(), before=match[0], after=after, rule=rule)
        for match in pattern.finditer(text)
        if (after := replace(match)) is not None and after != match[0]
    ]


def outside(found: Repaired, text: str, spans: Iterable[tuple[int, int]]) -> Repaired:
    """Return ``found`` (made from ``text``) without its edits that touch ``spans``: code, for one."""
    closed = tuple(spans)
    kept = [one for one in found.edits if not any(one.start < end and one.end > start for start, end in closed)]
    return found if len(kept) == len(found.edits) else repaired(text, kept, found.flags)


def line_spans(lines: Sequence[str]) -> tuple[tuple[int, int], ...]:
    r"""Return where each line lies in ``"\n".join(lines)``."""
    spans, position = list[tuple[int, int]](), 0
    for line in lines:
        spans.append((position, position + len(line)))
        position += len(line) + 1
    return tuple(spans)
