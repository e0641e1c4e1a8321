"""Phrases worth suggesting: names, keywords, columns, and what titles say again and again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from plugins.search.analysis import runs
from plugins.search.characters import fold, initials, pinyin
from plugins.search.document import SearchDocument

TITLE_PHRASES = 3_000
LONGEST = 8
NEVER_AT_AN_END = frozenset("的了在和与及对为将把等并也就而中上下由从向让使更再又已能会要以到是有年月日第")
NAMED_TYPES = frozenset({"program", "person", "section", "topic"})
Row = list[str | int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """A phrase to suggest; ``count`` documents use it, ``url`` is its own page where it has one."""

    text: str
    count: int
    kind: str
    url: str = ""


def build_lexicon(documents: Sequence[SearchDocument]) -> list[Row]:
    """Return [text, count, kind, url] of each phrase of ``documents``, frequent ones first."""
    found: dict[str, Row] = {}
    for kind, tally in (
        ("person", Counter(name for document in documents for name in set(document.people))),
        ("program", Counter(name for document in documents for name in set(document.programs))),
        ("tag", Counter(name for document in documents for name in {*document.tags, *document.keywords})),
    ):
        for text, times in tally.items():
            found.setdefault(text, [text, times, kind, ""])
    for document in documents:
        if document.type in NAMED_TYPES:
            count = found.get(document.title, ["", 1])[1]
            found[document.title] = [document.title, count, document.type, document.url]
    for text, count in title_phrases(documents):
        found.setdefault(text, [text, count, "title", ""])
    return sorted(found.values(), key=lambda row: (-int(row[1]), str(row[0])))


def title_phrases(documents: Sequence[SearchDocument]) -> list[tuple[str, int]]:
    """Return stretches of three titles or more that no longer stretch explains, frequent ones first."""
    tally: Counter[str] = Counter()
    for document in documents:
        own = {
            run[at : at + size]
            for run in runs(document.title)
            for size in range(2, LONGEST + 1)
            for at in range(len(run) - size + 1)
        }
        tally.update(own)
    common = {text: count for text, count in tally.items() if count > 2}
    explained = {
        part for text, count in common.items() for part in (text[1:], text[:-1]) if common.get(part, 0) <= count * 1.25
    }
    kept = [(text, count) for text, count in common.items() if text not in explained and not at_an_end(text)]
    return sorted(kept, key=lambda pair: (-pair[1], pair[0]))[:TITLE_PHRASES]


def at_an_end(text: str) -> bool:
    """Return whether ``text`` begins or ends with a character that phrases do not begin or end with, or is a number."""
    return text[0] in NEVER_AT_AN_END or text[-1] in NEVER_AT_AN_END or not any(char >= "\u4e00" for char in text)


class Lexicon:
    """The phrases of all segments, ready for look-ups by text, by sound and by initials."""

    def __init__(self, rows: Iterable[Row], hot_words: Sequence[str] = ()) -> None:
        merged: dict[str, Phrase] = {}
        for text, count, kind, url in rows:
            before = merged.get(str(text))
            total = int(count) + (before.count if before else 0)
            merged[str(text)] = Phrase(
                text=str(text), count=total, kind=str(kind), url=str(url) or (before.url if before else "")
            )
        for word in hot_words:
            merged.setdefault(word, Phrase(text=word, count=1, kind="hot"))
        self.phrases = sorted(merged.values(), key=lambda phrase: (-phrase.count, phrase.text))
        self.exact = {fold(phrase.text): phrase for phrase in reversed(self.phrases)}
        self._keys = [(fold(phrase.text), phrase) for phrase in self.phrases]
        self._sounds = [(pinyin(text), initials(text)) for text, _ in self._keys]
        self._initials: dict[str, Phrase] = {}
        for (_, short), (_, phrase) in zip(self._sounds, self._keys, strict=True):
            self._initials.setdefault(short, phrase)

    def of_initials(self, letters: str) -> Phrase | None:
        """Return the most used phrase with these initials."""
        return self._initials.get(letters) if len(letters) > 1 else None

    def suggest(self, prefix: str, limit: int = 10) -> tuple[Phrase, ...]:
        """Return the phrases that begin with ``prefix``, written, spelled in pinyin, or by initials, most used first."""
        wanted = fold(prefix).replace(" ", "")
        if not wanted:
            return ()
        made = []
        for (text, phrase), (spelled, short) in zip(self._keys, self._sounds, strict=True):
            if text.startswith(wanted) or (
                wanted.isascii() and (spelled.startswith(wanted) or short.startswith(wanted))
            ):
                made.append(phrase)
                if len(made) == limit:
                    break
        return tuple(made)
