"""The short way reads what YAML reads, or nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from plugins.content_types.plain_lines import read_plain_lines
from plugins.content_types.yaml_error import YamlError
from plugins.content_types.yaml_text import parse_yaml

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted((ROOT / "content").rglob("*.md"))

NASTY = [
    "yes", "no", "null", "~", "on", "0x1f", "017", "1e3", ".inf", "2024-09-12", "2024-09-12 08:30", "a: b", "a:b", "a:",
    "a #b", "a#b", "#a", "'a'", '"a"', '"a', "'", "a'b", "- a", "-a", "-", "? a", "?a", ":", ":a", "&a", "*a", "!a", "!!str a",
    "|", ">", "| a", "%a", "@a", "`a`", "[a, b]", "[a,b]", "[a, ]", "[]", "[ ]", "[a", "a]", "[a]]", "[a] b", "[a, [b]]",
    "['a', b]", "[a: b]", "[a:b]", "[- a]", "[-a]", "[？a]", "{a: b}", "{}", "a, b", "a，b", "<<", "=", "...", "---", "。",
    "“引号”", "（一）标题", "http://example.org/a?b=c#d", "a\\nb", "\\", "a  b", " a ", "\u3000a", "a\u00a0b", "\ufeffa",
    "a\u2028b", "a\x85b", "a\tb", "\t", "𬭎", "e\u0301", "null # x", "[a #b]", "[a#b]", "[!a]", "[a, b]  ", "[ a , b ]", "[a?]",
]  # fmt: skip
VALUES = st.one_of(
    st.sampled_from(NASTY), st.text(st.sampled_from("甲乙，。a1-:#[]{}'\"&*!|>%@`?,~= \u3000"), max_size=8)
)
KEYS = st.sampled_from(
    ["title", "date", "tags", "a_b", "Title", "标题", "a-b", "a.b", "x1", "", " title", "- title", "title："]
)
LINES = st.builds(lambda key, gap, value: f"{key}:{gap}{value}", KEYS, st.sampled_from([" ", "  ", "", "\t"]), VALUES)
OTHER = st.sampled_from(["", "# 注", "  - 甲", "- 甲", "  继续", "---", "...", "title", "? a", "{a: b}", "[a]"])
TEXTS = st.lists(st.one_of(LINES, LINES, LINES, OTHER), min_size=1, max_size=5).map("\n".join)


def by_yaml(text: str) -> object:
    try:
        return parse_yaml(text, first_line=2)
    except YamlError as error:
        return error.message


@settings(max_examples=1_500, deadline=None)
@given(TEXTS, st.sampled_from(["", "\n", "\n\n"]))
@example("title: 甲\ntitle: 乙", "")
@example("title: 甲: 乙", "\n")
def test_what_is_read_is_what_yaml_reads(text: str, end: str) -> None:
    plain = read_plain_lines(text + end, 2)
    if plain is not None:
        assert plain == by_yaml(text + end)


@pytest.mark.parametrize("value", NASTY)
def test_a_nasty_value_is_read_right_or_left(value: str) -> None:
    for text in (f"title: {value}\nstate: private\n", f"tags: [甲, {value}]\n"):
        plain = read_plain_lines(text, 2)
        assert plain is None or plain == by_yaml(text)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_files_of_the_site_are_read_as_yaml_reads_them(path: Path) -> None:
    text = path.read_text("utf-8").partition("\n")[2].partition("\n---")[0] + "\n"
    plain = read_plain_lines(text, 2)
    assert plain is None or plain == by_yaml(text)


@given(
    st.lists(
        st.tuples(st.sampled_from(["title", "date", "tags", "source"]), st.text("甲乙丙1、，", min_size=1)), max_size=4
    )
)
def test_plain_lines_go_the_short_way(fields: list[tuple[str, str]]) -> None:
    known = dict(fields)
    text = "".join(f"{key}: {value}\n" for key, value in known.items())
    record = read_plain_lines(text, 2)
    assert (record is None) == (not known)
    if record:
        assert [(entry.key, entry.value.text, entry.line) for entry in record.entries] == [
            (key, value, line) for line, (key, value) in enumerate(known.items(), 2)
        ]
