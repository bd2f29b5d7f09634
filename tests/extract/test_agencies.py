"""Agencies: what is a name, which source decides, and who is not the author."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipelines.extract.agencies import (
    agency_choice,
    full_name,
    is_agency,
    own_organ_of_ministry,
    own_tiers,
    same_agency,
)

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
    "body", ["我厅" * 9_000, "水利部" * 9_000, "由" * 30_000 + "编制", "县" * 30_000 + "局认真", "公布" * 20_000]
)
def test_hostile_bodies_are_read_without_a_fault(body: str) -> None:
    agency_choice(title_part=body[:50], lines=[body], body=body, issuer=None)
