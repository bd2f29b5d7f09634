"""report → facts: kind, fields, dates, places, sections, indicators, numbers.

`extract(capture, repaired, cleaned)` reads top to bottom: the page's title and kind, then, where the page carries
reports, each member's own facts. Every value comes from evidence on the page; where there is none it stays None.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from pipelines.clean import Cleaned, Member
from pipelines.clean.hijack import hijacked_copy
from pipelines.clean.metadata import first_value
from pipelines.clean.splitting import announced_members
from pipelines.extract import fields as read
from pipelines.extract.agencies import agency_choice, with_place
from pipelines.extract.agency_names import is_agency
from pipelines.extract.duplicates import is_duplicate
from pipelines.extract.evidence import Choice
from pipelines.extract.indicators import read_indicators
from pipelines.extract.kinds import KindReading, page_kind
from pipelines.extract.periods import main_period, report_year
from pipelines.extract.places import PlaceEvidence, Resolution, agency_level, resolve
from pipelines.extract.publication import publication_date
from pipelines.extract.sections import read_sections
from pipelines.extract.tables import prose_checks, read_tables, table_indicators, tables_missing
from pipelines.extract.text_forms import unspaced
from pipelines.extract.title_choice import report_title
from pipelines.extract.titles import joined_titles, title_candidates
from pipelines.model import REPORT_KINDS, Capture, Finding, Page, PageKind, Repaired, Report, Section

_PLACEHOLDERS = frozenset({"本站", "本网", "网站名称", "政府网站标识码", "本站原创", "无", "-", "文章标题"})
_CREDIT_CODE = re.compile(r"[0-9A-Z]{18}(?=[/-])")
_TITLE_LINES = 6
_TITLE_BEGINNING = 10  # characters that stand even in a title cut short
_HEADER_LINES = 20
# Kinds whose pages are read for reports though the page's title is none: a compound page carries its members' titles.
_COMPILATION_KINDS = REPORT_KINDS | {PageKind.NEWS, PageKind.OTHER, PageKind.LIST, PageKind.INDEX}


def extract(capture: Capture, repaired: Repaired, cleaned: Cleaned) -> Page:
    """The page with its kind, its fields and its reports. Never raises."""
    if repaired.charset is None and not cleaned.readable_text:
        return _without_text(capture, repaired, cleaned)
    titles = title_candidates(cleaned)
    sections = [] if cleaned.is_compilation else read_sections(cleaned.main_text)
    kind = page_kind(
        titles,
        cleaned.main_text,
        sections,
        entries=len(cleaned.entries),
        listed_share=_listed_share(cleaned),
        link_share=cleaned.link_share,
        http_status=capture.http_status,
        attachments=len(cleaned.attachments),
    )
    published_on, date_conflict = publication_date(capture, cleaned)
    page = Page(
        url=capture.url,
        kind=kind.kind,
        kind_reason=kind.reason,
        charset=repaired.charset,
        charset_evidence=repaired.charset_evidence,
        script=repaired.script,
        title=titles[0] if titles else None,
        published_on=published_on,
        source=_real(first_value(cleaned.fields, "source") or cleaned.meta.get("contentsource")),
        site_name=_real(cleaned.meta.get("sitename")),
        index_no=read.index_number(first_value(cleaned.fields, "index_no"))
        or read.printed_index_number([*cleaned.head_lines[-_HEADER_LINES:], *cleaned.main_text.split("\n", 8)[:8]]),
        doc_no=read.document_number(first_value(cleaned.fields, "doc_no")) or _opening_number(kind.kind, cleaned),
        issuer=_real(first_value(cleaned.fields, "issuer")),
        main_text=cleaned.main_text,
        main_reason=cleaned.main_reason,
        flags=list(dict.fromkeys([*repaired.flags, *cleaned.flags])),
        entries=cleaned.entries,
        pager=cleaned.pager,
        attachments=cleaned.attachments,
        edits=[*repaired.edits, *cleaned.edits],
        findings=[*_about_text(repaired), *cleaned.findings, *date_conflict],
    )
    _flag_page(page, cleaned.readable_text, is_compilation=cleaned.is_compilation)
    if cleaned.is_compilation and kind.kind in _COMPILATION_KINDS:
        _read_compilation(page, capture, cleaned)
    elif kind.kind in REPORT_KINDS:
        told = _told_by_page(page, capture, cleaned, titles)
        page.reports = [_read_report(page, capture, cleaned, cleaned.members[0], kind, 1, sections, told)]
        page.title = page.reports[0].title or page.title
    elif kind.finding:
        page.findings.append(Finding("extract", kind.finding, kind.reason))
    if page.reports:
        page.findings += _members_missing([cleaned.head_title, *titles], len(cleaned.members))
    return page


def _listed_share(cleaned: Cleaned) -> float:
    """How much of the main text is lines that name the page's dated links; their titles are often cut short there."""
    if not cleaned.entries:
        return 0.0
    beginnings = {unspaced(entry.title)[:_TITLE_BEGINNING] for entry in cleaned.entries}
    lines = [unspaced(line) for line in cleaned.main_text.split("\n")]
    listed = sum(len(line) for line in lines if any(beginning in line for beginning in beginnings if beginning))
    return listed / total if (total := sum(map(len, lines))) else 0.0


