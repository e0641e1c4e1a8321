"""Inline Markdown: text and marks in both directions, so that text never turns into markup."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Sequence

from plugins.legacy_html.document import Mark, MarkKind

_SPECIAL = re.compile(r"[\\`*\[\]{]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])|<|&(?=#?\w+;)")
_BLOCK_START = re.compile(r"#|>|[-+](?=\s)|-{2,}|:(?=\s)|~{3}|!{3}|\d{1,9}\.(?=\s)")
_ENTITIES = {"<": "&lt;", "&": "&amp;", ":": "&#58;", "~": "&#126;"}
_UNSAFE = re.compile(r"[<>\n\r\t\\]")
_OPENING: dict[MarkKind, str] = {"strong": "**", "em": "*", "sup": "<sup>", "sub": "<sub>", "link": "["}
_CLOSING: dict[MarkKind, str] = {"strong": "**", "em": "*", "sup": "</sup>", "sub": "</sub>"}
_TOKEN = re.compile(
    r"\\([\\`*_{}\[\]()>#+.!|:~=^-])|(&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[A-Za-z]{2,31});)|(\*\*)|(\*)|<(/?)(su[pb])>|(<br ?/?>)"
    r"|(\[)|(\]\((?:<([^<>\n]*)>|([^()\s<>]*(?:\([^()\s<>]*\)[^()\s<>]*)*))(?:\s+\"[^\"]*\")?\))"
)


def escaped(text: str) -> str:
    """``text`` with everything escaped that Markdown or HTML would read as markup.

    >>> escaped("1*2 <b> [x](y)")
    '1\\\\*2 &lt;b> \\\\[x\\\\](y)'
    """
    return _SPECIAL.sub(lambda found: _ENTITIES.get(found[0], "\\" + found[0]), text)


def line_start_escaped(line: str) -> str:
    """A paragraph's Markdown whose first characters cannot make it a heading, list, quote or table."""
    found = _BLOCK_START.match(line)
    if not found:
        return line
    at = found.end() - 1 if found[0][0].isdigit() else 0
    return line[:at] + _ENTITIES.get(line[at], "\\" + line[at]) + line[at + 1 :]


def write_inline(text: str, marks: tuple[Mark, ...], escape_pipes: bool = False) -> str:
    """Markdown for ``text`` with its marks; marks that cross are cut where the outer one ends."""
    if not marks:
        return _written(text, escape_pipes)
    pieces, last = list[str](), 0
    for at, tag in tags(nested(text, marks), _markdown_open, _markdown_close):
        pieces += (_written(text[last:at], escape_pipes), tag)
        last = at
    return "".join(pieces) + _written(text[last:], escape_pipes)


def _written(text: str, escape_pipes: bool) -> str:
    out = escaped(text).replace("\n", "<br>")
    return out.replace("|", "\\|") if escape_pipes else out


def nested(text: str, marks: tuple[Mark, ...]) -> list[Mark]:
    """The marks that can be written: no white space at their edges, none across another, none twice."""
    result, open_marks = list[Mark](), list[Mark]()
    for mark in sorted(_merged(marks), key=lambda one: (one.start, -one.end, one.kind)):
        start, end = mark.start, mark.end
        open_marks = [one for one in open_marks if one.end > start]
        if any(one.kind == mark.kind for one in open_marks):
            continue
        end = min([end, *(one.end for one in open_marks)])
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        touches = mark.kind == "em" and any(one.end == start for one in result if one.kind == "strong")
        if start < end and not touches and (mark.kind != "link" or mark.href):
            kept = Mark(kind=mark.kind, start=start, end=end, href=mark.href)
            result.append(kept)
            open_marks.append(kept)
    heads = {one.start for one in result if one.kind == "strong"}
    return [one for one in result if one.kind != "em" or one.end not in heads]


def _merged(marks: Sequence[Mark]) -> list[Mark]:
    """The marks, touching or overlapping ones of one kind and target as one: ``*a**b*`` would read otherwise."""
    result = list[Mark]()
    for mark in sorted(marks, key=lambda one: (one.kind, one.href, one.start)):
        last = result[-1] if result else None
        if last is not None and (last.kind, last.href) == (mark.kind, mark.href) and mark.start <= last.end:
            result[-1] = Mark(kind=last.kind, start=last.start, end=max(last.end, mark.end), href=last.href)
        elif mark.start < mark.end:
            result.append(mark)
    return result


def tags(
    marks: Sequence[Mark], opening: Callable[[Mark], str], closing: Callable[[Mark], str]
) -> Iterator[tuple[int, str]]:
    """Opening and closing signs by place; an inner mark closes before its outer one."""
    order = list[tuple[int, int, int, int, str]]()
    for rank, mark in enumerate(marks):
        order.append((mark.start, 1, -mark.end, rank, opening(mark)))
        order.append((mark.end, 0, -mark.start, -rank, closing(mark)))
    for at, _, _, _, tag in sorted(order):
        yield at, tag


def _markdown_open(mark: Mark) -> str:
    return _OPENING[mark.kind]


def _markdown_close(mark: Mark) -> str:
    return f"](<{address(mark.href)}>)" if mark.kind == "link" else _CLOSING[mark.kind]


def address(href: str) -> str:
    """``href`` with what would end it in Markdown percent-encoded."""
    return _UNSAFE.sub(lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()), href)


def read_inline(source: str) -> tuple[str, tuple[Mark, ...]]:
    """The text and marks of a line of Markdown; what does not pair stays text."""
    pieces, length, marks, last = list[str](), 0, list[Mark](), 0
    opened = list[tuple[str, int, int]]()  # sign, place in the text, index of its piece

    def put(text: str) -> None:
        nonlocal length
        if text:
            pieces.append(text)
            length += len(text)

    for token in _TOKEN.finditer(source):
        put(source[last : token.start()])
        last = token.end()
        escape, entity, strong, em, slash, tag, br, link = token.group(1, 2, 3, 4, 5, 6, 7, 9)
        if escape or entity or br:
            put(escape or ("\n" if br else html.unescape(entity)))
            continue
        sign = strong or em or tag or "["
        closes = bool(link) or slash == "/" or (sign in ("**", "*") and any(one[0] == sign for one in opened))
        match = next((one for one in reversed(opened) if one[0] == sign), None) if closes else None
        if match is None:
            if not link and slash != "/":
                opened.append((sign, length, len(pieces)))
            put(token[0])
            continue
        length -= len(pieces[match[2]])
        cut = len(pieces[match[2]])
        pieces[match[2]] = ""
        opened = [(one, at - cut if at > match[1] else at, index) for one, at, index in opened if index != match[2]]
        marks = [_shifted(mark, match[1], cut) for mark in marks]
        if length > match[1]:
            kind: MarkKind = _KINDS[sign]
            marks.append(
                Mark(kind=kind, start=match[1], end=length, href=(token[10] or token[11] or "") if link else "")
            )
    put(source[last:])
    return "".join(pieces), tuple(sorted(marks, key=lambda mark: (mark.start, -mark.end)))


_KINDS: dict[str, MarkKind] = {"**": "strong", "*": "em", "sup": "sup", "sub": "sub", "[": "link"}


def _shifted(mark: Mark, after: int, by: int) -> Mark:
    """``mark`` when ``by`` characters at ``after`` are gone."""
    start, end = (at - by if at >= after + by else at for at in (mark.start, mark.end))
    return Mark(kind=mark.kind, start=start, end=end, href=mark.href)
