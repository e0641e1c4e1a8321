"""What a release consists of, to the byte: path → SHA-256, size, source item, commit."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from plugins.publishing.faults import PublishingError
from plugins.publishing.tree import TreeFile

FORMAT = 1
PUBLIC_PATH = ".well-known/manifest.json"
SIGNATURE_SUFFIX = ".sig"
SIDECARS = (".gz", ".br")
CONTROL_FILES = frozenset({"_headers", "_redirects", ".nojekyll", "CNAME"})


class Kind(StrEnum):
    """How a web server answers for a file."""

    PAGE = "page"
    FILE = "file"
    REDIRECT = "redirect"  # served as 301 where the host can
    GONE = "gone"  # served as 410 where the host can
    SIDECAR = "sidecar"  # the compressed twin of another file
    CONTROL = "control"  # read by the host, not served


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """What a public file was made from: the content file, relative to the project, and the commit that last changed it."""

    source: str = ""
    commit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ManifestEntry:
    """One public file."""

    path: str
    sha256: str
    size: int
    kind: Kind = Kind.FILE
    source: str = ""
    commit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """Every public file of one release, by path.

    ``committed`` is the time of the commit, ``moment`` the time the build was for (what is dated later was held back):
    the same commit and moment give the same bytes, whoever builds, whenever.
    """

    commit: str
    committed: str
    moment: str = ""
    entries: tuple[ManifestEntry, ...] = field(default_factory=tuple)

    @property
    def pages(self) -> int:
        """How many pages a visitor can read."""
        return sum(entry.kind is Kind.PAGE for entry in self.entries)

    def by_path(self) -> dict[str, ManifestEntry]:
        """Return the entries by path."""
        return {entry.path: entry for entry in self.entries}

    def to_json(self) -> bytes:
        """Return the manifest as published: JSON, one file a line."""
        head = {"format": FORMAT, "commit": self.commit, "committed": self.committed, "moment": self.moment}
        lines = ",\n".join(f" {json.dumps(entry.path, ensure_ascii=False)}: {_line(entry)}" for entry in self.entries)
        return f'{json.dumps(head)[:-1]}, "files": {{\n{lines}\n}}}}\n'.encode()

    @classmethod
    def from_json(cls, content: bytes) -> Manifest:
        """Return the manifest that ``to_json`` wrote; PublishingError where it is damaged or of another format."""
        try:
            written = json.loads(content)
            if written["format"] != FORMAT:
                raise PublishingError(f"清单的格式是 {written['format']}，本程序只认识格式 {FORMAT}。")
            entries = tuple(_entry(path, fields) for path, fields in sorted(written["files"].items()))
            return cls(
                commit=str(written["commit"]),
                committed=str(written["committed"]),
                moment=str(written["moment"]),
                entries=entries,
            )
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise PublishingError("清单已损坏，读不出来。") from error


def build_manifest(
    tree: Iterable[TreeFile],
    *,
    commit: str,
    committed: str,
    moment: str = "",
    origins: Mapping[str, Origin] | None = None,
    kinds: Mapping[str, Kind] | None = None,
) -> Manifest:
    """Return the manifest of ``tree``.

    ``origins`` tells what a path was made from; ``kinds`` overrides what the file name says (redirect and gone pages).
    """
    files = sorted(tree, key=lambda file: file.path)
    paths = frozenset(file.path for file in files)
    return Manifest(
        commit=commit,
        committed=committed,
        moment=moment,
        entries=tuple(
            ManifestEntry(
                path=file.path,
                sha256=file.sha256,
                size=file.size,
                kind=(kinds or {}).get(file.path) or kind_of(file.path, paths),
                source=(origins or {}).get(file.path, Origin()).source,
                commit=(origins or {}).get(file.path, Origin()).commit,
            )
            for file in files
        ),
    )


def kind_of(path: str, paths: frozenset[str] = frozenset()) -> Kind:
    """Return the kind that the name says; a compressed file is a sidecar only beside its original.

    >>> kind_of("news/index.html"), kind_of("a.css.gz", frozenset({"a.css"})), kind_of("sitemap-1.xml.gz")
    (<Kind.PAGE: 'page'>, <Kind.SIDECAR: 'sidecar'>, <Kind.FILE: 'file'>)
    """
    if path.endswith(SIDECARS) and path[:-3] in paths:
        return Kind.SIDECAR
    if path in CONTROL_FILES:
        return Kind.CONTROL
    return Kind.PAGE if path.endswith(".html") else Kind.FILE


def checksums(files: Iterable[tuple[str, str]]) -> bytes:
    """Return ``(path, digest)`` pairs as ``sha256sum --check`` reads them."""
    return "".join(f"{digest}  {path}\n" for path, digest in sorted(files)).encode()


def parse_checksums(content: bytes) -> dict[str, str]:
    """Return path → digest of what ``checksums`` wrote; PublishingError where a line is cut."""
    digests: dict[str, str] = {}
    for line in content.decode(errors="replace").splitlines():
        digest, separator, path = line.partition("  ")
        if len(digest) != 64 or not separator or not path:
            raise PublishingError("校验清单 MANIFEST.sha256 已损坏。")
        digests[path] = digest
    return digests


def _line(entry: ManifestEntry) -> str:
    fields: dict[str, str | int] = {"sha256": entry.sha256, "size": entry.size, "kind": entry.kind.value}
    if entry.source:
        fields["source"] = entry.source
    if entry.commit:
        fields["commit"] = entry.commit
    return json.dumps(fields, ensure_ascii=False)


def _entry(path: str, fields: Mapping[str, object]) -> ManifestEntry:
    return ManifestEntry(
        path=path,
        sha256=str(fields["sha256"]),
        size=int(str(fields["size"])),
        kind=Kind(str(fields["kind"])),
        source=str(fields.get("source", "")),
        commit=str(fields.get("commit", "")),
    )
