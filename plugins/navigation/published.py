"""Which files of ``content/`` go public: those that a public page shows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol


class WithFiles(Protocol):
    """A page, or what is known of it."""

    @property
    def files(self) -> tuple[tuple[str, str], ...]:
        """(path in content, address) of every file that is public through the page."""
        ...


def published_files(pages: Iterable[WithFiles]) -> tuple[tuple[str, str], ...]:
    """Return (path in content, address) of every attachment and linked file of public pages, each once, in order.

    A file that no page refers to is not among them, wherever it lies; one that two refer to has one address.
    """
    return tuple(sorted({pair for page in pages for pair in page.files}))
