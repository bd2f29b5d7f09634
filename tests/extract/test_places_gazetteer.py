"""What the tables of data/reference/places say."""

from __future__ import annotations

import pytest

from pipelines.extract.places.gazetteer import (
    counties_of_town,
    gazetteer,
    prefectures_of_phone,
    prefectures_of_postcode,
    province_of_host,
)


@pytest.mark.parametrize(
    ("code", "year", "name"),
    [
        ("420600", 2008, "襄樊市"),
        ("420600", 2012, "襄阳市"),
        ("420600", None, "襄阳市"),
        ("130602", 2010, "新市区"),
        ("130602", 2018, "竞秀区"),
        ("370800", 1990, "济宁市"),
    ],
)
def test_a_code_bears_the_name_of_its_year(code: str, year: int | None, name: str) -> None:
    found = gazetteer().at(code, year)
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize("code", ["110100", "419000", "999999", "", "32"])
def test_codes_that_name_no_division_give_none(code: str) -> None:
    assert gazetteer().at(code) is None


def test_every_county_and_prefecture_has_its_province() -> None:
    places = gazetteer()
    for divisions in places.names.values():
        for division in divisions:
            assert division.level == "province" or [*places.ancestors(division)][-1].level == "province", division


def test_towns_know_their_counties() -> None:
    assert counties_of_town("三垟街道") == ("330304",)
    assert len(counties_of_town("城关镇")) > 80
    assert counties_of_town("查无此镇") == ()


@pytest.mark.parametrize(
    ("phone", "prefectures"),
    [
        ("0991-3663970", {"650100"}),
        ("(0457) 3322168", {"232700"}),
        ("010-65090000", {"110000"}),
        ("+86 577 88520000", {"330300"}),
        ("0086-21-63210000", {"310000"}),
        ("024-72830000", {"210100", "210400", "210500", "211200"}),
        ("0857-8223344", {"522400", "520500"}),
    ],
)
def test_area_codes_name_prefectures(phone: str, prefectures: set[str]) -> None:
    assert set(prefectures_of_phone(phone)) == prefectures


@pytest.mark.parametrize("phone", ["", "3663970", "13800138000", "12345", "0000-1234567", "电话", "0991"])
def test_numbers_without_an_area_code_name_none(phone: str) -> None:
    assert prefectures_of_phone(phone) == ()


@pytest.mark.parametrize(
    ("postcode", "prefecture"), [("165012", "232700"), ("830011", "650100"), ("325014", "330300"), ("475000", "410200")]
)
def test_postcodes_name_prefectures(postcode: str, prefecture: str) -> None:
    assert prefectures_of_postcode(postcode) == (prefecture,)


@pytest.mark.parametrize("postcode", ["", "16501", "1650123", "邮编165012", "999999", "１６５０１２x"])
def test_what_is_no_postcode_names_none(postcode: str) -> None:
    assert prefectures_of_postcode(postcode) == ()


@pytest.mark.parametrize(
    ("host", "province"),
    [("xxgk.gl.fj.gov.cn", "350000"), ("www.shanghai.gov.cn:8080", "310000"), ("www.hlj.gov.cn.", "230000")],
)
def test_a_province_owns_its_domain(host: str, province: str) -> None:
    assert province_of_host(host) == province


@pytest.mark.parametrize(
    "host", ["", "gov.cn", "www.xz.gov.cn", "www.gz.gov.cn", "www.fj.com", "fj.gov.cn.example.com"]
)
def test_other_domains_say_nothing(host: str) -> None:
    assert province_of_host(host) is None
