"""Invoke tasks of the theme: ``inv styleguide``, ``audit``, ``screenshots``. All that they say is for people at a desk."""

from __future__ import annotations

from pathlib import Path

from invoke.context import Context
from invoke.tasks import task
from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).resolve().parents[2]
THEME = ROOT / "theme"
_SHOWN = 12
_VERDICTS = {True: "通过", False: "[bold red]未达到[/]", None: "未检查"}


@task(help={"output": "写到哪个文件夹，默认 .cache/styleguide", "port": "写好后在这个端口打开；0 为不打开"})
def styleguide(context: Context, output: str = "", port: int = 0) -> None:
    """每种页面、每种状态的样例页"""
    from plugins.theming.styleguide import write_styleguide

    folder = Path(output) if output else ROOT / ".cache" / "styleguide"
    print(f"{write_styleguide(THEME, folder)} 个样例 → {folder}")
    if port:
        print(f"http://127.0.0.1:{port}/ （Ctrl+C 结束）", flush=True)
        context.run(f"python3 -m http.server {port} --bind 127.0.0.1 --directory {folder}", pty=False)


@task(help={"output": "网站所在的文件夹，默认 output", "every": "浏览器里看每一页，而不是每类两页"})
def audit(context: Context, output: str = "output", every: bool = False) -> None:
    """检查生成好的网站：无障碍、链接、HTML、大小、速度、对比度、打印，打印一张表"""
    from plugins.theming.audit import audit as rows_of
    from plugins.theming.audit import audited

    site = audited(ROOT / output, THEME, ROOT / ".cache" / "node", every=every)
    if not site.pages:
        raise SystemExit(f"{output} 里没有网页，请先运行 inv build。")
    rows = list(rows_of(site))
    console = Console()
    table = Table("项目", "目标", "实测", "")
    for row in rows:
        table.add_row(row.what, row.goal, row.measured, _VERDICTS[row.is_met])
    console.print(table)
    for row in rows:
        for detail in row.details[:_SHOWN]:
            console.print(f"{row.what}：{detail}", markup=False)
        if len(row.details) > _SHOWN:
            console.print(f"{row.what}：另有 {len(row.details) - _SHOWN} 条")
    raise SystemExit(1 if any(row.is_met is False for row in rows) else 0)


@task(help={"output": "网站所在的文件夹，默认 output", "words": "搜索页里搜什么"})
def screenshots(context: Context, output: str = "output", words: str = "家庭健康") -> None:
    """给 README 拍首页、栏目、文章、项目、搜索、手机和特大字的图片"""
    from plugins.theming.screenshots import take

    for path in take(ROOT / output, THEME / "screenshots", words=words):
        print(f"{path.relative_to(ROOT)}  {path.stat().st_size / 1000:.0f} kB")
