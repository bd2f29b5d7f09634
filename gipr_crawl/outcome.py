"""What an answer is: a page, a defence, a soft 404, an empty shell, a stranger's site. Pure: bytes in, judgement out.

Defences are recognised to be respected. Nothing here helps to pass one.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urljoin, urlsplit

MAX_BODY = 20 * 1024 * 1024

# How much of a body is read: every sign stands in the first kilobytes, unless those hold no text.
_HEAD = 64 * 1024
_REACH = 2 * 1024 * 1024
# A page that only sends the visitor on is under 2 kB; longer ones use `location` for their menus.
_MOVED_LENGTH = 2048
# Error and block pages carry a sentence or two; a report that mentions 404 or 验证码 carries thousands of characters.
_SHORT_TEXT = 2000
_BLOCK_TEXT = 600
# Readable characters below which a page with scripts is the empty shell of one that scripts would fill.
_SHELL_TEXT = 200


class Outcome(StrEnum):
    """What came of a fetch; the value stands in `captures.outcome`."""

    PAGE = "page"
    BINARY = "binary"
    MOVED = "moved_by_meta_refresh"
    SOFT_404 = "soft_404"
    NOT_FOUND = "not_found"
    SERVER_ERROR = "server_error"
    CLIENT_ERROR = "client_error"
    EMPTY_SHELL = "empty_shell"
    STRANGER = "stranger"
    TOO_LARGE = "too_large"
    # Defences: the host does not want this visitor, or not now.
    CHALLENGE_521 = "challenge_521"
    CHALLENGE_412 = "challenge_412"
    CHALLENGE_COOKIE = "challenge_cookie"
    WAF = "waf"
    CAPTCHA = "captcha"
    RATE_LIMITED = "rate_limited"
    FORBIDDEN = "forbidden"
    # No answer at all.
    DISALLOWED = "disallowed_by_robots"
    PARKED = "host_parked"
    OFFSITE = "offsite"
    UNREACHABLE = "unreachable"

    @property
    def is_defence(self) -> bool:
        """Does it say that the host defends itself?"""
        return self in _DEFENCES

    @property
    def is_content(self) -> bool:
        """Did it bring what was asked for?"""
        return self in (Outcome.PAGE, Outcome.BINARY)


_DEFENCES = frozenset(
    {
        Outcome.CHALLENGE_521,
        Outcome.CHALLENGE_412,
        Outcome.CHALLENGE_COOKIE,
        Outcome.WAF,
        Outcome.CAPTCHA,
        Outcome.RATE_LIMITED,
        Outcome.FORBIDDEN,
    }
)


@dataclass(frozen=True, slots=True)
class Judgement:
    """The outcome and the sentence that says why; `moved_to` is the absolute address a `moved` page names."""

    outcome: Outcome
    reason: str
    moved_to: str | None = None


# Magic numbers of what portals attach; an OLE file may be .doc, .xls, .wps or .et.
_MAGIC = (
    (b"%PDF-", "PDF"),
    (b"PK\x03\x04", "ZIP (docx, xlsx, ofd)"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "OLE (doc, xls, wps, et)"),
    (b"Rar!\x1a\x07", "RAR"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"\x1f\x8b\x08", "gzip"),
    (b"\x89PNG\r\n", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"{\\rtf", "RTF"),
)
# Sentences of block pages: 云盾, 安全狗, 创宇盾, 安恒 and home-made ones.
_BLOCK_WORDS = (
    "访问异常", "安全验证", "请求被拦截", "访问被拦截", "已被拦截", "拦截提示", "应用防火墙", "网站防火墙", "web防火墙",
    "yundun", "aliyun_waf", "云盾", "event_id", "创宇盾", "加速乐", "安全狗", "恶意攻击", "非法请求", "访问被拒绝",
    "访问过于频繁", "请求过于频繁", "access denied", "request blocked", "you have been blocked", "attention required!",
)  # fmt: skip
_CAPTCHA_WORDS = (
    "人机验证", "滑动验证", "拖动滑块", "拖动下方滑块", "请输入验证码", "请完成安全验证", "点击完成验证", "验证您是真人",
    "确认您不是机器人", "i'm not a robot", "verify you are human", "geetest", "g-recaptcha", "h-captcha",
)  # fmt: skip
_SOFT_404_WORDS = (
    "页面不存在", "网页不存在", "页面未找到", "页面找不到", "找不到页面", "找不到网页", "找不到该页", "找不到您",
    "找不到你", "无法找到该页", "无法找到页面", "无法找到网页", "访问的页面不存在", "页面已被删除", "页面已删除",
    "文件不存在", "信息不存在", "文章不存在", "内容不存在或", "栏目不存在", "页面可能已", "page not found",
    "404 not found", "404错误", "404 错误", "错误404", "http 404", "http错误 404", "the requested url was not found",
)  # fmt: skip
_SOFT_404_TITLES = re.compile(r"(?<!\d)404(?!\d)|错误页面|出错了|页面错误|not found|信息提示", re.IGNORECASE)
_PARKING_WORDS = (
    "域名出售", "域名正在出售", "域名转让", "域名已过期", "域名已到期", "该域名", "此域名", "本域名", "domain is for sale",
    "domain for sale", "buy this domain", "domain has expired", "parkingcrew", "sedoparking", "hugedomains", "bodis.com",
    "网站已关闭", "站点不存在", "没有找到站点", "您没有将此域名",
)  # fmt: skip
# A title made of these belongs to no portal. Two-character words that report titles use (彩票, 体育, 娱乐) are not here
# on their own: 体育局, 福利彩票发行中心 and 文化娱乐场所 are ordinary subjects.
_STRANGE_TITLE = re.compile(
    r"博彩|赌场|赌博网|棋牌|百家乐|老虎机|六合彩|时时彩|北京赛车|威廉希尔|澳门(?:新葡京|金沙|永利|威尼斯)|新葡京|皇冠体育"
    r"|体育(?:投注|下注|买球)|买球|足彩|彩票(?:平台|app|官网|投注)|娱乐(?:城|平台|官网)|棋牌|电竞竞猜"
    r"|无码|成人(?:视频|电影|网站)|激情(?:视频|电影)|国产精品|久久(?:精品|综合)|黄色(?:网站|视频)|av在线|裸聊|约炮",
    re.IGNORECASE,
)
# Traditional forms too, and pinyin in brackets is dropped first: a damaged copy of a report is still a page to read.
_OFFICIAL = re.compile(
    r"人民政府|政府信息公[开開]|政[务務]公[开開]|政府[办辦]公|(?:委[员員][会會]|管理局|[厅廳局委])(?:网站|網站)|[门門][户戶](?:网站|網站)"
)
_PINYIN = re.compile(r"\s?[(（][a-zA-Zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]{1,6}[)）]")

_TAG = re.compile(r"<(/?)(script|style)\b[^<>]*>|<!--|-->|<[^<>]*>", re.IGNORECASE)
_TITLE = re.compile(r"<title\b[^<>]{0,100}>([^<]{0,500})", re.IGNORECASE)
_HAS_SCRIPT = re.compile(r"<script\b", re.IGNORECASE)
# A link that leads somewhere, a frame, an embedded file or a picture: something a reader came for.
_HAS_SUBSTANCE = re.compile(
    r"<(?:a\s[^<>]{0,300}href\s{0,5}=(?!\s{0,5}[\"']?(?:javascript|#))|i?frame\b|embed\b|object\b|img\b)", re.IGNORECASE
)
_META_REFRESH = re.compile(
    r"<meta\b[^<>]{0,200}http-equiv\s{0,5}=\s{0,5}[\"']?refresh[\"']?[^<>]{0,100}?"
    r"content\s{0,5}=\s{0,5}[\"']?\s{0,5}\d{1,4}(?:\.\d{1,4})?\s{0,5}[;,]\s{0,5}url\s{0,5}=\s{0,5}['\"]?([^\"'<>\s]{1,500})",
    re.IGNORECASE,
)
_SCRIPT_MOVE = re.compile(
    r"\blocation(?:\.href)?(?:\s{0,5}=\s{0,5}|\.replace\s{0,5}\(\s{0,5}|\.assign\s{0,5}\(\s{0,5})[\"']([^\"'<>\s]{1,500})[\"']"
)
_SETS_COOKIE = re.compile(r"\bdocument\s{0,3}\.\s{0,3}cookie\s{0,3}=|\bdocument\[[\"']cookie[\"']\]\s{0,3}=")
_RELOADS = re.compile(r"\blocation\b")


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes
    url: str
    source: str
    title: str
    text: str

    @property
    def is_official(self) -> bool:
        """Does the page speak of a government's own matters?"""
        return bool(_OFFICIAL.search(_PINYIN.sub("", self.text)))

    def holds(self, words: tuple[str, ...]) -> str | None:
        lowered = self.text.lower()
        return next((word for word in words if word in lowered), None)


