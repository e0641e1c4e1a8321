"""Where a page was on the old web, and what its references lead to inside the scrape."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from html import unescape
from posixpath import normpath
from urllib.parse import quote, unquote, unquote_to_bytes, urljoin, urlsplit

from plugins.legacy_html.importing.sources import Entry, Scrape

_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,12}(?::\d+)?|\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?", re.I)
_SAVED = re.compile(
    r"<!--\s*(?:saved from url=(?:\(\d+\))?|Mirrored from |Page saved with SingleFile\s+url:\s*)(\S+)", re.I
)
_CANONICAL = re.compile(
    r"<link\b(?=[^>]*\brel\s*=\s*[\"']?canonical)[^>]*\bhref\s*=\s*[\"']?([^\"'\s>]+)"
    r"|<meta\b(?=[^>]*\b(?:property|name)\s*=\s*[\"']?(?:og:url|url)\b)[^>]*\bcontent\s*=\s*[\"']?([^\"'\s>]+)",
    re.I,
)
_REDIRECT = re.compile(r"/(?!/)[^\s\\<>\"'`^{|}\x00-\x1f\x7f]{1,500}")
_LOCAL = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.I)


def is_web(address: str) -> bool:
    """Whether ``address`` is a complete http or https address that a reader may follow."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return False
    sound = parts.scheme in ("http", "https") and bool(parts.hostname) and "@" not in parts.netloc and port != 0
    return sound and not re.search(r"[\s\\<>\"`\x00-\x20]", address)


def joined(base: str, reference: str) -> str:
    """``reference`` as a complete address, blanks and Chinese encoded; "" where it makes none."""
    try:
        address = urljoin(base, reference.strip()) if base else reference.strip()
    except ValueError:
        return ""
    address = quote(address, safe="%/:=&?~#+!$,;'@()*[]")
    return address if is_web(address) else ""


def address_of(entry: Entry, raw: bytes) -> str:
    """The old address of a page: the WARC's, the one its head or the saving program states, or its mirror's path; else ""."""
    if is_web(entry.key):
        return entry.key
    if host := host_folder(entry.key):
        return joined(f"http://{host}/", "/" + entry.key.partition("/")[2])
    return saved_from(raw)


def saved_from(raw: bytes) -> str:
    """The address that the head of a page states: the saving program's comment, canonical, og:url; else "".

    >>> saved_from(b"<!-- saved from url=(0030)http://www.example.org/a.html -->")
    'http://www.example.org/a.html'
    """
    head = raw[:20_000].decode("latin-1")
    if found := _SAVED.search(head):
        stated = unescape(found[1])
        return next((one for one in (stated, f"http://{stated}") if is_web(one)), "")
    canonical = _CANONICAL.search(head)
    stated = unescape(canonical[1] or canonical[2]) if canonical else ""
    return stated if is_web(stated) else ""


def host_folder(key: str) -> str:
    """The first folder of a path where it is named like a host, as mirroring programs name it."""
    first, slash, _ = key.partition("/")
    return first if slash and _HOST.fullmatch(first) and not first.lower().endswith((".html", ".htm", ".zip")) else ""


def redirect_path(address: str) -> str:
    """The path and query that the new site is to answer for an old address; "" for none, or for the old home page.

    >>> redirect_path("http://old.example.org/show.php?id=1")
    '/show.php?id=1'
    """
    if not is_web(address):
        return ""
    parts = urlsplit(address)
    path = unquote(parts.path) + (f"?{parts.query}" if parts.query else "")
    return path if _REDIRECT.fullmatch(path) and path.strip("/") else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Every page and file of a scrape by what it may be called; letter case makes no difference, hosts have no scheme."""

    entries: Mapping[tuple[int, str], Entry] = field(default_factory=dict)

    def find(self, page: Entry, address: str, reference: str) -> Entry | None:
        """What ``reference`` leads to from ``page``, which was at ``address`` ("" where unknown); None for nothing here."""
        for key in _keys(page, address, reference.strip()):
            if (found := self.entries.get((page.root, _folded(key)))) is not None:
                return found
        return None


def places_of(scrape: Scrape) -> Places:
    """The places of a scrape; where two have one name, the first counts."""
    entries = dict[tuple[int, str], Entry]()
    for entry in (*scrape.pages, *scrape.files):
        key = _without_scheme(entry.key) if is_web(entry.key) else entry.key
        entries.setdefault((entry.root, _folded(key)), entry)
    return Places(entries=entries)


def _keys(page: Entry, address: str, reference: str) -> Iterable[str]:
    """The names under which a reference may be found, the surest first."""
    if not reference or reference.startswith("#") or len(reference) > 2000:
        return
    if is_web(page.key):
        yield _without_scheme(joined(page.key, reference))
        return
    host = host_folder(page.key)
    if not _LOCAL.match(reference):
        beside = "" if reference.startswith("/") else page.key.rpartition("/")[0]
        yield from _spellings(_inside(host if reference.startswith("/") else beside, reference))
    whole = joined(address, reference)
    if whole:
        yield from _spellings(_without_scheme(whole))
        if not host and urlsplit(whole).hostname == urlsplit(address).hostname:
            yield from _spellings(_without_scheme(whole).partition("/")[2])


def _inside(folder: str, reference: str) -> str:
    """The path below the root that a reference from ``folder`` names; "" where it leaves the root."""
    path = normpath(f"{folder}/{reference.lstrip('/')}".lstrip("/").replace("\\", "/"))
    return "" if path.startswith("..") else path


def _spellings(path: str) -> Iterable[str]:
    """A path as it stands and decoded, with its query and without."""
    whole = path.partition("#")[0]
    plain = whole.partition("?")[0]
    for text in (whole, whole.replace("?", "@"), plain):
        yield text
        yield unquote(text)
    with contextlib.suppress(UnicodeDecodeError):
        yield unquote_to_bytes(plain).decode("gb18030")


def _without_scheme(address: str) -> str:
    return address.partition("#")[0].partition("://")[2]


def _folded(key: str) -> str:
    return key.casefold().removeprefix("./")
