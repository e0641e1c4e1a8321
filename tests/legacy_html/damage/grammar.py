"""Clean pages from a grammar: as many as a trial needs, none like another."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from random import Random

from plugins.domain.dates import CHINA
from tests.legacy_html.damage.gold import Gold, Part

PLACES = ("东山县", "南湖市", "西岭区", "北川镇", "清溪县", "白鹭市", "松林乡", "石桥镇", "金沙县", "青田区")
NAMES = (
    "王立新",
    "李文静",
    "张海涛",
    "刘思远",
    "陈桂兰",
    "杨志刚",
    "赵敏",
    "黄佳怡",
    "周立",
    "吴晓红",
    "欧阳文",
    "徐长青",
    "孙悦",
    "马晓东",
)
OFFICES = (
    "计生协会长",
    "计生协常务副会长",
    "计生协秘书长",
    "卫生健康局党组书记、局长",
    "计生协专职副会长",
    "卫生健康委副主任、计生协副会长",
    "妇幼保健院院长",
)
SOURCES = (
    "示例人口网",
    "清溪日报",
    "白鹭晚报",
    "东山县计划生育协会",
    "南湖市卫生健康委员会",
    "石桥镇人民政府",
    "示例省计生协",
)
COLUMNS = ("工作动态", "经验交流", "领导讲话", "基层传真", "会长论坛", "学习园地", "政策解读")
_SUBJECTS = ("各级计生协", "县计生协", "全市协会系统", "基层协会组织", "广大会员和志愿者", "镇村两级协会", "协会工作者")
_MANNERS = (
    "坚持服务为本",
    "立足自身优势",
    "围绕群众需求",
    "在党委和政府的领导下",
    "结合本地实际",
    "按照年初的部署",
    "以项目为抓手",
    "在有关部门的支持下",
    "着眼长远发展",
)
_ACTIONS = (
    "深入开展宣传倡导和健康教育", "广泛组织会员参与志愿服务", "建立健全联系人制度和走访制度", "推动优生优育指导服务向村屯延伸", "认真落实奖励扶助与特别扶助政策", "积极协调卫生、民政、教育等部门形成合力",
    "把家庭健康服务站建到群众家门口", "扎实推进青春健康教育进校园", "为计生特殊家庭提供陪诊、家政、心理疏导等服务", "培育了一批有影响、受欢迎的服务品牌", "不断完善资金管理和绩效评价办法", "对独居老人逐户登记、定期探访",
)  # fmt: skip
_RESULTS = (
    "取得了较好的效果", "受到了会员和群众的欢迎", "营造了良好的社会氛围", "为家庭和谐与社会稳定发挥了积极作用", "基层反映很好", "服务的覆盖面进一步扩大", "群众的满意度明显提高", "有力地促进了各项任务的完成", "形成了可以推广的做法",
)  # fmt: skip
_FACTS = (
    "全年举办各类活动{a}场次，参加群众达到{b}.{c}万人次", "累计投入资金{b}.{c}万元，帮扶困难家庭{a}户", "目前已建成服务站{a}个，配备家庭健康指导员{d}名", "去年发放宣传资料{b}.{c}万份，接受咨询{d}人次", "保险参保率由{e}%提高到{f}%，理赔金额{d}万元",
    "{y}年以来，先后培训骨干{d}人次，其中村级{a}人次", "在{a}个村（社区）开展了试点，覆盖人口{b}.{c}万", "问卷调查显示，{f}%的受访者表示满意或者比较满意",
)  # fmt: skip
_QUOTES = (
    "“有事找协会”",
    "“小协会、大服务”",
    "“一月一主题”",
    "“幸福家庭大讲堂”",
    "“亲情守护”",
    "“绿色通道”",
    "“五个一”",
)
_LINKS = ("同时，", "此外，", "在此基础上，", "值得一提的是，", "实践证明，", "为此，", "下一步，", "")
_RUN_INS = ("一是", "二是", "三是", "四是", "五是")
_RUN_HEADS = (
    "强化组织领导",
    "突出宣传引导",
    "优化服务供给",
    "夯实基层基础",
    "创新方式方法",
    "完善制度机制",
    "抓好督促落实",
)
_HEADS = (
    "提高思想认识，增强做好协会工作的责任感", "突出工作重点，推动各项任务落地见效", "加强自身建设，不断提升服务群众的水平", "坚持守正创新，探索协会发展的新路子", "强化组织保障，凝聚各方面的力量", "立足职能定位，当好党和政府的助手", "主要做法", "几点体会", "下一步打算",
)  # fmt: skip
_SUBHEADS = ("健全组织网络", "完善服务阵地", "培育骨干队伍", "落实经费保障", "注重典型引路", "加强督导评估")
_TITLES = (
    "{place}{year}年计生协工作会议上的讲话", "以会员为本 做实做细家庭服务工作", "凝心聚力谱写{place}协会工作新篇章", "{place}计生协：把服务送到家门口", "关于推进基层计生协能力建设的思考", "在全市优生优育指导中心建设现场会上的发言",
    "抓基层 打基础 推动协会工作再上新台阶", "立足“小协会” 做好“大文章”", "加强志愿服务与家庭健康指导的几点做法",
)  # fmt: skip
_CAPTIONS = (
    "志愿者在社区开展义诊活动",
    "{place}计生协组织“会员活动日”宣传服务",
    "家庭健康指导员入户走访困难家庭",
    "优生优育指导中心亲子活动现场",
    "青春健康教育走进{place}第一中学",
    "工作人员向群众发放宣传资料",
)
_CLOSINGS = (
    "让我们携起手来，以更加饱满的热情投入工作，为家庭幸福和社会和谐作出新的更大贡献！",
    "我们将继续努力，把好事办好、把实事办实，不辜负会员和群众的期望。",
    "新的一年，{place}计生协将继续在服务中求发展，在创新中谋进步。",
)


def generate(seed: int) -> Gold:
    """Return the page of this seed: a title, an author, sections with headings, figures, numbers and quotations."""
    dice = Random(seed)
    place = dice.choice(PLACES)
    parts = [_paragraph(dice, place, 2 + dice.randrange(2))]
    heads = dice.sample(_HEADS, 2 + dice.randrange(3)) if dice.random() < 0.8 else []
    for number, head in enumerate(heads or ("",)):
        if head:
            parts.append(Part(kind="heading2", text=f"{'一二三四五'[number]}、{head}"))
        parts += _section(dice, place, deep=bool(head) and dice.random() < 0.3)
    parts.append(Part(kind="paragraph", text=dice.choice(_CLOSINGS).format(place=place)))
    return Gold(
        name=f"generated-{seed}",
        title=dice.choice(_TITLES).format(place=place, year=2014 + dice.randrange(11)),
        author=(dice.choice(NAMES), place + dice.choice(OFFICES)) if dice.random() < 0.8 else None,
        source_name=dice.choice(SOURCES) if dice.random() < 0.8 else "",
        moment=_moment(dice) if dice.random() < 0.7 else None,
        column=dice.choice(COLUMNS),
        parts=tuple(_numbered(parts)),
    )


def _section(dice: Random, place: str, *, deep: bool) -> list[Part]:
    if deep:
        heads = dice.sample(_SUBHEADS, 2 + dice.randrange(2))
        numbered = [Part(kind="heading3", text=f"（{'一二三四'[index]}）{head}") for index, head in enumerate(heads)]
        return [part for head in numbered for part in (head, _paragraph(dice, place, 2))]
    if dice.random() < 0.6:
        heads = dice.sample(_RUN_HEADS, 3)
        parts = [
            _paragraph(dice, place, 2 + dice.randrange(2), lead=f"{run}{head}。")
            for run, head in zip(_RUN_INS, heads, strict=False)
        ]
    else:
        parts = [_paragraph(dice, place, 2 + dice.randrange(3)) for _ in range(1 + dice.randrange(3))]
    if dice.random() < 0.5:
        parts.insert(
            1 + dice.randrange(len(parts)), Part(kind="figure", text=dice.choice(_CAPTIONS).format(place=place))
        )
    return parts


def _paragraph(dice: Random, place: str, sentences: int, lead: str = "") -> Part:
    return Part(kind="paragraph", text=lead + "".join(_sentence(dice, place) for _ in range(sentences)))


def _sentence(dice: Random, place: str) -> str:
    clauses = [
        dice.choice(_LINKS) + dice.choice(_SUBJECTS) + dice.choice(_MANNERS),
        *dice.sample(_ACTIONS, 1 + dice.randrange(3)),
    ]
    if dice.random() < 0.5:
        clauses.append(_fact(dice))
    if dice.random() < 0.3:
        clauses.append(f"打造了{dice.choice(_QUOTES)}等{2 + dice.randrange(6)}个服务品牌")
    clauses.append(dice.choice(_RESULTS))
    text = "，".join(clauses) + "。"
    return text if dice.random() < 0.8 else f"在{place}，" + text


def _fact(dice: Random) -> str:
    low = 40 + dice.randrange(30)
    numbers = {
        "a": 20 + dice.randrange(900),
        "b": 1 + dice.randrange(60),
        "c": 1 + dice.randrange(9),
        "d": f"{1 + dice.randrange(9)},{dice.randrange(1000):03}",
        "e": low,
        "f": low + 5 + dice.randrange(25),
        "y": 2012 + dice.randrange(12),
    }
    return dice.choice(_FACTS).format(**numbers)


def _numbered(parts: list[Part]) -> list[Part]:
    """Give the figures their files."""
    numbers = iter(range(1, 1 + len(parts)))
    return [replace(part, file=f"{next(numbers)} (1).jpg") if part.kind == "figure" else part for part in parts]


def _moment(dice: Random) -> date:
    day = date(2010 + dice.randrange(15), 1 + dice.randrange(12), 1 + dice.randrange(28))
    if dice.random() < 0.5:
        return day
    return datetime(day.year, day.month, day.day, 8 + dice.randrange(10), dice.randrange(60), tzinfo=CHINA)
