"""The settings of a run: the settings file, and what the command line says otherwise."""

from __future__ import annotations

from collections.abc import Iterator
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
    return Configured(settings=settings, file=file, problems=(*problems, *_folder_faults(settings, file)))


def _folder_faults(settings: Settings, file: Path) -> Iterator[Problem]:
    """Yield what would make a build lose or mix files: no theme, or an output folder that is not one of its own."""
    if not (settings.theme / "templates").is_dir():
        yield Problem(path=file.name, message=f"没有主题文件夹 {settings.theme}", hint="改正设置 THEME")
    output = settings.output.resolve()
    sources = (settings.content.resolve(), settings.theme.resolve(), Path(__file__).resolve().parents[1])
    if any(output.is_relative_to(source) or source.is_relative_to(output) for source in sources):
        hint = "换一个单独的文件夹，例如 output"
        yield Problem(path=file.name, message=f"输出文件夹 {output} 与内容、主题或程序的文件夹重叠", hint=hint)
    standing = next(folder for folder in (output, *output.parents) if folder.exists())
    if not standing.is_dir():
        yield Problem(path=file.name, message=f"输出文件夹 {output} 不能用：{standing} 是一个文件", hint="换一个文件夹")
