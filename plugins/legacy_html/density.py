"""How much like an article each block and each box of a page is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from plugins.legacy_html.document import Block, Box
from plugins.legacy_html.roles import block_role

_MARKS = re.compile(r"[，。；！？：、“”（）《》,;!?]")
_WEIGHTLESS = re.compile(r"[\s\u3000\u00a0|·•>\-—_]+")
ATTACHMENT = re.compile(r"\.(?:docx?|xlsx?|pptx?|pdf|wps|et|zip|rar|7z|ofd|txt|rtf|ceb)(?:$|[?#])", re.I)

_WORD = r"(?:^|[\s_-])(?:{})(?:$|[\s_\d-])"
POSITIVE = re.compile(
    r"trs_editor|trs_ueditor|ucap-content|zoom|artibody|articlebody|article[-_]?(?:content|con|text|main|detail|body|cont|bd)|(?:news|content|detail|info|show|text|pages?|xx|view|blog|post|arti|art|entry|main)[-_]?(?:content|con|body|text|txt|detail|article|word|info|cont|nr)(?![a-z])"
    r"|js_content|endtext|vsb_content|v_news_content|wp_articlecontent|rm_txt|p-detail|founder|enpcontent|bt-content|t_f(?:$|\s)|t_fsz|read_tpc|post_body|xl_cont|xlcont|detailcont|wzcon|neirong|zhengwen|nr_con|newscon|text_con|ozoom|custom_unionstyle|editor-content|easysite|articalcontent|cnt_bd|main-text|mainbody"
    r"|" + _WORD.format("content|article|detail|entry|story|post|nr|zw|wz|cont|text|txt|arti|view|conTxt|body|artical"),
    re.I,
)
NEGATIVE = re.compile(
    r"display-none|foot|side(?:bar)?(?:$|[\s_-])|sidebar|(?<!uni)share|comment|reply|relat|hot(?:$|[\s_-]|news|list|rank)|rank|copyright|banner|bread|crumb|advert|login|search|toolbar|paginat|recommend|tuijian|friend|qrcode|ewm|erweima|pinglun|xgxw|xgwz|xglj|xgyd|xgbd|aside|menu|topbar|top-bar|fenxiang|prevnext|prev-next|next-?prev|toplink|sitemap|guanggao|keyword|tagcloud|signature|pstatus|attach_popup|plhin|ranking|phb"
    r"|"
    + _WORD.format(
        "nav|navi|navbar|ads?|bottom|header|head|top|tool|tools|tags?|pages?|pager|related|links?|hot|side|right|rightbar|fr|logo|weixin|lanmu|subnav|fx|dy|prev|next|editor|zrbj|bdsharebuttonbox|position|location|path|current|daohang|dh|wei?zhi"
    ),
    re.I,
)
_NEGATIVE_TAGS = frozenset(
    {
        "nav",
        "footer",
        "aside",
        "select",
        "option",
        "button",
        "textarea",
        "noscript",
        "menu",
        "form",
        "marquee",
        "iframe",
        "dialog",
        "search",
    }
)


class Weight(NamedTuple):
    """What a block weighs: ``good`` as running text, ``bad`` as furniture. A tuple, since a page makes thousands."""

    good: float
    bad: float
    role: str = ""
    linked: float = 0.0  # share of its letters that are link text


def link_share(block: Block) -> float:
    """The share of a block's letters that stand in links; a link to an attachment is none."""
    linked = sum(
        mark.end - mark.start for mark in block.marks if mark.kind == "link" and not ATTACHMENT.search(mark.href)
    )
    return min(1.0, linked / len(block.text)) if linked and block.text else 0.0


def weigh(block: Block) -> Weight:
    """The weight of one block by its words, marks of punctuation and links."""
    if block.kind == "figure":
        return Weight(good=2.0, bad=0.0)
    text = block.text
    length = len(_WEIGHTLESS.sub("", text))
    role = block_role(block)
    linked = link_share(block)
    if role and role != "contact":
        return Weight(good=0.0, bad=float(min(length, 60)) + 4, role=role, linked=linked)
    if linked > 0.5 and not (length > 80 and linked < 0.9):
        return Weight(good=0.0, bad=length * linked + 4, role="", linked=linked)
    marks = len(_MARKS.findall(text))
    prose = length * min(1.0, 0.25 + marks / 3 if length > 12 else 0.25 + marks / 6)
    if length < 200 and text.endswith(("...", "…")):
        prose *= 0.3  # the beginning of another page's text
    if block.kind in ("heading", "row"):
        prose = length * 0.6
    return Weight(
        good=prose * (1 - linked), bad=length * linked + (2.0 if marks == 0 else 0.0), role=role, linked=linked
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class BoxSum:
    """The weights of everything in a box, and its place in the page."""

    good: float
    bad: float
    first: int
    last: int


def hint_prior(box: Box) -> float:
    """What a box's own id, class and tag say: above 1 for an article's, below for furniture's."""
    if box.tag in _NEGATIVE_TAGS and box.tag != "form":
        return 0.15
    if not box.hints:
        return 1.3 if box.tag in ("article", "founder-content") else 1.0
    positive, negative = POSITIVE.search(box.hints), NEGATIVE.search(box.hints)
    if negative and not positive:
        return 0.3
    return 2.0 if positive and not negative else 1.0


def sum_boxes(blocks: Sequence[Block], boxes: Sequence[Box], weights: Sequence[Weight]) -> list[BoxSum]:
    """The sums of each box, everything inside counted."""
    count = len(boxes)
    good, bad = [0.0] * count, [0.0] * count
    first, last = [len(blocks)] * count, [-1] * count
    for index, block in enumerate(blocks):
        if block.box >= 0:
            good[block.box] += weights[index].good
            bad[block.box] += weights[index].bad
            first[block.box] = min(first[block.box], index)
            last[block.box] = max(last[block.box], index)
    for index in range(count - 1, -1, -1):
        parent = boxes[index].parent
        if parent >= 0:
            good[parent] += good[index]
            bad[parent] += bad[index]
            first[parent] = min(first[parent], first[index])
            last[parent] = max(last[parent], last[index])
    return [BoxSum(good=good[index], bad=bad[index], first=first[index], last=last[index]) for index in range(count)]


def inherited_priors(boxes: Sequence[Box]) -> list[float]:
    """Each box's prior with those around it; an article inside a box called "side" still counts a little."""
    result = list[float]()
    for box in boxes:
        around = result[box.parent] if box.parent >= 0 else 1.0
        own = hint_prior(box)
        result.append(max(0.05, min(around, 1.0) * own) if own < 1 else own * min(around, 1.0))
    return result