def classify(
    status: int,
    headers: Mapping[str, str],
    body: bytes,
    *,
    url: str = "",
    requested: str = "",
    max_body: int = MAX_BODY,
) -> Judgement:
    """What the answer is, and why. Never raises.

    `headers` have names in any case, `body` is as received after decompression. `url` is where the answer came from
    and `requested` what was asked for, to notice a redirect to the home page; both may be empty.
    """
    if len(body) > max_body:
        return Judgement(Outcome.TOO_LARGE, f"the body has more than {max_body} bytes")
    page = _unpacked_page(body)
    kind = next((name for magic, name in _MAGIC if body.startswith(magic)), None)
    if kind and page is None and status < 400:
        return Judgement(Outcome.BINARY, f"the body begins as {kind}")
    answer = _read(status, {name.lower(): value for name, value in headers.items()}, page or body, url)
    for rule in (_challenge, _block, _refusal, _moved, _soft_404, _stranger, _shell):
        judgement = rule(answer)
        if judgement is not None:
            return judgement
    if _sent_home(url, requested):
        return Judgement(Outcome.SOFT_404, "the request was led to the home page")
    return Judgement(Outcome.PAGE, f"status {status} and {len(answer.text)} readable characters")


def _unpacked_page(body: bytes) -> bytes | None:
    """The head of a page that came gzipped without the header that says so, as some portals send it."""
    if not body.startswith(b"\x1f\x8b\x08"):
        return None
    try:
        head = zlib.decompressobj(wbits=31).decompress(body, 2 * _HEAD)
    except zlib.error:
        return None
    return head if b"<html" in head[:4096].lower() or b"<!doctype" in head[:4096].lower() else None


