"""Fields of a report: dates, numbers of its file, contacts, period, agency."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipelines.extract.dates import find_dates, find_years, first_date, iso_date

_INDEX_NO = re.compile(
    r"(?:[0-9A-HJ-NP-RTUWXY]{18}|[0-9A-Z]{7,9}-?[0-9X]?)[/\-](?:19|20)\d{2}(?:\d{2})?-?\d{0,2}-\d{3,}(?!\d)"
    r"|[A-Z]{2}\d{5}-\d{4}-\d{2,4}-\d{4}-\d{3,}(?!\d)|[A-Z]{2}\d{5}-\d{2}-\d{2}-(?:19|20)\d\d-\d{3,}|\d{21}(?!\d)"
)
_DOC_NO = re.compile(
    r"[\u4e00-\u9fff]{1,14}\s*[〔\[﹝(（［【]\s*(?:19|20)\d{2}\s*[〕\]﹞)）］】]\s*(?:第\s*)?\d{1,4}\s*号"
)
_PERIOD = re.compile(
    r"(?P<y1>20\d\d)\s*年\s*(?P<m1>\d{1,2})\s*月(?:\s*(?P<d1>\d{1,2})\s*日)?\s*(?:起)?\s*(?:至|到|—|-|－|~)+\s*"
    r"(?:(?P<y2>20\d\d)\s*年\s*)?(?P<m2>\d{1,2})\s*月(?:\s*(?P<d2>\d{1,2})\s*日)?"
)
_PERIOD_WORD = re.compile(r"统计|期限|时限|截[止至]|数据|周期|范围|时间|期间|报告期|本年报|本报告")
_PHONE = re.compile(r"(?<![\d.])(0\d{2,3})\s*[-—–)）]\s*(\d{7,8})(?:\s*转\s*\d{1,5})?(?!\d)")
_EMAIL = re.compile(r"[A-Za-z0-9][\w.+-]{0,63}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{2,63}){1,4}")
_POSTCODE = re.compile(r"邮\s*(?:政\s*)?编\s*(?:码)?\s*[:：]?\s*(\d{6})(?!\d)")
_ADDRESS = re.compile(r"(?:地\s*址|通讯地址|联系地址|办公地址)\s*[:：]\s*([^,，;；。)）\n\t]{4,60})")
_WEBSITE = re.compile(
    r"(?:https?://)?((?:[A-Za-z0-9-]{1,40}\.){1,5}(?:gov\.cn|gov\.example|cn|com|net|org|example))(?![\w@])(/[\w./%-]{0,60})?"
)
_COMPILED_BY = re.compile(r"由\s*([\u4e00-\u9fff()（）]{3,40}?)\s*(?:负责)?(?:编制|编写|起草|整理)(?!的《)")
_SIGNATURE_LINES = 6


def index_number(value: str | None) -> str | None:
    """The 索引号 of a labelled value, or None when it has no such form (`/-00000`, a title, a label)."""
    match = _INDEX_NO.search(value.replace(" ", "")) if value else None
    if match:
        return match[0]
    bare = (value or "").strip()
    # Local forms: digits, letters and dashes only, with at least six digits.
    return (
        bare
        if re.fullmatch(r"[0-9A-Za-z]{2,20}(?:[-/][0-9A-Za-z]{1,20}){1,6}", bare) and len(re.findall(r"\d", bare)) >= 6
        else None
    )


def document_number(value: str | None) -> str | None:
    """The 文号 of a labelled value, or None for junk (`〔〕号`, `号`, a title with 号 behind it)."""
    match = _DOC_NO.search(value) if value and len(value) <= 60 else None
    return re.sub(r"\s", "", match[0]) if match else None


def stated_period(body: str) -> tuple[str, str] | None:
    """The statistics period the report states, as two ISO dates; only where words of counting stand beside it."""
    for match in _PERIOD.finditer(body, 0, 6000):
        around = body[max(0, match.start() - 40) : match.end() + 20]
        if not (_PERIOD_WORD.search(around) or match["d1"]):
            continue
        first_year = int(match["y1"])
        last_year = int(match["y2"] or first_year)
        start = iso_date(first_year, int(match["m1"]), int(match["d1"] or 1))
        last_month = int(match["m2"])
        end = iso_date(last_year, last_month, int(match["d2"] or _month_days(last_year, last_month)))
        if start and end and start < end and _PERIOD_WORD.search(around):
            return start, end
    return None


def _month_days(year: int, month: int) -> int:
    if month == 2:
        return 29 if year % 4 == 0 else 28
    return 30 if month in (4, 6, 9, 11) else 31


def signing_date(lines: Sequence[str]) -> str | None:
    """The date of the signature: on a short line at the body's end (or of a letter before the report)."""
    for line in reversed(lines[-_SIGNATURE_LINES:]):
        if date := _signature(line):
            return date
    return next((date for line in lines[:8] if (date := _signature(line))), None)


