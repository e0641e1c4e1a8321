"""What the rules find, item by item and kept as long as item, registers and day are the same."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from plugins.assembly.readers import RAW, readers_of
from plugins.assembly.sources import CONTENT, database_of
from plugins.assembly.texts import Texts
from plugins.assembly.versions import version_of
from plugins.checks.inspection import Inspection
from plugins.checks.run import RULE_NAMES, check
from plugins.content_types.files import suffix_of
from plugins.content_types.front_matter import body_of
from plugins.domain.content import ContentItem
from plugins.domain.dates import iso_day
from plugins.domain.files import read_regular
from plugins.domain.problems import Problem
from plugins.domain.registers import Registers
from plugins.domain.settings import Settings
from plugins.incremental_build.codec import digest, rows_codec_of, with_body
from plugins.incremental_build.drawers import Drawers, cached_map, cached_some

OF_THE_SITE = ("columns",)  # rules that look at all items together
Found = tuple[Problem, ...]


def findings_of_site(
    items: tuple[ContentItem, ...], public: frozenset[str], registers: Registers, settings: Settings
) -> Found:
    """Return what the rules find that look at all items together; ``public`` are the paths of those that are."""
    together = Inspection(items=items, public=public, registers=registers, now=settings.now)
    return check(together, tuple(rule for rule in OF_THE_SITE if rule not in settings.checks_off))


def findings_of(
    items: Sequence[ContentItem],
    public: frozenset[str],
    registers: Registers,
    texts: Texts,
    settings: Settings,
    *,
    jobs: int | None = None,
    whole: bool = False,
) -> Sequence[Found]:
    """Return what the rules find in each item by itself; ``public`` are the paths of those that are.

    ``whole`` says that these are all items there are.
    """
    rules = tuple(rule for rule in RULE_NAMES if rule not in settings.checks_off and rule not in OF_THE_SITE)
    kept = Drawers(
        database=database_of(settings),
        name="findings",
        version=digest(version_of("checks", "content_types"), rules, registers, iso_day(settings.now)),
        codec=rows_codec_of(Found),
    )
    work = [(item.path, _stands_for(item, item.path in public, texts), item) for item in items]
    one = partial(_check_one, public=public, registers=registers, settings=settings, rules=rules)
    found = cached_map(one, work, kept, jobs=jobs) if whole else cached_some(one, work, kept)
    return [result or () for result in found]


def _stands_for(item: ContentItem, is_public: bool, texts: Texts) -> str:
    """Return the digest of all that rules read of an item: itself, its standing and its attachments."""
    own = f"{is_public:d} {texts.sources.digest(f'{CONTENT}/{item.path}')}"
    return " ".join([own, *(texts.sources.digest(f"{CONTENT}/{attachment.path}") for attachment in item.attachments)])


def _check_one(
    item: ContentItem, *, public: frozenset[str], registers: Registers, settings: Settings, rules: tuple[str, ...]
) -> Found:
    whole = _whole(item, settings.content)
    own = tuple(entry for entry in registers.waivers if entry.path == item.path)
    alone = Inspection(
        items=(whole,),
        public=public & {item.path},
        registers=replace(registers, waivers=own),
        now=settings.now,
        read=_reader(settings.content),
    )
    return check(alone, rules)


def _whole(item: ContentItem, content: Path) -> ContentItem:
    """Return the item with its Markdown, which the build does without."""
    if item.body:
        return item
    raw = read_regular(f"{content}/{item.path}")
    if not item.path.endswith(RAW):
        return with_body(item, body_of(raw))
    found, _ = readers_of(content)[suffix_of(item.path)](item.path, raw)
    return found or item


def _reader(content: Path) -> Callable[[str], bytes | None]:
    def read(path: str) -> bytes | None:
        try:
            return read_regular(f"{content}/{path}")
        except OSError:
            return None

    return read