def _without_text(capture: Capture, repaired: Repaired, cleaned: Cleaned) -> Page:
    """The page of a body that is no text at all: a picture, nothing, or too much."""
    findings = [*cleaned.findings, *repaired.findings]
    reason = findings[0].detail if findings else "the body holds no text"
    return Page(
        url=capture.url,
        kind=PageKind.ERROR,
        kind_reason=reason,
        charset_evidence=repaired.charset_evidence,
        findings=findings,
    )


def _about_text(repaired: Repaired) -> list[Finding]:
    """The repair room's findings, but for its word that a body is no page where a document was read from it."""
    return [finding for finding in repaired.findings if repaired.charset or finding.code != "binary_body"]


def _opening_number(kind: PageKind, cleaned: Cleaned) -> str | None:
    """The document number below the title; a list's numbers are its entries', a compilation's its members'."""
    if cleaned.is_compilation or kind in (PageKind.LIST, PageKind.INDEX):
        return None
    return read.printed_document_number(cleaned.main_text.split("\n", 6)[:6])


def _real(value: str | None) -> str | None:
    stripped = (value or "").strip(" \u3000|｜【】[]")
    return stripped if stripped and stripped not in _PLACEHOLDERS else None


def _flag_page(page: Page, readable_text: str, *, is_compilation: bool) -> None:
    """Flags of the page as a whole, which its reports inherit."""
    copy = hijacked_copy(page.url, readable_text, page.flags, page.script)
    if copy is not None:
        page.flags.append("hijacked_copy")
        page.findings.append(copy)
    if is_compilation:
        page.flags.append("compilation")


def _read_compilation(page: Page, capture: Capture, cleaned: Cleaned) -> None:
    """Each member is a document of its own; the page's date is the upload's and nobody's publication date."""
    for member in cleaned.members:
        titles = [*joined_titles([block.text for block in member.blocks[:_TITLE_LINES]]), member.marker_title]
        sections = read_sections(member.text)
        kind = page_kind(titles, member.text, sections)
        if kind.kind in REPORT_KINDS:
            ordinal = len(page.reports) + 1
            page.reports.append(_read_report(page, capture, cleaned, member, kind, ordinal, sections, _ToldByPage()))
    if page.reports:
        page.kind = page.reports[0].kind
        page.kind_reason = f"a compilation of {len(page.reports)} reports; the first: {page.reports[0].title}"
        page.published_on = None
    for later, report in enumerate(page.reports):
        for earlier in page.reports[:later]:
            if is_duplicate(earlier, report):
                report.duplicate_of_ordinal = earlier.duplicate_of_ordinal or earlier.ordinal
                break


def _members_missing(titles: Sequence[str], found: int) -> list[Finding]:
    """Word of a collection of which only a part stands on the page, or whose members nothing parts."""
    announced = max((announced_members(title) or 0 for title in titles), default=0)
    if announced <= found:
        return []
    detail = f"the title announces {announced} members and {found} {'was' if found == 1 else 'were'} found"
    return [Finding("extract", "members_missing", detail)]


@dataclass(frozen=True, slots=True)
class _ToldByPage:
    """What a page tells of the one report on it. Of the members of a compilation it tells nothing: date, number and
    poster are those of the collection."""

    titles: Sequence[str] = ()
    lines_above: Sequence[str] = ()
    url: str = ""
    published_on: str | None = None
    issuer: str | None = None
    index_no: str | None = None
    doc_no: str | None = None
    imprints: Sequence[str] = ()


