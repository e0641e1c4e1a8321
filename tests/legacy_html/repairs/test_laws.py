"""What holds for every repair, on any text: it never raises, its edits make its text, and twice is once."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plugins.legacy_html.repairs import conjunctions, paragraphs, pieces, pinyin, punctuation, script, spaces
from plugins.legacy_html.repairs.byline import read
from plugins.legacy_html.repairs.edits import Repaired, apply
from plugins.legacy_html.repairs.headings import find
from plugins.legacy_html.repairs.injected_names import find as find_names
from plugins.legacy_html.repairs.lines import understand
from plugins.legacy_html.repairs.rewriting import judge
from tests.legacy_html.damage.corpus import WRITTEN
from tests.legacy_html.damage.grammar import generate

Repair = Callable[[str], Repaired]
REPAIRS: tuple[Repair, ...] = (
    pinyin.strip,
    conjunctions.translate,
    script.simplify,
    punctuation.widen,
    spaces.close,
    pieces.rejoin,
    pieces.resplit,
)
_WORDS = """计 生 協 會 (jì) （huì） , ， 。 : ； ( ) “ ” ' 1、 2、 一、 （二） and with 1,000 11:21 a@b.cn 1 (1).jpg https://a.cn/b?c=1
Word 来源： 作者: 上一篇： > 首页 王小明 会长 2016-07-08 % . +"""
PARTS = st.sampled_from((*_WORDS.split(), "\n", '"', " ", "  ", "\u00a0", "\u3000", "\u200b", "𠀀"))
TEXTS = st.lists(PARTS, max_size=40).map("".join) | st.text(max_size=60)


@pytest.mark.parametrize(
    "repair", REPAIRS, ids=lambda repair: f"{repair.__module__.rpartition('.')[2]}.{repair.__name__}"
)
@given(text=TEXTS)
@settings(max_examples=120, deadline=None)
def test_edits_make_the_text(repair: Repair, text: str) -> None:
    found = repair(text)
    assert apply(text, found.edits) == found.text


@pytest.mark.parametrize(
    "repair", (punctuation.widen, spaces.close, script.simplify), ids=lambda repair: repair.__name__
)
@given(text=TEXTS)
@settings(max_examples=120, deadline=None)
def test_twice_is_once(repair: Repair, text: str) -> None:
    once = repair(text).text
    assert repair(once).text == once


@given(text=TEXTS)
@settings(max_examples=150, deadline=None)
def test_readers_never_raise(text: str) -> None:
    lines = text.split("\n")
    found = paragraphs.join(lines)
    assert apply(text, found.edits) == found.text
    assert sorted(line for group in found.order for line in group) == list(range(len(lines)))
    assert len(understand(lines).roles) == len(lines)
    read(lines[0])
    find(lines)
    find_names(text)
    judge(text * 4)


@pytest.mark.parametrize("text", [gold.text for gold in WRITTEN] + [generate(seed).text for seed in range(60)])
def test_sound_text_is_left_alone(text: str) -> None:
    for repair in REPAIRS:
        assert repair(text).edits == (), repair
    assert paragraphs.join(text.split("\n")).edits == ()
