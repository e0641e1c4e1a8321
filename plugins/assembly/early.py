"""``inv build``: stop early where nothing has changed, before anything heavy is imported."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, NoReturn

from plugins.assembly.configuration import Configured
from plugins.assembly.console import Progress, progress, show_problems
from plugins.assembly.sources import is_settled, look, said_last_time
from plugins.incremental_build.unchanged import Sources

if TYPE_CHECKING:
    from plugins.assembly.built import Built

FEW = 16  # changed files for which the short way is tried


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How to build: processors, and what to say or to do again."""

    jobs: int | None = None
    explain: bool = False
    verify: bool = False
    clean: bool = False

    @property
    def may_stop(self) -> bool:
        """Whether nothing need be done where nothing has changed."""
        return not (self.explain or self.verify or self.clean)


def build_once(configured: Configured, options: Options) -> int:
    """Build the site, show what came of it and return the exit code."""
    return _told(configured, options)[0]


def build_and_leave(configured: Configured, options: Options) -> NoReturn:
    """Do as ``build_once`` and end the process: taking a site apart, value by value, takes as long as reading a part of it."""
    gc.disable()
    try:
        code, _site = _told(configured, options)
        sys.stdout.flush()
    except BrokenPipeError:  # whoever read along has left
        os._exit(1)
    os._exit(code)


def _told(configured: Configured, options: Options) -> tuple[int, Built | None]:
    sources = look(configured)
    if options.may_stop and is_settled(configured, sources):
        code = show_problems(one.problem for one in said_last_time(configured))
        print(f"没有变化，不用生成 → {configured.settings.output}")
        return code, None
    try:
        built = _build(configured, options, sources)
    except Exception as error:
        from plugins.assembly.faults import told

        if (problem := told(error, configured.settings)) is None:
            raise
        return show_problems([problem]), None
    code = show_problems(built.problems)
    if code:
        print("有错误，没有写任何文件。")
        return code, built
    if options.explain:
        from plugins.incremental_build.report import explain

        print("\n".join(explain(built.report.plan)))
    for failure in built.report.failures:
        print(failure)
    print(f"{built.report} → {configured.settings.output}")
    return int(not built.succeeded), built


def _build(configured: Configured, options: Options, sources: Sources) -> Built:
    with undisturbed(), progress("生成网页") as on_progress:
        return bring_up_to_date(configured, options, sources, on_progress)


def bring_up_to_date(
    configured: Configured, options: Options, sources: Sources, on_progress: Progress | None = None
) -> Built:
    """Build by the shortest way: texts alone where nothing else has changed, else the whole site."""
    if options.may_stop and (built := _text_edits(configured, sources)):
        return built
    from plugins.assembly.build import build

    return build(
        configured,
        sources=None if options.clean else sources,
        jobs=options.jobs,
        clean=options.clean,
        verify=options.verify,
        on_progress=on_progress,
    )


def _text_edits(configured: Configured, sources: Sources) -> Built | None:
    if configured.settings.search or not 0 < len(sources.changed) <= FEW:
        return None
    from plugins.assembly.text_edits import build_text_edits

    return build_text_edits(configured, sources)


@contextmanager
def undisturbed() -> Iterator[None]:
    """Leave the garbage collector off: of what a build makes little is garbage, and looking for it takes a third of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
