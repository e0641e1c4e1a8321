"""A document library cut the text every few hundred characters and numbered the pieces: put them together again."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from statistics import median

from plugins.legacy_html.repairs.edits import Edit, Repaired, repaired
from plugins.legacy_html.repairs.han import IS_HAN
from plugins.legacy_html.repairs.markers import FIRST, NUMERAL, SECOND, is_block_start, is_numbered_heading

LEAST_PIECES = 3
LEAST_LENGTH = 30
SPREAD = 0.15  # pieces this much shorter or longer than the median are none of a cutter's
_MARKER = re.compile(r"(?:(?<=\n)|^|(?<=[^\d.]))[ \u00a0\u3000]{0,4}(\d{1,3})(、|[.．](?!\d)) ?")
_SENTENCE_END = re.compile(r"[。！？!?；;][”’」』）)]?\s*$")
_LONG = 400
_BREAKABLE = re.compile("(?<=\\S)[ \u00a0\u3000]+(?=\\S)")
_TITLE = 45
_ENDED = re.compile(r"[。！？!?][”’」』）)]?$")


def rejoin(text: str) -> Repaired:
    """Take out the numbers of pieces and the breaks before them.

    The proof: numbers that run 1…n at uniform distances, and at least half of the cuts inside a sentence. A list has
    neither.
    """
    marks = _piece_marks(text)
    edits = [
        Edit(start=start, end=end, before=text[start:end], after=_break(text, start, end), rule="piece_marker")
        for start, end in marks
    ]
    return repaired(text, edits)


def _piece_marks(text: str) -> Sequence[tuple[int, int]]:
    """The spans of the markers, each with the line break before it; nothing without proof."""
    at_line, anywhere = dict[int, list[tuple[int, int]]](), dict[int, list[tuple[int, int]]]()
    for match in _MARKER.finditer(text):
        number = int(match[1])
        anywhere.setdefault(number, []).append(match.span())
        if match.start() == 0 or text[match.start() - 1] == "\n":
            at_line.setdefault(number, []).append(match.span())
    chains = [_chain(places, first, len(text)) for places in (at_line, anywhere) for first in places.get(1, ())]
    proven = [chain for chain in chains if _is_uniform(text, chain)]
    best = max(proven, key=len, default=[])
    return [(_with_break(text, start), end) if index else (start, end) for index, (start, end) in enumerate(best)]


def _chain(places: dict[int, list[tuple[int, int]]], first: tuple[int, int], length: int) -> list[tuple[int, int]]:
    """Follow 1, 2, 3 … as long as the next number stands about as far away as the second did from the first."""
    chain, step = [first], 0
    while following := places.get(len(chain) + 1):
        later = [span for span in following if span[0] > chain[-1][1]]
        if step:
            later = [span for span in later if abs(span[0] - chain[-1][1] - step) <= SPREAD * step + 4]
        if not later:
            break
        nearest = min(later, key=lambda span: abs(span[0] - chain[-1][1] - step)) if step else later[0]
        step = step or nearest[0] - chain[-1][1]
        chain.append(nearest)
    return chain


def _is_uniform(text: str, chain: list[tuple[int, int]]) -> bool:
    if len(chain) < LEAST_PIECES:
        return False
    lengths = [after[0] - before[1] for before, after in itertools.pairwise(chain)]
    middle = median(lengths)
    if middle < LEAST_LENGTH or any(abs(length - middle) > SPREAD * middle for length in lengths):
        return False
    if len(text) - chain[-1][1] > (2 + SPREAD) * middle:  # something follows that nobody cut
        return False
    inside = sum(not _SENTENCE_END.search(text[max(0, start - 4) : start].rstrip()) for start, _ in chain[1:])
    return inside * 2 >= len(lengths) and (len(chain) > LEAST_PIECES or inside == len(lengths))


def _break(text: str, start: int, end: int) -> str:
    """A line break where the cut fell between a sentence or a heading and a numbered block, else nothing."""
    before = text[max(0, start - 3) : start]
    if is_numbered_heading(text[end : end + 12]) and IS_HAN.match(before[-1:] or " "):
        return "\n"
    return "\n" if _ENDED.search(before) and is_block_start(text[end : end + 12]) else ""


def _with_break(text: str, start: int) -> int:
    while start and text[start - 1] in "\n \u00a0\u3000":
        start -= 1
    return start


def resplit(text: str) -> Repaired:
    """Break run-together lines at the spaces that were paragraph breaks.

    A long line with at least two sentences that a space follows is such a one; it is broken behind these, behind a
    heading or title, and before a heading. Other spaces stay.
    """
    edits, start = list[Edit](), 0
    for line in text.split("\n"):
        if len(line) >= _LONG and len(re.findall(r"[。！？!?][”’）)]?[ \u00a0\u3000]+\S", line)) >= 2:
            edits.extend(_breaks(line, start))
        start += len(line) + 1
    return repaired(text, edits)


def _breaks(line: str, offset: int) -> list[Edit]:
    edits, begun, heading_area = list[Edit](), 0, True
    for match in _BREAKABLE.finditer(line):
        segment, rest = line[begun : match.start()], line[match.end() :]
        if not (_ENDED.search(segment) or _begins_head(segment, rest) or _is_head(segment, rest, heading_area)):
            continue
        heading_area = heading_area and len(segment) <= _TITLE
        begun = match.end()
        edits.append(
            Edit(
                start=offset + match.start(), end=offset + match.end(), before=match[0], after="\n", rule="run_together"
            )
        )
    return edits


def _is_head(segment: str, rest: str, heading_area: bool) -> bool:
    """Whether ``segment`` is a heading with a number, or a title above the text; no bare number or Latin word."""
    words = SECOND.sub("", FIRST.sub("", segment, count=1), count=1)
    if len(segment) > _TITLE or re.search("[。；;]", segment) or not _is_between_han(segment, rest):
        return False
    if words != segment:
        return len(words) >= 2
    return heading_area and len(words) >= 4 and not re.search("[，,]", segment)


def _begins_head(segment: str, rest: str) -> bool:
    return bool((FIRST.match(rest) or SECOND.match(rest)) and not NUMERAL.fullmatch(segment))


def _is_between_han(segment: str, rest: str) -> bool:
    return bool(re.match("[^\x00-\x7f]", segment[-1]) and re.match("[^\x00-\x7f]|[(“]|20\\d\\d年", rest))
