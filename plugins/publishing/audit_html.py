"""What must not stand in a finished page: foreign requests, code not named by its policy, traces of what is not public."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from plugins.domain.policy import inline_hash
from plugins.publishing.score import parse_policy

FORBIDDEN = frozenset({"iframe", "object", "embed", "applet", "base", "frame", "frameset", "portal"})
INERT = frozenset({"application/ld+json", "application/json"})
LOADED = ("src", "poster", "data", "background", "action", "formaction", "manifest", "ping", "longdesc")
LOADING_RELATIONS = frozenset(
    [
        "stylesheet",
        "icon",
        "apple-touch-icon",
        "mask-icon",
        "manifest",
        "preload",
        "prefetch",
        "modulepreload",
        "preconnect",
        "dns-prefetch",
        "prerender",
    ]
)
_SCHEME = re.compile(r"[\x00-\x20]*([a-z][a-z0-9+.\-]*)\s*:", re.IGNORECASE)
_TEMPLATE = re.compile(r"^<template[^>]*>", re.IGNORECASE)
_LINKED = frozenset({"http", "https", "mailto", "tel", "ftp"})


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRules:
    """``hosts`` are the site's own; ``inline`` the CSP hashes of the site's policy; ``markers`` words of previews."""

    hosts: frozenset[str] = frozenset()
    inline: frozenset[str] = frozenset()
    markers: tuple[str, ...] = ()


Message = str
Rule = Callable[[LexborNode, PageRules, frozenset[str]], Iterator[Message]]


def faults_of(html: str, rules: PageRules) -> tuple[Message, ...]:
    """Return what is wrong with a page, in Chinese, each fault once."""
    page = LexborHTMLParser(html)
    allowed = rules.inline | _hashes_of_meta(page)
    found = [*_whole(html), *_marked(html, rules), *_faults_within(page, rules, allowed)]
    return tuple(dict.fromkeys(found))


def _faults_within(page: LexborHTMLParser, rules: PageRules, allowed: frozenset[str]) -> Iterator[Message]:
    """Yield what every element breaks; the content of a ``<template>``, in no tree until a script copies it, too."""
    for node in page.css("*"):
        for rule in RULES:
            yield from rule(node, rules, allowed)
        if node.tag == "template":
            inside = _TEMPLATE.sub("", node.html or "", count=1)
            yield from _faults_within(LexborHTMLParser(inside), rules, allowed)


def forbidden_elements(node: LexborNode, rules: PageRules, allowed: frozenset[str]) -> Iterator[Message]:
    """Frames, plug-ins, a base address: nothing the site ever needs."""
    if node.tag in FORBIDDEN:
        yield f"不允许的元素 <{node.tag}>"


def inline_code(node: LexborNode, rules: PageRules, allowed: frozenset[str]) -> Iterator[Message]:
    """Scripts and styles inside the page must be named by hash; handlers and style attributes are never allowed."""
    if node.tag == "style" or (node.tag == "script" and "src" not in node.attributes):
        kind = (node.attributes.get("type") or "").strip().lower()
        code = node.text(deep=True, strip=False)
        if not (node.tag == "script" and kind in INERT) and inline_hash(code) not in allowed:
            yield f"<{node.tag}> 里的代码没有写进内容安全策略：{code.strip()[:40]!r}"
    for name in node.attributes:
        if name.lower() == "style" or name.lower().startswith("on"):
            yield f"<{node.tag}> 带有不允许的属性 {name}"


def requests(node: LexborNode, rules: PageRules, allowed: frozenset[str]) -> Iterator[Message]:
    """Whatever a browser fetches by itself must come from the site."""
    for address in _loaded(node):
        host = _foreign_host(address, rules)
        if host:
            yield f"<{node.tag}> 会向外站 {host} 发出请求"


def schemes(node: LexborNode, rules: PageRules, allowed: frozenset[str]) -> Iterator[Message]:
    """No link runs code or opens what is not the web."""
    for name, value in node.attributes.items():
        if name.lower() in ("href", "xlink:href", *LOADED) and value:
            scheme = _SCHEME.match(value)
            if scheme and scheme[1].lower() not in _LINKED:
                yield f"<{node.tag}> 的 {name} 用了不允许的协议 {scheme[1]}:"


def hidden_links(node: LexborNode, rules: PageRules, allowed: frozenset[str]) -> Iterator[Message]:
    """A link to another site that no reader can see is a planted one."""
    if node.tag == "a" and (host := _foreign_host(node.attributes.get("href") or "", rules)):
        shown = node.text(deep=True, strip=True) or any(i.attributes.get("alt") for i in node.css("img"))
        if not shown or _is_hidden(node):
            yield f"指向外站 {host} 的暗链"


RULES: tuple[Rule, ...] = (forbidden_elements, inline_code, requests, schemes, hidden_links)


def _whole(html: str) -> Iterator[Message]:
    if not html.rstrip().lower().endswith("</html>"):
        yield "页面不完整：没有以 </html> 结束"
    if "\ufffd" in html:
        yield "页面里有无法识别的字符 U+FFFD"


def _marked(html: str, rules: PageRules) -> Iterator[Message]:
    for marker in rules.markers:
        if marker in html:
            yield f"页面里有未公开内容的标记“{marker}”"


def _hashes_of_meta(page: LexborHTMLParser) -> frozenset[str]:
    policies = [
        parse_policy(meta.attributes.get("content") or "")
        for meta in page.css("meta[http-equiv]")
        if (meta.attributes.get("http-equiv") or "").lower() == "content-security-policy"
    ]
    named = [s for p in policies for d in ("script-src", "style-src") for s in p.get(d, ()) if s.startswith("'sha256-")]
    return frozenset(source.strip("'") for source in named)


def _loaded(node: LexborNode) -> Iterator[str]:
    attributes = {name.lower(): value or "" for name, value in node.attributes.items()}
    for name in LOADED:
        if name in attributes:
            yield attributes[name]
    for candidate in (attributes.get("srcset", "") + "," + attributes.get("imagesrcset", "")).split(","):
        if candidate.strip():
            yield candidate.split()[0]
    if node.tag == "link" and LOADING_RELATIONS & set(attributes.get("rel", "").lower().split()):
        yield attributes.get("href", "")
    if node.tag in ("use", "image", "feimage"):
        yield attributes.get("href", "") or attributes.get("xlink:href", "")


def _foreign_host(address: str, rules: PageRules) -> str:
    cleaned = re.sub(r"[\t\r\n]", "", address).strip().replace("\\", "/")
    try:
        host = urlsplit(cleaned).hostname or ""
    except ValueError:
        return cleaned
    return "" if host in rules.hosts else host


def _is_hidden(node: LexborNode) -> bool:
    ancestor: LexborNode | None = node
    while ancestor is not None and ancestor.tag not in ("html", "-document"):
        if "hidden" in ancestor.attributes or ancestor.attributes.get("aria-hidden") == "true":
            return True
        ancestor = ancestor.parent
    return False
