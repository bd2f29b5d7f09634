from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.model import Attachment, Check, Edit, Finding, Page, PageKind, Report, Verdict
from pipelines.store.archive import ArchivedAt
from pipelines.store.engine import open_engine
from pipelines.store.identity import body_sha256
from pipelines.store.writer import Writer

from .builders import URL, Clock, capture, dump, indicator, page, report, rows

SIGHT = frozenset({("pages", "last_seen_at"), ("captures", "last_seen_at"), ("reports", "last_seen_at")})
PLACE = ArchivedAt("a.warc.gz", 100, 50)


def test_a_page_is_written_with_everything_below_it(engine: sa.Engine, writer: Writer, run: int) -> None:
    written = writer.write_page(run, capture(), page(report(), report(2, title="第二篇")), PLACE)

    counts = {table: len(found) for table, found in dump(engine).items()}
    assert counts | {
        "pages": 1, "captures": 1, "reports": 2, "sections": 2, "indicators": 4, "cells": 2, "checks": 2,
        "edits": 2, "findings": 3, "attachments": 1, "sites": 1, "runs": 1,
    } == counts  # fmt: skip
    assert (written.new_reports, written.changed_reports, written.unchanged) == (2, 0, False)
    assert rows(engine, "SELECT id, ordinal, version, is_current FROM reports") == [
        (written.report_ids[0], 1, 1, 1),
        (written.report_ids[1], 2, 1, 1),
    ]
    assert rows(engine, "SELECT content_type, etag, charset, outcome, archive_file, archive_offset FROM captures") == [
        ("text/html", '"7"', "gb18030", "page", "a.warc.gz", 100)
    ]
    assert rows(engine, "SELECT code, value, semantic FROM indicators LIMIT 2") == [
        ("proactive_total", 86.0, "number"),
        ("applications_received", 0.0, "negated"),
    ]


def test_the_same_page_twice_changes_nothing_but_the_times_of_sight(
    engine: sa.Engine, writer: Writer, run: int, clock: Clock
) -> None:
    first = writer.write_page(run, capture(), page(), PLACE)
    before = dump(engine, but=SIGHT)
    clock.tick()
    second = writer.write_page(run, capture(), page(), PLACE)

    assert dump(engine, but=SIGHT) == before
    assert replace(second, unchanged=False, new_reports=1) == first
    assert second.unchanged
    for table in ("pages", "captures", "reports"):
        assert rows(engine, f"SELECT last_seen_at FROM {table}") == [("2026-05-01T08:01:00Z",)]


def test_reading_an_old_capture_again_makes_nothing_younger(engine: sa.Engine, writer: Writer, run: int) -> None:
    fetched = capture(fetched_at="2026-04-01T00:00:00Z")
    writer.write_page(run, fetched, page(), None)
    before = dump(engine)

    writer.write_page(run, fetched, page(), None)
    assert dump(engine) == before

    writer.write_page(run, replace(fetched, fetched_at="2026-03-01T00:00:00Z"), page(report(title="又读")), None)
    assert rows(engine, "SELECT last_seen_at FROM pages") == [("2026-04-01T00:00:00Z",)]


def test_a_report_that_reads_differently_becomes_a_new_version_and_the_old_one_keeps_its_rows(
    engine: sa.Engine, writer: Writer, run: int
) -> None:
    (old,) = writer.write_page(run, capture(), page(), None).report_ids
    kept = f"SELECT * FROM indicators WHERE report_id = {old}", f"SELECT * FROM edits WHERE report_id = {old}"
    before = [rows(engine, query) for query in kept]

    written = writer.write_page(run, capture(), page(report(indicators=[indicator(value=87.0)])), None)

    assert (written.new_reports, written.changed_reports) == (0, 1)
    assert rows(engine, "SELECT id, version, is_current FROM reports ORDER BY version") == [
        (old, 1, 0),
        (written.report_ids[0], 2, 1),
    ]
    assert [rows(engine, query) for query in kept] == before
    assert rows(engine, f"SELECT value FROM indicators WHERE report_id = {written.report_ids[0]}") == [(87.0,)]
    assert len(rows(engine, f"SELECT 1 FROM edits WHERE report_id = {written.report_ids[0]}")) == 2


def test_only_the_member_that_changed_gets_a_new_version(engine: sa.Engine, writer: Writer, run: int) -> None:
    first = writer.write_page(run, capture(), page(report(), report(2)), None)
    second = writer.write_page(run, capture(), page(report(), report(2, title="改")), None)

    assert second.report_ids[0] == first.report_ids[0]
    assert second.report_ids[1] != first.report_ids[1]
    assert second.changed_reports == 1


