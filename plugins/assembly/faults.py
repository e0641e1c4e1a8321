"""What ends a build from outside the content: a template that cannot be read, a folder or a disk that refuses."""

from __future__ import annotations

import errno
from pathlib import Path

from plugins.domain.problems import Problem
from plugins.domain.settings import Settings
from plugins.incremental_build.folder import ForeignFolderError

_REASONS = {
    errno.ENOSPC: ("磁盘已满", "腾出空间后再运行"),
    errno.EDQUOT: ("磁盘配额已用完", "腾出空间后再运行"),
    errno.EACCES: ("没有权限读写", "检查文件夹的权限"),
    errno.EPERM: ("没有权限读写", "检查文件夹的权限"),
    errno.EROFS: ("这里只能读，不能写", "换一个可写的文件夹"),
    errno.ENOENT: ("没有这个文件或文件夹", "可能刚被删除或改名，请再运行一次；主题里的文件要补上"),
    errno.ENOTDIR: ("路径中间有一个不是文件夹", "换一个文件夹"),
}


def told(error: Exception, settings: Settings) -> Problem | None:
    """Return ``error`` as a problem that its reader can mend; None for what is a fault of the program."""
    templates = settings.theme / "templates"
    name = str(getattr(error, "name", "") or "")
    if isinstance(error, ForeignFolderError):
        return Problem(
            path=str(settings.output), message="输出文件夹里有不是本站生成的文件", hint="换一个文件夹，或先清空"
        )
    if name.endswith(".html") and isinstance(line := getattr(error, "lineno", None), int):
        return Problem(path=str(templates / name), line=line, message=f"模板写法不对：{error}", hint="改正这一行")
    if name.endswith(".html"):
        return Problem(
            path=str(templates / name), message="主题里没有这个模板", hint="补上这个文件，或改正引用它的模板"
        )
    if isinstance(error, OSError):
        message, hint = _REASONS.get(error.errno or 0, (error.strerror or str(error), "检查这个文件或文件夹"))
        return Problem(path=str(error.filename or settings.output), message=message, hint=hint)
    if isinstance(error, UnicodeDecodeError):
        wrong = next(filter(_is_not_text, sorted(templates.rglob("*.html"))), templates)
        return Problem(path=str(wrong), message="模板不是 UTF-8 编码", hint="用编辑器另存为 UTF-8")
    if isinstance(error, KeyError) and str(error.args[0]).endswith(".html"):
        return Problem(path=str(templates / error.args[0]), message="主题里没有这个模板", hint="补上这个文件")
    return None


def _is_not_text(path: Path) -> bool:
    try:
        path.read_text("utf-8")
    except UnicodeDecodeError:
        return True
    return False
