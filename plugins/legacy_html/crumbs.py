"""Where a page stood in its old site: breadcrumb, column, neighbours."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from plugins.legacy_html.document import Block, Box, Link
from plugins.legacy_html.labels import DATE
from plugins.legacy_html.roles import CRUMB, CRUMB_SEPARATOR
from plugins.legacy_html.titles import fold

_LABEL = re.compile(
    r"^[\s>»›◇◆·■*]*[^:：>＞»›/]{0,14}?(?:位置|方位|导航|栏目|页面|导航|位置是|位置为)(?:是|为|在)?\s*[:：]?\s*[>＞»›/]*\s*"
)
_NOT_COLUMN = re.compile(
    r"^(?:(?:查看|浏览|阅读|显示)?(?:文章|新闻|信息|内容|正文|详情|全文)|正文|内容|文章正文|文章内容|新闻正文|信息内容|详情|详细|详细内容|内容页|查看|浏览|浏览文章|浏览信息|阅读|阅读正文|文章|查看新闻|新闻详情|新闻内容|详细信息|信息详情|内容详情|文章详情|详情页|当前页|全文|查看详情|信息浏览|查看内容|浏览内容|返回|more|\W*)$",
    re.I,
)
_HOME = re.compile(r"^(?:网站|本站|返回)?(?:首页|首頁|主页|主頁|Home)$|^(?:.{2,20}网)?首页$", re.I)
_CRUMB_HINT = re.compile(
    r"crumb|mbx|mianbao|position|location|weizhi|dqwz|wz(?:$|[\s_-])|path(?:$|[\s_-])|address|local|sitepath|daohang|current|place|lujing|szwz",
    re.I,
)
_SHORT = 30
_NEIGHBOUR = re.compile(
    r"(上|前|下|后|後)\s*[一1]?\s*(?:篇|条|條|则|則|个|個|页|頁|张|編|主题)(?:文章|新闻|信息|内容|资讯|图片)?\s*[\]】)）]?\s*[:：>»]?\s*"
)
_NONE = re.compile(r"^(?:没有了?|无|已是.*|这是.*|暂无.*|很抱歉.*|已经是.*|.{0,4}没有.{0,6})?[!！。]?$")

_ARROW = re.compile(r"\s*(?:-->|>>|>|＞|»|›|→|::)\s*")


def breadcrumb(blocks: Sequence[Block], boxes: Sequence[Box], title: str) -> tuple[str, ...]:
    """The names from the home page down to the column, without the page itself; () where the page shows none."""
    crumbs = [index for index, block in enumerate(blocks) if block.role == "crumb"]
    for index in sorted(crumbs, key=lambda at: not CRUMB.match(blocks[at].text)):
        if found := _columns(_names(blocks, index), title):
            return found
    for index, block in enumerate(blocks[:200]):
        if block.box >= 0 and _CRUMB_HINT.search(boxes[block.box].hints) and block.role != "title":
            names = _names(blocks, index)
            if (
                len(names) > 1
                and (_HOME.match(names[0]) or len(_links(block)) > 1)
                and all(len(name) <= _SHORT for name in names[:-1])
            ):
                found = _columns(names, title)
                if found:
                    return found
    return ()


def column_of(path: Sequence[str]) -> str:
    """The column: the last name that is not the home page."""
    return next((name for name in reversed(path) if not _HOME.match(name)), "")


def _links(block: Block) -> list[str]:
    return [block.text[mark.start : mark.end].strip() for mark in block.marks if mark.kind == "link"]


def _names(blocks: Sequence[Block], index: int) -> list[str]:
    """The names of a breadcrumb that begins at ``index``: in one block, or over the list items that follow."""
    block = blocks[index]
    names = _block_names(block)
    following = index + 1
    alone = len(names) <= 1
    while alone and following < len(blocks) and following < index + 8:
        after = blocks[following]
        near = after.box == block.box or after.kind == "item" or not names
        short = len(after.text) <= 60 and (_links(after) or CRUMB_SEPARATOR.match(after.text) or after.kind == "item")
        if not (near and short and after.role not in ("title", "article", "info")):
            break
        names += _block_names(after)
        following += 1
    return names


def _block_names(block: Block) -> list[str]:
    block = _undated(block)
    label = _LABEL.match(block.text) if CRUMB.match(block.text) else None
    start = label.end() if label else 0
    names, last = list[str](), start
    for mark in block.marks:
        if mark.kind == "link" and mark.start >= last:
            names += _split(block.text[last : mark.start])
            names.append(block.text[mark.start : mark.end].strip())
            last = mark.end
    names += _split(block.text[last:])
    return [
        name.strip(" \u3000\u00a0>＞»›:：/|·[]【】-→")
        for name in names
        if name.strip(" \u3000\u00a0>＞»›:：/|·[]【】-→")
    ]


def _undated(block: Block) -> Block:
    """The block without the date, and what follows it, at its end."""
    found = DATE.search(block.text)
    if found is None:
        return block
    marks = tuple(mark for mark in block.marks if mark.end <= found.start())
    return replace(block, text=block.text[: found.start()], marks=marks)


def _split(text: str) -> list[str]:
    separator = _ARROW if _ARROW.search(text) else CRUMB_SEPARATOR  # a dash may stand in a title
    return [part for part in separator.split(text) if part.strip()]


def _columns(names: Sequence[str], title: str) -> tuple[str, ...]:
    kept = list(dict.fromkeys(names))
    folded = fold(title)
    while kept and (_NOT_COLUMN.match(kept[-1]) or _is_title(fold(kept[-1]), folded) or len(kept[-1]) > _SHORT):
        kept.pop()
    return tuple(kept) if column_of(kept) else ()


def _is_title(folded: str, title: str) -> bool:
    stem = folded.rstrip(".…")
    return bool(title and stem) and (
        stem == title or (len(stem) >= 6 and (title.startswith(stem) or title.endswith(stem)))
    )


def neighbours(blocks: Sequence[Block]) -> tuple[Link | None, Link | None]:
    """The pages before and after this one, where the page names them."""
    found: dict[str, Link] = {}
    for index, block in enumerate(blocks):
        if block.role != "neighbour":
            continue
        matches = list(_NEIGHBOUR.finditer(block.text))
        for number, match in enumerate(matches):
            end = matches[number + 1].start() if number + 1 < len(matches) else len(block.text)
            link = _neighbour(block, match.end(), end)
            if link is None and number == len(matches) - 1 and index + 1 < len(blocks):
                link = (
                    _neighbour(blocks[index + 1], 0, len(blocks[index + 1].text)) if _links(blocks[index + 1]) else None
                )
            if link is not None:
                found.setdefault("previous" if match[1] in "上前" else "next", link)
    return found.get("previous"), found.get("next")


def _neighbour(block: Block, start: int, end: int) -> Link | None:
    text = block.text[start:end].strip(" \u3000\u00a0|:：>»[]【】")
    href = next(
        (mark.href for mark in block.marks if mark.kind == "link" and mark.end > start and mark.start < end), ""
    )
    return None if _NONE.match(text) or len(text) > 120 else Link(text=text, href=href)
