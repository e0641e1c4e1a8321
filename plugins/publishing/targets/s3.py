"""A bucket of an S3-compatible store (AWS, Aliyun OSS, Tencent COS, MinIO), through boto3 where it is installed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Set
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import groupby
from typing import Any

from plugins.publishing.faults import PublishingError
from plugins.publishing.headers import IMMUTABLE, REVALIDATE
from plugins.publishing.manifest import PUBLIC_PATH, SIGNATURE_SUFFIX, Manifest
from plugins.publishing.media_types import is_hashed, media_type
from plugins.publishing.targets.delivery import Delivery, Parcel, Say, in_waves, wave, without_twins

PENDING = ".publishing/pending.json"
RETIRED = ".publishing/retired.json"
SIGNATURE = PUBLIC_PATH + SIGNATURE_SUFFIX
GRACE = 600  # seconds that a file stays after the last release that had it
WORKERS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class S3Target:
    """``prefix`` has no slash at its ends. ``endpoint`` is the store's address, ``""`` for AWS.

    Credentials come from where boto3 finds them, never from the settings of the site.
    """

    bucket: str
    prefix: str = ""
    endpoint: str = ""
    region: str = ""
    grace: int = GRACE
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)

    @property
    def title(self) -> str:
        """What an editor is told the place is."""
        return f"对象存储 s3://{self.bucket}/{self.prefix}"

    def deliver(self, parcel: Parcel, say: Say) -> Delivery:
        """Send the objects whose digest changed, in waves, the manifest last; delete what is long retired.

        What was under way when an earlier delivery died is sent again: the bucket may hold either.
        """
        bucket = _Bucket(self)
        wanted, live, doubtful = without_twins(parcel), bucket.live(), bucket.pending()
        changed = [path for path in in_waves(wanted) if live.get(path) != wanted[path] or path in doubtful]
        if changed == [SIGNATURE]:  # nobody knows the digest of a live signature; it goes with its manifest
            changed = []
        if changed:
            bucket.put_json(PENDING, sorted({*changed, *doubtful}))
        size = 0
        for number, paths in groupby(changed, key=wave):
            say(f"正在上传第 {number + 1} 批，共 5 批……")
            with ThreadPoolExecutor(WORKERS) as pool:
                size += sum(pool.map(lambda path: bucket.put(parcel, path), list(paths)))
        deleted = bucket.retire((live.keys() | doubtful) - wanted.keys(), wanted.keys(), self.clock())
        if changed:
            bucket.delete([PENDING])
        return Delivery(sent=tuple(changed), deleted=tuple(deleted), size=size)


class _Bucket:
    """The calls that a delivery makes; every fault of the store becomes a PublishingError."""

    def __init__(self, target: S3Target) -> None:
        self.target = target
        self.client = _client(target)

    def key(self, path: str) -> str:
        return f"{self.target.prefix}/{path}" if self.target.prefix else path

    def live(self) -> dict[str, str]:
        """Return path → digest of what the bucket serves, by its own manifest; empty before the first delivery."""
        content = self._read(PUBLIC_PATH)
        if content is None:
            return {}
        digests: dict[str, str] = {}
        with suppress(PublishingError):  # a damaged one: everything is sent again
            digests = {entry.path: entry.sha256 for entry in Manifest.from_json(content).entries}
            digests[PUBLIC_PATH] = hashlib.sha256(content).hexdigest()
        return digests

    def pending(self) -> frozenset[str]:
        """Return the paths that an unfinished delivery may have replaced."""
        return frozenset(self._read_json(PENDING) or ())

    def put(self, parcel: Parcel, path: str) -> int:
        """Send one file; return its size in bytes."""
        try:
            content = (parcel.www / path).read_bytes()
        except OSError as error:
            raise PublishingError(f"版本 {parcel.release.name} 里的 {path} 读不出来：{error.strerror}。") from error
        kept = IMMUTABLE if is_hashed(path) else REVALIDATE
        self._call("put_object", path, Body=content, ContentType=media_type(path), CacheControl=kept)
        return len(content)

    def put_json(self, path: str, value: object) -> None:
        self._call("put_object", path, Body=json.dumps(value).encode(), ContentType="application/json")

    def retire(self, newly: Set[str], wanted: Set[str], now: datetime) -> list[str]:
        """Note the ``newly`` retired paths, delete those past their grace; return the deleted."""
        before: dict[str, str] = dict(self._read_json(RETIRED) or {})
        noted = {path: when for path, when in before.items() if path not in wanted}
        noted |= {path: now.isoformat() for path in newly if path not in noted}
        grace = timedelta(seconds=self.target.grace)
        due = sorted(path for path, when in noted.items() if datetime.fromisoformat(when) + grace <= now)
        self.delete(due)
        left = {path: when for path, when in sorted(noted.items()) if path not in due}
        if left != before:
            self.put_json(RETIRED, left)
        return due

    def delete(self, paths: list[str]) -> None:
        for path in paths:
            self._call("delete_object", path)

    def _read(self, path: str) -> bytes | None:
        from botocore.exceptions import ClientError  # type: ignore[import-untyped]

        try:
            content: bytes = self.client.get_object(Bucket=self.target.bucket, Key=self.key(path))["Body"].read()
            return content
        except ClientError as error:
            if error.response["Error"]["Code"] in ("NoSuchKey", "404"):
                return None
            raise PublishingError(f"{self.target.title} 读不出 {path}：{error}") from error
        except Exception as error:
            raise PublishingError(f"{self.target.title} 连不上：{error}") from error

    def _read_json(self, path: str) -> Any:
        content = self._read(path)
        with suppress(ValueError):
            return json.loads(content) if content is not None else None
        return None

    def _call(self, name: str, path: str, **arguments: object) -> None:
        try:
            getattr(self.client, name)(Bucket=self.target.bucket, Key=self.key(path), **arguments)
        except Exception as error:
            raise PublishingError(f"{self.target.title} 写不进 {path}：{error}") from error


def _client(target: S3Target) -> Any:
    try:
        import boto3  # type: ignore[import-untyped]
        from botocore.config import Config  # type: ignore[import-untyped]
    except ImportError as error:
        raise PublishingError("发布到对象存储需要 boto3，请先安装它。") from error
    config = Config(
        retries={"max_attempts": 5, "mode": "standard"},
        connect_timeout=10,
        read_timeout=60,
        max_pool_connections=WORKERS,
    )
    return boto3.client("s3", endpoint_url=target.endpoint or None, region_name=target.region or None, config=config)
