"""What git knows: the commit that is built, which commit last touched a file, and what was renamed."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from plugins.domain.dates import CHINA
from plugins.publishing.faults import PublishingError

MOST_COMMITS = 20_000
_RECORD = "\x01"


@dataclass(frozen=True, slots=True, kw_only=True)
class Commit:
    """The commit that is published; ``time`` is what SOURCE_DATE_EPOCH is set to."""

    hash: str
    time: datetime

    @property
    def epoch(self) -> str:
        """Seconds since 1970, as SOURCE_DATE_EPOCH wants them."""
        return str(int(self.time.timestamp()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Rename:
    """A file that got another name: both names relative to the repository, and the commit that did it."""

    old: str
    new: str
    commit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """``touched``: file → the last commit that changed it. ``renames``: newest first."""

    touched: dict[str, str]
    renames: tuple[Rename, ...]

    def present_names(self) -> dict[str, str]:
        """Return every former name with the name the file has now, chains followed."""
        names: dict[str, str] = {}
        for rename in self.renames:  # newest first: the newer name is already known
            names.setdefault(rename.old, names.get(rename.new, rename.new))
        return {old: new for old, new in names.items() if old != new}


def head(repository: Path) -> Commit:
    """Return the commit checked out in ``repository``; PublishingError where there is none."""
    written = git(repository, "log", "-1", "--format=%H %cI").split()
    if len(written) != 2:
        raise PublishingError("仓库里还没有提交，不能发布。")
    return Commit(hash=written[0], time=datetime.fromisoformat(written[1]).astimezone(CHINA))


def uncommitted(repository: Path, *folders: str) -> tuple[str, ...]:
    """Return the files of ``folders`` that differ from the commit, new ones too."""
    listed = git(repository, "status", "--porcelain", "-z", "--no-renames", "--", *folders).split("\0")
    return tuple(sorted(entry[3:] for entry in listed if entry))


def history(repository: Path, folder: str, *, most: int = MOST_COMMITS) -> History:
    """Return the last commit of each file below ``folder`` and its renames, from the newest ``most`` commits."""
    shown = ["--format=%x01%H", "--name-status", "-z", "-M", "-l2000", f"--max-count={most}"]
    touched: dict[str, str] = {}
    renames: list[Rename] = []
    for commit, letter, names in _changes(git(repository, "log", *shown, "--", folder)):
        if letter == "R":
            renames.append(Rename(old=names[0], new=names[1], commit=commit))
        touched.setdefault(names[-1], commit)
    return History(touched=touched, renames=tuple(renames))


def texts_before(repository: Path, renames: Iterable[Rename]) -> dict[Rename, str]:
    """Return the content that each renamed file had under its old name; what git cannot give is left out."""
    asked = list(renames)
    wanted = "".join(f"{rename.commit}^:{rename.old}\n" for rename in asked)
    answer = _run(repository, ["cat-file", "--batch"], stdin=wanted.encode())
    found: dict[Rename, str] = {}
    for rename in asked:
        head, _, answer = answer.partition(b"\n")
        words = head.split()
        if len(words) == 3 and words[1] == b"blob":
            size = int(words[2])
            found[rename] = answer[:size].decode(errors="replace")
            answer = answer[size + 1 :]
    return found


def git(repository: Path, *arguments: str) -> str:
    """Return what git prints about ``repository``; PublishingError with git's words where it fails."""
    return _run(repository, arguments).decode(errors="surrogateescape")


def _run(repository: Path, arguments: Sequence[str], stdin: bytes = b"") -> bytes:
    command = ["git", "-C", str(repository), "-c", "core.quotepath=false", *arguments]
    try:
        done = subprocess.run(command, input=stdin, capture_output=True, check=False)
    except FileNotFoundError as error:
        raise PublishingError("本机没有 git。") from error
    if done.returncode != 0:
        raise PublishingError(f"git {arguments[0]} 失败：{done.stderr.decode(errors='replace').strip()[:300]}")
    return done.stdout


def _changes(log: str) -> Iterator[tuple[str, str, list[str]]]:
    """Yield (commit, letter, names) of a ``-z --name-status`` log."""
    for record in log.split(_RECORD)[1:]:
        commit, *words = record.replace("\n", "").split("\0")
        words = [word for word in words if word]
        place = 0
        while place < len(words):
            letter = words[place][0]
            count = 2 if letter in "RC" else 1
            yield commit, letter, words[place + 1 : place + 1 + count]
            place += 1 + count
