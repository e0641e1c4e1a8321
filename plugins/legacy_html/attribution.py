"""Who wrote a page, for whom, and when: from its info lines, its bylines, and what its head states."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from plugins.domain.dates import CHINA
from plugins.legacy_html.document import Author, Block, Facts, LegacyDocument
from plugins.legacy_html.infoline import InfoLine
from plugins.legacy_html.labels import DATE, ORGANISATION
from plugins.legacy_html.places import NOBODY, blogger, poster, sheet
from plugins.legacy_html.repairs import byline, dates, pinyin
from plugins.legacy_html.repairs.lines import readable
from plugins.legacy_html.repairs.people import is_name
from plugins.legacy_html.roles import info_of, seen

_DATE_METAS = (
    "pubdate",
    "publishdate",
    "article:published_time",
    "og:release_date",
    "datepublished",
    "publish-date",
    "og:published_time",
    "publication_date",
    "firstcreatetime",
    "weibo: article:create_at",
    "date",
    "dc.date",
)
_SOURCE_METAS = ("contentsource", "source", "mediaid", "og:article:source", "weibo:article:source")
_NO_SOURCE = re.compile(r"^(?:未知|不详|佚名|无|暂无|null|none|admin|点击|[\d\W]*)$", re.I)
_REPORTERS = re.compile(
    r"^[（(【\[]?\s*(?:本报|本网|本刊|本台)?(?:特约|见习|实习)?(?:记者|通讯员)\s*[:：]?\s*[\u4e00-\u9fff ·、　]{2,30}?\s*(?:(?:摄影?)?报道|文/图|文|摄|图)?\s*[)）】\]]?$"
)
_CLOSING_SOURCE = re.compile(r"^[（(【\[]\s*(?:来源|稿源|摘自|转自|原载)\s*[:：]?\s*([^（）()]{2,40}?)\s*[)）】\]]$")
_PAPER = re.compile(r"^[^，。]{2,12}(?:报|网|社|刊|电视台|广播|杂志)$")
_BY = re.compile(
    r"^(?:由|by|[文图]\s*[/／|]|[\u4e00-\u9fff]{0,8}(?:记者|通讯员)[\s:：/]*)\s*|\s*[/／|]\s*[文图]$", re.I
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """Authors, source and moment; what the page does not state is empty."""

    authors: tuple[Author, ...] = ()
    source_name: str = ""
    moment: date | None = None
    column: str = ""


def attribution(document: LegacyDocument) -> Attribution:
    """Read it: what stands at the title wins over the head, the head over what stands at the text's end."""
    blocks, facts = document.surveyed, document.facts
    infos = [(block, info_of(seen(block))) for block in _by_nearness(blocks)]
    stated = _stated(facts)
    article = [block for block in blocks if block.role == "article"]
    edges = [byline.read(block.text) for block in (*_edges(article), *_below_text(blocks))]
    under = [byline.read(block.text, near_title=True) for block in _under_title(blocks)]
    lines = [found for found in (*under, *edges) if found is not None]
    return Attribution(
        authors=_authors(infos, stated, lines, facts, blogger(blocks) or poster(blocks, document.boxes)),
        source_name=_source(infos, facts, lines, article),
        moment=_moment(infos, facts, stated) or next((one.moment for one in under if one and one.moment), None),
        column=next((value for _, info in infos if (value := info.first("column")) and len(value) <= 20), "")
        or sheet(blocks),
    )


def _by_nearness(blocks: Sequence[Block]) -> list[Block]:
    """The info lines, those nearest below the title first, editors' lines last."""
    title = next((index for index, block in enumerate(blocks) if block.role == "title"), -1)
    first = next((index for index, block in enumerate(blocks) if block.role == "article"), 0)
    anchor = title if title >= 0 else first
    infos = [(index, block) for index, block in enumerate(blocks) if _is_telling(block)]
    infos.sort(key=lambda pair: (pair[1].role == "editor", _distance(pair[0] - anchor)))
    return [block for _, block in infos]


def _is_telling(block: Block) -> bool:
    """True for an info line, and for a breadcrumb that ends in the date."""
    return block.role in ("info", "editor") or (block.role == "crumb" and bool(DATE.search(block.text)))


