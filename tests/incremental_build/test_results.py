from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plugins.domain.body import Body, Heading, Reference
from plugins.domain.content import Approval, ContentItem, Credit, Details, LeadImage, State
from plugins.domain.dates import CHINA
from plugins.domain.problems import Level, Problem
from plugins.incremental_build.codec import codec_of, digest, item_codec
from plugins.incremental_build.database import opened
from plugins.incremental_build.results import KEEP_AT_LEAST, Store, WorkFailedError, cached_map, cached_pairs

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
FIRST, LAST = datetime(1910, 1, 1), datetime(2030, 1, 1)  # noqa: DTZ001 — hypothesis wants naive bounds
MOMENTS = st.datetimes(FIRST, LAST).map(lambda moment: moment.replace(tzinfo=CHINA))


def store_in(folder: Path, **changes: str) -> Store[Body]:
    options = {"name": "bodies", "version": "1", **changes}
    return Store(database=folder / "build.db", codec=codec_of(Body), **options)


def body_of(text: str) -> Body:
    return Body(html=f"<p>{text}</p>", text=text, headings=(Heading(level=2, text=text, anchor="h-1"),))


@pytest.mark.parametrize("jobs", [1, 2])
def test_second_call_computes_nothing(tmp_path: Path, jobs: int) -> None:
    work = [(f"digest {number}", f"正文{number}") for number in range(700)]
    first = cached_map(body_of, work, store_in(tmp_path), jobs=jobs)
    assert first == [body_of(text) for _, text in work]
    assert cached_map(_refuse, work, store_in(tmp_path), jobs=jobs) == first


def _refuse(text: str) -> Body:
    raise AssertionError(text)


def test_only_what_is_new_is_computed(tmp_path: Path) -> None:
    computed: list[str] = []

    def note(text: str) -> Body:
        computed.append(text)
        return body_of(text)

    cached_map(note, [("1", "甲"), ("2", "乙")], store_in(tmp_path))
    cached_map(note, [("2", "乙"), ("3", "丙")], store_in(tmp_path))
    cached_map(note, [("1", "甲")], store_in(tmp_path, version="2"))
    cached_map(note, [("1", "甲")], store_in(tmp_path, name="others"))
    assert computed == ["甲", "乙", "丙", "甲", "甲"]


@pytest.mark.parametrize("damage", [b"", b"1234", b"\0\0\0\0{}", b"12345678"])
def test_damaged_result_is_computed_again(tmp_path: Path, damage: bytes) -> None:
    cached_map(body_of, [("1", "甲")], store_in(tmp_path))
    with opened(tmp_path / "build.db") as connection:
        connection.execute("update results set value = ?", (damage,))
    assert cached_map(body_of, [("1", "甲")], store_in(tmp_path)) == [body_of("甲")]


def test_fault_carries_its_traceback_and_place(tmp_path: Path) -> None:
    with pytest.raises(WorkFailedError, match="AssertionError: 甲") as caught:
        cached_map(_refuse, [("1", "甲")], store_in(tmp_path))
    assert caught.value.index == 0


def test_results_nobody_wants_are_forgotten_at_last(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    many = [(str(number), "甲") for number in range(KEEP_AT_LEAST + 10)]
    cached_map(body_of, many, store, whole=True)
    cached_map(body_of, many[:1], store)
    assert None not in store.find([key for key, _ in many])
    cached_map(body_of, many[:1], store, whole=True)
    assert [result is None for result in store.find([key for key, _ in many[:3]])] == [False, True, True]


@pytest.mark.parametrize("jobs", [1, 2])
def test_second_results_are_stored_for_one_by_one(tmp_path: Path, jobs: int) -> None:
    names = store_in(tmp_path, name="names")
    bodies = store_in(tmp_path)
    work = [(f"digest {number}", f"正文{number}") for number in range(60)]
    first = cached_pairs(lambda text: (Body(text=text), body_of(text)), work, names, bodies, jobs=jobs)
    assert first == [Body(text=text) for _, text in work]
    assert [bodies.one(digest) for digest, _ in work] == [body_of(text) for _, text in work]
    assert bodies.one("another") is None


def test_none_is_not_stored(tmp_path: Path) -> None:
    assert cached_map(lambda text: None, [("1", "甲")], store_in(tmp_path)) == [None]
    assert cached_map(body_of, [("1", "甲")], store_in(tmp_path)) == [body_of("甲")]


DETAILS = st.sampled_from(get_args(Details)).flatmap(st.from_type)
ITEMS = st.builds(
    ContentItem,
    path=TEXTS,
    type=TEXTS,
    title=TEXTS,
    state=st.sampled_from(State),
    slug=TEXTS,
    id=TEXTS,
    date=st.none() | MOMENTS,
    authors=st.tuples(st.builds(Credit, name=TEXTS)),
    lead_image=st.none() | st.builds(LeadImage, path=TEXTS, alt=TEXTS),
    approvals=st.tuples(st.builds(Approval, role=TEXTS, name=TEXTS, date=MOMENTS, digest=TEXTS)),
    details=DETAILS,
    lines=st.tuples(st.tuples(TEXTS, st.integers(0, 99))),
    body=TEXTS,
)
st.register_type_strategy(str, TEXTS)
st.register_type_strategy(datetime, MOMENTS)
st.register_type_strategy(date, st.dates(date(1910, 1, 1), date(2030, 1, 1)))


@settings(max_examples=150, deadline=None)
@given(
    st.none() | ITEMS, st.lists(st.builds(Problem, path=TEXTS, message=TEXTS, level=st.sampled_from(Level))).map(tuple)
)
def test_items_come_back_as_they_were(item: ContentItem | None, problems: tuple[Problem, ...]) -> None:
    codec = item_codec(tuple[Problem, ...])
    again, same = codec.decode(codec.encode((item, problems)))
    assert (again, same) == (item, problems)
    if item and again and item.date and again.date:
        assert again.date.isoformat() == item.date.isoformat()
    assert type(again.details if again else None) is type(item.details if item else None)


@settings(max_examples=60, deadline=None)
@given(st.builds(Body, html=TEXTS, text=TEXTS, references=st.tuples(st.builds(Reference, path=TEXTS))))
def test_bodies_come_back_as_they_were(body: Body) -> None:
    codec = codec_of(Body)
    assert codec.decode(codec.encode(body)) == body


def test_digest_tells_values_apart() -> None:
    body = body_of("甲")
    assert digest(body) == digest(replace(body)) != digest(replace(body, text="乙"))
