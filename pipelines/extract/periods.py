"""Which time a report speaks of: its statistics period, its year, and why that one.

The period the report states beats its title, the title beats the years its text names, these beat the date it was
published. `2008年5月1日起施行` is the start of the work, and a range of more than fifteen months a running total.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from pipelines.extract.dates import chinese_number, chinese_year, find_years, iso_date, last_day
from pipelines.extract.evidence import Choice, Evidence

_READ = 8000
_YEAR = r"(?:20\d\d|二[〇○零0OＯ一二三]{1,2}[〇○零0OＯ一二三四五六七八九]{1,2})"
_NUMBER = r"(?:\d{1,2}|[一二三四五六七八九十元]{1,3})"
_MARK = r"\s{0,2}(?:年|[-/.])\s{0,2}"
_RANGE = re.compile(
    rf"(?=[2二])(?<!\d)(?P<y1>{_YEAR}){_MARK}(?P<m1>{_NUMBER})\s{{0,2}}(?:月|[-/.])(?:份)?(?:\s{{0,2}}(?P<d1>{_NUMBER})\s{{0,2}}日?)?\s{{0,2}}(?:开始|起)?\s{{0,2}}[,，]?\s{{0,2}}"
    rf"(?:至|到|—{{1,2}}|–|-{{1,2}}|－|~|～|止)\s{{0,2}}"
    rf"(?:(?:(?P<y2>{_YEAR}){_MARK}|当年|同年|次年|本年)?(?P<m2>{_NUMBER})\s{{0,2}}(?:月|[-/.])(?:\s{{0,2}}(?P<d2>{_NUMBER})\s{{0,2}}日?)?)"
)
_WORD = re.compile(r"统计|期限|时限|截[止至]|数据|周期|范围|时间|期间|报告期|年报|本报告|本年度|自|学年|年度\s?[(（]")
_UNTIL = re.compile(rf"截[止至]到?\s?(?P<year>{_YEAR})\s?年(?:\s?12\s?月(?:\s?31\s?日)?|年?底|末|十二月)")
# Font spans lost with the digits in them: 自201411日起至20141130日止 is a year of 2014, its days are gone.
_DAMAGED_RANGE = re.compile(
    r"自\s?(?P<y1>20\d\d)\d{0,4}\s?[年月日]?.{0,6}?起?\s?(?:至|到)\s?(?P<y2>20\d\d)\d{0,4}\s?[年月日止]"
)
_LONGEST_MONTHS = 15
_LEAD = 1500


@dataclass(frozen=True, slots=True)
class Period:
    """A stated period as two ISO dates, and the year its data are of: of a school year the one it ends in."""

    start: str
    end: str

    @property
    def year(self) -> int:
        """The year of the data: the one that holds the end, which is a school year's second."""
        return int(self.end[:4])


def periods(body: str) -> Iterator[Period]:
    """The periods of at most fifteen months that a body states where words of counting stand beside them, in order."""
    for match in _RANGE.finditer(body, 0, _READ):
        around = body[max(0, match.start() - 40) : match.end() + 20]
        if not _WORD.search(around):
            continue
        period = _period(match)
        if period is not None:
            yield period


def _period(match: re.Match[str]) -> Period | None:
    first_year, first_month = _year(match["y1"]), _number(match["m1"])
    between = match[0][match.end("m1") - match.start() :]
    last_year = _year(match["y2"]) if match["y2"] else first_year + ("次年" in between)
    last_month = _number(match["m2"])
    if not (1 <= first_month <= 12 and 1 <= last_month <= 12):
        return None
    start = iso_date(first_year, first_month, _number(match["d1"]) if match["d1"] else 1)
    end = iso_date(last_year, last_month, _number(match["d2"]) if match["d2"] else last_day(last_year, last_month))
    months = (last_year - first_year) * 12 + last_month - first_month + 1
    return Period(start, end) if start and end and start < end and 2 <= months <= _LONGEST_MONTHS else None


def _year(text: str) -> int:
    return int(text) if text.isdigit() and text.isascii() else chinese_year(text) or 0


def _number(text: str) -> int:
    return int(text) if text.isdigit() and text.isascii() else chinese_number(text)


def stated_period(body: str) -> tuple[str, str] | None:
    """The statistics period the report states, as two ISO dates: of several the one most often stated, then the first."""
    period = main_period(body)
    return (period.start, period.end) if period else None


def main_period(body: str) -> Period | None:
    """The period most often stated, of equals the first."""
    counted = Counter(periods(body))
    return max(counted, key=lambda period: counted[period]) if counted else None


def damaged_period_year(body: str) -> int | None:
    """The year of a period whose days and months were lost (`自201411日起至20141130日止`), when both ends name it."""
    match = _DAMAGED_RANGE.search(body, 0, _READ)
    return int(match["y1"]) if match and match["y1"] == match["y2"] else None


def body_year(body: str) -> int | None:
    """The year the body reports on: the one its first paragraphs name most, none when they name none."""
    counted = Counter(year for _, _, year in find_years(body[:_LEAD]))
    return max(counted, key=lambda year: (counted[year], -year)) if counted else None


def report_year(*, title_year: int | None, period: Period | None, body: str, published_on: str | None) -> Choice[int]:
    """The year of the report's data with its source; what other sources name is kept.

    A stated period that differs from the title decides, unless it is a sentence left over from another year's report:
    then the text names the title's year again and again and the period's nowhere else.
    """
    evidence: list[Evidence[int]] = []
    if period is not None and not (
        title_year and title_year != period.year and _is_left_over(period, title_year, body)
    ):
        evidence.append(Evidence(period.year, "the statistics period", 8.0))
    elif period is None and (damaged := damaged_period_year(body)):
        evidence.append(Evidence(damaged, "a damaged statistics period", 3.0))
    if title_year:
        evidence.append(Evidence(title_year, "the title", 5.0))
    elif until := _UNTIL.search(body, 0, _READ):
        evidence.append(Evidence(_year(until["year"]), "the day the figures run to", 3.0))
    if period is not None and not any(item.value == period.year for item in evidence):
        evidence.append(Evidence(period.year, "the statistics period", 1.0))
    if not evidence and (named := body_year(body)):
        evidence.append(Evidence(named, "the years its first paragraphs name", 2.0))
    if not evidence and published_on:
        evidence.append(Evidence(int(published_on[:4]) - 1, "the year before its publication", 1.0))
    if not evidence:
        return Choice(None, "nothing")
    best = max(evidence, key=lambda item: item.weight)
    return Choice(best.value, best.source, tuple(item for item in evidence if item.value != best.value))


def _is_left_over(period: Period, title_year: int, body: str) -> bool:
    """Two or more years of the text besides the periods are the title's, none the period's."""
    counted = Counter(year for _, _, year in find_years(body[:_READ]))
    stated = sum(1 for item in periods(body) if item.year == period.year)
    inside = stated * (2 if period.start[:4] == period.end[:4] else 1)
    return counted[title_year] >= 2 and counted[period.year] <= inside and period.start[:4] == period.end[:4]
