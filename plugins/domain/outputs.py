"""What a build writes: each file with the digest of all it is made from, and how to make it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple


class Output(NamedTuple):
    """One file of the output.

    ``path`` is relative to the output folder, with ``/``. ``fingerprint`` changes whenever anything the file is made
    from changes; an empty one means it is always made. ``make`` returns the bytes; it is called in any process, at most
    once, and only where the fingerprint is new. ``source`` is the content file it stems from, ``""`` for the site's own.
    """

    path: str
    fingerprint: str
    make: Callable[[], bytes]
    source: str = ""


class Decision(NamedTuple):
    """What happens to one output, and why, in words for ``--explain``."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildPlan:
    """What is rendered, kept and deleted, each with its reason."""

    render: tuple[Decision, ...] = ()
    keep: tuple[Decision, ...] = ()
    delete: tuple[Decision, ...] = ()
