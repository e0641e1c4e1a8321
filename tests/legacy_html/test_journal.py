from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from plugins.legacy_html import journal
from plugins.legacy_html.document import Block, Edit, LegacyDocument, Mark, canonical_text

LINES = st.lists(st.text(alphabet="甲乙丙 ,", min_size=0, max_size=6), min_size=1, max_size=6)


def document(*lines: str) -> LegacyDocument:
    return LegacyDocument(source="-", raw=b"", blocks=tuple(Block(kind="paragraph", text=line) for line in lines))


@st.composite
def edited(draw: st.DrawFn) -> tuple[LegacyDocument, str, list[Edit]]:
    """A document, its paragraphs joined by newlines, and edits of that text."""
    page = document(*draw(LINES))
    text = canonical_text(page.blocks)[:-1]
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=8)))
    pairs = zip(cuts[::2], cuts[1::2], strict=False)
    after = st.text(alphabet="丁，\n", max_size=3)
    return (
        page,
        text,
        [Edit(start=start, end=end, before=text[start:end], after=draw(after), rule="r") for start, end in pairs],
    )


def applied(text: str, edits: list[Edit]) -> str:
    for one in reversed(edits):
        text = text[: one.start] + one.after + text[one.end :]
    return text


@given(edited())
@settings(deadline=None)
def test_blocks_follow_the_text_and_undo_gives_it_back(case: tuple[LegacyDocument, str, list[Edit]]) -> None:
    page, text, edits = case
    result = journal.edit(page, "stage", edits)
    assert canonical_text(result.blocks) == applied(text + "\n", edits)
    assert journal.undo(result) == text + "\n"


@given(edited(), st.sets(st.integers(0, 5)))
@settings(deadline=None)
def test_drop_after_edit_is_undone_too(case: tuple[LegacyDocument, str, list[Edit]], indices: set[int]) -> None:
    page, text, edits = case
    changed = journal.edit(page, "first", edits)
    taken = {index: "rule" for index in indices if index < len(changed.blocks)}
    assert journal.undo(journal.drop(changed, "second", taken)) == text + "\n"


def test_an_edit_over_a_block_and_its_newline_leaves_the_next_block_its_kind() -> None:
    page = LegacyDocument(
        source="-", raw=b"", blocks=(Block(kind="paragraph", text="1、"), Block(kind="heading", text="题", level=2))
    )
    result = journal.edit(page, "s", [Edit(start=0, end=3, before="1、\n", after="", rule="r")])
    assert [(block.kind, block.text) for block in result.blocks] == [("heading", "题")]


def test_marks_move_with_their_words() -> None:
    block = Block(kind="paragraph", text="我们,要,走", marks=(Mark(kind="strong", start=3, end=4),))
    page = LegacyDocument(source="-", raw=b"", blocks=(block,))
    edits = [
        Edit(start=0, end=1, before="我", after="", rule="r"),
        Edit(start=2, end=3, before=",", after="，，", rule="r"),
        Edit(start=4, end=5, before=",", after="，", rule="r"),
    ]
    (moved,) = journal.edit(page, "s", edits).blocks
    (mark,) = moved.marks
    assert moved.text[mark.start : mark.end] == "要"


def test_neighbours_under_one_rule_make_one_entry() -> None:
    result = journal.drop(document("甲", "乙", "丙"), "furniture", {0: "share", 1: "share"})
    assert [(piece.place, piece.text) for piece in result.removed] == [(0, "甲\n乙\n")]
