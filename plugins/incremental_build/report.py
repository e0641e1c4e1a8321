"""What a build did, as a value and in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from plugins.domain.outputs import BuildPlan, Decision
from plugins.domain.problems import Problem

_TEMPLATE = re.compile(r'File "([^"\n]+\.(?:html|xml))", line (\d+)')


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """An output that could not be made; the file on disk is as it was. ``fault`` is the traceback.

    As a text it begins with path and line of the template that is to blame, where one is.
    """

    path: str
    source: str
    fault: str

    def __str__(self) -> str:
        last = self.fault.strip().rpartition("\n")[2]
        places = _TEMPLATE.findall(self.fault)
        place = ":".join(places[-1]) if places else self.source or self.path
        return f"{place}: 生成 {self.path} 时出错：{last}"


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildReport:
    """The plan and what became of it.

    ``written`` are the files whose bytes changed. ``problems`` refused the build before
    anything was touched; ``failures`` left single files as they were. ``others`` counts files that were kept without a look.
    """

    plan: BuildPlan = field(default_factory=BuildPlan)
    written: tuple[str, ...] = ()
    failures: tuple[Failure, ...] = ()
    problems: tuple[Problem, ...] = ()
    others: int = 0

    @property
    def succeeded(self) -> bool:
        """Whether the output folder now is what it should be."""
        return not self.failures and not self.problems

    def __str__(self) -> str:
        made, kept = len(self.plan.render), len(self.plan.keep) + self.others
        counts = f"生成 {made} 个，写入 {len(self.written)} 个，保留 {kept} 个，删除 {len(self.plan.delete)} 个"
        return f"{counts}，失败 {len(self.failures)} 个" if self.failures else counts


def explain(plan: BuildPlan) -> Iterator[str]:
    """Yield a line for every output: what happened to it and why."""
    for verb, decisions in (("生成", plan.render), ("删除", plan.delete), ("保留", plan.keep)):
        yield from (f"{verb} {decision.path}：{decision.reason}" for decision in _by_path(decisions))


def _by_path(decisions: tuple[Decision, ...]) -> list[Decision]:
    return sorted(decisions, key=lambda decision: decision.path)
