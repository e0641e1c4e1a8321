"""Running the programs that reach other hosts."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from plugins.publishing.faults import PublishingError

TIMEOUT = 3600


def run(
    command: Sequence[str], *, task: str, stdin: bytes = b"", cwd: Path | None = None, env: dict[str, str] | None = None
) -> str:
    """Return what ``command`` prints; PublishingError naming ``task`` where it is missing, fails or takes an hour."""
    if shutil.which(command[0]) is None:
        raise PublishingError(f"{task}需要程序 {command[0]}，本机没有，请先安装。")
    try:
        done = subprocess.run(command, input=stdin, capture_output=True, timeout=TIMEOUT, check=False, cwd=cwd, env=env)
    except subprocess.TimeoutExpired as error:
        raise PublishingError(f"{task}超过一小时没有结束，已停止。") from error
    if done.returncode != 0:
        said = done.stderr.decode(errors="replace").strip()[-800:]
        raise PublishingError(f"{task}失败（{command[0]} 返回 {done.returncode}）：{said}")
    return done.stdout.decode(errors="replace")
