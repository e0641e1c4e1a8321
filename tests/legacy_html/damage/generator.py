"""Damage a clean page as the years and other people's programs do: every kind, seeded, with its gold."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from random import Random

from tests.legacy_html.damage import layout, text_damage, web
from tests.legacy_html.damage.corpus import WRITTEN
from tests.legacy_html.damage.gold import Gold
from tests.legacy_html.damage.grammar import generate

_BIG5 = str.maketrans({"爲": "為", "着": "著", "裏": "裡", "\u00a0": "\u3000", "»": "＞", "©": "C"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """A damaged page: its bytes, the gold it should come back to, and the kinds of damage done."""

    seed: int
    raw: bytes
    gold: Gold
    kinds: tuple[str, ...]
    injected: str = ""


@dataclass(slots=True, kw_only=True)
class _Draft:
    """A page while it is damaged: the lines of its body, what stands around them, and the gold as it changes with them."""

    gold: Gold
    lines: list[str]
    kinds: list[str] = field(default_factory=list)
    injected: str = ""


def variant(seed: int) -> Variant:
    """Return the damaged page of this seed as a text dump."""
    dice = Random(seed)
    draft, page = _damaged(dice, seed, cuts=True)
    return _variant(dice, seed, draft, "\n\n".join(page.lines))


def web_variant(seed: int) -> Variant:
    """Return the damaged page of this seed as HTML of some content management system."""
    dice = Random(seed)
    draft, page = _damaged(dice, seed, cuts=False)
    return _variant(dice, seed, draft, web.as_html(dice, page, draft.gold))


def _damaged(dice: Random, seed: int, *, cuts: bool) -> tuple[_Draft, layout.Dressed]:
    clean = generate(seed) if dice.random() < 0.75 else dice.choice(WRITTEN)
    draft = _Draft(gold=clean, lines=[])
    is_verse = all(part.kind == "line" for part in clean.parts)
    if not is_verse:
        _rewrite(dice, draft)
    _inject(dice, draft)
    _body(dice, draft, is_verse=is_verse, cuts=cuts)
    page = layout.dress(dice, draft.gold, draft.lines, draft.kinds, organisation=draft.injected)
    return draft, page.with_lines(_characters(dice, "\n".join(page.lines), draft).split("\n"))


def _variant(dice: Random, seed: int, draft: _Draft, text: str) -> Variant:
    raw = _encode(dice, text, draft)
    return Variant(seed=seed, raw=raw, gold=draft.gold, kinds=tuple(draft.kinds), injected=draft.injected)


def _rewrite(dice: Random, draft: _Draft) -> None:
    """Swap synonyms throughout, now and then: the gold is the rewritten text, in quarantine."""
    if dice.random() >= 0.06 or not draft.gold.name.startswith("generated"):
        return
    rewritten = tuple(replace(part, text=text_damage.rewrite(dice, part.text)) for part in draft.gold.parts)
    text = "\n".join(part.text for part in rewritten)
    if text_damage.rewritten_words(text) >= 10:
        draft.gold = replace(draft.gold, parts=rewritten, quarantine=True)
        draft.kinds.append("rewritten")


def _inject(dice: Random, draft: _Draft) -> None:
    """Replace an organisation's name by that of a mirror, which nothing can give back."""
    if dice.random() >= 0.12:
        return
    mirror = dice.choice(
        ("四方县卫生计划生育局", "平安区卫生健康服务中心", "河东镇人口家庭公益协会", "长岭市妇幼保健计划生育服务中心")
    )
    target = re.compile("全市协会系统|县计生协|基层协会组织|省计生协")
    if not any(target.search(part.text) for part in draft.gold.parts):
        return
    parts = tuple(replace(part, text=target.sub(mirror, part.text)) for part in draft.gold.parts)
    draft.gold, draft.injected = replace(draft.gold, parts=parts), mirror
    draft.kinds.append("injected")


