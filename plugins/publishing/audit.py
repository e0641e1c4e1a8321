"""The gate before a release: what the output must not hold, whatever built it."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from plugins.domain.problems import Problem
from plugins.domain.text import fold_address
from plugins.publishing.audit_html import Message, PageRules, faults_of
from plugins.publishing.manifest import CONTROL_FILES
from plugins.publishing.media_types import MEDIA_TYPES
from plugins.publishing.tree import TreeFile

VERSION = 1  # raise it when a rule changes, so that pages passed before are looked at again
FEWEST_PAGES = 0.9  # of the last release
LARGEST = 20_000_000  # bytes, as for attachments
NAMESPACES = frozenset({"www.w3.org", "www.sitemaps.org", "a9.com"})
_ADDRESS = re.compile(rb"https?://([a-z0-9.\-]+)", re.IGNORECASE)
_IMPORTED = re.compile(rb"""(?:url\(|@import)\s*["']?\s*(?:https?:)?//([a-z0-9.\-]+)""", re.IGNORECASE)
_MAGIC: dict[str, tuple[bytes, ...]] = {
    ".jpg": (b"\xff\xd8\xff",),
    ".jpeg": (b"\xff\xd8\xff",),
    ".png": (b"\x89PNG",),
    ".gif": (b"GIF8",),
    ".webp": (b"RIFF",),
    ".pdf": (b"%PDF",),
    ".docx": (b"PK",),
    ".xlsx": (b"PK",),
    ".pptx": (b"PK",),
    ".zip": (b"PK",),
    ".gz": (b"\x1f\x8b",),
    ".woff2": (b"wOF2",),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditSettings:
    """What the output is held to.

    ``private_digests``: SHA-256 of every file of ``content/`` that is public nowhere, attachments included.
    ``remember``: file in which passed pages are noted by digest; None to look at all.
    """

    page: PageRules
    private_digests: frozenset[str] = frozenset()
    remember: Path | None = None
    largest: int = LARGEST


def audit(files: Sequence[TreeFile], settings: AuditSettings) -> tuple[Problem, ...]:
    """Return everything in ``files`` that must not be published, by path."""
    problems = [*_claims(files)]
    passed = _remembered(settings)
    for file in files:
        rules = NAME_RULES if key_of(file, settings) in passed else (*NAME_RULES, *CONTENT_RULES)
        problems += [_problem(file.path, message) for rule in rules for message in rule(file, settings)]
    faulty = {problem.path for problem in problems}
    _remember(settings, [key_of(file, settings) for file in files if _shown(file.path) not in faulty])
    return tuple(problems)


def audit_page_count(pages: int, before: int | None, *, confirmed: bool = False) -> tuple[Problem, ...]:
    """Return a problem where far fewer pages are to be published than the last release had, unless confirmed."""
    if confirmed or not before or pages >= before * FEWEST_PAGES:
        return ()
    message = f"页面从 {before} 个减少到 {pages} 个，不足上一版本的九成"
    return (Problem(path="output", message=message, hint="确实要这样发布，请加上 --confirm"),)


def key_of(file: TreeFile, settings: AuditSettings) -> str:
    """Return what a passed file is remembered by: its digest, its kind of name, and the rules."""
    page = settings.page
    rules = f"{VERSION}{sorted(page.hosts)}{sorted(page.inline)}{page.markers}{settings.largest}"
    kind = file.path if file.path in CONTROL_FILES else PurePosixPath(file.path).suffix
    return hashlib.sha256(f"{rules}{kind}{file.sha256}".encode()).hexdigest()[:32]


def allowed_type(file: TreeFile, settings: AuditSettings) -> Iterator[Message]:
    """Only file types of the list, and their first bytes must agree."""
    suffix = PurePosixPath(file.path).suffix.lower()
    if suffix not in MEDIA_TYPES and file.path not in CONTROL_FILES:
        yield f"不允许发布的文件类型 {suffix or '（无扩展名）'}"
    elif suffix in _MAGIC and not _starts(file).startswith(_MAGIC[suffix]):
        yield f"内容不是 {suffix} 文件"
    if file.size > settings.largest:
        yield f"文件太大：{file.size / 1e6:.1f} MB，最多 {settings.largest / 1e6:.0f} MB"
    if file.size == 0 and file.path not in CONTROL_FILES:
        yield "文件是空的"


def not_private(file: TreeFile, settings: AuditSettings) -> Iterator[Message]:
    """No byte-for-byte copy of a file that is not public."""
    if file.sha256 in settings.private_digests:
        yield "这是未公开内容的文件"


def portable_name(file: TreeFile, settings: AuditSettings) -> Iterator[Message]:
    """No hidden files, and no editor's leftovers."""
    parts = PurePosixPath(file.path).parts
    hidden = any(part.startswith(".") for part in parts[1:]) or (parts[0].startswith(".") and parts[0] != ".well-known")
    if hidden and file.path not in CONTROL_FILES:
        yield "隐藏文件不能发布"
    if parts[-1].endswith("~") or any(c in '<>:"|?*' or ord(c) < 32 for c in file.path):
        yield "文件名含有不能移植的字符"


def whole_page(file: TreeFile, settings: AuditSettings) -> Iterator[Message]:
    """A page obeys the page rules."""
    if file.path.endswith(".html"):
        try:
            yield from faults_of(file.origin.read_bytes().decode(), settings.page)
        except UnicodeDecodeError:
            yield "页面不是 UTF-8"


def no_foreign_code(file: TreeFile, settings: AuditSettings) -> Iterator[Message]:
    """Styles load nothing from elsewhere; scripts name no foreign host at all."""
    pattern = {".css": _IMPORTED, ".svg": _IMPORTED, ".js": _ADDRESS, ".mjs": _ADDRESS}.get(
        PurePosixPath(file.path).suffix
    )
    if pattern:
        hosts = {host.decode().lower() for host in pattern.findall(file.origin.read_bytes())}
        for host in sorted(hosts - settings.page.hosts - NAMESPACES):
            yield f"代码里有外站地址 {host}"


def inert_picture(file: TreeFile, settings: AuditSettings) -> Iterator[Message]:
    """An SVG is a document: it must not run anything."""
    if file.path.endswith(".svg"):
        content = file.origin.read_bytes().lower()
        if b"<script" in content or b"javascript:" in content or re.search(rb"\son[a-z]+\s*=", content):
            yield "SVG 图里有代码"


def web_manifest(file: TreeFile, settings: AuditSettings) -> Iterator[Message]:
    """What is called JSON is JSON."""
    if file.path.endswith((".json", ".webmanifest")):
        try:
            json.loads(file.origin.read_bytes())
        except ValueError:
            yield "不是完整的 JSON"


Rule = Callable[[TreeFile, AuditSettings], Iterator[Message]]
NAME_RULES: tuple[Rule, ...] = (portable_name, not_private)  # cheap, and the name is not part of what is remembered
CONTENT_RULES: tuple[Rule, ...] = (allowed_type, whole_page, no_foreign_code, inert_picture, web_manifest)


def _claims(files: Sequence[TreeFile]) -> Iterator[Problem]:
    """Paths that only differ by case or Unicode form are one place on some hosts."""
    owners: dict[str, str] = {}
    for file in files:
        first = owners.setdefault(fold_address(file.path), file.path)
        if first != file.path:
            yield _problem(file.path, f"地址与 {first} 只差大小写或字形")


def _starts(file: TreeFile) -> bytes:
    with file.origin.open("rb") as stream:
        return stream.read(8)


def _problem(path: str, message: Message) -> Problem:
    return Problem(path=_shown(path), message=message)


def _shown(path: str) -> str:
    return f"output/{path}"


def _remembered(settings: AuditSettings) -> frozenset[str]:
    if settings.remember is None or not settings.remember.is_file():
        return frozenset()
    return frozenset(settings.remember.read_text("utf-8", errors="replace").split())


def _remember(settings: AuditSettings, keys: list[str]) -> None:
    if settings.remember is not None:
        settings.remember.parent.mkdir(parents=True, exist_ok=True)
        written = settings.remember.with_name(settings.remember.name + ".part")
        written.write_text("\n".join(sorted(set(keys))), "utf-8")
        written.replace(settings.remember)
