"""One invalid site with one deliberate problem of each kind; every message stands in ``invalid.txt``."""

from __future__ import annotations

from pathlib import Path

from plugins.content_types.registers import read_registers
from plugins.domain.problems import in_order
from tests.content_types.sample import loaded

CASES = Path(__file__).parent / "cases"


def test_every_message_of_the_invalid_site() -> None:
    problems = in_order((*loaded(CASES / "invalid").problems, *read_registers(CASES / "invalid")[1]))
    told = "".join(f"{problem.level} {problem}\n" for problem in problems)
    assert told == (CASES / "invalid.txt").read_text("utf-8")
