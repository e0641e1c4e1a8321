"""External links: only to hosts on the list, each with an owner.

Basis: 国办发〔2017〕47号 (no commercial, lapsed or resold links). Says nothing while the register of hosts is empty.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from plugins.checks.inspection import Inspection, Rule
from plugins.domain.content import ContentItem, LinkDetails
from plugins.domain.problems import Level, Problem

_ADDRESS = re.compile(r"https?://[^\s<>\"'）)\]，。；、]+", re.IGNORECASE)


def check(site: Inspection) -> Iterator[Problem]:
    """Yield every link to a host that is not listed, once a line."""
    listed = frozenset(host.host for host in site.registers.hosts)
    if not listed:
        return
    for item in site.items:
        found = dict.fromkeys((line, host_of(address)) for line, address in addresses(item))
        for line, host in found:
            if host and not is_listed(host, listed):
                message = f"外部网站 {host} 不在登记表里"
                hint = "确认网站可靠后，连同负责人登记到 _registers/hosts.yaml"
                yield Problem(path=item.path, line=line, message=message, hint=hint, level=Level.WARNING)


def addresses(item: ContentItem) -> Iterator[tuple[int, str]]:
    """Yield line and address of every external link of an item."""
    if item.source and item.source.url:
        yield item.line_of("source_url"), item.source.url
    if isinstance(item.details, LinkDetails):
        yield item.line_of("target"), item.details.target
    if "://" in item.body:
        for number, line in enumerate(item.body.split("\n"), item.body_line):
            for match in _ADDRESS.finditer(line):
                yield number, match[0]


def host_of(address: str) -> str:
    """Return the host of an address in small letters, ``""`` where it has none."""
    try:
        return (urlsplit(address).hostname or "").rstrip(".")
    except ValueError:
        return ""


def is_listed(host: str, listed: frozenset[str]) -> bool:
    """Whether ``host`` or a domain above it is listed.

    >>> is_listed("www.gov.cn", frozenset(["gov.cn"])), is_listed("notgov.cn", frozenset(["gov.cn"]))
    (True, False)
    """
    parts = host.split(".")
    return any(".".join(parts[start:]) in listed for start in range(len(parts)))


RULE = Rule(name="hosts", label="外部链接", check=check)
