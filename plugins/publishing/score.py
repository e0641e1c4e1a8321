"""A score for a page's headers, after the public rules of Mozilla's HTTP Observatory (100 and bonuses; 140 at most)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

HALF_YEAR = 15_768_000
YEAR = 31_536_000
EXTRA_CREDIT_FROM = 90
_PRIVATE_REFERRERS = frozenset({"no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"})
_SCRIPT = re.compile(r"<script\b([^>]*)>", re.IGNORECASE)
_INERT = re.compile(r"""type\s*=\s*["']?(application/(ld\+)?json|speculationrules)""", re.IGNORECASE)

Headers = Mapping[str, str]  # names in lower case


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What one rule gives: ``points`` are added to 100; positive ones only count from 90 upwards."""

    rule: str
    points: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """The points of a page and how they came about."""

    points: int
    findings: tuple[Finding, ...]


def score(headers: Mapping[str, str], html: str = "") -> Score:
    """Return the score of an HTTPS answer with these ``headers`` and this page.

    Preloading is taken from the header (long enough, subdomains, ``preload``): whether the browsers' list has the
    host cannot be seen from an answer.
    """
    lowered = {name.lower(): value for name, value in headers.items()}
    findings = tuple(rule(lowered, html) for rule in RULES)
    base = 100 + sum(min(finding.points, 0) for finding in findings)
    bonus = sum(max(finding.points, 0) for finding in findings)
    return Score(points=max(base + bonus if base >= EXTRA_CREDIT_FROM else base, 0), findings=findings)


def content_security_policy(headers: Headers, html: str) -> Finding:
    """+10 for ``default-src 'none'`` without anything unsafe, +5 for no unsafe source, −20 for unsafe, −25 for none."""
    policy = parse_policy(headers.get("content-security-policy", ""))
    if not policy:
        return Finding(rule="csp", points=-25, reason="no policy")
    scripts = policy.get("script-src", policy.get("default-src", ("*",)))
    styles = policy.get("style-src", policy.get("default-src", ("*",)))
    objects = policy.get("object-src", policy.get("default-src", ("*",)))
    if any(_is_unsafe(source) for source in (*scripts, *objects)):
        return Finding(rule="csp", points=-20, reason="unsafe script or object source")
    if "'unsafe-eval'" in scripts:
        return Finding(rule="csp", points=-10, reason="unsafe-eval")
    if any(_is_unsafe(source) for source in styles):
        return Finding(rule="csp", points=0, reason="unsafe style source")
    strict = policy.get("default-src") == ("'none'",) and policy.get("form-action") in (("'none'",), ("'self'",))
    return Finding(rule="csp", points=10 if strict else 5, reason="default-src none" if strict else "nothing unsafe")


def cookies(headers: Headers, html: str) -> Finding:
    """0 without a cookie; the site sets none, so any is −20."""
    return Finding(
        rule="cookies", points=-20 if "set-cookie" in headers else 0, reason=headers.get("set-cookie", "none")
    )


def resource_sharing(headers: Headers, html: str) -> Finding:
    """−50 where any origin may read with credentials."""
    anyone = headers.get("access-control-allow-credentials", "").lower() == "true"
    return Finding(rule="cors", points=-50 if anyone else 0, reason=headers.get("access-control-allow-origin", "none"))


def referrer_policy(headers: Headers, html: str) -> Finding:
    """+5 for a private policy, −5 for an unsafe one; the last known word of a list counts."""
    value = headers.get("referrer-policy", "").rpartition(",")[2].strip().lower()
    if not value:
        return Finding(rule="referrer", points=0, reason="none")
    return Finding(rule="referrer", points=5 if value in _PRIVATE_REFERRERS else -5, reason=value)


def transport_security(headers: Headers, html: str) -> Finding:
    """−20 without HSTS, −10 under half a year, +5 where it asks to be preloaded."""
    value = headers.get("strict-transport-security", "").lower()
    age = re.search(r"max-age=(\d+)", value)
    if age is None:
        return Finding(rule="hsts", points=-20, reason="none")
    if int(age[1]) < HALF_YEAR:
        return Finding(rule="hsts", points=-10, reason=value)
    preload = int(age[1]) >= YEAR and "includesubdomains" in value and "preload" in value
    return Finding(rule="hsts", points=5 if preload else 0, reason=value)


def subresource_integrity(headers: Headers, html: str) -> Finding:
    """+5 where every script of our own carries ``integrity``, −50 for a foreign one without."""
    tags = [tag for tag in _SCRIPT.findall(html) if re.search(r"\bsrc\s*=", tag, re.I) and not _INERT.search(tag)]
    if not tags:
        return Finding(rule="sri", points=0, reason="no scripts")
    bare = [tag for tag in tags if "integrity" not in tag.lower()]
    if any(re.search(r"""src\s*=\s*["']?(https?:)?//""", tag, re.I) for tag in bare):
        return Finding(rule="sri", points=-50, reason="foreign script without integrity")
    return Finding(rule="sri", points=0 if bare else 5, reason=f"{len(tags) - len(bare)} of {len(tags)} scripts")


def content_type_options(headers: Headers, html: str) -> Finding:
    """−5 without ``nosniff``."""
    value = headers.get("x-content-type-options", "").strip().lower()
    return Finding(rule="nosniff", points=0 if value == "nosniff" else -5, reason=value or "none")


def framing(headers: Headers, html: str) -> Finding:
    """+5 for ``frame-ancestors`` in the policy, 0 for X-Frame-Options, −20 for neither."""
    if "frame-ancestors" in parse_policy(headers.get("content-security-policy", "")):
        return Finding(rule="framing", points=5, reason="frame-ancestors")
    value = headers.get("x-frame-options", "").strip().lower()
    return Finding(rule="framing", points=0 if value in ("deny", "sameorigin") else -20, reason=value or "none")


def resource_policy(headers: Headers, html: str) -> Finding:
    """+10 for ``Cross-Origin-Resource-Policy: same-origin`` or ``same-site``."""
    value = headers.get("cross-origin-resource-policy", "").strip().lower()
    points = {"same-origin": 10, "same-site": 10, "cross-origin": 0, "": 0}.get(value, -5)
    return Finding(rule="corp", points=points, reason=value or "none")


RULES: tuple[Callable[[Headers, str], Finding], ...] = (
    content_security_policy, cookies, resource_sharing, referrer_policy, transport_security,
    subresource_integrity, content_type_options, framing, resource_policy,
)  # fmt: skip


def parse_policy(value: str) -> dict[str, tuple[str, ...]]:
    """Return directive → sources of a Content-Security-Policy; the first of two equal directives counts."""
    directives: dict[str, tuple[str, ...]] = {}
    for part in value.split(";"):
        words = part.split()
        if words:
            directives.setdefault(words[0].lower(), tuple(words[1:]))
    return directives


def _is_unsafe(source: str) -> bool:
    return source in ("'unsafe-inline'", "*", "data:", "https:", "http:", "blob:") or source.startswith("http://")
