from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from plugins.search.document import DocumentError, SearchDocument, read_documents


def test_lines_become_documents(tmp_path: Path) -> None:
    lines = tmp_path / "documents.jsonl"
    lines.write_text(
        '{"id": 7, "url": "/a/", "title": "标题", "body": "正文", "date": "2026-11-20 09:30", "people": "甲某，乙某", "more": 1}\n\n{"id": "b"}\n',
        "utf-8",
    )
    first, second = read_documents(lines)
    assert (first.id, first.date, first.people) == ("7", date(2026, 11, 20), ("甲某", "乙某"))
    assert second == SearchDocument(id="b", url="", title="")


@pytest.mark.parametrize(
    "line", ['{"url": "/a/"}', "[]", "{", '{"id": "a", "date": "2026-02-30"}', '{"id": "a", "title": 3}']
)
def test_a_bad_line_is_named(tmp_path: Path, line: str) -> None:
    lines = tmp_path / "documents.jsonl"
    lines.write_text('{"id": "a"}\n' + line + "\n", "utf-8")
    with pytest.raises(DocumentError, match=r"documents\.jsonl:2: "):
        list(read_documents(lines))


@pytest.mark.parametrize(
    "change",
    [
        {"title": "新"},
        {"body": "新"},
        {"date": date(2026, 1, 1)},
        {"people": ("甲",)},
        {"expired": True},
        {"url": "/b/"},
    ],
)
def test_every_change_changes_the_digest(change: dict[str, object]) -> None:
    document = SearchDocument(id="a", url="/a/", title="旧")
    assert document.digest() == SearchDocument(id="a", url="/a/", title="旧").digest()
    assert replace(document, **change).digest() != document.digest()
