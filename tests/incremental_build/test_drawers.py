from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plugins.domain.body import Body
from plugins.incremental_build.codec import rows_codec_of
from plugins.incremental_build.database import opened
from plugins.incremental_build.drawers import (
    ROOM,
    Drawers,
    Work,
    WorkFailedError,
    cached_map,
    cached_some,
    exchange,
    keep_all,
)

MANY = [(f"news/{number:04}.md", "1", f"正文{number}") for number in range(10 * ROOM)]


@dataclass
class Computer:
    """Makes bodies, and remembers from what."""

    asked: list[str] = field(default_factory=list)

    def __call__(self, text: str) -> Body | None:
        self.asked.append(text)
        return body_of(text) if text != "正在改" else None


def body_of(text: str) -> Body:
    return Body(html=f"<p>{text}</p>", text=text)


def bodies_of(work: Iterable[Work[str]]) -> list[Body]:
    return [body_of(text) for _, _, text in work]


def drawers_in(folder: Path, version: str = "1", name: str = "bodies") -> Drawers[Body]:
    return Drawers(database=folder / "build.db", name=name, version=version, codec=rows_codec_of(Body))


def rows_in(folder: Path, query: str = "select first, content from drawers") -> dict[str, bytes]:
    with opened(folder / "build.db") as connection:
        return dict(connection.execute(query).fetchall())


@pytest.mark.parametrize("jobs", [1, 2])
def test_second_call_computes_and_stores_nothing(tmp_path: Path, jobs: int) -> None:
    assert cached_map(Computer(), MANY, drawers_in(tmp_path), jobs=jobs) == bodies_of(MANY)
    before, second = rows_in(tmp_path), Computer()
    assert cached_map(second, MANY, drawers_in(tmp_path), jobs=jobs) == bodies_of(MANY)
    assert not second.asked
    assert rows_in(tmp_path) == before
    assert 3 < len(before) < 40


