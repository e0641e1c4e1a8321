"""The problems of one file while it is read."""

from __future__ import annotations

from dataclasses import dataclass, field

from plugins.content_types.nodes import Listing, Node, Scalar
from plugins.content_types.schema import Field
from plugins.domain.problems import Level, Problem


@dataclass(slots=True, kw_only=True)
class Slips:
    """The problems of one file as they are found, and the lines of its fields."""

    path: str
    problems: list[Problem] = field(default_factory=list)
    lines: list[tuple[str, int]] = field(default_factory=list)

    def add(self, line: int, message: str, hint: str = "", level: Level = Level.ERROR) -> None:
        """Note a problem on ``line``."""
        self.problems.append(Problem(path=self.path, line=line, message=message, hint=hint, level=level))

    def wrong(self, field: Field, node: Node, hint: str = "") -> None:
        """Note that the value of ``field`` is not of its kind."""
        written = f" {node.text[:40]!r} " if isinstance(node, Scalar) else ""
        self.add(node.line, f"{field.name}（{field.label}）的值{written}不对", hint or f"应为：{field.kind.value}")


def is_empty(node: Node) -> bool:
    """Whether nothing is written: the field then counts as left out."""
    if isinstance(node, Scalar):
        return not node.text.strip()
    return not (node.items if isinstance(node, Listing) else node.entries)
