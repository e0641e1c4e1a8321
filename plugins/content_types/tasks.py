"""``inv new``: a new content file, asked for or made in one go."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from invoke.context import Context
from invoke.exceptions import Exit
from invoke.tasks import task

from plugins.content_types.item import read_item
from plugins.content_types.kinds import words_of
from plugins.content_types.new import NewFile, needed, new_file
from plugins.content_types.nodes import Scalar
from plugins.content_types.reading import READERS
from plugins.content_types.schema import Field, Kind
from plugins.content_types.slips import Slips
from plugins.content_types.types import TYPES
from plugins.domain.dates import CHINA
from plugins.domain.front_matter import Value
from plugins.domain.paths import is_inside

ASKED_KINDS = frozenset([Kind.LINE, Kind.TEXT, Kind.MOMENT, Kind.DAY, Kind.TARGET, Kind.URL, Kind.WORDS])


@task(
    help={
        "type": "内容类型：" + "、".join(TYPES),
        "title": "标题",
        "folder": "放进哪个栏目文件夹；不写就用类型的默认栏目",
        "content": "内容文件夹",
        "ask": "逐项询问；终端里默认询问，--no-ask 直接生成",
    },
)
def new(context: Context, type: str, title: str, folder: str = "", content: str = "content", ask: bool = True) -> None:
    """新建一篇草稿：inv new news_item "标题"，按类型逐项询问，放进对应栏目。"""
    is_asking = ask and sys.stdin.isatty()
    now = datetime.now(CHINA).replace(second=0, microsecond=0)
    try:
        answers = dict(_answers(type)) if is_asking and type in TYPES else {}
        made = new_file(type, title, now=now, folder=folder, values=answers)
        path = write_new(Path(content), made)
    except (ValueError, FileExistsError) as error:
        raise Exit(str(error), code=1) from None
    print(f"已新建 {path}")
    print("写好正文后，把 state 改成 pending 送审，审核后改成 published。")


def write_new(content: Path, made: NewFile) -> Path:
    """Write a new file below ``content`` and return where; it must read back without errors.

    Raises FileExistsError rather than overwrite, ValueError where the place is no column or the file would be refused.
    """
    _, problems = read_item(made.path, made.text.encode())
    if errors := [str(problem) for problem in problems if problem.is_blocking]:
        raise ValueError("\n".join(errors))
    path = content / made.path
    column = path.parent.parent if path.name == "index.md" else path.parent
    if not (column / "index.md").is_file():
        raise ValueError(f"{column} 不是栏目，没有 index.md；用 --folder 指定栏目文件夹")
    if not is_inside(path, content):
        raise ValueError(f"{path} 不在内容文件夹里")
    path.parent.mkdir(exist_ok=True)
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(made.text)
    except FileExistsError:
        raise FileExistsError(f"已经有 {path}，没有改动它") from None
    return path


def _answers(type_name: str) -> Iterator[tuple[str, Value]]:
    """Ask for what the type needs, then for summary and tags; an empty answer leaves a field out."""
    declared = TYPES[type_name]
    own = [known for known in declared.fields if known.kind in ASKED_KINDS and not known.required]
    usual = [declared.by_key[key] for key in ("summary", "tags")]
    for known in (*needed(declared), *own, *usual):
        if known.kind in ASKED_KINDS and (answer := _ask(known)):
            yield known.name, words_of(answer) if known.kind is Kind.WORDS else answer


def _ask(known: Field) -> str:
    """Ask until the answer is valid or empty."""
    mark = "（必填，可先空着）" if known.required else ""
    while True:
        answer = input(f"{known.label} {known.name}{mark}：").strip()
        problems = problems_of(known, answer)
        if not problems:
            return answer
        print("\n".join(problems))


def problems_of(known: Field, answer: str) -> list[str]:
    """Return what is wrong with an answer to a field, as lines for the terminal; nothing for an empty one."""
    slips = Slips(path="news/a.md")
    if answer:
        READERS[known.kind](known, Scalar(answer, 1), slips)
    return [f"{problem.message}（{problem.hint}）" for problem in slips.problems]
