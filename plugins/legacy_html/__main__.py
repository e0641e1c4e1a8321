"""``python -m plugins.legacy_html``: clean pages or sanitise a fragment, one process or all cores."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

from plugins.legacy_html.document import Flag, LegacyDocument
from plugins.legacy_html.pipeline import clean
from plugins.legacy_html.report import as_json
from plugins.sanitizing.sanitize import sanitize

STDIN = "-"
ALONE = 8  # files that are not worth a second process


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0 for any input bytes, an unreadable file is a flag of its page."""
    options = _parser().parse_args(arguments)
    if options.command == "sanitize":
        html = sys.stdin.buffer.read().decode("utf-8", "replace")
        sys.stdout.buffer.write(sanitize(html).encode("utf-8"))
        return 0
    work = partial(cleaned, form=options.format, base_url=options.base_url)
    for output in _mapped(work, options.files):
        sys.stdout.buffer.write(output.encode("utf-8", "replace"))
        sys.stdout.buffer.flush()
    return 0


def cleaned(source: str, *, form: str, base_url: str) -> str:
    """The output for one file, ended by a newline."""
    page = clean(_read(source, base_url))
    if form == "json":
        return json.dumps(as_json(page), ensure_ascii=False) + "\n"
    text = page.markdown if form == "markdown" else page.html
    return text if text.endswith("\n") else text + "\n"


def _read(source: str, base_url: str) -> LegacyDocument:
    try:
        raw = sys.stdin.buffer.read() if source == STDIN else Path(source).read_bytes()
    except OSError as fault:
        flag = Flag(flag="unreadable", text=source, note=f"无法读取文件：{fault.strerror or fault}")
        return LegacyDocument(source=source, raw=b"", base_url=base_url, flags=(flag,))
    return LegacyDocument(source=source, raw=raw, base_url=base_url)


def _mapped(work: partial[str], files: Sequence[str]) -> Iterator[str]:
    """The outputs in the order of the files."""
    processes = min(os.cpu_count() or 1, len(files))
    if len(files) <= ALONE or processes == 1 or STDIN in files:
        yield from _serial(work, files)
        return
    with ProcessPoolExecutor(processes) as pool:
        yield from pool.map(work, files, chunksize=max(1, min(32, len(files) // (processes * 4))))


def _serial(work: partial[str], files: Iterable[str]) -> Iterator[str]:
    return map(work, files)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m plugins.legacy_html", description="清理旧网页。")
    commands = parser.add_subparsers(dest="command", required=True)
    pages = commands.add_parser("clean", help="清理网页，每页输出一行JSON（或Markdown、HTML）")
    pages.add_argument("--format", choices=("json", "markdown", "html"), default="json", help="输出格式")
    pages.add_argument("--base-url", default="", help="网页原来的地址")
    pages.add_argument("files", nargs="*", default=[STDIN], metavar="FILE", help="文件，或用 - 读标准输入")
    commands.add_parser("sanitize", help="标准输入的HTML，输出可以发布的正文")
    return parser


if __name__ == "__main__":
    raise SystemExit(main())
