"""The header table in its four forms, and the scorer that judges it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from wsgiref.util import setup_testing_defaults

import pytest

from plugins.domain.policy import inline_hash, integrity, page_policy
from plugins.publishing.headers import (
    HeaderSettings,
    content_security_policy,
    headers_file,
    security_headers,
    with_headers,
)
from plugins.publishing.score import parse_policy, score

SCRIPT = inline_hash("x()")
FULL = HeaderSettings(scripts=(SCRIPT,), hsts_preload=True)
SIGNED = f'<script src="/static/main.js" integrity="{integrity(b"x")}"></script>'


def test_the_policy_is_the_one_of_the_house() -> None:
    assert content_security_policy(HeaderSettings()) == (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; media-src 'self'; font-src 'self'; "
        "connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
        "upgrade-insecure-requests"
    )
    assert parse_policy(content_security_policy(FULL))["script-src"] == ("'self'", f"'{SCRIPT}'")


def test_pages_say_the_same_but_for_what_they_may_not() -> None:
    own, sent = parse_policy(page_policy(scripts=[SCRIPT])), parse_policy(content_security_policy(FULL))
    assert own == {name: value for name, value in sent.items() if name in own}
    assert sent.keys() - own.keys() == {"frame-ancestors", "upgrade-insecure-requests"}


def test_the_order_of_hashes_does_not_matter() -> None:
    one, two = (
        HeaderSettings(styles=("sha256-a", "sha256-b")),
        HeaderSettings(styles=("sha256-b", "sha256-a", "sha256-a")),
    )
    assert content_security_policy(one) == content_security_policy(two)


def test_headers_file() -> None:
    lines = headers_file(HeaderSettings(immutable=("/static/*",))).text.splitlines()
    assert lines[0] == "/*"
    assert [f"  {name}: {value}" for name, value in security_headers(HeaderSettings())] == lines[1:9]
    assert lines[10:] == ["/static/*", "  ! Cache-Control", "  Cache-Control: public, max-age=31536000, immutable"]


def answer(application: Callable[..., Any]) -> tuple[str, list[tuple[str, str]]]:
    seen: list[Any] = []
    environ: dict[str, Any] = {}
    setup_testing_defaults(environ)
    b"".join(with_headers(application, FULL)(environ, lambda status, headers, *rest: seen.append((status, headers))))
    return seen[0]


@pytest.mark.parametrize("status", ["200 OK", "400 Bad Request", "404 Not Found", "503 Service Unavailable"])
def test_the_service_carries_the_table(status: str) -> None:
    def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
        start_response(status, [("Content-Type", "text/plain"), ("x-frame-options", "SAMEORIGIN")])
        return [b"x"]

    said, headers = answer(application)
    assert said == status
    names = [name.lower() for name, _ in headers]
    assert len(names) == len(set(names))
    assert dict(security_headers(FULL)).items() - {("X-Frame-Options", "DENY")} <= dict(headers).items()
    assert ("x-frame-options", "SAMEORIGIN") in headers


def test_score_of_the_table() -> None:
    assert score(dict(security_headers(FULL)), SIGNED).points == 140
    assert score(dict(security_headers(HeaderSettings())), SIGNED).points == 135  # without asking to be preloaded
    assert score({}).points == 30


WORSE = [
    ({"Content-Security-Policy": ""}, -25 - 20),  # no frame-ancestors either; X-Frame-Options is taken away below
    ({"Content-Security-Policy": "default-src 'none'; script-src 'unsafe-inline'; frame-ancestors 'none'"}, -20),
    ({"Content-Security-Policy": "default-src 'none'; script-src 'unsafe-eval'; frame-ancestors 'none'"}, -10),
    ({"Content-Security-Policy": "img-src 'self'; frame-ancestors 'none'"}, -20),
    ({"Set-Cookie": "a=b"}, -20),
    ({"Strict-Transport-Security": ""}, -20),
    ({"Strict-Transport-Security": "max-age=100"}, -10),
    ({"X-Content-Type-Options": "x"}, -5),
    ({"Referrer-Policy": "unsafe-url"}, -5),
    ({"Cross-Origin-Resource-Policy": "x"}, -5),
    ({"Access-Control-Allow-Credentials": "true"}, -50),
]


@pytest.mark.parametrize(("changed", "points"), WORSE)
def test_each_weakness_costs(changed: dict[str, str], points: int) -> None:
    headers = {name: value for name, value in security_headers(FULL) if name != "X-Frame-Options"} | changed
    lost = sum(min(finding.points, 0) for finding in score(headers, SIGNED).findings)
    assert lost == points
    assert score(headers, SIGNED).points < 140


def test_foreign_script_without_integrity() -> None:
    html = '<script src="https://cdn.example.net/a.js"></script>'
    assert score(dict(security_headers(FULL)), html).points == 50
