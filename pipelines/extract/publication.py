"""When a page was published, from all that says so: labels, lines beside the title, tags, the address."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from email.utils import parsedate_to_datetime

from pipelines.clean import Cleaned
from pipelines.clean.metadata import first_value, line_fields
from pipelines.extract.dates import find_dates, first_date
from pipelines.extract.evidence import Choice, Evidence, choose
from pipelines.extract.fields import url_date
from pipelines.model import Capture, Finding

_DATE_TAGS = (
    "pubdate",
    "firstpublishedtime",
    "publishdate",
    "article:published_time",
    "datepublished",
    "publish_time",
    "dc.date",
)
_DATE_LENGTH = len("2020年08月02日")
_LABEL = re.compile(r"^[•·*\-]?\s?(?:发布|公开|发表|上传)(?:日期|时间)\s{0,4}[:：]?\s{0,4}(?P<value>.{0,24})$")
# The catalogue's own day of making the record: where nothing else is printed it is the day of posting.
_MADE = ("生成日期", "产生日期", "公文生成日期")
_COLON = re.compile(r"[:：]")
_HEADER_LINES = 20
_TIME = re.compile(r"[\s\d:：()（）]")
_LEAST_LISTED = 4
# Portals note the posting a day or two after the file: such a difference tells nobody anything.
_LEAST_DAYS_APART = 7


def publication_date(capture: Capture, cleaned: Cleaned) -> tuple[str | None, list[Finding]]:
    """The day of publication, and a Finding where other sources name a day more than a week away.

    Weights: a labelled value of the information block 5, a date beside the title 4, a meta tag 3, the address 2, the day
    the record was made 1.5, the last change 1. A meta tag that holds the day the page was fetched or last built, while
    another source differs, is the build time and counts 1.
    """
    choice = choose(list(_evidence(capture, cleaned)))
    if choice.value is None:
        return None, []
    far = tuple(item for item in choice.others if _days_apart(choice.value, item.value) > _LEAST_DAYS_APART)
    finding = Choice(choice.value, choice.source, far).finding("published_on")
    return choice.value, [finding] if finding else []


def _evidence(capture: Capture, cleaned: Cleaned) -> Iterator[Evidence[str]]:
    head = _header(cleaned)
    if labelled := _dated(first_value(cleaned.fields, "published_on")) or _labelled_line(head):
        yield Evidence(labelled, "the label", 5.0)
    if beside := _dated(first_value(cleaned.fields, "date_beside_title")) or _bare_line(head):
        yield Evidence(beside, "a line beside the title", 4.0)
    # `2007-08-20-23:59:59` and `2024-07-12T17:33` begin with their date.
    tag = next((day for name in _DATE_TAGS if (day := _dated(cleaned.meta.get(name, "")[:_DATE_LENGTH]))), None)
    if tag:
        yield Evidence(tag, "the meta tag", 1.0 if tag in _build_days(capture, cleaned) else 3.0)
    if address := url_date(capture.url):
        yield Evidence(address, "the address", 2.0)
    if made := _dated(next((item.value for item in cleaned.fields if item.label in _MADE and item.value), None)):
        yield Evidence(made, "the day the record was made", 1.5)
    if changed := _dated(first_value(cleaned.fields, "updated_on")):
        yield Evidence(changed, "the last change", 1.0)


def _dated(value: str | None) -> str | None:
    return first_date(value) if value else None


def _labelled_line(lines: Sequence[str]) -> str | None:
    """`发布日期 2013-02-24` without a colon, or the label on one line and its value on the next."""
    for place, line in enumerate(lines):
        match = _LABEL.match(line.strip())
        if match is None:
            # Where the body seems to begin above them, the header's lines stand in the text: `作者: 来自: 时间:2019-03-29`.
            fields = line_fields(line) if _COLON.search(line) else []
            if len(fields) > 1 and (day := _dated(first_value(fields, "published_on"))):
                return day
            continue
        value = match["value"] or (lines[place + 1] if place + 1 < len(lines) else "")
        if len(value) <= 30 and (day := _dated(value)):
            return day
    return None


def _header(cleaned: Cleaned) -> list[str]:
    """The lines above the body and those of the body before its first sentence; a list's lines are no header."""
    if len(cleaned.entries) >= _LEAST_LISTED:
        return []
    lines = cleaned.head_lines[-_HEADER_LINES:]
    for line in cleaned.main_text.split("\n", 6)[:6]:
        if len(line) > 60 or line.endswith(("。", "：", ":", "；", ";")):
            break
        lines.append(line)
    return lines


def _bare_line(lines: Sequence[str]) -> str | None:
    """A line that is a date in figures and nothing else, as headers without labels print it.

    `(2020年10月30日)` below a title is the paper's own date, not the portal's.
    """
    for line in lines:
        dates = find_dates(line) if len(line) <= 30 and "年" not in line else []
        if len(dates) == 1 and not _TIME.sub("", line[: dates[0][0]] + line[dates[0][1] :]):
            return dates[0][2]
    return None


def _build_days(capture: Capture, cleaned: Cleaned) -> set[str]:
    """The days on which the page was fetched or built."""
    days = {(capture.fetched_at or "")[:10], (_dated(cleaned.meta.get("lastmodifiedtime", "")) or "")}
    for name, value in capture.headers.items():
        if name.lower() in ("date", "last-modified"):
            try:
                days.add(parsedate_to_datetime(value).date().isoformat())
            except (TypeError, ValueError):
                continue
    return days - {""}


def _days_apart(one: str, other: str) -> int:
    return abs((date.fromisoformat(one) - date.fromisoformat(other)).days)
