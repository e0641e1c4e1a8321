"""What stands for the code in a cache key."""

from __future__ import annotations

from functools import cache
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path

PLUGINS = Path(__file__).resolve().parents[1]
LIBRARIES = ("markdown", "nh3", "jinja2", "pillow", "pypinyin")


@cache
def version_of(*capabilities: str) -> str:
    """Return a digest of the source of ``capabilities``, of the domain, and of the libraries they call."""
    parts = [f"{capability} {_source_digest(capability)}" for capability in ("domain", *capabilities)]
    return blake2b("\0".join([*parts, _libraries()]).encode(), digest_size=16).hexdigest()


@cache
def _source_digest(capability: str) -> str:
    digest = blake2b(digest_size=16)
    for path in sorted((PLUGINS / capability).rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            digest.update(f"{path.relative_to(PLUGINS).as_posix()}\0".encode() + path.read_bytes() + b"\0")
    return digest.hexdigest()


@cache
def _libraries() -> str:
    return "\0".join(f"{library} {version(library)}" for library in LIBRARIES)
