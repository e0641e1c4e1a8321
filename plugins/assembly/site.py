"""The content folder as values: items, bodies, the tree, and everything that is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain

from plugins.assembly.configuration import Configured
from plugins.assembly.findings import findings_of, findings_of_site
from plugins.assembly.readers import readers_of
from plugins.assembly.sources import CONTENT, Said, look
from plugins.assembly.texts import Texts, converted, texts_of
from plugins.content_types.load import Loaded, load
from plugins.content_types.registers import read_registers
from plugins.domain.body import Body
from plugins.domain.content import ContentItem
from plugins.domain.problems import Problem, in_order, is_blocked
from plugins.domain.registers import Registers
from plugins.domain.settings import Settings
from plugins.domain.tree import Section
from plugins.incremental_build.unchanged import Sources
from plugins.navigation.references import check_references
from plugins.navigation.tree import build_tree


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A content folder, read and checked. ``problems`` are all there are; ``tree`` holds what is public.

    ``items`` may lack their Markdown and ``bodies`` their HTML (see ``gather``); ``body`` gives the whole one.
    """

    settings: Settings
    loaded: Loaded
    registers: Registers
    bodies: Mapping[str, Body]
    tree: Section
    problems: tuple[Problem, ...]
    sources: Sources
    texts: Texts
    own_problems: frozenset[Problem] = frozenset()  # of one text by itself
    link_problems: frozenset[Problem] = frozenset()  # of what texts refer to

    def said(self, problems: Iterable[Problem]) -> tuple[Said, ...]:
        """Return ``problems`` with what brings them up."""
        return tuple(Said(kind=self._kind(problem), problem=problem) for problem in problems)

    def _kind(self, problem: Problem) -> str:
        if problem in self.link_problems:
            return "links"
        return "own" if problem in self.own_problems else "site"

    @property
    def items(self) -> tuple[ContentItem, ...]:
        """All items, public or not, by path."""
        return self.loaded.items

    @property
    def is_blocked(self) -> bool:
        """Whether a problem stops the build."""
        return is_blocked(self.problems)

    def brief_body(self, item: ContentItem) -> Body:
        """Return what pages are composed from: the body of ``item``, perhaps without HTML."""
        return self.bodies[item.path]

    def body(self, path: str) -> Body | None:
        """Return the converted text of the item at ``path``; None where there is no such item."""
        return self.texts.body(path) or self.bodies.get(path)

    def shown(self, item: ContentItem) -> str:
        """Return what stands for all that pages of others may show of ``item``: fields, beginning, picture."""
        lead = self.sources.digest(f"{CONTENT}/{item.lead_image.path}") if item.lead_image else ""
        return f"{self.texts.seen(item)}{lead}"

    def own(self, item: ContentItem) -> str:
        """Return what stands for ``item`` with its text and every file that it names."""
        references = self.bodies[item.path].references
        if not references and not item.attachments and item.lead_image is None:
            return item.digest
        files = [item.lead_image.path] if item.lead_image else []
        files += [attachment.path for attachment in item.attachments]
        files += [reference.path for reference in references]
        named = [f"{path}{self.sources.digest(f'{CONTENT}/{path}')}" for path in files if not path.endswith(".md")]
        return "".join([item.digest, *named])


def gather(run: Configured, *, sources: Sources | None = None, jobs: int | None = None, whole: bool = False) -> Site:
    """Read, convert and check everything; nothing is written but the cache of conversions.

    Without ``whole`` items come without their Markdown and bodies without their HTML, which most of a build does not
    look at. ``sources`` is what ``look`` saw before.
    """
    settings = run.settings
    sources = sources or look(run)
    texts = texts_of(settings, sources, jobs=jobs)
    readers = readers_of(settings.content)
    read_many = None if whole else texts.read
    loaded = load(settings.content, now=settings.now, readers=readers, read_many=read_many, size_of=texts.size_of)
    registers, register_problems = read_registers(settings.content)
    bodies = {path: (rest.body, rest.faults) for path, rest in texts.found.items()}
    bodies |= {item.path: converted(item) for item in loaded.items if item.path not in bodies}
    tree, tree_problems = build_tree(loaded.items, now=settings.now, preview=settings.preview)
    exists = frozenset(file.path for file in loaded.files).__contains__
    public = frozenset(item.path for section in tree.walk() for item in (section.item, *section.items))
    each = findings_of(loaded.items, public, registers, texts, settings, jobs=jobs, whole=True)
    own = {problem for rest in texts.found.values() for problem in (*rest.problems, *rest.faults)}
    own.update(chain.from_iterable(each))
    links = check_references(tree, loaded.items, lambda item: bodies[item.path][0], exists=exists)
    problems = (
        *run.problems,
        *loaded.problems,
        *register_problems,
        *(problem for _, found in bodies.values() for problem in found),
        *tree_problems,
        *findings_of_site(loaded.items, public, registers, settings),
        *own,
        *links,
    )
    return Site(
        settings=settings,
        loaded=loaded,
        registers=registers,
        bodies={path: body for path, (body, _) in bodies.items()},
        tree=tree,
        problems=in_order(problems),
        sources=sources,
        texts=texts,
        own_problems=frozenset(own),
        link_problems=frozenset(links),
    )


def load_tree(configured: Configured) -> Section:
    """Return the whole section tree, with what is not public, as an editor sees it."""
    content = configured.settings.content
    loaded = load(content, now=configured.settings.now, readers=readers_of(content))
    return build_tree(loaded.items, now=configured.settings.now, preview=True)[0]
