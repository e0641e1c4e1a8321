"""From what an editor types after ``--target`` to the place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from plugins.publishing.faults import PublishingError
from plugins.publishing.store import KEEP
from plugins.publishing.targets.delivery import Target
from plugins.publishing.targets.local import LocalTarget
from plugins.publishing.targets.pages import PagesTarget
from plugins.publishing.targets.rsync import RsyncTarget
from plugins.publishing.targets.s3 import S3Target
from plugins.publishing.targets.ssh import SshTarget


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A target, and the local store that keeps what was delivered to it."""

    target: Target
    store: Path


def parse_target(text: str, *, cache: Path, options: Mapping[str, str] | None = None, keep: int = KEEP) -> Place:
    """Return the place that ``text`` names: a folder, ``user@host:folder``, ``ssh://``, ``rsync://``, ``s3://``, ``pages``.

    Stores of remote places lie in ``cache``; ``keep`` releases stay on a host reached by SSH. ``options``: ``endpoint`` and ``region`` of a bucket, ``remote``,
    ``branch`` and ``domain`` of a pages branch. PublishingError where ``text`` names nothing of these.
    """
    given = options or {}
    store = cache / "publishing" / "".join(c if c.isalnum() or c in ".-" else "_" for c in text)
    scheme, _, rest = text.partition("://")
    if text == "pages" or scheme == "pages":
        branch = given.get("branch", "gh-pages")
        target = PagesTarget(
            remote=rest or given.get("remote", ""),
            branch=branch,
            domain=given.get("domain", ""),
            work=store / "branch.git",
        )
        return Place(target=target, store=store)
    if scheme == "s3" and rest:
        bucket, _, prefix = rest.partition("/")
        return Place(
            target=S3Target(
                bucket=bucket,
                prefix=prefix.strip("/"),
                endpoint=given.get("endpoint", ""),
                region=given.get("region", ""),
            ),
            store=store,
        )
    if scheme == "rsync" and rest:
        return Place(target=RsyncTarget(address=text), store=store)
    if scheme == "ssh" and rest:
        return Place(target=_ssh(text, keep), store=store)
    if "://" in text or not text:
        raise PublishingError(
            f"不认识的发布目标 {text!r}。可用：文件夹、user@host:文件夹、ssh://、rsync://、s3://、pages。"
        )
    host, colon, base = text.partition(":")
    if colon and "/" not in host:
        return Place(target=SshTarget(host=host, base=base or ".", keep=keep), store=store)
    root = Path(text)
    return Place(target=LocalTarget(root=root), store=root)


def _ssh(text: str, keep: int) -> SshTarget:
    parts = urlsplit(text)
    host = f"{parts.username}@{parts.hostname}" if parts.username else str(parts.hostname)
    port = ("-p", str(parts.port)) if parts.port else ()
    return SshTarget(host=host, base=parts.path, keep=keep, ssh=("ssh", "-o", "BatchMode=yes", *port))
