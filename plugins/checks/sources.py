"""Sources: reprints come from listed publishers only, named in full, with a link.

Basis: 国办发〔2017〕47号《政府网站发展指引》（转载）. Says nothing while the register of sources is empty.
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from plugins.checks.inspection import Inspection, Rule
from plugins.domain.problems import Level, Problem


def check(site: Inspection) -> Iterator[Problem]:
    """Yield sources that are not listed, abbreviated, or without the link they should have."""
    known = {source.name: source for source in site.registers.sources}
    full = {alias: source.name for source in site.registers.sources for alias in source.aliases}
    for item in site.items:
        if item.source is None or not known:
            continue
        name = item.source.name
        line = item.line_of("source")
        if name in full and name not in known:
            yield _warning(item.path, line, f"来源“{name}”不是全称", f"写“{full[name]}”")
        elif name not in known:
            near = get_close_matches(name, known, n=1)
            hint = f"是否想写“{near[0]}”？" if near else "确认可以转载后，登记到 _registers/sources.yaml"
            yield _warning(item.path, line, f"来源“{name}”不在登记表里", hint)
        elif known[name].url and not item.source.url:
            yield _warning(item.path, line, f"转自“{name}”而没有链接", "加上一行“source_url: 原文网址”")


def _warning(path: str, line: int, message: str, hint: str) -> Problem:
    return Problem(path=path, line=line, message=message, hint=hint, level=Level.WARNING)


RULE = Rule(name="sources", label="转载来源", check=check)
