"""Every task of the project.

On a fresh machine ``python3 tasks.py serve`` or ``python3 tasks.py test`` does all the set-up; after that this is an
ordinary Invoke file (``inv --list``).
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
TEST_PROGRAMS = {
    "chromium": "chromium",
    "nginx": "nginx-light",
    "rsync": "rsync",
}  # what tests drive, by Debian package
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def stamp_of(lock: Path) -> str:
    """Return what the environment must have been made from: the lock and this Python."""
    return hashlib.sha256(lock.read_bytes() + sys.version.encode()).hexdigest()


def ensure_environment(lock_name: str) -> None:
    """Make ``.venv`` hold exactly what the lock pins; does nothing, and needs no network, where it already does.

    The stamp is written last, so that an interrupted installation is taken up again.
    """
    lock, stamp = ROOT / lock_name, VENV / f"{lock_name}.stamp"
    if PYTHON.exists() and stamp.exists() and stamp.read_text() == stamp_of(lock):
        return
    if not has_pip():
        make_venv()
    print(f"正在安装依赖（{lock_name}）…", flush=True)
    options = ["--quiet", "--disable-pip-version-check", "--require-hashes"]
    if subprocess.call([str(PYTHON), "-m", "pip", "install", *options, "-r", str(lock)]):
        raise SystemExit("依赖没有装好：请检查网络后再运行同一条命令，会从中断处继续。")
    stamp.write_text(stamp_of(lock))


def has_pip() -> bool:
    """Whether the environment stands as far as that packages can be installed; an interrupted one may not."""
    probe = [str(PYTHON), "-m", "pip", "--version"]
    return PYTHON.exists() and not subprocess.call(probe, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def make_venv() -> None:
    """Make an empty virtual environment, with Debian's venv package where that is what is missing."""
    if VENV.exists():
        shutil.rmtree(VENV)
    print("正在建立 .venv …", flush=True)
    if subprocess.call([sys.executable, "-m", "venv", VENV]):
        install_packages("python3-venv")
        subprocess.check_call([sys.executable, "-m", "venv", "--clear", VENV])


def install_packages(*names: str) -> bool:
    """Install Debian packages when that is possible here; return whether it was."""
    if os.name != "posix" or os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    print(f"正在安装 {'、'.join(names)} …", flush=True)
    subprocess.call(["apt-get", "update", "-qq"], env=environment, stdout=subprocess.DEVNULL)
    return not subprocess.call(["apt-get", "install", "-y", "-qq", *names], env=environment, stdout=subprocess.DEVNULL)


def bootstrap(arguments: list[str]) -> None:
    """Set up what the asked task needs, then become ``invoke`` in the environment."""
    if sys.version_info < (3, 11):  # noqa: UP036 (this file is what an older Python meets first)
        raise SystemExit(f"需要 Python 3.11 或更新的版本，现在是 {sys.version.split()[0]}。")
    is_test = bool(arguments) and arguments[0] in {"test", "audit", "screenshots"}
    ensure_environment("requirements.lock")
    if is_test:
        ensure_environment("requirements-test.lock")
        if missing := [package for program, package in TEST_PROGRAMS.items() if not shutil.which(program)]:
            install_packages(*missing, "fonts-noto-cjk")
    command = [str(PYTHON), "-m", "invoke", "--search-root", str(ROOT), *(arguments or ["--list"])]
    os.execv(command[0], command)


if __name__ == "__main__":
    bootstrap(sys.argv[1:])

# From here on this is an ordinary Invoke file; Invoke is there once the environment is.
import importlib  # noqa: E402
import importlib.util  # noqa: E402
from collections.abc import Sequence  # noqa: E402
from typing import TYPE_CHECKING  # noqa: E402

from invoke.collection import Collection  # noqa: E402
from invoke.exceptions import ParseError  # noqa: E402
from invoke.parser import Parser  # noqa: E402
from invoke.tasks import Task  # noqa: E402

if TYPE_CHECKING:
    from plugins.publishing.tasks import Wiring

SINGLE = ("content_types", "theming")  # their tasks have names of one word
SPACES = {"legacy": "legacy_html", "search": "search"}  # theirs begin with the name of the capability


def collect(words: Sequence[str] = ()) -> Collection:
    """Return every task of every capability, and those of publishing, wired to this site.

    Where ``words`` ask for daily tasks alone, only these are imported: the others take longer than a build with
    nothing to do.
    """
    collection = Collection()
    _add(collection, "assembly")
    if words and _are_understood(words, collection):
        return collection
    for capability in filter(_has_tasks, SINGLE):
        _add(collection, capability)
    from plugins.publishing.tasks import publishing_tasks

    for found in publishing_tasks(_wiring):
        collection.add_task(found)
    for name, capability in SPACES.items():
        if _has_tasks(capability):
            tasks = Collection.from_module(importlib.import_module(f"plugins.{capability}.tasks"))
            collection.add_collection(tasks, name=name)
    return collection


def _add(collection: Collection, capability: str) -> None:
    for found in vars(importlib.import_module(f"plugins.{capability}.tasks")).values():
        if isinstance(found, Task):
            collection.add_task(found)


def _are_understood(words: Sequence[str], collection: Collection) -> bool:
    """Whether a command line asks for nothing but tasks of ``collection``."""
    try:
        return bool(Parser(contexts=collection.to_contexts()).parse_argv(list(words)))
    except ParseError:
        return False


def _wiring() -> Wiring:
    from plugins.assembly.publication import wiring  # half a second of imports that the daily tasks do without

    return wiring(ROOT)


def _has_tasks(capability: str) -> bool:
    return importlib.util.find_spec(f"plugins.{capability}.tasks") is not None


ns = collect(sys.argv[1:])
