from __future__ import annotations

from time import process_time

import pytest

from plugins.search.engine import answer
from plugins.search.grammar import QueryError, parse_parameters, parse_text

HOSTILE = [
    "*", "?*", "*:*", "a*b*c*", "~9", "计生~9", "计生^999999", "[a TO z]", "{* TO *}", "title:计生", "_stored:x", "(" * 100, ")" * 100, "((((计生))))",
    "(" * 3000, "计" * 100, "计" * 101, "啊" * 100_000, "a " * 50, "a b c d e f g h i j", "a b c d e f g h i j k", "\x00", "计\x00生", "\x1b[31m", "\u202e计生", "计\u200b生",
    "\ufeff计生", "\ufffe", "\ud800", "\udfff计", "'", "'; DROP TABLE x;--", "\\", "\\\\\\", "../../etc/passwd", "%00", "<script>alert(1)</script>", "{{7*7}}", "${7*7}",
    '"', '""', '"""', '"计生', '计生"', "“", "“”", "“””“", '"' * 99, '" " " "', "AND", "OR NOT", "NOT NOT NOT", "-计生", "+计生 -协会", "!", "🙂" * 50, "é" * 99, "\u0301" * 90,
    "ﷺ" * 99, "㎡" * 90, "İ" * 50, "ß" * 100, "a" * 100, "zhuangshuangchuang" * 5, "xian" * 25, "shi" * 33, "0" * 100, "𠮷" * 100, "𬭎", "\t\n 计生 \r\n", "“的，了”", "“健，康”", "“会。的。了”",
]  # fmt: skip
LONG_BUT_FAIR = "我会开展优生优育青春健康生殖健康家庭健康宣传服务活动"


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_queries_are_refused_or_answered_within_bounds(text: str, site) -> None:  # type: ignore[no-untyped-def]
    began = process_time()
    try:
        results = answer(parse_text(text), site.corpus)
    except QueryError as problem:
        assert str(problem).endswith("。")
    else:
        assert len(results.hits) <= 10
        assert results.total <= 400
    assert process_time() - began < 0.5


@pytest.mark.parametrize(
    ("values", "said"),
    [({"q": "计" * 101}, "100个字"), ({"q": "a b c d e f g h i j k"}, "10个"), ({"q": "计\u202e生"}, "控制字符"), ({"x": "1"}, "参数"), ({"in": "body"}, "title"),
     ({"sort": "size"}, "relevance、date"), ({"page": "0"}, "page"), ({"page": "１"}, "page"), ({"page": "1e3"}, "page"), ({"limit": "51"}, "limit"), ({"year": "二〇二六"}, "year"),
     ({"year": "20261"}, "year"), ({"from": "2026-13-01"}, "from"), ({"to": "昨天"}, "to"), ({"from": "20260101"}, "from"), ({"section": "\x00"}, "section"), ({"tag": "长" * 81}, "tag")],
)  # fmt: skip
def test_bad_parameters_are_named(values: dict[str, str], said: str) -> None:
    with pytest.raises(QueryError, match=said):
        parse_parameters(values)


def test_phrases_and_words() -> None:
    query = parse_text("培训 “计生，协” 'x'")
    assert query.words == ("培训", "计生", "协", "x")
    assert query.phrases == (("计生", "协"),)


def test_a_long_fair_query_is_answered(site) -> None:  # type: ignore[no-untyped-def]
    assert answer(parse_text(LONG_BUT_FAIR), site.corpus).total > 0
