"""Work spread over processes: every piece once, whatever becomes of the workers."""

from __future__ import annotations

import os
import signal
import time

import pytest

from plugins.incremental_build import workers
from plugins.incremental_build.workers import spread


@pytest.mark.parametrize("jobs", [1, 2, 3])
@pytest.mark.parametrize("term", [1, 7, 40, 10_000])
def test_every_piece_is_done_once(jobs: int, term: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "TERM", term)
    work = list(range(300))
    done = sorted(spread(lambda number: number * number, work, jobs), key=lambda each: each.index)
    assert [each.index for each in done] == work
    assert [each.result for each in done] == [number * number for number in work]


def test_a_worker_goes_home_after_its_term(monkeypatch: pytest.MonkeyPatch) -> None:
    def processes() -> int:
        return len({each.result for each in spread(lambda _: os.getpid(), range(300), 2)})

    assert processes() <= 2
    monkeypatch.setattr(workers, "TERM", 50)
    assert processes() >= 4


@pytest.mark.parametrize("count", [40, 300])
def test_a_fault_stops_no_other_piece(count: int) -> None:
    done = list(spread(lambda number: 1 // (number - 30), range(count), 2))
    assert sorted(each.index for each in done) == list(range(count))
    assert [each.index for each in done if each.fault] == [30]
    assert "ZeroDivisionError" in next(each.fault for each in done if each.fault)


@pytest.mark.parametrize("term", [20, 10_000])
def test_of_a_worker_that_dies_the_pieces_are_faults(term: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "TERM", term)

    def fragile(number: int) -> int:
        if number == 30:
            os.kill(os.getpid(), signal.SIGKILL)
        return number

    done = {each.index: each for each in spread(fragile, range(300), 2)}
    assert sorted(done) == list(range(300))
    assert "意外退出" in done[30].fault
    assert all(each.result == index for index, each in done.items() if not each.fault)
    assert sum(bool(each.fault) for each in done.values()) <= 12  # what had been handed to it


def test_without_workers_the_rest_are_faults() -> None:
    def doomed(_: int) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    done = list(spread(doomed, range(300), 2))
    assert sorted(each.index for each in done) == list(range(300))
    assert all(each.fault for each in done)


@pytest.mark.parametrize(("seconds", "is_spread"), [(0.0, False), (0.02, True)])
def test_some_pieces_are_spread_only_where_they_take_long(
    seconds: float, is_spread: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "MANY", 256)

    def piece(_: int) -> int:
        time.sleep(seconds)
        return os.getpid()

    processes = {each.result for each in spread(piece, range(60), 2)}
    assert (len(processes) > 1) == is_spread
    assert {each.result for each in spread(piece, range(10), 2)} == {os.getpid()}
