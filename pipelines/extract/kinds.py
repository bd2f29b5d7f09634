"""What kind of page it is, and why."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipelines.extract.titles import read_title
from pipelines.model import PageKind

_PREAMBLE = re.compile(
    r"(?:本|现将|现|编制|公布|特)[^。]{0,60}(?:年度报告|年报|工作报告)|根据《?(?:中华人民共和国)?政府信息公开条例》?[^。]{0,60}(?:编制|公布|制作)"
)
_BY_WORD: tuple[tuple[PageKind, re.Pattern[str]], ...] = (
    (PageKind.NOTICE, re.compile(r"通知$|的通知|公告$|通告$|公示$|通报$|启事$")),
    (PageKind.GUIDE, re.compile(r"指南$|指南\(|办事指南|目录$")),
    (
        PageKind.REGULATION,
        re.compile(r"(?:办法|规定|条例|细则|制度|规范|规程|准则|意见|方案|法)(?:[(（](?:试行|暂行|草案)[)）])?$"),
    ),
)
_NOTICE_BODY = re.compile(r"(?:现将|特此|请(?:各|于|认真)).{0,40}(?:通知|遵照执行|贯彻执行)")
_ERROR = re.compile(
    r"找不到|页面不存在|无法找到|访问的页面|错误页面|页面已(?:被)?删除|404|not found|参数错误", re.IGNORECASE
)
_CHALLENGE = re.compile(
    r"访问异常|安全验证|请稍候|人机验证|访问被拦截|云盾|防火墙|请开启javascript|enable javascript", re.IGNORECASE
)
# Under this many characters besides its title a page is a stub. The shortest reports met are three lines (a township
# that received nothing); a stub is a title with a date, a button or an attachment's name.
_LEAST_BODY = 24
_LEAST_NEWS = 150


@dataclass(frozen=True, slots=True)
class KindReading:
    """The kind of a page and one clause that says by what it was known; `finding` names what a person should see."""

    kind: PageKind
    reason: str
    finding: str = ""


def _has_body(squeezed: str, title: str) -> bool:
    rest = squeezed.replace(re.sub(r"\s", "", title), "")
    return len(rest) >= _LEAST_BODY and bool(re.search(r"[。；;，,0-9]", rest))


def page_kind(
    titles: Sequence[str],
    body: str,
    *,
    entries: int,
    listed_share: float,
    link_share: float,
    http_status: int | None,
    attachments: int,
) -> KindReading:
    """The kind of a page from its title candidates (best first), its main text and the share of linked text.

    `entries` is the number of dated links of the page, `listed_share` the share of the main text that is their titles,
    `link_share` the share of the page's text that is no prose.
    """
    if http_status is not None and http_status >= 400:
        return KindReading(PageKind.ERROR, f"HTTP status {http_status}")
    squeezed = re.sub(r"\s", "", body)
    if len(squeezed) < 600 and _CHALLENGE.search(body) and not any(map(read_title, titles)):
        return KindReading(PageKind.CHALLENGE, "a short page that asks to prove something")
    if len(squeezed) < 300 and _ERROR.search(" ".join([*titles[:1], body])):
        return KindReading(PageKind.ERROR, "a short page that says the page is not there")
    if entries >= 4 and (listed_share > 0.4 or len(squeezed) < 60):
        return KindReading(PageKind.LIST, f"{entries} dated links, {listed_share:.0%} of the main text")
    for title in titles:
        reading = read_title(title)
        if reading is not None:
            if not _has_body(squeezed, title):
                if attachments:
                    return KindReading(
                        PageKind.OTHER, f"the report ({title}) is in an attachment", "report_in_attachment"
                    )
                return KindReading(PageKind.OTHER, f"a report's title ({title}) without a body", "body_missing")
            return KindReading(reading.kind, f"title: {title}")
        for kind, pattern in _BY_WORD:
            if pattern.search(title):
                return KindReading(kind, f"title ends like a {kind}: {title}")
    preamble = _PREAMBLE.search(body, 0, 1500) if len(squeezed) >= 60 and "信息公开" in body[:1500] else None
    if preamble and not _NOTICE_BODY.search(body, 0, 3000):
        return KindReading(PageKind.ANNUAL_REPORT, f"preamble: {preamble[0][:40]}")
    if link_share > 0.8 and len(squeezed) < 600:
        return KindReading(PageKind.INDEX, f"{link_share:.0%} of the text is links and labels")
    if len(squeezed) >= _LEAST_NEWS:
        return KindReading(PageKind.NEWS, "prose without a report's title")
    return KindReading(PageKind.OTHER, "too little text to tell")
