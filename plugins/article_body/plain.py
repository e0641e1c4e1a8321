"""The short way: a text of plain paragraphs, headings, bold, simple lists and links needs no Markdown engine.

It gives exactly what Python-Markdown, the structure and the sanitiser give (a law that the tests hold it to), or nothing:
whatever it is not sure of is left to them. Nothing in its subset needs escaping, so its output is clean as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from plugins.article_body.addresses import Address, is_outside
from plugins.article_body.structure import OUTSIDE_MARK
from plugins.domain.body import Body, Heading
from plugins.domain.outline import BlockKind, Outline, TextBlock

# What Markdown or HTML may give a meaning, controls, and white space that is not a plain or a Chinese one.
_FOREIGN = re.compile(r"[^\S \n\u3000]|[\x00-\x08\x0e-\x1f\x7f-\xa0<>&\\`{}|^\ufdd0-\ufdef\ufeff\ufffe\uffff]")
_RAGGED = re.compile(r"^[ \u3000]|[ \u3000]$", re.MULTILINE)
_GAP = re.compile(r"\n{2,}")
_OPENING = re.compile(r"[#\-+=:~]|\*(?!\*)|\d+\.\s")
_HEADING = re.compile(r"(#{1,6}) ?([^#\s](?:.*[^#\s])?)")
_ITEM = re.compile(r"([-+*]|\d+\.) (?=\S)(.*)")
_MARKUP = re.compile(r"[*\[\]_]")
_WORDS = r"[^\s*\[\]_](?:[^*\[\]_\n]*[^\s*\[\]_])?"
_LABEL = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_HOST = rf"https?://(?:{_LABEL}\.)+[a-z]{{2,}}"  # surely one: what no browser can read is dropped by the sanitiser
_INLINE = re.compile(
    rf"(?<!\*)\*\*({_WORDS})\*\*(?!\*)"
    rf"|(?<!!)\[({_WORDS})\]\(((?!//)[A-Za-z0-9./#][A-Za-z0-9./#=_-]*|{_HOST}(?:/[A-Za-z0-9./#?=%_-]*)?)\)"
)
_SOLE_STRONG = re.compile(r"<strong>([^<]*)</strong>")
_SPACES = re.compile(r" +")

Read = Callable[[str], Address]
ReadBlocks = Callable[[Sequence[TextBlock]], Outline]


@dataclass(frozen=True, slots=True)
class _Block:
    """A block as written: ``tag`` is p, h1–h6, ul or ol; a list has a line for each item. ``marked`` where there is markup."""

    tag: str
    lines: tuple[str, ...]
    marked: bool


def render_plain(text: str, read: Read, outline: ReadBlocks) -> Body | None:
    """Return the body of a plain text, None where the text is not plain; ``read`` and ``outline`` are then not called."""
    if _FOREIGN.search(text) or _RAGGED.search(text):
        return None
    blocks = _blocks(text)
    if blocks is None:
        return None
    insides = [[_inside(line, read) for line in block.lines] if block.marked else block.lines for block in blocks]
    words = [[_words(line, block.marked) for line in block.lines] for block in blocks]
    found = outline([_text_block(block, lines) for block, lines in zip(blocks, words, strict=True)]).headings
    headings = tuple(heading for heading in found if heading)
    return Body(
        html="\n".join(map(_html, blocks, insides, found)),
        text="\n".join(line for lines in words for line in lines),
        headings=headings,
        anchors=tuple(heading.anchor for heading in headings),
        references=(),
    )


def _blocks(text: str) -> list[_Block] | None:
    """Return the blocks of ``text``, None where one is not plain."""
    blocks: list[_Block] = []
    for written in _GAP.split(text.strip("\n")):
        block = _block(written) if written else None
        if block is None:
            if written:
                return None
            continue
        if blocks and block.tag in ("ul", "ol") and blocks[-1].tag in ("ul", "ol"):
            return None  # lists in a row may be one loose list
        blocks.append(block)
    return blocks


def _block(written: str) -> _Block | None:
    if not _OPENING.match(written):
        return None if "\n" in written else _plain("p", [written])
    if heading := _HEADING.fullmatch(written):
        return _plain(f"h{len(heading[1])}", [heading[2]])
    return _list(written)


def _list(written: str) -> _Block | None:
    """Return a list of one-line items that are all marked alike and hold nothing that opens a block."""
    items = [_ITEM.fullmatch(line) for line in written.split("\n")]
    marks = [item[1] for item in items if item]
    lines = [item[2] for item in items if item]
    if len(lines) < len(items) or any(map(_OPENING.match, lines)):
        return None
    if marks[0] == "1." and all(mark.endswith(".") and mark.isascii() for mark in marks):
        return _plain("ol", lines)
    return _plain("ul", lines) if marks[0] in "-+*" and len(set(marks)) == 1 else None


def _plain(tag: str, lines: list[str]) -> _Block | None:
    """Return a block of ``lines``, None where markup in one is not surely bold words or a link."""
    marked = [line for line in lines if _MARKUP.search(line)]
    if any(_MARKUP.search(_INLINE.sub("\0", line)) for line in marked):
        return None
    return _Block(tag, tuple(lines), bool(marked))


def _inside(line: str, read: Read) -> str:
    def replace(match: re.Match[str]) -> str:
        bold, words, url = match.groups()
        if bold:
            return f"<strong>{bold}</strong>"
        href = read(url).href
        attribute = f' href="{href}"' if href else ""
        mark = f"<small>{OUTSIDE_MARK}</small>" if is_outside(href) and not words.endswith(OUTSIDE_MARK) else ""
        return f'<a{attribute} rel="noopener noreferrer">{words}{mark}</a>'

    return _INLINE.sub(replace, line)


def _words(line: str, marked: bool) -> str:
    if marked:
        line = _INLINE.sub(lambda match: match[1] or match[2], line)
    return _SPACES.sub(" ", line) if "  " in line else line


def _text_block(block: _Block, words: Sequence[str]) -> TextBlock:
    if block.tag == "p":
        return TextBlock(BlockKind.PARAGRAPH, words[0])
    if block.tag in ("ul", "ol"):
        return TextBlock(BlockKind.OTHER, " ".join(words))
    return TextBlock(BlockKind.HEADING, words[0], max(int(block.tag[1]), 2))


def _html(block: _Block, inside: Sequence[str], heading: Heading | None) -> str:
    if heading:
        words = inside[0]
        if block.tag == "p" and (strong := _SOLE_STRONG.fullmatch(words)):
            words = strong[1]
        return f'<h{heading.level} id="{heading.anchor}">{words}</h{heading.level}>'
    if block.tag in ("ul", "ol"):
        items = "".join(f"<li>{item}</li>\n" for item in inside)
        return f"<{block.tag}>\n{items}</{block.tag}>"
    return f"<p>{inside[0]}</p>"
