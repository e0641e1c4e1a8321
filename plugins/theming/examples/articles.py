"""Examples of items with a text: every type, and the states a text may be in."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from plugins.domain.body import Heading
from plugins.domain.content import Credit, LinkDetails, Source
from plugins.domain.dates import CHINA
from plugins.domain.pages import Block, Fact, FileLink, Link, Note
from plugins.theming.examples.example import NOW, Example, article, item, links, menu, picture, trail, with_preview

_TEXT = """
<p>11月20日，示例县计划生育协会在县文化中心举办“家庭健康月”启动仪式。活动由县协会主办，各乡镇协会和志愿者队伍参加，现场设义诊、咨询和阅读三个区域，全天接待居民四百余人次。</p>
<h2 id="s1">一、把服务送到家门口</h2>
<p>义诊区由县医院的医生值守，为老年人测量血压、血糖，并解答用药问题。咨询区介绍生育支持政策、托育服务和保险保障，工作人员把办理流程印成一张纸，“看得懂、带得走”。</p>
<blockquote><p>群众在哪里，协会的工作就做到哪里；服务好不好，由群众说了算。</p></blockquote>
<h3 id="s1-1">（一）义诊与咨询</h3>
<p>当天共发放健康手册 600 册，登记入户随访 37 户。需要进一步检查的居民，由志愿者陪同预约。</p>
<ul><li>血压、血糖测量：212 人次；</li><li>用药咨询：96 人次；</li><li>政策咨询：104 人次。</li></ul>
<h2 id="s2">二、让活动常态化</h2>
<p>启动仪式之后，活动将在 12 个乡镇依次举办，<strong>每周六上午九时开始</strong>，地点为各乡镇文化站。具体安排见<a href="/notices/">通知公告</a>，也可以查阅<a href="https://www.example.com/" rel="noopener noreferrer">上级协会的介绍</a>。</p>
"""
_SPEECH = "".join(
    f'<h2 id="p{number}">{numeral}、{title}</h2><p>{text}</p>'
    for number, (numeral, title, text) in enumerate(
        (
            (
                "一",
                "认清形势，明确方向",
                "人口发展进入新的阶段，家庭的需求也在变化。协会的工作要跟着需求走，从管理转向服务，从活动转向机制。",
            ),
            (
                "二",
                "突出重点，做实项目",
                "要把优生优育、青春健康、家庭健康、暖心行动等项目一个一个做实，做到有计划、有记录、有回访。",
            ),
            (
                "三",
                "依靠基层，建强队伍",
                "基层协会离群众最近。要配好秘书长，用好志愿者，让会员活动有地方、有内容、有人带。",
            ),
            ("四", "改进作风，注重实效", "少发文件，多到现场；少提口号，多办实事。年底看成效，不看材料的厚薄。"),
        ),
        start=1,
    )
)
_PHOTO = picture(alt="村口的广场上，居民在帐篷下排队测量血压", caption="启动仪式现场的义诊区。（示意图）")
_HEADINGS = tuple(
    Heading(level=2, text=text, anchor=f"p{number}")
    for number, text in enumerate(
        ("一、认清形势，明确方向", "二、突出重点，做实项目", "三、依靠基层，建强队伍", "四、改进作风，注重实效"),
        start=1,
    )
)
_FILES = (
    FileLink(title="家庭健康月工作方案.pdf", url="/files/plan.pdf", kind="PDF", size="1.2 MB"),
    FileLink(title="报名表.docx", url="/files/form.docx", kind="Word 文档", size="36 kB"),
)

NEWS = article(
    "news-item",
    "news_item",
    item(
        "news_item",
        "家庭健康月启动，十二个乡镇依次开展义诊与咨询",
        kicker="家庭健康月专题",
        subtitle="每周六上午九时，在各乡镇文化站",
        source=Source(name="示例县计划生育协会"),
        editor="示例编辑",
        modified=datetime(2026, 11, 21, 10, 5, tzinfo=CHINA),
    ),
    _TEXT,
    lead=_PHOTO,
    attachments=_FILES,
    authors=(Link(title="示例作者", url="", note="县协会宣传部"),),
)
_PLAIN = article(
    "one-line", "news_item", item("news_item", "县协会办公地点变更"), "<p>即日起迁至新址。</p>", related=(), tags=()
)
SPEECH = article(
    "leader-article",
    "leader_article",
    item("leader_article", "在年度工作会议上的讲话（示例）", authors=(Credit(name="示例人物"),)),
    _SPEECH,
    toc=_HEADINGS,
    facts=(
        Fact(label="讲话人", text="示例人物", url="/people/example/"),
        Fact(label="职务", text="示例县计划生育协会会长（示例）"),
        Fact(label="场合", text="示例县计划生育协会年度工作会议"),
        Fact(label="日期", text="2026年11月18日", datetime="2026-11-18"),
    ),
    menu=menu("/leaders/"),
    breadcrumbs=trail("会长话改革", "/leaders/"),
)
NOTICE = article(
    "notice",
    "notice",
    item("notice", "关于开展家庭健康月活动的通知", expires=datetime(2099, 1, 1, tzinfo=CHINA)),
    "<p>各乡镇计划生育协会：</p><p>为做好家庭健康服务，定于本月起开展家庭健康月活动。现将有关事项通知如下。</p>"
    '<h2 id="n1">一、时间和地点</h2><p>每周六上午九时，各乡镇文化站。</p><h2 id="n2">二、报名</h2><p>填写报名表，于截止日期前交县协会。</p>',
    attachments=_FILES,
    facts=(
        Fact(label="发文字号", text="示计生协〔2026〕8号"),
        Fact(label="发文机关", text="示例县计划生育协会"),
        Fact(label="成文日期", text="2026年11月16日", datetime="2026-11-16"),
        Fact(label="截止日期", text="2026年12月31日", datetime="2026-12-31"),
        Fact(label="状态", text="有效"),
    ),
    menu=menu("/notices/"),
    breadcrumbs=trail("通知公告", "/notices/"),
)
PROGRAM = article(
    "program",
    "program",
    item("program", "暖心行动"),
    "<p>暖心行动面向计划生育特殊家庭，提供走访慰问、心理关怀和就医陪同，由县、乡、村三级协会和志愿者共同承担。</p>",
    lead=_PHOTO,
    facts=(
        Fact(label="服务对象", text="本县计划生育特殊家庭"),
        Fact(label="参加方式", text="向村（社区）协会提出，或拨打电话"),
        Fact(label="电话", text="000-0000000", url="tel:000-0000000"),
        Fact(label="地点", text="各乡镇暖心家园"),
        Fact(label="时间", text="2026年1月1日—2026年12月31日"),
        Fact(label="状态", text="进行中"),
    ),
    blocks=(Block(title="项目动态", links=links("暖心家园新址启用", "志愿者入户走访三十户", "心理关怀培训班开课")),),
    menu=menu("/programs/"),
    breadcrumbs=trail("服务项目", "/programs/"),
)
EVENT = article(
    "event",
    "event",
    item("event", "优生优育公益讲座"),
    "<p>请提前十分钟入场。现场提供讲义，可带孩子参加。</p>",
    facts=(
        Fact(label="开始", text="2026年12月5日 14:00", datetime="2026-12-05T14:00:00+08:00"),
        Fact(label="结束", text="2026年12月5日 16:00", datetime="2026-12-05T16:00:00+08:00"),
        Fact(label="地点", text="县文化中心二楼报告厅"),
        Fact(label="主办", text="示例县计划生育协会"),
    ),
    calendar_url="/event/event.ics",
    menu=menu("/events/"),
    breadcrumbs=trail("活动", "/events/"),
)
_PERSON = article(
    "person",
    "person",
    item("person", "示例人物", date=None),
    "<p>本页收录示例人物署名的文章和有关报道。</p>",
    facts=(Fact(label="职务", text="会长（示例）"), Fact(label="单位", text="示例县计划生育协会"), Fact(label="任期", text="2024年3月起")),
    blocks=(Block(title="讲话和署名文章", kind="by", links=links("在年度工作会议上的讲话（示例）", "谈谈基层协会建设（示例）")),),
    tags=(), related=(), previous=None, next=None, breadcrumbs=trail("关于协会", "/about/", "示例人物"), menu=menu("/about/"),
)  # fmt: skip
_ABOUT = article(
    "page", "page", item("page", "协会简介", date=None), _TEXT, tags=(), related=(), previous=None, next=None,
    breadcrumbs=trail("关于协会", "/about/", "协会简介"), menu=menu("/about/"),
)  # fmt: skip
_ENGLISH = article(
    "english",
    "page",
    item("page", "About the Association", lang="en", date=NOW),
    "<p>The association serves families across the county. It offers health talks, counselling and visits, "
    "carried by volunteers in every township.</p><p>This page is an example of an item in another language.</p>",
    tags=(),
)
_LINK = article(
    "link",
    "link",
    item("link", "上级协会网站", date=None, details=LinkDetails(target="https://www.example.com/")),
    "",
    related=(),
    tags=(),
)


def _wide_table() -> str:
    head = "".join(f'<th scope="col">{month}月</th>' for month in range(1, 13))
    rows = "".join(
        f'<tr><th scope="row">{town}</th>'
        + "".join(f"<td>{(place * 37 + month * 11) % 400}</td>" for month in range(12))
        + "</tr>"
        for place, town in enumerate(("东城镇", "西山乡", "南河镇", "北岭乡"), start=1)
    )
    return (
        '<p>各乡镇每月服务人次如下表，可左右滑动查看。</p><section tabindex="0" aria-label="各乡镇服务人次表，可左右滑动">'
        f'<table><caption>各乡镇服务人次（示例数字）</caption><thead><tr><th scope="col">乡镇</th>{head}</tr></thead><tbody>{rows}</tbody></table></section>'
    )


def _many_photos() -> str:
    figure = (
        '<figure><img src="/drawings/{name}.svg" width="800" height="450" alt="第{n}幅示意图：{what}" loading="lazy" decoding="async">'
        "<figcaption>图{n}　活动现场（示意图）</figcaption></figure>"
    )
    kinds = (("village", "村口广场"), ("reading", "阅读角"))
    return "<p>以下为活动图集。</p>" + "".join(
        figure.format(name=kinds[n % 2][0], n=n, what=kinds[n % 2][1]) for n in range(1, 31)
    )


_LONG_TITLE = "示例县计划生育协会关于在全县范围内组织开展家庭健康服务进乡村进社区进学校进企业系列活动并做好经验总结与宣传推广工作的情况"
_RARE = "<p>人名、地名用字：𬭎、𫖯、㑇、䶮、龘、〇。“引号”与——破折号……省略号，《书名》〈篇名〉。</p><p>混排：2026年第3期 Newsletter，共 48 页，网址 <code>https://www.example.org/a-very-long-address-without-any-break/1234567890</code>。</p>"

ARTICLES = (
    Example(name="news-item", state="新闻：有图、附件、更新时间", page=NEWS),
    Example(name="leader-article", state="领导讲话：目录、讲话人", page=SPEECH),
    Example(name="notice", state="通知：文号、附件在前、到期自动提示", page=NOTICE),
    Example(name="program", state="项目", page=PROGRAM),
    Example(name="event", state="活动：日历文件", page=EVENT),
    Example(name="person", state="人物", page=_PERSON),
    Example(name="page", state="普通页面", page=_ABOUT),
    Example(name="link", state="链接", page=_LINK),
    Example(name="one-line", state="一句话正文，无来源、无作者、无图", page=_PLAIN),
    Example(name="english", state="仅有英文的内容", page=_ENGLISH),
    Example(
        name="expired",
        state="已过期",
        page=replace(
            NOTICE,
            url="/expired/",
            expired=True,
            notes=(Note(kind="expired", word="本通知已过期。", text="有效期至2026年10月1日，仅供查阅。"),),
        ),
    ),
    Example(
        name="corrected",
        state="已更正",
        page=replace(
            NEWS,
            url="/corrected/",
            notes=(Note(kind="corrected", word="更正：", text="2026年11月21日，原文“三百余人次”应为“四百余人次”。"),),
        ),
    ),
    Example(name="preview", state="待审核的预览", page=with_preview(NEWS, "待审核 · 预览，尚未发布")),
    Example(name="long-title", state="六十字标题", page=replace(NEWS, title=_LONG_TITLE, lead=None)),
    Example(
        name="rare-characters",
        state="生僻字与标点",
        page=article("rare-characters", "news_item", item("news_item", "生僻字示例：𬭎与𫖯"), _RARE),
    ),
    Example(
        name="wide-table",
        state="十二列的表格",
        page=article("wide-table", "news_item", item("news_item", "各乡镇服务人次"), _wide_table()),
    ),
    Example(
        name="thirty-photos",
        state="三十幅图",
        page=article("thirty-photos", "news_item", item("news_item", "活动图集"), _many_photos()),
    ),
    Example(
        name="broken-photo",
        state="图片打不开",
        page=replace(NEWS, lead=picture("missing", alt="这幅图没有取到时，这里是它的文字说明", caption="图片缺失")),
    ),
)
