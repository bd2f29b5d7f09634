"""Which names in a text are divisions, and which only look like one."""

from __future__ import annotations

import pytest

from pipelines.extract.places.gazetteer import gazetteer
from pipelines.extract.places.mentions import find_divisions, find_towns


def names(text: str, *, is_heading: bool = False) -> list[str]:
    return [mention.name for mention in find_divisions(text, gazetteer(), is_heading=is_heading)]


def codes(text: str, *, is_heading: bool = False) -> list[set[str]]:
    found = find_divisions(text, gazetteer(), is_heading=is_heading)
    return [{division.code for division in mention.divisions} for mention in found]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("黑龙江省大兴安岭地区松岭区", ["黑龙江省", "大兴安岭地区", "松岭区"]),
        ("地址:内蒙古自治区乌海市海南区", ["内蒙古自治区", "乌海市", "海南区"]),
        ("双江拉祜族佤族布朗族傣族自治县", ["双江拉祜族佤族布朗族傣族自治县"]),
        ("温州市民政局", ["温州市"]),
        ("南海区政府", ["南海区"]),
        ("攸县人民政府", ["攸县"]),
        ("鄂温克旗、阿左旗", ["鄂温克旗", "阿左旗"]),
        ("大兴安岭行署", ["大兴安岭行署"]),
    ],
)
def test_names_with_their_kind_are_found(text: str, found: list[str]) -> None:
    assert names(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "位于上海南路与吉安街交界",
        "上海南区域中心",
        "在南海区域开展活动",
        "温州市场供应充足",
        "政府信息公开县级目录",
        "示范县建设",
        "收费县级项目",
        "贫困户县级台账",
        "信息县乡两级报送",
        "加快新城区建设和老城区改造",
        "各城区、郊区、矿区",
        "创建平安县、和平县活动",
        "人民和县委",
        "市辖区与县",
        "我市、我区、各县(市、区)",
        "**县民族局",
        "温州人在长安街",
        "市场监管区域协调",
    ],
)
def test_words_that_only_look_like_names_are_not(text: str) -> None:
    assert names(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2018年温州政府信息公开年报", ["温州"]),
        ("上海海关", ["上海"]),
        ("国家税务总局北京市税务局", ["北京市"]),
        ("内蒙古民政厅", ["内蒙古"]),
    ],
)
def test_bare_names_count_in_a_heading_before_an_organ(text: str, found: list[str]) -> None:
    assert names(text, is_heading=True) == found


@pytest.mark.parametrize("text", ["上海南路改造", "吉安全力推进", "来宾接待", "南京路步行街", "长治久安", "中山装展览"])
def test_bare_names_inside_other_words_do_not_count(text: str) -> None:
    assert names(text, is_heading=True) == []


def test_bare_names_do_not_count_in_running_text() -> None:
    assert names("温州政府网站改版") == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("济南市市中区", "370103"),
        ("济宁市中区", "370802"),
        ("大兴安岭松岭区", "232762"),
        ("江苏省 徐州市 鼓楼区", "320302"),
        ("山西省阳泉市郊区", "140311"),
        ("江西安福县", "360829"),
        ("北京市朝阳区", "110105"),
    ],
)
def test_a_name_behind_a_higher_one_means_the_division_in_it(text: str, code: str) -> None:
    assert code in codes(text)[-1]
    assert {found[:4] for found in codes(text)[-1]} == {code[:4]}


def test_a_name_that_is_not_in_the_one_before_keeps_all_its_meanings() -> None:
    assert codes("杭州市鼓楼区")[-1] >= {"320106", "320302", "350102", "410204"}


@pytest.mark.parametrize(
    ("text", "town"),
    [
        ("三垟街道办事处", "三垟街道"),
        ("彬县永乐镇人民政府", "永乐镇"),
        ("2014年城关镇政府信息公开", "城关镇"),
        ("深圳市福田区沙头街道办事处", "沙头街道"),
        ("浦东新区川沙新镇", "川沙新镇"),
        ("某某乡人民政府", "某某乡"),
    ],
)
def test_towns_are_found_at_an_edge_or_behind_a_division(text: str, town: str) -> None:
    found = find_towns(text, find_divisions(text, gazetteer(), is_heading=True))
    assert [mention.name for mention in found] == [town]


@pytest.mark.parametrize(
    "text",
    [
        "各乡镇人民政府",
        "街道办事处",
        "全镇",
        "两镇三乡",
        "镇海区人民政府",
        "镇江市财政局",
        "城乡建设局",
        "我街道",
        "乡村振兴局",
    ],
)
def test_generic_words_are_no_towns(text: str) -> None:
    assert find_towns(text, find_divisions(text, gazetteer(), is_heading=True)) == []
