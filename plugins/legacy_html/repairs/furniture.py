"""Lines of a text dump that belong to the page and not to its text: breadcrumbs, neighbours, banners, footers."""

from __future__ import annotations

import re
from typing import Literal

Furniture = Literal["", "breadcrumb", "neighbour", "banner", "share", "related", "footer", "contact", "navigation"]

_HERE = re.compile(
    r"\W{0,2}(?:[您你]?(?:现在|当前|目前|所在)?的?(?:所在)?(?:的)?位置(?:是|在)?|[您你](?:现在|当前)?在)\s*(?:[:：/>»]|(?=首页))\s*"
)
_CRUMB = re.compile(r"\s*(?:[>＞»›→/\\|｜»]+|&gt;|::|--+)\s*|\s+-\s+")
_HOME = re.compile(r"(?:网站|本站)?(?:首\s*页|主页)")
_NEIGHBOUR = re.compile(
    r"(上一|下一|前一|后一|上|下)(?:篇|条|页|则|个|篇文章|条新闻|条信息)(?:文章|新闻|信息|内容)?\s*[:：\]】>]\s*|(上一|下一)(?:篇|条)\s+"
)
_BANNER = re.compile(
    "由(?:会员|用户|网友).{0,20}(?:分享|上传|提供)|(?:可在线阅读|珍藏版|精编版|最新版》请在|上搜索。?$)|小编(?:为|给|今天|精心|整理|搜集|收集)|(?:下面|以下)是.{0,12}(?:整理|收集|带来|分享)|"
    "(?:供大家|仅供|供您|供各位).{0,6}(?:参考|阅读|学习)|欢迎(?:下载|阅读|参考|收藏)|(?:文档|文库|本资料).{0,12}(?:下载|编号|格式|仅供)|希望.{0,10}(?:对[大您]家?|能够?)有所?帮助|(?:更多|相关).{0,16}(?:请(?:关注|访问|登录|点击)|范文)|"
    "如有侵权|侵权.{0,8}(?:删除|联系)|免责声明|转载请注明|未经.{0,8}(?:授权|许可).{0,10}转载|版权(?:声明|归.{0,16}所有)|内容来(?:自|源于)网络|举报(?:电话|邮箱)|点击.{0,6}(?:下载|查看全文|阅读原文)|^第?\\s*\\d+\\s*页?\\s*[/／,，]?\\s*共\\s*\\d+\\s*页$"
)
_SHARE = re.compile(
    "^(?:微信订阅|分享(?:到|至|按钮)?[:：]?|分享到.*|扫一扫.*|扫码.*|微信扫.*|关注我们.*|关注.{0,12}公众号.*|打印(?:本页)?|【?(?:打印|关闭|收藏|返回|顶部).*|返回(?:顶部|列表|首页|上页).*|关闭(?:窗口|本页)|字号.*|点赞.*|收藏|"
    "阅读原文|我要(?:评论|留言|纠错).*|发表评论.*|网友评论.*|相关附件(?:下载)?|附件下载|手机(?:阅读|扫码).*|朋友圈|微博|QQ空间|微信好友)$|打开微信.{0,40}(?:搜|查找|添加|扫|关注)|(?:扫描|长按|识别).{0,12}二维码"
)
_RELATED = re.compile(
    "^(?:相关(?:阅读|新闻|链接|文章|推荐|资讯|信息|内容|专题|报道)|推荐(?:阅读|文章|新闻)|延伸阅读|热门(?:文章|新闻|推荐|排行)|最新(?:文章|动态|资讯|新闻|更新)|猜你喜欢|友情链接|栏目导航|点击排行|阅读排行)[:：]?"
)
_FOOTER = re.compile(
    "版权所有|版权©|copyright|©|ICP备|ICP证|公网安备|网安备|访问(?:统计|人数|量)[:：]|技术支持[:：]|(?:主办|承办|协办|维护|制作|建设)(?:单位|部门)?[:：]|网站(?:地图|声明|标识码|管理|建设)|(?:联系|关于)我们|"
    "手机版|电脑版|您是第.{0,12}位|建议使用.{0,20}浏览|分辨率|(?:今日|总|累计)访问|总访问量|投稿(?:邮箱|热线)|法律声明|隐私(?:政策|声明)|无障碍",
    re.IGNORECASE,
)
_CONTACT = re.compile(
    "^(?:地\\s*址|(?:联系|咨询|服务|监督|办公|值班)?电\\s*话|传\\s*真|邮\\s*[箱编]|邮政编码|电子邮[箱件]|E-?mail|网\\s*址|联系人|联系方式|微信公众号|QQ)\\s*[:：]",
    re.IGNORECASE,
)
_BULLET = re.compile(r"^[\s•·●■◆▪\-*|｜]+")
_NOT_COLUMN = re.compile(
    r"^(?:首\s*页|网站首页|主页|正文|详情|内容|详细内容|文章正文|信息内容|浏览文章|查看|文章|新闻详情)$"
)
_SPACED = re.compile(r"[\s|｜]+")


