"""A raw ``.html`` file in ``content/`` as an item: what the build reads where somebody commits a scraped page as it is.

The page says nothing of its standing, so it is pending. Its head may say more, one ``<meta name="xiehui:…">`` a value:
state, type, title, date, slug, id, source.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from hashlib import sha256
from urllib.parse import unquote

from plugins.domain.content import Attachment, ContentItem, Credit, Legacy, ReviewFlag, Source, State
from plugins.domain.dates import parse_moment, start_of
from plugins.domain.paths import is_slug, resolve
from plugins.domain.problems import Level, Problem
from plugins.legacy_html.document import Block, Flag, LegacyDocument, Mark
from plugins.legacy_html.importing import draft, values
from plugins.legacy_html.importing.addresses import is_web, joined, saved_from
from plugins.legacy_html.importing.record import Origin
from plugins.legacy_html.pipeline import clean
from plugins.legacy_html.render import to_html
from plugins.sanitizing.sanitize import sanitize

Reading = tuple[ContentItem | None, tuple[Problem, ...]]
PREFIX = "xiehui:"
TYPES = ("news_item", "page")  # the types that need nothing a recovered page may lack
KEYS = ("state", "type", "title", "date", "slug", "id", "source")
_PICTURE = re.compile(r".*\.(?:jpe?g|png|gif|webp)", re.I)
_FILE = re.compile(
    r".*\.(?:pdf|ofd|docx?|wps|xlsx?|et|pptx?|dps|od[tsp]|txt|csv|zip|rar|7z|mp3|m4a|ogg|mp4|webm)", re.I
)
_ID = re.compile(r"[A-Za-z0-9\u4e00-\u9fff][A-Za-z0-9\u4e00-\u9fff/._-]{0,119}")


def read_raw(path: str, raw: bytes, exists: Callable[[str], bool] | None = None) -> Reading:
    """The item that a raw page in ``content/`` is, and every problem of it; no item where one is an error.

    ``path`` is relative to the content folder. Pictures and files count where they lie in the page's folder or below it:
    ``exists`` tells of paths in the content folder; without it every reference counts that could. All others are taken
    out and flagged, so that the same page, bytes and neighbours always give the same reading.
    """
    found = read_page(path, raw, exists)
    return found.item, found.problems


@dataclass(frozen=True, slots=True, kw_only=True)
class RawPage:
    """A raw page as an item, as HTML that may be published, and what is wrong with it."""

    item: ContentItem | None
    html: str
    problems: tuple[Problem, ...]


def read_page(path: str, raw: bytes, exists: Callable[[str], bool] | None = None) -> RawPage:
    """``read_raw`` with the article's HTML, for those who do not convert Markdown themselves."""
    address = saved_from(raw)
    page = clean(LegacyDocument(source=path, raw=raw, base_url=address))
    stated = _stated(page)
    problems = tuple(_problems(path, stated, page))
    if any(problem.is_blocking for problem in problems):
        return RawPage(item=None, html="", problems=problems)
    here = Here(path=path, base=address, exists=exists)
    page = replace(page, blocks=tuple(here.block(block) for block in page.blocks))
    item = _item(path, page, here, stated)
    return RawPage(item=item, html=sanitize(to_html(page.blocks)), problems=problems)


def _stated(page: LegacyDocument) -> dict[str, str]:
    """What the head says to us."""
    return {name.removeprefix(PREFIX): text for name, text in page.facts.metas if name.startswith(PREFIX)}


def _problems(path: str, stated: dict[str, str], page: LegacyDocument) -> list[Problem]:
    """What is wrong with the file's name and with what its head says."""
    found = list[Problem]()

    def wrong(message: str, hint: str, level: Level = Level.ERROR) -> None:
        found.append(Problem(path=path, line=1, message=message, hint=hint, level=level))

    stem = path.rpartition("/")[2].rpartition(".")[0]
    slug = stated.get("slug", "")
    if not is_slug(slug or stem) or stem == "index":
        hint = "文件名只用小写字母、数字和单个连字符（不能叫 index），或在 head 里写 xiehui:slug"
        wrong(f"文件名 {path.rpartition('/')[2]!r} 不能作为网址", hint)
    for key in stated.keys() - set(KEYS):
        wrong(f"未知的 {PREFIX}{key[:40]}", "可用：" + "、".join(KEYS))
    if stated.get("state", "pending") not in set(State):
        wrong(f"未知的状态 {stated['state'][:40]!r}", "可用：" + "、".join(State))
    if stated.get("type", "page") not in TYPES:
        wrong(f"原始网页的类型不能是 {stated['type'][:40]!r}", "可用：" + "、".join(TYPES) + "；其他类型请先导入再改")
    if "date" in stated and parse_moment(stated["date"]) is None:
        wrong(f"日期 {stated['date'][:40]!r} 不对", "写存在的日期，如 2024-09-12 或 2024-09-12 08:30")
    if "id" in stated and not _ID.fullmatch(stated["id"]):
        wrong(f"编号 {stated['id'][:40]!r} 不对", "只用字母、数字、连字符、下划线、点和斜杠")
    if not page.blocks:
        wrong("没有找到正文", "核对这个网页，或把它移出 content", Level.WARNING)
    return found


