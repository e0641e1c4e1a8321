"""What may stand in an article: elements, attributes, addresses, ids and classes, as plain values."""

from __future__ import annotations

import re
from dataclasses import dataclass


def names(words: str) -> frozenset[str]:
    """The words of a line as a set."""
    return frozenset(words.split())


TAGS = names(
    "p br hr h2 h3 h4 h5 h6 blockquote pre code kbd samp var em strong b i u s del ins sub sup small mark abbr cite q "
    "dfn time ruby rt rp bdi bdo wbr span div section ul ol li dl dt dd a img figure figcaption picture source table "
    "caption colgroup col thead tbody tfoot tr th td details summary video audio track"
)

# Dropped with everything inside: what they hold is not the article's text.
DROPPED_WITH_CONTENT = names(
    "script style template noscript iframe object embed applet svg math title textarea xmp noembed noframes "
    "plaintext select"
)

CLASSES = (
    "footnote",
    "footnote-ref",
    "footnote-backref",
    "headerlink",
    "toc",
    "toctitle",
    "table-wrapper",
    "table-scroll",
    "figure",
    "caption",
    "lead",
    "kicker",
    "subtitle",
    "align-right",
    "align-center",
    "align-left",
    "indent",
    "signature",
    "attachments",
    "attachment",
    "note",
    "codehilite",
    "highlight",
)

_EVERYWHERE = frozenset({"id", "class", "title", "lang", "dir", "role", "aria-label", "aria-labelledby", "aria-hidden"})
_SIZE = frozenset({"width", "height"})

ATTRIBUTES: dict[str, frozenset[str]] = {
    "*": _EVERYWHERE,
    "a": frozenset({"href", "hreflang", "type", "download"}),
    "img": _SIZE | {"src", "srcset", "sizes", "alt", "loading", "decoding"},
    "source": _SIZE | {"src", "srcset", "sizes", "media", "type"},
    "video": _SIZE | {"src", "poster", "controls", "preload", "loop", "muted"},
    "audio": frozenset({"src", "controls", "preload", "loop", "muted"}),
    "track": frozenset({"src", "kind", "srclang", "label", "default"}),
    "blockquote": frozenset({"cite"}),
    "q": frozenset({"cite"}),
    "del": frozenset({"cite", "datetime"}),
    "ins": frozenset({"cite", "datetime"}),
    "time": frozenset({"datetime"}),
    "details": frozenset({"open"}),
    "div": frozenset({"tabindex"}),
    "ol": frozenset({"start", "reversed", "type"}),
    "li": frozenset({"value"}),
    "col": frozenset({"span"}),
    "colgroup": frozenset({"span"}),
    "td": frozenset({"colspan", "rowspan", "headers"}),
    "th": frozenset({"colspan", "rowspan", "headers", "scope", "abbr"}),
}

LINK_SCHEMES = frozenset({"http", "https", "mailto", "tel"})
ROLES = frozenset({"doc-noteref", "doc-backlink", "doc-endnotes", "doc-endnote", "doc-toc", "region", "note", "list"})

# An id is never a bare Latin word: such a one could stand in for a global that a script reads (DOM clobbering).
ID = re.compile(
    r"fn(?:ref)?\d*:[\w.-]{1,64}"  # footnotes
    r"|[a-z][a-z0-9]*(?:[-_][a-z0-9]+){1,12}"  # words with hyphens
    r"|[a-z]{0,4}_?\d{1,6}(?:[.-]\d{1,4}){0,6}"  # numbers
    r"|[\u3400-\u9fff][\w\u3400-\u9fff（）—·、-]{0,79}"  # Chinese headings
)

MAX_DEPTH = 200
MAX_CHARACTERS = 5_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """One set of rules; the defaults are those of an article's body."""

    tags: frozenset[str] = TAGS
    classes: frozenset[str] = frozenset(CLASSES)
    max_depth: int = MAX_DEPTH


ARTICLE = Policy()
