"""What is public, told from states, dates and sections."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from plugins.content_types.workflow import (
    EDITOR,
    LABELS,
    REVIEWER,
    STATES,
    TRANSITIONS,
    folders_above,
    transitions_from,
    visible,
)
from plugins.domain.content import ContentItem, State
from tests.content_types.sample import NOW


def item(path: str, **fields: object) -> ContentItem:
    kind = "section" if path.endswith("index.md") else "page"
    base = ContentItem(path=path, type=kind, title=path, state=State.PUBLISHED, slug="a", id=path)
    return replace(base, **fields)  # type: ignore[arg-type]


ROOT, NEWS, DEEP = item("index.md"), item("news/index.md"), item("news/deep/index.md")


def shown(*items: ContentItem, preview: bool = False) -> list[str]:
    return [found.path for found in visible(items, NOW, preview)]


@pytest.mark.parametrize(
    ("fields", "is_public"),
    [
        ({}, True),
        ({"state": State.PRIVATE}, False),
        ({"state": State.PENDING}, False),
        ({"state": State.WITHDRAWN}, False),
        ({"date": NOW}, True),
        ({"date": NOW + timedelta(minutes=1)}, False),
        ({"expires": NOW - timedelta(days=1)}, True),  # it keeps its address
        ({"quarantine": "编码不明"}, False),
    ],
)
def test_an_item_of_public_sections(fields: dict[str, object], is_public: bool) -> None:
    assert ("news/a.md" in shown(ROOT, NEWS, item("news/a.md", **fields))) is is_public


@pytest.mark.parametrize("hidden", [ROOT, NEWS, DEEP], ids=lambda section: section.path)
@pytest.mark.parametrize("fields", [{"state": State.PRIVATE}, {"date": NOW + timedelta(days=1)}, {"quarantine": "x"}])
def test_a_child_of_a_hidden_section_is_hidden(hidden: ContentItem, fields: dict[str, object]) -> None:
    sections = [replace(one, **fields) if one is hidden else one for one in (ROOT, NEWS, DEEP)]  # type: ignore[arg-type]
    assert "news/deep/a.md" not in shown(*sections, item("news/deep/a.md"))


def test_a_folder_without_section_is_hidden() -> None:
    assert shown(ROOT, item("news/a.md")) == ["index.md"]


def test_a_preview_shows_all_but_the_withdrawn() -> None:
    items = (ROOT, NEWS, item("news/a.md", state=State.PRIVATE), item("news/b.md", state=State.WITHDRAWN))
    assert shown(*items, preview=True) == ["index.md", "news/index.md", "news/a.md"]


def test_a_preview_hides_what_lies_in_a_withdrawn_section() -> None:
    items = (ROOT, replace(NEWS, state=State.WITHDRAWN), item("news/a.md"))
    assert shown(*items, preview=True) == ["index.md"]


def test_the_table_of_transitions() -> None:
    assert set(LABELS) == set(State) == {State(name) for name in STATES}
    assert len({step.name for step in TRANSITIONS}) == len(TRANSITIONS)
    reachable = {step.end for step in TRANSITIONS}
    assert reachable == set(State)
    assert all(transitions_from(state, REVIEWER) for state in State)


def test_only_reviewers_publish_and_only_what_is_pending() -> None:
    publishing = [step for step in TRANSITIONS if step.end is State.PUBLISHED]
    assert [(step.start, step.who) for step in publishing] == [(State.PENDING, (REVIEWER,))]
    assert not any(EDITOR in step.who and State.PUBLISHED in (step.start, step.end) for step in TRANSITIONS)


def test_folders_above() -> None:
    assert folders_above("a/b/c") == ("a/b", "a", "")
    assert folders_above("") == ()
