"""Fields of a report over whole pages: every header layout, title, period, signature, contact and agency form."""

from __future__ import annotations

import pytest

from pipelines import Capture, understand
from pipelines.extract.contacts import (
    email_address,
    further_phone_numbers,
    phone_number,
    postal_address,
    website,
)
from pipelines.extract.evidence import Evidence, choose
from pipelines.extract.fields import compiled_by, doubtful_date, signing_date, url_date
from pipelines.extract.identifiers import (
    document_number,
    index_number,
    printed_document_number,
    printed_index_number,
)
from pipelines.extract.periods import Period, main_period, report_year, stated_period
from tests.benchmarks.field_cases import FLOOR, FieldCase, field_cases, measure, read

CASES = list(field_cases())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_a_page_yields_its_fields_and_no_others(case: FieldCase) -> None:
    report = read(case)
    assert report is not None
    assert {name: getattr(report, name) for name in case.expect} == case.expect, case.why


def test_every_field_is_read_exactly_enough() -> None:
    figures = measure()
    assert len(CASES) >= 150
    assert {name: figures.share(name) for name in figures.total if figures.share(name) < FLOOR} == {}


@pytest.mark.parametrize(
    "number",
    [
        "000014349/2017-00110",
        "014416330/2018-04736",
        "00835003X/2015-00018",
        "0142768-8/2022-00185",
        "11341702486344515H/202110-00013",
        "01527918X-2020-153077",
        "00000001/2018-00042",
        "SM01111-0200-2013-00003",
        "mlslcj/2026-000000012",
        "330200000001201200034",
        "MB2F3067XN/2021-00002",
    ],
)
def test_index_numbers_of_every_shape(number: str) -> None:
    assert index_number(number) == number


@pytest.mark.parametrize(
    "junk",
    [None, "", "/-00000", "无", "-", "2019-03-11", "0991-3663970", "主题分类", "柏溪县2012年报告", "00000-00000"],
)
def test_junk_is_no_index_number(junk: str | None) -> None:
    assert index_number(junk) is None


def test_an_index_number_is_found_on_a_line_of_its_own() -> None:
    assert printed_index_number(["首页", "索   引   号 20191202-189769 分        类 其他;"]) == "20191202-189769"
    assert printed_index_number(["索引号", "bxslj/2026-000012"]) == "bxslj/2026-000012"
    assert printed_index_number(["索引号", "文号", "柏政发〔2012〕3号"]) is None
    assert printed_index_number(["电话 0457-3322168", "2012-01-05"]) is None


@pytest.mark.parametrize(
    ("value", "number"),
    [
        ("柏政发〔2012〕3号", "柏政发〔2012〕3号"),
        ("柏国土资[2012]18号", "柏国土资[2012]18号"),
        ("柏信办(2007) 5 号", "柏信办(2007)5号"),
        ("柏府办﹝2016﹞第12号", "柏府办﹝2016﹞第12号"),
        ("公告2020年第5号", "公告2020年第5号"),
    ],
)
def test_document_numbers_of_every_bracket(value: str, number: str) -> None:
    assert document_number(value) == number


@pytest.mark.parametrize(
    "junk", [None, "", "号", "〔〕号", "无", "石埠街道2023年度政府信息公开工作年度报告号", "主题词", "2012"]
)
def test_junk_is_no_document_number(junk: str | None) -> None:
    assert document_number(junk) is None


def test_a_document_number_alone_on_a_first_line_is_the_papers_own() -> None:
    assert printed_document_number(["柏水〔2013〕2号", "标题"]) == "柏水〔2013〕2号"
    assert printed_document_number(["标题", "(柏水〔2013〕2号)", "各乡镇:"]) == "柏水〔2013〕2号"
    assert printed_document_number(["标题", "（柏水〔2013〕2号）"]) == "柏水〔2013〕2号"


@pytest.mark.parametrize(
    "lines",
    [
        ["根据柏水〔2013〕2号文件", "标题"],
        ["按照《关于做好报告工作的通知》", "(柏水〔2013〕2号)", "要求,编制本报告。"],
        ["标题", "(柏水〔2013〕2号)", "、《实施办法》等规定,编制本报告。"],
        ["标题", "处罚决定书文号\t柏水〔2013〕2号"],
        ["标题", "(2013年1月9日)"],
    ],
)
def test_a_number_that_is_cited_or_a_cell_is_not_the_papers_own(lines: list[str]) -> None:
    assert printed_document_number(lines) is None


def test_further_numbers_stand_right_behind_the_contacts() -> None:
    assert further_phone_numbers("联系电话:83321680,83321681。") == ["83321681"]
    assert further_phone_numbers("电话:0457-3322168、3322169、0457-3322170") == ["3322169", "0457-3322170"]


@pytest.mark.parametrize(
    "body",
    ["电话:3322168,邮编:365012", "电话:0457-3322168,传真:0457-3322199", "电话:83321680,833216812345", "没有电话。"],
)
def test_a_fax_a_postcode_and_longer_digits_are_no_further_numbers(body: str) -> None:
    assert further_phone_numbers(body) == []


def test_a_fax_is_no_telephone() -> None:
    assert phone_number("传真:0457-3322199") is None
    assert phone_number("电话(传真):0457-3322168") == "0457-3322168"


def test_an_address_of_a_site_or_a_mailbox_is_no_postal_address() -> None:
    assert postal_address("网站地址:www.boxi.gov.cn") is None
    assert postal_address("邮箱地址:bx@163.com") is None
    assert website("联系邮箱 bx@boxi.gov.cn") is None
    assert email_address("微博 @柏溪发布") is None


