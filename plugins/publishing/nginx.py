"""The nginx configuration of the site, printed from the header table, the media types and the redirects."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from plugins.publishing.headers import IMMUTABLE, NEVER, REVALIDATE, HeaderSettings, security_headers
from plugins.publishing.media_types import HASHED_NAME, MEDIA_TYPES
from plugins.publishing.outputs import OutputFile


@dataclass(frozen=True, slots=True, kw_only=True)
class NginxSettings:
    """What the configuration must know of the host.

    ``site`` is the folder of releases: pages, headers and redirects are read from ``current`` in it, so that a release
    or rollback brings its own (nginx reads headers and redirects when it is reloaded). ``listen`` and ``listen_plain``
    are nginx listen values (``listen_plain`` is answered with a redirect to HTTPS; ``""`` for none). ``service`` is the
    search service's address (``127.0.0.1:8001`` or ``unix:/run/…``), ``""`` for none. Rates are requests a second
    from one address; ``micro_cache`` is in seconds.
    """

    server_name: str
    site: str
    listen: str = "443 ssl http2"
    listen_plain: str = "80"
    certificate: str = ""
    certificate_key: str = ""
    service: str = "127.0.0.1:8001"
    search_pages: tuple[str, ...] = ("/search/",)
    search_answers: tuple[str, ...] = ("/search.json", "/search/suggest")
    cache: str = "/var/cache/nginx/xiehui"
    micro_cache: int = 10
    search_rate: int = 10
    search_burst: int = 20
    connections: int = 60
    brotli: bool = False


def release_files(
    headers: HeaderSettings, redirects: Iterable[tuple[str, str]] = (), gone: Iterable[str] = ()
) -> tuple[OutputFile, ...]:
    """Return what belongs to a release: ``headers.conf`` (its policy names its inline code) and the two maps."""
    return (
        OutputFile.of_text("headers.conf", _header_lines(headers)),
        OutputFile.of_text("redirects.map", "".join(f"{quoted(old)} {quoted(new)};\n" for old, new in redirects)),
        OutputFile.of_text("gone.map", "".join(f"{quoted(old)} 1;\n" for old in gone)),
    )


def site_configuration(settings: NginxSettings) -> str:
    """Return what goes into the ``http`` block: maps, limits, upstream and servers. It is the same for all releases."""
    blocks = [_maps(settings), _limits(settings), _server(settings)]
    if settings.service:
        blocks.insert(2, f"upstream xiehui_search {{\n    server {settings.service};\n    keepalive 8;\n}}\n")
    if settings.listen_plain:
        blocks.append(_plain_server(settings))
    return "# 由 plugins/publishing/nginx.py 生成，请勿手改。\n\n" + "\n".join(blocks)


def quoted(text: str) -> str:
    r"""Return ``text`` as an nginx string without variables; ``$`` is written as in an address.

    >>> print(quoted('/a "b"$'))
    "/a \"b\"%24"
    """
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("$", "%24")
    return f'"{escaped}"'


def _maps(settings: NginxSettings) -> str:
    return f"""map_hash_bucket_size 1024;
