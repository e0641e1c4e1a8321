"""Known-item queries of several kinds over the generated corpus, each with the one article it was made from.

``queries(articles, per_kind, seed)`` is deterministic. Tune on the seed ``TUNING``, measure on ``HELD_OUT``.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from corpus import Article

from plugins.search.characters import initials, pinyin, simplified, sounds

TUNING, HELD_OUT = 11, 97
RUNS = re.compile("[\u4e00-\u9fff]+")
PLAIN_KINDS = ("plain", "name")


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A query of a kind; ``gold`` are the ids that are right."""

    kind: str
    text: str
    gold: frozenset[str]


Asked = tuple[str, str]  # what is typed, and the stretch of text that is meant ("" if only the one article is right)
Maker = Callable[[random.Random, Article], Asked]


def cut(rng: random.Random, text: str, least: int, most: int) -> str:
    """Return a stretch of Chinese characters of ``text`` without punctuation, or nothing."""
    runs = [run for run in RUNS.findall(text) if len(run) >= least]
    if not runs:
        return ""
    run = rng.choice(runs)
    size = rng.randint(least, min(most, len(run)))
    at = rng.randrange(len(run) - size + 1)
    return run[at : at + size]


def title_span(rng: random.Random, article: Article) -> Asked:
    return (text := cut(rng, article.title, 7, 12)), text


def body_span(rng: random.Random, article: Article) -> Asked:
    return (text := cut(rng, article.body, 8, 14)), text


def reordered(rng: random.Random, article: Article) -> Asked:
    words = [cut(rng, article.body, 4, 6), article.region, cut(rng, article.title, 4, 6)]
    rng.shuffle(words)
    return " ".join(words), ""


def name_and_place(rng: random.Random, article: Article) -> Asked:
    return (f"{article.people[0]} {article.region}" if article.people else ""), ""


def new_term(rng: random.Random, article: Article) -> Asked:
    return f"{article.region}{article.new_term}", ""


def synonym(rng: random.Random, article: Article) -> Asked:
    if f"{article.region}计生协" not in article.title + article.body:
        return "", ""
    return f"{article.region}计划生育协会 {cut(rng, article.body, 5, 7)}", ""


def spelled(rng: random.Random, article: Article) -> Asked:
    text = cut(rng, article.title, 6, 9)
    return pinyin(text), text


def spaced(rng: random.Random, article: Article) -> Asked:
    text = cut(rng, article.body, 5, 7)
    return " ".join(map(pinyin, text)), text


TRADITIONAL = {new: chr(old) for old, new in simplified().items()}
BY_SOUND: dict[int, list[str]] = {}
for char, number in sounds().items():
    BY_SOUND.setdefault(number, []).append(char)


def traditional(rng: random.Random, article: Article) -> Asked:
    text = cut(rng, article.body, 7, 11)
    return "".join(TRADITIONAL.get(char, char) for char in text), text


def wrong_character(rng: random.Random, article: Article) -> Asked:
    text = cut(rng, article.title, 7, 10)
    if not text:
        return "", ""
    at = rng.randrange(len(text))
    others = [char for char in BY_SOUND.get(sounds().get(text[at], -1), []) if char != text[at]]
    return (text[:at] + rng.choice(others) + text[at + 1 :] if others else ""), text


def phrase(rng: random.Random, article: Article) -> Asked:
    text = cut(rng, article.body, 6, 9)
    return f"“{text}”", text


KINDS: dict[str, Maker] = {
    "title": title_span, "body": body_span, "reordered": reordered, "name and place": name_and_place, "new term": new_term,
    "synonym": synonym, "pinyin": spelled, "pinyin, spaced": spaced, "traditional": traditional, "wrong character": wrong_character,
    "phrase": phrase,
}  # fmt: skip


def queries(articles: Sequence[Article], per_kind: int, seed: int) -> list[Known]:
    """Return ``per_kind`` queries of each kind; gold is every article that holds what was meant, or the one it was made from."""
    rng = random.Random(seed)
    made = []
    for kind, maker in KINDS.items():
        tries = 0
        own: list[Known] = []
        while len(own) < per_kind and tries < per_kind * 60:
            tries += 1
            article = rng.choice(articles)
            text, meant = maker(rng, article)
            if text:
                own.append(
                    Known(kind=kind, text=text, gold=holding(meant, articles) if meant else frozenset({article.id}))
                )
        made += own
    return made + names(articles, per_kind, rng) + by_initials(articles, per_kind, rng) + words(articles, per_kind, rng)


def holding(text: str, articles: Sequence[Article]) -> frozenset[str]:
    """Return the articles that hold ``text`` in title or body."""
    return frozenset(article.id for article in articles if text in article.title or text in article.body)


def names(articles: Sequence[Article], per_kind: int, rng: random.Random) -> list[Known]:
    """Return names of persons; right is every article that mentions one."""
    people = sorted({person for article in articles for person in article.people})
    chosen = rng.sample(people, min(per_kind, len(people)))
    return [Known(kind="name", text=person, gold=holding(person, articles)) for person in chosen]


def by_initials(articles: Sequence[Article], per_kind: int, rng: random.Random) -> list[Known]:
    """Return initials of keywords that no other keyword shares."""
    short = Counter(initials(word) for word in {word for article in articles for word in article.keywords})
    keywords = sorted({word for article in articles for word in article.keywords if short[initials(word)] == 1})
    chosen = [rng.choice(keywords) for _ in range(min(per_kind, len(keywords)))]
    return [Known(kind="initials", text=initials(word), gold=holding(word, articles)) for word in chosen]


def words(articles: Sequence[Article], per_kind: int, rng: random.Random) -> list[Known]:
    """Return plain words; right is every article that holds the word in title, keywords or text."""
    made = []
    for _ in range(per_kind):
        word = cut(rng, rng.choice(articles).title, 2, 4)
        if word:
            made.append(Known(kind="plain", text=word, gold=holding(word, articles)))
    return made


def reciprocal_rank(found: Sequence[str], gold: frozenset[str]) -> float:
    """Return one by the place of the first right answer among ``found``, 0 if there is none."""
    return next((1 / place for place, name in enumerate(found, 1) if name in gold), 0.0)
