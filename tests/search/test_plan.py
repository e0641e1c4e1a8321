from __future__ import annotations

from datetime import date

import pytest

from plugins.search.engine import answer, consider
from plugins.search.grammar import parse_parameters, parse_text
from plugins.search.plan import rarity
from plugins.search.sound import spell
from plugins.search.synonyms import Synonym, from_rows, rows, variants


def ids(corpus, **values: str) -> list[str]:  # type: ignore[no-untyped-def]
    return [hit.id for hit in answer(parse_parameters(values), corpus).hits]


@pytest.mark.parametrize(
    ("words", "first"),
    [("优生优育", "a"), ("優生優育", "a"), ("youshengyouyu", "a"), ("you sheng you yu", "a"), ("有声优育", "a"), ("优生友誉培训", "a"), ("huizhang", "d"), ("HPV疫苗", "b"), ("ｈｐｖ 疫苗", "b"),
     ("计划生育协会", "c"), ("计生协", "c"), ("“青春健康”", "e"), ("健康青春", "f"), ("2026年", "b"), ("林某某", "d")],
)  # fmt: skip
def test_what_is_found_first(opened, words: str, first: str) -> None:  # type: ignore[no-untyped-def]
    corpus = opened(
        {"id": "a", "title": "优生优育培训班", "body": "示例县举办。"}, {"id": "b", "title": "HPV 疫苗接种通知", "body": "2026年开始。"}, {"id": "c", "title": "示例县计生协工作", "body": "总结。"},
        {"id": "d", "title": "会长讲话", "body": "讲话人林某某。", "people": ("林某某",)}, {"id": "e", "title": "青春健康讲座", "body": "校园。"}, {"id": "f", "title": "健康的青春", "body": "健康青春。"},
        synonyms=(Synonym(names=("计生协", "计划生育协会")),),
    )  # fmt: skip
    assert ids(corpus, q=words)[0] == first


def test_a_phrase_is_proved_word_for_word(opened) -> None:  # type: ignore[no-untyped-def]
    bodies = ["计生协会", "计生政策与生协调", "计生，协会", "生协的计生"]
    corpus = opened(*({"title": f"文{at}", "body": body} for at, body in enumerate(bodies)))
    assert ids(corpus, q="“计生协”") == ["d0"]
    assert ids(corpus, q="“计生，协会”") == ["d2"]


def test_title_only(opened) -> None:  # type: ignore[no-untyped-def]
    corpus = opened({"title": "健康讲座", "body": "无"}, {"title": "通知", "body": "健康讲座在此"})
    assert ids(corpus, q="健康讲座", **{"in": "title"}) == ["d0"]
    assert ids(corpus, q="健康讲座") == ["d0", "d1"]


def test_equals_are_newest_first_and_expired_ones_last(opened) -> None:  # type: ignore[no-untyped-def]
    corpus = opened(
        {"title": "示例通知", "date": date(2024, 1, 1)}, {"title": "示例通知", "date": date(2026, 1, 1), "expired": True}, {"title": "示例通知", "date": date(2025, 1, 1)}, {"title": "示例通知"},
    )  # fmt: skip
    assert ids(corpus, q="示例通知") == ["d2", "d0", "d3", "d1"]
    assert ids(corpus, q="示例通知", sort="date") == ["d1", "d2", "d0", "d3"]


def test_an_old_name_finds_both_and_says_so(opened) -> None:  # type: ignore[no-untyped-def]
    synonym = Synonym(names=("示例健康局", "示例计生局"), old="示例计生局", since=2013, until=2018)
    corpus = opened({"title": "示例计生局的会议"}, {"title": "示例健康局的会议"}, synonyms=(synonym,))
    results = answer(parse_text("示例健康局"), corpus)
    assert [hit.id for hit in results.hits] == ["d1", "d0"]
    assert results.notes == ("“示例计生局”是“示例健康局”2013—2018年的名称。",)


@pytest.mark.parametrize(
    ("words", "meant"), [("jishengxie", "计生协"), ("记生协", "计生协"), ("jsx", "计生协"), ("计生协", "")]
)
def test_what_was_meant(opened, words: str, meant: str) -> None:  # type: ignore[no-untyped-def]
    corpus = opened(
        {"title": "示例县计生协", "body": "计生协的工作", "keywords": ("计生协",)},
        {"title": "别的", "body": "寄生虫，协会"},
    )
    results = answer(parse_text(words), corpus)
    assert (results.suggestion, results.hits[0].id) == (meant, "d0")


def test_people_and_programs_come_on_top(opened) -> None:  # type: ignore[no-untyped-def]
    corpus = opened(
        {"title": "青苗计划", "type": "program", "url": "/programs/qingmiao/"},
        {"title": "会议", "people": ("甲乙某",), "body": "青苗计划"},
    )
    program, person = (answer(parse_text(words), corpus).featured for words in ("青苗计划", "甲乙某"))
    assert [(found.kind, found.title, found.url) for found in program] == [
        ("program", "青苗计划", "/programs/qingmiao/")
    ]
    assert [(found.kind, found.title, found.count) for found in person] == [("person", "甲乙某", 1)]


@pytest.mark.parametrize(("letters", "syllables"), [("jishengxie", 3), ("xian", 1), ("fangan", 2), ("bpm", 0), ("", 0)])
def test_spelling(letters: str, syllables: int) -> None:
    assert len(spell(letters)) == syllables


def test_rarity_falls_as_a_term_gets_common() -> None:
    values = [rarity(1000, having) for having in range(1001)]
    assert values == sorted(values, reverse=True)
    assert (values[0], values[1000]) == (175, 1)


def test_synonyms_survive_being_written() -> None:
    synonyms = (Synonym(names=("甲会", "乙会")), Synonym(names=("新", "旧"), old="旧", since=2013))
    assert tuple(from_rows(rows(synonyms))) == synonyms
    assert tuple(from_rows([["甲会", "乙会"]])) == synonyms[:1]
    assert [variant.text for variant in variants("示例甲会会议", synonyms)] == ["示例乙会会议"]


def test_scores_stay_below_the_precision_of_a_double(site) -> None:  # type: ignore[no-untyped-def]
    text = "".join(dict.fromkeys(site.articles[0].body.replace("\n", "")))[:100]
    account = consider(parse_text(text), site.corpus)
    assert account.ranking.best <= 1.0
    assert all(0 < score <= 1.6 for score in account.ranking.scores)
