"""HTML in, article body out: the last step of every path on which HTML reaches a page."""

from __future__ import annotations

import re
from functools import lru_cache

import nh3

from plugins.sanitizing.addresses import linked, loaded, loaded_set
from plugins.sanitizing.depth import bounded
from plugins.sanitizing.policy import (
    ARTICLE,
    ATTRIBUTES,
    DROPPED_WITH_CONTENT,
    ID,
    LINK_SCHEMES,
    MAX_CHARACTERS,
    ROLES,
    Policy,
)

_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufdd0-\ufdef\ufffe\uffff]")
_AMPERSAND = re.compile(r"&amp;|&(?!(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)")
_SPACE = re.compile("&nbsp;|\xa0")
_NUMBER = re.compile(r"\d{1,5}%?")
_NUMERIC = frozenset({"width", "height", "colspan", "rowspan", "span", "start", "value"})


def sanitize(html: str, policy: Policy = ARTICLE) -> str:
    """What of ``html`` may stand in an article; never raises, and sanitising the result again changes nothing.

    >>> sanitize('<p onclick="x()">年会<script>alert(1)</script></p>')
    '<p>年会</p>'
    """
    text = _CONTROLS.sub("", html[:MAX_CHARACTERS])
    text = _SPACE.sub(
        "\ufdd1", _AMPERSAND.sub("\ufdd0", text)
    )  # the parser's time grows with the square of their number
    clean = _cleaner(policy).clean(bounded(text, policy.max_depth))
    return clean.replace("\ufdd0", "&amp;").replace("\ufdd1", "&nbsp;")


@lru_cache(maxsize=8)
def _cleaner(policy: Policy) -> nh3.Cleaner:
    def keep(tag: str, attribute: str, value: str) -> str | None:
        return allowed_value(attribute, value, policy)

    return nh3.Cleaner(
        tags=set(policy.tags),
        clean_content_tags=set(DROPPED_WITH_CONTENT - policy.tags),
        attributes={tag: set(names) for tag, names in ATTRIBUTES.items()},
        attribute_filter=keep,
        strip_comments=True,
        link_rel="noopener noreferrer",
        url_schemes=set(LINK_SCHEMES),
    )


def allowed_value(attribute: str, value: str, policy: Policy) -> str | None:
    """The value an allowed attribute may keep, None when it has to go."""
    match attribute:
        case "href" | "cite":
            return linked(value)
        case "src" | "poster":
            return loaded(value)
        case "srcset":
            return loaded_set(value)
        case "class":
            return " ".join(name for name in value.split() if name in policy.classes) or None
        case "id":
            return value if ID.fullmatch(value) else None
        case "role":
            return value if value in ROLES else None
        case "tabindex":
            return value if value == "0" else None
        case numeric if numeric in _NUMERIC:
            return value if _NUMBER.fullmatch(value) else None
    return value
