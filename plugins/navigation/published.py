"""Which files of ``content/`` go public: those that a public page shows."""

from __future__ import annotations

from collections.abc import Iterable

from plugins.domain.pages import Page


def published_files(pages: Iterable[Page]) -> tuple[tuple[str, str], ...]:
    """Return (path in content, address) of every attachment and linked file of public pages, each once, in order.

    A file that no page refers to is not among them, wherever it lies; one that two refer to has one address.
    """
    return tuple(sorted({pair for page in pages for pair in page.files}))
