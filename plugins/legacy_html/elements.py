"""What each HTML element means for the text: plain tables the parser looks things up in."""

from __future__ import annotations

import re

from plugins.legacy_html.document import MarkKind


def _names(words: str) -> frozenset[str]:
    return frozenset(words.split())


SILENT = _names(
    "script style template svg xml head meta link base param source track area col colgroup noframes -comment"
)
# Elements that begin a line of their own; every other one runs inside its line.
BLOCKS = _names(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure footer "
    "form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav noscript ol optgroup option p pre search section "
    "select summary table tbody td textarea tfoot th thead tr ul marquee iframe frameset button founder-content"
)
BOXES = BLOCKS - _names("hr html tbody thead tfoot dd dt h1 h2 h3 h4 h5 h6 p li option summary legend caption")
HEADINGS = {f"h{rank}": rank for rank in range(1, 7)}
MARKS: dict[str, MarkKind] = {"strong": "strong", "b": "strong", "em": "em", "sup": "sup", "sub": "sub"}
PICTURES = _names("img v:imagedata image")

PICTURE_SOURCES = (
    "data-src",
    "data-original",
    "data-lazy-src",
    "original",
    "_src",
    "zoomfile",
    "file",
    "data-url",
    "src",
)
BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.I)
CENTRED = re.compile(r"text-align\s*:\s*center", re.I)
HIDDEN = re.compile(r"display\s*:\s*none", re.I)
