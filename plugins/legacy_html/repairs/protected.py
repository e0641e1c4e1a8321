"""Runs that are no Chinese prose and keep their own marks and spaces: addresses, file names, code."""

from __future__ import annotations

import re

_EXTENSIONS = "jpe?g|png|gif|bmp|webp|svg|tiff?|pdf|docx?|xlsx?|pptx?|wps|et|txt|rtf|ofd|zip|rar|7z|mp[34]|avi|mov|wmv|flv|html?|s?html|aspx?|jsp|php"
FILE_NAME = rf"[^\s，。；：！？、“”‘’《》<>|/\\*?\",:;()（）.]{{0,60}}(?:\.[\w-]{{1,20}}){{0,3}}(?: ?[(（][^()（）\n]{{1,20}}[)）])?\.(?:{_EXTENSIONS})(?![A-Za-z0-9])"
_URL = r"(?:https?|ftp)://[!-~]+|www\.[!-~]+"
_EMAIL = r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}"
_DOMAIN = r"(?<![\w.-])(?:[a-z0-9-]{1,63}\.){1,5}(?:com|cn|net|org|gov|edu)(?:/[!-~]*)?(?![A-Za-z0-9])"
_CODE = r"`[^`\n]{1,200}`|&#?\w{1,8};|(?<=\])\([^()\n]{0,300}\)"  # also the target of a Markdown link
PROTECTED = re.compile(rf"{_CODE}|{_URL}|(?a:{_EMAIL})|(?a:{_DOMAIN})|{FILE_NAME}", re.IGNORECASE)
_HINT = re.compile(r"[`&@]|\]\(|://|\.[A-Za-z0-9]")
_TRAILING = ",;:!?)"


def protected_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Return where such runs lie, in order; a mark that ends a sentence behind an address is not of it.

    >>> protected_spans("见http://a.cn/b?c=1,谢谢")
    ((1, 18),)
    """
    if not _HINT.search(text):
        return ()
    spans = list[tuple[int, int]]()
    for match in PROTECTED.finditer(text):
        kept = match[0] if match[0][0] in "`&(" else match[0].rstrip(_TRAILING)
        if match[0].endswith(")") and kept.count("(") > kept.count(")"):
            kept += ")"
        spans.append((match.start(), match.start() + len(kept)))
    return tuple(spans)


def covers(spans: tuple[tuple[int, int], ...], place: int) -> bool:
    """Whether ``place`` lies in one of ``spans``."""
    return any(start <= place < end for start, end in spans)
