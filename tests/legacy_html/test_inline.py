from __future__ import annotations

import html

import markdown
from hypothesis import given, settings
from hypothesis import strategies as st

from plugins.legacy_html.document import Block, Mark, MarkKind
from plugins.legacy_html.dump import read_dump
from plugins.legacy_html.inline import read_inline, write_inline
from plugins.legacy_html.render import to_markdown

TEXTS = st.text(alphabet="年会1.*_`[]()<>&;#-+!|:~={}\\\"'a /", min_size=1, max_size=24).map(
    lambda text: " ".join(text.split())
)


def _mark(kind: MarkKind, start: int, end: int) -> Mark:
    return Mark(kind=kind, start=start, end=end, href="a.html" if kind == "link" else "")


@st.composite
def marked(draw: st.DrawFn) -> tuple[str, tuple[Mark, ...]]:
    text = draw(st.text(alphabet="年会开幕1a", min_size=1, max_size=10))
    cuts = draw(st.lists(st.tuples(st.integers(0, len(text)), st.integers(0, len(text))), max_size=3))
    kinds = st.sampled_from(("strong", "em", "link", "sup"))
    return text, tuple(_mark(draw(kinds), min(cut), max(cut)) for cut in cuts)


@given(TEXTS)
@settings(deadline=None)
def test_text_comes_back_as_text(text: str) -> None:
    assert read_inline(write_inline(text, ())) == (text, ())


@given(TEXTS)
@settings(deadline=None)
def test_a_paragraph_never_turns_into_markup(text: str) -> None:
    written = to_markdown((Block(kind="paragraph", text=text),))
    found = markdown.markdown(written, extensions=["extra", "attr_list", "sane_lists", "toc"])
    inside = found.removeprefix("<p>").removesuffix("</p>")
    assert "<" not in inside
    assert html.unescape(inside) == text


@given(TEXTS)
@settings(deadline=None)
def test_a_paragraph_is_read_back(text: str) -> None:
    block = Block(kind="paragraph", text=text)
    written = to_markdown((block,))
    _, blocks = read_dump(written, escapes=True)
    assert [(one.kind, one.text) for one in blocks] == ([("paragraph", text)] if text else [])


@given(marked())
@settings(deadline=None)
def test_writing_what_was_read_changes_nothing(case: tuple[str, tuple[Mark, ...]]) -> None:
    text, marks = case
    once = write_inline(text, marks)
    again_text, again_marks = read_inline(once)
    assert again_text == text
    assert write_inline(again_text, again_marks) == once
