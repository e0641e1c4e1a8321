"""The values of a file's fields, each taken out with its type."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Values:
    """Fields by key as the readers returned them; a field left out gives the default of its type."""

    by_key: Mapping[str, object]

    def _get(self, key: str, kind: type[T]) -> T | None:
        value = self.by_key.get(key)
        if value is None or isinstance(value, kind):
            return value
        raise TypeError(f"{key} is {type(value).__name__}, not {kind.__name__}")

    def text(self, key: str) -> str:
        """Return a text, ``""`` where it is left out."""
        return (self._get(key, str) or "") if key in self.by_key else ""

    def flag(self, key: str, default: bool = False) -> bool:
        """Return a switch."""
        value = self._get(key, bool)
        return default if value is None else value

    def count(self, key: str, default: int = 0) -> int:
        """Return a whole number."""
        value = self._get(key, int)
        return default if value is None else value

    def moment(self, key: str) -> datetime | None:
        """Return a moment, None where it is left out."""
        return self._get(key, datetime)

    def day(self, key: str) -> date | None:
        """Return a day, None where it is left out."""
        return self._get(key, date)

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts."""
        return tuple([str(text) for text in self._get(key, tuple) or ()]) if key in self.by_key else ()

    def record(self, key: str) -> Values | None:
        """Return a group of fields, None where it is left out."""
        group = self._get(key, dict)
        return None if group is None else Values(group)

    def records(self, key: str) -> tuple[Values, ...]:
        """Return a list of groups of fields."""
        return tuple([Values(group) for group in self._get(key, tuple) or ()]) if key in self.by_key else ()
