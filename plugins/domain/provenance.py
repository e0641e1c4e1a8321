"""Where a recovered page came from, and every change made to it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """The origin of a recovered page: ``source`` a file or address, ``sha256`` of its bytes, the encoding and why."""

    source: str
    sha256: str
    encoding: str
    reason: str
