"""What was stored is held against the truth without mercy and without pedantry about white space."""

from dataclasses import replace

import pytest

from gipr_crawl.demo import StoredReport, compare, truth


def stored(report, **changes):
    return replace(
        StoredReport(
            url=report.url,
            title=report.title,
            report_year=report.report_year,
            agency=report.agency,
            published_on=report.published_on,
            body_text=report.body_text,
            indicators=dict(report.indicators),
        ),
        **changes,
    )


@pytest.fixture
def report():
    return truth()[0]


def count(comparison, name):
    (field,) = [field for field in comparison.fields if field.name == name]
    return field.right, field.wrong


def test_the_truth_itself_is_exact():
    everything = compare(truth(), [stored(report, cells=report.cells) for report in truth()])
    assert everything.is_exact
    assert everything.expected == everything.found == len(truth())
    assert all(field.wrong == 0 and field.right >= len(truth()) for field in everything.fields)


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("title", "别的标题", "title is '别的标题'"),
        ("title", None, "title is None"),
        ("report_year", 2018, "report_year is 2018, expected 2019"),
        ("agency", "青杉县人民政府办公室", "agency is '青杉县人民政府办公室'"),
        ("published_on", None, "published_on is None, expected 2020-03-27"),
        ("body_text", "", "body_text differs from character 0 on"),
    ],
)
def test_a_wrong_field_is_counted_and_told(report, field, value, words):
    comparison = compare([report], [stored(report, **{field: value})])
    assert count(comparison, field) == (0, 1)
    (difference,) = comparison.differences
    assert difference.startswith(f"{report.url}: {words}")


def test_white_space_does_not_matter_in_title_agency_and_body(report):
    loose = stored(
        report,
        title=report.title.replace("2019", " 2019\n"),
        agency="青杉县 人民政府",
        body_text="\n" + report.body_text.replace("\n", "\n\n　　").replace("\t", " "),
    )
    assert compare([report], [loose]).is_exact


def test_figures_that_ran_together_do_matter(report):
    glued = stored(report, body_text=report.body_text.replace("14\t3\t0", "1430"))
    comparison = compare([report], [glued])
    assert count(comparison, "body_text") == (0, 1)
    assert "1430" in comparison.differences[0]


def test_another_good_name_of_the_agency_is_right(report):
    assert compare([report], [stored(report, agency="青杉县政府")]).is_exact


def test_an_indicator_that_is_missing_or_other_is_wrong(report):
    figures = {**report.indicators, "applications_received": 19.0}
    del figures["proactive_wechat"]
    comparison = compare([report], [stored(report, indicators=figures)])
    assert count(comparison, "indicators") == (len(report.indicators) - 2, 2)
    assert any("applications_received is 19, expected 18" in words for words in comparison.differences)
    assert any("proactive_wechat is not there, expected 1184" in words for words in comparison.differences)


def test_a_figure_worked_out_from_ten_thousands_is_the_same_figure(report):
    product = 1.13 * 10000
    assert product != 11300
    expected = replace(report, indicators={"proactive_total": 11300.0})
    assert compare([expected], [stored(expected, indicators={"proactive_total": product})]).is_exact
    assert not compare([expected], [stored(expected, indicators={"proactive_total": 11300.1})]).is_exact


def test_an_invented_figure_of_a_main_code_is_wrong_and_of_another_code_not_judged():
    silent = next(report for report in truth() if "lawsuits_total" not in report.indicators)
    invented = stored(silent, indicators={**silent.indicators, "lawsuits_total": 0.0})
    assert count(compare([silent], [invented]), "indicators")[1] == 1
    other = stored(silent, indicators={**silent.indicators, "meetings_total": 3.0})
    assert compare([silent], [other]).is_exact


def test_cells_are_judged_only_when_they_were_read(report):
    assert count(compare([report], [stored(report)]), "cells") == (0, 0)
    cells = {**report.cells, ("t3", "r1", "natural"): 15.0}
    assert count(compare([report], [stored(report, cells=cells)]), "cells") == (len(cells) - 1, 1)


def test_a_report_that_was_not_stored_is_missing(report):
    comparison = compare([report], [])
    assert comparison.missing == (report.url,)
    assert (comparison.found, count(comparison, "report")) == (0, (0, 1))


def test_a_page_that_is_no_report_is_unexpected(report):
    notice = stored(report, url="http://www.qingshan.gov.example/notice.html")
    comparison = compare([report], [stored(report), notice])
    assert comparison.unexpected == (notice.url,)
    assert count(comparison, "report") == (1, 1)
    assert not comparison.is_exact


def test_a_second_report_on_the_same_page_is_unexpected(report):
    assert compare([report], [stored(report), stored(report)]).unexpected == (report.url,)


def test_scheme_port_and_fragment_do_not_make_another_page(report):
    same = stored(report, url=report.url.replace("http://", "HTTP://").replace(".example/", ".example:80/") + "#top")
    assert compare([report], [same]).is_exact


def test_nothing_compared_with_nothing_is_exact():
    assert compare([], []).is_exact