@pytest.mark.parametrize(
    "understood_otherwise",
    [
        page(report(findings=[])),
        page(report(findings=[Finding("extract", "other", "another sentence")])),
        page(edits=[]),
        page(edits=[Edit("clean", 1, "chrome.menu", 0, 2, "首页")]),
        page(findings=[]),
        page(kind_reason="other words"),
        page(charset="gbk"),
    ],
)
def test_a_change_of_trace_alone_is_no_new_version(
    engine: sa.Engine, writer: Writer, run: int, understood_otherwise: Page
) -> None:
    first = writer.write_page(run, capture(), page(), None)
    second = writer.write_page(run, capture(), understood_otherwise, None)

    assert second.report_ids == first.report_ids
    assert not second.unchanged
    met = [*understood_otherwise.reports[0].findings, *understood_otherwise.findings]
    assert sorted(rows(engine, "SELECT code, detail FROM findings")) == sorted((item.code, item.detail) for item in met)
    assert rows(engine, "SELECT rule FROM edits ORDER BY id") == [(edit.rule,) for edit in understood_otherwise.edits]


def test_new_chrome_around_the_same_report_is_a_capture_and_no_version(
    engine: sa.Engine, writer: Writer, run: int
) -> None:
    first = writer.write_page(run, capture(b"visitors: 1"), page(), None)
    edits = rows(engine, "SELECT * FROM edits")
    second = writer.write_page(
        run, capture(b"visitors: 22"), page(edits=[Edit("clean", 1, "chrome.share", 10, 13, "分享到")]), None
    )

    assert second.report_ids == first.report_ids
    assert second.capture_id != first.capture_id
    assert rows(engine, "SELECT capture_id FROM reports") == [(first.capture_id,)]
    assert rows(engine, "SELECT * FROM edits") == edits  # they count in the capture the report was read from


def test_a_report_that_comes_back_is_a_third_version_of_the_first_capture(
    engine: sa.Engine, writer: Writer, run: int
) -> None:
    first = writer.write_page(run, capture(b"a"), page(), None)
    writer.write_page(run, capture(b"b"), page(report(title="改")), None)
    third = writer.write_page(run, capture(b"a"), page(), None)

    assert third.capture_id == first.capture_id
    assert rows(engine, "SELECT version, is_current FROM reports ORDER BY version") == [(1, 0), (2, 0), (3, 1)]


def test_a_report_that_vanished_is_not_current_and_stays(engine: sa.Engine, writer: Writer, run: int) -> None:
    writer.write_page(run, capture(b"a"), page(report(), report(2)), None)
    writer.write_page(run, capture(b"b"), page(report()), None)
    assert rows(engine, "SELECT ordinal, is_current FROM reports ORDER BY id") == [(1, 1), (2, 0)]

    writer.write_page(run, capture(b"c"), Page(URL, PageKind.NEWS), None)
    assert rows(engine, "SELECT ordinal, is_current FROM reports ORDER BY id") == [(1, 0), (2, 0)]


@pytest.mark.parametrize(
    ("kind", "status", "outcome", "gone"),
    [
        (PageKind.ERROR, 404, None, True),
        (PageKind.ERROR, 200, "soft_404", True),
        (PageKind.OTHER, 404, "not_found", True),
        (PageKind.ERROR, 502, "server_error", False),
        (PageKind.CHALLENGE, 521, "challenge_521", False),
        (PageKind.OTHER, 200, "stranger", False),
    ],
)
def test_what_the_server_says_instead_of_the_page_leaves_its_reports_alone(
    engine: sa.Engine, writer: Writer, run: int, kind: PageKind, status: int, outcome: str | None, gone: bool
) -> None:
    writer.write_page(run, capture(), page(), None)
    untouched = dump(engine, but=frozenset({("pages", "gone_at")}))
    answer = capture(b"no", http_status=status)

    written = writer.write_page(run, answer, Page(URL, kind), None, outcome=outcome)
    assert not written.unchanged
    assert writer.write_page(run, answer, Page(URL, kind), None, outcome=outcome).unchanged

    after = dump(engine, but=frozenset({("pages", "gone_at")}))
    assert {table for table in after if after[table] != untouched[table]} == {"captures"}
    assert rows(engine, "SELECT gone_at IS NOT NULL FROM pages") == [(gone,)]
    assert not writer.write_page(run, capture(), page(), None).new_reports
    assert rows(engine, "SELECT gone_at FROM pages") == [(None,)]


