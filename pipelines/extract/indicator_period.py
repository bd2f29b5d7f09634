"""Which time a number covers: the report's year, another, or all years since disclosure began (历年累计, 实施以来)."""

from __future__ import annotations

import re
from collections import Counter
from enum import IntEnum

from pipelines.extract.indicator_text import MOST_TEXT, Mention


class Period(IntEnum):
    """累计 alone is the year's, unless the report gives the year's number beside it: UNCLEAR."""

    YEAR = 0
    UNCLEAR = 1
    ALL_YEARS = 2
    OTHER_YEAR = 3


# The year's own number begins here, whatever stood before: 累计公开…条, 其中2014年新增…条.
_OF_THE_YEAR = re.compile(r"本年|今年|当年|年度|新增|(?<!自)(?<!\d)20\d\d年(?!.{0,14}(?:以来|[底末起]|至今)|\d{1,2}月)")
_SINCE_LONG = re.compile(
    r"历年|历史累计|(?:成立|开通|开展|建立|运行|启用|试行|建站)以来|至今[^,;]{0,4}累计|截至目前累计"
)
_SINCE_LAW = re.compile(r"(?:实施|施行|颁布|执行)以来")
_SINCE_YEAR = re.compile(r"自?(20\d\d)年[^,;]{0,12}?(?:以来|起|至今)")
_TO_DATE = re.compile(r"累计|截[至止]|以来")
_YEAR = re.compile(r"(20\d\d)年")
# A year that heads the clause of a number or the clause before: 2010年我镇公开…条. In 根据2008年…, 2009年1月 it does not.
_HEADING_YEAR = re.compile(
    r"(?:\A|[,;:])(?:此外|另外|同时)?,?(20\d\d)年度?(?=[,我本全各共]|累计|主动|公开|发布|通过|利用|在|新增|收到|受理)[^,;年]{0,30}(?:,[^,;年]{0,30})?\Z"
)
# How many times as often as another year the report's year is named when there is no doubt about it.
_CLEARLY = 3
# Years in which 条例 came into force: 实施以来 is then the report's own year.
_LAW_YEARS = ("2008", "2019")


def report_year(body: str) -> str:
    """The year the body names most often: what is counted since that year is the year's own."""
    years = Counter(_YEAR.findall(body, 0, MOST_TEXT))
    return years.most_common(1)[0][0] if years else ""


def period_of(mention: Mention, report_year: str) -> Period:
    """Whether the number covers the year: by the words since the year was last named in the sentence."""
    start = max((match.end() for match in _OF_THE_YEAR.finditer(mention.earlier)), default=0)
    scope = mention.earlier[start:]
    since = _SINCE_YEAR.search(scope)
    if _SINCE_LONG.search(scope) or (since and report_year and since[1] < report_year):
        return Period.ALL_YEARS
    if _SINCE_LAW.search(scope) and report_year and report_year not in _LAW_YEARS:
        return Period.ALL_YEARS
    return Period.UNCLEAR if _TO_DATE.search(scope) and not start else Period.YEAR


def is_of_another_year(mention: Mention, report_year: str) -> bool:
    """Whether a number is said of another year than the report's, which its body names by far most often."""
    heading = _HEADING_YEAR.search(mention.earlier)
    if heading is None or not report_year or heading[1] == report_year:
        return False
    body = mention.sentence.body
    return body.count(f"{report_year}年") >= _CLEARLY * body.count(f"{heading[1]}年")
