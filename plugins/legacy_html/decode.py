"""Bytes become text: which encoding they are really in, whatever their label says, and why."""

from __future__ import annotations

import codecs
import hashlib
import re
from dataclasses import replace

from plugins.domain.text import count_ascii
from plugins.legacy_html.document import Kind, LegacyDocument

MAX_BYTES = 5_000_000
NEAR = 0.01  # share of broken sequences that still is UTF-8
LABEL_BONUS = 0.03

# The commonest characters of Chinese text in both scripts, and its punctuation: about three quarters of any page, and
# next to nothing of a page read in the wrong encoding.
COMMON = frozenset(
    "的一是不了在人有我他这個个们們中来來上大为為和国國地到以说說时時要就出会會可也你对對生能而子那得于於着下自之年过過发發"
    "后後作里裏用道行所然家种種事成方多经經么麼去法学學如都同现現当當没沒动動面起看定天分还還进進好小部其些主样樣理心她本前"
    "开開但因只从從想实實日军軍者意无無力它与與长長把机機十民第公此已工使情明性知全三又关關点點正业業外将將两兩高间間由问問"
    "很最重并物手应應战戰向头頭文体體政美相见見被利什二等产產或新己制身果加西月话話合回特代内內信表化老给給世位次度门門任常"
    "先海通教儿原东東声聲提立及比员員解水名真论論处處走义義各入几口认認条條平系气氣题題活尔更别別打女变變四神总總何电電数數"
    "安少报報才结結反受目太量再感建务務做接必场場件计計管期市直德资資命山金指克许許统統区區保至队隊形社便空决決治展马馬科司"
    "五基眼书書非则則听白却界达達光放强強即像难難且权權思王象完设設式色路记記南品住告类類求据據程北边邊死张張该該交规規万萬"
    "取格望觉覺术術领領共确確传傳师師观觀清今切院让識识候带帶导導争爭运運州城省县縣村镇镇乡鄉委党黨组組织織群众眾服育"
    "，。、；：？！（）“”《》　"
)
SAMPLE = 8000  # characters are enough to tell
_FOREIGN = re.compile("[^\x00-\x7f]+")
_LABEL = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_:.-]{2,40})""", re.I)
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_REAL_NAMES = {
    **dict.fromkeys(("gb2312", "gbk", "gb18030", "gb_2312-80", "x-gbk", "cp936", "hz-gb-2312", "euc-cn"), "gb18030"),
    **dict.fromkeys(("big5", "big5-hkscs", "big5hkscs", "cp950", "x-x-big5"), "big5hkscs"),
    **dict.fromkeys(("utf-8", "utf8"), "utf-8"),
}
_HTML = re.compile(r"<(?:!doctype\s+html|html|head|body|meta|frameset)\b", re.I)
_ELEMENT = re.compile(
    r"</?(?:p|div|br|table|tr|td|span|font|ul|ol|li|h[1-6]|center|a|b|strong|em|img|section|article|script|style|blockquote|o:p"
    r"|svg|math|iframe|form|input|details|video|audio|object|embed|svg|template|textarea|title|select|link|base)(?=[\s/>])[^>]*>?",
    re.I,
)
_MARKDOWN = re.compile(r"^(?:#{1,6} \S|!\[[^\]\n]*\]\(|> |\|.*\|$)|\*\*\S|\]\([^)\s]", re.M)
# They are no text, and a parser or a line reader would take some of them for line ends.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\u2028\u2029]")
_FRONT_MATTER = re.compile(r"---\n(?:.*\n)*?---\n")


def decode(document: LegacyDocument) -> LegacyDocument:
    """Fill ``decoded``, ``encoding`` and its reason, ``kind`` and the SHA-256 of the bytes."""
    raw = document.raw[:MAX_BYTES]
    encoding, reason, text = decoded(raw)
    text = _CONTROLS.sub("", text)
    if len(document.raw) > MAX_BYTES:
        reason += f"; cut after {MAX_BYTES} of {len(document.raw)} bytes"
    return replace(
        document,
        sha256=hashlib.sha256(document.raw).hexdigest(),
        encoding=encoding,
        encoding_reason=reason,
        decoded=text,
        kind=kind_of(text),
    )


def decoded(raw: bytes) -> tuple[str, str, str]:
    """Return the encoding's name, why it was chosen, and the text; bytes that fit nowhere become U+FFFD."""
    for bom, name in _BOMS:
        if raw.startswith(bom):
            return name, "byte order mark", raw[len(bom) :].decode(name, "replace")
    if raw.isascii():
        return "utf-8", "ASCII only", raw.decode("ascii")
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        # A few Chinese words in GBK happen to be valid UTF-8 too, but only of letters below U+0800.
        return ("utf-8", "valid UTF-8", text) if max(text) > "\u07ff" or not _label(raw) else _guessed(raw, text)
    text = raw.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    good = len(text) - bad - count_ascii(text)
    cut = raw[-3:].decode("utf-8", "ignore") != raw[-3:].decode("utf-8", "replace") and bad == 1
    if good and (bad / (bad + good) < NEAR or (cut and good > bad)):
        return "utf-8", f"UTF-8 with {bad} broken of {bad + good} characters", text
    return _guessed(raw, text)


def _guessed(raw: bytes, as_utf8: str) -> tuple[str, str, str]:
    """The likeliest encoding by the share of common characters; the label breaks a near tie."""
    label = _label(raw)
    texts = {
        "gb18030": raw.decode("gb18030", "replace"),
        "big5hkscs": raw.decode("big5hkscs", "replace"),
        "utf-8": as_utf8,
    }
    shares = {name: common_share(text) for name, text in texts.items()}
    name = max(texts, key=lambda one: shares[one] + (LABEL_BONUS if one == label else 0))
    told = ", ".join(f"{one} {share:.2f}" for one, share in shares.items())
    return name, f"share of common characters: {told}; label: {label or 'none'}", texts[name]


def _label(raw: bytes) -> str:
    """The encoding that the page says it is in, under its real name; "" for none that is known."""
    found = _LABEL.search(raw[:4096])
    return _REAL_NAMES.get(found[1].decode("ascii").lower(), "") if found else ""


def common_share(text: str) -> float:
    """The share of common Chinese characters among those that are not ASCII; a broken one counts three times."""
    foreign = "".join(_FOREIGN.findall(text))
    if not foreign:
        return 0.0
    sample = foreign[:SAMPLE]
    broken = foreign.count("\ufffd")
    return sum(map(COMMON.__contains__, sample)) / len(sample) / (1 + 2 * broken / len(foreign))


def kind_of(text: str) -> Kind:
    """Say whether ``text`` is an HTML page, a Markdown dump or a plain one."""
    head = text.lstrip("\ufeff \t\r\n")
    if _FRONT_MATTER.match(head[:20_000]):
        return "markdown"
    if _HTML.search(head[:20_000]):
        return "html"
    elements = sum(1 for _ in _ELEMENT.finditer(head[:200_000]))
    if elements and (head.startswith("<") or elements * 400 > len(head[:200_000])):
        return "html"
    return "markdown" if _MARKDOWN.search(head) else "text"