def test_one_more_less_or_other_changes_one_drawer(tmp_path: Path) -> None:
    cached_map(Computer(), MANY, drawers_in(tmp_path), jobs=1)
    before = rows_in(tmp_path)
    for now in ([*MANY[:99], *MANY[100:]], MANY, [*MANY[:99], (MANY[99][0], "2", "新"), *MANY[100:]]):
        computer = Computer()
        assert cached_map(computer, now, drawers_in(tmp_path), jobs=1) == bodies_of(now)
        assert len(computer.asked) == len(set(now) - set(MANY)) or now is MANY
        after = rows_in(tmp_path)
        assert sum(after[first] != content for first, content in before.items() if first in after) <= 1
        assert len(before.keys() ^ after.keys()) <= 2
        before = after


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_any_way_of_getting_there_gives_the_same(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    folder = tmp_path_factory.mktemp("drawers")
    for _ in range(data.draw(st.integers(1, 4))):
        chance = random.Random(data.draw(st.integers(0, 99)))
        now = [
            (name, digest, f"{text} {digest}")
            for name, _, text in MANY[:200]
            if chance.random() < 0.9
            for digest in [str(chance.randrange(3)) if chance.random() < 0.1 else "1"]
        ]
        assert cached_map(Computer(), now, drawers_in(folder), jobs=1) == bodies_of(now)
    gradual = rows_in(folder)
    cached_map(Computer(), now, drawers_in(folder / "anew"), jobs=1)
    assert rows_in(folder / "anew") == gradual


@pytest.mark.parametrize("damage", [b"", b"1234", b"\0\0\0\0[]", b"12345678", None])
def test_a_damaged_drawer_is_computed_again(tmp_path: Path, damage: bytes | None) -> None:
    cached_map(Computer(), MANY, drawers_in(tmp_path), jobs=1)
    with opened(tmp_path / "build.db") as connection:
        connection.execute("update drawers set content = coalesce(?, cast('abcd[[1]]' as blob))", (damage,))
    computer = Computer()
    assert cached_map(computer, MANY, drawers_in(tmp_path), jobs=1) == bodies_of(MANY)
    assert len(computer.asked) == len(MANY)
    assert cached_map(computer, MANY, drawers_in(tmp_path), jobs=1) == bodies_of(MANY)
    assert len(computer.asked) == len(MANY)


def test_another_version_takes_the_place_of_the_last(tmp_path: Path) -> None:
    cached_map(Computer(), MANY, drawers_in(tmp_path), jobs=1)
    cached_map(Computer(), MANY, drawers_in(tmp_path, name="others"), jobs=1)
    second = Computer()
    cached_map(second, MANY[:9], drawers_in(tmp_path, version="2"), jobs=1)
    assert len(second.asked) == 9
    versions = rows_in(tmp_path, "select name || version, count(*) from drawers group by 1")
    assert versions.keys() == {"bodies2", "others1"}


def test_nothing_left_leaves_nothing(tmp_path: Path) -> None:
    cached_map(Computer(), MANY, drawers_in(tmp_path), jobs=1)
    assert cached_map(Computer(), [], drawers_in(tmp_path)) == []
    assert rows_in(tmp_path) == {}


def test_none_is_not_stored(tmp_path: Path) -> None:
    work = [*MANY[:5], ("news/a.md", "1", "正在改")]
    assert cached_map(Computer(), work, drawers_in(tmp_path))[5] is None
    later = Computer()
    assert cached_map(later, [*MANY[:5], ("news/a.md", "1", "改好了")], drawers_in(tmp_path))[5] == body_of("改好了")
    assert later.asked == ["改好了"]


def test_fault_carries_its_traceback_and_place(tmp_path: Path) -> None:
    def refuse(text: str) -> Body:
        raise AssertionError(text)

    with pytest.raises(WorkFailedError, match="AssertionError: 正文0") as caught:
        cached_map(refuse, MANY[:1], drawers_in(tmp_path))
    assert caught.value.index == 0


def test_a_few_of_many_change_alone(tmp_path: Path) -> None:
    drawers = drawers_in(tmp_path)
    cached_map(Computer(), MANY, drawers, jobs=1)
    few, computer = [MANY[3], (MANY[300][0], "2", "改"), ("zz.md", "1", "新")], Computer()
    assert cached_some(computer, few, drawers) == bodies_of(few)
    assert computer.asked == ["改", "新"]
    then = Computer()
    assert cached_map(then, [*MANY[:300], few[1], *MANY[301:]], drawers, jobs=1)[300] == body_of("改")
    assert not then.asked


def test_a_few_where_nothing_is_known_are_not_stored(tmp_path: Path) -> None:
    assert cached_some(Computer(), MANY[:2], drawers_in(tmp_path)) == bodies_of(MANY[:2])
    assert rows_in(tmp_path) == {}


def test_one_result_is_exchanged_for_another(tmp_path: Path) -> None:
    drawers = drawers_in(tmp_path)
    cached_map(Computer(), MANY, drawers, jobs=1)
    exchange(drawers, [(MANY[5][0], "", body_of("另一个")), ("zz.md", "", body_of("不认识"))])
    rows = {row[0]: row[1:] for drawer in drawers.all().values() for row in drawer}
    assert rows == {name: (digest, body_of(text)) for name, digest, text in MANY} | {
        MANY[5][0]: ("", body_of("另一个"))
    }


def test_what_stays_the_same_is_not_written_again(tmp_path: Path) -> None:
    drawers = drawers_in(tmp_path)
    keep_all(drawers, [(name, digest, body_of(text)) for name, digest, text in MANY], {})
    before, found = rows_in(tmp_path), drawers.all()
    rows = sorted(row for drawer in found.values() for row in drawer)
    assert [row[2] for row in rows] == bodies_of(MANY)
    with opened(tmp_path / "build.db") as connection:
        connection.execute("update drawers set content = x'00'")
    keep_all(drawers, rows, found)
    assert set(rows_in(tmp_path).values()) == {b"\0"}
    changed = [row if row[0] != MANY[70][0] else (row[0], "2", body_of("改")) for row in rows if row[0] != MANY[0][0]]
    keep_all(drawers, changed, found)
    written = {first for first, content in rows_in(tmp_path).items() if content != b"\0"}
    assert len(written) <= 2
    assert before.keys() - rows_in(tmp_path).keys() == {MANY[0][0]}
