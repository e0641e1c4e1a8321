from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plugins.search.analysis import bucket_of, index_terms, query_terms, runs
from plugins.search.characters import fold, initials, pinyin
from plugins.search.document import SearchDocument
from plugins.search.postings import buckets_of, build_postings, term_key, term_text

TEXTS = st.text(
    st.sampled_from("计生协会計劃生育健康ＨpPv012　 ，。\n“”é한αΣаﬁ①㎡豈𠮷𬭎\u0301\u200b-a"), max_size=60
) | st.text(max_size=30)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("計劃生育協會", "计划生育协会"),
        ("ＰＤＦ２０２６", "pdf2026"),
        ("著名", "著名"),
        ("乾坤", "乾坤"),
        ("㈠", "(一)"),
        ("ﬁ", "fi"),
        ("衛生", "卫生"),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded
    assert fold(folded) == folded


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("平山县计生协", ["平山", "山县", "县计", "计生", "生协"]),
        ("HPV 疫苗", ["hp", "pv", "v疫", "疫苗"]),
        ("药", ["药"]),
        ("健康 教育", ["健康", "教育"]),
        ("！？", []),
    ],
)
def test_query_terms(text: str, expected: list[str]) -> None:
    assert [term.text for term in query_terms(runs(text))] == expected


@pytest.mark.parametrize(
    ("text", "spelled", "short"), [("计生协", "jishengxie", "jsx"), ("吕女士2", "lvnvshi2", "lns2")]
)
def test_sounds(text: str, spelled: str, short: str) -> None:
    assert (pinyin(text), initials(text)) == (spelled, short)


@given(TEXTS, TEXTS, TEXTS)
@settings(max_examples=150, deadline=None)
def test_arrays_hold_the_terms_of_the_text(title: str, body: str, keyword: str) -> None:
    document = SearchDocument(id="a", url="/a/", title=title, body=body, keywords=(keyword,))
    ranges, _ = build_postings([document])
    postings = next(ranges)
    expected = {*index_terms(title), *index_terms(body), *index_terms(keyword)}
    assert {term_text(int(key)) for key in postings.terms} == expected
    titled = {term_text(int(key)) for key, load in zip(postings.terms, postings.loads, strict=True) if load & 8}
    assert titled == set(index_terms(title))


@given(st.text(min_size=1, max_size=2), st.integers(0, 16))
def test_buckets_are_the_same_one_by_one_and_as_arrays(term: str, bits: int) -> None:
    if all(ord(char) < 0x33480 for char in term) and "\x00" not in term:
        assert buckets_of(np.array([term_key(term)], dtype=np.uint64), bits).tolist() == [bucket_of(term, bits)]


def test_terms_that_sound_alike_share_a_bucket() -> None:
    assert bucket_of("计生", 12) == bucket_of("记生", 12) == bucket_of("寄生", 12)
