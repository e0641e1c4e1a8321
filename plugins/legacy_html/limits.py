"""What a page may cost before it is parsed: nesting bounded, oversized tags cut out."""

from __future__ import annotations

from plugins.sanitizing.depth import bounded

MAX_NESTING = 400


def parseable(html: str) -> str:
    """``html`` without NUL characters and nested no deeper than a parser of quadratic time can bear; no text is lost."""
    return bounded(html.replace("\x00", ""), MAX_NESTING)
