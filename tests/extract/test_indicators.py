"""What a report counts is read with its sentence; what it does not state is not there."""

import json
from pathlib import Path

import pytest

from pipelines.extract.indicators import codebook, read_indicators
from pipelines.extract.sections import read_sections
from pipelines.model import Semantic, Verdict
from tests.benchmarks.indicator_cases import CASES, Case, cases, read, score

REPORT = """一、概述
本报告根据《条例》第三十一条的规定编制，统计期限自2015年1月1日起至2015年12月31日止。
二、主动公开政府信息情况
2015年，我局主动公开政府信息 168 条，其中工作动态类100条，政策法规类48条，其他类20条。
三、依申请公开政府信息情况
收到申请58件，均在期限内办结。
四、复议、诉讼情况
没有发生行政复议，行政诉讼也没有。
五、下一步工作打算
2016年力争公开政府信息500条。
"""


def values(body):
    return {item.code: item.value for item in read_indicators(body).indicators if not item.label}


@pytest.mark.parametrize("case", list(cases()), ids=lambda case: case.text[:40])
def test_a_sentence_states_what_a_careful_reader_finds_in_it(case: Case):
    assert read(case) == case.expected


@pytest.mark.parametrize("case", list(cases("negatives")), ids=lambda case: case.text[:40])
def test_nothing_is_invented(case: Case):
    assert read(case) == frozenset()


@pytest.mark.parametrize("case", list(cases("known_failures")), ids=lambda case: case.text[:40])
@pytest.mark.xfail(strict=True, reason="not read yet")
def test_known_failures(case: Case):
    assert read(case) == case.expected


def test_floors_of_precision_and_recall():
    every = list(cases())
    assert len(every) >= 400
    assert len(list(cases("negatives"))) >= 200
    result = score(iter(every))
    assert result.precision >= 0.99
    assert result.recall >= 0.97


def test_cases_use_codes_of_the_codebook_only():
    for path in CASES.glob("*.jsonl"):
        for line in path.read_text("utf-8").splitlines():
            assert {item["code"] for item in json.loads(line)["expected"]} <= codebook().entries.keys()


def test_a_whole_report_is_read_with_its_sections():
    assert values(REPORT) == {
        "proactive_total": 168,
        "applications_received": 58,
        "applications_completed": 58,
        "reconsiderations_total": 0,
        "lawsuits_total": 0,
    }
    assert read_indicators(REPORT, read_sections(REPORT)) == read_indicators(REPORT)


def test_raw_is_the_text_at_the_offsets_whatever_was_skipped_to_read_it():
    body = REPORT.replace("168", "1 6 8").replace("行政复议", "“行政 复议”") + "全年接受咨询１２ 人次。"
    for item in read_indicators(body).indicators:
        assert body[item.start : item.end] == item.raw
        assert item.raw in item.sentence or " " in item.raw
        assert item.sentence in body


@pytest.mark.parametrize("case", list(cases())[::3], ids=lambda case: case.text[:40])
def test_offsets_are_exact_in_every_case(case: Case):
    for item in read_indicators(case.body).indicators:
        assert case.body[item.start : item.end] == item.raw
        assert item.sentence in case.body


def test_every_indicator_names_its_rule_and_unit():
    for item in read_indicators(REPORT).indicators:
        assert item.rule
        assert item.unit
        assert item.source == "prose"


def test_a_sentence_wrapped_at_a_fixed_width_is_one_sentence():
    body = "本机关认真贯彻落实条例的各项规定和上级要求，全年有1件涉及政府信息公开工作的行政复\n议，该件未被纠错。涉及的行政诉讼数为\n0 件。"
    found = values(body.replace("涉及的行政诉讼数为\n", "在上述期限之内本机关所涉及的行政诉讼数为\n"))
    assert found == {"reconsiderations_total": 1, "lawsuits_total": 0}


def test_a_row_of_a_table_is_no_prose():
    assert values("收到政府信息公开申请数\t件\t5") == {}


def test_what_the_section_is_about_decides_what_is_received():
    assert values("一、依申请公开情况\n收到12件。") == {"applications_received": 12}
    assert values("一、组织机构\n收到12件。") == {}


def test_plans_state_nothing():
    assert values("六、下一步工作打算\n主动公开政府信息达到500条，未收到申请。") == {}


def test_a_figure_stated_twice_keeps_the_first_and_says_so():
    reading = read_indicators("收到政府信息公开申请4件。\n今年共收到政府信息公开申请5件。")
    assert [item.value for item in reading.indicators] == [4]
    assert [finding.code for finding in reading.findings] == ["indicator_stated_twice"]


def test_the_same_figure_in_round_and_in_full_is_no_conflict():
    reading = read_indicators("主动公开政府信息九千余条。\n全年主动公开政府信息9618条。")
    assert [(item.value, item.approx) for item in reading.indicators] == [(9618, False)]
    assert reading.findings == ()


def test_a_number_stands_above_a_denial_and_the_contradiction_is_reported():
    reading = read_indicators("没有发生行政复议。\n全年行政复议2件。")
    assert [(item.code, item.value) for item in reading.indicators] == [("reconsiderations_total", 2)]
    assert [finding.code for finding in reading.findings] == ["indicator_stated_twice"]


def test_reviews_and_lawsuits_counted_together_are_not_shared_out():
    reading = read_indicators("行政复议和行政诉讼共3件。")
    assert reading.indicators == ()
    assert [finding.code for finding in reading.findings] == ["counted_together"]


def test_two_channels_without_a_total_are_not_added_up_but_reported():
    reading = read_indicators("网站公开信息120条，公开栏公布信息30条。")
    assert "proactive_total" not in {item.code for item in reading.indicators}
    assert [finding.code for finding in reading.findings] == ["total_not_stated"]


