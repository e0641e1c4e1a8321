"""A record as one text with its changes in place: what stood in the source, what stands in the result."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from plugins.legacy_html.document import Change, Removed
from plugins.legacy_html.importing.record import Record, undone

MOST = 5000  # changes of one page that are shown one by one
Standing = Literal["same", "gone", "new"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A run of text that is in both, in the source only (``gone``) or in the result only (``new``), and why."""

    standing: Standing
    text: str
    rule: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What belongs side by side: a line of the source with what became of it."""

    source: tuple[Piece, ...]
    result: tuple[Piece, ...]


def aligned(record: Record) -> tuple[Piece, ...]:
    """The source's text and the result as one sequence. ValueError where the record does not fit its text.

    The pieces that are not ``new`` are the source, those that are not ``gone`` the result; text that one stage brought
    and a later one took away is in neither.
    """
    source = undone(record)
    if record.extracted or len(record.changes) > MOST:  # the changes do not lead there, or nobody would read them
        return (Piece(standing="gone", text=source), Piece(standing="new", text=record.text))
    pieces = [Piece(standing="same", text=source)] if source else []
    for splice in _splices(record):
        pieces = _spliced(pieces, *splice)
    return tuple(_merged(pieces))


def _splices(record: Record) -> Iterator[tuple[int, str, str, str]]:
    """Every splice of the text in its order: place, what went, what came, under which rule."""
    entries: list[Change | Removed] = [*(one for one in record.changes if one.field == "text"), *record.removed]
    for one in sorted(entries, key=lambda entry: entry.step):
        if isinstance(one, Removed):
            yield one.place, one.text, "", f"{one.stage}: {one.rule}"
        elif one.before or one.after:
            yield one.place, one.before, one.after, f"{one.stage}: {one.rule}"


def _spliced(pieces: list[Piece], place: int, before: str, after: str, rule: str) -> list[Piece]:
    """``pieces`` after one splice, which counts in the text without what is gone."""
    left, rest = _split(pieces, place)
    middle, right = _split(rest, len(before))
    gone = [replace(one, standing="gone", rule=rule) if one.standing == "same" else one for one in middle]
    new = [Piece(standing="new", text=after, rule=rule)] if after else []
    return [*left, *(one for one in gone if one.standing == "gone"), *new, *right]


def _split(pieces: Sequence[Piece], count: int) -> tuple[list[Piece], list[Piece]]:
    """``pieces`` in two, the first part with ``count`` characters that are not gone."""
    for number, piece in enumerate(pieces):
        length = 0 if piece.standing == "gone" else len(piece.text)
        if length > count:
            head, tail = replace(piece, text=piece.text[:count]), replace(piece, text=piece.text[count:])
            return [*pieces[:number], *([head] if count else [])], [tail, *pieces[number + 1 :]]
        count -= length
    return list(pieces), []


def _merged(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Neighbours of one kind as one piece."""
    last: Piece | None = None
    for piece in pieces:
        if last is not None and (last.standing, last.rule) == (piece.standing, piece.rule):
            last = Piece(standing=last.standing, text=last.text + piece.text, rule=last.rule)
            continue
        if last is not None:
            yield last
        last = piece
    if last is not None:
        yield last


def side_by_side(pieces: Iterable[Piece]) -> tuple[Line, ...]:
    """The pieces line by line: a row ends where source and result both end a line."""
    lines, source, result = list[Line](), list[Piece](), list[Piece]()
    for piece in pieces:
        parts = piece.text.split("\n") if piece.standing == "same" else [piece.text]
        for number, part in enumerate(parts):
            if number:
                lines.append(Line(source=tuple(source), result=tuple(result)))
                source, result = [], []
            if not part:
                continue
            one = Piece(standing=piece.standing, text=part, rule=piece.rule)
            if piece.standing != "new":
                source.append(one)
            if piece.standing != "gone":
                result.append(one)
    if source or result:
        lines.append(Line(source=tuple(source), result=tuple(result)))
    return tuple(lines)
