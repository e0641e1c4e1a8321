"""The tree of the site: sections with their items, as an editor sees the folders."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from plugins.domain.content import ContentItem


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A section with its own items (newest first) and its sections (in their order).

    ``str()`` draws the tree, which is what tests and ``inv tree`` show.
    """

    item: ContentItem
    url: str
    items: tuple[ContentItem, ...] = ()
    sections: tuple[Section, ...] = ()

    def walk(self) -> Iterator[Section]:
        """Yield this section and all below it, parents first."""
        yield self
        for section in self.sections:
            yield from section.walk()

    def every_item(self) -> Iterator[ContentItem]:
        """Yield the items of this section and of all below it."""
        for section in self.walk():
            yield from section.items

    def __str__(self) -> str:
        return "\n".join(self._lines(""))

    def _lines(self, indent: str) -> Iterator[str]:
        yield f"{indent}{self.item.title}  {self.url}"
        for item in self.items:
            yield f"{indent}  · {item.title}（{item.type}，{item.state}）"
        for section in self.sections:
            yield from section._lines(indent + "  ")
