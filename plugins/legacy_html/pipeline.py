"""The recovery pipeline: stages in one readable order, each a pure and total function from a document to a document."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace

from plugins.legacy_html.decode import decode
from plugins.legacy_html.document import Flag, LegacyDocument
from plugins.legacy_html.mending import flags, house, repair, script
from plugins.legacy_html.metadata import metadata
from plugins.legacy_html.parse import parse
from plugins.legacy_html.survey import body, furniture
from plugins.legacy_html.unword import unword
from plugins.legacy_html.write import sanitise, write

Stage = Callable[[LegacyDocument], LegacyDocument]

STAGES: tuple[tuple[str, Stage], ...] = (
    ("decode", decode),
    ("parse", parse),
    ("unword", unword),
    ("furniture", furniture),
    ("body", body),
    ("metadata", metadata),
    ("repair", repair),
    ("script", script),
    ("punctuation", house),
    ("flags", flags),
    ("sanitise", sanitise),
    ("write", write),
)


def clean(document: LegacyDocument, repeated: Collection[str] = ()) -> LegacyDocument:
    """Recover one page. Never raises; ``repeated`` are the lines its site repeats on every page (`template.learn`)."""
    for name, stage in STAGES:
        if name == "furniture" and repeated:
            stage = _with_template(repeated)
        document = run(name, stage, document)
    return document


def run(name: str, stage: Stage, document: LegacyDocument) -> LegacyDocument:
    """One stage, once: a document that has been through it comes back as it is, and a fault becomes a flag."""
    if name in document.done:
        return document
    try:
        document = stage(document)
    except Exception as fault:  # total by contract: a page nobody foresaw must not stop a migration of thousands
        note = f"阶段“{name}”未能处理此页（{type(fault).__name__}：{fault}），请人工核对。"
        document = replace(document, flags=(*document.flags, Flag(flag="stage_failed", text=name, note=note)))
    return replace(document, done=(*document.done, name))


def _with_template(repeated: Collection[str]) -> Stage:
    return lambda document: furniture(document, repeated)
