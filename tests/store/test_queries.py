from __future__ import annotations

from dataclasses import replace

import sqlalchemy as sa

from pipelines.model import Edit, Page, PageKind
from pipelines.store.archive import ArchivedAt
from pipelines.store.queries import (
    edits_of,
    newest_captures,
    page_findings,
    report_by_id,
    status,
    versions_of,
)
from pipelines.store.writer import Writer

from .builders import URL, Clock, capture, page, report


def test_a_report_comes_back_as_it_was_understood(engine: sa.Engine, writer: Writer, run: int) -> None:
    understood = page(report(), report(2, duplicate_of_ordinal=1))
    first, second = writer.write_page(run, capture(), understood, ArchivedAt("a.warc.gz", 7, 9)).report_ids

    with engine.connect() as connection:
        stored, copy = report_by_id(connection, first), report_by_id(connection, second)
        assert report_by_id(connection, 999) is None
    assert stored is not None
    assert copy is not None
    assert stored.report == understood.reports[0]
    assert (stored.url, stored.site, stored.charset, stored.code_version) == (URL, "lanhe", "gb18030", "0.1.0")
    assert stored.archived_at == ArchivedAt("a.warc.gz", 7, 9)
    assert (copy.duplicate_of, replace(copy.report, duplicate_of_ordinal=1)) == (first, understood.reports[1])


def test_the_edits_of_a_version_are_those_it_was_read_with(engine: sa.Engine, writer: Writer, run: int) -> None:
    understood = page()
    (old,) = writer.write_page(run, capture(), understood, None).report_ids
    other = [Edit("clean", 1, "chrome.menu", 0, 2, "首页")]
    (new,) = writer.write_page(run, capture(), page(report(title="改"), edits=other), None).report_ids

    with engine.connect() as connection:
        assert edits_of(connection, old) == understood.edits
        assert edits_of(connection, new) == other
        assert [(item.id, item.version, item.is_current) for item in versions_of(connection, old)] == [
            (old, 1, False),
            (new, 2, True),
        ]
        assert versions_of(connection, new) == versions_of(connection, old)


def test_members_of_a_compound_page_share_the_edits_of_their_capture(
    engine: sa.Engine, writer: Writer, run: int
) -> None:
    understood = page(report(), report(2))
    first, second = writer.write_page(run, capture(b"1"), understood, None).report_ids
    other = [Edit("clean", 1, "chrome.menu", 0, 2, "首页")]
    _, changed = writer.write_page(
        run, capture(b"2"), page(report(), report(2, title="改"), edits=other), None
    ).report_ids

    with engine.connect() as connection:
        assert edits_of(connection, first) == edits_of(connection, second) == understood.edits
        assert edits_of(connection, changed) == other


def test_findings_of_the_page_stand_apart_from_those_of_its_reports(
    engine: sa.Engine, writer: Writer, run: int
) -> None:
    understood = page()
    written = writer.write_page(run, capture(), understood, None)

    with engine.connect() as connection:
        stored = report_by_id(connection, written.report_ids[0])
        assert page_findings(connection, written.page_id) == understood.findings
    assert stored is not None
    assert stored.report.findings == understood.reports[0].findings


def test_the_newest_content_of_each_page_is_read_again(
    engine: sa.Engine, writer: Writer, run: int, clock: Clock
) -> None:
    places = [ArchivedAt("a.warc.gz", number, 1) for number in range(6)]
    writer.write_page(run, capture(b"1"), page(), places[0])
    clock.tick()
    writer.write_page(run, capture(b"2"), page(report(title="改")), places[1])
    clock.tick()
    writer.write_page(run, capture(b"3", http_status=404), Page(URL, PageKind.ERROR), places[2])
    elsewhere = "http://b.example/"
    writer.write_page(run, capture(url=elsewhere, site="b"), Page(elsewhere, PageKind.ERROR), places[3])
    writer.write_page(run, capture(url="http://c.example/"), page(), None)

    with engine.connect() as connection:
        assert list(newest_captures(connection)) == [places[1], places[3]]
        assert list(newest_captures(connection, "b")) == [places[3]]

    clock.tick()
    writer.write_page(run, capture(b"1"), page(), places[0])
    with engine.connect() as connection:
        assert next(newest_captures(connection)) == places[0]


def test_the_status_counts_site_by_site(engine: sa.Engine, writer: Writer, clock: Clock) -> None:
    writer.ensure_site("quiet", "quiet.example", None, "trs", False)
    first = writer.begin_run("crawl lanhe", "0.1.0")
    writer.write_page(
        first, capture(fetched_at="2026-05-01T07:00:00Z"), page(report(), report(2, report_year=2024)), None
    )
    gone = capture(url="http://www.lanhe.gov.example/x", http_status=404, fetched_at="2026-05-02T07:00:00Z")
    writer.write_page(first, gone, Page("", PageKind.ERROR), None)
    writer.end_run(first, "finished", {"requests": 3})
    clock.tick()
    second = writer.begin_run("ingest", "0.1.0")
    writer.write_page(second, capture(url="file:///a.html", site=None, http_status=None), page(), None)

    state = status(engine)

    lanhe, quiet, local = state.sites
    assert (lanhe.name, lanhe.pages, lanhe.gone_pages, lanhe.reports, lanhe.newest_report_year) == (
        "lanhe",
        2,
        1,
        2,
        2024,
    )
    assert lanhe.outcomes == {"error": 1, "page": 1}
    assert lanhe.last_fetched_at == "2026-05-02T07:00:00Z"
    assert lanhe.last_run is not None
    assert (lanhe.last_run.id, lanhe.last_run.status, lanhe.last_run.stats) == (first, "finished", {"requests": 3})
    assert (quiet.name, quiet.enabled, quiet.pages, quiet.last_run) == ("quiet", False, 0, None)
    assert (local.name, local.pages, local.reports, local.last_fetched_at) == (None, 1, 1, None)
    assert [run.command for run in state.runs] == ["ingest", "crawl lanhe"]
    assert (state.pages, state.reports) == (3, 3)


def test_an_empty_corpus_has_a_status(engine: sa.Engine) -> None:
    assert (status(engine).sites, status(engine).runs, status(engine).pages) == ([], [], 0)