def _told_by_page(page: Page, capture: Capture, cleaned: Cleaned, titles: Sequence[str]) -> _ToldByPage:
    imprints = (edit.removed.split("\n") for edit in cleaned.edits if edit.rule == "imprint_line")
    return _ToldByPage(
        titles=titles,
        lines_above=cleaned.head_lines,
        url=capture.url,
        published_on=page.published_on,
        issuer=page.issuer or page.source,
        index_no=page.index_no,
        doc_no=page.doc_no,
        imprints=[line for lines in imprints for line in lines if line],
    )


def _read_report(
    page: Page,
    capture: Capture,
    cleaned: Cleaned,
    member: Member,
    kind: KindReading,
    ordinal: int,
    sections: list[Section],
    told: _ToldByPage,
) -> Report:
    lines = [block.text for block in member.blocks]
    body = member.text
    title = report_title(
        told.titles, lines_above=told.lines_above, lines=lines, marker=member.marker_title, url=told.url
    )
    period = main_period(body)
    year = report_year(
        title_year=title.reading.year if title.reading else None,
        period=period,
        body=body,
        published_on=told.published_on,
    )
    agency = agency_choice(
        title_part=title.reading.agency if title.reading else "",
        lines=lines,
        body=body,
        issuer=told.issuer,
        author_lines=[line for line in lines[:_TITLE_LINES] if is_agency(line)],
    )
    contents = read_indicators(body, sections)
    tables = read_tables(member.blocks)
    from_tables = table_indicators(tables.cells, body)
    report = Report(
        ordinal=ordinal,
        kind=kind.kind,
        title=title.text,
        report_year=year.value,
        period_start=period.start if period else None,
        period_end=period.end if period else None,
        agency=agency.value,
        compiled_by=read.compiled_by(body),
        issuer=told.issuer,
        published_on=told.published_on,
        signed_on=read.signing_date(lines, told.imprints),
        index_no=told.index_no,
        doc_no=told.doc_no or read.printed_document_number(lines),
        contact_phone=read.phone_number(body),
        contact_email=read.email_address(body),
        contact_address=read.postal_address(body),
        postcode=read.postcode(body),
        website=read.website(body),
        script=page.script,
        body_text=body,
        flags=list(page.flags),
        blocks=list(member.blocks),
        sections=sections,
        indicators=[*contents.indicators, *from_tables],
        cells=list(tables.cells),
        checks=[*contents.checks, *tables.checks, *prose_checks(contents.indicators, from_tables)],
        findings=[*contents.findings, *tables.findings],
    )
    _place(report, page, capture, cleaned)
    if tables_missing(report.report_year, report.sections, report.cells):
        report.flags.append("tables_missing")
    report.findings += [*title.findings, *_open_questions(report, year, agency)]
    return report


def _open_questions(report: Report, year: Choice[int], agency: Choice[str]) -> list[Finding]:
    """What the page leaves open or says in two ways."""
    found = [
        year.finding("year"),
        agency.finding("agency"),
        read.doubtful_date(report.published_on, report.report_year),
    ]
    if report.agency is None:
        found.append(Finding("extract", "agency_unknown", "no agency named"))
    if further := read.further_phone_numbers(report.body_text):
        found.append(Finding("extract", "further_phones", f"beside {report.contact_phone}: {', '.join(further)}"))
    if report.report_year is None:
        found.append(Finding("extract", "year_unknown", "neither title, period, text nor date name a year"))
    return [finding for finding in found if finding]


def _place(report: Report, page: Page, capture: Capture, cleaned: Cleaned) -> None:
    site_code = cleaned.meta.get("siteidcode")
    domain = (cleaned.meta.get("sitedomain") or "").lower()
    host = (urlsplit(capture.url).hostname or "").lower()
    credit = _CREDIT_CODE.match(report.index_no or "")
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
            issuer=report.issuer or "",
        )
    )
    place = resolution.place
    if place is None:
        report.level = agency_level(report.agency or "", None)
        if report.level != "national":
            report.findings.append(_place_open(resolution))
        return
    report.province, report.city, report.county, report.town = place.province, place.city, place.county, place.town
    report.region_code = place.code
    if report.agency and (in_full := with_place(report.agency, place)) != report.agency:
        detail = f"{report.agency} stands on the page; the place is from elsewhere: {resolution.reason}"
        report.findings.append(Finding("extract", "agency_completed", detail))
        report.agency = in_full
    report.level = agency_level(report.agency or "", place)


def _place_open(resolution: Resolution) -> Finding:
    places = (item.place for item in resolution.candidates[:3])
    names = "、".join(str(place.code or place.county or place.city) for place in places)
    return Finding("extract", "place_open", f"{resolution.reason}{'; between ' + names if names else ''}")
