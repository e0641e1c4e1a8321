"""The elements of a clean fragment: parsed, walked, written; the only module that holds lxml."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from typing import TypeAlias

from lxml.html import HtmlElement, fragment_fromstring

Element: TypeAlias = HtmlElement

VOID = frozenset(["br", "hr", "img", "wbr", "col", "source", "track"])
BLOCKS = frozenset(
    [
        "p",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "li",
        "dt",
        "dd",
        "td",
        "th",
        "caption",
        "figcaption",
        "blockquote",
        "pre",
        "div",
        "section",
        "details",
        "summary",
        "figure",
        "ul",
        "ol",
        "dl",
        "table",
        "thead",
        "tbody",
        "tfoot",
        "tr",
    ]
)
_UNKNOWN_VOID = re.compile(r'<(source|track|wbr)((?: [a-z-]+="[^"]*")*)>')  # libxml2 would put what follows inside
_SPACE = re.compile(r"[ \t\n\r\f]+")
HAN_LIKE = "\u2014\u2018-\u201d\u2026\u3001-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U000323af"
_JOIN = re.compile(rf"(?<=[{HAN_LIKE}])[ \t]*\n[ \t]*(?=[{HAN_LIKE}])")


def parse(html: str) -> Element:
    """Return the fragment, clean already, as the children of one ``div``."""
    html = _UNKNOWN_VOID.sub(r"<\1\2></\1>", html)
    root: Element = fragment_fromstring(html, create_parent="div")
    return root


def write(root: Element) -> str:
    """Return the inside of ``root`` as HTML."""
    return escape(root.text or "", quote=False) + "".join(_written(child) for child in root)


def _written(element: Element) -> str:
    tail = escape(element.tail or "", quote=False)
    if not isinstance(element.tag, str):
        return tail
    attributes = "".join(f' {name}="{escape(value)}"' for name, value in element.attrib.items())
    if element.tag in VOID:
        return f"<{element.tag}{attributes}>{tail}"
    return f"<{element.tag}{attributes}>{write(element)}</{element.tag}>{tail}"


def ids(root: Element) -> tuple[str, ...]:
    """Return every id inside ``root``, in order."""
    return tuple(element.get("id") for element in root.iter() if element.get("id"))


def text_of(element: Element) -> str:
    """Return the words inside ``element`` on one line, without the marks of footnotes."""
    return _SPACE.sub(" ", "".join(_words(element))).strip()


def _words(element: Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if child.tag == "br":
            yield " "
        elif child.tag == "img":
            yield child.get("alt", "")
        elif not is_footnote_mark(child):
            yield from _words(child)
        yield child.tail or ""


def is_footnote_mark(element: Element) -> bool:
    """Whether ``element`` is the small number in the text, or the arrow that leads back to it."""
    if element.tag == "a":
        return element.get("class", "") in ("footnote-backref", "footnote-ref")
    return bool(element.tag == "sup" and element.get("id", "").startswith("fnref"))


def paragraphs(root: Element) -> Iterator[str]:
    """Yield the plain text, block by block: what holds no other block is one."""
    yield from _texts(root)


def _texts(element: Element) -> Iterator[str]:
    """Yield the lines of ``element``: words between its blocks are lines of their own."""
    words = [element.text or ""]
    for child in element:
        if child.tag in BLOCKS or any(inner.tag in BLOCKS for inner in child.iterdescendants()):
            yield from _line(words)
            words = []
            yield from _texts(child)
        elif child.tag == "br":
            words.append(" ")
        elif child.tag == "img":
            words.append(child.get("alt", ""))
        elif not is_footnote_mark(child):
            words.extend(_words(child))
        words.append(child.tail or "")
    yield from _line(words)


def _line(words: list[str]) -> Iterator[str]:
    if line := _SPACE.sub(" ", "".join(words)).strip():
        yield line


def join_lines(root: Element) -> None:
    """Take out line ends between Chinese characters: a browser would show each as a space."""
    for element in root.iter():
        if _is_preformatted(element):
            continue
        if element.text:
            element.text = _JOIN.sub("", element.text)
        for child in element:
            if child.tail:
                child.tail = _JOIN.sub("", child.tail)


def _is_preformatted(element: Element) -> bool:
    return element.tag == "pre" or any(ancestor.tag == "pre" for ancestor in element.iterancestors())
