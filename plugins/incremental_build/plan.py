"""Decide, without touching anything, what has to be made, what stays and what goes."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Mapping, Sequence

from plugins.domain.outputs import BuildPlan, Decision, Output
from plugins.domain.problems import Problem
from plugins.incremental_build.database import Written
from plugins.incremental_build.folder import is_safe

State = tuple[int, int]  # size, modification time (ns)

NEW = "新文件"
ALWAYS = "没有声明依据，每次都生成"
UNFINISHED = "上次构建没有写完"
DELETED = "输出文件被删除了"
TAMPERED = "输出文件被改动过"
CHANGED = "所依据的内容变了"
SAME = "没有变化"
LOST = "来源已不在或不再公开"
FOREIGN = "不属于本站"


def conflicts(outputs: Sequence[Output], manifest: Collection[str] = ()) -> tuple[Problem, ...]:
    """Return a problem for each output that may not be written: outside the folder, or where another already is.

    Addresses that differ only in case or Unicode form are the same place: on some servers they are. Outputs that are all
    in the ``manifest`` of the last build were told apart then.
    """
    if {output.path for output in outputs}.issubset(manifest) and len(manifest) >= len(outputs):
        return ()
    problems: list[Problem] = []
    owners: dict[str, Output] = {}
    for output in outputs:
        if not is_safe(output.path):
            problems.append(_problem(output, f"输出路径 {output.path!r} 不能用", "应在输出文件夹之内"))
        elif (other := owners.setdefault(_folded(output.path), output)) is not output:
            hint = f"另一个是 {_name(other)}，请改其中一个的 slug 或文件名"
            problems.append(_problem(output, f"两项内容要写到同一个地址 {output.path!r}", hint))
    for key, output in owners.items():
        if (parent := _claimed_parent(key, owners)) is not None:
            hint = f"{_name(parent)} 把 {parent.path!r} 写成文件"
            problems.append(_problem(output, f"{output.path!r} 的上级不是文件夹", hint))
    return tuple(problems)


def decide(outputs: Sequence[Output], manifest: Mapping[str, Written], states: Mapping[str, State]) -> BuildPlan:
    """Return what happens to each output: ``states`` says what is on disk of what the ``manifest`` says was written."""
    render: list[Decision] = []
    keep: list[Decision] = []
    for output in outputs:
        reason = _reason(output, manifest.get(output.path), states.get(output.path))
        (render if reason else keep).append(Decision(output.path, reason or SAME))
    lost = manifest.keys() - {output.path for output in outputs}
    delete = tuple(Decision(path=path, reason=LOST) for path in sorted(lost))
    return BuildPlan(render=tuple(render), keep=tuple(keep), delete=delete)


def _reason(output: Output, last: Written | None, state: State | None) -> str:
    """Why ``output`` has to be made; ``""`` where the file on disk is what making it would give."""
    if last is None:
        return NEW
    if not output.fingerprint:
        return ALWAYS
    if not last.fingerprint:
        return UNFINISHED
    if last.fingerprint != output.fingerprint:
        return _difference(last.fingerprint, output.fingerprint)
    if state is None:
        return DELETED
    return TAMPERED if state != (last.size, last.mtime_ns) else ""


def _difference(old: str, new: str) -> str:
    """Name the parts that differ, of fingerprints written as ``name=digest name=digest``.

    >>> _difference("模板=1 页面=2", "模板=1 页面=3")
    '页面变了'
    """
    before, after = parts_of(old), parts_of(new)
    changed = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    return f"{'、'.join(changed)}变了" if changed else CHANGED


def parts_of(fingerprint: str) -> dict[str, str]:
    """Return the parts of a fingerprint by their names.

    >>> parts_of("模板=1 页面=2")
    {'模板': '1', '页面': '2'}
    """
    return dict(part.split("=", 1) for part in fingerprint.split() if "=" in part)


def _claimed_parent(key: str, owners: Mapping[str, Output]) -> Output | None:
    parent = key.rpartition("/")[0]
    while parent:
        if parent in owners:
            return owners[parent]
        parent = parent.rpartition("/")[0]
    return None


def _folded(path: str) -> str:
    return path.lower() if path.isascii() else unicodedata.normalize("NFC", path).casefold()


def _name(output: Output) -> str:
    return output.source or output.path


def _problem(output: Output, message: str, hint: str) -> Problem:
    return Problem(path=_name(output), message=message, hint=hint)
