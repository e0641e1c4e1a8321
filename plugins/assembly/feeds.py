"""The feeds of the site: one for each listing that has articles, and one for everything new."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial
from heapq import nlargest

from plugins.assembly.composition import Composition, PageFacts
from plugins.domain.outputs import Output
from plugins.domain.settings import Settings
from plugins.incremental_build.codec import digest
from plugins.publishing.feeds import Feed, FeedEntry, atom_file, feed_entry, feed_style, json_file
from plugins.publishing.outputs import OutputFile

Form = Callable[[Feed, Settings], OutputFile]


def feed_outputs(composition: Composition, settings: Settings, made_by: str) -> Iterator[Output]:
    """Yield the Atom and JSON form of every feed. A feed is made again when one of its entries changed.

    ``made_by`` stands for the code that makes them.
    """
    pages = tuple(composition.pages())
    articles = {page.url: page for page in pages if page.entry}
    newest = nlargest(settings.feed_size, articles.values(), key=lambda page: (page.published, page.url))
    yield from _outputs("/", newest, composition, settings, made_by)
    for page in pages:
        if page.listed is not None:
            found = [articles[url] for url in page.listed if url in articles]
            yield from _outputs(page.url, found, composition, settings, made_by, page.digest)
    style = feed_style()
    yield Output(path=style.path, fingerprint=digest(style.content), make=lambda: style.content)


def _outputs(
    url: str, pages: Iterable[PageFacts], composition: Composition, settings: Settings, made_by: str, front: str = ""
) -> Iterator[Output]:
    """Yield the files of the feed at ``url``; ``front`` stands for the page that it follows."""
    listed = [(page.url, page.entry) for page in pages]
    named = (settings.url, settings.name, settings.description, settings.feed_size)
    fingerprint = digest(front, named, made_by, listed)
    paths = Feed(title="", page=url)
    for path, form in ((paths.atom_path, atom_file), (paths.json_path, json_file)):
        make = partial(_make, url, [address for address, _ in listed], composition, settings, form)
        yield Output(path=path, fingerprint=fingerprint, make=make)


def _make(url: str, addresses: list[str], composition: Composition, settings: Settings, form: Form) -> bytes:
    if url == "/":
        feed = Feed(title=settings.name, page=url, description=settings.description)
    else:
        page = composition.page(url)
        feed = Feed(title=page.title, page=url, description=page.description)
    found = (feed_entry(composition.page(address), settings) for address in addresses)
    entries: tuple[FeedEntry, ...] = tuple(entry for entry in found if entry)
    return form(replace(feed, entries=entries), settings).content
