"""One file of ``content/`` becomes one validated item."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping

from plugins.content_types.front_matter import Source as Parts
from plugins.content_types.front_matter import split
from plugins.content_types.limits import MARKDOWN_BYTES, body_problems
from plugins.content_types.nodes import Record, Scalar
from plugins.content_types.reading import read_fields
from plugins.content_types.slips import Slips
from plugins.content_types.types import ANY_FIELD, TYPES, ContentType
from plugins.content_types.values import Values
from plugins.domain.content import (
    Approval,
    Attachment,
    ContentItem,
    Correction,
    Credit,
    LeadImage,
    Legacy,
    ReviewFlag,
    Source,
    State,
    Waiver,
)
from plugins.domain.dates import EARLIEST, start_of
from plugins.domain.paths import is_slug
from plugins.domain.problems import Level, Problem, in_order

Reading = tuple[ContentItem | None, tuple[Problem, ...]]
Reader = Callable[[str, bytes], Reading]


def read_item(path: str, raw: bytes) -> Reading:
    """Return the item that the bytes of a Markdown file are, and every problem of theirs; no item where one is an error.

    ``path`` is relative to the content folder. The same path and bytes always give the same reading.
    """
    if len(raw) > MARKDOWN_BYTES:
        size = f"{len(raw) / 1024 / 1024:.1f} MB"
        hint = "不超过 1 MB；把长文分成几篇，或作为附件"
        return None, (Problem(path=path, line=1, message=f"文件太大：{size}", hint=hint),)
    parts, problems = split(path, raw)
    if parts is None:
        return None, problems
    return item_from_parts(path, parts, hashlib.sha256(raw).hexdigest())


def item_from_parts(path: str, parts: Parts, digest: str) -> Reading:
    """Return the item of a file whose front matter is parsed already, as readers of other formats need it."""
    slips = Slips(path=path)
    declared = TYPES.get(_written(parts.fields, "type"))
    values = Values(read_fields(declared.by_key if declared else ANY_FIELD, parts.fields, slips))
    if declared is not None:
        _check_place(path, declared, values, slips)
    _check_together(values, slips)
    slips.problems.extend(body_problems(path, parts.body, parts.body_line))
    if declared is None or any(problem.is_blocking for problem in slips.problems):
        return None, in_order(slips.problems)
    return _build(path, declared, values, parts, digest, slips), in_order(slips.problems)


def _written(fields: Record, key: str) -> str:
    value = next((entry.value for entry in fields.entries if entry.key == key), None)
    return value.text.strip() if isinstance(value, Scalar) else ""


def _check_place(path: str, declared: ContentType, values: Values, slips: Slips) -> None:
    """A column is an ``index.md``, and nothing else is; every other file gives its name to the address."""
    name = path.rpartition("/")[2]
    stem = name.rpartition(".")[0]
    if (declared.name == "section") != (stem == "index"):
        message = "index.md 的类型应是 section" if stem == "index" else "类型是 section 的文件应叫 index.md"
        slips.add(_line(slips, "type"), message, "一个栏目是一个文件夹，由其中的 index.md 说明；其他内容另起文件名")
    elif declared.name != "section" and not is_slug(stem) and "slug" not in values.by_key:
        hint = "文件名只用小写字母、数字和单个连字符，或加上一行“slug: 网址名”"
        slips.add(1, f"文件名 {name!r} 不能作为网址", hint)


def _line(slips: Slips, key: str) -> int:
    return dict(slips.lines).get(key, 1)


def _check_together(values: Values, slips: Slips) -> None:
    """Check what fields say together."""
    date, expires = values.moment("date"), values.moment("expires")
    if date and expires and expires <= date:
        slips.add(_line(slips, "expires"), "expires（到期时间）不晚于 date（发布时间）", "改正其中一个日期")
    for first, last in (("starts", "ends"), ("since", "until")):
        _check_order(values, first, last, "", slips)
    if query := values.record("query"):
        _check_order(query, "since", "until", "query.", slips)
    if "lead_image" in values.by_key and not values.text("lead_image_alt"):
        hint = "加上一行“lead_image_alt: 图里有什么”，给看不到图的读者"
        slips.add(_line(slips, "lead_image"), "题图缺少 lead_image_alt（替代文字）", hint)
    if "source_url" in values.by_key and not values.text("source"):
        slips.add(_line(slips, "source_url"), "有 source_url 而没有 source（来源名称）", "加上一行“source: 来源的全称”")
    _check_state(values, slips)


def _check_order(values: Values, first: str, last: str, prefix: str, slips: Slips) -> None:
    begin, end = values.by_key.get(first), values.by_key.get(last)
    if begin and end and str(end) < str(begin):  # both are days, or both moments of one zone
        slips.add(_line(slips, prefix + last), f"{last} 早于 {first}", "改正其中一个日期")


def _check_state(values: Values, slips: Slips) -> None:
    """A state that is not written is private, and that is said; a wrong one is told of already."""
    line = _line(slips, "state")
    if values.text("state") or any(problem.line == line and problem.line > 1 for problem in slips.problems):
        return
    what = "没有写 state" if line == 1 else "state 是空的"
    slips.add(line, f"{what}，按 private（草稿）处理，不会公开", "要公开请写 state: published", Level.WARNING)


def _build(path: str, declared: ContentType, values: Values, parts: Parts, digest: str, slips: Slips) -> ContentItem:
    stem = path.rpartition(".")[0]
    own_name = path.rpartition("/")[0] if declared.name == "section" else stem
    return ContentItem(
        path=path,
        type=declared.name,
        title=values.text("title"),
        state=State(values.text("state") or State.PRIVATE),
        slug=values.text("slug") or own_name.rpartition("/")[2],
        id=values.text("id") or stem,
        date=values.moment("date"),
        modified=values.moment("modified"),
        expires=values.moment("expires"),
        kicker=values.text("kicker"),
        subtitle=values.text("subtitle"),
        summary=values.text("summary"),
        tags=values.texts("tags"),
        keywords=values.texts("keywords"),
        region=values.text("region"),
        authors=tuple(Credit(name=who.text("name"), office=who.text("office")) for who in values.records("authors")),
        source=Source(name=values.text("source"), url=values.text("source_url")) if values.text("source") else None,
        editor=values.text("editor"),
        people=values.texts("people"),
        programs=values.texts("programs"),
        related=values.texts("related"),
        redirect_from=values.texts("redirect_from"),
        lead_image=_lead_image(values),
        attachments=tuple(_attachment(file) for file in values.records("attachments")),
        correction=_correction(values.record("correction")),
        pinned=values.flag("pinned"),
        exclude_from_nav=values.flag("exclude_from_nav"),
        order=values.count("order"),
        lang=values.text("lang") or "zh-CN",
        review=tuple(_review_flag(flag) for flag in values.records("review")),
        quarantine=values.text("quarantine"),
        approvals=tuple(_approval(approval) for approval in values.records("approvals")),
        legacy=_legacy(values.record("legacy")),
        waivers=tuple(waiver_from(waiver) for waiver in values.records("waivers")),
        details=declared.details(values),
        body=parts.body,
        body_line=parts.body_line,
        digest=digest,
        lines=tuple(slips.lines),
    )


def _lead_image(values: Values) -> LeadImage | None:
    path = values.text("lead_image")
    if not path:
        return None
    return LeadImage(path=path, alt=values.text("lead_image_alt"), caption=values.text("lead_image_caption"))


def _attachment(file: Values) -> Attachment:
    name = file.text("path").rpartition("/")[2]
    return Attachment(path=file.text("path"), title=file.text("title") or name.rpartition(".")[0] or name)


def _correction(correction: Values | None) -> Correction | None:
    day = correction.day("date") if correction else None
    return Correction(date=day, text=correction.text("text")) if correction and day else None


def _review_flag(flag: Values) -> ReviewFlag:
    return ReviewFlag(
        flag=flag.text("flag"), text=flag.text("text"), suggestion=flag.text("suggestion"), note=flag.text("note")
    )


def _approval(approval: Values) -> Approval:
    return Approval(
        role=approval.text("role"),
        name=approval.text("name"),
        date=approval.moment("date") or start_of(EARLIEST),
        digest=approval.text("digest"),
    )


def _legacy(legacy: Values | None) -> Legacy | None:
    if legacy is None:
        return None
    return Legacy(
        url=legacy.text("url"), sha256=legacy.text("sha256"), record=legacy.text("record"), note=legacy.text("note")
    )


def waiver_from(waiver: Values) -> Waiver:
    """Return the waiver that a group of fields is."""
    return Waiver(
        rule=waiver.text("rule"),
        text=waiver.text("text"),
        name=waiver.text("name"),
        reason=waiver.text("reason"),
        until=waiver.day("until") or EARLIEST,
    )


READERS: Mapping[str, Reader] = {".md": read_item}
