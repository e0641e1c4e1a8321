"""The last stages: HTML that may be published, Markdown that an editor can review."""

from __future__ import annotations

from dataclasses import replace

from plugins.legacy_html.document import LegacyDocument
from plugins.legacy_html.front_matter import written
from plugins.legacy_html.render import to_html, to_markdown
from plugins.sanitizing.sanitize import sanitize


def sanitise(document: LegacyDocument) -> LegacyDocument:
    """Fill ``html`` with the article's body as it may be published."""
    return replace(document, html=sanitize(to_html(document.blocks)))


def write(document: LegacyDocument) -> LegacyDocument:
    """Fill ``markdown``: front matter and body."""
    body = to_markdown(document.blocks)
    return replace(document, markdown=written(document) + (f"\n{body}" if body else ""))