map_hash_max_size 65536;
map $uri $xiehui_moved_path {{
    default "";
    include {settings.site}/current/nginx/redirects.map;
}}
map $request_uri $xiehui_moved {{  # old addresses with a query (show.php?id=1) are listed whole
    default $xiehui_moved_path;
    include {settings.site}/current/nginx/redirects.map;
}}
map $uri $xiehui_gone {{
    default 0;
    include {settings.site}/current/nginx/gone.map;
}}
map $uri $xiehui_kept {{
    default "{REVALIDATE}";
    "~{HASHED_NAME}" "{IMMUTABLE}";
}}
map $status $xiehui_cache_control {{  # a missing file must not be missing for a year
    default "{NEVER}";
    ~^(200|206|301|304)$ $xiehui_kept;
}}
map $status $xiehui_allow {{
    default "";
    405 "GET, HEAD";
}}
map $status $xiehui_retry {{
    default "";
    429 5;
    503 5;
}}
"""


def _limits(settings: NginxSettings) -> str:
    cache = (
        f"proxy_cache_path {settings.cache} levels=1:2 keys_zone=xiehui_cache:4m max_size=64m inactive=10m "
        "use_temp_path=off;\n"
    )
    return (
        f"limit_req_zone $binary_remote_addr zone=xiehui_search:4m rate={settings.search_rate}r/s;\n"
        "limit_conn_zone $binary_remote_addr zone=xiehui_connections:4m;\n" + (cache if settings.service else "")
    )


def _server(settings: NginxSettings) -> str:
    return f"""server {{
    listen {settings.listen} default_server;
    server_name {settings.server_name};
{_certificate(settings)}    root {settings.site}/current/www;
    index index.html;
    charset utf-8;
    charset_types text/css text/javascript text/plain text/csv text/vtt text/calendar application/json application/xml
                  application/manifest+json application/atom+xml;
{_types()}
    include {settings.site}/current/nginx/headers.conf;
    server_tokens off;
    absolute_redirect off;
    gzip_static on;
    gzip_vary on;
    gzip_proxied any;
{_brotli(settings)}    client_max_body_size 1k;
    client_header_timeout 5s;
    client_body_timeout 5s;
    send_timeout 10s;
    keepalive_timeout 30s;
    large_client_header_buffers 4 8k;
    limit_conn xiehui_connections {settings.connections};
    limit_conn_status 429;
    limit_req_status 429;

    error_page 404 @missing;
    error_page 403 =404 @missing;  # a folder without a page
    error_page 410 @gone;
    if ($request_method !~ ^(GET|HEAD)$) {{ return 405; }}
    if ($xiehui_moved) {{ return 301 $xiehui_moved; }}
    if ($xiehui_gone) {{ return 410; }}

    location / {{ try_files $uri $uri/ =404; }}
    location = /404.html {{ return 404; }}
    location = /410.html {{ return 410; }}
    location ~ ^/_(headers|redirects)$ {{ return 404; }}
    location ~ /\\.(?!well-known/) {{ return 404; }}
    location @missing {{ rewrite ^ /404.html break; }}
    location @gone {{ rewrite ^ /410.html break; }}
{_search(settings)}}}
"""


def _plain_server(settings: NginxSettings) -> str:
    return f"""server {{
    listen {settings.listen_plain} default_server;
    server_name {settings.server_name};
    include {settings.site}/current/nginx/headers.conf;
    server_tokens off;
    location /.well-known/acme-challenge/ {{ root /var/lib/xiehui/acme; }}
    location / {{ return 301 https://{settings.server_name.split()[0]}$request_uri; }}
}}
"""


def _search(settings: NginxSettings) -> str:
    if not settings.service:
        return ""
    pages = "".join(_search_location(settings, path, "=200 @search_page") for path in settings.search_pages)
    answers = "".join(_search_location(settings, path, "=503 @search_down") for path in settings.search_answers)
    fallback = settings.search_pages[0] if settings.search_pages else "/search/"
    return f"""{pages}{answers}    location @search_page {{ rewrite ^ {fallback}index.html break; }}
    location @search_down {{
        default_type application/json;
        return 503 '{{"error": "搜索服务暂时不可用，请稍后再试。"}}';
    }}
"""


def _search_location(settings: NginxSettings, path: str, fallback: str) -> str:
    hidden = "".join(f"        proxy_hide_header {name};\n" for name, _ in security_headers(HeaderSettings()))
    return f"""    location = {path} {{
        limit_req zone=xiehui_search burst={settings.search_burst} nodelay;
        error_page 502 503 504 {fallback};
        proxy_pass http://xiehui_search;
        proxy_http_version 1.1;
        proxy_set_header Connection "";
        proxy_set_header Host $host;
        proxy_set_header Cookie "";
        proxy_pass_request_body off;
        proxy_set_header Content-Length "";
        proxy_connect_timeout 1s;
        proxy_read_timeout 5s;
        proxy_send_timeout 2s;
        proxy_intercept_errors on;
        proxy_ignore_headers Set-Cookie Cache-Control Expires;
        proxy_cache xiehui_cache;
        proxy_cache_key $uri$is_args$args;
        proxy_cache_valid 200 {settings.micro_cache}s;
        proxy_cache_lock on;
        proxy_cache_use_stale error timeout updating http_500 http_502 http_503 http_504;
        proxy_cache_background_update on;
        proxy_hide_header Cache-Control;
        proxy_hide_header Set-Cookie;
        proxy_hide_header Retry-After;
{hidden}    }}
"""


def _header_lines(headers: HeaderSettings) -> str:
    """One list for the server, none for a location: an ``add_header`` there would drop all of these."""
    lines = [f'add_header {name} "{value}" always;\n' for name, value in security_headers(headers)]
    lines += [
        "add_header Cache-Control $xiehui_cache_control always;\n",
        "add_header Allow $xiehui_allow always;\n",
        "add_header Retry-After $xiehui_retry always;\n",
    ]
    return "".join(lines)


def _types() -> str:
    by_type: dict[str, list[str]] = {}
    for suffix, kind in MEDIA_TYPES.items():
        by_type.setdefault(kind, []).append(suffix.lstrip("."))
    lines = "".join(f"        {kind} {' '.join(suffixes)};\n" for kind, suffixes in by_type.items())
    return f"    types {{\n{lines}    }}\n    default_type application/octet-stream;"


def _certificate(settings: NginxSettings) -> str:
    if not settings.certificate:
        return ""
    return (
        f"    ssl_certificate {settings.certificate};\n    ssl_certificate_key {settings.certificate_key};\n"
        "    ssl_protocols TLSv1.2 TLSv1.3;\n    ssl_session_cache shared:xiehui_tls:4m;\n    ssl_session_tickets off;\n"
    )


def _brotli(settings: NginxSettings) -> str:
    return "    brotli_static on;\n" if settings.brotli else ""
