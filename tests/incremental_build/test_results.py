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
from plugins.incremental_build.codec import codec_of, digest, item_rows_codec, with_body
from plugins.incremental_build.database import opened
from plugins.incremental_build.results import Store

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
FIRST, LAST = datetime(1910, 1, 1), datetime(2030, 1, 1)  # noqa: DTZ001 — hypothesis wants naive bounds
MOMENTS = st.datetimes(FIRST, LAST).map(lambda moment: moment.replace(tzinfo=CHINA))


def store_in(folder: Path, **changes: str) -> Store[Body]:
    options = {"name": "bodies", "version": "1", **changes}
    return Store(database=folder / "build.db", codec=codec_of(Body), **options)


def body_of(text: str) -> Body:
    return Body(html=f"<p>{text}</p>", text=text, headings=(Heading(level=2, text=text, anchor="h-1"),))


def test_a_result_comes_back_by_its_digest(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    assert store.find("1") is None
    store.keep(body_of("甲"), "1")
    assert (store.find("1"), store.find("2")) == (body_of("甲"), None)
    assert store_in(tmp_path, version="2").find("1") is None
    assert store_in(tmp_path, name="others").find("1") is None


def test_another_result_takes_its_place(tmp_path: Path) -> None:
    store, other = store_in(tmp_path), store_in(tmp_path, name="others")
    store.keep(body_of("甲"), "1")
    other.keep(body_of("丙"))
    store_in(tmp_path, version="2").keep(body_of("乙"), "2")
    assert store.find("1") is None
    assert store_in(tmp_path, version="2").find("2") == body_of("乙")
    assert other.find() == body_of("丙")


@pytest.mark.parametrize("damage", [b"", b"1234", b"\0\0\0\0{}", b"12345678"])
def test_a_damaged_result_is_none(tmp_path: Path, damage: bytes) -> None:
    store = store_in(tmp_path)
    store.keep(body_of("甲"), "1")
    with opened(tmp_path / "build.db") as connection:
        connection.execute("update results set value = ?", (damage,))
    assert store.find("1") is None


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
    codec = item_rows_codec(tuple[Problem, ...])
    ((name, stands_for, (again, same)),) = codec.decode(b'[["a.md","1",%b]]' % codec.encode((item, problems)))
    assert (name, stands_for, same) == ("a.md", "1", problems)
    assert again == (item and replace(item, body=""))
    assert item is None or again is None or with_body(again, item.body) == item
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
