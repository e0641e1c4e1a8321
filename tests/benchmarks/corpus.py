"""A seeded corpus of plain fictional Chinese news, for measurements: ``articles(count, seed)``.

Articles have 800–4,000 Chinese characters. Words come from a hand-written domain lexicon and from a made-up vocabulary
whose ranks follow Zipf's law; places, people and programs are fictional. Equal arguments give equal articles.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate

COMMON = bytes(octet for high in range(0xB0, 0xD8) for low in range(0xA1, 0xFF) for octet in (high, low)).decode(
    "gb2312", "ignore"
)
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕施张孔曹严华金魏陶姜"
GIVEN = "安宁文静志远明华秀英建国丽娟春梅海燕晓东思源雨桐子涵佳怡浩然若溪承泽晨曦永康德兴玉兰"
PLACES = [
    "青禾",
    "白石",
    "云溪",
    "松岭",
    "柳河",
    "平川",
    "长湖",
    "东屏",
    "南桥",
    "北岗",
    "新塘",
    "大湾",
    "小河",
    "金沙",
    "银杏",
    "石桥",
    "竹园",
    "梅山",
    "桃源",
    "清泉",
    "龙潭",
    "凤台",
    "鹤鸣",
    "双井",
    "望江",
    "临水",
    "沙洲",
    "高岭",
    "永乐",
    "和平",
]
UNITS = ["县", "市", "区", "镇", "乡", "街道", "社区", "村"]
BODIES = [
    "计生协",
    "计划生育协会",
    "卫生健康局",
    "妇幼保健院",
    "社区卫生服务中心",
    "志愿服务队",
    "老年大学",
    "幸福家园",
    "村委会",
    "家庭健康服务站",
    "青春健康基地",
    "红十字会",
    "妇联",
    "团委",
]
ACTIONS = [
    "开展",
    "举办",
    "组织",
    "启动",
    "召开",
    "推进",
    "落实",
    "部署",
    "承办",
    "完成",
    "深化",
    "加强",
    "总结",
    "调研",
    "检查",
    "慰问",
    "走访",
    "培训",
    "宣传",
    "表彰",
]
TOPICS = [
    "优生优育",
    "青春健康",
    "生殖健康",
    "家庭健康",
    "暖心行动",
    "计生特殊家庭",
    "避孕节育",
    "免费孕前检查",
    "婴幼儿照护",
    "托育服务",
    "健康素养",
    "科学育儿",
    "心理关爱",
    "住院护理补贴",
    "生育关怀",
    "幸福工程",
    "志愿服务",
    "会员之家",
    "健康知识讲座",
    "艾滋病防治",
    "出生缺陷干预",
    "母乳喂养",
    "老年健康",
    "家庭医生签约",
    "健康义诊",
    "生育政策",
    "三孩政策",
    "人口监测",
    "流动人口服务",
    "妇女病普查",
    "宫颈癌筛查",
    "疫苗接种",
    "亲子活动",
    "家庭文化",
    "健康扶贫",
    "乡村振兴",
    "基层协会",
    "能力建设",
    "项目试点",
    "示范创建",
    "保险保障",
    "紧急慰藉",
]
FORMS = [
    "活动",
    "会议",
    "培训班",
    "座谈会",
    "讲座",
    "仪式",
    "现场会",
    "推进会",
    "专题会",
    "比赛",
    "展览",
    "义诊",
    "宣传周",
    "主题日",
]
PROGRAMS = ["青苗计划", "暖阳工程", "春雨行动", "向阳花项目", "家园守护", "同心服务"]
SECTIONS = ("news", "notices", "grassroots", "programs", "speeches", "policies")
SECTION_TITLES = {
    "news": "新闻动态",
    "notices": "通知公告",
    "grassroots": "基层动态",
    "programs": "项目工作",
    "speeches": "领导讲话",
    "policies": "政策文件",
}
TYPES = {
    "news": "news_item",
    "notices": "notice",
    "grassroots": "news_item",
    "programs": "program_news",
    "speeches": "speech",
    "policies": "document",
}
TYPE_TITLES = {"news_item": "新闻", "notice": "通知", "program_news": "项目", "speech": "讲话", "document": "文件"}
GLUE = [
    "的",
    "了",
    "在",
    "和",
    "与",
    "对",
    "为",
    "将",
    "把",
    "等",
    "及",
    "并",
    "也",
    "都",
    "就",
    "而",
    "中",
    "上",
    "下",
    "由",
    "从",
    "向",
    "让",
    "使",
    "更",
    "再",
    "又",
    "已",
    "能",
    "会",
    "要",
    "以",
]
CLOSERS = "。。。。。；！"


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One fictional article; ``new_term`` is a made-up word that few other articles have."""

    id: str
    url: str
    title: str
    body: str
    section: str
    section_title: str
    type: str
    type_title: str
    date: date
    people: tuple[str, ...]
    programs: tuple[str, ...]
    keywords: tuple[str, ...]
    region: str
    new_term: str


