"""Chinese text as strings: what counts as Chinese, how long it is, where it may be cut."""

from __future__ import annotations

import re
import unicodedata

HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af〇"
INVISIBLE = re.compile("[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]")
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_SENTENCE = re.compile(r"[^。！？!?；]*[。！？!?；][”’」』）)]*")


def fold_address(text: str) -> str:
    """Return the key under which two addresses are the same place.

    Unicode form, case and zero-width characters make no difference.

    >>> fold_address("News/Ａ\u200b") == fold_address("news/Ａ")
    True
    """
    if text.isascii():  # nearly every address: nothing to compose, nothing hidden
        return text.lower()
    folded = unicodedata.normalize("NFD", INVISIBLE.sub("", text)).casefold()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", folded).casefold())


def count_ascii(text: str, characters: bytes = bytes(range(128))) -> int:
    """Return how many of ``text`` are one of these ASCII ``characters``: the few there are in Chinese are found in no time.

    >>> count_ascii("（1）**会议**", b"*_"), count_ascii("（1）**会议**")
    (4, 5)
    """
    found = text.encode("ascii", "ignore")
    return len(found) - len(found.translate(None, characters))


def cut(text: str, length: int) -> str:
    """Return at most ``length`` characters of ``text``, ending with a sentence where one ends in time.

    >>> cut("一句话。第二句话很长很长。", 8)
    '一句话。'
    """
    text = " ".join(text.split())
    if len(text) <= length:
        return text
    end = 0
    for sentence in _SENTENCE.finditer(text):
        if sentence.end() > length:
            break
        end = sentence.end()
    return text[:end] if end else text[: length - 1].rstrip("，、：；,（(“") + "…"
