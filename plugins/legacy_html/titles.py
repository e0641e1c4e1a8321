"""Which block of a page is its title, and what the head's title says without the site's name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from plugins.legacy_html.document import Block, Box, Facts
from plugins.legacy_html.repairs.markers import is_numbered_heading
from plugins.legacy_html.repairs.people import is_name
from plugins.legacy_html.roles import CRUMB, block_role

LONGEST = 120
LEAST_SCORE = 2.9
TEXT_BEGUN = 150  # characters of prose after which a dated line is a signature and no longer below the title
LEAST_NAME = 8  # characters of a head's longest part that can only be the page's own name
LEAST_SCORE_ALONE = 1.3  # where the head states no title to agree with
_FOLD = re.compile(r"[\s\u3000\u00a0“”\"'‘’《》〈〉<>【】\[\]（）()：:，,。.!！?？、·—–\-_|｜…~～]+")
_SEPARATOR = re.compile(r"\s*(?:_{1,2}|\s[-–—|｜]\s|--+|——|\||｜|>>|::|»|«|\s-|-\s|—|-|–)\s*")
_SITE = re.compile(
    r"(?:网|网站|门户网站|门户|频道|政府|委员会|卫健委|协会|新闻中心|客户端|在线|日报|晚报|都市报|首页|博客|博客.{1,4}|论坛|Blog|社区|专栏|栏目|中心|局|厅|大学|学院|医院|信息网|资讯|新闻|动态|公告|通知公告|信息公开|政务公开|专栏|要闻|正文|平台|\.com|\.cn|\.net|Powered by.*|Discuz!.*)$",
    re.I,
)
_TITLE_HINT = re.compile(
    r"(?:^|[\s_-])(?:\w*title\d?|tit|bt|biaoti|headline|h1|wzbt|\w*[-_]tit|art_tit|subject|timu|heading|bigtitle|name)(?:$|[\s_-])",
    re.I,
)
_ELSEWHERE = re.compile(
    r"display-none|(?:^|\s)(?:hide|hidden|sr-only)(?:$|\s)|banner|logo|(?<![a-z])(?<!entry-)(?<!article-)(?<!post-)(?<!art-)(?<!news-)header|(?:site|page)-?header|foot|nav|menu|side|hot|relat|site-?(?:name|title)|blogname|comment",
    re.I,
)
_JUNK = re.compile(
    r"^(?:无标题文档|无标题|untitled(?: document)?|new page.*|document|index|首页|欢迎.*|正文|详情|新闻详情|内容页?|.{0,4}浏览)$",
    re.I,
)
_SITE_ALONE = re.compile(
    r"^.{2,14}(?:网|网站|门户|日报|晚报|早报|时报|电子版|数字报|电子报|协会|计生协|学会|委员会|卫健委|卫生局|政府|法院|检察院|医院|学院|大学|学校|中学|小学|公司|图书馆)$"
)
_MARKED = (
    re.compile(r"^[\s•·■◆●▶>»]+"),
    re.compile(
        r"^(?:[\[【](?:原创|转帖|转载|转贴|分享|推荐|精华|置顶|图文|组图)[\]】]|(?:帖子)?(?:主题|标题)[:：])\s*"
    ),
    re.compile(r"\s*(?:\[?(?:图|组图|图文|视频|高清)\]?|\(图\)|（图）)$"),
    re.compile(r"\s+-\s*\[[^\[\]]{1,8}\]$"),
)


def fold(text: str) -> str:
    """``text`` without marks and spaces, for comparing titles."""
    return _FOLD.sub("", text).casefold()


def stated_titles(facts: Facts) -> tuple[str, ...]:
    """The titles that the head states, the most trustworthy first, without the site's name."""
    named = (
        facts.meta("articletitle"),
        facts.meta("og:title"),
        facts.meta("twitter:title"),
        facts.meta("title", "headline", "dc.title"),
    )
    found = [title.strip() for title in named if title and len(title) <= LONGEST * 2]
    parts = (*(without_site(title, facts) for title in found), without_site(facts.title, facts))
    return tuple(dict.fromkeys(part for part in parts if part and not (_SITE_ALONE.match(part) or _JUNK.match(part))))


def head_titles(facts: Facts) -> tuple[str, ...]:
    """What the head's title says where that may be no more than the site's name: for a page that shows no title."""
    title = without_site(facts.title, facts)
    return () if not title or _JUNK.match(title) else (title,)


