"""The association's own registers: what is right to say, about whom, and when it was."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from plugins.domain.content import Waiver


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """An office and how long it was held; an open end is None. ``basis`` says where that is written."""

    title: str
    organisation: str = ""
    since: date | None = None
    until: date | None = None
    basis: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownPerson:
    """A person of public life with every office on record; ``misspelt`` are forms of the name known to be wrong."""

    name: str
    offices: tuple[Office, ...] = ()
    misspelt: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownSource:
    """A publisher from whom texts may be taken over, with other names it goes by."""

    name: str
    url: str = ""
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A wording that is right from ``since`` to ``until`` only, or, where both are None, never.

    ``instead`` is what to write; ``unless`` are longer wordings that contain it and are right; ``basis`` says why.
    """

    text: str
    instead: str = ""
    since: date | None = None
    until: date | None = None
    unless: tuple[str, ...] = ()
    basis: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SetPhrase:
    """A fixed enumeration: all ``parts``, in this order, where two or more of them are listed."""

    name: str
    parts: tuple[str, ...]
    since: date | None = None
    until: date | None = None
    basis: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Host:
    """Another site that may be linked to, those below it included, and who answers for the link."""

    host: str
    owner: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteWaiver:
    """A waiver for an item, kept beside it in a register rather than in its own front matter."""

    path: str
    waiver: Waiver


@dataclass(frozen=True, slots=True, kw_only=True)
class Registers:
    """All registers; a missing file is an empty one, and its rule then says nothing."""

    people: tuple[KnownPerson, ...] = ()
    sources: tuple[KnownSource, ...] = ()
    terms: tuple[Term, ...] = ()
    phrases: tuple[SetPhrase, ...] = ()
    hosts: tuple[Host, ...] = ()
    synonyms: tuple[tuple[str, ...], ...] = ()
    hot_words: tuple[str, ...] = ()
    waivers: tuple[SiteWaiver, ...] = ()


def is_current(since: date | None, until: date | None, day: date) -> bool:
    """Whether ``day`` lies between two days, both included; None is an open end.

    >>> is_current(date(2013, 3, 14), date(2018, 3, 16), date(2016, 5, 1))
    True
    """
    return (since is None or since <= day) and (until is None or day <= until)
