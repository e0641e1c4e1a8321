"""What a block that is not of the article says of itself, told by its words alone."""

from __future__ import annotations

import itertools
import re
from functools import lru_cache

from plugins.legacy_html.document import Block
from plugins.legacy_html.infoline import InfoLine, read_info
from plugins.legacy_html.labels import CONTROL, COUNT, ORGANISATION
from plugins.legacy_html.repairs.people import is_name

CRUMB = re.compile(
    r"^[\s>»›◇◆·■*]*(?:您|你|我)?(?:们)?(?:现在|現在|当前|當前|目前|所在)?(?:的|所在|所处|浏览的?)*(?:位置|方位|栏目|页面|导航)(?:是|为|在)?\s*[:：>＞»›/]"
    r"|^[\s>»›]*(?:当前位置|當前位置|您的位置|你的位置|所在位置|现在位置|您现在的位置|当前栏目|所在栏目)"
)
CRUMB_SEPARATOR = re.compile(r"\s*(?:>>|>|＞|»|›|→|::|-->|→|/|\\|\||｜|·|—>|—|-|－)\s*")
_HOME = re.compile(
    r"^\s*(?:网站首页|网站主页|首页|首頁|主页|返回首页|本站首页|Home)\s*(?:>>|>|＞|»|›|→|/|-|－|::)", re.I
)
_TRAIL = re.compile(r"^[^>＞»›。，]{1,24}(?:\s*(?:>>?|＞|»|›)\s*[^>＞»›。]{1,60}){1,6}[>＞»›\s]*$")
NEIGHBOUR = re.compile(
    r"^[\s\[【(（<«»>·•]*(上|前|下|后|後)\s*[一1]?\s*(?:篇|条|條|则|則|个|個|页|頁|张|編|主题)(?:文章|新闻|信息|内容|资讯|图片)?\s*[\]】)）]?\s*(?:[:：>»]|$|\s|没有|无)"
)
RELATED = re.compile(
    r"^[\s\[【■▪●◆▶>·|]*(?:相关|相關|更多|延伸|推荐|精彩|热门|热点|最新|最近|随机|本周|今日|本类|本栏|同类|往期|猜你|大家|编辑|其他|其它|阅读|新闻|图片|点击|访问|头条|要闻|排行|网友|我来|我要|用户|发表|最热)?\s*"
    r"(?:相关|推荐|喜欢|都在看|热点|热门|新闻|文章|问答|问题|百科|词条|课程|作品|链接|连接|阅读|报道|资讯|信息|内容|专题|附近|推荐|图片|视频|图文|排行榜|排行|评论|跟帖|留言|看点|要闻|回顾|导读|动态|公告|更新|点击|稿件|解读|文件|政策|主题|导航|话题|标签|搜索|二维码)+(?:榜|区|链接|阅读|新闻|推荐|文章|列表|更新)?"
    r"\s*(?:>>|》|更多|more|\(\d+\)|（\d+）)?\s*[\]】]?\s*[:：]?\s*$",
    re.I,
)
_LEGAL = re.compile(
    r"ICP[备证]|公网安备|版权所有|版權所有|Copyright|copyright|©|All\s+Rights?\s+Reserved|技术支持\s*[:：]|网站标识码|建议使用.{0,30}(?:浏览器|分辨率)|Powered\s+by|网站地图|政府网站找错|互联网新闻信息服务许可"
    r"|信息网络传播视听|广播电视节目制作|违法和不良信息举报|举报电话|访问统计|訪問統計|您是第.{0,20}位|最佳浏览效果|备案号|增值电信",
)
_DISCLAIMER = re.compile(
    r"(?:本网|本站|本公众号|本平台|本报).{0,60}(?:转载|版权|作品|侵权|不代表|仅供参考|注明|删除|来源).{0,160}(?:联系|负责|删除|责任|注明|处理|追究|授权|观点|立场|请勿|不得|禁止|谢绝)|^[【\[（(]?\s*(?:免责声明|版权声明|特别声明|郑重声明|声明|特别提示)\s*[】\]）)]?\s*[:：]"
    r"|(?:文章|内容|稿件).{0,20}(?:不代表|仅代表作者).{0,20}(?:观点|立场)|未经.{0,12}(?:授权|许可|允许).{0,30}(?:不得|禁止|严禁|谢绝|请勿)(?:转载|使用)|^[（(]?(?:本文|文章|作品).{0,24}(?:转载请(?:注明|联系)|仅供参考，不|版权归)|^[（(]?转载请注明",
)
_PROMOTION = re.compile(
    r"微信订阅|微信訂閱|搜号码|查找公众号|扫一扫|扫描.{0,8}二维码|长按.{0,10}二维码|识别.{0,6}二维码|关注.{0,16}(?:公众号|微信|微博)|微信公众号\s*[:：]|下载.{0,10}客户端|APP下载|分享到微信|分享到朋友圈|打开微信"
    r"|点击.{0,8}(?:关注|阅读原文|进入专题)|由会员分享.{0,10}在线阅读|为大家整理的.{0,60}供大家参考|更多相关《|请勾选|验证码|登录后.{0,6}评论|文明上网|我来说两句|网友评论|已有.{0,6}人(?:参与|评论)|人赞同了该回答|点击播报本文|进入论坛|查看全部评论|点击加载更多|返回搜狐|责任编辑\s*[:：]",
)
_CLAUSES = re.compile("[，,].*[，,].*[，,]")  # half a sentence of running text
_SUBSCRIBE = re.compile(r"^打开微信.{0,60}(?:搜|查找|添加|扫|关注)")
_CONTACT = re.compile(
    r"^[\s•·*]*(?:地\s*址|电\s*话|咨[询詢]电[话話]|联系电话|传\s*真|邮\s*编|邮政编码|邮\s*箱|E-?mail|QQ群?|网\s*址|手机版|主办(?:单位)?|承办(?:单位)?|协办)\s*[:：]",
    re.I,
)
_PAGING = re.compile(
    r"^[\s\[【(（]*(?:(?:共\s*\d+\s*页|首页|尾页|末页|上一页|下一页|[\[【(（]?\d{1,3}[\]】)）]?|\.\.\.|…|>{1,2}|<{1,2}|«|»|分页[:：]?|全文阅读|查看全文|余下全文|第\s*\d+\s*页|/)\s*)+[\s\]】)）]*$"
)
_ORIGINAL = re.compile(r"^\s*[（(【\[]?\s*(?:原标题|原題|原文标题|原题)\s*[:：]")
_EDITORS = re.compile(
    r"\s*[（(【\[]?(?:\s*(?:责任编辑|责编|编辑|校对|审核|审校|统筹|值班编委|值班主任)[\s\u3000]+[\u4e00-\u9fff]{2,4})+\s*[)）】\]]?\s*"
)
_DEEPEST = 8  # steps of a breadcrumb
_THE_END = re.compile(r"[\s\-—–－=·*~]*(?:END|The End)[\s\-—–－=·*~.]*", re.I)
_DAY = re.compile(r"\s*(?:19|20)\d\d[/.-]\d{1,2}[/.-]\d{1,2}\s*")
_DOWNLOAD = re.compile(r"^\s*附件\s*[【\[:：（(].{0,80}(?:已?下载)\s*[:：]?\s*\d*\s*次?\s*$")
_LAYOUT_WORDS = re.compile(r"[▼▲\s\u3000\u00a0|｜┊│/·•:：,，\[\]【】()（）<>《》+\-－—A]+")
LONGEST = 320
_TELLING = re.compile(r"[:：︰\d|｜丨]|[〇○零].年|撰文|来源|作者|次数")
_BUTTON = re.compile(
    rf"[\s\u3000\u00a0|｜┊│/·•:：,，\[\]【】()（）<>《》+\-－—▼▲]*(?:{CONTROL.pattern}|{COUNT.pattern}|$)", re.I
)


