"""One table of headers for every answer: nginx, static hosts, the search service and ``<meta>`` are printed from it."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from plugins.publishing.outputs import OutputFile

IMMUTABLE = "public, max-age=31536000, immutable"
REVALIDATE = "public, no-cache"
NEVER = "no-store"
HSTS_SECONDS = 63_072_000  # two years
_FEATURES = (
    "accelerometer", "autoplay", "browsing-topics", "camera", "display-capture", "encrypted-media", "fullscreen",
    "geolocation", "gyroscope", "magnetometer", "microphone", "midi", "payment", "picture-in-picture",
    "publickey-credentials-get", "screen-wake-lock", "usb", "xr-spatial-tracking",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class HeaderSettings:
    """What may differ between sites.

    ``scripts`` and ``styles`` are the CSP hashes (``sha256-…``) of what stands inline. ``https`` is off for a host
    without a certificate only. ``hsts_preload`` also binds every subdomain, for years: the owner's decision.
    ``immutable`` are address patterns (``/static/*``) of which every file carries a digest in its name.
    """

    scripts: tuple[str, ...] = ()
    styles: tuple[str, ...] = ()
    https: bool = True
    hsts_preload: bool = False
    immutable: tuple[str, ...] = ()


def inline_hash(code: str) -> str:
    """Return what a Content-Security-Policy calls an inline script or style.

    >>> inline_hash("")
    'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='
    """
    return "sha256-" + base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()


def integrity(content: bytes) -> str:
    """Return the value of ``integrity`` for a ``<script src>`` or stylesheet with these bytes."""
    return "sha384-" + base64.b64encode(hashlib.sha384(content).digest()).decode()


def content_security_policy(settings: HeaderSettings, *, meta: bool = False) -> str:
    """Return the policy; ``meta`` leaves out what ``<meta http-equiv>`` may not say (``frame-ancestors``)."""
    directives = {
        "default-src": "'none'",
        "script-src": _sources(settings.scripts),
        "style-src": _sources(settings.styles),
        "img-src": "'self'",
        "media-src": "'self'",
        "font-src": "'self'",
        "connect-src": "'self'",
        "manifest-src": "'self'",
        "form-action": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": "" if meta else "'none'",
    }
    parts = [f"{name} {value}" for name, value in directives.items() if value]
    return "; ".join([*parts, "upgrade-insecure-requests"] if settings.https else parts)


def security_headers(settings: HeaderSettings) -> tuple[tuple[str, str], ...]:
    """Return the table: what every answer carries, whatever it is, errors too."""
    hsts = f"max-age={HSTS_SECONDS}" + ("; includeSubDomains; preload" if settings.hsts_preload else "")
    return (
        ("Content-Security-Policy", content_security_policy(settings)),
        *((("Strict-Transport-Security", hsts),) if settings.https else ()),
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", "DENY"),
        ("Referrer-Policy", "strict-origin-when-cross-origin"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("Permissions-Policy", ", ".join(f"{feature}=()" for feature in _FEATURES)),
    )


def meta_headers(settings: HeaderSettings) -> tuple[tuple[str, str], ...]:
    """Return (name, content) of the ``<meta>`` tags that serve on a host without headers; the first is ``http-equiv``."""
    return (
        ("Content-Security-Policy", content_security_policy(settings, meta=True)),
        ("referrer", "strict-origin-when-cross-origin"),
    )


def headers_file(settings: HeaderSettings) -> OutputFile:
    """Return ``_headers`` as Netlify, Cloudflare Pages and their like read it."""
    table = "".join(f"  {name}: {value}\n" for name, value in security_headers(settings))
    kept = "".join(f"{path}\n  ! Cache-Control\n  Cache-Control: {IMMUTABLE}\n" for path in settings.immutable)
    return OutputFile.of_text("_headers", f"/*\n{table}  Cache-Control: {REVALIDATE}\n{kept}")


Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def with_headers(application: Application, settings: HeaderSettings) -> Application:
    """Return the WSGI ``application`` with the table on every answer; headers that it sets itself win."""
    table = security_headers(settings)

    def guarded(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            present = {name.lower() for name, _ in headers}
            return start_response(status, [*headers, *(h for h in table if h[0].lower() not in present)], *rest)

        return application(environ, start)

    return guarded


def _sources(hashes: tuple[str, ...]) -> str:
    return " ".join(["'self'", *(f"'{value}'" for value in sorted(set(hashes)))])
