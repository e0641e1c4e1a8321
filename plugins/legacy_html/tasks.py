"""``inv legacy.…``: import old pages, take an import back to its source, look at a page stage by stage."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

from invoke.context import Context
from invoke.exceptions import Exit
from invoke.tasks import task

IMPORT_HELP = {
    "source": "文件、文件夹、.warc、.warc.gz 或 .zip；有几个时，其余的写在 -- 后面",
    "into": "放进哪个栏目文件夹，默认 legacy",
    "content": "内容文件夹，默认 content",
    "archive": "抢救记录和原始文件放在哪里，默认 content/_legacy",
    "hosts": "只有这些旧域名的网址做跳转，用逗号隔开；默认全部",
    "dry_run": "只看会怎样，什么都不写",
    "jobs": "同时用几个处理器，默认全部",
    "seconds": "一个网页最多处理几秒",
    "report": "报告放在哪个文件夹，默认 .cache/legacy/report",
}


@task(name="import", help=IMPORT_HELP)
def import_(
    context: Context,
    source: str,
    into: str = "legacy",
    content: str = "content",
    archive: str = "",
    hosts: str = "",
    dry_run: bool = False,
    jobs: int = 0,
    seconds: int = 30,
    report: str = ".cache/legacy/report",
) -> None:
    """导入旧网页：inv legacy.import 抓取文件夹 [-- 更多来源…]，重复运行不会改动已有内容"""
    from plugins.assembly.console import progress
    from plugins.legacy_html.importing.report_page import write_report
    from plugins.legacy_html.importing.run import Options, import_legacy

    options = Options(
        sources=(Path(source), *map(Path, further_sources(context.remainder, sys.argv))),
        content=Path(content),
        into=into.strip("/"),
        archive=Path(archive) if archive else None,
        hosts=tuple(host.strip() for host in hosts.split(",") if host.strip()),
        is_dry=dry_run,
        jobs=jobs,
        seconds=float(seconds),
    )
    with progress("恢复旧网页") as on_progress:
        try:
            outcome = import_legacy(options, on_progress)
        except ValueError as fault:
            raise Exit(f"没有导入：{fault}", code=2) from fault
    show_outcome(outcome)
    if dry_run:
        print("这是试运行，什么都没有写。")
    else:
        print(f"报告：{write_report(outcome, options.store, Path(report))}")


def further_sources(remainder: str, arguments: list[str]) -> list[str]:
    """What stands after ``--`` on the command line, blanks in names kept where the line is ours.

    >>> further_sources("b c d", ["inv", "legacy.import", "a", "--", "b c", "d"])
    ['b c', 'd']
    """
    written = arguments[arguments.index("--") + 1 :] if "--" in arguments else []
    return written if " ".join(written) == remainder else (remainder or "").split()


def show_outcome(outcome: object) -> None:
    """Print the table of what an import did, and what was not read."""
    from rich.console import Console
    from rich.table import Table

    from plugins.legacy_html.importing.report_page import FATES
    from plugins.legacy_html.importing.run import Outcome

    assert isinstance(outcome, Outcome)
    counts = Counter(row.fate for row in outcome.rows)
    table = Table(title="旧网页导入")
    table.add_column("结果")
    table.add_column("页数", justify="right")
    for fate, label in FATES.items():
        if counts[fate]:
            table.add_row(label, str(counts[fate]))
    table.add_row("其中隔离", str(sum(1 for row in outcome.rows if row.quarantine)))
    table.add_row("其中有待核对", str(sum(1 for row in outcome.rows if row.flags)))
    table.add_row("没有读取", str(len(outcome.refused)))
    console = Console()
    console.print(table)
    for one in outcome.refused[:20]:
        console.print(f"没有读取 {one.source}：{one.reason}", markup=False)
    if len(outcome.refused) > 20:
        console.print(f"……另有{len(outcome.refused) - 20}个，见报告。")


@task(
    help={
        "item": "导入的文章（路径或编号）",
        "bytes": "给出原始文件，而不是文字",
        "out": "写进这个文件，不写就打印出来",
        "content": "内容文件夹，默认 content",
        "archive": "抢救记录所在的文件夹，默认 content/_legacy",
    }
)
def undo(
    context: Context, item: str, bytes: bool = False, out: str = "", content: str = "content", archive: str = ""
) -> None:
    """还原来源：一字不差地给出旧网页的文字，或用 --bytes 给出原始文件"""
    from plugins.legacy_html.importing.items import record_of
    from plugins.legacy_html.importing.record import undone
    from plugins.legacy_html.importing.run import Options

    folder = Path(archive) if archive else None
    store = Options(sources=(), content=Path(content), archive=folder).store
    try:
        record = record_of(item, store)
        raw = store.raw_bytes(record.sha256) if bytes else undone(record).encode("utf-8", "surrogatepass")
    except (OSError, ValueError) as fault:
        raise Exit(f"不能还原：{fault}", code=2) from fault
    if out:
        Path(out).write_bytes(raw)
    else:
        sys.stdout.buffer.write(raw)
        sys.stdout.buffer.flush()


@task(help={"file": "旧网页文件", "base_url": "它原来的网址"})
def show(context: Context, file: str, base_url: str = "") -> None:
    """逐步显示一个旧网页是怎样恢复的"""
    from rich.console import Console
    from rich.text import Text

    from plugins.legacy_html.document import LegacyDocument
    from plugins.legacy_html.importing.steps import steps

    console = Console(highlight=False)
    try:
        page = LegacyDocument(source=file, raw=Path(file).read_bytes(), base_url=base_url)
    except OSError as fault:
        raise Exit(f"读不了 {file}：{fault.strerror}", code=2) from fault
    for step in steps(page):
        page = step.page
        console.rule(Text(step.stage, style="bold"))
        console.print(f"{len(page.blocks)} 段，{len(page.text)} 字；改动 {len(step.changes)}，移出 {len(step.removed)}")
        for piece in step.removed:
            console.print(Text(f"- {piece.rule}: {piece.text.strip()[:200]}", style="red"))
        for change in step.changes:
            console.print(Text(f"~ {change.rule}: {change.before!r} → {change.after!r}", style="cyan"))
        for flag in step.flags:
            console.print(Text(f"! {flag.flag}: {flag.text} {flag.note}", style="yellow"))
        if step.stage == "decode":
            console.print(Text(f"{page.encoding}（{page.encoding_reason}）"))
    for reason in page.quarantine:
        console.print(Text(f"隔离：{reason}", style="bold red"))
    console.rule(Text("结果", style="bold"))
    console.print(Text(page.markdown))