def _read(status: int, headers: Mapping[str, str], body: bytes, url: str) -> _Answer:
    source = _decoded(body[:_HEAD])
    text = _visible(source)
    if len(text) < _SHORT_TEXT and len(body) > _HEAD:
        # Saved and pasted pages carry up to 80 kB of styles before their first word.
        source = _decoded(body[:_REACH])
        text = _visible(source)
    title = _TITLE.search(source)
    return _Answer(status, headers, body, url, source, title.group(1).strip() if title else "", text)


def _decoded(body: bytes) -> str:
    """Text good enough to find signs in: UTF-8, a character cut at the end forgiven, else GB18030."""
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if error.start >= len(body) - 3:
            return body[: error.start].decode("utf-8-sig")
    return body.decode("gb18030", errors="replace")


def _visible(source: str) -> str:
    """The readable text: without tags, scripts, styles and comments, white space squeezed."""
    pieces: list[str] = []
    place, closing = 0, ""
    for tag in _TAG.finditer(source):
        token = tag.group().lower()
        if not closing:
            pieces.append(source[place : tag.start()])
            closing = {"<!--": "-->"}.get(token, "" if tag.group(1) else (tag.group(2) or "").lower())
        elif token == closing or (tag.group(1) and (tag.group(2) or "").lower() == closing):
            closing = ""
        place = tag.end()
    if not closing:
        pieces.append(source[place:])
    return " ".join(" ".join(pieces).split())


def _challenge(answer: _Answer) -> Judgement | None:
    source, cookies = answer.source, answer.headers.get("set-cookie", "")
    small = len(answer.text) < _SHELL_TEXT
    jiasule = answer.status in (521, 512) and ("__jsluid" in cookies or _asks_cookie(source))
    if small and (jiasule or "__jsl_clearance" in source):
        return Judgement(Outcome.CHALLENGE_521, f"加速乐: status {answer.status} and a script that sets a cookie")
    if answer.status == 412:
        return Judgement(Outcome.CHALLENGE_412, "status 412 to a request without preconditions, as 瑞数 answers")
    if small and "$_ts" in source:
        return Judgement(Outcome.CHALLENGE_412, "瑞数: $_ts and no readable text")
    if small and ("acw_sc__v2" in source or re.search(r"\bvar\s{1,5}arg1\s{0,5}=\s{0,5}'[0-9A-F]{20,}", source)):
        return Judgement(Outcome.CHALLENGE_COOKIE, "阿里云: a script that computes acw_sc__v2")
    if small and len(answer.body) < 8192 and _asks_cookie(source):
        return Judgement(Outcome.CHALLENGE_COOKIE, "a short script sets a cookie and loads the page again")
    return None


