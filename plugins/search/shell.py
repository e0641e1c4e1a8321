"""Draw the search page without Pelican: the page the site was built with, with results put between its two marks."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from plugins.search.answer import escape
from plugins.search.page import SearchPage

BEGIN, END = "<!-- search:begin -->", "<!-- search:end -->"
TEMPLATES = Path(__file__).parents[2] / "theme" / "templates"
FIELD = re.compile(r'(<input\b[^>]*\bid="q")')
STATUS = re.compile(r'(<p\b[^>]*\bid="search-status"[^>]*>)')
PLAIN = f"""<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>搜索</title></head>
<body><main id="main"><h1>搜索</h1>
<form action="/search/" method="get" role="search"><label for="q">搜索内容</label>
<input id="q" name="q" type="search" maxlength="100"><button>搜索</button></form>
<p id="search-status" role="status" aria-live="polite"></p>
<div class="search__body" id="search-results">{BEGIN}{END}</div></main></body></html>
"""
RenderPage = Callable[[SearchPage], str]


def page_renderer(shell: str = PLAIN, templates: Path = TEMPLATES) -> RenderPage:
    """Return what draws a ``SearchPage`` into ``shell``, an HTML page with both marks, a field of the id ``q``
    and a status line of the id ``search-status``.

    Raises ValueError when a mark is missing.
    """
    before, begun, rest = shell.partition(BEGIN)
    _, ended, after = rest.partition(END)
    if not (begun and ended):
        raise ValueError(f"搜索页里缺少 {BEGIN} 或 {END}。")
    environment = Environment(
        loader=FileSystemLoader(templates),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    macros: Any = environment.get_template("macros/search.html").module

    def render(page: SearchPage) -> str:
        top = FIELD.sub(lambda found: f'{found[1]} value="{escape(page.asked.get("q", ""))}"', before)
        top = STATUS.sub(lambda found: found[1] + str(macros.status(page)).strip(), top)
        for name in ("in", "sort"):
            top = chosen(top, name, page.asked.get(name, ""))
        return f"{top}{BEGIN}{macros.results(page)}{END}{after}"

    return render


def chosen(html: str, name: str, value: str) -> str:
    """Return ``html`` with the option ``value`` of the select ``name`` chosen, if there are such."""
    before, found, after = html.partition(f'name="{name}"')
    option = f'<option value="{escape(value)}"'
    return before + found + after.replace(option, option + " selected", 1) if found and value else html