def _item(path: str, page: LegacyDocument, here: Here, stated: dict[str, str]) -> ContentItem:
    name = path.rpartition("/")[2]
    stem = name.rpartition(".")[0]
    held = replace(page.metadata, title=stated.get("title") or page.metadata.title)
    title, title_flags = values.title_of(held, path)
    moment, date_flags = _moment(page, stated)
    body, body_flags = draft.body_of(page.blocks)
    attachments = tuple(here.attachments(page))
    missing = () if any(flag.flag == "missing_date" for flag in page.flags) else date_flags
    flags = tuple(dict.fromkeys((*page.flags, *title_flags, *missing, *here.flags, *body_flags)))
    reasons = draft.reasons_of(page)
    source = values.line(stated.get("source") or held.source_name)
    return ContentItem(
        path=path,
        type=stated.get("type") or ("news_item" if moment else "page"),
        title=title,
        state=State(stated.get("state", "pending")),
        slug=stated.get("slug") or stem,
        id=stated.get("id") or path.rpartition(".")[0],
        date=moment,
        kicker=values.line(held.kicker),
        subtitle=values.line(held.subtitle),
        authors=tuple(Credit(name=values.line(one.name), office=values.line(one.office)) for one in held.authors),
        source=Source(name=source) if source else None,
        redirect_from=tuple(values.old_paths((Origin(source=path, url=here.base),))),
        attachments=attachments,
        review=tuple(_review(flag) for flag in flags),
        quarantine=values.quarantine(reasons),
        legacy=Legacy(url=here.base, sha256=sha256(page.raw).hexdigest(), note=draft.note(page.changes, held.script)),
        body=body,
        digest=sha256(page.raw).hexdigest(),
    )


def _moment(page: LegacyDocument, stated: dict[str, str]) -> tuple[datetime | None, tuple[Flag, ...]]:
    """The moment of publication as the head gives it, else as the page does."""
    if "date" in stated:
        return parse_moment(stated["date"]), ()
    found, flags = values.date_of(page.metadata, date.max)
    if found is None or isinstance(found, datetime):
        return found, flags
    return start_of(found), flags


def _review(flag: Flag) -> ReviewFlag:
    text, suggestion, note = (values.line(one, values.TEXT_LENGTH) for one in (flag.text, flag.suggestion, flag.note))
    return ReviewFlag(flag=values.line(flag.flag), text=text, suggestion=suggestion, note=note)


@dataclass(slots=True, kw_only=True)
class Here:
    """The surroundings of one raw page: what its references may lead to."""

    path: str
    base: str
    exists: Callable[[str], bool] | None = None
    flags: list[Flag] = field(default_factory=list)

    def block(self, block: Block) -> Block:
        """``block`` with links and pictures that lead somewhere."""
        if block.kind == "figure" and block.file:
            file = self._beside(block.file, _PICTURE)
            if not file:
                note = "这张图片不在网页旁边；不引用别的网站上的图片。"
                self.flags.append(Flag(flag="missing_picture", text=block.text or block.file[:200], note=note))
            block = replace(block, file=file)
        marks = (self._mark(mark) for mark in block.marks)
        return replace(block, marks=tuple(mark for mark in marks if mark), level=min(block.level, 8))

    def attachments(self, page: LegacyDocument) -> list[Attachment]:
        """The files beside the page that it offers."""
        found = list[Attachment]()
        for link in page.metadata.attachments:
            file = self._beside(link.href, _FILE)
            inside = resolve(unquote(file), beside=self.path) if file else None
            if inside:
                found.append(Attachment(path=inside, title=values.line(link.text, 100) or inside.rpartition("/")[2]))
        return found

    def _mark(self, mark: Mark) -> Mark | None:
        if mark.kind != "link":
            return mark
        if not self.base and is_web(mark.href.strip()):
            return replace(mark, href=mark.href.strip())
        href = self._beside(mark.href, _FILE) or (joined(self.base, mark.href) if self.base else "")
        return replace(mark, href=href) if href else None

    def _beside(self, reference: str, kind: re.Pattern[str]) -> str:
        """``reference`` where it names a file of this kind in the page's folder or below it, under a publishable name."""
        bare = reference.strip().partition("#")[0].partition("?")[0].removeprefix("./")
        plain = unquote(bare)
        is_local = kind.fullmatch(plain) and ":" not in plain and "\\" not in plain and "\0" not in plain
        inside = resolve(plain, beside=self.path) if is_local and all(map(is_slug, plain.split("/")[:-1])) else None
        return bare if inside and (self.exists is None or self.exists(inside)) else ""
