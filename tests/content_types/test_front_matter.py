"""Front matter: what is written reads back the same, with its lines, and without YAML's surprises."""

from __future__ import annotations

from datetime import date, datetime

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from plugins.content_types.front_matter import likely_encoding, parse_front_matter, split
from plugins.content_types.nodes import Entry, Listing, Scalar, plain
from plugins.content_types.yaml_error import YamlError
from plugins.domain.dates import CHINA
from plugins.domain.front_matter import write_front_matter

TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30) | st.sampled_from(
    [
        "no",
        "10:30",
        "0x1f",
        "1e3",
        "~",
        "null",
        "a: b",
        "a #b",
        "- a",
        "《一》：二",
        "”",
        "'",
        '"',
        "\\",
        "a\nb",
        "，",
        "2024-02-30",
        "=",
        "<<",
    ]
)
KEY = st.from_regex(r"[a-z_]{1,12}", fullmatch=True) | TEXT
TREE = st.recursive(
    TEXT,
    lambda inner: st.lists(inner, min_size=1, max_size=3) | st.dictionaries(KEY, inner, min_size=1, max_size=3),
    max_leaves=8,
)


def inside(block: str) -> str:
    return block.removeprefix("---\n").removesuffix("---\n")


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(KEY, TREE, max_size=5))
def test_writing_and_reading_is_the_identity(fields: dict[str, object]) -> None:
    block = write_front_matter(fields)
    assert plain(parse_front_matter(inside(block))) == fields
    assert write_front_matter(fields) == block


@settings(max_examples=100, deadline=None)
@given(st.dictionaries(KEY, TREE, max_size=5))
def test_other_yaml_readers_see_texts_too(fields: dict[str, object]) -> None:
    """But for dates, which stay plain so that people can read them."""
    read = yaml.load(inside(write_front_matter(fields)), Loader=yaml.CSafeLoader) or {}
    assert all(isinstance(key, (str, date)) for key in read)


def test_typed_values_are_written_as_people_would() -> None:
    fields = {
        "title": "示例：一",
        "date": datetime(2024, 9, 2, 8, 30, tzinfo=CHINA),
        "issued_on": date(2024, 9, 1),
        "pinned": True,
        "order": 3,
        "authors": [{"name": "示例", "office": "会长"}, "另一位"],
        "summary": "",
        "tags": [],
        "query": {"type": ["page"], "section": ""},
    }
    assert write_front_matter(fields) == (
        "---\ntitle: 示例：一\ndate: 2024-09-02 08:30\nissued_on: 2024-09-01\npinned: true\norder: 3\n"
        "authors:\n  - name: 示例\n    office: 会长\n  - 另一位\nquery:\n  type:\n    - page\n---\n"
    )


def test_every_key_and_value_keeps_its_line() -> None:
    source, problems = split("a.md", "---\ntitle: 一\ntags:\n  - 甲\n\n  - 乙\n---\n正文\n".encode())
    assert problems == ()
    assert source is not None
    assert source.fields.entries == (
        Entry("title", Scalar("一", 2), 2),
        Entry("tags", Listing((Scalar("甲", 4), Scalar("乙", 6)), 4), 3),
    )
    assert (source.body, source.body_line) == ("正文\n", 8)


@pytest.mark.parametrize(
    "written", ["no", "yes", "10:30", "2024-09-12", "0755", "1_000", "null", "~", "1e3", ".5", "=", "<<"]
)
def test_no_value_changes_its_text(written: str) -> None:
    assert plain(parse_front_matter(f"title: {written}\n")) == {"title": written}


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a: 1\na: 2\n", 2),
        ("a: &x 1\nb: *x\n", 1),
        ("a: 1\nb: {c: 1, c: 2}\n", 2),
        ("? [a]\n: b\n", 1),
        ("a: 1\n...\nb: 2\n", 3),
    ],
)
def test_refused_with_its_line(text: str, line: int) -> None:
    with pytest.raises(YamlError) as caught:
        parse_front_matter(text)
    assert caught.value.line == line


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("人口与家庭".encode("gb18030"), "GBK（GB18030）"),
        ("title: a".encode("utf-16"), "UTF-16"),
        ("title: a".encode("utf-16-be"), "UTF-16"),
        (b"\xff\x81", ""),
    ],
)
def test_likely_encoding(raw: bytes, name: str) -> None:
    assert likely_encoding(raw) == name


@settings(max_examples=300, deadline=None)
@given(
    st.binary(max_size=200)
    | st.text(max_size=200).map(lambda text: ("---\n" + text + "\n---\n").encode("utf-8", "replace"))
)
def test_nothing_makes_it_fail(raw: bytes) -> None:
    source, problems = split("a.md", raw)
    assert (source is None) == bool(problems)


@pytest.mark.parametrize("mark", ["<<<<<<< HEAD", ">>>>>>> branch", "<<<<<<<"])
@pytest.mark.parametrize("before", ["---\n", "---\ntitle: 甲\n---\n正文\n\n"])
def test_a_merge_that_was_not_finished_is_refused(mark: str, before: str) -> None:
    source, problems = split("news/a.md", f"{before}{mark}\ntitle: 乙\n---\n".encode())
    assert source is None
    assert [(problem.line, problem.message) for problem in problems] == [(before.count("\n") + 1, "有没解决的合并冲突")]


def test_signs_within_a_line_are_no_merge() -> None:
    assert split("news/a.md", "---\ntitle: 甲\n---\n见 <<<<<<< 处\n\n=======\n".encode())[0] is not None
