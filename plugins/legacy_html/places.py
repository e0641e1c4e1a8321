"""What only the place of a line says: whose blog it is, who posted, which sheet of a newspaper."""

from __future__ import annotations

import re
from collections.abc import Sequence

from plugins.legacy_html.document import Block, Box

NOBODY = re.compile(
    r"^(?:佚名|未知|匿名|admin|administrator|管理员|网站管理员|系统管理员|不详|无|暂无|null|none|原创|本站|本站原创|网络|互联网|root|test|[\d\W]*)$",
    re.I,
)
_BLOG = re.compile(r"(\S{2,12}?)的(?:新浪)?(?:博客|BLOG|空间|日志|个人主页)$", re.I)
_POSTER_HINT = re.compile(r"(?:^|[\s_-])(?:authi|author|writer|poster|byline|nick-?name|user-?name)(?:$|[\s_-])")
_SHEET = re.compile(r"第?\s*[A-Z]?\d{1,2}\s*版\s*[:：]\s*([\u4e00-\u9fff·]{2,8})$")
_NICK = re.compile(r"[\w\u4e00-\u9fff·]{2,12}")


def blogger(blocks: Sequence[Block]) -> str:
    """The person whose blog it is."""
    owners = (_BLOG.match(block.text) for block in blocks[:60] if len(block.text) < 30)
    return next((owner[1] for owner in owners if owner), "")


def poster(blocks: Sequence[Block], boxes: Sequence[Box]) -> str:
    """The short line between title and text whose element says that it holds the author."""
    title = next((index for index, block in enumerate(blocks) if block.role == "title"), -1)
    first = next((index for index, block in enumerate(blocks) if block.role == "article"), 0)
    near = (block for block in blocks[title + 1 : first] if block.box >= 0 and not block.role)
    named = (block.text for block in near if _POSTER_HINT.search(boxes[block.box].hints))
    return next((text for text in named if _NICK.fullmatch(text) and not NOBODY.match(text)), "")


def sheet(blocks: Sequence[Block]) -> str:
    """The name of a newspaper's page above the title, as the paper prints it."""
    title = next((index for index, block in enumerate(blocks) if block.role == "title"), 0)
    lines = (block for block in blocks[max(0, title - 12) : title] if not block.marks)
    return next((found[1] for block in lines if (found := _SHEET.match(block.text.strip()))), "")
