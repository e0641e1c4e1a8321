"""Reviews: three of them, of the text as it stands; what a person has still to look at.

Basis: 三审三校. An approval carries the digest of the exact text that was seen; any later change of what visitors read voids it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from typing import TYPE_CHECKING

from plugins.checks.inspection import Inspection, Rule
from plugins.domain.content import ContentItem
from plugins.domain.problems import Level, Problem

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

_DIGEST = re.compile(r"[0-9a-f]{16}")
ROLES = ("初审", "复审", "终审")
_PLACE = ("path", "slug", "id", "redirect_from", "digest", "lines", "body_line")
_STANDING = ("state", "date", "modified", "expires", "pinned", "exclude_from_nav", "order")
_REVIEWING = ("review", "quarantine", "approvals", "waivers")
_NOT_READ = frozenset([*_PLACE, *_STANDING, *_REVIEWING])  # not part of the text that was seen


def reviewed_digest(item: ContentItem) -> str:
    """Return the digest of what visitors read of an item: 16 hexadecimal digits that an approval quotes.

    Fields left out do not count, so that a new kind of field voids no approval.
    """
    read = [pair for pair in _written(item) if pair[0] not in _NOT_READ]
    return hashlib.sha256(repr(read).encode()).hexdigest()[:16]


def _written(value: DataclassInstance) -> list[tuple[str, object]]:
    """Return the names and values of what is filled in, in order of the names."""
    pairs = ((known.name, _plain(getattr(value, known.name))) for known in fields(value))
    return sorted((name, plain) for name, plain in pairs if plain)


def _plain(value: object) -> object:
    if is_dataclass(value) and not isinstance(value, type):
        return _written(value)
    if isinstance(value, tuple):
        return [_plain(inner) for inner in value]
    return value.isoformat() if isinstance(value, date) else value


def check(site: Inspection) -> Iterator[Problem]:
    """Yield approvals that are void or missing, and flags that nobody has settled."""
    for item in site.items:
        is_public = item.path in site.public
        for number, flag in enumerate(item.review):
            words = "：".join(word for word in (flag.flag, flag.text[:40]) if word)
            hint = flag.suggestion[:80] or "核对后删去这一条"
            level = Level.WARNING if is_public else Level.NOTICE
            yield _problem(item, f"review.{number}", f"待核对：{words}", hint, level)
        if item.approvals:
            yield from _approvals(item, is_public)


def _approvals(item: ContentItem, is_public: bool) -> Iterator[Problem]:
    digest = reviewed_digest(item)
    valid: list[str] = []
    for number, approval in enumerate(item.approvals):
        if approval.digest == digest:
            valid.append(approval.role)
        elif not _DIGEST.fullmatch(approval.digest):
            message = f"{approval.role}（{approval.name}）还没有填摘要值"
            hint = f"确认审过的就是现在的文字，再填 digest: {digest}"
            yield _problem(item, f"approvals.{number}", message, hint, Level.WARNING)
        else:
            message = f"{approval.role}（{approval.name}）之后文字有改动，这次审核作废"
            yield _problem(item, f"approvals.{number}", message, f"重新审核；现在的摘要值是 {digest}", Level.WARNING)
    missing = [role for role in ROLES if role not in valid]
    if is_public and missing:
        message = "已公开，但缺少有效的" + "、".join(missing)
        yield _problem(item, "approvals", message, "补齐三审，或把 state 改回 pending", Level.WARNING)


def _problem(item: ContentItem, key: str, message: str, hint: str, level: Level) -> Problem:
    return Problem(path=item.path, line=item.line_of(key), message=message, hint=hint, level=level)


RULE = Rule(name="reviews", label="审核", check=check)
