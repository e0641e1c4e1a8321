"""A generated file on its way into the site."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class OutputFile:
    """A file of the public site: ``path`` below the output folder, with ``/``, and its exact bytes."""

    path: str
    content: bytes

    @classmethod
    def of_text(cls, path: str, text: str) -> OutputFile:
        """Return the file that holds ``text`` in UTF-8."""
        return cls(path=path, content=text.encode())

    @property
    def text(self) -> str:
        """The content as UTF-8 text."""
        return self.content.decode()