def _under_title(blocks: Sequence[Block]) -> list[Block]:
    """Short lines between the title and the text that are no info line: where a name may stand alone."""
    title = next((index for index, block in enumerate(blocks) if block.role == "title"), len(blocks))
    near = blocks[title + 1 : title + 5]
    return [block for block in near if block.role in ("", "article") and len(block.text) <= 30]


def _below_text(blocks: Sequence[Block]) -> list[Block]:
    """The lines right below the text that are nothing yet: the source may stand there in brackets."""
    last = max((index for index, block in enumerate(blocks) if block.role == "article"), default=len(blocks))
    below = itertools.takewhile(lambda block: not block.role and len(block.text) <= 30, blocks[last + 1 : last + 3])
    return [block for block in below if block.text[:1] in "（("]


def _distance(offset: int) -> int:
    """How far an info line is from the title; one above it counts as farther."""
    return offset if offset >= 0 else 3 - offset * 2


def _stated(facts: Facts) -> tuple[Mapping[str, object], ...]:
    """The objects of the page's JSON-LD that look like an article."""
    found = list[Mapping[str, object]]()
    for script in facts.scripts:
        try:
            held = json.loads(script, strict=False)
        except (ValueError, RecursionError):
            continue
        found += (one for one in _objects(held) if "datePublished" in one or "headline" in one or "pubDate" in one)
    return tuple(found)


def _objects(held: object) -> Iterator[Mapping[str, object]]:
    """The objects on the first two levels of a JSON-LD value."""
    for one in held if isinstance(held, list) else [held]:
        if isinstance(one, dict):
            yield one
            graph = one.get("@graph")
            if isinstance(graph, list):
                yield from (inner for inner in graph if isinstance(inner, dict))


def _moment(
    infos: Sequence[tuple[Block, InfoLine]], facts: Facts, stated: Sequence[Mapping[str, object]]
) -> date | None:
    texts = sorted(((one, text) for one in infos for text in _date_texts(one[1])), key=_is_bracketed)
    shown = [found for _, text in texts if (found := read_date(text)) is not None]
    heads = [
        text
        for text in (
            facts.meta(*_DATE_METAS),
            *(str(one.get("datePublished") or one.get("pubDate") or "") for one in stated),
        )
        if text
    ]
    told = [found for text in heads if (found := read_date(text)) is not None]
    if not shown:
        return told[0] if told else None
    best = shown[0]
    same = [one for one in (*shown, *told) if isinstance(one, datetime) and one.date() == best]
    return best if isinstance(best, datetime) or not same else same[0]


def _is_bracketed(dated: tuple[tuple[Block, InfoLine], str]) -> bool:
    """True for a date alone in brackets, as the day of a speech stands under its title: others come first."""
    (block, info), _ = dated
    return info.is_bare and not info.rest and block.text[:1] in "（("


def _date_texts(info: InfoLine) -> tuple[str, ...]:
    labelled = tuple(value for field, value in info.fields if field == "date" and value)
    return (*labelled, *info.dates)


def read_date(text: str) -> date | None:
    """The moment that a page writes, also in ISO form, in China's time; an impossible one is None."""
    stripped = text.strip()
    if re.match(r"\d{4}-\d\d-\d\dT\d\d:\d\d", stripped):
        try:
            moment = datetime.fromisoformat(stripped.replace("Z", "+00:00"))
        except ValueError:
            return dates.read(stripped[:10])
        return moment.replace(tzinfo=CHINA) if moment.tzinfo is None else moment.astimezone(CHINA)
    stripped = re.sub(r"^(\d{4})\s+(\d\d)\s*/\s*(\d\d)(?=\s)", r"\1-\2-\3", stripped)
    tidied = re.sub(r"\s*([-/.年月])\s*", r"\1", stripped.replace("－", "-").replace(".", "-"))
    tidied = re.sub(r"[\s\u3000,，]*(?:星期|周)[一二三四五六日天]", " ", tidied)
    return dates.read(re.sub(r"(\d)\s*时\s*(\d\d)\s*分?", r"\1:\2", tidied))


