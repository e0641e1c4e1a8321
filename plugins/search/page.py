"""What the template of the search page reads: the results, and the addresses of its links."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from plugins.search.answer import Facet, FacetValue, Featured, SearchResults

PATH = "/search/"
KINDS = {"person": "人物", "program": "项目", "section": "栏目", "topic": "专题"}


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchPage:
    """One answer to show; ``problem`` is a sentence instead of results, ``asked`` the parameters of the address."""

    results: SearchResults
    asked: Mapping[str, str] = field(default_factory=dict)
    hot_words: tuple[str, ...] = ()
    problem: str = ""

    @property
    def is_by_date(self) -> bool:
        """Return whether results are sorted by date."""
        return self.asked.get("sort") == "date"

    @property
    def is_in_title(self) -> bool:
        """Return whether only titles are searched."""
        return self.asked.get("in") == "title"

    def address(self, **changes: str | int) -> str:
        """Return the address of this page with some parameters changed; an empty value drops one, and so the page number."""
        values = {**{name: value for name, value in self.asked.items() if name != "page"}, **changes}
        return f"{PATH}?{urlencode({name: value for name, value in values.items() if value})}"

    def narrowed(self, facet: Facet, value: FacetValue) -> str:
        """Return the address with a value filtered by, or no longer if it is the chosen one."""
        return self.address(**{facet.name: "" if value.chosen else value.key})

    def featured_url(self, found: Featured) -> str:
        """Return where a person or program leads: its page, or what was written about it."""
        return found.url or self.address(**{found.kind: found.title})

    def kind(self, found: Featured) -> str:
        """Return what a featured name is, in Chinese."""
        return KINDS.get(found.kind, "")