def test_who_compiled_it_is_an_organ() -> None:
    assert compiled_by("本年报由柏溪县审计局编制。") == "柏溪县审计局"
    assert compiled_by("本报告由概述、主动公开情况等部分组成,根据条例编制。") is None
    assert compiled_by("严格执行由国务院办公厅编制的《目录》。") is None
    assert compiled_by("根据条例要求,由柏溪县审计局编制的年度报告。") == "柏溪县审计局"
    assert compiled_by("为更好服务师生,加快推进学校结合实际开展公开,编制本报告。") is None
    assert compiled_by("由柏溪县审计局综合各股室情况编写而成。") == "柏溪县审计局"
    assert compiled_by("由柏溪县审计局按照《条例》的有关规定组织编制。") == "柏溪县审计局"
    assert compiled_by("由中国(云陂)自由贸易试验区管委会编制。") == "中国(云陂)自由贸易试验区管委会"
    assert compiled_by("根据要求,办公室编制完成本报告。") is None
    assert compiled_by("由柏溪县审计局根据《条例》受理申请;编制本报告。") is None


def _codes(first_sentence: str) -> dict[str, str]:
    text = f"2012年政府信息公开年度报告\n{first_sentence}\n一、概述\n全年公开信息86条。\n二、依申请公开情况\n没有收到申请。"
    (report,) = understand(Capture("http://www.boxi.gov.example/a.html", text.encode())).reports
    return {finding.code: finding.detail for finding in report.findings}


def test_a_name_completed_from_the_place_says_so() -> None:
    told = _codes("按照《滁州市政府信息公开规定》,2012年,市司法局积极推进公开。市司法局服务全市。")
    assert told["agency_completed"].startswith("市司法局 stands on the page")
    assert "agency_completed" not in _codes("2012年,滁州市司法局积极推进公开。")


def test_a_second_telephone_is_told() -> None:
    assert _codes("联系电话:0550-3021680、3021681。")["further_phones"] == "beside 0550-3021680: 3021681"
    assert "further_phones" not in _codes("联系电话:0550-3021680。")


def test_headquarters_of_the_state_leave_no_question_of_place() -> None:
    assert "place_open" not in _codes("本报告由国家统计局编制。")
    assert "place_open" in _codes("本报告由柏溪县统计局编制。")


def test_a_date_in_a_sentence_is_no_signature() -> None:
    assert signing_date(["2013年1月9日召开会议,部署工作。"]) is None
    assert signing_date(["正文", "柏溪县审计局 2013年1月9日"]) == "2013-01-09"
    assert signing_date(["正文"], ["柏溪县审计局办公室 2013年1月9日印发"]) == "2013-01-09"


@pytest.mark.parametrize(
    ("url", "date"),
    [
        ("http://a.example/xxgk/201303/t20130315_45831.html", "2013-03-15"),
        ("http://a.example/art/2013/3/5/art_118_59.html", "2013-03-05"),
        ("http://a.example/2013-03/05/content_12.htm", "2013-03-05"),
        (
            "http://a.example/columns/0a1b2c3d-0000-1111-2222-333344445555/201303/05/0a1b2c3d-0000-1111-2222-333344445555.html",
            "2013-03-05",
        ),
        ("http://a.example/202202/2ecfb31a335f4d689220a3a23e24a986.shtml", None),
        ("http://a.example/content/post_20130305.html", None),
        ("http://a.example/201313/t20131345_1.html", None),
    ],
)
def test_an_address_may_hold_the_date(url: str, date: str | None) -> None:
    assert url_date(url) == date


def test_a_date_years_later_or_too_early_is_doubtful() -> None:
    assert doubtful_date("2018-02-13", 2014) is not None
    assert doubtful_date("2010-01-27", 2010) is not None
    assert doubtful_date("2010-12-15", 2010) is None
    assert doubtful_date("2012-04-28", 2011) is None
    assert doubtful_date(None, 2011) is None


def test_a_period_of_another_year_than_the_title_is_kept_with_its_reason() -> None:
    body = "统计期限自2013年1月1日至2013年12月31日。2013年公开信息60条。"
    choice = report_year(title_year=2014, period=main_period(body), body=body, published_on=None)
    assert (choice.value, choice.source) == (2013, "the statistics period")
    finding = choice.finding("year")
    assert finding is not None
    assert finding.detail == "2013 from the statistics period; the title says 2014"


def test_the_period_most_often_stated_counts() -> None:
    body = "统计期限2012年1月1日至12月31日。数据期限2013年1月1日至12月31日。统计时间2013年1月1日至12月31日。"
    assert main_period(body) == Period("2013-01-01", "2013-12-31")


@pytest.mark.parametrize(
    "body",
    [
        "2008年5月1日起施行",
        "2008年5月1日至2012年12月31日累计统计",
        "会议2012年1月9日至10日召开",
        "2012年13月1日至2012年14月31日统计",
    ],
)
def test_other_ranges_are_no_periods(body: str) -> None:
    assert stated_period(body) is None


def test_sources_that_agree_outweigh_a_stronger_one() -> None:
    choice = choose([Evidence("a", "the line", 4.0), Evidence("b", "the tag", 3.0), Evidence("b", "the address", 2.0)])
    assert (choice.value, choice.source) == ("b", "the tag and the address")
    assert [item.source for item in choice.others] == ["the line"]


def test_nothing_is_chosen_from_nothing() -> None:
    assert choose([]).value is None


@pytest.mark.parametrize(
    "body",
    [
        "0" * 60_000,
        "2012年" * 20_000,
        "地址:" * 20_000,
        "a@" * 30_000,
        "由" * 30_000,
        "www." * 20_000,
        "电话:" * 20_000,
    ],
)
def test_hostile_bodies_are_read_without_a_fault(body: str) -> None:
    phone_number(body)
    email_address(body)
    postal_address(body)
    website(body)
    compiled_by(body)
    stated_period(body)
