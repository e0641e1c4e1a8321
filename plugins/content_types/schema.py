"""What a front matter field is: its name, its kind, and what editors read about it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Kind(Enum):
    """How a field is written; the value says it to editors."""

    TITLE = "一行文字，不超过 120 字"
    LINE = "一行文字"
    TEXT = "一段文字"
    SLUG = "小写字母、数字和单个连字符，不超过 80 个字符"
    ID = "字母、数字、连字符、下划线、点和斜杠"
    URL = "http:// 或 https:// 开头的网址"
    TARGET = "网址，或本站内容的路径"
    ADDRESS = "以 / 开头的旧网址，可写多个"
    PATH = "文件的路径"
    PATHS = "文件的路径，可写多个"
    MOMENT = "日期，可带时间，如 2024-09-12 08:30"
    DAY = "日期，如 2024-09-12"
    FLAG = "true 或 false"
    COUNT = "0 或正整数"
    NUMBER = "整数"
    WORDS = "列表，或用顿号、逗号隔开"
    CHOICE = "从列出的值里选一个"
    CHOICES = "从列出的值里选，可写多个"
    LANG = "语言代码，如 zh-CN"
    RECORD = "下面缩进写几个小栏位"
    RECORDS = "列表，每项缩进写几个小栏位"

    __hash__ = object.__hash__  # by identity: kinds are looked up for every field of every file


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One front matter key.

    ``choices`` are the allowed values of a choice; ``fields`` are the keys of a record, and ``bare`` names the one that
    a lone text stands for (``authors: [张三]``). ``future_years`` bounds a date: so many years after today at most.
    """

    name: str
    kind: Kind
    label: str
    help: str = ""
    required: bool = False
    searchable: bool = False
    choices: tuple[str, ...] = ()
    fields: tuple[Field, ...] = ()
    bare: str = ""
    future_years: int = 2
