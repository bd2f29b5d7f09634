"""Titles: which line is it, what does it say (year, agency, form), and is it a report's title at all."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipelines.clean import Cleaned
from pipelines.extract.dates import find_dates, find_years
from pipelines.model import PageKind

_TOPIC = r"(?:政府信息|政务信息|党务政务|政务|信息|校务|院务|厂务)公开|政府信息(?=工作|年度)|公开信息"
_FORM = (
    r"工作年度报告|年度工作报告|年度报告书|年度报告|工作报告|年度年报|年报|情况的?报告|公开的?报告|报告"
    r"|年度工作总结|工作总结|总结|情况汇报|工作汇报|汇报材料|汇报|情况统计表|统计表"
)
_REPORT_TITLE = re.compile(
    rf"^(?P<lead>.{{0,60}}?)(?P<topic>{_TOPIC})(?P<middle>.{{0,20}}?)(?P<form>{_FORM})(?P<tail>材料|全文|\(全文\)|（全文）)?$"
)
# The same words in documents that are no report: the class of hard negatives of the title grammar.
_NOT_A_REPORT = re.compile(
    r"通知|指南|制度|办法|规定|规范(?!性)|目录|要点|方案|意见|绩效|法治政府|网站工作|网站年度|报表|半年|上半年|季度|月份?工作|召开|部署|培训|解读|公示|批复|函$|考核|细则|条例(?!》)|编制(?!》)|通报|公告|征求|会议|预算|决算"
)
_SUFFIX = re.compile(
    r"(?:\s*[(（](?:19|20)\d\d-\d{1,2}-\d{1,2}\s*[)）]|\.(?:docx?|pdf|wps|html?)|\s*[(（](?:全文|精选\d+篇|汇总\d+篇)[)）])+$",
    re.IGNORECASE,
)
_SITE_PART = re.compile(
    r"\s*(?:[_|｜]|\s[-–—]{1,2}\s|--|-(?=[^-]{2,30}(?:网|政府|门户|局|委员会|平台|公开)[^-]{0,10}$))\s*"
)
_SPACES = re.compile(r"[\s\u3000\u00a0]+")


@dataclass(frozen=True, slots=True)
class TitleReading:
    """What a report's title says. `agency` is the part before and after the year, without topic and form."""

    text: str
    kind: PageKind
    year: int | None
    agency: str


def tidy_title(text: str) -> str:
    """A title as one line: suffixes (`(全文)`, `.docx`, `( 2017-03-31 )`) off, blanks between Chinese characters out."""
    stripped = _SUFFIX.sub("", _SPACES.sub(" ", text).strip())
    stripped = re.sub(r"(?<=[\u3400-\u9fff\d）)】》”]) (?=[\u3400-\u9fff\d（(【《“])", "", stripped)
    return stripped.strip(" ·•|-_")


def read_title(text: str) -> TitleReading | None:
    """The reading of a report's title, or None if the line is no report's title."""
    if "公开" not in text and "政府信息" not in text:
        return None
    title = tidy_title(text)
    if not 6 <= len(title) <= 80 or title.endswith(("。", "；", "，", ",")) or ":" in title or "：" in title:
        return None
    match = _REPORT_TITLE.match(title)
    if match is None or _NOT_A_REPORT.search(title):
        return None
    years = find_years(title)
    agency = _agency_part(title, match, years)
    return TitleReading(title, _kind_of(match["form"]), years[-1][2] if years else None, agency)


def _kind_of(form: str) -> PageKind:
    if "统计表" in form:
        return PageKind.STATISTICS
    return PageKind.WORK_SUMMARY if "总结" in form or "汇报" in form else PageKind.ANNUAL_REPORT


_YEAR_WORD = re.compile(
    r"[2２][0０][0-3０-３][0-9０-９](?:\s*[—–-]\s*[2２]?[0０]?[0-9０-９]{2,4})?\s*(?:学年度?|年度|年)?"
    r"|[二一][〇○零0OＯo０一二三四五六七八九]{3}年度?|20[xX×*]{2}年度?|[Xx×*]{2,4}年度?"
)


def _agency_part(title: str, match: re.Match[str], years: Sequence[tuple[int, int, int]]) -> str:
    lead = _YEAR_WORD.sub(" ", match["lead"])
    lead = re.sub(r"^\s*(?:关于|附件[:：]?\s*\d*|[一二三四五六七八九十]+、)", "", lead)
    lead = re.sub(r"(?:的|本级|关于|开展|推进|落实)\s*$", "", lead.strip())
    return _SPACES.sub("", lead).strip("度:：-—、 ")


def page_title_of(head_title: str) -> str:
    """The document's own part of an HTML `<title>`: what stands before the site's name."""
    parts = [part for part in _SITE_PART.split(head_title.strip()) if part]
    return tidy_title(parts[0]) if parts else ""


def joined_titles(lines: Sequence[str], most: int = 3) -> list[str]:
    """Report titles among the first lines, also where one is split over two or three (`2023年度政府⏎信息公开…`).

    The joined form is preferred when the first part alone has no agency or no year.
    """
    found: list[str] = []
    for place in range(len(lines)):
        for count in range(min(most, len(lines) - place), 0, -1):
            parts = lines[place : place + count]
            if any(len(part) > 60 or (count > 1 and find_dates(part)) for part in parts) or (count > 1 and any(read_title(part) for part in parts[1:-1])):
                continue
            if count > 1 and read_title(parts[0]) and read_title(parts[0]).agency:  # type: ignore[union-attr]
                continue
            if count > 1 and re.search(r"[。；;：:，,]$|^[一二三四五六七八九十]+、", "".join(parts[:-1])):
                continue
            reading = read_title("".join(parts))
            if reading is not None:
                found.append(reading.text)
                break
    return found


_HEAD_LINES = 60
_TITLE_REACH = 5


def title_candidates(cleaned: Cleaned) -> list[str]:
    """What may be the page's title, best first, each once.

    A report's title wherever it stands goes first; then the article's own meta tag, its labelled title, the visible
    line that the HTML `<title>` repeats, a heading, the `<title>` without the site's name, the first line of the body.
    """
    head = page_title_of(cleaned.head_title)
    body_lines = cleaned.main_text.split("\n", 8)[:8]
    visible = [line for line in (*cleaned.head_lines[-_HEAD_LINES:], *cleaned.headings) if 4 <= len(line) <= 120]
    repeated = [line for line in visible if len(line) >= 6 and tidy_title(line) in tidy_title(cleaned.head_title)]
    labelled = [field.value for field in cleaned.fields if field.key == "title" and field.value]
    meta = [cleaned.meta[name] for name in ("articletitle", "ucaptitle", "og:title") if name in cleaned.meta]
    candidates = [
        *meta,
        *labelled,
        *sorted(repeated, key=len, reverse=True)[:1],
        *cleaned.headings[:2],
        head,
        *body_lines[:1],
    ]
    if not cleaned.is_html:
        candidates = [*cleaned.head_lines, *candidates]
    # A title split over lines stands right before the body; further up the lines are menus that merely lie together.
    joined = [*joined_titles(visible[-_TITLE_REACH:]), *joined_titles(body_lines)]
    reports = [text for text in [*candidates, *joined] if read_title(text)]
    reports.sort(key=lambda text: not _has_year_and_agency(text))
    tidied = [tidy_title(text) for text in [*reports, *candidates]]
    return list(dict.fromkeys(text for text in tidied if text))


def _has_year_and_agency(text: str) -> bool:
    reading = read_title(text)
    return bool(reading and reading.year and reading.agency)
