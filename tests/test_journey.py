"""The journey of a page as a whole: pure, complete, never raising, and free of the crawler."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from opencc import OpenCC

from pipelines import Capture, understand
from pipelines.clean import clean
from pipelines.model import PageKind, Semantic
from pipelines.output import page_as_json
from pipelines.repair import repair
from pipelines.trace import apply_edits, undo_edits

SEEDS = Path(__file__).parents[2] / "shared" / "seeds"

REPORT = """索 引 号: | 00318622X/2013-00012 | 发布机构: | 县水务局 |
发布日期: | 2013-01-25 | 文号: | |
示例县水务局2012年政府信息公开工作年度报告
根据《中华人民共和国政府信息公开条例》的规定，由示例县水务局办公室编制本报告，统计期限自2012年1月1日起至2012年12月31日止。
一、概述
2012年，我局把信息公开作为转变作风的抓手，明确专人负责。
二、主动公开政府信息的情况
全年主动公开政府信息126条，其中：政策法规类20条，工作动态类98条，其他8条。
三、依申请公开的情况
全年收到政府信息公开申请3件，办结3件。
四、复议、诉讼的情况
没有发生因政府信息公开引起的行政复议、行政诉讼。
示例县水务局
二〇一三年一月二十日
上一篇：防汛值班表
扫一扫在手机打开当前页
"""


def capture(text: str, charset: str = "utf-8", name: str = "a.txt", **headers: str) -> Capture:
    return Capture(f"http://www.shili.gov.example/{name}", text.encode(charset), headers)


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le"])
def test_the_same_report_is_read_whatever_its_charset(charset: str) -> None:
    page = understand(capture(REPORT, charset, **{"Content-Type": "text/plain; charset=utf-8"}))

    assert page.kind is PageKind.ANNUAL_REPORT
    (report,) = page.reports
    assert report.title == "示例县水务局2012年政府信息公开工作年度报告"
    assert (report.report_year, report.agency) == (2012, "示例县水务局")
    assert (report.period_start, report.period_end) == ("2012-01-01", "2012-12-31")
    assert (report.published_on, report.signed_on) == ("2013-01-25", "2013-01-20")
    assert (report.index_no, report.issuer, report.doc_no) == ("00318622X/2013-00012", "县水务局", None)


def test_every_indicator_stands_at_its_place_with_its_sentence() -> None:
    (report,) = understand(capture(REPORT)).reports

    for item in report.indicators:
        assert report.body_text[item.start : item.end] == item.raw
        assert item.sentence in report.body_text
    values = {item.code: (item.value, item.semantic) for item in report.indicators if not item.label}
    assert values == {
        "proactive_total": (126, Semantic.NUMBER),
        "applications_received": (3, Semantic.NUMBER),
        "applications_completed": (3, Semantic.NUMBER),
        "reconsiderations_total": (0, Semantic.NEGATED),
        "lawsuits_total": (0, Semantic.NEGATED),
    }


def test_a_sum_that_holds_is_recorded_with_both_sides() -> None:
    (report,) = understand(capture(REPORT)).reports

    (check,) = report.checks
    assert (check.identity, check.verdict) == ("enumeration:proactive_total", "pass")
    assert (check.left_value, check.right_value) == (126, 126)


def test_what_a_report_does_not_state_has_no_indicator() -> None:
    (report,) = understand(
        capture(REPORT.replace("没有发生因政府信息公开引起的行政复议、行政诉讼。", "有关制度已经建立。"))
    ).reports

    codes = {item.code for item in report.indicators}
    assert "reconsiderations_total" not in codes
    assert "lawsuits_total" not in codes


def test_sections_cover_their_text_and_their_offsets_are_true() -> None:
    (report,) = understand(capture(REPORT)).reports

    assert [section.heading for section in report.sections if section.level == 1][:2] == [
        "概述",
        "主动公开政府信息的情况",
    ]
    for section in report.sections:
        assert report.body_text[section.start : section.end] == section.text


def test_the_edits_give_the_main_text_forwards_and_the_source_backwards() -> None:
    made = capture("\ufeff" + OpenCC("s2t").convert(REPORT).replace("開", "開(kāi)"))
    repaired = repair(made)
    cleaned = clean(repaired, made)

    assert apply_edits(repaired.decoded, repaired.edits) == repaired.text
    assert undo_edits(repaired.text, repaired.edits) == repaired.decoded
    assert apply_edits(cleaned.readable_text, cleaned.edits) == cleaned.main_text
    assert undo_edits(cleaned.main_text, cleaned.edits) == cleaned.readable_text


@given(st.binary(max_size=400))
@settings(max_examples=150, deadline=None)
def test_no_bytes_make_it_raise_or_fail_inside(body: bytes) -> None:
    page = understand(Capture("http://www.shili.gov.example/x.html", body))

    assert "internal_error" not in {finding.code for finding in page.findings}
    json.dumps(page_as_json(page), ensure_ascii=False)


@given(st.text(alphabet="公开政府信息年度报告2012一二、。：:|<>/p br\n\t()（）第篇", max_size=300))
@settings(max_examples=150, deadline=None)
def test_no_arrangement_of_the_reports_own_signs_fails_inside(text: str) -> None:
    made = Capture("http://www.shili.gov.example/x.html", text.encode())
    repaired = repair(made)
    cleaned = clean(repaired, made)

    assert apply_edits(cleaned.readable_text, cleaned.edits) == cleaned.main_text
    assert "internal_error" not in {finding.code for finding in understand(made).findings}


def test_reading_a_page_twice_gives_the_same_object() -> None:
    made = capture(REPORT)

    assert page_as_json(understand(made)) == page_as_json(understand(made))


def test_importing_pipelines_loads_neither_scrapy_nor_twisted() -> None:
    program = (
        "import sys, pipelines, pipelines.output, pipelines.store.writer, pipelines.store.archive; "
        "print(sorted(name for name in sys.modules if name.partition('.')[0] in ('scrapy', 'twisted', 'gipr_crawl')))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the seed documents are not here")
def test_the_seed_documents_are_read_as_a_careful_reader_would(tmp_path: Path) -> None:
    db = tmp_path / "seeds.db"
    files = sorted(map(str, SEEDS.glob("*.txt")))
    subprocess.run([sys.executable, "-m", "gipr_crawl.cli", "ingest", *files, "--db", str(db)], check=True)
    checked = subprocess.run(
        [sys.executable, str(SEEDS / "check.py"), str(db), "--floor", "0.95"],
        capture_output=True,
        text=True,
        check=False,
    )

    assert checked.returncode == 0, checked.stdout
