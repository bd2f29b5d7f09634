"""Agencies: what is a name, which source decides, and who is not the author."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipelines.extract.agencies import agency_choice, own_organ_of_ministry, with_place
from pipelines.extract.agency_names import (
    full_name,
    is_agency,
    named_at_end,
    organ_of_office,
    same_agency,
    without_address,
)
from pipelines.extract.agency_text import own_tiers
from pipelines.extract.places import Place

CASES = Path(__file__).parent.parent / "cases" / "extract" / "agencies"
NAMES = [json.loads(line) for line in (CASES / "names.jsonl").read_text("utf-8").splitlines()]
RULES = "我厅认真贯彻《水利部政府信息公开实施办法》。我厅公开信息320条。"


@pytest.mark.parametrize("case", NAMES, ids=lambda case: case["text"])
def test_a_name_is_told_from_other_words(case: dict[str, object]) -> None:
    assert is_agency(str(case["text"])) is case["agency"]


@pytest.mark.parametrize(
    ("name", "full"),
    [
        ("松溪区", "松溪区人民政府"),
        ("松溪区政府", "松溪区人民政府"),
        ("青禾镇政府", "青禾镇人民政府"),
        ("高新区(松溪区)", "高新区(松溪区)人民政府"),
    ],
)
def test_a_place_is_its_government(name: str, full: str) -> None:
    assert full_name(name) == full


@pytest.mark.parametrize("name", ["柏溪县教育局", "青禾镇", "石埠街道", "柳园小区", "云陂大学"])
def test_other_names_stay_as_printed(name: str) -> None:
    assert full_name(name) == name


def test_short_and_long_names_of_one_organ_agree() -> None:
    assert same_agency("市环保局", "云陂市环保局")
    assert same_agency("柏溪县", "柏溪县人民政府办公室")
    assert same_agency("石埠街道", "石埠街道办事处")


def test_different_organs_do_not_agree() -> None:
    assert not same_agency("柏溪县教育局", "柏溪县水利局")
    assert not same_agency("柏溪县人民政府", "鹿鸣县人民政府")


@pytest.mark.parametrize(
    ("office", "organ"),
    [
        ("彬县林业局办公室", "彬县林业局"),
        ("彬县公安局政务公开办公室", "彬县公安局"),
        ("区发改委信息中心", "区发改委"),
        ("集宁市黎光街道政务办公室", "集宁市黎光街道"),
        ("海关总署办公厅政务公开处", "海关总署"),
        ("彬县人民政府石埠街道办事处", "彬县人民政府石埠街道办事处"),
        ("彬县人民政府办公室政务公开科", "彬县人民政府办公室"),
        ("彬县政府信息公开领导小组办公室", "彬县人民政府"),
        ("彬县档案馆", "彬县档案馆"),
        ("本单位受理机构", "本单位受理机构"),
    ],
)
def test_an_office_answers_for_its_organ(office: str, organ: str) -> None:
    assert organ_of_office(office) == organ


def test_a_name_begins_with_the_last_place_before_it() -> None:
    assert named_at_end("名工作人员承担盐池县公安局") == "盐池县公安局"
    assert named_at_end("配合做好石家庄市长安区审计局") == "石家庄市长安区审计局"
    assert named_at_end("国家税务总局彬县税务局") == "国家税务总局彬县税务局"


@pytest.mark.parametrize("words", ["名工作人员承担", "认真学习彬县", "高度重视信息公开工作委", "按照要求该局"])
def test_words_that_end_with_no_name_give_none(words: str) -> None:
    assert named_at_end(words) == ""


def test_an_address_or_a_lost_word_before_a_name_is_no_part_of_it() -> None:
    assert without_address("example.com青禾镇") == "青禾镇"
    assert without_address("www.boxi.example.com青禾镇") == "青禾镇"
    assert without_address("□青禾镇") == "青禾镇"
    assert without_address("青禾镇") == "青禾镇"
    assert without_address("xx县教育局") == "xx县教育局"


CHUZHOU = Place("341100", "安徽省", "滁州市", None, None, "city")
CHANGYI = Place("370786", "山东省", "潍坊市", "昌邑市", None, "county")


@pytest.mark.parametrize(
    ("name", "place", "full"),
    [
        ("市司法局", CHUZHOU, "滁州市司法局"),
        ("市司法局", CHANGYI, "昌邑市司法局"),
        ("市司法局", Place("110000", "北京市", None, None, None, "province"), "北京市司法局"),
        ("省审计厅", Place("340000", "安徽省", None, None, None, "province"), "安徽省审计厅"),
        ("自治区审计厅", Place("450000", "广西壮族自治区", None, None, None, "province"), "广西壮族自治区审计厅"),
    ],
)
def test_a_bare_tier_takes_the_name_of_the_place(name: str, place: Place, full: str) -> None:
    assert with_place(name, place) == full


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("县司法局", CHUZHOU),
        ("市司法局", Place("610427", "陕西省", "咸阳市", "彬县", None, "county")),
        ("县司法局", Place(None, "陕西省", "咸阳市", None, None, "county")),
        ("区司法局", Place("232700", "黑龙江省", "大兴安岭地区", None, None, "city")),
        ("区司法局", Place("450000", "广西壮族自治区", None, None, None, "province")),
        ("市场监督管理局", CHUZHOU),
        ("市中区教育局", CHUZHOU),
        ("**市司法局", CHUZHOU),
        ("司法局", CHUZHOU),
        ("镇人民政府", Place("610427", "陕西省", "咸阳市", "彬县", "永乐镇", "town")),
    ],
)
def test_a_name_of_another_tier_or_without_one_stays(name: str, place: Place) -> None:
    assert with_place(name, place) == name


def test_the_title_decides_and_another_signature_is_kept() -> None:
    choice = agency_choice(
        title_part="柏溪县教育局",
        lines=["正文。", "柏溪县水利局", "2013年1月9日"],
        body="正文。",
        issuer="县政府办公室",
    )
    assert choice.value == "柏溪县教育局"
    assert choice.source == "the title"
    assert [item.value for item in choice.others] == ["柏溪县水利局"]
    assert choice.finding("agency") is not None


def test_sources_that_agree_are_named_together() -> None:
    choice = agency_choice(title_part="柏溪县教育局", lines=["柏溪县教育局"], body="", issuer=None)
    assert choice.source == "the title and the signature"
    assert choice.finding("agency") is None


def test_a_short_name_is_filled_up_from_the_signature_and_never_from_the_poster() -> None:
    signed = ["正文。", "云陂市环保局"]
    filled_up = agency_choice(title_part="市环保局", lines=signed, body="", issuer=None)
    assert filled_up.value == "云陂市环保局"
    posted = agency_choice(title_part="市环保局", lines=["正文。"], body="", issuer="云陂市环保局")
    assert posted.value == "市环保局"


def test_the_poster_is_the_last_resort() -> None:
    posted = agency_choice(title_part="", lines=[], body="工作稳步推进。", issuer="县水利局")
    assert (posted.value, posted.source) == ("县水利局", "the organ that posted it")
    assert agency_choice(title_part="", lines=[], body="", issuer=None).value is None


def test_the_ministry_names_the_organ_of_its_line() -> None:
    assert own_organ_of_ministry(RULES) == "水利厅"
    assert own_organ_of_ministry(RULES.replace("我厅", "我局")) == "水利局"
    assert own_organ_of_ministry(RULES.replace("水利部", "审计署")) == "审计厅"
    assert (
        own_organ_of_ministry(RULES.replace("水利部", "国家卫生健康委员会").replace("我厅", "我委")) == "卫生健康委员会"
    )


@pytest.mark.parametrize(
    "body",
    [
        RULES.replace("我厅", "我镇"),
        RULES.replace("我厅", "本机关"),
        RULES.replace("我厅", "我委"),
        RULES + "并参照《财政部政府信息公开规定》。",
        RULES + "我局也参加了检查。",
        RULES.replace("《水利部政府信息公开实施办法》", "水利部文件精神"),
        "我厅贯彻《水利部政府信息公开实施办法》。",
        RULES.replace("水利部", "省水利厅"),
    ],
)
def test_less_than_that_names_nobody(body: str) -> None:
    assert own_organ_of_ministry(body) is None


def test_the_region_an_organ_works_for_is_not_its_tier() -> None:
    assert dict(own_tiers("我局公开信息。我局在我县开展工作。我局办事,我省群众满意。")) == {"局": 3}
    assert dict(own_tiers("我县公开信息12条。我县政府重视。")) == {"县": 2}


@pytest.mark.parametrize(
    "body",
    [
        "我厅" * 9_000,
        "水利部" * 9_000,
        "由" * 30_000 + "编制",
        "县" * 30_000 + "局认真",
        "公布" * 20_000,
        "由局根据" * 20_000,
        "请与" * 20_000,
    ],
)
def test_hostile_bodies_are_read_without_a_fault(body: str) -> None:
    agency_choice(title_part=body[:50], lines=[body], body=body, issuer=None)
