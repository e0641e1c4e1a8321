"""The public pages as search documents, and the index beside the output."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import partial

from plugins.assembly.composition import Composition, PageFacts
from plugins.assembly.site import Site
from plugins.assembly.sources import index_folder
from plugins.content_types.types import TYPES
from plugins.domain.content import ContentItem, NoticeDetails
from plugins.domain.dates import CHINA
from plugins.domain.outputs import Output
from plugins.domain.registers import Registers
from plugins.incremental_build.codec import digest
from plugins.search.document import SearchDocument
from plugins.search.index import build_index
from plugins.search.synonyms import Synonym

STATIC = "search-index"  # the folder of the static slices in the output
ALWAYS_WHOLE = 2_000  # up to here the index is built anew each time it changes, so that equal content gives equal bytes


def search_outputs(site: Site, composition: Composition) -> Iterator[Output]:
    """Bring the index up to date and yield its static slices for browsers.

    The index is left alone when neither documents nor registers have changed. Slices of earlier indexes are not among
    them: equal content gives equal outputs, and an old text is not published.
    """
    settings = site.settings
    slices = settings.cache / "search" / digest(str(settings.output.resolve()))
    documents = tuple(search_documents(site, composition.pages()))
    build_index(
        documents,
        index_folder(settings),
        slices,
        synonyms=synonyms_of(site.registers),
        hot_words=site.registers.hot_words,
        full=len(documents) <= ALWAYS_WHOLE,
    )
    pointer = json.loads((slices / "current.json").read_text("utf-8"))
    shown = {"current.json", "tables", *(segment["folder"] for segment in pointer["segments"])}
    for path in sorted(slices.rglob("*")):
        if path.is_file() and path.relative_to(slices).parts[0] in shown:
            content = path.read_bytes()
            name = f"{STATIC}/{path.relative_to(slices).as_posix()}"
            yield Output(path=name, fingerprint=digest(content), make=partial(path.read_bytes))


def search_documents(site: Site, pages: Iterable[PageFacts]) -> Iterator[SearchDocument]:
    """Yield a document for every page that may be found."""
    items = {item.path: item for item in site.items}
    for page in pages:
        if not page.searchable:
            continue
        item, (section, section_title) = items[page.source], page.section
        yield SearchDocument(
            id=item.id,
            url=page.url,
            title=item.title,
            body=body.text if (body := site.body(page.source)) else "",
            section=section.strip("/"),
            section_title=section_title,
            type=item.type,
            type_title=TYPES[item.type].label,
            date=item.date.astimezone(CHINA).date() if item.date else None,
            people=tuple(dict.fromkeys((*item.people, *(credit.name for credit in item.authors)))),
            programs=item.programs,
            tags=item.tags,
            keywords=(*item.keywords, *official_names(item)),
            region=item.region,
            summary=item.summary,
            expired=page.expired,
        )


def official_names(item: ContentItem) -> tuple[str, ...]:
    """Return by what else an official file is asked for: its number and the body that issued it."""
    details = item.details
    if not isinstance(details, NoticeDetails):
        return ()
    return tuple(filter(None, (details.document_number, details.issuing_body)))


def synonyms_of(registers: Registers) -> tuple[Synonym, ...]:
    """Return what the registers say of words that mean the same, and of names that an office had before."""
    same = tuple(Synonym(names=group) for group in registers.synonyms)
    former = tuple(
        Synonym(
            names=(term.instead, term.text),
            old=term.text,
            since=term.since.year if term.since else None,
            until=term.until.year if term.until else None,
        )
        for term in registers.terms
        if term.instead and (term.since or term.until)
    )
    return same + former
