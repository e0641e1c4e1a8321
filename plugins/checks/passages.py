"""The running text of an item, line by line, without addresses, code and markup."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from plugins.domain.content import ContentItem
from plugins.domain.registers import is_current

_FENCE = re.compile(r"[ \t]{0,3}(```+|~~~+)")
_MARKUP = re.compile(
    r"`[^`]*`"  # code
    r"|\]\([^)\s]*(?:\s+\"[^\"]*\")?\)"  # the address of a link
    r"|<[a-zA-Z/!][^>]*>"  # tags and <http://…>
    r"|https?://[!-~]+"
    r"|\*\*|__|~~"
)
_SENTENCE = re.compile(r"[^。！？!?；]*[。！？!?；]?[”’」』）]?")
_YEAR = re.compile(r"(?<!\d)(19\d\d|20\d\d)(?=\s*年|[-—–～至到])")
_OF_OLD = re.compile(r"(?:原|时任|前|曾任|当时的?|旧称|原名|历任)[^，。；！？]{0,24}$")
_RENAMED = re.compile(r"更名|改为|改称|改名|组建|前身|撤销|不再保留|整合|合并|重组|设立|成立")


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of running text and the line it begins on."""

    line: int
    text: str


def passages(item: ContentItem) -> Iterator[Passage]:
    """Yield the texts of an item that a visitor reads: titles, summary, captions, and the body line by line."""
    for key, text in _head(item):
        if text:
            yield Passage(item.line_of(key), text)
    yield from body_passages(item)


def _head(item: ContentItem) -> tuple[tuple[str, str], ...]:
    return (
        ("kicker", item.kicker),
        ("title", item.title),
        ("subtitle", item.subtitle),
        ("summary", item.summary),
        ("lead_image_caption", item.lead_image.caption if item.lead_image else ""),
    )


def whole_text(item: ContentItem) -> str:
    """Return all that ``passages`` come from, markup and all: what is not in it is in none of them."""
    return "\n".join((*(text for _, text in _head(item)), item.body))


def body_passages(item: ContentItem) -> Iterator[Passage]:
    """Yield the lines of the body, markup taken out, code blocks left out."""
    fence = ""
    for number, line in enumerate(item.body.split("\n"), item.body_line):
        if match := _FENCE.match(line):
            fence = "" if fence and match[1].startswith(fence) else fence or match[1]
        elif not fence and line.strip():
            yield Passage(number, _MARKUP.sub(lambda match: "" if match[0] in ("**", "__", "~~") else " ", line))


def sentences(passage: Passage) -> Iterator[str]:
    """Yield the sentences of a passage, their ends with them.

    >>> list(sentences(Passage(1, "一句。两句！")))
    ['一句。', '两句！']
    """
    return (match[0] for match in _SENTENCE.finditer(passage.text) if match[0].strip())


def speaks_of_the_past(before: str, sentence: str, since: date | None, until: date | None) -> bool:
    """Whether a dated wording is used rightly outside its time.

    That is so where it follows 原 or 时任, where the sentence tells of a renaming, or names a year of its time.
    ``before`` is the sentence up to the wording.
    """
    if _OF_OLD.search(before) or _RENAMED.search(sentence):
        return True
    years = (int(year) for year in _YEAR.findall(sentence))
    return any(is_current(since, until, date(year, month, 28)) for year in years for month in range(1, 13))


def is_quoted(before: str) -> bool:
    """Whether a wording stands within 《》 or quotation marks that open in ``before``: it is someone's name or words."""
    return any(before.rfind(left) > before.rfind(right) for left, right in ("《》", "“”", "「」", "『』"))
