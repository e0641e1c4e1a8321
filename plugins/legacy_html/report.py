"""A recovered page as a JSON value: the interface of the command line."""

from __future__ import annotations

from plugins.legacy_html.document import LegacyDocument
from plugins.legacy_html.metadata import iso


def as_json(document: LegacyDocument) -> dict[str, object]:
    """Everything that is known of ``document``, in plain values; ``quarantine`` is the list of reasons, empty for none."""
    held = document.metadata
    return {
        "source": document.source,
        "encoding": document.encoding,
        "encoding_reason": document.encoding_reason,
        "kind": document.kind,
        "title": held.title,
        "kicker": held.kicker,
        "subtitle": held.subtitle,
        "authors": [{"name": one.name, "office": one.office} for one in held.authors],
        "source_name": held.source_name,
        "date": iso(held.date),
        "column": held.column,
        "breadcrumb": list(held.breadcrumb),
        "previous": held.previous and {"text": held.previous.text, "href": held.previous.href},
        "next": held.next and {"text": held.next.text, "href": held.next.href},
        "attachments": [{"text": one.text, "href": one.href} for one in held.attachments],
        "script": held.script,
        "images": [{"file": one.file, "caption": one.caption} for one in document.images],
        "text": document.text,
        "markdown": document.markdown,
        "html": document.html,
        "review": [
            {"flag": one.flag, "text": one.text, "suggestion": one.suggestion, "note": one.note}
            for one in document.flags
        ],
        "quarantine": list(document.quarantine),
        "changes": [
            {
                "step": one.step,
                "stage": one.stage,
                "rule": one.rule,
                "field": one.field,
                "place": one.place,
                "before": one.before,
                "after": one.after,
            }
            for one in document.changes
        ],
        "removed": [
            {"step": one.step, "stage": one.stage, "rule": one.rule, "place": one.place, "text": one.text}
            for one in document.removed
        ],
        "sha256": document.sha256,
    }
