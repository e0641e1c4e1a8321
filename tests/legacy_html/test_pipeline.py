from __future__ import annotations

import random
import time
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plugins.legacy_html import journal
from plugins.legacy_html.document import LegacyDocument, canonical_text
from plugins.legacy_html.pipeline import STAGES, clean, run
from plugins.legacy_html.template import learn
from tests.legacy_html.newsroom import Sample, sample, samples

SAMPLES = samples(range(1))


def page(raw: bytes) -> LegacyDocument:
    return LegacyDocument(source="page", raw=raw)


def check_laws(raw: bytes) -> LegacyDocument:
    """Total, undone exactly, every character accounted for."""
    result = clean(page(raw))
    assert not [flag for flag in result.flags if flag.flag == "stage_failed"]
    extracted = canonical_text(result.extracted)
    assert journal.undo(result) == extracted
    kept = Counter(canonical_text(result.blocks))
    kept.update("".join(piece.text for piece in result.removed))
    kept.update("".join(change.before for change in result.changes if change.field == "text"))
    assert not Counter(extracted) - kept
    return result


@pytest.mark.parametrize("one", SAMPLES, ids=lambda one: one.name)
def test_laws_hold_and_a_second_pass_changes_nothing(one: Sample) -> None:
    result = check_laws(one.html.encode(one.encoding, "replace"))
    again = clean(page(result.markdown.encode()))
    assert again.markdown == result.markdown
    assert again.text == result.text


@pytest.mark.parametrize("one", SAMPLES[::3], ids=lambda one: one.name)
def test_laws_hold_for_cut_and_noisy_pages(one: Sample) -> None:
    dice, raw = random.Random(one.name), bytearray(one.html.encode(one.encoding, "replace"))
    check_laws(bytes(raw[: dice.randrange(len(raw))]))
    for _ in range(20):
        raw[dice.randrange(len(raw))] = dice.randrange(256)
    check_laws(bytes(raw))


@given(
    st.lists(
        st.sampled_from(
            (
                *(
                    "<p>",
                    "</p>",
                    "<b>",
                    "</b>",
                    "<table>",
                    "<tr>",
                    "<td>",
                    "</table>",
                    "<ul>",
                    "<li>",
                    "<br>",
                    "<a href=x>",
                    "</a>",
                ),
                *(
                    "<h1>",
                    "<div class=content>",
                    "<script>",
                    "</script>",
                    "<img src=a.jpg>",
                    "<!--",
                    "-->",
                    "&nbsp;",
                    "&#x;",
                ),
                *(
                    "年会今天开幕，代表们来到会场。",
                    "来源：示例网",
                    "2016-01-01",
                    "上一篇：无",
                    "一、总则",
                    "\u3000",
                    "\n",
                    "**",
                    "# ",
                    "| a |",
                    "---\n",
                ),
            )
        ),
        max_size=20,
    ).map("".join)
)
@settings(max_examples=150, deadline=None)
def test_laws_hold_for_any_mixture(text: str) -> None:
    check_laws(text.encode())


@given(st.binary(max_size=200))
@settings(deadline=None)
def test_laws_hold_for_any_bytes(raw: bytes) -> None:
    check_laws(raw)


def test_each_stage_twice_is_each_stage_once() -> None:
    document = page(sample("gov_table_2003", 1).html.encode("gb18030"))
    for name, stage in STAGES:
        document = run(name, stage, document)
        assert run(name, stage, document) == document


@pytest.mark.parametrize(
    "text",
    [
        "<div>" * 60_000 + "甲",
        "<b>" * 60_000 + "甲",
        "甲<br>" * 20_000,
        "&" * 500_000,
        "首页 > " * 50_000,
        "",
        " " * 9,
        "\ufeff",
    ],
    ids=["div", "b", "br", "ampersand", "crumbs", "empty", "blank", "bom"],
)
def test_hostile_pages_end_in_time(text: str) -> None:
    start = time.process_time()
    result = clean(page(text.encode()))
    assert time.process_time() - start < 10
    assert not [flag for flag in result.flags if flag.flag == "stage_failed"]


def test_lines_that_a_site_repeats_are_furniture() -> None:
    notice = "温馨提示：本中心每周一至周五上午九点到下午五点接待来访，请携带身份证件。"
    pages = [sample("frames_era", seed).html.replace("<HR>", f"<P>{notice}</P>", 1) for seed in range(4)]
    parsed = [clean(page(html.encode("gb18030"))) for html in pages]
    repeated = learn(parsed)
    assert notice in repeated
    assert notice not in clean(page(pages[0].encode("gb18030")), repeated).text
