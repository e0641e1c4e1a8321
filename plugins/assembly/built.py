"""What came of a build."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from plugins.domain.problems import Problem, is_blocked
from plugins.incremental_build.report import BuildReport

if TYPE_CHECKING:
    from plugins.assembly.outputs import Composed
    from plugins.assembly.site import Site


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """All problems, and what was done, which is nothing where a problem stopped it.

    ``site`` and ``composed`` are there where the whole site was looked at.
    """

    problems: tuple[Problem, ...] = ()
    report: BuildReport = field(default_factory=BuildReport)
    site: Site | None = None
    composed: Composed | None = None

    @property
    def succeeded(self) -> bool:
        """Whether the output now is what it should be."""
        return not is_blocked(self.problems) and self.report.succeeded
