"""Each folder of `cases` holds a page as it was found, the Markdown it becomes, and what was changed and why.

REWRITE_CASES=1 pytest tests/legacy_html/test_cases.py    # then read the difference before it is committed
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from plugins.legacy_html import journal
from plugins.legacy_html.document import LegacyDocument, canonical_text
from plugins.legacy_html.pipeline import clean

CASES = sorted((Path(__file__).parent / "cases").iterdir())


def notes(page: LegacyDocument) -> str:
    """What was done to a page, one line each, in the order it was done."""
    steps = [(one.step, f"{one.stage}/{one.rule}: {one.before!r} -> {one.after!r}") for one in page.changes]
    steps += [(one.step, f"{one.stage}/{one.rule}: removed {one.text!r}") for one in page.removed]
    return "".join(f"{line}\n" for _, line in sorted(steps))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: Path) -> None:
    page = clean(LegacyDocument(source=case.name, raw=(case / "source.html").read_bytes()))
    if os.environ.get("REWRITE_CASES"):
        (case / "expected.md").write_text(page.markdown, "utf-8")
        (case / "expected-notes.txt").write_text(notes(page), "utf-8")
    assert page.markdown == (case / "expected.md").read_text("utf-8")
    assert notes(page) == (case / "expected-notes.txt").read_text("utf-8")
    assert journal.undo(page) == canonical_text(page.extracted)
    assert clean(LegacyDocument(source=case.name, raw=page.markdown.encode())).markdown == page.markdown
