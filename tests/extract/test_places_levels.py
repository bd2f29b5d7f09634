"""The tier of government an agency belongs to."""

from __future__ import annotations

import pytest

from pipelines.extract.places import Place, agency_level
from pipelines.extract.places.levels import generic_tier, is_national

WENZHOU = Place("330300", "浙江省", "温州市", None, None, "city")
OUHAI = Place("330304", "浙江省", "温州市", "瓯海区", None, "county")
SANYANG = Place("330304", "浙江省", "温州市", "瓯海区", "三垟街道", "town")


@pytest.mark.parametrize(
    ("agency", "place", "level"),
    [
        ("国务院办公厅", None, "national"),
        ("国家统计局", None, "national"),
        ("中华人民共和国财政部", None, "national"),
        ("海关总署(本级机关)", None, "national"),
        ("审计署办公厅", None, "national"),
        ("中国气象局", None, "national"),
        ("河南省住房和城乡建设厅", None, "province"),
        ("上海市科学技术委员会", None, "province"),
        ("内蒙古自治区人民政府", None, "province"),
        ("乌海市经济和信息化委员会", None, "city"),
        ("大兴安岭地区行署办公室", None, "city"),
        ("恩施州林业局", None, "city"),
        ("国家税务总局温州市税务局", WENZHOU, "city"),
        ("彬县教育局", None, "county"),
        ("北京市朝阳区人民政府", None, "county"),
        ("仙桃市人民政府", None, "county"),
        ("瓯海区财政局", OUHAI, "county"),
        ("三垟街道办事处", SANYANG, "town"),
        ("彬县永乐镇人民政府", None, "town"),
        ("石家庄高新技术产业开发区管委会", None, "zone"),
        ("高新区管委会", WENZHOU, "zone"),
        ("**县民族局", None, "county"),
        ("省交通厅", None, "province"),
        ("市政府办公室", None, "city"),
        ("省级机关事务局", None, "province"),
        ("市教育局", OUHAI, "city"),
        ("街道办事处", None, "town"),
        ("教育局", OUHAI, "county"),
    ],
)
def test_the_level_follows_the_agency_then_the_place(agency: str, place: Place | None, level: str) -> None:
    assert agency_level(agency, place) == level


@pytest.mark.parametrize(
    "agency", ["温州海关", "国家税务总局温州市税务局", "审计署办公厅招待所", "财政部温州监管局", "财政局", "气象局", ""]
)
def test_a_branch_and_a_local_bureau_are_not_the_states_own(agency: str) -> None:
    assert not is_national(agency)


@pytest.mark.parametrize("agency", ["", "教育局", "办公室", "第一人民医院"])
def test_an_agency_that_says_nothing_has_no_level_without_a_place(agency: str) -> None:
    assert agency_level(agency, None) is None


@pytest.mark.parametrize(
    "agency",
    [
        "温州市财政局",
        "区域合作办公室",
        "市场监督管理局",
        "市政工程管理处",
        "市中区教育局",
        "乡村振兴局",
        "镇海区人民政府",
    ],
)
def test_a_tier_is_no_tier_inside_another_word_or_name(agency: str) -> None:
    assert generic_tier(agency) is None
