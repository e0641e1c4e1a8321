"""A warm preview: the page that is being written is shown at once, everything else follows by the ordinary build."""

from __future__ import annotations

import gc
import traceback
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Event, Lock, Thread

from plugins.assembly.build import build
from plugins.assembly.built import Built
from plugins.assembly.composition import Composition
from plugins.assembly.configuration import Configured, configured
from plugins.assembly.console import show_problems
from plugins.assembly.early import undisturbed
from plugins.assembly.events import EVERYTHING, Channel
from plugins.assembly.files import file_links, picture_finder
from plugins.assembly.outputs import page_maker
from plugins.assembly.readers import readers_of
from plugins.assembly.site import Site
from plugins.assembly.texts import converted
from plugins.domain.body import Body
from plugins.domain.content import ContentItem, is_effective
from plugins.domain.files import read_regular
from plugins.domain.pages import Page
from plugins.domain.problems import Level, Problem, is_blocked
from plugins.navigation.catalogue import catalogue
from plugins.navigation.frames import frames
from plugins.navigation.item_pages import item_page
from plugins.navigation.materials import Materials
from plugins.theming.assets import load_assets


@dataclass(frozen=True, slots=True, kw_only=True)
class Warm:
    """The last good build, ready to make one page again; ``urls`` are those of the pages of each content file."""

    site: Site
    composition: Composition
    urls: Mapping[str, Sequence[str]]
    materials: Materials
    make: Callable[[Page, Body], bytes]

    def page(self, path: str) -> Page | None:
        """Return the page that shows the text of a content file, None where there is none."""
        pages = (self.composition.page(url) for url in self.urls.get(path, ()))
        return next((page for page in pages if page.body_key), None)


@dataclass(slots=True)
class Preview:
    """What a desk sees while it writes. ``pages`` are newer than the output folder; ``problems`` stand over every page."""

    run: Configured
    channel: Channel = field(default_factory=Channel)
    pages: dict[str, bytes] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    _said: tuple[Problem, ...] = ()
    _warm: Warm | None = None
    _due: Event = field(default_factory=Event)
    _lock: Lock = field(default_factory=Lock)

    def start(self) -> None:
        """Watch, and build whenever something has changed, beside whoever serves."""
        self._due.set()
        Thread(target=self._watch, daemon=True).start()
        Thread(target=self._build_when_due, daemon=True).start()

    def change(self, paths: Iterable[Path]) -> None:
        """Show the pages of the changed content files as far as they are known by themselves; the rest follows."""
        warm = self._warm
        for path in paths:
            if warm is not None and path.is_relative_to(warm.site.settings.content):
                self._show(path.relative_to(warm.site.settings.content).as_posix(), warm)
        self._due.set()

    def build(self) -> None:
        """Bring the output up to date; where an error stands, all stays as it was and says so."""
        try:
            settings = self.run.settings
            folders = {"PATH": str(settings.content), "OUTPUT_PATH": str(settings.output)}
            with undisturbed():
                built = build(configured(self.run.file, preview=settings.preview, **folders), jobs=1)
        except Exception as error:  # a slip in a template or in the settings must not end the preview
            traceback.print_exc()
            self._say((Problem(path=self.run.file.name, message=f"没有更新：{type(error).__name__}: {error}"),))
            return
        if built.problems != self._said:
            show_problems(built.problems)
        elif built.report.written:
            print(built.report, flush=True)
        self._said = built.problems
        failures = (Problem(path=one.source or one.path, message=str(one)) for one in built.report.failures)
        self._say((*(one for one in built.problems if one.is_blocking), *failures))
        if built.site and built.composed and not is_blocked(built.problems):
            self._warm = _warm(built)
            gc.freeze()  # the site stays: no collection need walk through it while somebody waits for a page
            self._take_over(built)

    def _take_over(self, built: Built) -> None:
        """Let the output folder speak again, unless more was written in the meantime, and tell of pages that were not shown."""
        output = self.run.settings.output
        with self._lock:
            shown = {path for path, content in self.pages.items() if _is_written(output / path, content)}
            if not self._due.is_set():
                self.pages.clear()
        changed = (*built.report.written, *(gone.path for gone in built.report.plan.delete))
        self.channel.tell(_url(path) for path in changed if path.endswith(".html") and path not in shown)

    def _show(self, path: str, warm: Warm) -> None:
        """Make the page of one content file anew, its neighbours as they were."""
        readers = readers_of(warm.site.settings.content)
        page, reader = warm.page(path), readers.get(Path(path).suffix)
        if page is None or reader is None:
            return
        try:
            item, problems = reader(path, read_regular(warm.site.settings.content / path))
            if item is None:
                self._say(tuple(one for one in problems if one.is_blocking))
                return
            if not (warm.site.settings.preview or is_effective(item, warm.site.settings.now)):
                return
            body, faults = converted(item)
            content = warm.make(_recomposed(page, item, body, warm), body)
        except Exception as error:
            self._say((Problem(path=path, message=f"没有更新：{type(error).__name__}: {error}"),))
            return
        with self._lock:
            self.pages[page.save_as] = content
        self._say(tuple(one for one in (*problems, *faults) if one.level is Level.ERROR))
        self.channel.tell([page.url])

    def _say(self, problems: tuple[Problem, ...]) -> None:
        if problems != self.problems:
            self.problems = problems
            self.channel.tell([EVERYTHING])

    def _watch(self) -> None:
        from watchfiles import watch

        settings = self.run.settings
        for changes in watch(settings.content, settings.theme, self.run.file, debounce=60, step=10):
            self.change(Path(path) for _, path in changes)

    def _build_when_due(self) -> None:
        while self._due.wait():
            self._due.clear()
            self.build()


def _warm(built: Built) -> Warm:
    """Return what is needed to make any page of an item again."""
    site, composed = built.site, built.composed
    assert site and composed
    bodies: dict[str, Body] = {}
    materials = Materials(
        catalogue=catalogue(site.tree, now=site.settings.now, relate=lambda items: {}),
        frames=frames(site.tree, site.settings),
        settings=site.settings,
        body=lambda item: bodies.get(item.digest) or site.brief_body(item),
        body_key=lambda item: item.digest,
        file=file_links(site.loaded.files),
        picture=picture_finder(site.settings).find,
        share_image=load_assets(site.settings.theme).share_image_url,
    )
    urls: defaultdict[str, list[str]] = defaultdict(list)
    for facts in composed.composition.pages():
        urls[facts.source].append(facts.url)
    return Warm(site=site, composition=composed.composition, urls=urls, materials=materials, make=page_maker(site))


def _recomposed(page: Page, item: ContentItem, body: Body, warm: Warm) -> Page:
    """Return the page that ``item`` has now, with what only the whole site can tell taken from ``page``."""
    materials = replace(warm.materials, body=lambda _: body)
    fresh = item_page(item, materials.frames[item.folder], materials, previous=page.previous, next=page.next)
    return replace(
        fresh, related=page.related, batch=page.batch, blocks=page.blocks, feeds=page.feeds, modified=page.modified
    )


def _is_written(file: Path, content: bytes) -> bool:
    return file.is_file() and file.read_bytes() == content


def _url(path: str) -> str:
    return "/" + path.removesuffix("index.html")
