"""``/.well-known/security.txt`` (RFC 9116): whom to tell about a weakness, and until when that is true."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from plugins.domain.problems import Level, Problem
from plugins.domain.settings import Settings
from plugins.publishing.outputs import OutputFile

PATH = ".well-known/security.txt"
SHOWN = f"output/{PATH}"
MONTHS = 9  # a promise for under a year that changes its bytes once a month only
WARNING_DAYS = 30
_EXPIRES = re.compile(r"^Expires:\s*(\S+)", re.MULTILINE | re.IGNORECASE)


def security_file(settings: Settings) -> OutputFile | None:
    """Return the file; None where no contact is configured. It expires nine months after the first of this month."""
    if not settings.security_contact:
        return None
    contact = settings.security_contact
    contact = f"mailto:{contact}" if "@" in contact and ":" not in contact else contact
    canonical = f"Canonical: {settings.url}/{PATH}\n" if settings.url else ""
    expires = f"{expiry(settings.now):%Y-%m-%dT%H:%M:%SZ}"
    text = f"Contact: {contact}\nExpires: {expires}\nPreferred-Languages: zh, en\n{canonical}"
    return OutputFile.of_text(PATH, text)


def expiry(now: datetime) -> datetime:
    """Return the first of the month, nine months on, in UTC."""
    months = now.astimezone(UTC).month - 1 + MONTHS
    return datetime(now.astimezone(UTC).year + months // 12, months % 12 + 1, 1, tzinfo=UTC)


def check_security_file(text: str, now: datetime) -> tuple[Problem, ...]:
    """Return what is wrong with a published security.txt: no expiry, past, under 30 days, or a year and more ahead."""
    match = _EXPIRES.search(text)
    try:
        until = datetime.fromisoformat(match[1]) if match else None
    except ValueError:
        until = None
    if until is None or until.tzinfo is None:
        return (Problem(path=SHOWN, message="没有写明有效期（Expires）", hint="重新发布网站"),)
    days = (until - now).days
    if days < 0:
        return (Problem(path=SHOWN, message="已经过期", hint="重新发布网站"),)
    if days < WARNING_DAYS:
        return (Problem(path=SHOWN, message=f"还有 {days} 天过期", hint="重新发布网站", level=Level.WARNING),)
    if days > 365:
        return (Problem(path=SHOWN, message="有效期超过一年", hint="改为一年以内", level=Level.WARNING),)
    return ()
