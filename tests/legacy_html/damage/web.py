"""The same damaged pages as HTML: a few templates of the kind that old content management systems had."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from random import Random

from tests.legacy_html.damage.gold import Gold
from tests.legacy_html.damage.layout import Dressed

_PICTURE = re.compile(r".+\.(?:jpg|JPG)")
_BOLD = re.compile(r"\*\*(.+)\*\*")
_MENU = '<div class="nav"><a href="/">首页</a> <a href="/a">新闻动态</a> <a href="/b">通知公告</a> <a href="/c">政策法规</a></div>'
_SIDE = '<ul><li><a href="/1.html">关于做好统计工作的通知</a></li><li><a href="/2.html">某地召开年会</a></li></ul>'


def as_html(dice: Random, page: Dressed, gold: Gold) -> str:
    """Return ``page`` in one of the templates; the head names the title, and often the wrong encoding."""
    body = dice.choice((_paragraphs, _paragraphs, _breaks))(page.body)
    above, below = "\n".join(map(_above, page.above)), "\n".join(f"<div>{_escaped(line)}</div>" for line in page.below)
    template = dice.choice((_divisions, _table))
    return (
        f'<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312">'
        f"<title>{_escaped(gold.title)}-示例网</title></head><body>{_MENU}{template(above, body, below)}</body></html>"
    )


def _divisions(above: str, body: str, below: str) -> str:
    return f'<div class="main"><div class="left">{_SIDE}</div><div class="article">{above}<div class="content">{body}</div>{below}</div></div>'


def _table(above: str, body: str, below: str) -> str:
    return f'<table width="100%"><tr><td width="200">{_SIDE}</td><td>{above}<table><tr><td class="zw">{body}</td></tr></table>{below}</td></tr></table>'


def _above(line: str) -> str:
    return f"<h1>{_escaped(line[2:])}</h1>" if line.startswith("# ") else f"<div>{_escaped(line)}</div>"


def _paragraphs(lines: Sequence[str]) -> str:
    return "\n".join(_paragraph(line) for line in lines)


def _paragraph(line: str) -> str:
    if _PICTURE.fullmatch(line):
        return f'<p style="text-align:center"><img src="{html.escape(line)}" border="0"></p>'
    return f"<p>{_inline(line)}</p>"


def _breaks(lines: Sequence[str]) -> str:
    pictures = ((line, f'<img src="{html.escape(line)}">') for line in lines)
    return "<br><br>\n".join(image if _PICTURE.fullmatch(line) else _inline(line) for line, image in pictures)


def _inline(line: str) -> str:
    bold = _BOLD.fullmatch(line.strip())
    return f"<strong>{_escaped(bold[1])}</strong>" if bold else _escaped(line)


def _escaped(line: str) -> str:
    return html.escape(line, quote=False).replace("\u00a0", "&nbsp;").replace("  ", "&nbsp;&nbsp;")
