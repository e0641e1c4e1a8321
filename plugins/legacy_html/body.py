"""Which blocks of a page are its article."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from plugins.legacy_html.density import ATTACHMENT, BoxSum, Weight, inherited_priors, link_share, sum_boxes, weigh
from plugins.legacy_html.document import Block, Box
from plugins.legacy_html.repairs.lines import is_teaser
from plugins.legacy_html.roles import info_of, seen

_ENDINGS = frozenset({"neighbour", "related", "legal", "promotion", "disclaimer", "editor", "paging", "control"})
_HARD_ENDINGS = frozenset({"neighbour", "related", "legal"})
BEFORE_TITLE, AFTER_TITLE = 0.35, 1.6
ATTACHED = 8.0


def roles_of(
    blocks: Sequence[Block], boxes: Sequence[Box], title: int, repeated: Collection[str] = ()
) -> tuple[str, ...]:
    """One role a block: "article", "title", what furniture it is, or "outside"."""
    teasers = _teasers(blocks) | _cards(blocks)
    weights = [
        _in_place(weigh(block), block, index, title, repeated, teasers.get(index, ""))
        for index, block in enumerate(blocks)
    ]
    inherited = inherited_priors(boxes)
    sums = sum_boxes(blocks, boxes, _dimmed(weights, blocks, inherited))
    best = _best_box(boxes, sums, inherited, title)
    first, last = (sums[best].first, sums[best].last) if best >= 0 else (0, len(blocks) - 1)
    if title >= first:
        first = title + 1 if title < last else first
    # From here on a box is furniture beside the prose that was chosen: a column called "right" may hold it all.
    usual = _usual_prior(blocks, weights, inherited, first, last)
    inherited = [prior / usual for prior in inherited]
    first, last = _widened(blocks, weights, boxes, inherited, first, last, title)
    raw = sum_boxes(blocks, boxes, weights)
    first, last, taken = _trimmed(blocks, boxes, weights, raw, inherited, first, last)
    if first > last:
        first, last, taken = _anything(weights, title)
    inside = range(first, last + 1)
    named = (
        "title" if index == title else taken.get(index, "article") if index in inside else weight.role or "outside"
        for index, weight in enumerate(weights)
    )
    return tuple(named)


_CUT = re.compile(r"(?:\.{2,}|…+|\[?详[细情]\]?|\[?全文\]?)$")
_CARDS = 3  # linked titles with a blurb each that make a list
_TOP = 80  # blocks of a page among which a cut copy of the first paragraph may stand
_ABSTRACT = re.compile(r"^\s*[【\[]?(?:摘\s*要|内容提要|核心提示|导\s*读|简\s*介|提要|内容摘要)[】\]]?\s*[:：]?\s*")


def _teasers(blocks: Sequence[Block]) -> dict[int, str]:
    """Lines that only repeat how a later paragraph begins, cut off."""
    found = dict[int, str]()
    for index, block in enumerate(blocks):
        later = blocks[index + 1 : index + 12]
        if index < _TOP and any(is_teaser(block.text, other.text) for other in later):
            found[index] = "teaser"
        if block.text[-1:] not in "….]情细文":
            continue
        stem = _CUT.sub("", _ABSTRACT.sub("", block.text))
        is_cut = stem != block.text and len(stem) >= 12
        if is_cut and any(other.text.lstrip().startswith(stem) for other in later):
            found[index] = "teaser"
    return found


def _cards(blocks: Sequence[Block]) -> dict[int, str]:
    """The blurbs of a list of other pages: linked title, a few words, linked title, a few words, linked title …"""
    found, run = dict[int, str](), list[int]()
    linked = [link_share(block) > 0.8 and len(block.text) >= 4 for block in blocks]
    at = 0
    while at < len(blocks):
        if linked[at] and at + 1 < len(blocks) and not linked[at + 1] and 8 <= len(blocks[at + 1].text) <= 120:
            run.append(at + 1)
            at += 2
            continue
        if len(run) >= _CARDS:
            found |= dict.fromkeys(run, "teaser")
        run, at = [], at + 1
    return found | dict.fromkeys(run, "teaser") if len(run) >= _CARDS else found


def _in_place(weight: Weight, block: Block, index: int, title: int, repeated: Collection[str], teaser: str) -> Weight:
    """A weight seen from the title: prose is expected below it; what other pages of the site repeat is furniture."""
    if teaser or (repeated and block.text in repeated):
        return Weight(good=0.0, bad=4.0, role=teaser or "repeated", linked=weight.linked)
    if title < 0:
        return weight
    factor = BEFORE_TITLE if index < title else AFTER_TITLE
    good = 0.0 if index == title else weight.good * factor
    if block.marks and any(mark.kind == "link" and ATTACHMENT.search(mark.href) for mark in block.marks):
        good += ATTACHED
    return Weight(good=good, bad=weight.bad, role=weight.role, linked=weight.linked)


def _dimmed(weights: Sequence[Weight], blocks: Sequence[Block], inherited: Sequence[float]) -> list[Weight]:
    """Prose in boxes that say they are furniture counts less for the boxes around them."""
    return [
        weight._replace(good=weight.good * max(0.3, inherited[block.box]))
        if block.box >= 0 and inherited[block.box] < 1
        else weight
        for weight, block in zip(weights, blocks, strict=True)
    ]


def _best_box(boxes: Sequence[Box], sums: Sequence[BoxSum], inherited: Sequence[float], title: int) -> int:
    """The box whose content is most like an article: much prose, little else; of equals the innermost."""
    best, best_score = -1, 0.0
    for index, found in enumerate(sums):
        if found.good <= 0 or boxes[index].tag in ("p", "h1", "h2", "h3", "span"):
            continue
        purity = found.good / (found.good + found.bad)
        score = found.good * purity**1.5 * inherited[index]
        if title >= 0 and found.last < title:
            score *= 0.3
        parent = boxes[index].parent
        inner = parent >= 0 and best == parent and score >= best_score * 0.98
        if score > best_score or inner:
            best, best_score = index, max(score, best_score)
    return best


def _usual_prior(
    blocks: Sequence[Block], weights: Sequence[Weight], inherited: Sequence[float], first: int, last: int
) -> float:
    """The prior of most of the prose between two blocks, at most 1."""
    prose = [(weights[i].good, inherited[blocks[i].box] if blocks[i].box >= 0 else 1.0) for i in range(first, last + 1)]
    total = sum(good for good, _ in prose)
    return min(1.0, sum(good * prior for good, prior in prose) / total) if total else 1.0


def _widened(
    blocks: Sequence[Block],
    weights: Sequence[Weight],
    boxes: Sequence[Box],
    inherited: Sequence[float],
    first: int,
    last: int,
    title: int,
) -> tuple[int, int]:
    """Take in prose directly before and after the box, up to the title and to the first sign of furniture."""
    ranks = [inherited[block.box] if block.box >= 0 else 1.0 for block in blocks]
    tags = [boxes[block.box].tag if block.box >= 0 else "" for block in blocks]

    def continues(index: int) -> bool:
        weight, block = weights[index], blocks[index]
        if weight.role or ranks[index] < 0.5 or tags[index] in ("form", "select"):
            return False
        return block.kind == "figure" or (weight.linked < 0.3 and (len(block.text) >= 16 and weight.good > weight.bad))

    low = title + 1 if 0 <= title < first else first
    start = first
    for index in range(first - 1, low - 1, -1):
        if continues(index):
            start = index
        elif weights[index].role in ("info", "control", "crumb") or first - index > 12:
            break
    end, misses = last, 0
    for index in range(last + 1, len(blocks)):
        if weights[index].role in _HARD_ENDINGS or misses > 2:
            break
        if continues(index) and blocks[index].kind != "figure":
            end, misses = index, 0
        else:
            misses += 1
    return start, end


def _trimmed(
    blocks: Sequence[Block],
    boxes: Sequence[Box],
    weights: Sequence[Weight],
    sums: Sequence[BoxSum],
    inherited: Sequence[float],
    first: int,
    last: int,
) -> tuple[int, int, dict[int, str]]:
    """Cut furniture off both ends and out of the middle."""
    inside = sum(weights[index].good for index in range(first, last + 1)) or 1.0
    taken, prose = dict[int, str](), 0.0
    for index in range(first, last + 1):
        weight, block = weights[index], blocks[index]
        prose += weight.good
        if weight.role == "info" and prose > 20 and _is_of_text(block, weights[index + 1 : last + 1]):
            continue
        if weight.role and weight.role != "contact":
            taken[index] = weight.role
        elif block.box >= 0 and inherited[block.box] < 0.5 and sums[block.box].good < 0.3 * inside:
            if sums[block.box].first > first or sums[block.box].last < last:
                taken[index] = "box"
        elif weight.linked > 0.8 and _in_link_run(weights, index, first, last):
            taken[index] = "links"
    last = _tail(blocks, weights, taken, first, last)
    while first <= last and first in taken:
        first += 1
    while last >= first and last in taken:
        last -= 1
    return first, last, {index: rule for index, rule in taken.items() if first <= index <= last}


def _is_of_text(block: Block, following: Sequence[Weight]) -> bool:
    """True for the date under a signature, and for the time of a meeting that a notice gives amid its text."""
    info = info_of(seen(block))
    if info.is_bare:
        return True
    told = {field for field, _ in info.fields}
    return told == {"date"} and not info.rest and sum(weight.good for weight in following[:6]) > 10


def _anything(weights: Sequence[Weight], title: int) -> tuple[int, int, dict[int, str]]:
    """For a page without anything like an article: whatever prose it has."""
    prose = [index for index, weight in enumerate(weights) if weight.good > 0 and not weight.role and index != title]
    if not prose:
        return 0, -1, {}
    kept = set(prose)
    return prose[0], prose[-1], {i: "outside" for i in range(prose[0], prose[-1]) if i not in kept}


def _in_link_run(weights: Sequence[Weight], index: int, first: int, last: int) -> bool:
    """True beside another line of links, or at the end of the article."""
    near = [weights[at].linked > 0.8 for at in (index - 1, index + 1) if first <= at <= last]
    return any(near) or index == last


def _tail(blocks: Sequence[Block], weights: Sequence[Weight], taken: dict[int, str], first: int, last: int) -> int:
    """The last index of the article: before the first sign of an end after which no prose of weight follows."""
    total = sum(weights[index].good for index in range(first, last + 1) if index not in taken) or 1.0
    seen = 0.0
    for index in range(first, last + 1):
        role = weights[index].role
        if role in _ENDINGS and seen > 0:
            after = sum(weights[at].good for at in range(index + 1, last + 1) if at not in taken)
            limit = 0.4 if role in _HARD_ENDINGS else 0.08
            if after <= limit * total and not (role not in _HARD_ENDINGS and _attached(blocks, index, last)):
                return index - 1
        elif index not in taken:
            seen += weights[index].good
    return last


def _attached(blocks: Sequence[Block], index: int, last: int) -> bool:
    """True when links to attachments follow."""
    return any(
        mark.kind == "link" and ATTACHMENT.search(mark.href)
        for at in range(index + 1, last + 1)
        for mark in blocks[at].marks
    )