def test_channels_with_others_among_them_are_all_channels_and_add_up():
    body = "按渠道分，网站公开700条，微博公开90条，其他方式公开10条。"
    total = next(item for item in read_indicators(body).indicators if item.code == "proactive_total")
    assert (total.value, total.rule) == (800, "sum_of_channels")
    assert body[total.start : total.end] == total.raw
    assert "网站公开700条" in total.raw
    assert "10条" in total.raw


def test_a_stated_total_is_never_added_up():
    body = "全年主动公开政府信息900条。按渠道分，网站公开700条，微博公开90条，其他方式公开10条。"
    assert values(body)["proactive_total"] == 900


def test_a_website_that_posts_more_than_is_disclosed_counts_postings():
    reading = read_indicators("网站发布信息8632条。全年主动公开政府信息399条。")
    assert {item.code: item.value for item in reading.indicators} == {"website_postings": 8632, "proactive_total": 399}
    assert [finding.code for finding in reading.findings] == ["website_postings"]


@pytest.mark.parametrize(
    ("parts", "verdict", "detail"),
    [
        ("其中甲类60条，乙类40条", Verdict.PASS, "all parts"),
        ("其中甲类60条，乙类40条，其他类9条", Verdict.PASS, "without 其他"),
        ("其中甲类60条，乙类30条", Verdict.UNCERTAIN, "may name some"),
        ("分别为甲类60条，乙类30条", Verdict.FAIL, "do not add up"),
        ("其中甲类60余条，乙类50条", Verdict.UNCERTAIN, "approximate"),
        ("其中甲类60条，乙类70条", Verdict.FAIL, "do not add up"),
    ],
)
def test_both_sums_of_an_enumeration_are_tried_and_the_one_that_holds_is_recorded(parts, verdict, detail):
    (check,) = read_indicators(f"主动公开政府信息100条，{parts}。").checks
    assert check.identity == "enumeration:proactive_total"
    assert check.verdict is verdict
    assert detail in check.detail


def test_channels_of_applications_are_held_against_their_total():
    reading = read_indicators("收到政府信息公开申请9件，其中网络申请6件，信函申请3件。")
    assert [(check.identity, check.verdict) for check in reading.checks] == [("applications_by_channel", Verdict.PASS)]


def test_since_a_day_of_the_reports_own_year_is_the_year():
    own = "2008年，我局认真落实条例。自2008年5月1日以来，累计主动公开政府信息76条。"
    later = "2012年，我局认真落实条例，2012年无差错。自2008年5月1日以来，累计主动公开政府信息76条。"
    assert values(own) == {"proactive_total": 76}
    assert values(later) == {"proactive_cumulative": 76}


def test_a_lost_number_is_reported_and_not_guessed():
    reading = read_indicators("2013年主动公开政府信息条，全部上网。")
    assert reading.indicators == ()
    assert [finding.code for finding in reading.findings] == ["number_lost"]


def test_a_printed_nought_and_a_denial_are_told_apart():
    semantics = {item.code: item.semantic for item in read_indicators("行政复议0件。未发生行政诉讼。").indicators}
    assert semantics == {"reconsiderations_total": Semantic.ZERO, "lawsuits_total": Semantic.NEGATED}


@pytest.mark.parametrize("body", ["", "\n", "。", "1", "\x00\ud800", "没有", "其中", "，，，", "一、\n1件", "“”件"])
def test_any_text_can_be_read(body):
    read_indicators(body)


def test_a_text_without_end_is_read_in_part_and_says_so():
    reading = read_indicators("主动公开政府信息1件。" * 20_000)
    assert "text_too_long" in {finding.code for finding in reading.findings}
    assert values("主动公开政府信息1件，" * 20_000) == {}


def test_the_codebook_names_every_code_and_no_cell_twice_for_one_meaning():
    book = codebook()
    assert len(book.entries) >= 80
    for code, entry in book.entries.items():
        assert entry.zh, code
        assert entry.en, code
        assert entry.unit, code
        assert entry.era[:4].isdigit(), code
        assert len(set(entry.cells)) == len(entry.cells), code
    assert len({entry.zh for entry in book.entries.values()}) == len(book.entries)
    assert book.units["budget_yuan"] == "元"


def test_rules_name_codes_of_the_codebook():
    from pipelines.extract.indicator_rules import COUNTED_TOGETHER
    from pipelines.extract.indicator_rules_applications import APPLICATIONS
    from pipelines.extract.indicator_rules_disclosure import DISCLOSURE
    from pipelines.extract.indicator_rules_letters import LETTERS
    from pipelines.extract.indicator_rules_work import REVIEWS, WORK

    codes = {rule.code for rule in (*APPLICATIONS, *DISCLOSURE, *REVIEWS, *LETTERS, *WORK)}
    assert codes - {"reviews_each", *COUNTED_TOGETHER} <= codebook().entries.keys()
    assert {code for codes in COUNTED_TOGETHER.values() for code in codes} <= codebook().entries.keys()


SEEDS = Path(__file__).parents[3] / "shared" / "seeds"


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the measured documents are not here")
def test_indicators_of_the_measured_documents():
    from pipelines import Capture, understand

    expected = json.loads((SEEDS / "expected.json").read_text("utf-8"))
    for name, reports in expected.items():
        if name.startswith("_"):
            continue
        page = understand(Capture(url=f"file:///{name}", body=(SEEDS / name).read_bytes()))
        for report, wanted in zip(page.reports, reports, strict=True):
            found = {item.code: item.value for item in report.indicators if not item.label}
            for code, value in wanted["indicators"].items():
                assert found.get(code) == value, (name, report.ordinal, code)
