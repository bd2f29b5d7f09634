"""The site around a report: navigation, breadcrumbs, share bars, pagers, footers, known by their words."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache

from pipelines.knowledge import reference

# A pager names pages (上一页, 共…页, brackets) or counts at least three numbers; a number alone may be a table's cell
# that lost its table, or a chapter's number.
_PAGER = re.compile(
    r"^[<＜«‹]*\s*(?:上一?页|前一页|首页)(?![^\d\s<>＜＞«»‹›|｜\[\]上下一前后首尾末页]).{0,60}?(?:下一?页|后一页|尾页|末页)\s*[>＞»›]*$"
    r"|^(?:第?\s*[\[［]\d{1,4}[\]］]\s*){1,30}页?\s*(?:共\s*[\[［]?\d{1,4}[\]］]?\s*页)?$"
    r"|^第?\s*\d{1,4}\s*(?:页|/)\s*[,，/]?\s*共?\s*\d{1,4}\s*页$|^共\s*\d{1,4}\s*[页条].{0,30}$"
    r"|^1\s+2\s+3(?:\s+(?:\d{1,4}|\.{3}|…))*(?:\s*(?:下一?页|尾页|末页|[>＞»›]+))*$"
    r"|^[—–-]+\s*\d{1,3}\s*[—–-]+$"
)
_PAGE_NUMBER = re.compile(
    r"(?<=[\u4e00-\u9fff，、；。])\s?(?:—\s?\d{1,3}\s?—|第\s?\d{1,3}\s?页\s?共\s?\d{1,3}\s?页)\s?(?=[\u4e00-\u9fff])"
)
_DISCLAIMER = re.compile(
    r"^(?:[\d一二三四五]{1,2}\s*[.、．]\s*|[（(]\d[)）]\s*)?(?:凡(?:本站|本网|注明|署名|转载)|(?:特别|版权|免责|郑重|温馨|作品)?声明\s*[:：]|本(?:站|网)(?:站)?(?:所有|转载|部分|内容|刊登|提供|发布)"
    r"|以上(?:内容|信息|文章).{0,30}(?:仅供参考|不代表)|notice\s*:)",
    re.IGNORECASE,
)
_SITE_WORDS = re.compile(r"本站|本网|本平台|转载|版权|网友|侵权|platform|copyright")
_RULE_LINE = re.compile(r"^[-—_=~*·.•\s|]{3,}$")
_BREADCRUMB = re.compile(r"^(?:首\s*页|网站首页|主页)\s*(?:[>＞»›/\-]+\s*[^>＞»›/。;；]{1,40}){1,8}$")
_SEPARATED = re.compile(r"\s*[>＞»›]+\s*")
_PRINTED = re.compile(r"^(?:主\s*题\s*词[:：]).{0,80}$|^.{2,40}?\s+(?:19|20)\d\d年\d{1,2}月\d{1,2}日\s*印发$")
_LONGEST_OPENING = 60
_BETWEEN_TOOLS = re.compile(r"[\s|｜【】\[\]·•/]+")
# 正文内容区域请使用tab按钮切换浏览: read to those who cannot see the page.
_FOR_KEYBOARDS = re.compile(r"使用tab(?:按钮|键)", re.IGNORECASE)
_MARKS = "•·|｜"  # bullets and bars around a word of the site
_MARKS_AND_BLANKS = f"{_MARKS} \t\u00a0\u3000"
# What a ruled line, a pager and a breadcrumb begin with, and what a reservation does.
_OPENING_SIGNS = frozenset("-—–_=~*·.•| <＜«‹[［上前首第共网主")
_RESERVING_SIGNS = frozenset("（(凡特版免郑温作声本以nN一二三四五")


@dataclass(frozen=True, slots=True)
class _Words:
    anywhere: frozenset[str]
    opening: tuple[str, ...]
    closing: tuple[str, ...]
    closing_signs: frozenset[str]
    columns: frozenset[str]


@cache
def _words() -> _Words:
    table = tomllib.loads(reference("clean/chrome.toml").read_text("utf-8"))
    return _Words(
        anywhere=frozenset(map(fold, table["anywhere"])),
        opening=tuple(table["opening"]),
        closing=tuple(table["closing"]),
        closing_signs=frozenset(word[0] for word in table["closing"]),
        columns=frozenset(table["column"]),
    )


def fold(text: str) -> str:
    """A line as the word lists hold it: no blanks, ASCII in lower case."""
    return "".join(text.split()).lower()


def chrome_rule(text: str) -> str:
    """The rule by which a line is chrome wherever it stands, or ""."""
    if len(text) > 200:
        return ""
    folded = fold(text).strip(_MARKS)
    words = _words()
    if folded in words.anywhere or not folded:
        return "navigation_word"
    if text[0] not in _OPENING_SIGNS and not text[0].isdecimal():
        return ""
    if _RULE_LINE.match(text):
        return "ruled_line"
    if _PAGER.match(text):
        return "pager"
    if _BREADCRUMB.match(text):
        return "breadcrumb"
    return ""


def edge_rule(text: str) -> str:
    """The rule by which a line is chrome if it stands before or behind the body, or ""."""
    if rule := chrome_rule(text):
        return rule
    folded = fold(text).strip(_MARKS)
    if len(text) <= _LONGEST_OPENING and folded.startswith(_words().opening):
        return "breadcrumb" if "位置" in folded[:10] else "site_tool"
    if len(text) <= 120 and len(_SEPARATED.findall(text)) >= 2 and "。" not in text:
        return "breadcrumb"
    if len(text) <= 120 and _PRINTED.match(text):
        return "imprint_line"
    if len(text) <= _LONGEST_OPENING and (_is_tool_row(text) or _FOR_KEYBOARDS.search(text)):
        return "site_tool"
    return ""


def _is_tool_row(text: str) -> bool:
    """Whether a line is nothing but words of the site, side by side (【发表评论】 【互动社区】, 打印页面 关闭页面)."""
    words = [fold(word) for word in _BETWEEN_TOOLS.split(text) if word]
    return len(words) >= 2 and all(word in _words().anywhere for word in words)


def is_column_name(text: str) -> bool:
    """Whether a line is the name of a site's column and nothing else."""
    return fold(text) in _words().columns


def page_number_spans(text: str) -> list[tuple[int, int]]:
    """Where page numbers of the printed report stand inside a sentence (`进一步—2—完善`, `公开第1页共3页工作`).

    Only between two Chinese characters and with both dashes, so `2018—2019` and `（一）—（三）` are none.
    """
    if "—" not in text and "页" not in text:
        return []
    return [match.span() for match in _PAGE_NUMBER.finditer(text)]


def is_disclaimer(text: str) -> bool:
    """Whether a paragraph is the site's reservation about its contents (凡本站注明…, 特别声明：…), not the article's."""
    if text[:1] not in _RESERVING_SIGNS and not text[:1].isdecimal():
        return False
    return len(text) <= 600 and bool(_DISCLAIMER.match(text)) and bool(_SITE_WORDS.search(text.lower()))


def closes_body(text: str) -> bool:
    """Whether the page's tail begins with this line (相关链接, 版权所有, 上一篇 …)."""
    words = _words()
    if len(text) > 120 or text.lstrip(_MARKS_AND_BLANKS)[:1].lower() not in words.closing_signs:
        return False
    return fold(text).strip(_MARKS).startswith(words.closing)
