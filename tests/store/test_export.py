from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
import sqlalchemy as sa

from pipelines.model import Page, PageKind, Semantic
from pipelines.store.engine import StoreError
from pipelines.store.export import BATCH, export_csv, export_jsonl, exportable
from pipelines.store.selection import ReportFilter
from pipelines.store.writer import Writer

from .builders import BODY, URL, capture, indicator, page, report


def as_csv(engine: sa.Engine, name: str = "reports", **given: Any) -> list[dict[str, str]]:
    out = io.StringIO(newline="")
    with engine.connect() as connection:
        count = export_csv(connection, name, out, **given)
    out.seek(0)
    found = list(csv.DictReader(out))
    assert len(found) == count
    return found


def as_jsonl(engine: sa.Engine, name: str = "reports", **given: Any) -> list[dict[str, Any]]:
    out = io.StringIO()
    with engine.connect() as connection:
        count = export_jsonl(connection, name, out, **given)
    found = [json.loads(line) for line in out.getvalue().splitlines()]
    assert len(found) == count
    return found


@pytest.fixture
def corpus(engine: sa.Engine, writer: Writer, run: int) -> sa.Engine:
    writer.write_page(run, capture(), page(report(title="旧"), report(2)), None)
    writer.write_page(run, capture(), page(report(), report(2, report_year=2022, region_code="310000")), None)
    writer.write_page(run, capture(url="http://b.example/"), Page("", PageKind.NEWS), None)
    return engine


def test_a_report_is_exported_with_what_cites_it(corpus: sa.Engine) -> None:
    first, second = as_csv(corpus)

    assert (first["url"], first["site"], first["title"]) == (URL, "lanhe", "兰河镇2023年政府信息公开工作年度报告")
    assert (first["version"], first["is_current"], first["flags"]) == ("2", "1", '["spam_removed"]')
    assert first["body_text"] == BODY
    assert len(first["capture_sha256"]) == 64
    assert second["report_year"] == "2022"


def test_only_current_versions_are_exported_unless_all_are_asked_for(corpus: sa.Engine) -> None:
    assert [row["version"] for row in as_csv(corpus, only=ReportFilter(all_versions=True))] == ["1", "1", "2", "2"]
    assert len(as_csv(corpus, "indicators")) == 4
    assert len(as_csv(corpus, "indicators", only=ReportFilter(all_versions=True))) == 8


def test_a_filter_reaches_rows_below_reports_and_rows_of_their_pages(corpus: sa.Engine) -> None:
    of_2022 = ReportFilter(year=2022)

    assert [row["report_year"] for row in as_csv(corpus, only=of_2022)] == ["2022"]
    for name in ("indicators", "indicator_values"):
        assert len(as_csv(corpus, name, only=of_2022)) == 2
    assert len(as_csv(corpus, "findings", only=of_2022)) == 2
    assert len(as_csv(corpus, "findings", only=ReportFilter(year=1999))) == 0
    assert len(as_csv(corpus, "edits")) == 2


def test_every_table_and_view_can_be_exported_and_nothing_else(corpus: sa.Engine) -> None:
    for name in exportable():
        assert len(as_csv(corpus, name)) == len(as_jsonl(corpus, name))
    for name in ("search_documents", "sqlite_master", "reports; DROP TABLE reports", ""):
        with pytest.raises(StoreError, match="choose one of"):
            as_csv(corpus, name)
        with pytest.raises(StoreError, match="choose one of"):
            as_jsonl(corpus, name)


@pytest.mark.parametrize(
    "text", ["=1+1", "+86 579", "-", "@SUM(A1)", "\t=1", "\r=1", "＝1", "'=1", "''-1", '=HYPERLINK("http://x","点")']
)
def test_a_text_no_spreadsheet_may_run_gets_an_apostrophe_that_can_be_taken_off(
    engine: sa.Engine, writer: Writer, run: int, text: str
) -> None:
    writer.write_page(run, capture(), page(report(title=text)), None)

    (row,) = as_csv(engine)
    assert row["title"] == "'" + text
    assert as_jsonl(engine)[0]["title"] == text