def furniture(line: str) -> Furniture:
    """Say what piece of a page's furniture ``line`` looks like, "" for text. Its place has to agree.

    >>> furniture("当前位置：首页 > 动态 > 正文"), furniture("上一篇：通知"), furniture("今天我们开会。")
    ('breadcrumb', 'neighbour', '')
    """
    bare = _BULLET.sub("", line).strip()
    short = len(bare) <= 120
    if not bare or len(bare) > 400 or not (short or "》由" in bare or _NEIGHBOUR.match(bare)):
        return ""
    if short and crumbs(bare):
        return "breadcrumb"
    if _NEIGHBOUR.match(bare):
        return "neighbour"
    if _BANNER.search(bare) and (short or "》由" in bare):
        return "banner"
    if short and (_SHARE.search(bare) or _SHARE.search(bare.strip("【】[]"))):
        return "share"
    if short and _RELATED.match(bare) and len(bare) <= 16:
        return "related"
    if short and _FOOTER.search(bare) and not bare.endswith("。"):
        return "footer"
    if short and _CONTACT.match(bare):
        return "contact"
    return "navigation" if _is_navigation(bare) else ""


def crumbs(line: str) -> tuple[str, ...]:
    """Return the entries of a breadcrumb line, nothing for another line.

    >>> crumbs("当前位置/ 首页/ 资讯快递/ 正文")
    ('首页', '资讯快递', '正文')
    """
    here = _HERE.match(line)
    rest = line[here.end() :] if here else line
    parts = tuple(part.strip() for part in _CRUMB.split(rest) if part.strip())
    if here and parts and (_HOME.match(parts[0]) or len(parts) > 1 or len(rest) <= 30):
        return parts
    return parts if len(parts) > 1 and _HOME.fullmatch(parts[0]) and not re.search("[。！？]", line) else ()


def column_of(entries: tuple[str, ...], title: str = "") -> tuple[str, tuple[str, ...]]:
    """Return the column that a breadcrumb names, and the path to it without the page itself."""
    path = list(entries)
    while path and len(path) > 1 and (_NOT_COLUMN.match(path[-1]) or _is_cut(path[-1], title)):
        path.pop()
    column = path[-1] if path and not _NOT_COLUMN.match(path[-1]) else ""
    return column, tuple(path)


def _is_cut(entry: str, title: str) -> bool:
    """Whether a breadcrumb's entry is the page's own title, cut or whole."""
    stem = re.sub(r"(?:\.{2,}|…+)$", "", entry).strip()
    return stem != entry or len(entry) > 18 or bool(title and title.startswith(stem) and len(stem) > 4)


def neighbours(line: str) -> tuple[tuple[str, str], ...]:
    """Return ``("previous" or "next", title)`` for each neighbour that a line names; "" where there is none.

    >>> neighbours("上一篇：通知 下一篇：没有了")
    (('previous', '通知'), ('next', ''))
    """
    bare = _BULLET.sub("", line).strip()
    matches = list(_NEIGHBOUR.finditer(bare))
    found = list[tuple[str, str]]()
    for index, match in enumerate(matches):
        end = matches[index + 1].start() if index + 1 < len(matches) else len(bare)
        text = bare[match.end() : end].strip(" \u3000\u00a0|[]【】<>")
        which = "previous" if (match[1] or match[2])[0] in "上前" else "next"
        found.append(
            (
                which,
                ""
                if re.fullmatch(
                    "(?:已经?)?(?:没有了?|无|暂无|没有更多.*|到.*|已是.*|返回列表|很抱歉没有了)[!！。]?", text
                )
                else text,
            )
        )
    return tuple(found)


def _is_navigation(line: str) -> bool:
    """Whether ``line`` is a menu: four or more short entries, the home page among them."""
    entries = _SPACED.split(line)
    return len(entries) >= 4 and bool(_HOME.search(line)) and all(len(entry) <= 8 for entry in entries)
