"""Source and result side by side: nothing is shown that is in neither, nothing is left out."""

from __future__ import annotations

from hashlib import sha256

from hypothesis import given
from hypothesis import strategies as st

from plugins.legacy_html.document import Change, Removed
from plugins.legacy_html.importing.alignment import aligned, side_by_side
from plugins.legacy_html.importing.record import Record, undone

Splice = tuple[int, int, str]


def record_of(source: str, splices: list[Splice]) -> Record:
    """Return the record of these splices (place and length are cut to the text as it stands)."""
    text, changes, removed = source, list[Change](), list[Removed]()
    for step, (at, length, after) in enumerate(splices):
        place = min(at, len(text))
        before = text[place : place + length]
        text = text[:place] + after + text[place + len(before) :]
        if after:
            changes.append(Change(step=step, stage="s", rule="r", place=place, before=before, after=after))
        else:
            removed.append(Removed(step=step, stage="s", rule="r", place=place, text=before))
    return Record(
        id="x",
        sha256="",
        origins=(),
        text=text,
        changes=tuple(changes),
        removed=tuple(removed),
        extracted_sha256=sha256(source.encode()).hexdigest(),
    )


TEXT = st.text(alphabet="甲乙丙，\n", max_size=30)
SPLICES = st.lists(
    st.tuples(st.integers(0, 30), st.integers(0, 6), st.text(alphabet="子丑\n", max_size=3)), max_size=12
)


@given(TEXT, SPLICES)
def test_both_sides_are_whole(source: str, splices: list[Splice]) -> None:
    record = record_of(source, splices)
    pieces = aligned(record)
    assert undone(record) == source == "".join(piece.text for piece in pieces if piece.standing != "new")
    assert record.text == "".join(piece.text for piece in pieces if piece.standing != "gone")


@given(TEXT, SPLICES)
def test_rows_lose_nothing_but_their_line_ends(source: str, splices: list[Splice]) -> None:
    record = record_of(source, splices)
    rows = side_by_side(aligned(record))
    left = "".join(piece.text for row in rows for piece in row.source)
    right = "".join(piece.text for row in rows for piece in row.result)
    assert left.replace("\n", "") == source.replace("\n", "")
    assert right.replace("\n", "") == record.text.replace("\n", "")


def test_a_change_stands_where_it_was_made() -> None:
    record = record_of("第一行,完\n页脚\n第二行\n", [(3, 1, "，"), (6, 3, "")])
    first, second = side_by_side(aligned(record))
    assert [(piece.standing, piece.text) for piece in first.source] == [
        ("same", "第一行"),
        ("gone", ","),
        ("same", "完"),
    ]
    assert [(piece.standing, piece.text) for piece in first.result] == [
        ("same", "第一行"),
        ("new", "，"),
        ("same", "完"),
    ]
    assert [(piece.standing, piece.text) for piece in second.source] == [("gone", "页脚\n"), ("same", "第二行")]
    assert [piece.text for piece in second.result] == ["第二行"]