def _source(
    infos: Sequence[tuple[Block, InfoLine]], facts: Facts, lines: Sequence[byline.Byline], blocks: Sequence[Block]
) -> str:
    for _, info in infos:
        value = info.first("source")
        if value and not _NO_SOURCE.match(value) and len(value) <= 40:
            return value
    stated = facts.meta(*_SOURCE_METAS)
    if stated and len(stated) <= 30 and "://" not in stated and not _NO_SOURCE.match(stated):
        return stated
    for block, info in infos[:3]:
        names = (word for word in info.rest if len(word) <= 20 and ORGANISATION.search(word))
        if _is_dated(block, info) and (name := next(names, "")):
            return re.sub(r"(?:数字报|电子版|电子报)$", "", name)
    for block, info in infos[:2]:
        if _is_dated(block, info) and (name := _linked_word(block, info)):
            return name
    for block in reversed(blocks[-4:]):
        if closing := _CLOSING_SOURCE.match(block.text):
            return closing[1]
    offices = (author.office for line in lines for author in line.authors if _PAPER.search(author.office))
    return next((line.source_name for line in lines if line.source_name), next(offices, ""))


def _linked_word(block: Block, info: InfoLine) -> str:
    """The one word beside a date that is a link: whom the page is from."""
    links = [block.text[mark.start : mark.end].strip() for mark in block.marks if mark.kind == "link"]
    words = [word for word in info.rest if word in links and 3 <= len(word) <= 15 and not is_name(word)]
    return words[0] if len(words) == 1 and len(info.rest) == 1 else ""


def _is_dated(block: Block, info: InfoLine) -> bool:
    return block.role == "info" and bool(info.dates or info.first("date"))


def _authors(
    infos: Sequence[tuple[Block, InfoLine]],
    stated: Sequence[Mapping[str, object]],
    lines: Sequence[byline.Byline],
    facts: Facts,
    blogger: str,
) -> tuple[Author, ...]:
    for _, info in infos:
        value = info.first("author")
        if value and not NOBODY.match(value) and len(value) <= 60:
            return byline.people_of(value, certain=True)
    for line in lines:
        if line.authors:
            return line.authors
    if blogger:
        return (Author(name=blogger),)
    for block, info in infos[:2]:
        names = [name for word in info.rest if is_name(name := _BY.sub("", word))]
        if _is_dated(block, info) and names:
            return tuple(Author(name=name) for name in names[:4])
    named = _json_author(stated) or (facts.meta("author") if facts.meta("articletitle", "og:title") else "")
    return (Author(name=named),) if named and is_name(named) else ()


def _json_author(stated: Sequence[Mapping[str, object]]) -> str:
    for one in stated:
        author = one.get("author")
        first = author[0] if isinstance(author, list) and author else author
        name = first.get("name") if isinstance(first, dict) else first
        if isinstance(name, str) and name.strip():
            return name.strip()
    return ""


def _edges(blocks: Sequence[Block]) -> list[Block]:
    """The first and last lines of the article, where a byline may stand."""
    lines = [
        block
        for block in blocks
        if block.role == "article" and block.kind in ("paragraph", "heading", "quote") and len(block.text) <= 60
    ]
    heads = [block for block in blocks[:3] if block in lines]
    tails = [block for block in blocks[-3:] if block in lines]
    return [*heads, *tails]


def _readable(document: LegacyDocument) -> Sequence[str]:
    """The lines of the article as a reader of Simplified sees them."""
    texts = [block.text.replace("\n", " ") for block in document.blocks]
    is_foreign = document.metadata.script == "traditional" or pinyin.BRACKET.search("\n".join(texts))
    return readable(texts) if is_foreign and texts else texts


def byline_rules(document: LegacyDocument) -> dict[int, str]:
    """The lines at the article's ends that are nothing but a byline (index -> rule)."""
    rules, texts = dict[int, str](), _readable(document)
    article = [index for index, block in enumerate(document.blocks) if block.role == "article"]
    for place, index in enumerate(article):
        block, text = document.blocks[index], texts[index]
        if 3 <= place < len(article) - 3 or len(text) > 60 or block.kind == "row":
            continue
        if (
            _REPORTERS.match(text)
            or _CLOSING_SOURCE.match(text)
            or ((found := byline.read(text)) is not None and found.labels and (found.authors or found.source_name))
            or (place < 2 and found is not None and bool(found.authors) != bool(found.moment))
        ):
            rules[index] = "byline"
    return rules if len(rules) < len(article) else {}
