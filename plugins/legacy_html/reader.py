"""Raw ``.html`` pages for plain Pelican: the same recovery as in the build, as a reader."""

from __future__ import annotations

from pathlib import Path

from pelican.readers import BaseReader

from plugins.domain.content import ContentItem, State
from plugins.legacy_html.importing.raw import read_page

_STATUS = {State.PUBLISHED: "published", State.PRIVATE: "draft", State.PENDING: "draft", State.WITHDRAWN: "hidden"}


class LegacyReader(BaseReader):  # type: ignore[misc]
    """Reads a scraped page. It is a draft, unless its head says that it is published and nothing holds it back."""

    enabled = True
    file_extensions = ("html", "htm")

    def read(self, source_path: str) -> tuple[str, dict[str, object]]:
        """Return the article's HTML and Pelican's metadata. ValueError, with every problem, for what is no page."""
        root = Path(self.settings.get("PATH", "."))
        place = Path(source_path)
        path = place.relative_to(root).as_posix() if place.is_relative_to(root) else place.name
        page = read_page(path, place.read_bytes())
        if page.item is None:
            raise ValueError("；".join(map(str, page.problems)))
        stated = _metadata(page.item)
        return page.html, {name: self.process_metadata(name, text) for name, text in stated.items()}


def _metadata(item: ContentItem) -> dict[str, object]:
    """What Pelican knows of ``item``, under its own names."""
    status = "draft" if item.quarantine else _STATUS[item.state]
    held: dict[str, object] = {"title": item.title, "slug": item.slug, "status": status}
    if item.date is not None:
        held["date"] = item.date.isoformat()
    if item.authors:
        held["authors"] = [author.name for author in item.authors]
    return held
