"""The settings of a run: the settings file, and what the command line says otherwise."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from plugins.domain.problems import Problem
from plugins.domain.settings import Settings, read_settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Configured:
    """Settings with the problems found in them, and the file they come from."""

    settings: Settings
    file: Path
    problems: tuple[Problem, ...] = ()


def configured(file: Path, *, preview: bool = False, **folders: str) -> Configured:
    """Read ``file``; ``folders`` replace ``PATH`` and ``OUTPUT_PATH``. A preview is built apart from the public output."""
    if preview:
        folders = {"OUTPUT_PATH": str(file.parent / ".cache" / "preview" / "output"), **folders}
    settings, problems = read_settings(file, **folders, **({"PREVIEW": True} if preview else {}))
    if not settings.content.is_dir():
        path = str(settings.content)
        problems += (Problem(path=path, message="没有这个内容文件夹", hint="用 --content 指明，或在设置里改 PATH"),)
    return Configured(settings=settings, file=file, problems=problems)
