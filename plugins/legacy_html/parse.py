"""Text becomes blocks: HTML through lexbor, text dumps through their own grammar."""

from __future__ import annotations

import re
from dataclasses import replace

from selectolax.lexbor import LexborHTMLParser

from plugins.legacy_html.document import Block, Facts, LegacyDocument
from plugins.legacy_html.dump import read_dump
from plugins.legacy_html.limits import bounded_blocks, parseable
from plugins.legacy_html.walk import Walk

_META = re.compile(r"<meta\b", re.I)


def parse(document: LegacyDocument) -> LegacyDocument:
    """Fill ``facts``, ``boxes`` and the blocks, as they stand in the source."""
    if document.kind == "html":
        return _parsed_html(document)
    facts, lines = read_dump(document.decoded, escapes=document.kind == "markdown")
    blocks = bounded_blocks(lines)
    return replace(document, facts=facts, extracted=blocks, blocks=blocks)


def _parsed_html(document: LegacyDocument) -> LegacyDocument:
    tree = LexborHTMLParser(parseable(document.decoded))
    walk = Walk()
    root = tree.root
    if root is not None:
        walk.read(root)
    blocks = bounded_blocks(walk.blocks)
    return replace(document, facts=_facts(tree), boxes=tuple(walk.boxes), extracted=blocks, blocks=blocks)


def _facts(tree: LexborHTMLParser) -> Facts:
    title = tree.css_first("title")
    metas = list[tuple[str, str]]()
    for node in tree.css("meta"):
        held = node.attributes
        name = held.get("name") or held.get("property") or held.get("itemprop") or ""
        content = (held.get("content") or "").strip()
        if name and content:
            metas.append((name.strip().lower(), content))
    scripts = tuple(node.text() for node in tree.css('script[type="application/ld+json"]'))
    base = tree.css_first("base[href]")
    return Facts(
        title=" ".join(title.text().split()) if title is not None else "",
        metas=tuple(metas),
        scripts=scripts[:20],
        base=(base.attributes.get("href") or "") if base is not None else "",
    )


def html_blocks(fragment: str) -> tuple[Block, ...]:
    """The blocks of an HTML fragment, as a Markdown page may hold one (a table with spans)."""
    walk = Walk()
    root = LexborHTMLParser(parseable(fragment)).root
    if root is not None:
        walk.read(root)
    return tuple(replace(block, box=-1) for block in walk.blocks)
