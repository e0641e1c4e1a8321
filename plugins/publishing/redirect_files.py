"""Old addresses as hosts read them: pages that lead on, ``_redirects``, and the pairs of the nginx map."""

from __future__ import annotations

from html import escape
from pathlib import PurePosixPath
from urllib.parse import quote

from plugins.domain.paths import output_path
from plugins.publishing.manifest import Kind
from plugins.publishing.outputs import OutputFile
from plugins.publishing.redirects import OldAddresses

GONE_PATH = "410.html"


def nginx_redirects(old: OldAddresses) -> tuple[tuple[str, str], ...]:
    """Return (old, new) for ``release_files``: a path decoded, as nginx compares it; one with a query as it is sent."""
    return tuple(
        (encoded(redirect.old) if "?" in redirect.old else redirect.old, encoded(redirect.new))
        for redirect in old.redirects
    )


def redirects_file(old: OldAddresses) -> OutputFile:
    """Return ``_redirects`` as Netlify and Cloudflare Pages read it, 410s too where they can."""
    moved = [f"{_with_query(redirect.old)} {encoded(redirect.new)} 301\n" for redirect in old.redirects]
    gone = [f"{encoded(address)} /{GONE_PATH} 410\n" for address in old.gone]
    return OutputFile.of_text("_redirects", "".join(moved + gone))


def fallback_files(old: OldAddresses, base: str, themed_gone: str = "") -> tuple[OutputFile, ...]:
    """Return a page at every old address that a file can answer, for hosts that cannot redirect.

    ``themed_gone`` is the path of the theme's own page for what was withdrawn; without one ``410.html`` is written too.
    """
    moved = [
        OutputFile.of_text(path, moved_page(base, redirect.new))
        for redirect in old.redirects
        if (path := fallback_path(redirect.old))
    ]
    text = plain_gone_page()
    gone = [OutputFile.of_text(path, text) for address in old.gone if (path := fallback_path(address))]
    return (*moved, *gone, *(() if themed_gone else (OutputFile.of_text(GONE_PATH, text),)))


def kinds_of(old: OldAddresses) -> dict[str, Kind]:
    """Return what the manifest is to say of the fallback pages."""
    moved = {path: Kind.REDIRECT for redirect in old.redirects if (path := fallback_path(redirect.old))}
    gone = {path: Kind.GONE for address in old.gone if (path := fallback_path(address))}
    return moved | gone | {"404.html": Kind.FILE, GONE_PATH: Kind.FILE}


def fallback_path(address: str) -> str:
    """Return the file that answers an old address on a plain host; ``""`` where no file can (a query, ``.php``).

    >>> fallback_path("/old/"), fallback_path("/old"), fallback_path("/a.html"), fallback_path("/show.php?id=1")
    ('old/index.html', 'old/index.html', 'a.html', '')
    """
    if "?" in address or ".." in PurePosixPath(address).parts:
        return ""
    suffix = PurePosixPath(address).suffix
    if address.endswith("/") or not suffix:
        return output_path(address.rstrip("/") + "/")
    return output_path(address) if suffix == ".html" else ""


def moved_page(base: str, new: str) -> str:
    """Return a page that leads to ``new`` at once, without script, and says so."""
    target = escape(encoded(new))
    whole = target if "://" in new else escape(base) + target
    return (
        '<!doctype html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n<title>页面已移动</title>\n'
        '<meta name="viewport" content="width=device-width">\n<meta name="robots" content="noindex">\n'
        f'<link rel="canonical" href="{whole}">\n<meta http-equiv="refresh" content="0; url={target}">\n</head>\n'
        f'<body>\n<h1>页面已移动</h1>\n<p>请到<a href="{target}">新的地址</a>阅读。</p>\n</body>\n</html>\n'
    )


def plain_gone_page() -> str:
    """Return the page for what was withdrawn, where the theme has none: no reason, no title."""
    return (
        '<!doctype html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n<title>该内容已撤下</title>\n'
        '<meta name="viewport" content="width=device-width">\n<meta name="robots" content="noindex">\n</head>\n'
        '<body>\n<h1>该内容已撤下</h1>\n<p><a href="/">返回首页</a>，或<a href="/search/">搜索</a>其他内容。</p>\n'
        "</body>\n</html>\n"
    )


def encoded(address: str) -> str:
    """Return an address as it is sent: UTF-8, percent-encoded.

    >>> encoded("/通知/?a=1")
    '/%E9%80%9A%E7%9F%A5/?a=1'
    """
    path, mark, query = address.partition("?")
    return quote(path, safe="/:@!,;~+*'()=&") + mark + quote(query, safe="/:@!,;~+*'()=&?%")  # a query comes encoded


def _with_query(address: str) -> str:
    path, _, query = address.partition("?")
    return " ".join([encoded(path), *query.split("&")]) if query else encoded(path)
