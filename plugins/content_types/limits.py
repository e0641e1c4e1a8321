"""What a Markdown body may not do, checked before anything parses it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from plugins.domain.problems import Problem
from plugins.domain.text import count_ascii

MARKDOWN_BYTES = 1024 * 1024
HTML_BYTES = 5 * 1024 * 1024
RUN = 200
DEPTH = 20
NESTING = 200

_RUN = re.compile(rf"([\[(!>*_])\1{{{RUN}}}")
_MARKERS = re.compile(rf"^[ \t]*+(?:(?:>|(?:[-+*]|\d{{1,9}}[.)])(?=[ \t]))[ \t]*+){{{DEPTH + 1}}}", re.MULTILINE)
_INDENTED = re.compile(rf"^[ \t]{{{DEPTH},}}(?:[-+*]|\d{{1,9}}[.)])[ \t]", re.MULTILINE)
_LIST_LINE = re.compile(r"^([ \t]*)(?:[-+*]|\d{1,9}[.)])[ \t]")
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)(?=[\s/>])")
# Elements that HTML closes by itself, or that hold nothing.
_UNCLOSED = re.compile(
    r"p|li|d[td]|t[rdh]|thead|tbody|tfoot|option|r[tp]|[bh]r|img|wbr|source|track|col|area|input|meta|link", re.I
)


def body_problems(path: str, body: str, first_line: int) -> Iterator[Problem]:
    """Yield what is beyond the limits in ``body``, which begins at ``first_line`` of the file."""

    def at(offset: int) -> int:
        return first_line + body.count("\n", 0, offset)

    if count_ascii(body, b"[(!>*_") > RUN and (match := _RUN.search(body)):
        yield Problem(
            path=path, line=at(match.start()), message=f"{match[1]!r} 连续超过 {RUN} 个", hint="删去多余的符号"
        )
    if count_ascii(body, b">-+*.)") > DEPTH and (match := _MARKERS.search(body)):
        yield _too_deep(path, at(match.start()))
    elif (
        (" " * DEPTH in body or "\t" in body)
        and _INDENTED.search(body)
        and (number := _deep_list_line(body)) is not None
    ):
        yield _too_deep(path, first_line + number)
    if body.count("<") > NESTING and (offset := _deep_tag(body)) is not None:
        hint = "删去没有用的外层标签"
        yield Problem(path=path, line=at(offset), message=f"HTML 标签嵌套超过 {NESTING} 层", hint=hint)


def _too_deep(path: str, line: int) -> Problem:
    return Problem(path=path, line=line, message=f"列表或引用超过 {DEPTH} 层", hint="减少缩进或“>”的层数")


def _deep_list_line(body: str) -> int | None:
    """Return the number, from 0, of the first line that is a list item of more than DEPTH levels."""
    levels: list[int] = []
    for number, line in enumerate(body.split("\n")):
        if match := _LIST_LINE.match(line):
            indent = len(match[1].expandtabs(4))
            while levels and levels[-1] >= indent:
                levels.pop()
            levels.append(indent)
            if len(levels) > DEPTH:
                return number
        elif line and not line[0].isspace():
            levels.clear()
    return None


def _deep_tag(body: str) -> int | None:
    """Return where the first element stands that is nested too deeply; elements that close themselves do not count."""
    depth = 0
    for match in _TAG.finditer(body):
        if _UNCLOSED.fullmatch(match[2]):
            continue
        depth = max(0, depth - 1) if match[1] else depth + 1
        if depth > NESTING:
            return match.start()
    return None