@lru_cache(maxsize=4096)
def role_of(text: str) -> str:
    """The furniture that ``text`` is: crumb, neighbour, info, editor, related, legal, promotion, contact, paging, control; "" for none.

    >>> role_of("上一篇：年会通知"), role_of("您的位置：首页 > 要闻"), role_of("年会今天开幕。")
    ('neighbour', 'crumb', '')
    """
    if len(text) > LONGEST:
        return ""
    if NEIGHBOUR.match(text):
        return "neighbour"
    if CRUMB.match(text) or (len(text) < 120 and (_is_path(text) or _TRAIL.match(text))):
        return "crumb"
    if _PAGING.match(text) and not text.strip().isdigit() and not _DAY.fullmatch(text):
        return "paging"
    if _ORIGINAL.match(text) and len(text) < 100:
        return "original title"
    if _DOWNLOAD.match(text):
        return "download"
    if len(text) < 20 and RELATED.match(text):
        return "related"
    if _LEGAL.search(text):
        return "legal"
    if len(text) < 120 and _SUBSCRIBE.match(text):
        return "promotion"
    info = info_of(text) if _TELLING.search(text) else None
    if info is not None and info.is_info and _is_stated(info):
        return "info" if info.dates or info.first("date") or not info.first("editor") else "editor"
    if (
        len(text) < 100 and _PROMOTION.search(text) and not _CLAUSES.search(text) and not text.endswith("。")
    ) or "由会员分享" in text:
        return "editor" if text.lstrip("（([【 ").startswith("责任编辑") else "promotion"
    if info is not None and info.is_info:
        told = {field for field, _ in info.fields}
        return "editor" if told == {"editor"} and not info.dates else "info"
    if _DISCLAIMER.search(text):
        return "disclaimer"
    if _is_control(text):
        return "control"
    if _THE_END.fullmatch(text):
        return "control"
    if len(text) < 60 and _EDITORS.fullmatch(text):
        return "editor"
    return "contact" if _CONTACT.match(text) and len(text) < 60 else ""


