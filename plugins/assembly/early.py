"""``inv build``: stop early where nothing has changed, before anything heavy is imported."""

from __future__ import annotations

from dataclasses import dataclass

from plugins.assembly.configuration import Configured
from plugins.assembly.console import progress, show_problems


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How to build: processors, and what to say or to do again."""

    jobs: int | None = None
    explain: bool = False
    verify: bool = False
    clean: bool = False


def build_once(configured: Configured, options: Options) -> int:
    """Build the site, show what came of it and return the exit code."""
    from plugins.assembly.build import build
    from plugins.incremental_build.report import explain

    with progress("生成网页") as on_progress:
        built = build(
            configured, jobs=options.jobs, clean=options.clean, verify=options.verify, on_progress=on_progress
        )
    code = show_problems(built.problems)
    if code:
        print("有错误，没有写任何文件。")
        return code
    if options.explain:
        print("\n".join(explain(built.report.plan)))
    for failure in built.report.failures:
        print(failure)
    print(f"{built.report} → {configured.settings.output}")
    return int(not built.succeeded)
