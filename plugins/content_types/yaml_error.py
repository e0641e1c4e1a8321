"""What YAML cannot be read for, told to editors."""

from __future__ import annotations


class YamlError(Exception):
    """What cannot be read: ``line`` counts from 1 within the text, ``message`` and ``hint`` are for editors."""

    def __init__(self, line: int, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.line = line
        self.message = message
        self.hint = hint
