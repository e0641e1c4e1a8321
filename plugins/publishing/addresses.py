"""The address of a file that is published."""

from __future__ import annotations

from urllib.parse import quote


def address_of(base: str, path: str) -> str:
    """Return the address of a public file.

    >>> address_of("https://example.org/", "news/index.html")
    'https://example.org/news/'
    """
    shown = path.removesuffix("index.html") if path == "index.html" or path.endswith("/index.html") else path
    return f"{base.rstrip('/')}/{quote(shown)}"