def _signature(line: str) -> str | None:
    text = line.strip()
    if len(text) > 45 or "\t" in text:
        return None
    dates = find_dates(text)
    if len(dates) != 1:
        return None
    start, end, iso = dates[0]
    rest = (text[:start] + text[end:]).strip(" ()（）[]　印发")
    return iso if len(rest) <= 30 and not re.search(r"[。,，;；:：]|统计|截[止至]|起", rest) else None


def body_year(body: str) -> int | None:
    """The year the body reports on: the one its first paragraphs name most, none when they name none."""
    counted: dict[int, int] = {}
    for _, _, year in find_years(body[:1500]):
        counted[year] = counted.get(year, 0) + 1
    return max(counted, key=lambda year: (counted[year], -year)) if counted else None


def phone_number(body: str) -> str | None:
    """The first telephone number with an area code, written 0991-3663970."""
    match = _PHONE.search(body)
    return f"{match[1]}-{match[2]}" if match else None


def email_address(body: str) -> str | None:
    """The first e-mail address."""
    match = _EMAIL.search(body)
    return match[0] if match else None


def postcode(body: str) -> str | None:
    """The first postcode behind its label."""
    match = _POSTCODE.search(body)
    return match[1] if match else None


def postal_address(body: str) -> str | None:
    """The first address behind its label."""
    match = _ADDRESS.search(body)
    return match[1].strip() if match else None


def website(body: str) -> str | None:
    """The first site the body names, government sites first; e-mail domains do not count."""
    first = None
    for match in _WEBSITE.finditer(body):
        if (
            body[max(0, match.start() - 1) : match.start()] == "@"
            or "@"
            in body[max(0, match.start() - 40) : match.start()]
            .rsplit(" ", 1)[-1]
            .rsplit("：", 1)[-1]
            .rsplit(":", 1)[-1]
        ):
            continue
        if ".gov." in match[1] or match[1].endswith(".gov.cn"):
            return match[1]
        first = first or match[1]
    return first


def compiled_by(body: str) -> str | None:
    """Who made the report: `由…编制` in its first part."""
    match = _COMPILED_BY.search(body, 0, 1200)
    return match[1] if match else None


_URL_DATES = (
    re.compile(r"/(?:19|20)\d{4}/t((?:19|20)\d{2})(\d{2})(\d{2})_\d+"),
    re.compile(r"/art/((?:19|20)\d{2})/(\d{1,2})/(\d{1,2})/"),
    re.compile(r"/((?:19|20)\d{2})-(\d{1,2})/(\d{1,2})/(?:content|c)_\d+"),
    re.compile(r"/((?:19|20)\d{2})/(\d{1,2})/(\d{1,2})/[0-9a-f]{8,}"),
    re.compile(r"/((?:19|20)\d{2})-(\d{2})-(\d{2})/\d+\.html"),
    re.compile(r"/((?:19|20)\d{2})(\d{2})(\d{2})/[0-9a-f]{6,}"),
    re.compile(r"/((?:19|20)\d{2})/(\d{2})(\d{2})/c\d+a\d+"),
)


def url_date(url: str) -> str | None:
    """The date that the portal systems write into an article's address (dialects A, B, C, O, Q, R, T, Z)."""
    for pattern in _URL_DATES:
        if match := pattern.search(url):
            return iso_date(int(match[1]), int(match[2]), int(match[3]))
    return None


def dated(value: str | None) -> str | None:
    """The ISO date of a labelled value."""
    return first_date(value) if value else None
