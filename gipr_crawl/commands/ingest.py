"""`gipr ingest` and `gipr read`: local pages through the same rooms as crawled ones."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from gipr_crawl.commands.terminal import progress, safe, say, warn
from gipr_crawl.files import Unreadable, find_files, host_of, read_capture
from pipelines import read, understand
from pipelines.model import Capture, Finding, Page
from pipelines.output import page_as_json
from pipelines.site_boilerplate import SiteBoilerplate
from pipelines.store.archive import Archive
from pipelines.store.engine import open_engine
from pipelines.store.identity import body_sha256
from pipelines.store.writer import Writer
from pipelines.trace import explain
from pipelines.version import code_version

# Findings by which a file brought no text at all: the command says so and fails.
UNREADABLE = frozenset({"empty_body", "binary_body", "too_large", "internal_error", "undecodable"})


@dataclass(slots=True)
class IngestResult:
    """What became of the files; `faults` are the sentences about those that brought nothing."""

    pages: int = 0
    reports: int = 0
    new_reports: int = 0
    changed_reports: int = 0
    unchanged_pages: int = 0
    findings: int = 0
    faults: list[str] = field(default_factory=list)


def default_archive(db: str) -> Path:
    """The folder of raw bytes that belongs to a corpus: beside a SQLite file, else `data/archive`."""
    if "://" not in db:
        path = Path(db)
    elif db.startswith("sqlite:///"):
        path = Path(db.removeprefix("sqlite:///"))
    else:
        return Path("data/archive")
    return path.with_name(f"{path.stem}.archive")


def unreadable(page: Page) -> Finding | None:
    """The finding by which a page has no text, if any."""
    return next(
        (
            finding
            for finding in page.findings
            if finding.code in UNREADABLE or (not page.main_text and finding.code.startswith("document_"))
        ),
        None,
    )


def ingest(paths: Sequence[Path], *, db: str, archive: Path | None) -> IngestResult:
    """Read every file and store what it says; the raw bytes are archived first. Raises StoreError."""
    result = IngestResult()
    found = list(find_files(paths))
    result.faults += [item.reason for item in found if isinstance(item, Unreadable)]
    files = [item for item in found if isinstance(item, Path)]
    if not files:
        return result
    engine = open_engine(db, create=True)
    writer = Writer(engine)
    run_id = writer.begin_run("ingest", code_version())
    status = "interrupted"
    try:
        boilerplate = _learned_from(files, writer)
        with Archive(archive or default_archive(db)) as shelf, progress("reading", len(files)) as step:
            for file in files:
                _ingest_file(file, writer, run_id, shelf, boilerplate, result)
                step(file.name)
        status = "finished"
    finally:
        stats = {"pages": result.pages, "reports": result.reports, "new_reports": result.new_reports}
        writer.end_run(run_id, status, {**stats, "faults": len(result.faults)})
        engine.dispose()
    return result


def _learned_from(files: Sequence[Path], writer: Writer) -> SiteBoilerplate:
    """What the sites of the files repeat, learned from those the corpus has not seen before the first is stored.

    So each page is read with what all of them taught, the first one too, and reading them again changes nothing.
    """
    boilerplate = SiteBoilerplate(writer)
    for file in files:
        capture = _capture_of_site(file, writer)
        if isinstance(capture, Capture) and capture.site and not _is_archived(capture, writer):
            reading = read(capture)
            boilerplate.learn(capture.site, reading.page, reading.frame_lines)
    boilerplate.keep()
    return boilerplate


def _capture_of_site(file: Path, writer: Writer) -> Capture | Unreadable:
    """The file as a capture of the site it comes from, if it tells."""
    capture = read_capture(file)
    if isinstance(capture, Unreadable):
        return capture
    host = host_of(capture)
    return replace(capture, site=writer.site_of_host(host)) if host else capture


def _is_archived(capture: Capture, writer: Writer) -> bool:
    return writer.archived_at(capture.url, body_sha256(capture.body)) is not None


def _ingest_file(
    file: Path, writer: Writer, run_id: int, shelf: Archive, boilerplate: SiteBoilerplate, result: IngestResult
) -> None:
    capture = _capture_of_site(file, writer)
    if isinstance(capture, Unreadable):
        result.faults.append(capture.reason)
        return
    archived = writer.archived_at(capture.url, body_sha256(capture.body)) or shelf.store(capture)
    page = read(capture, boilerplate.of(capture.site)).page
    written = writer.write_page(run_id, capture, page, archived)
    result.pages += 1
    result.reports += len(page.reports)
    result.new_reports += written.new_reports
    result.changed_reports += written.changed_reports
    result.unchanged_pages += written.unchanged
    result.findings += len(page.findings) + sum(len(report.findings) for report in page.reports)
    if fault := unreadable(page):
        result.faults.append(f"{file}: {fault.detail}")


def read_files(paths: Sequence[Path], *, as_json: bool, trace: bool) -> list[str]:
    """Print what the files say, storing nothing; returns the sentences about those that brought nothing."""
    faults: list[str] = []
    show: Callable[[Path, Capture, Page], None] = _print_json if as_json else _print_trace if trace else _print_page
    for item in find_files(paths):
        capture = read_capture(item) if isinstance(item, Path) else item
        if isinstance(capture, Unreadable):
            faults.append(capture.reason)
            warn(safe(capture.reason))
            continue
        page = understand(capture)
        show(capture_path(item), capture, page)
        if fault := unreadable(page):
            faults.append(f"{item}: {fault.detail}")
            warn(safe(faults[-1]))
    return faults


def capture_path(item: Path | Unreadable) -> Path:
    """The path behind an item of `find_files`."""
    return item if isinstance(item, Path) else item.path


def _print_json(file: Path, _capture: Capture, page: Page) -> None:
    say(json.dumps(page_as_json(page, str(file)), ensure_ascii=False))


def _print_page(file: Path, _capture: Capture, page: Page) -> None:
    say(f"{safe(file)}: {page.kind} ({safe(page.kind_reason)})")
    if page.charset:
        evidence = page.charset_evidence
        say(f"  charset    {page.charset}{f' ({evidence.reason})' if evidence else ''}")
    for name in ("title", "published_on", "index_no", "doc_no", "issuer", "source"):
        if value := getattr(page, name):
            say(f"  {name:<10} {safe(value)}")
    for report in page.reports:
        say(f"  report {report.ordinal}: {safe(report.title)}")
        place = " ".join(filter(None, (report.province, report.city, report.county, report.town)))
        say(
            f"    {report.report_year} · {safe(report.agency)} · {place or 'place open'} · flags {report.flags or 'none'}"
        )
        for item in report.indicators:
            label = f" {safe(item.label)}" if item.label else ""
            say(f"    {item.code}{label} = {item.value:g} {item.unit or ''} ({item.semantic}): {safe(item.raw)}")
    for finding in [*page.findings, *(finding for report in page.reports for finding in report.findings)]:
        say(f"  finding {finding.code}: {safe(finding.detail)}")


def _print_trace(file: Path, capture: Capture, page: Page) -> None:
    _print_page(file, capture, page)
    for edit in page.edits:
        removed, inserted = safe(edit.removed).strip()[:60], safe(edit.inserted)[:60]
        change = f"{removed!r} → {inserted!r}" if inserted else f"{removed!r} dropped"
        say(f"  {edit.stage} {edit.start}-{edit.end} {edit.rule}: {change}, because {explain(edit.stage, edit.rule)}")
