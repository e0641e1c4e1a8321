"""What the theme and the readers need of a body beyond Markdown: figures, scrolling tables, headings, marked links."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from plugins.article_body.addresses import OUTSIDE_MARK, Address, is_outside
from plugins.article_body.tree import Element, text_of
from plugins.domain.body import Heading
from plugins.domain.outline import BlockKind, TextBlock

HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
SCROLL_HINT = "可左右滑动"
_INDENT = "\u3000\u2003\u00a0 \t\n"
_BREAKING = frozenset({"br", "img", "video", "audio", "picture"})

ReadAddress = Callable[[str, bool], Address]  # what is written, and whether it is a picture


def strip_indents(root: Element) -> None:
    """Take typed indents from the beginning of paragraphs: the theme indents them."""
    for paragraph in root.iter("p"):
        if paragraph.text:
            paragraph.text = paragraph.text.lstrip(_INDENT)


def drop_empty(root: Element) -> None:
    """Delete headings and paragraphs that hold nothing."""
    for element in list(root.iter("p", *HEADINGS)):
        if not len(element) and not (element.text or "").strip(_INDENT):
            element.drop_tree()


def read_addresses(root: Element, read: ReadAddress) -> None:
    """Put every address as ``read`` says; pictures come in the one size written, the build makes the others."""
    for picture in list(root.iter("picture")):
        for source in list(picture.iter("source")):
            source.drop_tree()
        picture.drop_tag()
    for element in root.iter():
        element.attrib.pop("srcset", None)
        element.attrib.pop("sizes", None)
        for name in ("href", "src", "poster"):
            if (written := element.get(name)) is not None:
                _set(element, name, read(written, element.tag == "img" or name == "poster"))


def mark_outside_links(root: Element) -> None:
    """Say in words that a link leads to another site."""
    for link in root.iter("a"):
        if is_outside(link.get("href", "")) and not text_of(link).endswith(OUTSIDE_MARK):
            mark = link.makeelement("small")
            mark.text = OUTSIDE_MARK
            link.append(mark)


def make_figures(root: Element) -> list[str]:
    """Turn paragraphs that hold pictures only into figures; return the addresses of those that lack words of their own.

    ``![替代文字](文件 "图注")`` gives both. Words given once are the caption: read out twice they would be a nuisance.
    """
    lacking: list[str] = []
    for paragraph in list(root.iter("p")):
        pictures = list(paragraph)
        if not pictures or any(child.tag != "img" for child in pictures) or text_beside(paragraph):
            continue
        figures = [_figure(paragraph, picture) for picture in pictures]
        for figure in figures:
            paragraph.addprevious(figure)
            figure.tail = "\n" if figure is not figures[-1] else None
        lacking.extend(picture.get("src", "") for picture in pictures if not picture.get("alt"))
        paragraph.drop_tree()
    return lacking


def text_beside(element: Element) -> str:
    """Return the words directly inside ``element``, not those of its children."""
    return "".join([element.text or "", *(child.tail or "" for child in element)]).strip()


def wrap_tables(root: Element) -> None:
    """Put each table into a region that the keyboard reaches and that scrolls sideways on a phone.

    No two regions of a text have the same name: a reader who hears them could not tell them apart.
    """
    named: Counter[str] = Counter()
    for table in list(root.iter("table")):
        parent = table.getparent()
        if parent is None or parent.get("class") == "table-scroll" or _is_within(table, "table"):
            continue
        for cell in table.iterfind("thead/tr/th"):
            cell.set("scope", cell.get("scope", "col"))
        caption = table.find("caption")
        name = text_of(caption) if caption is not None else "表格"
        named[name] += 1
        if named[name] > 1:
            name = f"{name} {named[name]}"
        attributes = {
            "class": "table-scroll",
            "role": "region",
            "tabindex": "0",
            "aria-label": f"{name}，{SCROLL_HINT}",
        }
        region = table.makeelement("div", attributes)
        region.tail, table.tail = table.tail, None
        parent.replace(table, region)
        region.append(table)


def text_blocks(root: Element) -> list[tuple[Element, TextBlock]]:
    """Return the blocks of the body with their elements, in order; headings inside other blocks come after these."""
    return list(_blocks(root))


def apply_headings(blocks: Sequence[tuple[Element, TextBlock]], headings: Sequence[Heading | None]) -> None:
    """Make the elements that are headings into such, with their levels and anchors."""
    for (element, _), heading in zip(blocks, headings, strict=True):
        if heading is not None:
            if element.tag == "p" and (strong := _sole_strong(element)) is not None:
                strong.drop_tag()
            element.tag = f"h{heading.level}"
            element.set("id", heading.anchor)


def _blocks(root: Element) -> Iterator[tuple[Element, TextBlock]]:
    for element in root:
        if element.tag in HEADINGS:
            yield _heading(element)
        elif element.tag == "p":
            kind = BlockKind.PARAGRAPH if _is_line(element) else BlockKind.OTHER
            yield element, TextBlock(kind, text_of(element))
        else:
            yield element, TextBlock(BlockKind.OTHER, text_of(element))
            for inner in element.iter(*HEADINGS):
                yield _heading(inner)


def _is_line(paragraph: Element) -> bool:
    """Whether a paragraph was written on one line and holds words only."""
    if paragraph.get("id") or any(child.tag in _BREAKING for child in paragraph.iter()):
        return False
    return "\n" not in "".join(paragraph.itertext()).strip()


def _heading(element: Element) -> tuple[Element, TextBlock]:
    level = int(element.tag[1])
    return element, TextBlock(BlockKind.HEADING, text_of(element), level, element.get("id", ""))


def _sole_strong(paragraph: Element) -> Element | None:
    """Return the element that makes the whole paragraph bold, if one does."""
    children = list(paragraph)
    is_sole = len(children) == 1 and children[0].tag in ("strong", "b") and not text_beside(paragraph)
    return children[0] if is_sole else None


def _figure(paragraph: Element, picture: Element) -> Element:
    """Return a figure that holds ``picture``, with its caption."""
    picture.tail = None
    alt, caption = picture.get("alt", "").strip(), picture.attrib.pop("title", "").strip() or ""
    if not caption or caption == alt:
        alt, caption = "", caption or alt
    picture.set("alt", alt)
    figure = paragraph.makeelement("figure")
    figure.append(picture)
    if caption:
        words = figure.makeelement("figcaption")
        words.text = caption
        figure.append(words)
    return figure


def _is_within(element: Element, tag: str) -> bool:
    return any(ancestor.tag == tag for ancestor in element.iterancestors())


def _set(element: Element, name: str, address: Address) -> None:
    if address.href:
        element.set(name, address.href)
    else:
        del element.attrib[name]