def test_a_duplicate_names_the_current_id_of_its_original(engine: sa.Engine, writer: Writer, run: int) -> None:
    both = "SELECT id, duplicate_of FROM reports WHERE is_current ORDER BY ordinal"
    first, second = writer.write_page(
        run, capture(), page(report(), report(2, duplicate_of_ordinal=1)), None
    ).report_ids
    assert rows(engine, both) == [(first, None), (second, first)]

    again = writer.write_page(run, capture(), page(report(title="改"), report(2, duplicate_of_ordinal=1)), None)
    assert again.report_ids[1] == second
    assert rows(engine, both) == [(again.report_ids[0], None), (second, again.report_ids[0])]


def test_a_body_hash_is_blind_to_white_space(engine: sa.Engine, writer: Writer, run: int) -> None:
    writer.write_page(run, capture(), page(report(body_text="公开 86 条"), report(2, body_text="公开\n86  条 ")), None)

    assert len({tuple(row) for row in rows(engine, "SELECT body_sha256 FROM reports")}) == 1


def test_one_page_under_two_addresses_is_one_page(engine: sa.Engine, writer: Writer, run: int) -> None:
    writer.write_page(run, capture(), page(), None)
    writer.write_page(run, capture(url=URL.replace("http://www.", "https://") + "#top"), page(), None)

    assert len(rows(engine, "SELECT id FROM pages")) == 1
    assert len(rows(engine, "SELECT id FROM reports")) == 1


def test_nothing_of_a_page_is_kept_when_its_transaction_fails(engine: sa.Engine, writer: Writer, run: int) -> None:
    before = dump(engine)

    def lose_the_lease(_connection: sa.Connection) -> None:
        raise LookupError("the lease ran out")

    with pytest.raises(LookupError):
        writer.write_page(run, capture(), page(), None, alongside=lose_the_lease)
    with pytest.raises(ValueError, match="same ordinal"):
        writer.write_page(run, capture(), page(report(1), report(1)), None)
    assert dump(engine) == before


def test_what_runs_alongside_commits_with_the_page(engine: sa.Engine, writer: Writer, run: int) -> None:
    def rename(connection: sa.Connection) -> None:
        connection.exec_driver_sql("UPDATE sites SET family = 'trs'")

    writer.write_page(run, capture(), page(), None, alongside=rename)

    assert rows(engine, "SELECT family FROM sites") == [("trs",)]


def test_characters_no_database_takes_are_replaced_one_for_one(engine: sa.Engine, writer: Writer, run: int) -> None:
    writer.write_page(run, capture(), page(report(body_text="公\x00开\ud800条😀", title="\udfff")), None)

    assert rows(engine, "SELECT body_text, title FROM reports") == [("公\ufffd开\ufffd条😀", "\ufffd")]


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -float("inf"), 10**400])
def test_a_number_no_column_holds_is_absent(engine: sa.Engine, writer: Writer, run: int, value: float) -> None:
    writer.write_page(run, capture(), page(report(indicators=[indicator(value=value)])), None)

    assert rows(engine, "SELECT value, raw FROM indicators") == [(None, "86条")]


def test_attachments_are_kept_once_fetched_and_forgotten_when_only_linked(
    engine: sa.Engine, writer: Writer, run: int
) -> None:
    linked = [Attachment(f"http://x.example/{name}.pdf", name) for name in "ab"]
    writer.write_page(run, capture(b"1"), page(attachments=[*linked, linked[0]]), None)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE attachments SET sha256 = 'f' WHERE name = 'a'")

    writer.write_page(run, capture(b"2"), page(attachments=[Attachment("http://x.example/c.pdf", "c")]), None)

    assert rows(engine, "SELECT name, sha256 FROM attachments ORDER BY id") == [("a", "f"), ("c", None)]


def test_the_archive_is_asked_by_page_and_body(writer: Writer, run: int) -> None:
    writer.write_page(run, capture(b"1"), page(), PLACE)
    writer.write_page(run, capture(b"2"), page(), None)

    assert writer.archived_at(URL.replace("http:", "https:"), body_sha256(b"1")) == PLACE
    assert writer.archived_at(URL, body_sha256(b"2")) is None
    assert writer.archived_at(URL + "x", body_sha256(b"1")) is None


def test_a_capture_archived_later_learns_where(writer: Writer, run: int) -> None:
    writer.write_page(run, capture(), page(), None)
    writer.write_page(run, capture(), page(), PLACE)
    writer.write_page(run, capture(), page(), ArchivedAt("b.warc.gz", 0, 1))

    assert writer.archived_at(URL, body_sha256(capture().body)) == PLACE


def test_a_site_is_as_it_was_last_declared(engine: sa.Engine, writer: Writer) -> None:
    first = writer.ensure_site("lanhe", "lanhe.gov.example", "330782", "trs", True)
    again = writer.ensure_site("lanhe", "lanhe.gov.example", "330782", "hanweb", False)

    assert first == again
    assert rows(engine, "SELECT name, family, enabled FROM sites") == [("lanhe", "hanweb", 0)]


