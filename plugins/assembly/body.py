"""A Markdown body as a page shows it, without a site around it."""

from __future__ import annotations

from plugins.article_body.convert import convert
from plugins.content_types.front_matter import decode
from plugins.domain.body import REFERENCE
from plugins.domain.problems import Problem
from plugins.official_document.outline import outline
from plugins.sanitizing.sanitize import sanitize

NAME = "正文"


def published_body(raw: bytes) -> tuple[str, tuple[Problem, ...]]:
    """Return the HTML of an article's body and what is wrong with it; addresses inside the site start at its root."""
    text, problem = decode(NAME, raw)
    if problem:
        return "", (problem,)
    body, problems = convert(text, path=NAME, sanitize=sanitize, outline=outline)
    html = body.html.replace(f'="{REFERENCE}', '="/')
    return f"{html}\n" if html else "", problems
