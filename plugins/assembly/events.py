"""Tell open pages what has changed: server-sent events, and the small script that listens."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from threading import Condition

FOLDER = "/.preview/"
STREAM = f"{FOLDER}events"
SCRIPT = f"{FOLDER}reload.js"
EVERYTHING = "*"
MANY = 200  # changed pages from which on every page is told to reload
HEARTBEAT_SECONDS = 5.0  # how soon a page that was closed is noticed

SCRIPT_TEXT = f"""// Reload the page when what it shows has changed.
const stream = new EventSource("{STREAM}");
stream.addEventListener("message", (event) => {{
  const changed = JSON.parse(event.data);
  if (changed.includes("{EVERYTHING}") || changed.includes(decodeURI(location.pathname))) {{
    stream.close();
    location.reload();
  }}
}});
"""


class Channel:
    """What changed, for any number of listeners, each from the moment it began to listen."""

    def __init__(self) -> None:
        self._changes: list[tuple[str, ...]] = []
        self._news = Condition()

    def tell(self, urls: Iterable[str]) -> None:
        """Tell every listener that the pages at ``urls`` have changed."""
        changed = tuple(urls)
        if changed:
            with self._news:
                self._changes.append(changed if len(changed) < MANY else (EVERYTHING,))
                self._news.notify_all()

    def listen(self) -> Iterator[bytes]:
        """Yield the text of an event stream, without end; a comment where nothing happens."""
        with self._news:
            heard = len(self._changes)
        yield b"retry: 500\n\n"
        while True:
            with self._news:
                if len(self._changes) == heard:
                    self._news.wait(HEARTBEAT_SECONDS)
                fresh = self._changes[heard:]
                heard = len(self._changes)
            urls = sorted({url for changed in fresh for url in changed})
            yield f"data: {json.dumps(urls, ensure_ascii=False)}\n\n".encode() if urls else b": \n\n"
