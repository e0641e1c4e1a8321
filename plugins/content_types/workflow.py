"""States and transitions as a table, and the one decision of what is public."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from plugins.domain.content import ContentItem, State, is_effective

STATES = tuple(state.value for state in State)

LABELS: dict[State, str] = {
    State.PRIVATE: "草稿",
    State.PENDING: "待审核",
    State.PUBLISHED: "已发布",
    State.WITHDRAWN: "已撤回",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Transition:
    """One step of the workflow: from where to where, what editors call it, and who may take it."""

    name: str
    label: str
    start: State
    end: State
    who: tuple[str, ...]


EDITOR = "编辑"
REVIEWER = "审核人"

TRANSITIONS: tuple[Transition, ...] = (
    Transition(name="submit", label="送审", start=State.PRIVATE, end=State.PENDING, who=(EDITOR, REVIEWER)),
    Transition(name="retract", label="撤回送审", start=State.PENDING, end=State.PRIVATE, who=(EDITOR, REVIEWER)),
    Transition(name="reject", label="退回修改", start=State.PENDING, end=State.PRIVATE, who=(REVIEWER,)),
    Transition(name="publish", label="发布", start=State.PENDING, end=State.PUBLISHED, who=(REVIEWER,)),
    Transition(name="withdraw", label="撤稿", start=State.PUBLISHED, end=State.WITHDRAWN, who=(REVIEWER,)),
    Transition(name="revise", label="退回草稿", start=State.PUBLISHED, end=State.PRIVATE, who=(REVIEWER,)),
    Transition(name="restore", label="恢复为草稿", start=State.WITHDRAWN, end=State.PRIVATE, who=(REVIEWER,)),
)


def transitions_from(state: State, who: str) -> tuple[Transition, ...]:
    """Return the steps that ``who`` may take from ``state``.

    >>> [step.label for step in transitions_from(State.PENDING, "编辑")]
    ['撤回送审']
    """
    return tuple(step for step in TRANSITIONS if step.start is state and who in step.who)


def visible(items: Iterable[ContentItem], now: datetime, preview: bool = False) -> tuple[ContentItem, ...]:
    """Return the items that a build for ``now`` writes, in their order.

    Public is what is published, whose date has come, that is not in quarantine, and all of whose sections up to the
    root are public, too. A preview shows everything but what was withdrawn, itself or by its section.
    """
    shown = tuple(item for item in items if (not _is_withdrawn(item) if preview else is_public_itself(item, now)))
    open_folders = _open_folders(shown)
    return tuple(item for item in shown if item.folder in open_folders)


def _is_withdrawn(item: ContentItem) -> bool:
    return item.state is State.WITHDRAWN


def is_public_itself(item: ContentItem, now: datetime) -> bool:
    """Whether ``item`` is public as far as it decides itself; a section above may still hide it."""
    return is_effective(item, now) and not item.quarantine


def _open_folders(items: tuple[ContentItem, ...]) -> frozenset[str]:
    """Return the folders whose section is among ``items``, and every section above it."""
    sections = {item.folder for item in items if item.is_section}
    return frozenset(folder for folder in sections if all(above in sections for above in folders_above(folder)))


def folders_above(folder: str) -> tuple[str, ...]:
    """Return the folders that contain ``folder``, the nearest first.

    >>> folders_above("news/2024")
    ('news', '')
    """
    above: list[str] = []
    while folder:
        folder = folder.rpartition("/")[0]
        above.append(folder)
    return tuple(above)