@pytest.mark.parametrize("text", ["1=1", "a@b.cn", "'引", "'", "——", " =1", "（-1）", "", "a\nb", 'say "x", y'])
def test_other_texts_are_exported_as_they_are(engine: sa.Engine, writer: Writer, run: int, text: str) -> None:
    writer.write_page(run, capture(), page(report(title=text)), None)

    assert as_csv(engine)[0]["title"] == text


def test_numbers_are_numbers_and_what_is_not_stated_is_empty(engine: sa.Engine, writer: Writer, run: int) -> None:
    values = [-3.0, 0.5, 1306.0, None, 1e300]
    stated = [indicator(code=f"c{place}", value=value, semantic=Semantic.NUMBER) for place, value in enumerate(values)]
    writer.write_page(run, capture(), page(report(indicators=stated)), None)

    assert [row["value"] for row in as_csv(engine, "indicators")][:4] == ["-3", "0.5", "1306", ""]
    assert [row["value"] for row in as_jsonl(engine)[0]["indicators"]] == values
    assert "1306," in json.dumps(as_jsonl(engine)[0]["indicators"][2])


def test_a_byte_order_mark_stands_first_when_asked_for(corpus: sa.Engine) -> None:
    out = io.StringIO()
    with corpus.connect() as connection:
        export_csv(connection, "cells", out, bom=True)

    assert out.getvalue().startswith("\ufeffid,report_id,table_key")
    assert "\ufeff" not in next(iter(as_csv(corpus, "cells")))


def test_a_line_of_reports_holds_all_that_was_read_from_it(corpus: sa.Engine) -> None:
    first, second = as_jsonl(corpus)

    assert first["flags"] == ["spam_removed"]
    assert first["is_current"] is True
    assert [item["code"] for item in first["indicators"]] == ["proactive_total", "applications_received"]
    assert first["indicators"][0]["sentence"] == "2023年，我镇主动公开政府信息86条。"
    assert first["cells"] == [
        {"table_key": "t2", "row_key": "regulations", "col_key": "made", "label": "规章 制发件数", "semantic": "zero",
         "value": 0, "raw": "0"}
    ]  # fmt: skip
    assert [len(second[part]) for part in ("sections", "checks", "findings")] == [1, 1, 1]


def test_reports_beyond_one_batch_come_once_each_in_order(engine: sa.Engine, writer: Writer, run: int) -> None:
    many = [report(number, sections=[], cells=[], checks=[], findings=[]) for number in range(1, BATCH + 12)]
    writer.write_page(run, capture(), page(*many), None)

    found = as_jsonl(engine)
    assert [row["ordinal"] for row in found] == list(range(1, BATCH + 12))
    assert all(len(row["indicators"]) == 2 for row in found)
    assert [row["ordinal"] for row in as_csv(engine)] == [str(row["ordinal"]) for row in found]


def test_two_exports_are_the_same(corpus: sa.Engine) -> None:
    for name in exportable():
        assert as_csv(corpus, name) == as_csv(corpus, name)


def test_the_wide_view_gives_a_value_only_where_all_statements_agree(
    engine: sa.Engine, writer: Writer, run: int
) -> None:
    stated = [
        indicator(value=86.0),
        indicator(value=86.0, source="table"),
        indicator(code="lawsuits_total", value=1.0),
        indicator(code="lawsuits_total", value=2.0, source="table"),
        indicator(code="consultations_total", value=5.0, label="电话"),
    ]
    writer.write_page(run, capture(), page(report(indicators=stated), report(2, indicators=[])), None)

    first, second = as_csv(engine, "report_wide")
    assert (first["proactive_total"], first["lawsuits_total"], first["consultations_total"]) == ("86", "", "")
    assert second["proactive_total"] == ""


def test_views_carry_the_citation_of_each_value(corpus: sa.Engine) -> None:
    value = as_csv(corpus, "indicator_values")[0]

    assert (value["url"], value["agency"], value["report_year"], value["region_code"]) == (
        URL, "兰河镇人民政府", "2023", "330782",
    )  # fmt: skip
    assert (value["code"], value["value"], value["sentence"]) == (
        "proactive_total", "86", "2023年，我镇主动公开政府信息86条。",
    )  # fmt: skip
    assert [row["verdict"] for row in as_csv(corpus, "check_results")] == ["pass", "pass"]
    assert [row["capture_sha256"] for row in as_csv(corpus, "report_list")] == [
        row["capture_sha256"] for row in as_csv(corpus)
    ]
