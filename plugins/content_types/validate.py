"""What can only be told from all items together: unique names, references, dates against the clock."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from difflib import get_close_matches
from functools import lru_cache

from plugins.content_types.files import PICTURES, FoundFile
from plugins.content_types.types import TYPES
from plugins.content_types.workflow import folders_above, visible
from plugins.domain.body import REFERENCE
from plugins.domain.content import CollectionDetails, ContentItem, LinkDetails, PlainDetails, State, is_expired
from plugins.domain.dates import CHINA, chinese_minute
from plugins.domain.problems import Level, Problem
from plugins.domain.text import fold_address

_POINTING = frozenset(["link", "collection"])  # types that have such a field of their own
COMPARED = 1000  # more files than that in a folder are not searched for a near name


@dataclass(frozen=True, slots=True, kw_only=True)
class Everything:
    """All items and files of the content folder, as the cross checks look at them.

    ``referring`` are the items whose fields point somewhere, ``naming`` those that name people or programs, ``uncertain``
    those that are not simply public: most of a large site is none of these, and each check is a walk through all it reads.
    """

    items: tuple[ContentItem, ...]
    by_path: dict[str, ContentItem]
    referring: tuple[ContentItem, ...]
    naming: tuple[ContentItem, ...]
    uncertain: tuple[ContentItem, ...]
    paths: frozenset[str]
    texts: frozenset[str]
    attachable: frozenset[str]
    public: frozenset[str]
    titles: dict[str, frozenset[str]]
    now: datetime


def validate(
    items: tuple[ContentItem, ...],
    files: Iterable[FoundFile],
    now: datetime,
    *,
    texts: frozenset[str] = frozenset([".md"]),
) -> Iterator[Problem]:
    """Yield what is wrong between the items of a site, and what a build at ``now`` leaves out and why."""
    every = tuple(files)
    written = frozenset([file.path for file in every if file.suffix in texts])
    paths = frozenset([file.path for file in every])
    public = frozenset([item.path for item in visible(items, now)])
    site = Everything(
        items=items,
        by_path={item.path: item for item in items},
        referring=tuple([item for item in items if _refers(item)]),
        naming=tuple([item for item in items if item.people or item.programs]),
        uncertain=tuple([item for item in items if item.path not in public or not _is_simple(item, now)]),
        paths=paths,
        texts=written,
        attachable=paths - written,
        public=public,
        titles={kind: frozenset([i.title for i in items if i.type == kind]) for kind in ("person", "program")},
        now=now,
    )
    for check in CHECKS:
        yield from check(site)


def _refers(item: ContentItem) -> bool:
    return bool(item.related or item.lead_image or item.attachments or item.type in _POINTING)


def _is_simple(item: ContentItem, now: datetime) -> bool:
    """Whether a public item has no date of its own but those of publication, and these are behind us."""
    if item.expires is not None or not isinstance(item.details, PlainDetails):
        return False
    return item.modified is None or item.modified <= now


def check_sections(site: Everything) -> Iterator[Problem]:
    """Every folder with items has an ``index.md``, up to the root."""
    holding = {path.rpartition("/")[0] for path in site.texts} | {""}
    needed = {above for folder in holding for above in (folder, *folders_above(folder))}
    for folder in sorted(needed):
        index = f"{folder}/index.md".lstrip("/")
        if index not in site.paths:
            what = f"文件夹 {folder!r} 里有内容，却没有 index.md" if folder else "没有首页 index.md"
            yield Problem(path=index, line=1, message=what, hint="加一个类型为 section 的 index.md")


def check_ids(site: Everything) -> Iterator[Problem]:
    """Ids are unique whatever their case."""
    first: dict[str, ContentItem] = {}
    for item in site.items:
        other = first.setdefault(fold_address(item.id), item)
        if other is not item:
            message = f"编号 {item.id!r} 和 {other.path} 的相同"
            yield Problem(path=item.path, line=item.line_of("id"), message=message, hint="给这一篇换一个新的 id")


def check_references(site: Everything) -> Iterator[Problem]:
    """What fields point to exists and is of the right kind."""
    for item in site.referring:
        for number, path in enumerate(item.related):
            yield from _related(site, item, f"related.{number}", path)
        if item.lead_image:
            yield from _file(site, item, "lead_image", item.lead_image.path, is_picture=True)
        for number, attachment in enumerate(item.attachments):
            yield from _file(site, item, f"attachments.{number}", attachment.path)
        if isinstance(item.details, LinkDetails) and item.details.target.startswith(REFERENCE):
            target = item.details.target.removeprefix(REFERENCE)
            if target in site.texts or target not in site.paths:
                yield from _related(site, item, "target", target)
        if isinstance(item.details, CollectionDetails) and item.details.section:
            yield from _section(site, item, item.details.section)


def _related(site: Everything, item: ContentItem, key: str, path: str) -> Iterator[Problem]:
    line = item.line_of(key)
    if path not in site.texts:
        yield Problem(path=item.path, line=line, message=f"没有 {path} 这篇内容", hint=_near(path, site.texts))
    elif path == item.path:
        hint = "删去这一条"
        yield Problem(path=item.path, line=line, message="指向了自己", hint=hint, level=Level.WARNING)
    elif item.path in site.public and path not in site.public and path in site.by_path:
        message = f"公开的内容指向不公开的 {path}"
        hint = "等它发布后才会显示"
        yield Problem(path=item.path, line=line, message=message, hint=hint, level=Level.WARNING)


def _file(site: Everything, item: ContentItem, key: str, path: str, is_picture: bool = False) -> Iterator[Problem]:
    line = item.line_of(key)
    kind = "图片" if is_picture else "附件"
    suffix = path[path.rfind(".") :].lower() if "." in path else ""
    if path not in site.paths:
        hint = _near(path, site.attachable)
        yield Problem(path=item.path, line=line, message=f"没有 {path} 这个{kind}", hint=hint)
    elif path in site.texts:
        yield Problem(path=item.path, line=line, message=f"{path} 是内容，不能作为{kind}", hint="换成要附的文件")
    elif is_picture and suffix not in PICTURES:
        yield Problem(path=item.path, line=line, message=f"{path} 不是图片", hint="题图用 JPEG、PNG、WebP 或 GIF")


def _near(path: str, candidates: frozenset[str]) -> str:
    """Return how to mend a path that leads nowhere: the same in other letters, elsewhere, or nearly so beside it."""
    folder, _, wanted = path.rpartition("/")
    index = _index(candidates)
    if (same := index.folded.get(fold_address(path))) is not None:
        return f"大小写要一致：{same}"
    if (elsewhere := index.by_name.get(wanted)) is not None and wanted != "index.md":
        return f"是否想写 {elsewhere!r}？"
    beside = index.by_folder.get(folder, ())
    near = get_close_matches(wanted, beside, n=1, cutoff=0.75) if len(beside) <= COMPARED else []
    if near:
        return f"是否想写 {f'{folder}/{near[0]}'.lstrip('/')!r}？"
    return "检查路径；相对路径从本文件所在的文件夹算起"


@dataclass(frozen=True, slots=True)
class _Index:
    """Paths by what an editor may have meant."""

    folded: dict[str, str]
    by_name: dict[str, str]
    by_folder: dict[str, list[str]]


@lru_cache(maxsize=4)
def _index(paths: frozenset[str]) -> _Index:
    index = _Index({}, {}, {})
    for path in sorted(paths):
        folder, _, name = path.rpartition("/")
        index.folded.setdefault(fold_address(path), path)
        index.by_name.setdefault(name, path)
        index.by_folder.setdefault(folder, []).append(name)
    return index


def _section(site: Everything, item: ContentItem, folder: str) -> Iterator[Problem]:
    folder = folder.removesuffix("index.md").rstrip("/")
    sections = {other.folder for other in site.items if other.is_section}
    if folder not in sections:
        line = item.line_of("query.section")
        yield Problem(
            path=item.path, line=line, message=f"没有 {folder!r} 这个栏目", hint=_near(folder, frozenset(sections))
        )


def check_names(site: Everything) -> Iterator[Problem]:
    """People and programs that items name have their page."""
    hints: dict[tuple[str, str], str] = {}
    for item in site.naming:
        for key, kind, names in (("people", "person", item.people), ("programs", "program", item.programs)):
            for name in names:
                if name in site.titles[kind]:
                    continue
                label = TYPES[kind].label
                hint = hints.get((kind, name)) or hints.setdefault((kind, name), _near_title(name, kind, site))
                message = f"没有标题为 {name!r} 的{label}页"
                yield Problem(path=item.path, line=item.line_of(key), message=message, hint=hint, level=Level.WARNING)


def _near_title(name: str, kind: str, site: Everything) -> str:
    near = get_close_matches(name, sorted(site.titles[kind]), n=1)
    return f"是否想写 {near[0]!r}？" if near else f"新建一个{TYPES[kind].label}页，或删去这个名字"


def check_clock(site: Everything) -> Iterator[Problem]:
    """Dates are not too far ahead; what is held back or expired is said."""
    today = site.now.astimezone(CHINA).date()
    for item in site.uncertain:
        for key, value, years in _dates(item):
            day = value.astimezone(CHINA).date() if isinstance(value, datetime) else value
            if (day.year - years, day.month, day.day) > (today.year, today.month, today.day):
                message = f"{key} 的日期 {day.isoformat()} 太远"
                hint = f"不晚于今天起的 {years} 年"
                yield Problem(path=item.path, line=item.line_of(key), message=message, hint=hint)


def _dates(item: ContentItem) -> Iterator[tuple[str, date, int]]:
    common = (("date", item.date), ("modified", item.modified), ("expires", item.expires))
    own = ((key, getattr(item.details, key, None)) for key in DATED)
    fields = TYPES[item.type].by_key
    for key, value in (*common, *own):
        if isinstance(value, date):
            yield key, value, fields[key].future_years if key in fields else 2


DATED = ("starts", "ends", "spoken_on", "issued_on", "deadline", "repealed_on", "since", "until")


def check_state(site: Everything) -> Iterator[Problem]:
    """Say what is not public and why; nothing vanishes silently."""
    for item in site.uncertain:
        if item.quarantine and item.state is State.PUBLISHED:
            message = f"隔离中的内容不能发布：{item.quarantine}"
            hint = "核对后删去 quarantine，或把 state 改成 private"
            yield Problem(path=item.path, line=item.line_of("quarantine"), message=message, hint=hint)
        elif item.state is State.PENDING:
            yield _said(item, "state", "待审核，还不公开")
        elif item.state is State.PUBLISHED and item.date and item.date > site.now:
            yield _said(item, "date", f"发布时间是 {chinese_minute(item.date)}，在此之前不公开")
        elif item.state is State.PUBLISHED and is_expired(item, site.now):
            yield _said(item, "expires", "已到期，离开列表，网址保留")
        elif item.state is State.PUBLISHED and item.path not in site.public:
            yield _said(item, "state", "所在栏目不公开，这一篇也不公开")


def _said(item: ContentItem, key: str, message: str) -> Problem:
    return Problem(path=item.path, line=item.line_of(key), message=message, level=Level.NOTICE)


CHECKS: tuple[Callable[[Everything], Iterator[Problem]], ...] = (
    check_sections,
    check_ids,
    check_references,
    check_names,
    check_clock,
    check_state,
)
