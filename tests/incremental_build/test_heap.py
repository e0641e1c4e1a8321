from __future__ import annotations

import os
from multiprocessing import get_context
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.incremental_build import heap as module
from plugins.incremental_build.database import forget
from plugins.incremental_build.heap import NOWHERE, Heap, Place


def heap_in(folder: Path, name: str = "bodies") -> Heap:
    return Heap(database=folder / "build.db", name=name)


@given(contents=st.lists(st.tuples(st.text(max_size=5), st.binary(max_size=50)), max_size=9))
def test_contents_come_back(tmp_path_factory: pytest.TempPathFactory, contents: list[tuple[str, bytes]]) -> None:
    heap = heap_in(tmp_path_factory.mktemp("heap"))
    places = [heap.add(key, content) for key, content in contents]
    assert [heap.get(key, place) for (key, _), place in zip(contents, places, strict=True)] == [c for _, c in contents]


def test_heaps_are_apart(tmp_path: Path) -> None:
    one, other = heap_in(tmp_path), heap_in(tmp_path, "pages")
    place = one.add("a", b"1")
    assert other.get("a", place) is None
    assert one.get("b", place) is None
    assert one.get("a", NOWHERE) is None


@pytest.mark.parametrize("damage", [b"", b"\0" * 20, b"1234567890" * 9])
def test_what_is_not_there_any_more_is_none(tmp_path: Path, damage: bytes) -> None:
    heap = heap_in(tmp_path)
    place = heap.add("a", "正文".encode())
    heap.file.write_bytes(damage)
    assert heap.get("a", place) is None
    again = heap.add("a", "正文".encode())
    assert heap.get("a", again) == "正文".encode()


def test_another_content_at_the_same_place_is_not_taken_for_it(tmp_path: Path) -> None:
    heap = heap_in(tmp_path)
    place = heap.add("a", b"12")
    heap.forget()
    assert heap.get("a", place) is None
    assert heap.add("b", b"12") == place
    assert heap.get("a", place) is None
    assert heap.get("b", place) == b"12"


def test_a_database_takes_its_heaps_along(tmp_path: Path) -> None:
    heap_in(tmp_path).add("a", b"1")
    other = Heap(database=tmp_path / "other.db", name="bodies")
    place = other.add("a", b"1")
    forget(tmp_path / "build.db")
    assert not heap_in(tmp_path).file.exists()
    assert other.get("a", place) == b"1"


def _add_many(heap: Heap, own: int, places: Path) -> None:
    found = [heap.add(f"{own} {number}", bytes([own]) * number) for number in range(300)]
    places.write_text(repr(found))


def test_several_processes_may_add(tmp_path: Path) -> None:
    heap, context = heap_in(tmp_path), get_context("fork")
    heap.add("first", b"opened before the fork")
    crew = [context.Process(target=_add_many, args=(heap, own, tmp_path / f"{own}.txt")) for own in range(4)]
    for process in crew:
        process.start()
    for process in crew:
        process.join()
    for own in range(4):
        places: list[Place] = eval((tmp_path / f"{own}.txt").read_text())
        assert [heap.get(f"{own} {number}", place) for number, place in enumerate(places)] == [
            bytes([own]) * number for number in range(300)
        ]


def test_waste_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_SPARE", 100)
    heap = heap_in(tmp_path)
    assert not heap.is_mostly_waste(0)
    places = [heap.add("a", b"x" * 200) for _ in range(9)]
    assert heap.is_mostly_waste(sum(length for _, length in places[:3]))
    assert not heap.is_mostly_waste(sum(length for _, length in places[:5]))


def test_a_full_disk_is_said(tmp_path: Path) -> None:
    heap = heap_in(tmp_path)
    heap.file.symlink_to("/dev/full")
    with pytest.raises(OSError, match=os.strerror(28)):
        heap.add("a", b"1")
