"""report → facts: kind, fields, dates, places, sections, indicators, numbers.

`extract(capture, repaired, cleaned)` reads top to bottom: the page's title and kind, then, where the page carries
reports, each member's own facts. Every value comes from evidence on the page; where there is none it stays None.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from pipelines.clean import Cleaned, Member
from pipelines.clean.metadata import first_value
from pipelines.extract import fields as read
from pipelines.extract.agencies import choose_agency, is_agency
from pipelines.extract.duplicates import same_report
from pipelines.extract.indicators import read_indicators
from pipelines.extract.kinds import KindReading, page_kind
from pipelines.extract.places import PlaceEvidence, Resolution, agency_level, resolve
from pipelines.extract.sections import read_sections
from pipelines.extract.tables import prose_checks, read_tables, table_indicators, tables_missing
from pipelines.extract.titles import TitleReading, joined_titles, read_title, title_candidates
from pipelines.model import REPORT_KINDS, Capture, Finding, Page, PageKind, Repaired, Report

_PLACEHOLDERS = frozenset({"本站", "本网", "网站名称", "政府网站标识码", "本站原创", "无", "-", "文章标题"})
_TITLE_LINES = 6
# Kinds whose pages are read for reports though the page's title is none: a compound page carries its members' titles.
_COMPILATION_KINDS = REPORT_KINDS | {PageKind.NEWS, PageKind.OTHER, PageKind.LIST, PageKind.INDEX}


def extract(capture: Capture, repaired: Repaired, cleaned: Cleaned) -> Page:
    """The page with its kind, its fields and its reports. Never raises."""
    if repaired.charset is None:
        return _without_text(capture, repaired)
    titles = title_candidates(cleaned)
    kind = page_kind(
        titles,
        cleaned.main_text,
        entries=len(cleaned.entries),
        listed_share=_listed_share(cleaned),
        link_share=cleaned.link_share,
        http_status=capture.http_status,
        attachments=len(cleaned.attachments),
    )
    page = Page(
        url=capture.url,
        kind=kind.kind,
        kind_reason=kind.reason,
        charset=repaired.charset,
        charset_evidence=repaired.charset_evidence,
        script=repaired.script,
        title=titles[0] if titles else None,
        published_on=_published_on(capture, cleaned),
        source=_real(first_value(cleaned.fields, "source") or cleaned.meta.get("contentsource")),
        site_name=_real(cleaned.meta.get("sitename")),
        index_no=read.index_number(first_value(cleaned.fields, "index_no")),
        doc_no=read.document_number(first_value(cleaned.fields, "doc_no")),
        issuer=_real(first_value(cleaned.fields, "issuer")),
        main_text=cleaned.main_text,
        main_reason=cleaned.main_reason,
        flags=_page_flags(repaired, cleaned),
        entries=cleaned.entries,
        pager=cleaned.pager,
        attachments=cleaned.attachments,
        edits=[*repaired.edits, *cleaned.edits],
        findings=[*repaired.findings, *cleaned.findings],
    )
    if cleaned.is_compilation and kind.kind in _COMPILATION_KINDS:
        _read_compilation(page, capture, cleaned)
    elif kind.kind in REPORT_KINDS:
        page.reports = [_read_report(page, capture, cleaned, cleaned.members[0], kind, 1)]
        page.title = page.reports[0].title or page.title
    elif kind.finding:
        page.findings.append(Finding("extract", kind.finding, kind.reason))
    return page


def _listed_share(cleaned: Cleaned) -> float:
    """How much of the main text is titles of the page's dated links."""
    main = re.sub(r"\s", "", cleaned.main_text)
    titles = (re.sub(r"\s", "", entry.title) for entry in cleaned.entries)
    return sum(len(title) for title in titles if title and title in main) / len(main) if main else 0.0


def _without_text(capture: Capture, repaired: Repaired) -> Page:
    """The page of a body that is no text at all: a picture, nothing, or too much."""
    reason = repaired.findings[0].detail if repaired.findings else "the body holds no text"
    return Page(
        url=capture.url,
        kind=PageKind.ERROR,
        kind_reason=reason,
        charset_evidence=repaired.charset_evidence,
        findings=list(repaired.findings),
    )


def _real(value: str | None) -> str | None:
    stripped = (value or "").strip()
    return stripped if stripped and stripped not in _PLACEHOLDERS else None


def _page_flags(repaired: Repaired, cleaned: Cleaned) -> list[str]:
    flags = [*repaired.flags, *cleaned.flags]
    # All 28 pages with injected pinyin of the measured set were copies on strange hosts; so is a report in spam.
    if "pinyin_annotations" in flags or "spam_removed" in flags:
        flags.append("hijacked_copy")
    if cleaned.is_compilation:
        flags.append("compilation")
    return list(dict.fromkeys(flags))


def _published_on(capture: Capture, cleaned: Cleaned) -> str | None:
    """Information block, then meta tag, then the address: the nearer to the reader's eye, the better."""
    stated = first_value(cleaned.fields, "published_on")
    for value in (
        stated,
        cleaned.meta.get("pubdate"),
        cleaned.meta.get("firstpublishedtime"),
        cleaned.meta.get("publishdate"),
    ):
        if date := read.dated(value):
            return date
    return read.url_date(capture.url) or read.dated(first_value(cleaned.fields, "updated_on"))


