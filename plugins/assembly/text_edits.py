"""Edits that only the pages of the edited articles show: the rest of the site is not looked at.

Most edits are of this kind: a sentence is added to an article. Whatever may show anywhere else is left to the whole build.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from plugins.article_body.place import placed
from plugins.assembly.built import Built
from plugins.assembly.configuration import Configured
from plugins.assembly.findings import findings_of
from plugins.assembly.memory import assets_of, keep_article, recall_article, recall_notes
from plugins.assembly.sources import CONTENT, Said, database_of, said_last_time, say_next_time, still_stands
from plugins.assembly.texts import Rest, Texts, texts_of
from plugins.content_types.registers import read_registers
from plugins.domain.body import Body, Reference
from plugins.domain.content import ContentItem
from plugins.domain.outputs import Output
from plugins.domain.pages import Link
from plugins.domain.paths import output_path
from plugins.domain.problems import Problem, in_order, is_blocked
from plugins.incremental_build.build import remake
from plugins.incremental_build.codec import fingerprint
from plugins.incremental_build.database import Written, read_outputs, with_database
from plugins.incremental_build.plan import parts_of
from plugins.incremental_build.unchanged import Sources, remember_sources
from plugins.navigation.addresses import url_of
from plugins.navigation.head import complete
from plugins.navigation.item_pages import READ, with_text


@dataclass(frozen=True, slots=True, kw_only=True)
class TextEdit:
    """An article whose text has changed, and nothing that another page shows."""

    item: ContentItem
    before: Rest
    now: Rest
    body: Body

    @property
    def path(self) -> str:
        """The content file."""
        return self.item.path


def build_text_edits(run: Configured, sources: Sources) -> Built | None:
    """Build a site of which only texts have changed since the last build; None where there may be more to it."""
    settings = run.settings
    paths = [name.removeprefix(f"{CONTENT}/") for name in sources.changed]
    if settings.search or not all(_is_text(name, sources) for name in sources.changed):
        return None
    texts = texts_of(settings, sources, jobs=1)
    notes = recall_notes(settings)
    edits = [edit for edit in _edits(paths, texts, notes.referred) if edit]
    said = said_last_time(run)
    if len(edits) < len(paths) or not all(_keeps_links(edit, said) for edit in edits) or not still_stands(run):
        return None
    fresh = _problems(edits, run, texts)
    problems = [Said(kind="own", problem=problem) for problem in fresh]
    problems += [one for one in said if one.problem.path not in paths or one.kind != "own"]
    every = in_order(one.problem for one in problems)
    if is_blocked(every):
        return None
    written = with_database(database_of(settings), read_outputs)
    outputs = list(_outputs(edits, run, sources, notes.footer, written))
    if len(outputs) < len(edits):
        return None
    report = remake(outputs, settings.output, database_of(settings), others=len(written) - len(outputs))
    if report.succeeded:
        remember_sources(sources, database_of(settings))
        say_next_time(run, problems)
    return Built(problems=every, report=report)


def _is_text(name: str, sources: Sources) -> bool:
    is_article = name.startswith(f"{CONTENT}/") and name.endswith(".md") and "/_" not in name
    return is_article and name in sources.files and name in sources.before


def _edits(paths: Sequence[str], texts: Texts, referred: frozenset[str]) -> Iterator[TextEdit | None]:
    """Yield each edit, None for one that other pages may show."""
    known = texts.earlier(paths)
    readings = texts.read(paths, whole=False)
    for path, record in zip(paths, known, strict=True):
        if record is None or record[0] is None or path not in readings or readings[path][0] is None:
            yield None
            continue
        item, before, now = readings[path][0], record[1], texts.found[path]
        body = texts.body(path)
        assert item is not None
        is_quiet = (
            item.type in READ
            and before.seen == now.seen
            and list(map(_target, before.body.references)) == list(map(_target, now.body.references))
            and (path not in referred or set(before.body.anchors) == set(now.body.anchors))
        )
        yield TextEdit(item=item, before=before, now=now, body=body) if is_quiet and body else None


def _target(reference: Reference) -> tuple[str, str, bool]:
    return reference.path, reference.fragment, reference.is_image


def _keeps_links(edit: TextEdit, said: Sequence[Said]) -> bool:
    """Whether what is said of the links of an article still holds, its lines included."""
    if edit.before.body.references == edit.now.body.references:
        return True
    return not any(one.kind == "links" and one.problem.path == edit.path for one in said)


def _problems(edits: Sequence[TextEdit], run: Configured, texts: Texts) -> tuple[Problem, ...]:
    """Return what is wrong with each edited article by itself."""
    registers, _ = read_registers(run.settings.content)
    items = [edit.item for edit in edits]
    public = frozenset(edit.path for edit in edits)
    found = findings_of(items, public, registers, texts, run.settings, jobs=1)
    return tuple(
        problem
        for edit, findings in zip(edits, found, strict=True)
        for problem in (*edit.now.problems, *edit.now.faults, *findings)
    )


def _outputs(
    edits: Sequence[TextEdit],
    run: Configured,
    sources: Sources,
    footer: tuple[Link, ...],
    written: Mapping[str, Written],
) -> Iterator[Output]:
    """Yield the page of each edited article as it is now; none for one whose page is not known."""
    settings = run.settings
    for edit in edits:
        save_as = output_path(url_of(edit.item))
        parts = parts_of(written[save_as].fingerprint) if save_as in written else {}
        known = recall_article(settings, edit.path)
        if known is None or known[0].pages[0].digest != parts.get("页面"):
            return
        page = with_text(known[1], edit.item, edit.body)
        parts["页面"] = keep_article(settings, known[0], page)
        make = partial(_make, page, edit.body, run, sources, footer)
        yield Output(path=save_as, fingerprint=fingerprint(**parts), make=make, source=edit.path)


def _make(page: object, body: Body, run: Configured, sources: Sources, footer: tuple[Link, ...]) -> bytes:
    from plugins.theming.render import create_renderer  # Jinja, once all is decided

    settings = run.settings
    render = create_renderer(settings, assets_of(settings, sources), placed, footer, settings.cache / "templates")
    return render(complete(page, body, settings))  # type: ignore[arg-type]