def test_a_site_nobody_declared_is_noted_from_the_capture(engine: sa.Engine, writer: Writer, run: int) -> None:
    writer.write_page(run, capture(), page(), None)
    writer.write_page(run, capture(url="file:///a.html", site=None), page(), None)

    assert rows(engine, "SELECT name, domain, region_code FROM sites") == [("lanhe", "www.lanhe.gov.example", "330782")]
    assert rows(engine, "SELECT site_id FROM pages ORDER BY id") == [(1,), (None,)]


def test_a_run_has_a_beginning_an_end_and_figures(engine: sa.Engine, writer: Writer, clock: Clock) -> None:
    run = writer.begin_run("ingest", "0.1.0")
    assert rows(engine, "SELECT status, finished_at FROM runs") == [("running", None)]
    clock.tick()
    writer.end_run(run, "finished", {"pages": 3, "站": "兰河"})

    assert rows(engine, "SELECT status, started_at, finished_at, stats FROM runs") == [
        ("finished", "2026-05-01T08:00:00Z", "2026-05-01T08:01:00Z", '{"pages": 3, "站": "兰河"}')
    ]


def test_a_page_seen_again_without_its_body_is_younger_and_no_longer_gone(
    engine: sa.Engine, writer: Writer, run: int, clock: Clock
) -> None:
    writer.write_page(run, capture(), page(), None)
    assert writer.mark_gone(URL)
    clock.tick()
    assert writer.seen_again(URL)

    assert rows(engine, "SELECT last_seen_at, gone_at FROM pages") == [("2026-05-01T08:01:00Z", None)]
    assert rows(engine, "SELECT last_seen_at FROM reports") == [("2026-05-01T08:01:00Z",)]
    assert not writer.seen_again("http://other.example/")
    assert not writer.mark_gone("http://other.example/")


def _open(folder: str) -> tuple[sa.Engine, Writer]:
    engine = open_engine(str(Path(folder) / "gipr.db"), create=True)
    return engine, Writer(engine, now=Clock())


TEXT = st.text(max_size=12)
NUMBER = st.one_of(st.none(), st.floats(), st.integers(-(10**20), 10**20))
REPORTS = st.lists(
    st.builds(
        lambda title, year, body, value, label, flags: report(
            title=title,
            report_year=year,
            body_text=body,
            flags=flags,
            indicators=[indicator(value=value, label=label, sentence=body)],
            checks=[Check("sum", Verdict.FAIL, value, None, label)],
        ),
        st.none() | TEXT,
        st.none() | st.integers(1990, 2030),
        TEXT,
        NUMBER,
        TEXT,
        st.lists(TEXT, max_size=2),
    ),
    max_size=3,
)


def _page(members: list[Report], title: str | None, edits: list[Edit]) -> Page:
    for ordinal, member in enumerate(members, 1):
        member.ordinal = ordinal
    made = page(title=title, edits=edits)
    made.reports = members
    return made


PAGES = st.builds(
    _page,
    REPORTS,
    st.none() | TEXT,
    st.lists(st.builds(lambda removed: Edit("clean", 1, "r", 0, len(removed), removed), TEXT), max_size=2),
)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.sampled_from([b"a", b"b"]), PAGES), min_size=1, max_size=4))
def test_after_any_history_writing_the_last_page_again_changes_nothing(history: list[tuple[bytes, Page]]) -> None:
    with TemporaryDirectory() as folder:
        engine, writer = _open(folder)
        run = writer.begin_run("ingest", "0.1.0")
        for body, made in history:
            writer.write_page(run, capture(body), made, None)
        before = dump(engine)
        last_body, last_page = history[-1]

        assert writer.write_page(run, capture(last_body), last_page, None).unchanged
        assert dump(engine) == before
        current = "SELECT ordinal, title FROM reports WHERE is_current ORDER BY ordinal"
        assert [row[0] for row in rows(engine, current)] == [member.ordinal for member in last_page.reports]
        engine.dispose()


def test_what_a_site_repeats_is_kept_with_the_site_and_given_back(engine: sa.Engine) -> None:
    writer = Writer(engine)
    writer.ensure_site("lanhe", "www.lanhe.gov.example", "330800", "trs", True)
    learned = {"version": 1, "pages": 9, "lines": {"某网在线": [1, 9]}}
    writer.keep_site_boilerplate("lanhe", learned)

    assert writer.site_boilerplate("lanhe") == learned
    assert writer.site_boilerplate("unknown") == {}
