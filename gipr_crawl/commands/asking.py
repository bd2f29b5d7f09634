"""`gipr search`, `show`, `export`, `status`, `db upgrade`: what the corpus answers."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TextIO

import sqlalchemy as sa

from gipr_crawl.commands.terminal import CommandError, safe, say, warn
from pipelines.model import Edit, Report
from pipelines.output import report_as_json
from pipelines.repair.script import to_simplified
from pipelines.store.engine import db_name, open_engine, speaking_plainly, upgrade_database
from pipelines.store.export import export_csv, export_jsonl
from pipelines.store.queries import StoredReport, edits_of, page_findings, report_by_id, status
from pipelines.store.search import fold, search
from pipelines.trace import explain

_EXCERPT = 60


@contextmanager
def _reading(db: str) -> Iterator[sa.Connection]:
    """A connection to a corpus that is there; what goes wrong in the database is said in one sentence."""
    engine = open_engine(db, create=False)
    try:
        with speaking_plainly(db_name(engine)), engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()


def search_corpus(
    words: Sequence[str], *, db: str, year: int | None, region: str | None, limit: int, as_json: bool
) -> bool:
    """Print the reports that hold all words, newest first; False when there is none. Raises StoreError."""
    with _reading(db) as connection:
        hits = search(
            connection,
            " ".join(words),
            limit=limit,
            year=year,
            region_code=region,
            normalise=lambda text: fold(to_simplified(text)),
        )
    for hit in hits:
        if as_json:
            say(json.dumps(asdict(hit), ensure_ascii=False))
            continue
        say(f"{hit.report_id:>6}  {hit.report_year or '----'}  {safe(hit.title)}  ({safe(hit.agency)})")
        say(f"        {safe(hit.snippet)}")
        say(f"        {safe(hit.url)}")
    if not hits:
        warn(f"gipr: no report in {db} holds {' and '.join(words)}")
    return bool(hits)


def show_report(report_id: int, *, db: str, trace: bool, as_json: bool) -> None:
    """Print a report with its figures and their sentences. Raises StoreError, CommandError for an unknown id."""
    with _reading(db) as connection:
        stored = report_by_id(connection, report_id)
        if stored is None:
            raise CommandError(f"there is no report {report_id} in {db}; `gipr search WORDS --db {db}` prints ids")
        edits = edits_of(connection, report_id) if trace else []
        findings = page_findings(connection, stored.page_id)
    if as_json:
        plain = {name: value for name, value in asdict(stored).items() if name != "report"}
        plain |= report_as_json(stored.report)
        plain["page_findings"] = [asdict(finding) for finding in findings]
        if trace:
            plain["edits"] = [
                asdict(edit) | {"why": explain(edit.stage, edit.rule, stored.main_reason)} for edit in edits
            ]
        say(json.dumps(plain, ensure_ascii=False))
        return
    _print_fields(stored)
    _print_values(stored.report)
    for finding in [*findings, *stored.report.findings]:
        say(f"finding {finding.code}: {safe(finding.detail)}")
    if trace:
        _print_trace(edits, stored.main_reason)


def _print_fields(stored: StoredReport) -> None:
    report = stored.report
    say(safe(report.title))
    place = " ".join(filter(None, (report.province, report.city, report.county, report.town)))
    rows = {
        "report": f"{stored.id}, version {stored.version}{'' if stored.is_current else ' (superseded)'}",
        "kind": report.kind,
        "agency": report.agency,
        "year": report.report_year,
        "period": f"{report.period_start} to {report.period_end}" if report.period_start else None,
        "place": f"{place} {report.region_code or ''}".strip() or None,
        "published": report.published_on,
        "signed": report.signed_on,
        "issuer": report.issuer,
        "index no": report.index_no,
        "doc no": report.doc_no,
        "contact": " ".join(filter(None, (report.contact_phone, report.contact_email, report.contact_address))) or None,
        "flags": ", ".join(report.flags) or None,
        "same as": f"report {stored.duplicate_of}" if stored.duplicate_of else None,
        "page": stored.url,
        "fetched": stored.fetched_at,
        "charset": stored.charset,
        "raw bytes": f"sha256 {stored.capture_sha256}",
    }
    for name, value in rows.items():
        if value not in (None, ""):
            say(f"  {name:<9} {safe(value)}")


def _print_values(report: Report) -> None:
    for item in report.indicators:
        label = f" [{safe(item.label)}]" if item.label else ""
        value = "not stated" if item.value is None else f"{item.value:g}"
        say(f"{item.code}{label} = {value} {item.unit or ''} ({item.semantic}, {item.source}, rule {item.rule})")
        say(f"    “{safe(item.sentence)}”")
    for check in report.checks:
        say(
            f"check {check.identity}: {check.verdict} ({check.left_value} against {check.right_value}) {safe(check.detail)}"
        )
    for section in report.sections:
        say(f"section {'  ' * (section.level - 1)}{safe(section.heading)} ({section.kind})")


def _print_trace(edits: Sequence[Edit], reason: str) -> None:
    """Every change in words; a dropped line with the line, repairs by their place."""
    for edit in edits:
        removed = safe(edit.removed.strip().replace("\n", " ⏎ "))
        shown = removed if len(removed) <= _EXCERPT else f"{removed[:_EXCERPT]}… ({len(edit.removed)} characters)"
        why = explain(edit.stage, edit.rule, reason)
        if edit.stage == "clean":
            say(f"dropped “{shown}”: {why} [{edit.rule}]")
        else:
            say(f"at {edit.start}: “{shown}” became “{safe(edit.inserted)}”: {why} [{edit.rule}]")


def export_corpus(what: str, *, form: str, out: Path | None, excel: bool, db: str) -> None:
    """Write a table or view to `out` or standard output. Raises StoreError, CommandError."""
    if form not in ("csv", "jsonl"):
        raise CommandError(f"there is no format {form!r}; csv and jsonl are written")
    with _reading(db) as connection:
        if out is None:
            sys.stdout.reconfigure(encoding="utf-8", newline="")  # type: ignore[union-attr]
            _export(connection, what, form, excel, sys.stdout)
            return
        partial = out.with_name(f"{out.name}.partial")
        try:
            with partial.open("w", encoding="utf-8", newline="") as stream:
                count = _export(connection, what, form, excel, stream)
            partial.replace(out)
        except OSError as fault:
            raise CommandError(f"{out} cannot be written ({fault.strerror or fault}); check the folder") from fault
    warn(f"{count} rows of {what} written to {out}")


def _export(connection: sa.Connection, what: str, form: str, excel: bool, stream: TextIO) -> int:
    if form == "csv":
        return export_csv(connection, what, stream, bom=excel)
    return export_jsonl(connection, what, stream)


def print_status(*, db: str, as_json: bool) -> None:
    """Print what the corpus holds, site by site, and the last runs. Raises StoreError."""
    engine = open_engine(db, create=False)
    held = status(engine)
    engine.dispose()
    if as_json:
        say(json.dumps(asdict(held), ensure_ascii=False))
        return
    say(f"{held.pages} pages and {held.reports} reports in {db}")
    for site in held.sites:
        outcomes = ", ".join(f"{count} {outcome}" for outcome, count in site.outcomes.items())
        year = f", newest report {site.newest_report_year}" if site.newest_report_year else ""
        gone = f", {site.gone_pages} gone" if site.gone_pages else ""
        say(f"{safe(site.name or 'local files')}: {site.pages} pages{gone}, {site.reports} reports{year} ({outcomes})")
        verdict = ((site.last_run.stats or {}).get("sites", {}) if site.last_run else {}).get(site.name or "", {})
        if verdict:
            say(f"    last crawl: {verdict.get('verdict')}: {safe(verdict.get('reason', ''))}")
    for run in held.runs:
        say(f"run {run.id}: {safe(run.command)} at {run.started_at}, {run.status}, code {run.code_version}")


def upgrade_corpus(db: str) -> None:
    """Bring the corpus to the schema of this version. Raises StoreError."""
    before, now = upgrade_database(db)
    say(f"{db} is at schema {now} already" if before == now else f"{db} brought from schema {before} to {now}")
