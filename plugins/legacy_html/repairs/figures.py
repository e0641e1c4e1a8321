"""Pictures of a text dump: a line with a file's name, and the caption below it."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from plugins.legacy_html.repairs.edits import Flag
from plugins.legacy_html.repairs.han import han_count
from plugins.legacy_html.repairs.markers import is_block_start

LONGEST_CAPTION = 80
_PICTURE = re.compile(
    r"\s*(?:\[?(?:图片|图|image|img)[:：]\s*)?([^\s<>|*?\"，。；：][^<>|*?\"\n，。；：]{0,80}\.(?:jpe?g|png|gif|bmp|webp|tiff?))[\]】]?\s*",
    re.IGNORECASE,
)
_MARKDOWN = re.compile(r"\s*!\[([^\]\n]*)\]\(\s*<?([^)\n>]+?)>?(?:\s+\"[^\"]*\")?\s*\)\s*")
_CREDIT = re.compile(r"(?:图|图片|摄影?|图说|图示|图为|图源|上图|下图)[:：为]|.{0,20}(?:摄|供图|摄影)[)）]?$")
_SENTENCE = re.compile("[。！？；!?;]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A picture: the line of its file's name (-1 where the picture is lost), the line of its caption (-1 for none)."""

    file: str
    caption: str = ""
    file_line: int = -1
    caption_line: int = -1


def picture_file(line: str) -> str:
    """Return the file that a line names and does nothing else, "" for any other line.

    >>> picture_file("1 (1).jpg"), picture_file("见1.jpg，谢谢")
    ('1 (1).jpg', '')
    """
    if match := _MARKDOWN.fullmatch(line):
        return match[2].strip()
    match = _PICTURE.fullmatch(line)
    return match[1].strip() if match else ""


def is_picture(line: str) -> bool:
    """Whether ``line`` names a picture's file and nothing else."""
    return "." in line and bool(picture_file(line))


def is_caption_like(line: str, *, below_picture: bool = False) -> bool:
    """Whether ``line`` could be a caption: one short phrase, which ends as a sentence only right below a picture."""
    line = line.strip()
    if not 4 <= len(line) <= LONGEST_CAPTION or is_block_start(line) or han_count(line) < 3:
        return False
    if _CREDIT.match(line):
        return True
    if not below_picture and (len(line) < 8 or line[-1] in "。."):
        return False
    body = line[:-1] if line[-1] in "。." else line
    return not _SENTENCE.search(body) and body.count("，") + body.count(",") <= 2 and line[-1] not in "，,、：:"


def find(lines: Sequence[str], solid: Collection[int] = ()) -> tuple[Figure, ...]:
    """Return the pictures among ``lines``, each with the caption below it where there is one."""
    figures = list[Figure]()
    for index, line in enumerate(lines):
        file = picture_file(line) if index not in solid else ""
        if not file:
            continue
        markdown = _MARKDOWN.fullmatch(line)
        below = index + 1
        if markdown and markdown[1].strip():
            figures.append(Figure(file=file, caption=markdown[1].strip(), file_line=index, caption_line=index))
        elif (
            below < len(lines)
            and below not in solid
            and is_caption_like(lines[below], below_picture=True)
            and not is_picture(lines[below])
        ):
            figures.append(Figure(file=file, caption=lines[below].strip(), file_line=index, caption_line=below))
        else:
            figures.append(Figure(file=file, file_line=index))
    return tuple(figures)


def lost(caption: str) -> Flag:
    """Return the flag for a caption whose picture is not there."""
    return Flag(flag="lost_image", text=caption, note="此处原有配图，来源中已缺失；请补图或删去图注。")