def _body(dice: Random, draft: _Draft, *, is_verse: bool, cuts: bool) -> None:
    """Lay the parts out as lines: cut in pieces, or one a line with sentences broken and pictures between."""
    parts = draft.gold.parts
    prose = not is_verse and all(part.text[-1] in "。！" or part.kind.startswith("heading") for part in parts)
    if cuts and prose and len(draft.gold.text) > 500 and dice.random() < 0.35:
        _cut(dice, draft)
        return
    splits, bold = not is_verse and dice.random() < 0.5, not is_verse and dice.random() < 0.2
    index = 0
    while index < len(parts):
        part, following = parts[index], parts[index + 1] if index + 1 < len(parts) else None
        broken = text_damage.halves(dice, part.text) if splits and part.kind == "paragraph" else None
        if broken and following and following.kind == "figure":
            draft.lines += [broken[0], *_picture(dice, draft, index + 1), broken[1]]
            index += 1
        elif broken and dice.random() < 0.4:
            draft.lines += broken
            draft.kinds.append("split")
        elif part.kind == "figure":
            draft.lines += [part.file, part.text]
        else:
            draft.lines.append(f"**{part.text}**" if bold and part.kind.startswith("heading") else part.text)
        index += 1
    if bold:
        draft.kinds.append("bold")


def _picture(dice: Random, draft: _Draft, index: int) -> list[str]:
    """The lines of a figure inside a sentence; now and then the picture is lost and only its caption is left."""
    figure = draft.gold.parts[index]
    draft.kinds.append("split_by_figure")
    if dice.random() < 0.4:
        lost = replace(figure, file="")
        draft.gold = replace(draft.gold, parts=(*draft.gold.parts[:index], lost, *draft.gold.parts[index + 1 :]))
        draft.kinds.append("lost_picture")
        return [figure.text]
    return [figure.file, figure.text]


def _cut(dice: Random, draft: _Draft) -> None:
    """Cut the text in numbered pieces, its paragraphs run together or still one a line."""
    length = dice.choice([size for size in (80, 120, 200, 250, 300, 300, 300, 400) if size * 3 < len(draft.gold.text)])
    joint = dice.choice((" ", " ", "\n"))
    text = joint.join(part.text for part in draft.gold.parts)
    mark = dice.choice("、、、.")
    draft.lines = "\n".join(text_damage.pieces(text, length, mark)).split("\n")
    draft.kinds.append(f"pieces-{length}{'' if joint == ' ' else '-lines'}")


def _characters(dice: Random, text: str, draft: _Draft) -> str:
    """What happens to the characters, in the order it happens in: foreign words, narrow marks, spaces, script, readings."""
    steps: tuple[tuple[float, str, Callable[[Random, str], str]], ...] = (
        (0.35, "conjunctions", text_damage.conjunctions),
        (0.6, "narrow", text_damage.narrow),
        (0.4, "spaces", text_damage.spaces),
        (0.25, "traditional", text_damage.traditional),
    )
    for chance, kind, step in steps:
        if dice.random() < chance and not (kind == "conjunctions" and draft.gold.quarantine):
            changed = step(dice, text)
            if changed != text:
                draft.kinds.append(kind)
            text = changed
    if draft.injected or dice.random() < 0.15:
        kept = text_damage.traditional(Random(0), draft.injected) if "traditional" in draft.kinds else draft.injected
        text = text_damage.readings(dice, text, kept)
        draft.kinds.append("readings")
    return text


def _encode(dice: Random, text: str, draft: _Draft) -> bytes:
    chosen = dice.random()
    try:
        if "traditional" in draft.kinds and chosen < 0.5:
            raw = text.translate(_BIG5).encode("big5hkscs")
            draft.kinds.append("big5")
            return raw
        if chosen < 0.2:
            raw = text.encode("gb18030")
            draft.kinds.append("gb18030")
            return raw
    except UnicodeEncodeError:
        pass
    return text.encode("utf-8-sig" if chosen > 0.9 else "utf-8")