def without_site(title: str, facts: Facts) -> str:
    """The part of a head's title that names the page."""
    site = fold(facts.meta("sitename", "og:site_name", "application-name"))
    parts = [part for part in _SEPARATOR.split(title.strip()) if part.strip()]
    if len(parts) < 2:
        return title.strip()
    kept = [part for part in parts if not (site and fold(part) == site)]
    while len(kept) > 1 and _SITE.search(kept[-1]) and len(kept[-1]) <= 24:
        kept.pop()
    if len(kept) > 1 and _SITE.search(kept[0]) and len(kept[0]) < len(kept[1]) and len(kept[0]) <= 16:
        kept = kept[1:]
    if len(kept) == 1:
        return kept[0].strip()
    start = title.find(kept[0])
    end = title.rfind(kept[-1]) + len(kept[-1])
    return title[start:end].strip()


def find_title(blocks: Sequence[Block], boxes: Sequence[Box], facts: Facts) -> int:
    """The index of the title's block, -1 where no block is likely to be it."""
    stated = [fold(title) for title in stated_titles(facts)]
    whole = fold(facts.title) if stated else ""
    longest = fold(max(_SEPARATOR.split(facts.title), key=len))
    stated += [longest] if len(longest) >= LEAST_NAME and stated else []
    bigrams = _bigrams(stated[0]) if stated else frozenset[str]()
    best, best_score = -1, LEAST_SCORE if stated else LEAST_SCORE_ALONE
    said = [block_role(block) for block in blocks]
    info = _first_info(blocks, said)
    crumb = next((index for index, block in enumerate(blocks[:info]) if CRUMB.match(block.text)), -1)
    passed = 0
    for index, block in enumerate(blocks[: max(400, info + 3)]):
        text = block.text
        passed += len(text) if "。" in text else 0
        if block.kind == "item" and block.marks and block.marks[0].end - block.marks[0].start >= len(text) * 0.6:
            continue  # a menu's entry
        if not 2 <= len(text) <= LONGEST or block.kind not in ("heading", "paragraph", "item") or said[index]:
            continue
        score = _look(block, boxes) + _agreement(fold(text), stated, whole, bigrams)
        if index < info <= index + 4 and info < len(blocks) and passed < TEXT_BEGUN:
            score += 2.5 - 0.5 * (info - index)
        if block.centred and index + 1 < len(blocks) and is_name(blocks[index + 1].text):
            score += 0.5
        if index < crumb:
            score -= 3.0
        if text[-1] in "。；，" or is_name(text) or is_numbered_heading(text):
            score -= 2
        if any(mark.kind == "link" and mark.end - mark.start > len(text) * 0.6 for mark in block.marks):
            score -= 2.5
        if score > best_score:
            best, best_score = index, score
    return best


def _first_info(blocks: Sequence[Block], said: Sequence[str]) -> int:
    """The first info line below a title: not one of the records that an office puts above its documents."""
    infos = [index for index, role in enumerate(said) if role == "info"]
    return next((index for index in infos if blocks[index].kind != "row"), infos[0] if infos else len(blocks))


def _look(block: Block, boxes: Sequence[Box]) -> float:
    """What a block's element, class and place on the line say."""
    score = {1: 3.0, 2: 1.5, 3: 1.0}.get(block.level, 0.3) if block.kind == "heading" else 0.0
    if block.box >= 0 and _TITLE_HINT.search(boxes[block.box].hints):
        score += 1.5
    if block.box >= 0 and _ELSEWHERE.search(boxes[block.box].hints):
        score -= 2.0
    if block.centred:
        score += 1.0
    if block.kind == "item":
        score -= 1.0
    if any(mark.kind == "strong" and mark.end - mark.start == len(block.text) for mark in block.marks):
        score += 0.4
    return score


def _agreement(folded: str, stated: Sequence[str], whole: str, bigrams: frozenset[str]) -> float:
    """How well a block's words agree with what the head states."""
    if len(folded) < 2:
        return 0.0
    if folded in stated:
        return 4.0 if len(folded) > 12 or not _SITE.search(folded) else 0.8
    for title in stated:
        if len(folded) >= 6 and (title.startswith(folded) or (folded.startswith(title) and len(title) >= 6)):
            return 3.0 if len(folded) * 2 > len(title) else 1.5
    if len(folded) >= 6 and folded in whole:
        return 2.5
    return _overlap(folded, bigrams) * 3.0 if bigrams else 0.0


def _overlap(folded: str, bigrams: frozenset[str]) -> float:
    """The share of bigrams two titles have in common, 0 under a half."""
    if len(folded) * 2 < len(bigrams):
        return 0.0
    one = _bigrams(folded)
    share = len(one & bigrams) / max(len(one), len(bigrams), 1)
    return share if share >= 0.5 else 0.0


def _bigrams(text: str) -> frozenset[str]:
    return frozenset(text[at : at + 2] for at in range(len(text) - 1))


def tidy(title: str) -> str:
    """A title as it is shown: one line, no bullet before it, no [图] behind it."""
    text = " ".join(title.split())
    for pattern in _MARKED:
        text = pattern.sub("", text)
    return text.strip(" \u3000\u00a0")
