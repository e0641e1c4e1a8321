"""Texts inside XML; the standard library's own escapes come with an HTTP client."""

from __future__ import annotations

import html


def escape(text: str) -> str:
    """Return ``text`` as the content of an element."""
    return html.escape(text, quote=False)


def quoted(text: str) -> str:
    """Return ``text`` as the value of an attribute, with its quotes.

    >>> quoted('健康"1<2"')
    '"健康&quot;1&lt;2&quot;"'
    """
    return f'"{html.escape(text)}"'
