"""How Chinese words sort and what they are called in an address; the one module that holds pypinyin."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Mapping
from hashlib import blake2b

from plugins.domain.paths import SLUG_BYTES, is_slug

_OTHER = re.compile(r"[^a-z0-9]+")


_known: dict[str, tuple[str, ...]] = {}  # a memo that can be kept from build to build


def syllables(text: str) -> tuple[str, ...]:
    """Return the toneless syllables of ``text``; what is not Chinese stays as it is, in lower case.

    >>> syllables("重庆PDF")
    ('chong', 'qing', 'pdf')
    """
    if text not in _known:
        from pypinyin import lazy_pinyin  # its tables cost 0.13 s: a build that knows all its words does without

        _known[text] = tuple(part.lower() for part in lazy_pinyin(text))
    return _known[text]


def remembered() -> dict[str, tuple[str, ...]]:
    """Return the syllables of every word asked for so far, to be kept with the version of pypinyin."""
    return dict(_known)


def remember(words: Mapping[str, Iterable[str]]) -> None:
    """Take over what an earlier build ``remembered``."""
    _known.update({text: tuple(found) for text, found in words.items()})


def release() -> None:
    """Let go of the tables of pypinyin, 50 MB, which every process forked from this one would count again."""
    for name in [name for name in sys.modules if name.partition(".")[0] == "pypinyin"]:
        del sys.modules[name]


def sort_key(text: str) -> tuple[tuple[str, ...], str]:
    """Return the key that puts titles in the order of a Chinese dictionary."""
    return (("",), text) if not text else (syllables(text), text)


def slug_of(text: str) -> str:
    """Return the address word of ``text``: its syllables joined by hyphens, or a digest where it has none.

    >>> slug_of("生育关怀 2024")
    'sheng-yu-guan-huai-2024'
    """
    slug = "-".join(filter(None, (_OTHER.sub("-", part).strip("-") for part in syllables(text))))
    slug = slug[:SLUG_BYTES].rstrip("-")
    return slug if is_slug(slug) else f"x-{digest_of(text)}"


def digest_of(text: str) -> str:
    """Return six hexadecimal digits that tell texts of one pronunciation apart, the same on every machine."""
    return blake2b(text.encode(), digest_size=3).hexdigest()