def _asks_cookie(source: str) -> bool:
    return bool(_SETS_COOKIE.search(source) and _RELOADS.search(source)) or 'cookie="C3VK=' in source


def _block(answer: _Answer) -> Judgement | None:
    if len(answer.text) > _BLOCK_TEXT:
        return None
    scripted = answer.source.lower()
    captcha = answer.holds(_CAPTCHA_WORDS) or next(
        (word for word in _CAPTCHA_WORDS if word.isascii() and len(answer.text) < _SHELL_TEXT and word in scripted),
        None,
    )
    if captcha:
        return Judgement(Outcome.CAPTCHA, f"a short page asks for proof of a person ({captcha})")
    word = answer.holds(_BLOCK_WORDS)
    if word is None or answer.status in (404, 410):
        return None
    return Judgement(Outcome.WAF, f"status {answer.status} and a short page that speaks of blocking ({word})")


def _refusal(answer: _Answer) -> Judgement | None:
    status = answer.status
    if status == 429:
        return Judgement(Outcome.RATE_LIMITED, "status 429: too many requests")
    if status in (401, 403, 405, 406, 418, 451):
        return Judgement(Outcome.FORBIDDEN, f"status {status}")
    if status in (404, 410):
        return Judgement(Outcome.NOT_FOUND, f"status {status}")
    if status >= 500:
        return Judgement(Outcome.SERVER_ERROR, f"status {status}")
    if status >= 400:
        return Judgement(Outcome.CLIENT_ERROR, f"status {status}")
    if status >= 300:
        return Judgement(Outcome.MOVED, f"status {status} that was not followed", answer.headers.get("location"))
    return None


def _moved(answer: _Answer) -> Judgement | None:
    if len(answer.body) > _MOVED_LENGTH or len(answer.text) > _SHELL_TEXT:
        return None
    refresh = _META_REFRESH.search(answer.source)
    move = refresh or _SCRIPT_MOVE.search(answer.source)
    if move is None:
        return None
    try:
        target = urljoin(answer.url, move.group(1))
    except ValueError:
        return None
    how = "a meta refresh" if refresh else "a script"
    return Judgement(Outcome.MOVED, f"a page of {len(answer.body)} bytes with {how} to {target}", target)


def _soft_404(answer: _Answer) -> Judgement | None:
    if len(answer.text) >= _SHORT_TEXT:
        return None
    word = answer.holds(_SOFT_404_WORDS)
    if word and len(answer.text) < _BLOCK_TEXT:
        return Judgement(Outcome.SOFT_404, f"status {answer.status}, but a short page says {word}")
    title = _SOFT_404_TITLES.search(answer.title)
    if title and not _OFFICIAL.search(answer.title):
        return Judgement(Outcome.SOFT_404, f"status {answer.status}, but the title says {title.group()}")
    return None


def _stranger(answer: _Answer) -> Judgement | None:
    word = answer.holds(_PARKING_WORDS) if len(answer.text) < _BLOCK_TEXT else None
    if word and not answer.is_official:
        return Judgement(Outcome.STRANGER, f"a parked or closed domain ({word})")
    strange = _STRANGE_TITLE.search(answer.title)
    if strange and not answer.is_official:
        return Judgement(
            Outcome.STRANGER, f"the title speaks of {strange.group()} and nothing official stands on the page"
        )
    return None


def _shell(answer: _Answer) -> Judgement | None:
    if not answer.body.strip():
        return Judgement(Outcome.EMPTY_SHELL, "the body is empty")
    start = answer.source.lstrip()[:200].lower()
    if start.startswith(("{", "[", "<?xml", "<datastore")) or "json" in answer.headers.get("content-type", ""):
        return None
    if _HAS_SUBSTANCE.search(answer.source) or len(answer.text) >= _SHELL_TEXT:
        return None
    if _HAS_SCRIPT.search(answer.source) or not answer.text:
        return Judgement(
            Outcome.EMPTY_SHELL,
            f"{len(answer.text)} readable characters, no link, and scripts that would fill the page",
        )
    return None


def _sent_home(url: str, requested: str) -> bool:
    try:
        came, asked = urlsplit(url), urlsplit(requested)
    except ValueError:
        return False
    home = ("", "/", "/index.html", "/index.htm", "/index.shtml")
    return bool(url and requested) and came.path in home and not came.query and asked.path not in home
