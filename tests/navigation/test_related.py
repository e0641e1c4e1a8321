"""What else to read."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plugins.domain.pages import RELATED
from plugins.navigation import related as module
from plugins.navigation.related import ENOUGH, find_relations, mend_relations, related, subject_of

WORDS = ("生育关怀", "青春健康", "优生优育", "会员活动", "家庭帮扶", "基层改革", "暖心行动", "流动人口")
TAGS = ("改革", "健康", "会员", "政策")


def of(items):
    return {path: list(found) for path, found in related(items).items()}


def test_what_shares_a_subject_is_found_and_what_does_not_is_not(item):
    items = [
        item("a.md", "生育关怀走进社区", tags=("关怀",)),
        item("b.md", "年度财务报告公布"),
        item("c.md", "县里开展生育关怀行动", tags=("关怀",)),
    ]
    assert of(items) == {"a.md": ["c.md"], "b.md": [], "c.md": ["a.md"]}


def test_rare_words_are_asked_before_common_ones(item):
    common = ["计划", "服务", "会议", "通知", "家庭", "健康", "改革", "政策", "活动"]
    items = [item(f"{word}{n}.md", word) for word in common for n in range(2)]
    items += [item("rare.md", "罕见词语"), item("x.md", "，".join([*common, "罕见词语"]))]
    assert of(items)["x.md"] == ["rare.md"]


SHARED = [
    ("people", {"people": ("示例人",)}),
    ("programs", {"programs": ("示例项目",)}),
    ("tags", {"tags": ("示例标签",)}),
]


@pytest.mark.parametrize(("name", "fields"), SHARED, ids=[row[0] for row in SHARED])
def test_one_shared_name_is_enough(item, name, fields):
    items = [item("a.md", "甲甲甲", **fields), item("b.md", "乙乙乙", **fields), item("c.md", "丙丙丙")]
    assert of(items) == {"a.md": ["b.md"], "b.md": ["a.md"], "c.md": []}


def test_people_weigh_more_than_a_tag(item):
    items = [
        item("tag.md", "甲甲", tags=("标签",)),
        item("person.md", "乙乙", people=("示例人",)),
        item("x.md", "丙丙", tags=("标签",), people=("示例人",)),
    ]
    assert of(items)["x.md"] == ["person.md", "tag.md"]


def test_a_program_and_its_news_find_each_other(item):
    items = [item("p.md", "示例项目", type="program"), item("n.md", "另外的题目", programs=("示例项目",))]
    assert of(items) == {"p.md": ["n.md"], "n.md": ["p.md"]}


def test_links_sections_and_people_are_never_offered(item, section):
    items = [item("l.md", "生育关怀走进社区", type="link"), item("q.md", "生育关怀走进社区", type="person")]
    assert of([*items, section("s", "生育关怀走进社区"), item("a.md", "生育关怀走进社区")]) == {"a.md": []}


@st.composite
def sites(draw, item):
    count = draw(st.integers(1, 40))
    return [
        item(
            f"{number}.md",
            "".join(draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=3))),
            tags=tuple(draw(st.sets(st.sampled_from(TAGS), max_size=2))),
        )
        for number in range(count)
    ]


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_a_new_item_touches_only_those_that_had_room(item, data):
    items = data.draw(sites(item))
    before, after = of(items[:-1]), of(items)
    newest = items[-1].path
    changed = [path for path in before if after[path] != before[path]]
    assert len(changed) <= RELATED
    assert all(len(before[path]) < RELATED and after[path] == [*before[path], newest] for path in changed)


@settings(max_examples=30, deadline=None)
@given(data=st.data())
def test_nobody_is_related_to_itself_or_twice(item, data):
    for path, found in of(data.draw(sites(item))).items():
        assert path not in found and len(set(found)) == len(found) <= RELATED


def test_two_chance_pairs_are_not_enough(item):
    assert ENOUGH == 3
    assert of([item("a.md", "生育关怀"), item("b.md", "生育")]) == {"a.md": [], "b.md": []}


def dated_again(items, dated, data, item, step):
    """``items`` after some went, some were renamed and some came."""
    gone = data.draw(st.sets(st.integers(0, max(len(items) - 1, 0)), max_size=2))
    more = [replace(one, path=f"{step}{one.path}") for one in data.draw(sites(item))[: data.draw(st.integers(0, 3))]]
    renamed = [replace(one, title=one.title + "会员活动") for at, one in enumerate(items) if at in gone]
    stay = [one for at, one in enumerate(items) if at not in gone]
    again = [*stay, *dated(more), *renamed[: data.draw(st.integers(0, 2))]]
    return sorted({one.path: one for one in again}.values(), key=lambda one: (one.date, one.path))


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_relations_mended_are_relations_found_anew(item, now, data):
    """Whatever came, went or changed, in whatever place."""

    def dated(found):
        return sorted(
            (replace(one, date=now - timedelta(days=data.draw(st.integers(0, 30)))) for one in found),
            key=lambda one: (one.date, one.path),
        )

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_FEW", 0)  # never from nothing
        patch.setattr(module, "COMMON", 6)
        items = dated(data.draw(sites(item)))
        relations, seen = find_relations(items, list(map(repr, items)))
        for step in range(2):
            items = dated_again(items, dated, data, item, step)
            stamps = list(map(repr, items))
            relations, seen = mend_relations(items, stamps, relations, seen)
            anew, all_seen = find_relations(items, stamps)
            assert relations.are_of(items, stamps)
            assert relations == anew
            assert {word: numbers for word, numbers in seen.items() if numbers} == all_seen


@pytest.mark.parametrize(
    ("fields", "stays"),
    [
        ({"body": "新的正文", "digest": "x", "pinned": True}, True),
        ({"title": "新的题目"}, False),
        ({"summary": "新的摘要"}, False),
        ({"tags": ("新",)}, False),
        ({"people": ("新",)}, False),
        ({"programs": ("新",)}, False),
        ({"type": "program"}, False),
    ],
)
def test_a_subject_changes_with_what_relations_are_made_from(item, fields, stays):
    one = item("a.md", "题目")
    assert (subject_of(one) == subject_of(replace(one, **fields))) == stays


def test_the_work_for_an_item_does_not_grow_with_the_site(item, now, monkeypatch):
    """Count the votes that are cast: twice the items, twice the votes, though all share their words."""
    votes = []
    real = module.chain.from_iterable

    class Chain(module.chain):
        @staticmethod
        def from_iterable(lists):
            found = list(real(lists))
            votes.append(len(found))
            return found

    monkeypatch.setattr(module, "chain", Chain)
    items = [item(f"{n}.md", WORDS[n % 8] + WORDS[n % 7], tags=TAGS, date=now - timedelta(days=n)) for n in range(800)]
    related(items[:400])
    first, _ = sum(votes), votes.clear()
    related(items)
    assert max(votes) <= module.WORDS * module.RECENT
    assert sum(votes) < 2.2 * first
