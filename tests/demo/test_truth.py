"""The truth is worth comparing with: large, varied, and in agreement with itself."""

import re
from datetime import date
from difflib import SequenceMatcher

from gipr_crawl.demo import sites, truth
from gipr_crawl.demo.tables import APPLICANTS, OUTCOMES

SEED_CODES = {
    "proactive_total",
    "proactive_website",
    "proactive_wechat",
    "normative_documents_disclosed",
    "applications_received",
    "applications_completed",
    "answered_disclosed",
    "answered_partly_disclosed",
    "consultations_total",
    "reconsiderations_total",
    "lawsuits_total",
    "complaints_total",
    "npc_proposals",
    "cppcc_proposals",
    "budget_yuan",
}


def reports_of(name):
    return [report for report in truth() if name in report.site]


def test_the_portal_is_of_the_promised_size():
    assert len(truth()) >= 45
    assert sum(len(site.pages) + len(site.scripts) for site in sites()) >= 60
    assert len(reports_of("trs")) >= 18
    assert len(reports_of("hanweb")) >= 18
    assert len(reports_of("hijacked")) >= 9


def test_no_two_reports_share_url_title_or_body():
    for values in zip(
        *((report.url, (report.site, report.title), report.body_text) for report in truth()), strict=True
    ):
        assert len(set(values)) == len(values)


def prose(report):
    return [line for line in report.body_text.splitlines() if "\t" not in line and len(line) >= 30]


def test_no_sentence_of_prose_is_a_template_with_other_numbers():
    shapes: dict[str, str] = {}
    for report in truth():
        for line in prose(report):
            shape = re.sub(r"[\d〇一二三四五六七八九十百千万]+", "N", line)
            assert shapes.setdefault(shape, report.url) == report.url, line


def test_reports_of_the_same_agency_differ_in_more_than_their_figures():
    texts = ["\n".join(prose(report)) for report in truth()]
    for place, text in enumerate(texts):
        for other in texts[place + 1 :]:
            matcher = SequenceMatcher(None, text, other, autojunk=False)
            assert matcher.quick_ratio() < 0.5 or matcher.ratio() < 0.5


def test_a_report_is_long_enough_to_be_one():
    assert min(len("".join(prose(report))) for report in truth()) >= 100
    assert min(len(report.body_text) for report in truth()) >= 250


def test_years_and_dates_are_possible():
    for report in truth():
        published = date.fromisoformat(report.published_on)
        assert date(report.report_year, 12, 1) <= published <= date(report.report_year + 1, 12, 31)
        assert report.published_on.replace("-", "") in report.url or report.published_on[:4] in report.url


def test_the_year_of_publication_in_a_path_is_that_of_the_truth():
    for report in truth():
        year, month, day = report.published_on.split("-")
        assert f"/t{year}{month}{day}_" in report.url or f"/{year}/{int(month)}/{int(day)}/art_" in report.url


def test_every_report_ends_with_its_signature_or_none():
    signed = [report for report in truth() if re.search(r"\d日$|[一二三四五六七八九十]日$", report.body_text)]
    assert len(signed) == len(truth())


def test_codes_are_those_of_the_codebook_and_the_common_ones_occur_often():
    counted = [code for report in truth() for code in report.indicators]
    assert set(counted) <= SEED_CODES
    for code in ("proactive_total", "applications_received", "reconsiderations_total", "lawsuits_total"):
        assert counted.count(code) >= 40


def test_zero_stated_in_words_and_zero_printed_both_occur():
    zeros = [report for report in reports_of("hanweb") if report.indicators.get("applications_received") == 0]
    assert zeros
    assert any(re.search("没有|尚未|未收到", report.body_text) for report in zeros)
    assert any("行政复议、行政诉讼均为0" in report.body_text for report in truth())


def test_years_before_the_standard_format_have_no_standard_tables_and_later_ones_have():
    for report in truth():
        assert bool(report.cells) == (report.report_year >= 2019)
    assert {report.report_year for report in reports_of("trs")} >= {2019, 2020, 2021, 2022, 2023, 2024}
    assert min(report.report_year for report in reports_of("hanweb")) == 2008


def cell(report, table, row, column):
    return report.cells[table, row, column]


def test_the_rows_of_the_application_table_add_up():
    for report in reports_of("trs"):
        rows = {row for table, row, _ in report.cells if table == "t3"}
        assert len(rows) == (23 if report.report_year < 2021 else 25)
        for row in rows:
            parts = sum(cell(report, "t3", row, applicant) for applicant in APPLICANTS)
            assert parts == cell(report, "t3", row, "total")


def test_received_and_carried_over_equal_answered_and_carried_on():
    for report in reports_of("trs"):
        for column in (*APPLICANTS, "total"):
            received = cell(report, "t3", "r1", column) + cell(report, "t3", "r2", column)
            answered = cell(report, "t3", "r3.7", column) + cell(report, "t3", "r4", column)
            assert received == answered
            results = {row for _, row, _ in report.cells if row.startswith("r3.") and row != "r3.7"}
            assert cell(report, "t3", "r3.7", column) == sum(cell(report, "t3", row, column) for row in results)


def test_the_groups_of_the_review_table_add_up():
    for report in reports_of("trs"):
        for group in ("review", "direct", "post_review"):
            parts = sum(cell(report, "t4", group, outcome) for outcome in OUTCOMES)
            assert parts == cell(report, "t4", group, "total")


def test_applications_carried_into_the_next_year_are_found_there_again():
    by_agency = {(report.agency, report.report_year): report for report in reports_of("trs")}
    pairs = [(report, by_agency.get((agency, year + 1))) for (agency, year), report in by_agency.items()]
    chains = [
        (report.url, cell(report, "t3", "r4", "total"), cell(following, "t3", "r2", "total"))
        for report, following in pairs
        if following is not None
    ]
    assert len(chains) >= 8
    assert [url for url, carried, taken in chains if carried != taken] == []


def test_what_the_prose_completes_is_what_the_table_answers():
    for report in reports_of("trs"):
        if "applications_completed" in report.indicators:
            assert report.indicators["applications_completed"] == cell(report, "t3", "r3.7", "total")


def test_the_truth_is_the_same_each_time_it_is_asked_for():
    assert truth() is truth()
