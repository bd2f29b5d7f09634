"""The site around a report: navigation, breadcrumbs, share bars, pagers, footers, known by their words."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache

from pipelines.knowledge import reference

_BLANKS = re.compile(r"[\s\u3000\u00a0]+")
_PAGER = re.compile(
    r"^(?:第?\s*[\[［]?\d+[\]］]?\s*){1,30}页?\s*共?\s*[\[［]?\d*[\]］]?\s*页?$|^共\s*\d+\s*页.{0,30}$|^第\s*\d+\s*页\s*共\s*\d+\s*页$"
    r"|^[<＜«‹]*\s*上一页.{0,60}下一页\s*[>＞»›]*$|^[—-]\s*\d{1,3}\s*[—-]$"
)
_RULE_LINE = re.compile(r"^[-—_=~*·.•\s|]{3,}$")
_BREADCRUMB = re.compile(r"^(?:首\s*页|网站首页|主页)\s*(?:[>＞»›/\-]+\s*[^>＞»›/。;；]{1,40}){1,8}$")
_SEPARATED = re.compile(r"\s*[>＞»›]+\s*")
_PRINTED = re.compile(r"^(?:主\s*题\s*词[:：]).{0,80}$|^.{2,40}?\s+(?:19|20)\d\d年\d{1,2}月\d{1,2}日\s*印发$")
_LONGEST_OPENING = 60


@dataclass(frozen=True, slots=True)
class _Words:
    anywhere: frozenset[str]
    opening: tuple[str, ...]
    closing: tuple[str, ...]


@cache
def _words() -> _Words:
    table = tomllib.loads(reference("clean/chrome.toml").read_text("utf-8"))
    return _Words(frozenset(map(fold, table["anywhere"])), tuple(table["opening"]), tuple(table["closing"]))


def fold(text: str) -> str:
    """A line as the word lists hold it: no blanks, ASCII in lower case."""
    return _BLANKS.sub("", text).lower()


def chrome_rule(text: str) -> str:
    """The rule by which a line is chrome wherever it stands, or ""."""
    if len(text) > 200:
        return ""
    folded = fold(text).strip("•·|｜")
    words = _words()
    if folded in words.anywhere or not folded:
        return "navigation_word"
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
    folded = fold(text).strip("•·|｜")
    if len(text) <= _LONGEST_OPENING and folded.startswith(_words().opening):
        return "breadcrumb" if "位置" in folded[:10] else "site_tool"
    if len(text) <= 120 and len(_SEPARATED.findall(text)) >= 2 and "。" not in text:
        return "breadcrumb"
    if len(text) <= 120 and _PRINTED.match(text):
        return "imprint_line"
    return ""


def closes_body(text: str) -> bool:
    """Whether the page's tail begins with this line (相关链接, 版权所有, 上一篇 …)."""
    return len(text) <= 120 and fold(text).strip("•·|｜").startswith(_words().closing)
