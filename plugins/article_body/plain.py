"""The short way: a text of plain paragraphs, headings, bold, simple lists and links needs no Markdown engine.

It gives exactly what Python-Markdown, the structure and the sanitiser give (a law that the tests hold it to), or nothing:
whatever it is not sure of is left to them. Nothing in its subset needs escaping, so its output is clean as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from plugins.article_body.addresses import OUTSIDE_MARK, Address, is_outside
from plugins.domain.body import Body, Heading
from plugins.domain.outline import BlockKind, Outline, TextBlock
from plugins.domain.text import count_ascii

_SIGNS = b"<>&\\`{}|^"  # what Markdown or HTML may give a meaning
_OPENERS = frozenset("#-+=:~*")
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
_LISTS = ("ul", "ol")

Read = Callable[[str], Address]
ReadBlocks = Callable[[Sequence[TextBlock]], Outline]


class _Block(NamedTuple):
    """A block as written: ``tag`` is p, h1–h6, ul or ol; a list has a line for each item. ``marked`` where there is markup.

    A paragraph without markup, which is what most blocks are, is its text alone.
    """

    tag: str
    lines: Sequence[str]
    marked: bool


def render_plain(text: str, read: Read, outline: ReadBlocks) -> Body | None:
    """Return the body of a plain text, None where the text is not plain; ``read`` and ``outline`` are then not called."""
    text = text.strip("\n")
    blocks = _blocks(text) if _is_even(text) else None
    if blocks is None:
        return None
    insides = [block if isinstance(block, str) else _insides(block, read) for block in blocks]
    words = [_one_space(block) if isinstance(block, str) else _words(block) for block in blocks]
    found = outline(list(map(_text_block, blocks, words))).headings
    headings = tuple([heading for heading in found if heading])
    return Body(
        html="\n".join(map(_html, blocks, insides, found)),
        text="\n".join([line if isinstance(line, str) else "\n".join(line) for line in words]),
        headings=headings,
        anchors=tuple([heading.anchor for heading in headings]),
    )


def _is_even(text: str) -> bool:
    """Whether ``text`` holds only what can be printed, no sign of markup but the few known here, and no ragged line."""
    if count_ascii(text, _SIGNS):
        return False
    if not text.replace("\n", "").replace("\u3000", "").isprintable():
        return False  # a control, an odd space, what no font has
    is_ragged = "\n " in text or " \n" in text or "\n\u3000" in text or "\u3000\n" in text
    return not is_ragged and text[:1] not in (" ", "\u3000") and text[-1:] not in (" ", "\u3000")


def _blocks(text: str) -> list[_Block | str] | None:
    """Return the blocks of ``text``, None where one is not plain."""
    blocks: list[_Block | str] = []
    before = ""
    for written in (_GAP.split(text) if "\n\n\n" in text else text.split("\n\n")) if text else ():
        if "\n" not in written and written[0] not in _OPENERS and not written[0].isdecimal():
            if "*" not in written and "[" not in written and "]" not in written and "_" not in written:
                blocks.append(written)
                before = "p"
                continue
            block = _plain("p", (written,))
        else:
            block = _block(written)
        if block is None or (block.tag in _LISTS and before in _LISTS):
            return None  # lists in a row may be one loose list
        blocks.append(block)
        before = block.tag
    return blocks


def _block(written: str) -> _Block | None:
    if not _OPENING.match(written):
        return None if "\n" in written else _plain("p", (written,))
    if heading := _HEADING.fullmatch(written):
        return _plain(f"h{len(heading[1])}", (heading[2],))
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


def _plain(tag: str, lines: Sequence[str]) -> _Block | None:
    """Return a block of ``lines``, None where markup in one is not surely bold words or a link."""
    marked = [line for line in lines if _MARKUP.search(line)]
    if marked and any(_MARKUP.search(_INLINE.sub("\0", line)) for line in marked):
        return None
    return _Block(tag, lines, bool(marked))


def _insides(block: _Block, read: Read) -> Sequence[str]:
    """Return the HTML inside each line."""
    return [_inside(line, read) for line in block.lines] if block.marked else block.lines


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


def _words(block: _Block) -> list[str]:
    """Return the plain words of each line."""
    lines = [_INLINE.sub(_words_inside, line) for line in block.lines] if block.marked else block.lines
    return list(map(_one_space, lines))


def _one_space(line: str) -> str:
    return _SPACES.sub(" ", line) if "  " in line else line


def _words_inside(match: re.Match[str]) -> str:
    return match[1] or match[2]


def _text_block(block: _Block | str, words: Sequence[str]) -> TextBlock:
    if isinstance(words, str):
        return TextBlock(BlockKind.PARAGRAPH, words)
    assert isinstance(block, _Block)
    if block.tag == "p":
        return TextBlock(BlockKind.PARAGRAPH, words[0])
    if block.tag in _LISTS:
        return TextBlock(BlockKind.OTHER, " ".join(words))
    return TextBlock(BlockKind.HEADING, words[0], max(int(block.tag[1]), 2))


def _html(block: _Block | str, inside: Sequence[str], heading: Heading | None) -> str:
    if isinstance(inside, str):
        return f'<h{heading.level} id="{heading.anchor}">{inside}</h{heading.level}>' if heading else f"<p>{inside}</p>"
    assert isinstance(block, _Block)
    if heading:
        words = inside[0]
        if block.tag == "p" and (strong := _SOLE_STRONG.fullmatch(words)):
            words = strong[1]
        return f'<h{heading.level} id="{heading.anchor}">{words}</h{heading.level}>'
    if block.tag in _LISTS:
        items = "".join([f"<li>{item}</li>\n" for item in inside])
        return f"<{block.tag}>\n{items}</{block.tag}>"
    return f"<p>{inside[0]}</p>"
