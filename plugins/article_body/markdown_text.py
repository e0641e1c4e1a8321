"""Python-Markdown, set up once for every article; the only module that holds it."""

from __future__ import annotations

import re
from functools import cache

from markdown import Markdown

EXTENSIONS = ("abbr", "attr_list", "def_list", "fenced_code", "footnotes", "md_in_html", "sane_lists", "tables")
_ALIGNED_CELL = re.compile(r'<(t[hd]) style="text-align: (left|right|center);">')
_GREATEST_HEADING = re.compile(r"<(/?)h1(?=[\s/>])", re.IGNORECASE)


def render_markdown(text: str) -> str:
    """Return ``text`` as HTML, unsafe as written; the greatest heading is h2, alignments are classes."""
    html: str = _instance().reset().convert(text)
    if "text-align" in html:
        html = _ALIGNED_CELL.sub(r'<\1 class="align-\2">', html)
    return _GREATEST_HEADING.sub(r"<\1h2", html)


@cache
def _instance() -> Markdown:
    settings = {"footnotes": {"BACKLINK_TITLE": "回到正文的注释 {}", "UNIQUE_IDS": False}}
    return Markdown(extensions=EXTENSIONS, extension_configs=settings, output_format="html")
