"""The settings of publishing as one typed value, read from ``publishconf.py``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from plugins.publishing.faults import PublishingError
from plugins.publishing.nginx import NginxSettings
from plugins.publishing.signing import SigningSettings
from plugins.publishing.store import KEEP
from plugins.publishing.targets.address import Place, parse_target

TARGET_OPTIONS = {
    "PUBLISH_ENDPOINT": "endpoint",
    "PUBLISH_REGION": "region",
    "PAGES_REMOTE": "remote",
    "PAGES_BRANCH": "branch",
    "PAGES_DOMAIN": "domain",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishingSettings:
    """Where releases go, who signs them, how many are kept; see README.md for the names in ``publishconf.py``."""

    target: str = "site"
    options: Mapping[str, str] = field(default_factory=dict)
    keep: int = KEEP
    signing: SigningSettings = field(default_factory=SigningSettings)
    server_name: str = ""
    service: str = "127.0.0.1:8001"
    hsts_preload: bool = False
    legacy_hosts: tuple[str, ...] = ()

    def place(self, target: str, *, cache: Path) -> Place:
        """Return the place that ``target``, or where it is empty the configured one, names."""
        return parse_target(target or self.target, cache=cache, options=self.options, keep=self.keep)

    def nginx(self, site: Path) -> NginxSettings:
        """Return what the nginx configuration is printed from; ``site`` is the folder of releases on the server."""
        if not self.server_name:
            raise PublishingError("没有设置 SERVER_NAME（网站的域名），不能生成 nginx 配置。")
        return NginxSettings(server_name=self.server_name, site=str(site), service=self.service)


def publishing_settings(values: Mapping[str, object], *, root: Path) -> PublishingSettings:
    """Return the settings that ``publishconf.py`` gives; relative files are taken from ``root``.

    PublishingError where a value is of the wrong kind.
    """

    def text(name: str, default: str = "") -> str:
        value = values.get(name, default)
        if not isinstance(value, str):
            raise PublishingError(f"设置 {name} 应为一段文字，现在是 {value!r}。")
        return value

    def file(name: str) -> Path | None:
        return root / text(name) if text(name) else None

    keep = values.get("KEEP_RELEASES", KEEP)
    if not isinstance(keep, int) or isinstance(keep, bool) or keep < 2:
        raise PublishingError(f"设置 KEEP_RELEASES 应为不小于 2 的整数，现在是 {keep!r}。")
    hosts = values.get("LEGACY_HOSTS", ())
    return PublishingSettings(
        target=text("PUBLISH_TARGET", str(root / "site")),
        options={option: text(name) for name, option in TARGET_OPTIONS.items() if text(name)},
        keep=keep,
        signing=SigningSettings(
            key=file("SIGNING_KEY"),
            allowed_signers=file("ALLOWED_SIGNERS"),
            identity=text("SIGNING_IDENTITY", SigningSettings().identity),
        ),
        server_name=text("SERVER_NAME"),
        service=text("SEARCH_ADDRESS", "127.0.0.1:8001"),
        hsts_preload=bool(values.get("HSTS_PRELOAD", False)),
        legacy_hosts=tuple(str(host) for host in hosts) if isinstance(hosts, (list, tuple)) else (),
    )
