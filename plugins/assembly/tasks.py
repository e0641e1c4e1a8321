"""The daily tasks: check, build, serve, tree, and the project's own test, lint and bench."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from invoke.context import Context
from invoke.tasks import task

if TYPE_CHECKING:
    from plugins.assembly.configuration import Configured

ROOT = Path(__file__).resolve().parents[2]
SETTINGS = ROOT / "pelicanconf.py"


@task(help={"content": "内容文件夹，默认 content"})
def check(context: Context, content: str = "") -> None:
    """检查内容、设置和登记表，列出所有问题"""
    from plugins.assembly.check import check_site
    from plugins.assembly.console import show_problems

    problems = check_site(_settings(content=content))
    raise SystemExit(show_problems(problems))


@task(
    help={
        "content": "内容文件夹，默认 content",
        "output": "输出文件夹，默认 output",
        "jobs": "同时用几个处理器，默认全部",
        "settings": "设置文件，默认 pelicanconf.py；正式发布用 publishconf.py",
        "preview": "连未公开的内容一起生成，带横幅；不可发布",
        "explain": "说明每个文件为什么重新生成或保留",
        "verify": "逐个核对已有文件的内容",
        "clean": "从头生成",
    }
)
def build(
    context: Context,
    content: str = "",
    output: str = "",
    jobs: int = 0,
    settings: str = "",
    preview: bool = False,
    explain: bool = False,
    verify: bool = False,
    clean: bool = False,
) -> None:
    """检查后生成网页和搜索索引，只写有变化的文件"""
    from plugins.assembly.early import Options, build_and_leave

    options = Options(jobs=jobs or None, explain=explain, verify=verify, clean=clean)
    build_and_leave(_settings(content, output, settings, preview), options)


@task(help={"port": "端口，默认 8000", "preview": "显示未公开的内容，带横幅", "content": "内容文件夹，默认 content"})
def serve(context: Context, port: int = 8000, preview: bool = False, content: str = "") -> None:
    """生成网站并在本机打开，内容改动后自动更新"""
    from plugins.assembly.serve import serve_site

    raise SystemExit(serve_site(_settings(content=content, preview=preview), port=port))


@task(help={"content": "内容文件夹，默认 content"})
def tree(context: Context, content: str = "") -> None:
    """画出栏目树"""
    from plugins.assembly.site import load_tree

    print(load_tree(_settings(content=content)))


@task(name="test", help={"fast": "只运行快的测试", "names": "只运行名字里有这些字的测试"})
def run_tests(context: Context, fast: bool = False, names: str = "") -> None:
    """运行全部测试，快的在前"""
    chosen = ["-k", names] if names else ["-n", "auto", "--dist", "worksteal"]
    runs = [["-m", "not browser and not slow"], *([] if fast else [["-m", "browser or slow"]])]
    codes = [subprocess.call([sys.executable, "-m", "pytest", *run, *chosen], cwd=ROOT) for run in runs]
    raise SystemExit(max((0 if code == 5 and names else code) for code in codes))


@task
def lint(context: Context) -> None:
    """ruff 与 mypy"""
    commands = (["ruff", "check", "."], ["ruff", "format", "--check", "."], ["mypy", "plugins", "tasks.py"])
    raise SystemExit(max(subprocess.call([sys.executable, "-m", *command], cwd=ROOT) for command in commands))


@task(help={"name": "哪一个；不写就列出来", "articles": "文章（文档、样本）的数量"}, positional=["name"])
def bench(context: Context, name: str, articles: int = 0) -> None:
    """与同类工具在同一次运行里比较，打印比值"""
    folder = ROOT / "tests" / "benchmarks"
    known = {path.stem: path.read_text("utf-8") for path in sorted(folder.glob("*.py"))}
    runnable = {stem: text for stem, text in known.items() if '__name__ == "__main__"' in text}
    if name not in runnable:
        raise SystemExit(f"没有名为 {name} 的基准（可用：{'、'.join(runnable)}）")
    amounts = [option for option in ("--articles", "--documents", "--variants") if f'"{option}"' in runnable[name]]
    amount = [amounts[0], str(articles)] if articles and amounts else []
    raise SystemExit(subprocess.call([sys.executable, "-m", f"tests.benchmarks.{name}", *amount], cwd=ROOT))


def _settings(content: str = "", output: str = "", settings: str = "", preview: bool = False) -> Configured:
    """Return the settings of a run; folders that are given count from where the task was called."""
    from plugins.assembly.configuration import configured

    folders = {"PATH": content, "OUTPUT_PATH": output}
    given = {key: str(Path(value).resolve()) for key, value in folders.items() if value}
    return configured(Path(settings).resolve() if settings else SETTINGS, preview=preview, **given)
