"""The short way gives exactly what the long way gives, or nothing."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from plugins.article_body import convert as module
from plugins.article_body.convert import Converted, convert
from plugins.article_body.fully import convert_fully
from plugins.article_body.plain import render_plain
from plugins.article_body.source import Lines
from plugins.official_document.outline import outline
from plugins.sanitizing.sanitize import sanitize


def shortly(text: str) -> Converted | None:
    """The conversion as it is, where it goes the short way."""
    findings = module.Findings(path="news/a.md", lines=Lines("", 1))
    if render_plain(module.even(text), findings.read, outline) is None:
        return None
    return convert(text, path="news/a.md", first_line=7, sanitize=sanitize, outline=outline)


def fully(text: str) -> Converted:
    """The same by Python-Markdown and the sanitiser."""
    text = module.even(text)
    findings = module.Findings(path="news/a.md", lines=Lines(text, 7))
    body = convert_fully(text, findings, sanitize, outline)
    findings.check_places(body.anchors)
    return body, tuple(findings.problems)


SIGNS = "， 。 “三高四新” 《条例》 1.5 — … \" ' \u200b % @ $ é 𬭎 ； ： （ ） ( ) + - = : ~ / ! # 、"
WORDS = st.sampled_from(["会员", "计生协", "2024年", "abc", "a b", "示例县", "\u3000", *SIGNS.split()])
MARKS = "** * _ [ ] ]( ![ ` < > & \\ { | ^ [^1] <b> &amp; ~~ ***"
LINKS = "[会员](../people/a.md) [站](https://example.org/x?a=1) [位](#h-1) [坏](../../../x) [坏](//x)"
MARKUP = st.sampled_from(["**会员**", *MARKS.split(), *LINKS.split()])
INLINE = st.lists(st.one_of(WORDS, WORDS, WORDS, WORDS, MARKUP), max_size=7).map("".join)
BLOCKS = "##_ #_ #### -_ *_ +_ 1._ 2._ 7._ 一、 二、 三、 （一） 1. ① >_ :_ --- === *** ** |_ ``` ~~~ [x]:_ *[a]:_ １._ 第一章_ -_-_ 1._-_"
OPENINGS = st.sampled_from(["", "", "", "　　", "    ", " ", *BLOCKS.replace("_", "\u2003").split(" ")]).map(
    lambda opening: opening.replace("\u2003", " ")
)
LINES = st.builds("".join, st.tuples(OPENINGS, INLINE))
GAPS = st.sampled_from(["\n", "\n\n", "\n\n", "\n\n", "\n\n\n", "\n \n", "  \n", "\n\n    "])
TEXTS = st.lists(st.tuples(LINES, GAPS), max_size=9).map(lambda parts: "".join(line + gap for line, gap in parts))


@settings(max_examples=1_500, deadline=None)
@given(TEXTS)
@example("**甲****乙**")
@example("- a\n\n- b")
@example("1. a\n2. b\n\n正文")
@example("[a](b.md)[c](d.md)**e**")
@example("![a](b.png)")
@example("**一、甲**\n\n正文\n\n二、乙\n\n正文")
@example(
    "[a](https://%example.org/) [b](http://1.2.3.999/) [c](https://xn--/) [d](https://a_b.org) [e](http://a.b:99999/)"
)
@example("[坏](../../x.md)\n\n[坏](//x/y)")
def test_short_way_equals_long_way(text: str) -> None:
    if (short := shortly(text)) is not None:
        assert short == fully(text)


PLAIN_LINES = st.one_of(
    st.builds(
        "{}{}".format,
        st.sampled_from(["", "　　", "## ", "### ", "一、", "二、", "（一）", "1."]),
        st.lists(
            st.sampled_from(
                ["会员", "**会员**", "，", "[会员](../people/a.md)", "[站](https://example.org/)", "2024年", "a  b"]
            ),
            min_size=1,
            max_size=6,
        ).map("".join),
    ),
    st.lists(st.sampled_from(["甲", "**乙**", "[丙](a.md)"]), min_size=1, max_size=4).map(
        lambda items: "\n".join(f"- {item}" for item in items)
    ),
    st.lists(st.sampled_from(["甲", "**乙**"]), min_size=1, max_size=4).map(
        lambda items: "\n".join(f"{n}. {item}" for n, item in enumerate(items, 1))
    ),
)


@settings(max_examples=400, deadline=None)
@given(st.lists(PLAIN_LINES, max_size=10).map("\n\n".join))
def test_plain_texts_go_the_short_way(text: str) -> None:
    short = shortly(text)
    lists_in_a_row = any(
        first[:2] in ("- ", "1.") and second[:2] in ("- ", "1.")
        for first, second in zip(text.split("\n\n"), text.split("\n\n")[1:], strict=False)
    )
    assert short is not None or lists_in_a_row or "****" in text
    if short is not None:
        assert short == fully(text)


@settings(max_examples=1_000, deadline=None)
@given(st.lists(PLAIN_LINES, min_size=1, max_size=5).map("\n\n".join), st.data())
def test_one_thing_more_is_done_right_or_left(text: str, data: st.DataObject) -> None:
    position = data.draw(st.integers(0, len(text)))
    text = text[:position] + data.draw(st.one_of(WORDS, MARKUP, OPENINGS, GAPS)) + text[position:]
    if (short := shortly(text)) is not None:
        assert short == fully(text)


def article(seed: int, characters: int = 2_000) -> str:
    """An article as most are: plain paragraphs under headings, some bold, a list, a link."""
    chance = random.Random(seed)
    words = [
        "各级协会",
        "会员",
        "家庭",
        "服务",
        "宣传",
        "活动",
        "健康",
        "组织",
        "示例县",
        "村级",
        "，",
        "，",
        "开展",
        "加强",
        "深入",
    ]
    blocks, size = [], 0
    while size < characters:
        sentence = "".join(chance.choices(words, k=40)) + "。"
        kind = chance.random()
        if kind < 0.1:
            block = f"## {''.join(chance.choices(words[:9], k=4))}"
        elif kind < 0.2:
            block = "\n".join(f"- {sentence[:20]}" for _ in range(3)) + "\n\n以上各项。"
        elif kind < 0.3:
            block = f"**{sentence[:8]}**{sentence}[见此](../news/{seed}.md)。"
        else:
            block = sentence * 2
        blocks.append(block)
        size += len(block)
    return "\n\n".join(blocks)


@pytest.mark.parametrize("seed", range(40))
def test_whole_articles_go_the_short_way(seed: int) -> None:
    assert shortly(article(seed)) == fully(article(seed))


def test_short_way_is_many_times_shorter() -> None:
    texts = [article(seed) for seed in range(15)]

    def seconds(run: object) -> float:
        start = time.process_time()
        for text in texts:
            run(text)  # type: ignore[operator]
        return time.process_time() - start

    quick = min(seconds(lambda text: convert(text, path="a.md", sanitize=sanitize, outline=outline)) for _ in range(3))
    assert quick * 5 < seconds(fully)
