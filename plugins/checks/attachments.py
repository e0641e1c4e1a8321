"""Attachments: no personal numbers in them, and nothing hidden that the editor did not mean to publish.

Basis: 《个人信息保护法》; 政府网站检查指标（泄露个人隐私）: lists with identity numbers were published in spreadsheets, some in
hidden sheets. Plain texts and office files (they are zipped XML) are read as text; PDF and the old binary formats are not.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from html import unescape
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from plugins.checks.inspection import Inspection, Rule
from plugins.checks.privacy import mobiles_of, numbers_of
from plugins.domain.content import ContentItem
from plugins.domain.problems import Level, Problem

MEMBER_BYTES = 16 * 1024 * 1024
TOTAL_BYTES = 64 * 1024 * 1024
_MANY = 3
_PLAIN = (".txt", ".csv", ".vtt", ".ics")
_ZIPPED = (".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp")
_PARTS = re.compile(r"(?:word|xl|ppt)/.*\.xml|content\.xml")
_BLOCK_END = re.compile(r"</(?:w:p|w:tc|a:p|si|v|c|comment|text:p|table:table-cell)>")
_TAG = re.compile(r"<[^>]*>")
_HIDDEN = (
    (re.compile(r"xl/workbook\.xml"), re.compile(r'<sheet\b[^>]*\bstate="(?:hidden|veryHidden)"'), "有隐藏的工作表"),
    (re.compile(r"ppt/slides/.*"), re.compile(r'<p:sld\b[^>]*\bshow="0"'), "有隐藏的幻灯片"),
    (re.compile(r"word/document\.xml"), re.compile(r"<w:(?:ins|del) "), "留有修订记录"),
    (
        re.compile(r"word/comments\.xml|xl/(?:threadedC|c)omments.*|ppt/comments/.*"),
        re.compile(r"<(?:w:comment|comment|threadedComment|p:cm|p188:cm) "),
        "留有批注",
    ),
)


def check(site: Inspection) -> Iterator[Problem]:
    """Yield what attachments of public items should not show."""
    if site.read is None:
        return
    for item in site.items:
        for number, attachment in enumerate(item.attachments if item.path in site.public else ()):
            suffix = attachment.path[attachment.path.rfind(".") :].lower()
            if suffix in _PLAIN or suffix in _ZIPPED:
                yield from _problems(item, number, attachment.path, site.read(attachment.path), suffix)


def _problems(item: ContentItem, number: int, path: str, raw: bytes | None, suffix: str) -> Iterator[Problem]:
    if raw is None:
        return  # a missing file is told where items are validated

    def said(what: str, hint: str, level: Level = Level.WARNING) -> Problem:
        message = f"附件 {path} {what}"
        return Problem(
            path=item.path, line=item.line_of(f"attachments.{number}"), message=message, hint=hint, level=level
        )

    try:
        parts = office_parts(raw) if suffix in _ZIPPED else {path: _decoded(raw)}
    except (BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError, OSError):
        yield said("打不开，可能已损坏或加了密码", "重新导出，不要加密码")
        return
    for where, sign, what in _HIDDEN:
        if any(where.fullmatch(name) and sign.search(text) for name, text in parts.items()):
            yield said(what, "删去后重新保存")
    text = "\n".join(_text(part) if suffix in _ZIPPED else part for part in parts.values())
    for message, level in sorted(set(numbers_of(text))):
        yield said(f"里{message}", "删去或遮住号码后重新上传", level)
    if len(mobiles := set(mobiles_of(text))) >= _MANY:
        yield said(f"里有 {len(mobiles)} 个手机号码", "名单里的号码请遮住中间四位")


def _decoded(raw: bytes) -> str:
    """Return a plain text; what is not UTF-8 is most likely GBK, as spreadsheets export it."""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("gb18030", "replace")


def office_parts(raw: bytes) -> dict[str, str]:
    """Return the XML parts of an office file that hold its text, by name, no more than ``TOTAL_BYTES`` of them.

    Raises what ``zipfile`` raises for a damaged or locked file.
    """
    parts: dict[str, str] = {}
    left = TOTAL_BYTES
    with ZipFile(BytesIO(raw)) as archive:
        for entry in archive.infolist():
            if _PARTS.fullmatch(entry.filename) and left > 0:
                with archive.open(entry) as member:
                    text = member.read(min(MEMBER_BYTES, left))
                left -= len(text)
                parts[entry.filename] = text.decode("utf-8", "replace")
    return parts


def _text(xml: str) -> str:
    """Return the text of a part, a paragraph or cell a line; runs within one are joined as a reader sees them."""
    return unescape(_TAG.sub("", _BLOCK_END.sub("\n", xml)))


RULE = Rule(name="attachments", label="附件内容", check=check)
