"""After any sequence of edits, accidents and crashes the folder equals one built from nothing."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from plugins.domain.outputs import Output
from plugins.incremental_build.build import build
from plugins.incremental_build.folder import MARK

PATHS = st.sampled_from(["index.html", "a", "a/b", "a/b/c.html", "news/1/index.html", "news/2/index.html", "x.css"])
CONTENTS = st.sampled_from(["", "甲", "乙", "甲乙丙" * 5])
WANTED = st.dictionaries(PATHS, CONTENTS, max_size=6).map(
    lambda wanted: {path: text for path, text in wanted.items() if not any(p.startswith(f"{path}/") for p in wanted)}
)
ACCIDENTS = st.lists(
    st.tuples(st.sampled_from(["edit", "delete", "link", "folder", "foreign", "database", "touch"]), PATHS), max_size=3
)
STEPS = st.lists(st.tuples(WANTED, ACCIDENTS, st.sampled_from([None, 0, 1, 3])), min_size=1, max_size=5)


class Crash(BaseException):
    """The end of a process, as far as the code can tell."""


def outputs_of(wanted: dict[str, str], crash_at: int | None) -> list[Output]:
    made = iter(range(100))

    def make(text: str) -> bytes:
        if next(made) == crash_at:
            raise Crash
        return text.encode()

    return [Output(path=path, fingerprint=text or "-", make=lambda t=text: make(t)) for path, text in wanted.items()]


def suffer(accident: str, place: Path, database: Path) -> None:
    if accident == "database":
        database.write_bytes(b"broken")
        return
    if any(parent.exists() and not parent.is_dir() for parent in place.parents):
        return
    if accident == "edit" and place.is_file():
        place.write_text("改过")
    elif accident == "touch" and place.is_file():
        os.utime(place)
    else:
        if place.is_dir() and not place.is_symlink():
            shutil.rmtree(place)
        elif place.exists():
            place.unlink()
        place.parent.mkdir(parents=True, exist_ok=True)
        if accident == "link" and not place.is_symlink():
            place.symlink_to("/etc/hostname")
        elif accident == "folder":
            (place / "inner").mkdir(parents=True)
        elif accident == "foreign":
            place.with_name(place.name + "~").write_text("旧稿")


def tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if not path.is_dir() and path.name != MARK
    }


@settings(max_examples=120, deadline=None)
@given(STEPS)
def test_any_history_ends_as_a_clean_build(
    steps: list[tuple[dict[str, str], list[tuple[str, str]], int | None]],
) -> None:
    with tempfile.TemporaryDirectory() as temporary:
        folder, database = Path(temporary) / "output", Path(temporary) / "build.db"
        wanted: dict[str, str] = {}
        for wanted, accidents, crash_at in steps:
            try:
                build(outputs_of(wanted, crash_at), folder, database, jobs=1)
            except Crash:
                continue
            assert tree(folder) == {path: text.encode() for path, text in wanted.items()}
            for accident, path in accidents:
                suffer(accident, folder / path, database)
        report = build(outputs_of(wanted, None), folder, database, jobs=1)
        assert report.succeeded
        assert tree(folder) == {path: text.encode() for path, text in wanted.items()}
        again = build(outputs_of(wanted, None), folder, database, jobs=1)
        assert not again.plan.render and not again.plan.delete
