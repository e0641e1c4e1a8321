"""The generator that Pelican runs: the same build as ``inv build``, with Pelican's settings."""

from __future__ import annotations

from pathlib import Path

from pelican.generators import Generator

from plugins.assembly.build import build
from plugins.assembly.configuration import Configured
from plugins.assembly.console import progress, show_problems
from plugins.domain.settings import settings_from


class SiteGenerator(Generator):  # type: ignore[misc]
    """Build the whole site. A problem that stops the build ends Pelican with exit code 1; nothing is written then."""

    def generate_output(self, writer: object) -> None:
        """Bring the output folder up to date."""
        settings, problems = settings_from(self.settings, root=Path.cwd())
        configured = Configured(settings=settings, file=Path("pelicanconf.py"), problems=problems)
        with progress("生成网页") as on_progress:
            built = build(configured, on_progress=on_progress)
        code = show_problems(built.problems)
        for failure in built.report.failures:
            print(failure)
        if code or not built.succeeded:
            raise SystemExit(1)
        print(built.report)
