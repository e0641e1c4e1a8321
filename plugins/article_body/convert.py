"""From a text as written to a Body, whichever way is the shorter."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from html import unescape
from urllib.parse import unquote

from plugins.article_body.addresses import Address, path_of, read_address
from plugins.article_body.limits import TimeExceededError, limited_time, too_deep, too_long
from plugins.article_body.plain import render_plain
from plugins.article_body.source import Lines, even
from plugins.domain.body import Body, Reference
from plugins.domain.outline import Outline, TextBlock
from plugins.domain.problems import Level, Problem

Sanitize = Callable[[str], str]
ReadOutline = Callable[[Sequence[TextBlock]], Outline]
Converted = tuple[Body, tuple[Problem, ...]]

_DROPPED = re.compile(
    r"""(?:\bhref\s*=\s*["']?\s*(?=(?:javascript|vbscript|data|file|blob|about):|//)"""
    r"""|<img\b[^>]*?\bsrc\s*=\s*["']?\s*(?=(?:[a-z][a-z0-9+.-]*:|//)))([^"'>\s]+)""",
    re.IGNORECASE,
)
_WORDS = 12  # of a heading, to find its line


@dataclass(slots=True, kw_only=True)
class Findings:
    """What a conversion notes on its way: where the text leads, and what is wrong with it."""

    path: str
    lines: Lines
    references: list[Reference] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    places: list[str] = field(default_factory=list)

    def read(self, raw: str, is_image: bool = False) -> Address:
        """Return where ``raw`` leads, and note it."""
        address = read_address(raw, beside=self.path)
        if address.href.startswith("#"):
            self.places.append(address.href)
        if address.path or address.message:
            line = self.lines.of(raw)
            if address.path:
                self.references.append(address.reference(line=line, is_image=is_image))
            if address.message:
                self.note(line, address.message, address.hint, Level.ERROR)
        return address

    def note(self, line: int, message: str, hint: str, level: Level) -> None:
        """Note a problem."""
        self.problems.append(Problem(path=self.path, line=line, message=message, hint=hint, level=level))

    def note_dropped(self, html: str) -> None:
        """Note addresses that the sanitiser takes out: a reader would see words without their link."""
        for raw in dict.fromkeys(_DROPPED.findall(html)):
            address = unescape(raw)
            hint = "写完整的 http:// 或 https:// 网址，或站内文件的路径；图片要放在 content 里"
            self.note(self.lines.of(address[:_WORDS]), f"地址 {address[:60]!r} 不能发布，已去掉", hint, Level.WARNING)

    def note_silent(self, picture: str) -> None:
        """Note that a picture has a caption only."""
        path, _ = path_of(picture)
        lines = [reference.line for reference in self.references if reference.is_image and reference.path == path]
        hint = '写成 ![替代文字](文件 "图注")，替代文字给看不见图的读者'
        self.note(lines[0] if lines else 0, "图片只有图注，没有替代文字", hint, Level.NOTICE)

    def check_places(self, anchors: Sequence[str]) -> None:
        """Note links to places that the text does not have."""
        known = {"#", *(f"#{anchor}" for anchor in anchors)}
        for place in self.places:
            if place not in known and unquote(place) not in known:
                self.note(self.lines.of(place), f"文中没有 {place} 这个位置", "请核对链接", Level.WARNING)

    def outline(self, blocks: Sequence[TextBlock], read: ReadOutline) -> Outline:
        """Return the outline of ``blocks``, its faults noted."""
        outline = read(blocks)
        for fault in outline.faults:
            line = self.lines.of(blocks[fault.block].text[:_WORDS])
            self.note(line, fault.message, fault.hint, Level.WARNING)
        return outline


def convert(text: str, *, path: str, first_line: int = 1, sanitize: Sanitize, outline: ReadOutline) -> Converted:
    """Return the body that ``text`` makes, and what is wrong with it; ``first_line`` is the line it begins at in ``path``.

    ``sanitize`` has the last word on every byte of HTML. ``outline`` tells the headings. A text over a limit gives an
    empty body and says which limit.
    """
    if problem := too_long(text, path=path, first_line=first_line):
        return Body(), (problem,)
    written, text = text, even(text)
    findings = Findings(path=path, lines=Lines(text, first_line))
    body = render_plain(text, findings.read, lambda blocks: findings.outline(blocks, outline))
    if body is not None:
        if findings.references:
            body = replace(body, references=tuple(findings.references))
    elif problem := too_deep(written, path=path, first_line=first_line):
        return Body(), (problem,)
    else:
        try:
            from plugins.article_body.fully import convert_fully  # Markdown and lxml, which plain texts do without

            with limited_time():
                body = convert_fully(text, findings, sanitize, outline)
        except (TimeExceededError, RecursionError):
            hint = "请检查是否有大量嵌套的括号、引用或标签"
            return Body(), (Problem(path=path, line=first_line, message="正文太复杂，转换超过了时限", hint=hint),)
    findings.check_places(body.anchors)
    return body, tuple(findings.problems)
