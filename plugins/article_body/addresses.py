"""Where the addresses in a text lead: inside the site, out of it, or nowhere."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, unquote

from plugins.domain.body import REFERENCE, Reference
from plugins.domain.paths import resolve

OUTSIDE_MARK = "（外部链接）"  # what is said in words of a link to another site
_PELICAN = re.compile(r"[{|](\w+)[}|](.*)", re.DOTALL)
_PELICAN_KINDS = frozenset({"filename", "static", "attach"})
_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):")
_OUTSIDE = re.compile(r"https?://", re.IGNORECASE)
_PUBLISHED = re.compile(r"(?:.*/)?(?:[^./]*|[^/]*\.(?:html?|xml|ics|json|txt))", re.DOTALL)
_UNSAFE = re.compile(r"[%#?\s\"'<>\\|{}`]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """An address as it is to stand in the HTML, ``""`` where it must go.

    ``path`` and ``fragment`` say what of ``content/`` it refers to, ``message`` and ``hint`` what is wrong with it.
    """

    href: str
    path: str = ""
    fragment: str = ""
    message: str = ""
    hint: str = ""

    def reference(self, *, line: int, is_image: bool = False) -> Reference:
        """Return the address as a reference on ``line``."""
        return Reference(path=self.path, fragment=self.fragment, line=line, is_image=is_image)


def read_address(raw: str, *, beside: str) -> Address:
    """Return where ``raw`` leads, written in the file ``beside``.

    ``{filename}``, ``{static}`` and ``{attach}`` mean the same as the bare path. A path from the root is the published
    address unless it names a file of ``content/`` (by an ending like .md or .pdf); a folder stands for its index.md.

    >>> read_address("../people/a.md#b", beside="news/c.md").href
    '/@/people/a.md#b'
    >>> read_address("/news/", beside="news/c.md").href
    '/news/'
    """
    text = raw.strip()
    if pelican := _PELICAN.fullmatch(text):
        if pelican[1] not in _PELICAN_KINDS:
            hint = "请直接写文件的路径，例如 ../news/a.md"
            return Address(href="", message=f"不支持的链接写法 {text!r}", hint=hint)
        return _inside(pelican[2], raw, beside)
    if text.startswith("#") or not text:
        return Address(href=text)
    if _SCHEME.match(text):
        return Address(href=text)
    if text.startswith("/") and _PUBLISHED.fullmatch(_split(text)[0]):
        return Address(href=text)
    return _inside(text, raw, beside)


def is_outside(href: str) -> bool:
    """Whether an address leads to another site."""
    return _OUTSIDE.match(href) is not None


def placeholder(path: str, fragment: str = "") -> str:
    """Return what stands in a body for the address of ``path``; ``path_of`` reads it back."""
    return REFERENCE + _UNSAFE.sub(_quoted, path) + (f"#{_UNSAFE.sub(_quoted, fragment)}" if fragment else "")


def path_of(address: str) -> tuple[str, str]:
    """Return the path and the fragment that a placeholder stands for."""
    path, _, fragment = address.removeprefix(REFERENCE).partition("#")
    return unquote(path), fragment


def _inside(text: str, raw: str, beside: str) -> Address:
    written, fragment = _split(text)
    path = resolve(unquote(written), beside=beside) if written else beside
    if path is None:
        hint = "只能链接到内容文件夹里的文件"
        return Address(href="", message=f"链接 {raw.strip()!r} 指到了内容文件夹之外", hint=hint)
    if "\0" in path:
        return Address(href="", message=f"链接 {raw.strip()!r} 不能用", hint="路径里有控制字符")
    if not path or written.endswith("/"):
        path = f"{path}/index.md".lstrip("/")
    return Address(href=placeholder(path, fragment), path=path, fragment=unquote(fragment))


def _split(text: str) -> tuple[str, str]:
    """Return the path and the fragment of an address; a query means nothing to a file."""
    path, _, fragment = text.partition("#")
    return path.partition("?")[0], fragment


def _quoted(match: re.Match[str]) -> str:
    return quote(match[0], safe="")
