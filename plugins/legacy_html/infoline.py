"""Read the line under a title: source, author, date, counters, buttons, in whatever order a site has them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from plugins.legacy_html.labels import CONTROL, COUNT, DATE, FIELD_OF, GAP, LABEL, ORGANISATION, WEAK
from plugins.legacy_html.repairs.people import is_name

LONGEST = 260
_LONGEST_NAME = 40  # characters of an author or a source; a longer value with a comma in it is a sentence
_NAMING = frozenset({"author", "source", "photo", "editor"})
_NOISE = re.compile(r"[\s\u3000\u00a0:：|｜/\\·,，。;；\-—–_(（)）\[\]【】<>《》•●■▪*~、次人]+")
_SENTENCE = re.compile("[，。！？；、“”《》（）]")
_EDGE = " \u3000\u00a0\t|｜:：,，;；、/-—–[]【】·•"
_HAN = re.compile("[\u4e00-\u9fff]")
_CLAUSE = re.compile("[，。！？；]")
_ADDRESS = re.compile(r"(?:https?://|www\.)[!-~]+", re.I)
_OPEN_BRACKET = re.compile(r"^[（(]([^（）()]*)[)）]?$")


@dataclass(frozen=True, slots=True, kw_only=True)
class InfoLine:
    """What a line says of its page: labelled values, dates without a label, and the words it does not explain."""

    fields: tuple[tuple[str, str], ...]
    dates: tuple[str, ...]
    rest: tuple[str, ...]
    share: float  # of the line's letters that are explained

    def first(self, field: str) -> str:
        """The first non-empty value under ``field``."""
        return next((value for name, value in self.fields if name == field and value), "")

    @property
    def is_bare(self) -> bool:
        """True for a date with a word or two and no label: an info line at a title, a signature below a text."""
        words = "".join(self.rest)
        return bool(self.dates) and not self.fields and len(words) <= 20 and not _SENTENCE.search(words)

    @property
    def is_info(self) -> bool:
        """True for a line that is about the page and not of its text."""
        told = {name for name, _ in self.fields}
        if self.dates and self.rest and all(is_name(word) or ORGANISATION.search(word) for word in self.rest):
            return True
        if self.is_bare:
            return True
        if any(len(value) > _LONGEST_NAME and _CLAUSE.search(value) for name, value in self.fields if name in _NAMING):
            return False
        if not self.fields and _CLAUSE.search("".join(self.rest)):
            return False
        if self.share < 0.6 or not (told or self.dates):
            return False
        return bool(self.dates) or bool(
            told & {"source", "author", "editor", "count", "date", "record", "control", "column"}
        )


def read_info(text: str) -> InfoLine:
    """Take ``text`` apart; a line longer than an info line ever is explains nothing."""
    if len(text) > LONGEST:
        return InfoLine(fields=(), dates=(), rest=(text,), share=0.0)
    text = _ADDRESS.sub("\u3000", text)
    fields, dates, rest = list[tuple[str, str]](), list[str](), list[str]()
    labels = _labels(text)
    ends = [*(label.start() for label in labels[1:]), len(text)]
    head = text[: labels[0].start()] if labels else text
    found, left = _loose(head)
    dates += found
    rest += left
    for label, end in zip(labels, ends, strict=False):
        word = label[1] or label[2] or label[3] or label[5] or label[6]
        field = "date" if label[4] else FIELD_OF.get(word) or FIELD_OF.get(word.title(), "control")
        value, tail = _value(field, text[label.end() : end])
        fields.append((field, value))
        found, left = _loose(tail)
        dates += found
        rest += left
    letters = _weight(text)
    explained = letters - sum(map(_weight, rest))
    share = explained / letters if letters else 0.0
    return InfoLine(fields=tuple(fields), dates=tuple(dates), rest=tuple(rest), share=share)


def _labels(text: str) -> list[re.Match[str]]:
    """The labels of a line; a common word that ends a longer one (会议时间：) begins no info line."""
    found = list(LABEL.finditer(text))
    while found and found[0].start() and _HAN.match(text[found[0].start() - 1]):
        if (found[0][1] or found[0][2] or found[0][3] or found[0][4]) not in WEAK:
            break
        found.pop(0)
    return found


def _value(field: str, text: str) -> tuple[str, str]:
    """The value at the start of ``text`` under a label of ``field``, and what follows it."""
    if field == "date":
        found = DATE.search(text)
        return (found[0].strip(), text[: found.start()] + " \u3000" + text[found.end() :]) if found else ("", text)
    if field == "abstract":
        return text.strip(), ""
    if field == "count":
        found = COUNT.match(text)
        return (found[0], text[found.end() :]) if found else ("", text)
    stops = [len(text)]
    body = text.lstrip(" \u3000\u00a0\t|")
    skipped = len(text) - len(body)
    for pattern in (GAP, DATE):
        if (stop := pattern.search(body)) is not None and stop.start() > 0:
            stops.append(stop.start() + skipped)
    cut = min(stops)
    if field == "author":
        cut = _names_end(text, cut)
    value = text[:cut].strip(_EDGE)
    value, control = _without_controls(value)
    return _unbracketed(value), control + "\u3000" + text[cut:]


def _names_end(text: str, cut: int) -> int:
    """Where a list of names ends whose first name ends at ``cut``: wide gaps may part them."""
    while is_name(text[:cut].strip(_EDGE).split("\u3000")[-1]) and (gap := GAP.match(text, cut)) is not None:
        following = GAP.search(text, gap.end())
        end = following.start() if following else len(text)
        if "|" in gap[0] or not is_name(text[gap.end() : end].strip(_EDGE)):
            break
        cut = end
    return cut


def _without_controls(value: str) -> tuple[str, str]:
    """Part a value from the buttons that stand behind it after a space or in brackets."""
    found = re.search(
        r"(?:\s|(?=[【\[（(]))(?=[【\[（(]?\s*(?:字体|字号|打印|关闭|收藏|分享|浏览|点击|阅读|大\s*中|评论|手机|扫一扫|微信|微博|推荐|QQ|投稿|双击|纠错|责编|编辑|保护|我要|我有话|说两句|发表|跟帖|返回|复制))",
        value,
    )
    return (value[: found.start()].strip(_EDGE), value[found.start() :]) if found else (value, "")


def _unbracketed(value: str) -> str:
    inner = _OPEN_BRACKET.match(value)
    value = inner[1].strip(_EDGE) if inner else value
    for opening, closing in ("（）", "()"):
        if value.endswith(closing) and opening not in value:
            value = value[:-1].rstrip(_EDGE)
        if value.endswith(opening):
            value = value[:-1].rstrip(_EDGE)
    return value


def _loose(text: str) -> tuple[list[str], list[str]]:
    """The dates in unlabelled text, and the words that are neither date, button nor counter."""
    dates = [found[0].strip() for found in DATE.finditer(text)]
    without = DATE.sub("\u3000", text)
    words = [word.strip(_EDGE) for word in GAP.split(without)]
    return dates, [
        word for word in words if word and _weight(COUNT.sub("", CONTROL.sub("", word))) and not COUNT.fullmatch(word)
    ]


def _weight(text: str) -> int:
    """How many characters of ``text`` say something."""
    return len(_NOISE.sub("", text))
