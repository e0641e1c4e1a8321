"""Links inside the site: none dead, none to what is not public.

Basis: 政府网站检查指标 (dead links and missing attachments are counted). Needs the converted bodies.
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from plugins.checks.inspection import Inspection, Rule
from plugins.domain.body import Reference
from plugins.domain.content import ContentItem
from plugins.domain.problems import Level, Problem


def check(site: Inspection) -> Iterator[Problem]:
    """Yield references to nothing, to anchors that are not there, and from public items to others."""
    by_path = {item.path: item for item in site.items}
    for path, body in site.bodies.items():
        item = by_path.get(path)
        if item is None:
            continue
        for reference in body.references:
            target = _target(reference.path, by_path)
            if target is not None:
                yield from _to_item(site, item, reference, target)
            elif reference.path not in site.files:
                near = get_close_matches(reference.path, site.files, n=1, cutoff=0.8)
                hint = f"是否想写 {near[0]!r}？" if near else "检查路径"
                what = "图片" if reference.is_image else "链接"
                yield _problem(item, reference, f"{what}指向没有的 {reference.path!r}", hint, Level.ERROR)


def _target(path: str, by_path: dict[str, ContentItem]) -> ContentItem | None:
    """Return the item of a path; a folder stands for its section."""
    return by_path.get(path) or by_path.get(f"{path.rstrip('/')}/index.md".lstrip("/"))


def _to_item(site: Inspection, item: ContentItem, reference: Reference, target: ContentItem) -> Iterator[Problem]:
    if item.path in site.public and target.path not in site.public:
        message = f"公开的内容链接到不公开的 {target.path}"
        yield _problem(item, reference, message, "等它发布，或去掉链接", Level.WARNING)
    body = site.bodies.get(target.path)
    if reference.fragment and body and reference.fragment not in body.anchors:
        near = get_close_matches(reference.fragment, body.anchors, n=1)
        hint = f"是否想写 #{near[0]}？" if near else "去掉 # 和后面的部分"
        yield _problem(item, reference, f"{target.path} 里没有 #{reference.fragment} 这一处", hint, Level.WARNING)


def _problem(item: ContentItem, reference: Reference, message: str, hint: str, level: Level) -> Problem:
    return Problem(path=item.path, line=reference.line, message=message, hint=hint, level=level)


RULE = Rule(name="links", label="站内链接", check=check)
