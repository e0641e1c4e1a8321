"""Whether what texts refer to is there: items, their anchors, pictures and files."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from urllib.parse import unquote

from plugins.domain.body import Reference
from plugins.domain.content import ContentItem
from plugins.domain.problems import Level, Problem
from plugins.domain.tree import Section
from plugins.navigation.materials import Bodies, is_text, item_path


def check_references(
    tree: Section, items: Iterable[ContentItem], bodies: Bodies, *, exists: Callable[[str], bool]
) -> tuple[Problem, ...]:
    """Return every reference in a text of ``items``, public or not, that leads nowhere: to no item, no file, no anchor.

    A public text that refers to an item which is not public gets a warning: its link will lead to the nearest public
    section. ``exists`` tells whether a path is a file of ``content/``; bodies need ``references`` and ``anchors`` only.
    """
    known = {item.path: item for item in items}
    public = {item.path for section in tree.walk() for item in (section.item, *section.items)}
    problems: list[Problem] = []
    names: dict[str, list[str]] = {}
    for item in known.values():
        for reference in bodies(item).references:
            if reference.path in public and not reference.fragment and not reference.is_image:
                continue  # nearly all
            names = names or _by_name(known)
            problems += _check(item, reference, known, public, names, bodies, exists)
    return tuple(problems)


def _check(
    item: ContentItem,
    reference: Reference,
    known: dict[str, ContentItem],
    public: set[str],
    names: dict[str, list[str]],
    bodies: Bodies,
    exists: Callable[[str], bool],
) -> Iterator[Problem]:
    path, line = reference.path, reference.line
    if reference.is_image or not is_text(path):
        if not exists(path):
            what = "图片" if reference.is_image else "文件"
            yield Problem(
                path=item.path, line=line, message=f"{what}不存在：{path}", hint="检查文件名，或把文件放到正文旁边"
            )
        return
    target = known.get(item_path(path))
    if target is None:
        yield Problem(path=item.path, line=line, message=f"链接指向不存在的页面：{path}", hint=_near(path, names))
        return
    if reference.fragment and not _has_anchor(bodies, target, reference.fragment):
        message = f"{target.path} 里没有 #{reference.fragment} 这一处"
        yield Problem(path=item.path, line=line, message=message, hint=_anchor_hint(bodies, target))
    if item.path in public and target.path not in public:
        yield _not_public(item, line, target.path)


def _not_public(item: ContentItem, line: int, path: str) -> Problem:
    return Problem(
        path=item.path,
        line=line,
        message=f"链接的页面没有公开：{path}",
        hint="公开之前，读者会被带到它上面最近的栏目",
        level=Level.WARNING,
    )


def _has_anchor(bodies: Bodies, target: ContentItem, fragment: str) -> bool:
    anchors = bodies(target).anchors
    return fragment in anchors or unquote(fragment) in anchors


def _anchor_hint(bodies: Bodies, target: ContentItem) -> str:
    anchors = bodies(target).anchors
    return "可用：" + "、".join(anchors[:8]) if anchors else "去掉 # 和后面的字"


def _by_name(known: Iterable[str]) -> dict[str, list[str]]:
    """Group paths by file name: a page that moved is found again without comparing it with every other."""
    names: defaultdict[str, list[str]] = defaultdict(list)
    for path in sorted(known):
        names[path.rpartition("/")[2]].append(path)
    return names


def _near(path: str, names: dict[str, list[str]]) -> str:
    name = item_path(path).rpartition("/")[2]
    found = names.get(name) if name != "index.md" else None
    return f"是否想写 {found[0]}？" if found else "检查文件名和文件夹"