def _is_path(text: str) -> bool:
    """True for the way from the home page to this one; a menu begins like it and goes on."""
    return bool(_HOME.match(text)) and len(CRUMB_SEPARATOR.findall(text)) <= _DEEPEST


def _is_stated(info: InfoLine) -> bool:
    """True for a line that names a source, an author or a date beside whatever buttons it holds."""
    return bool(info.first("source") or info.first("author") or info.dates or info.first("date"))


def block_role(block: Block) -> str:
    """`role_of` a block as it is seen; a linked title with a date behind it is an entry of a list and no info line."""
    role = role_of(seen(block))
    if not role and block.text.endswith("正文") and len(block.text) < 60:
        return "crumb" if sum(mark.kind == "link" for mark in block.marks) > 1 else ""
    if role == "info" and block.marks and (info := info_of(seen(block))).is_bare:
        linked = sum(mark.end - mark.start for mark in block.marks if mark.kind == "link")
        return "" if linked * 2 > len(block.text) or _is_entry(block, info) else role
    return role


def _is_entry(block: Block, info: InfoLine) -> bool:
    """True for a title in a link and the date behind it: no name of a person or paper."""
    first = next(mark for mark in block.marks)
    return (
        first.kind == "link"
        and first.start < 3
        and first.end - first.start >= 6
        and not any(is_name(word) or ORGANISATION.search(word) for word in info.rest)
    )


def seen(block: Block) -> str:
    """A block's text as a reader sees it: a gap wherever elements meet."""
    if not block.seams:
        return block.text
    edges = (0, *block.seams, len(block.text))
    return "\u3000".join(block.text[start:end] for start, end in itertools.pairwise(edges))


@lru_cache(maxsize=4096)
def info_of(text: str) -> InfoLine:
    """`read_info`, remembered: body and metadata both ask."""
    return read_info(text)


def _is_control(text: str) -> bool:
    """True for a line of nothing but buttons and counters."""
    if len(text) >= 80 or not _BUTTON.match(text):
        return False
    return not _LAYOUT_WORDS.sub("", COUNT.sub("", CONTROL.sub("", text)))
