"""Fields of a report that its own lines state: the signature's date, who compiled it, the dates of labels and addresses.

Numbers of its file are in `identifiers`, contacts in `contacts`, period and year in `periods`, the agency in `agencies`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipelines.extract.agency_text import compiled_by
from pipelines.extract.contacts import (
    email_address,
    further_phone_numbers,
    phone_number,
    postal_address,
    postcode,
    website,
)
from pipelines.extract.dates import find_dates, first_date, iso_date
from pipelines.extract.identifiers import document_number, index_number, printed_document_number, printed_index_number
from pipelines.extract.periods import body_year, stated_period
from pipelines.model import Finding

__all__ = [
    "body_year",
    "compiled_by",
    "dated",
    "document_number",
    "doubtful_date",
    "email_address",
    "further_phone_numbers",
    "index_number",
    "phone_number",
    "postal_address",
    "postcode",
    "printed_document_number",
    "printed_index_number",
    "signing_date",
    "stated_period",
    "url_date",
    "website",
]

_DATE_MARK = re.compile(r"[年\-/.]")
_DATE_LABEL = re.compile(r"^(?:成文日期|落款日期|日期|时间|签发日期)\s{0,3}[:：]")
_NO_SIGNATURE = re.compile(r"[。,，;；:：]|统计|截[止至]|[起至止]|以来|施行|实施|召开|举行|发布|更新|浏览")
_SIGNATURE_LINES = 6
_LETTER_LINES = 8


def signing_date(lines: Sequence[str], imprints: Sequence[str] = ()) -> str | None:
    """The date of the signature: on a short line at the body's end, else of a letter before the report.

    `imprints` are the lines `…办公室 2013年1月9日印发` that stood below: they date the paper when no signature does.
    """
    for line in (*reversed(lines[-_SIGNATURE_LINES:]), *lines[:_LETTER_LINES], *imprints):
        if date := _signature(line):
            return date
    return None


def _signature(line: str) -> str | None:
    text = line.strip()
    if len(text) > 45 or "\t" in text or not _DATE_MARK.search(text):
        return None
    dates = find_dates(text)
    if len(dates) != 1:
        return None
    start, end, iso = dates[0]
    rest = _DATE_LABEL.sub("", (text[:start] + text[end:]).strip(" ()（）[]　印发"))
    return None if len(rest) > 30 or _NO_SIGNATURE.search(rest) else iso


_URL_DATES = (
    re.compile(r"/(?:19|20)\d{4}/t((?:19|20)\d{2})(\d{2})(\d{2})_\d+"),
    re.compile(r"/art/((?:19|20)\d{2})/(\d{1,2})/(\d{1,2})/"),
    re.compile(r"/((?:19|20)\d{2})-(\d{1,2})/(\d{1,2})/(?:content|c)_\d+"),
    re.compile(r"/((?:19|20)\d{2})/(\d{1,2})/(\d{1,2})/[0-9a-f]{8,}"),
    re.compile(r"/((?:19|20)\d{2})-(\d{2})-(\d{2})/\d+\.html"),
    re.compile(r"/((?:19|20)\d{2})(\d{2})(\d{2})/[0-9a-f]{6,}"),
    re.compile(r"/((?:19|20)\d{2})/(\d{2})(\d{2})/c\d+a\d+"),
    re.compile(r"/columns/[0-9a-f-]{36}/((?:19|20)\d{2})(\d{2})/(\d{2})/[0-9a-f-]{36}\.html"),
    re.compile(r"/web/.{1,80}?/((?:19|20)\d{2})(\d{2})(\d{2})\d{4,}/index\.s?html?$"),
)


def url_date(url: str) -> str | None:
    """The date that the portal systems write into an article's address (dialects A, B, C, D, E, O, Q, R, S, T, Z)."""
    if "20" not in url and "19" not in url:
        return None
    for pattern in _URL_DATES:
        if match := pattern.search(url):
            return iso_date(int(match[1]), int(match[2]), int(match[3]))
    return None


def dated(value: str | None) -> str | None:
    """The ISO date of a labelled value."""
    return first_date(value) if value else None


def doubtful_date(published_on: str | None, year: int | None) -> Finding | None:
    """A Finding when a report cannot well have been published on that day: years later or before its year's end.

    Portals that moved print the day of the move (`2018-02-13` on figures of 2014, 8 of 241 pages); December of the
    same year is customary for summaries.
    """
    if not (published_on and year):
        return None
    published = int(published_on[:4])
    if published > year + 2:
        return Finding(
            "extract", "published_on_doubtful", f"{published_on} is years after {year}: perhaps when the site moved"
        )
    if published < year or (published == year and int(published_on[5:7]) < 9):
        return Finding("extract", "published_on_doubtful", f"{published_on} is before the end of {year}")
    return None
