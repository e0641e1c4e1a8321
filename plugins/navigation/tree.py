"""Items to the section tree: what is public, where it stands and in which order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from operator import attrgetter

from plugins.domain.content import ContentItem, SectionDetails, State, is_effective, is_expired
from plugins.domain.problems import Level, Problem, in_order
from plugins.domain.tree import Section
from plugins.navigation.addresses import claims, url_of
from plugins.navigation.inner_links import resolve_links
from plugins.navigation.pinyin import sort_key

_LAST = 1 << 30  # where a section without ``order`` stands
_date = attrgetter("date")
HOME = ContentItem(path="index.md", type="section", title="首页", state=State.PUBLISHED, slug="index", id="")


def build_tree(
    items: Iterable[ContentItem], *, now: datetime, preview: bool = False
) -> tuple[Section, tuple[Problem, ...]]:
    """Return the tree of all that is public at ``now``, and what is wrong with its addresses and columns.

    Public is what is published, whose date has come, and every section above it too; a preview holds everything. Items
    come by ``order``, then newest first, then by pinyin; sections by ``order``, then pinyin. Expired items stay in the
    tree (they keep their page); lists leave them out. A link item that leads inside the site has its address filled in.
    """
    known = tuple(items)
    sections = {item.folder: item for item in known if is_section_file(item)}
    problems = [*_misplaced(known), *claims(known)]
    if "" not in sections:
        missing = "没有首页 index.md"
        problems.append(Problem(path=HOME.path, line=1, message=missing, hint="加一个类型为 section 的 index.md"))
        sections[""] = HOME
    elif not preview and not is_effective(sections[""], now):
        line = sections[""].line_of("state")
        problems.append(
            Problem(path=HOME.path, line=line, message="首页没有公开，整个网站就都不公开", hint="state: published")
        )
    above = _Above(sections, now=now, preview=preview)
    contents: dict[str, list[ContentItem]] = defaultdict(list)
    for item in known:
        if item.type == "section":
            continue
        if preview or (is_effective(item, now) and above.is_public(item.folder)):
            contents[above.section(item.folder)].append(item)
    home = resolve_links(_assemble(sections, contents, above))
    problems += _blank_columns(home, now)
    return home, in_order(problems)


def is_section_file(item: ContentItem) -> bool:
    """Whether ``item`` makes its folder a section: an ``index.md`` of type section."""
    return item.is_section and item.path.rpartition("/")[2] == "index.md"


def in_list_order(items: Iterable[ContentItem]) -> tuple[ContentItem, ...]:
    """Return ``items`` as a list shows them: by ``order`` where one is given, then newest first, the undated by pinyin.

    Items of one minute come by their path, which is a pinyin slug.
    """
    ranked: list[ContentItem] = []
    dated: list[ContentItem] = []
    undated: list[ContentItem] = []
    for item in items:
        (ranked if item.order else dated if item.date else undated).append(item)
    ranked.sort(key=lambda item: (item.order, sort_key(item.title), item.path))
    undated.sort(key=lambda item: (sort_key(item.title), item.path))
    return (*ranked, *newest_first(dated), *undated)


def newest_first(items: Iterable[ContentItem]) -> list[ContentItem]:
    """Return the dated ones of ``items``, newest first; those of one minute by path."""
    dated = sorted((item for item in items if item.date is not None), key=lambda item: item.path)
    dated.sort(key=_date, reverse=True)  # stable: paths stay in order
    return dated


def is_blank(section: Section, now: datetime) -> bool:
    """Whether ``section`` has nothing to show: no text of its own, nothing listed in it or below."""
    if section.item.body.strip() or any(not is_expired(item, now) for item in section.items):
        return False
    return all(is_blank(below, now) for below in section.sections)


class _Above:
    """The section that each folder belongs to, and whether it and all above it are public; each folder asked once."""

    def __init__(self, sections: dict[str, ContentItem], *, now: datetime, preview: bool) -> None:
        self._sections = sections
        self._public: dict[str, bool] = {
            folder: preview or is_effective(item, now) for folder, item in sections.items()
        }
        self._nearest: dict[str, str] = {}
        self._chain: dict[str, bool] = {}

    def section(self, folder: str) -> str:
        """Return the nearest section at or above ``folder``."""
        if folder not in self._nearest:
            found = folder in self._sections
            self._nearest[folder] = folder if found else self.section(folder.rpartition("/")[0])
        return self._nearest[folder]

    def is_public(self, folder: str) -> bool:
        """Whether the section of ``folder`` and every one above it are public."""
        if folder not in self._chain:
            own = self._public.get(folder, True)
            self._chain[folder] = own and (not folder or self.is_public(folder.rpartition("/")[0]))
        return self._chain[folder]


def _assemble(sections: dict[str, ContentItem], contents: dict[str, list[ContentItem]], above: _Above) -> Section:
    """Build the sections from the deepest up; a hidden one takes all below it along."""
    below: dict[str, list[Section]] = defaultdict(list)
    for folder in sorted(sections, key=lambda folder: (-folder.count("/"), folder)):
        if folder and above.is_public(folder):
            parent = above.section(folder.rpartition("/")[0])
            below[parent].append(_section(sections[folder], contents[folder], below[folder]))
    return _section(sections[""], contents[""], below[""])


def _section(item: ContentItem, items: list[ContentItem], sections: list[Section]) -> Section:
    return Section(
        item=item,
        url=url_of(item),
        items=in_list_order(items),
        sections=tuple(
            sorted(sections, key=lambda one: (one.item.order or _LAST, sort_key(one.item.title), one.item.path))
        ),
    )


def _misplaced(items: tuple[ContentItem, ...]) -> Iterator[Problem]:
    for item in items:
        if item.is_section and not is_section_file(item):
            yield Problem(
                path=item.path,
                line=item.line_of("type"),
                message="栏目必须写在文件夹的 index.md 里",
                hint="把文件改名为 index.md，或改用 type: page",
            )


def _blank_columns(home: Section, now: datetime) -> Iterator[Problem]:
    for section in home.walk():
        if section is not home and is_blank(section, now):
            details = section.item.details
            stays = isinstance(details, SectionDetails) and details.show_empty
            message = f"栏目“{section.item.title}”没有内容" + ("" if stays else "，不进入菜单")
            hint = "发布内容，或写 show_empty: true 让它留在菜单里"
            level = Level.NOTICE if stays else Level.WARNING
            yield Problem(path=section.item.path, message=message, hint="" if stays else hint, level=level)
