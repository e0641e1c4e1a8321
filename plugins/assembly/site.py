"""The content folder as values: items, bodies, the tree, and everything that is wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from plugins.article_body.convert import convert
from plugins.assembly.configuration import Configured
from plugins.assembly.versions import version_of
from plugins.content_types.load import READERS, Loaded, load
from plugins.content_types.registers import read_registers
from plugins.domain.body import Body
from plugins.domain.content import ContentItem
from plugins.domain.problems import Problem, in_order, is_blocked
from plugins.domain.registers import Registers
from plugins.domain.settings import Settings
from plugins.domain.tree import Section
from plugins.incremental_build.codec import codec_of
from plugins.incremental_build.results import Store, cached_map
from plugins.navigation.addresses import claims
from plugins.navigation.references import check_references
from plugins.navigation.tree import build_tree
from plugins.official_document.outline import outline
from plugins.sanitizing.sanitize import sanitize

Progress = Callable[[int, int], None]
Converted = tuple[Body, tuple[Problem, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A content folder, read and checked. ``problems`` are all there are; ``tree`` holds what is public."""

    settings: Settings
    loaded: Loaded
    registers: Registers
    bodies: Mapping[str, Body]
    tree: Section
    problems: tuple[Problem, ...]

    @property
    def items(self) -> tuple[ContentItem, ...]:
        """All items, public or not, by path."""
        return self.loaded.items

    @property
    def is_blocked(self) -> bool:
        """Whether a problem stops the build."""
        return is_blocked(self.problems)

    def body(self, item: ContentItem) -> Body:
        """Return the converted text of ``item``."""
        return self.bodies[item.path]


def gather(configured: Configured, *, jobs: int | None = None, on_progress: Progress | None = None) -> Site:
    """Read, convert and check everything; nothing is written but the cache of conversions."""
    settings = configured.settings
    loaded = load(settings.content, now=settings.now, readers=READERS)
    registers, register_problems = read_registers(settings.content)
    converted = convert_all(loaded.items, database_of(settings), jobs=jobs)
    bodies = {path: body for path, (body, _) in converted.items()}
    tree, tree_problems = build_tree(loaded.items, now=settings.now, preview=settings.preview)
    exists = frozenset(file.path for file in loaded.files).__contains__
    problems = (
        *configured.problems,
        *loaded.problems,
        *register_problems,
        *(problem for _, found in converted.values() for problem in found),
        *tree_problems,
        *claims(loaded.items),
        *check_references(tree, loaded.items, lambda item: bodies[item.path], exists=exists),
    )
    return Site(
        settings=settings,
        loaded=loaded,
        registers=registers,
        bodies=bodies,
        tree=tree,
        problems=in_order(problems),
    )


def convert_all(items: tuple[ContentItem, ...], database: Path, *, jobs: int | None = None) -> dict[str, Converted]:
    """Return body and problems of every item by path; a text that was converted before is not converted again."""
    store = Store(
        database=database,
        name="bodies",
        version=version_of("article_body", "official_document", "sanitizing"),
        codec=codec_of(tuple[Body, tuple[Problem, ...]]),
    )
    work = [(f"{item.path}\0{item.digest}", item) for item in items]
    results = cached_map(_converted, work, store, jobs=jobs, whole=True)
    return {item.path: result for item, result in zip(items, results, strict=True)}


def _converted(item: ContentItem) -> Converted:
    return convert(item.body, path=item.path, first_line=item.body_line, sanitize=sanitize, outline=outline)


def database_of(settings: Settings) -> Path:
    """Return the build database: one for each output folder, so that two builds never mix."""
    key = blake2b(str(settings.output.resolve()).encode(), digest_size=6).hexdigest()
    return settings.cache / f"build-{key}.sqlite"


def load_tree(configured: Configured) -> Section:
    """Return the whole section tree, with what is not public, as an editor sees it."""
    loaded = load(configured.settings.content, now=configured.settings.now)
    return build_tree(loaded.items, now=configured.settings.now, preview=True)[0]
