from __future__ import annotations

import pytest

from plugins.search.answer import marked_html
from plugins.search.snippets import mark, passage

TEXT = (
    "我们来到示例县。"
    + "会议总结了全年的工作情况。" * 12
    + "县计生协举办了优生优育培训班，一百人参加。大家表示收获很大。"
)


def test_a_passage_begins_at_a_sentence() -> None:
    assert marked_html(passage(TEXT, ("优生优育", "计生协"))).startswith(
        "县<mark>计生协</mark>举办了<mark>优生优育</mark>培训班"
    )


@pytest.mark.parametrize(
    ("text", "words", "html"),
    [("计生协会", ("计生", "生协"), "<mark>计生协</mark>会"), ("计划与生育", ("计划生育",), "<mark>计划</mark>与<mark>生育</mark>"), ("計生協", ("计生协",), "<mark>計生協</mark>"),
     ("a<b>&\"'", ("b",), "a&lt;<mark>b</mark>&gt;&amp;&quot;&#x27;"), ("ＰＤＦ文件", ("pdf",), "<mark>ＰＤＦ</mark>文件"), ("没有", ("计生",), "没有")],
)  # fmt: skip
def test_marks(text: str, words: tuple[str, ...], html: str) -> None:
    assert marked_html(mark(text, words)) == html


def test_a_long_sentence_is_cut_but_keeps_its_mark() -> None:
    shown = passage("长" * 500 + "计生协" + "文" * 500, ("计生协",))
    assert any(marked for _, marked in shown)
    assert sum(len(text) for text, _ in shown) < 200


def test_nothing_to_show() -> None:
    assert passage("", ("计生",)) == ()