def _read_compilation(page: Page, capture: Capture, cleaned: Cleaned) -> None:
    """Each member is a document of its own; the page's date is the upload's and nobody's publication date."""
    for member in cleaned.members:
        titles = [*joined_titles([block.text for block in member.blocks[:_TITLE_LINES]]), member.marker_title]
        kind = page_kind(titles, member.text, entries=0, listed_share=0.0, link_share=0.0, http_status=None, attachments=0)
        if kind.kind in REPORT_KINDS:
            page.reports.append(_read_report(page, capture, cleaned, member, kind, len(page.reports) + 1))
    if page.reports:
        page.kind = page.reports[0].kind
        page.kind_reason = f"a compilation of {len(page.reports)} reports; the first: {page.reports[0].title}"
        page.published_on = None
    for later, report in enumerate(page.reports):
        for earlier in page.reports[:later]:
            if same_report(earlier.body_text, report.body_text):
                report.duplicate_of_ordinal = earlier.duplicate_of_ordinal or earlier.ordinal
                break


def _read_report(
    page: Page, capture: Capture, cleaned: Cleaned, member: Member, kind: KindReading, ordinal: int
) -> Report:
    lines = [block.text for block in member.blocks]
    body = member.text
    reading = _best_title(page, cleaned, member, lines)
    period = read.stated_period(body)
    year = _report_year(reading, period, body, page.published_on)
    own_page = not cleaned.is_compilation
    issuer = (page.issuer or page.source) if own_page else None
    author_lines = [line for line in lines[:_TITLE_LINES] if is_agency(line)]
    agency, agency_reason = choose_agency(
        title_part=reading.agency if reading else "", lines=lines, body=body, issuer=issuer, author_lines=author_lines
    )
    contents = read_indicators(body)
    tables = read_tables(member.blocks)
    from_tables = table_indicators(tables.cells, body)
    report = Report(
        ordinal=ordinal,
        kind=kind.kind,
        title=reading.text if reading else page.title,
        report_year=year,
        period_start=period[0] if period else None,
        period_end=period[1] if period else None,
        agency=agency,
        compiled_by=read.compiled_by(body),
        issuer=issuer,
        published_on=page.published_on if own_page else None,
        signed_on=read.signing_date(lines),
        index_no=page.index_no if own_page else None,
        doc_no=page.doc_no if own_page else None,
        contact_phone=read.phone_number(body),
        contact_email=read.email_address(body),
        contact_address=read.postal_address(body),
        postcode=read.postcode(body),
        website=read.website(body),
        script=page.script,
        body_text=body,
        flags=list(page.flags),
        blocks=list(member.blocks),
        sections=read_sections(body),
        indicators=[*contents.indicators, *from_tables],
        cells=list(tables.cells),
        checks=[*contents.checks, *tables.checks, *prose_checks(contents.indicators, from_tables)],
        findings=[*contents.findings, *tables.findings],
    )
    _place(report, page, capture, cleaned)
    if tables_missing(report.report_year, report.sections, report.cells):
        report.flags.append("tables_missing")
    if agency is None:
        report.findings.append(Finding("extract", "agency_unknown", agency_reason))
    if year is None:
        report.findings.append(Finding("extract", "year_unknown", "neither title, period, text nor date name a year"))
    return report


def _best_title(page: Page, cleaned: Cleaned, member: Member, lines: Sequence[str]) -> TitleReading | None:
    """Among the readings of all candidates the first with year and agency, else with a year, else the first."""
    texts = [*([] if cleaned.is_compilation else title_candidates(cleaned)), *joined_titles(lines[:12])]
    if member.marker_title:
        texts.append(member.marker_title)
    readings = [reading for text in texts if (reading := read_title(text))]
    if not readings:
        return None
    return max(
        readings,
        key=lambda item: (item.year is not None and bool(item.agency), item.year is not None, bool(item.agency)),
    )


def _report_year(
    reading: TitleReading | None, period: tuple[str, str] | None, body: str, published_on: str | None
) -> int | None:
    """Title, then the stated period, then the years the first paragraphs name, then the year before publication."""
    if reading and reading.year:
        return reading.year
    if period and period[0][:4] == period[1][:4]:
        return int(period[0][:4])
    if stated := read.body_year(body):
        return stated
    return int(published_on[:4]) - 1 if published_on else None


def _place(report: Report, page: Page, capture: Capture, cleaned: Cleaned) -> None:
    site_code = cleaned.meta.get("siteidcode")
    domain = (cleaned.meta.get("sitedomain") or "").lower()
    host = (urlsplit(capture.url).hostname or "").lower()
    credit = re.match(r"[0-9A-Z]{18}(?=[/-])", report.index_no or "")
    resolution: Resolution = resolve(
        PlaceEvidence(
            site_code=site_code if site_code and domain and domain.removeprefix("www.") in host else None,
            credit_code=credit[0] if credit else None,
            profile_region=capture.region_code,
            title=report.title or "",
            agency=report.agency or "",
            text=report.body_text,
            phone=report.contact_phone,
            postcode=report.postcode,
            year=report.report_year,
            host=host,
        )
    )
    place = resolution.place
    if place is None:
        names = "、".join(
            str(item.place.code or item.place.county or item.place.city) for item in resolution.candidates[:3]
        )
        report.findings.append(
            Finding("extract", "place_open", f"{resolution.reason}{'; between ' + names if names else ''}")
        )
        return
    report.province, report.city, report.county, report.town = place.province, place.city, place.county, place.town
    report.region_code = place.code
    report.level = agency_level(report.agency or "", place)
