"""Run pages through the pipeline and score what comes out."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from plugins.legacy_html.document import LegacyDocument, canonical_text
from plugins.legacy_html.journal import undo
from plugins.legacy_html.pipeline import clean
from tests.legacy_html.damage.generator import Variant
from tests.legacy_html.damage.gold import Gold, Kind, Part
from tests.legacy_html.damage.scorer import Result, Score, score


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """One page through the pipeline: its score, and whether its source can be rebuilt."""

    score: Score
    is_undone: bool
    document: LegacyDocument


def attempt(raw: bytes, gold: Gold, source: str = "page.txt") -> Trial:
    """Clean ``raw`` and compare it with ``gold``."""
    document = clean(LegacyDocument(source=source, raw=raw))
    return Trial(
        score=score(outcome(document), gold),
        is_undone=undo(document) == canonical_text(document.extracted),
        document=document,
    )


def of_variant(variant: Variant) -> Trial:
    """Clean a damaged page; an injected name has to be flagged as well."""
    trial = attempt(variant.raw, variant.gold, f"variant-{variant.seed}")
    names = [one.text for one in trial.document.flags if one.flag == "injected_name"]
    flagged = any(name in variant.injected or variant.injected in name for name in names)
    if variant.injected and not flagged:
        wrong = (*trial.score.wrong, f"injected name: {variant.injected} not flagged")
        missed = Score(folded=trial.score.folded, strict=trial.score.strict, wrong=wrong)
        return Trial(score=missed, is_undone=trial.is_undone, document=trial.document)
    return trial


def outcome(document: LegacyDocument) -> Result:
    """What a document states, in plain values."""
    stated = document.metadata
    moment = stated.date
    if isinstance(moment, datetime) and (moment.hour, moment.minute, moment.second) == (0, 0, 0):
        moment = moment.date()
    return Result(
        title=stated.title,
        authors=tuple((one.name, one.office) for one in stated.authors),
        source_name=stated.source_name,
        moment=moment,
        column=stated.column,
        text=document.text,
        headings=tuple((one.level, one.text) for one in document.blocks if one.kind == "heading"),
        figures=tuple((one.file, one.caption) for one in document.images),
        is_quarantined=bool(document.quarantine),
    )


def gold_of(path: Path) -> Gold:
    """Read gold written by hand: ``title``, ``authors``, ``source``, ``date``, ``column``, ``text``, ``headings``, ``figures``."""
    told = json.loads(path.read_text("utf-8"))
    levels = {text: level for level, text in told["headings"]}
    files = {caption: file for file, caption in told["figures"]}
    parts = []
    for line in told["text"]:
        kind: Kind = (
            "heading2"
            if levels.get(line) == 2
            else "heading3"
            if line in levels
            else "figure"
            if line in files
            else "paragraph"
        )
        parts.append(Part(kind=kind, text=line, file=files.get(line, "")))
    return Gold(
        name=path.stem,
        title=told["title"],
        author=tuple(told["authors"][0]) if told["authors"] else None,
        source_name=told["source"],
        moment=_moment(told["date"]),
        column=told["column"],
        parts=tuple(parts),
        quarantine=told["quarantine"],
    )


def _moment(text: str) -> date | None:
    if not text:
        return None
    return datetime.fromisoformat(text) if re.search("T", text) else date.fromisoformat(text)
