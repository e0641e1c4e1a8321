"""Personal data: no identity numbers, bank cards or lists of mobile numbers.

Basis: 《个人信息保护法》; 政府网站检查指标（泄露个人隐私）. An identity number is proved by its date and checksum and stops the
publication; a card number by Luhn, near a word for it. A mobile number beside a word for getting in touch is a contact.
Messages never repeat a number in full.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from plugins.checks.inspection import Inspection, Rule
from plugins.checks.passages import passages, whole_text
from plugins.domain.problems import Level, Problem
from plugins.domain.text import count_ascii

_MOBILE = re.compile(r"(?<![\d.])1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)", re.ASCII)
_IDENTITY = re.compile(r"(?<!\d)[1-8]\d{16}[\dXx](?![\dA-Za-z])", re.ASCII)
_CARD = re.compile(r"(?<!\d)(?:62|4|5)\d{2}(?:[ -]?\d{4}){3}(?:[ -]?\d{1,3})?(?!\d)", re.ASCII)
_CARD_WORDS = re.compile(r"卡号|账号|帐号|银行卡|储蓄卡|借记卡|一卡通")
_CONTACT_WORDS = re.compile(r"联系|咨询|热线|报名|电话|投诉|举报|手机号?[：:]|微信|客服")
_DIGITS = re.compile(r"\d{4}[ -]?\d{4}", re.ASCII)
_SHORTEST = 8  # digits of the shortest number that ``_DIGITS`` finds
_LIST = 3
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def check(site: Inspection) -> Iterator[Problem]:
    """Yield every number that should not be public, masked."""
    for item in site.items:
        text = whole_text(item)
        if count_ascii(text, b"0123456789") < _SHORTEST or not _DIGITS.search(text):
            continue
        for passage in passages(item):
            for message, hint, level in findings(passage.text):
                yield Problem(path=item.path, line=passage.line, message=message, hint=hint, level=level)


def findings(text: str) -> Iterator[tuple[str, str, Level]]:
    """Yield message, hint and level for every personal number of a line."""
    for match in _IDENTITY.finditer(text):
        if is_identity_number(match[0]):
            yield "公开了身份证号码", f"删去或写成 {masked(match[0])}", Level.ERROR
    for digits in _cards(text):
        yield "像是银行卡号", f"个人的卡号请删去或写成 {masked(digits)}", Level.WARNING
    mobiles = mobiles_of(text)
    if mobiles and (len(mobiles) >= _LIST or not _CONTACT_WORDS.search(text)):
        for mobile in mobiles:
            yield "公开了手机号码", f"名单里请写成 {masked(mobile)}；办公联系电话前写明“联系电话”", Level.WARNING


def numbers_of(text: str) -> Iterator[tuple[str, Level]]:
    """Yield what identity and card numbers a whole text shows, one entry for each."""
    for message, _, level in findings(_MOBILE.sub("", text)):
        yield message, level


def _cards(text: str) -> Iterator[str]:
    if not _CARD_WORDS.search(text):
        return
    for match in _CARD.finditer(text):
        digits = re.sub(r"\D", "", match[0])
        if 16 <= len(digits) <= 19 and passes_luhn(digits) and not is_identity_number(digits):
            yield digits


def mobiles_of(text: str) -> list[str]:
    """Return the mobile numbers of a text, digits only.

    >>> mobiles_of("138-0000-1234，0591-87654321")
    ['13800001234']
    """
    return [re.sub(r"\D", "", match[0]) for match in _MOBILE.finditer(text)]


def is_identity_number(text: str) -> bool:
    """Whether 18 characters are an identity number: a birthday that was, and the right checksum.

    >>> is_identity_number("11010519491231002X")
    True
    """
    if not re.fullmatch(r"\d{17}[\dXx]", text, re.ASCII):
        return False
    try:
        born = date(int(text[6:10]), int(text[10:12]), int(text[12:14]))
    except ValueError:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(text, _WEIGHTS, strict=False))
    return born.year >= 1900 and "10X98765432"[total % 11] == text[-1].upper()


def passes_luhn(digits: str) -> bool:
    """Whether the last digit is the Luhn check of the others.

    >>> passes_luhn("4111111111111111")
    True
    """
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def masked(number: str) -> str:
    """Return a number with its middle hidden.

    >>> masked("13800001234")
    '138****1234'
    """
    return f"{number[:3]}****{number[-4:]}"


RULE = Rule(name="privacy", label="个人信息", check=check)
