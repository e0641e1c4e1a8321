"""The long way: Python-Markdown, then the tree, then the sanitiser once more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plugins.article_body import structure
from plugins.article_body.markdown_text import render_markdown
from plugins.article_body.tree import ids, join_lines, paragraphs, parse, write
from plugins.domain.body import Body

if TYPE_CHECKING:
    from plugins.article_body.convert import Findings, ReadOutline, Sanitize


def convert_fully(text: str, findings: Findings, sanitize: Sanitize, outline: ReadOutline) -> Body:
    """Return the body that Python-Markdown makes of ``text``; the tree is built from clean HTML, and what it becomes is cleaned again."""
    html = render_markdown(text)
    findings.note_dropped(html)
    root = parse(sanitize(html))
    structure.strip_indents(root)
    structure.drop_empty(root)
    structure.read_addresses(root, findings.read)
    for picture in structure.make_figures(root):
        findings.note_silent(picture)
    structure.wrap_tables(root)
    blocks = structure.text_blocks(root)
    found = findings.outline([block for _, block in blocks], outline)
    structure.apply_headings(blocks, found.headings)
    join_lines(root)
    words = "\n".join(paragraphs(root))
    structure.mark_outside_links(root)
    anchors = ids(root)
    html = sanitize(write(root)).strip()
    return Body(
        html=html,
        text=words,
        headings=tuple(heading for heading in found.headings if heading),
        anchors=anchors,
        references=tuple(findings.references),
    )