class Vocabulary:
    """``size`` made-up words of two or three characters, drawn by Zipf's law."""

    def __init__(self, rng: random.Random, size: int = 20_000) -> None:
        letters = list(COMMON)
        rng.shuffle(letters)
        weights = list(accumulate(1 / (rank + 6) for rank in range(len(letters))))
        seen: dict[str, None] = {}
        while len(seen) < size:
            seen["".join(rng.choices(letters, cum_weights=weights, k=3 if rng.random() < 0.18 else 2))] = None
        self.words = list(seen)
        self.weights = list(accumulate(1 / (rank + 20) ** 1.15 for rank in range(size)))

    def draw(self, rng: random.Random, count: int) -> list[str]:
        """Return ``count`` words, frequent ones more often."""
        return rng.choices(self.words, cum_weights=self.weights, k=count)


def sentence(rng: random.Random, words: list[str], topic: str, place: str, body: str) -> str:
    """Return one sentence of some 15–60 characters made of ``words``, now and then with the article's own topic."""
    parts = []
    for at, word in enumerate(words):
        parts.append(word)
        roll = rng.random()
        if roll < 0.3:
            parts.append(rng.choice(GLUE))
        elif roll < 0.40 and 0 < at < len(words) - 1:
            parts.append("，")
        elif roll < 0.58:
            parts.append(rng.choice(ACTIONS) + rng.choice(TOPICS))
        elif roll < 0.64:
            parts.append(topic)
        elif roll < 0.67:
            parts.append(place + body)
        elif roll < 0.69:
            parts.append(f"{rng.randint(2, 980)}人次")
        elif roll < 0.70:
            parts.append(f"{rng.randint(2012, 2026)}年{rng.randint(1, 12)}月")
    return "".join(parts) + rng.choice(CLOSERS)


def article(number: int, rng: random.Random, vocabulary: Vocabulary, day: date) -> Article:
    """Return the article ``number``."""
    place = rng.choice(PLACES) + rng.choice(UNITS)
    body, topic = rng.choice(BODIES), rng.choice(TOPICS)
    section = rng.choices(SECTIONS, (40, 12, 30, 8, 5, 5))[0]
    person = rng.choice(SURNAMES) + "".join(rng.sample(GIVEN, rng.choice((1, 2, 2))))
    program = (rng.choice(PROGRAMS),) if rng.random() < 0.2 else ()
    new_term = "".join(rng.choices(COMMON[:2500], k=3))
    own = vocabulary.draw(rng, 40)
    name = "".join(own[:2])
    title = rng.choice(
        (
            f"{place}{body}{rng.choice(ACTIONS)}{topic}{rng.choice(FORMS)}",
            f"{place}{rng.choice(ACTIONS)}“{name}”{topic}{rng.choice(FORMS)}",
            f"{person}到{place}{rng.choice(ACTIONS)}{topic}工作",
            f"关于{rng.choice(ACTIONS)}{day.year}年{topic}{rng.choice(FORMS)}的通知",
            f"{place}：{name}{own[2]}助力{topic}",
        )
    )
    length, target, paragraphs, line = 0, rng.randint(800, 4000), [], ""
    marks = [person + "表示，", new_term + "建设", f"“{name}”", own[3] + own[4]]
    while length < target:
        words = vocabulary.draw(rng, rng.randint(4, 14))
        words.insert(rng.randrange(len(words)), rng.choice(own))
        if marks and rng.random() < 0.3:
            words.insert(rng.randrange(len(words)), marks.pop())
        text = sentence(rng, words, topic, place, body)
        line += text
        length += len(text)
        if len(line) > rng.randint(90, 320):
            paragraphs.append(line)
            line = ""
    paragraphs.append(line + "".join(marks) + "。")
    return Article(
        id=f"a{number:06d}", url=f"/{section}/a{number:06d}/", title=title, body="\n".join(paragraphs), section=section,
        section_title=SECTION_TITLES[section], type=TYPES[section], type_title=TYPE_TITLES[TYPES[section]], date=day, people=(person,) if rng.random() < 0.4 else (),
        programs=program, keywords=(topic, rng.choice(TOPICS)), region=place, new_term=new_term,
    )  # fmt: skip


def articles(count: int, seed: int = 1) -> Iterator[Article]:
    """Yield ``count`` articles, oldest first; the same for the same ``seed``, and a longer corpus begins alike."""
    rng = random.Random(seed)
    vocabulary = Vocabulary(rng)
    first = date(2012, 1, 1)
    for number in range(count):
        own = random.Random(f"{seed}:{number}")
        yield article(number, own, vocabulary, first + timedelta(days=(number * 7919 % 5400)))
