"""What is indexed: one document for each public page, and reading documents from JSON lines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date
from hashlib import blake2b
from operator import attrgetter
from pathlib import Path

import msgspec


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchDocument:
    """One public page as the search sees it: plain text only, no HTML.

    ``section`` and ``type`` are keys (news, notice), their ``_title`` what a visitor reads. ``expired`` documents come
    last in the ranking. ``keywords`` are words, ``tags`` and ``programs`` names as shown.
    """

    id: str
    url: str
    title: str
    body: str = ""
    section: str = ""
    section_title: str = ""
    type: str = ""
    type_title: str = ""
    date: date | None = None
    people: tuple[str, ...] = ()
    programs: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    region: str = ""
    summary: str = ""
    expired: bool = False

    def named(self) -> str:
        """Return the words that count more than the text: keywords, names, tags and the region, one a line."""
        return "\n".join((*self.keywords, *self.people, *self.programs, *self.tags, self.region))

    def text(self) -> str:
        """Return the text that is searched and shown: the body, after the summary where that says something else."""
        if self.summary and self.summary not in self.body:
            return f"{self.summary}\n{self.body}"
        return self.body

    def digest(self) -> bytes:
        """Return 12 bytes that change whenever anything here does."""
        return blake2b("\x1f".join(map(str, VALUES(self))).encode("utf-8", "surrogatepass"), digest_size=12).digest()


VALUES = attrgetter(*(field.name for field in fields(SearchDocument)))


class DocumentError(ValueError):
    """A line that is no document; says the file, the line and what is wrong."""


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """A JSON line as written: lists may be a single word or null, a date may carry a time."""

    id: str | int
    url: str = ""
    title: str | None = ""
    body: str | None = ""
    section: str | None = ""
    section_title: str | None = ""
    type: str | None = ""
    type_title: str | None = ""
    date: str | None = None
    people: list[str] | str | None = None
    programs: list[str] | str | None = None
    program: str | None = None
    tags: list[str] | str | None = None
    keywords: list[str] | str | None = None
    region: str | None = ""
    summary: str | None = ""
    expired: bool = False

    def document(self) -> SearchDocument:
        """Return the document; raises ValueError for an impossible date."""
        return SearchDocument(
            id=str(self.id), url=self.url, title=self.title or "", body=self.body or "", section=self.section or "",
            section_title=self.section_title or self.section or "", type=self.type or "",
            type_title=self.type_title or self.type or "", date=date.fromisoformat(self.date[:10]) if self.date else None,
            people=words(self.people), programs=words(self.programs) or words(self.program), tags=words(self.tags),
            keywords=words(self.keywords), region=self.region or "", summary=self.summary or "", expired=self.expired,
        )  # fmt: skip


def words(value: list[str] | str | None) -> tuple[str, ...]:
    """Return a list as it may be written in JSON as a tuple without empty entries."""
    if value is None:
        return ()
    if isinstance(value, str):
        parts = value.replace("，", ",").replace("、", ",").split(",")
        return tuple(part.strip() for part in parts if part.strip())
    return tuple(part for part in value if part)


def read_documents(path: Path) -> Iterator[SearchDocument]:
    """Yield the documents of a JSON-lines file; raises DocumentError naming the line."""
    decoder = msgspec.json.Decoder(Row)
    with path.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                yield decoder.decode(line).document()
            except (msgspec.DecodeError, ValueError) as problem:
                raise DocumentError(
                    f"{path}:{number}: 不是可用的文档（{problem}）。每行应是一个含 id、url、title、body 的 JSON 对象。"
                ) from problem
