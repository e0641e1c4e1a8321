"""One table of headers for every answer: nginx, static hosts and the search service are printed from it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from plugins.domain.policy import page_policy
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


def content_security_policy(settings: HeaderSettings) -> str:
    """Return the policy: that of the pages, and what only a header may say."""
    pages = page_policy(scripts=settings.scripts, styles=settings.styles)
    return f"{pages}; frame-ancestors 'none'" + ("; upgrade-insecure-requests" if settings.https else "")


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
