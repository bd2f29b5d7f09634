"""Where reports belong, case by case: one place where the evidence allows one, and none where it does not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.extract.places import Place, PlaceEvidence, resolve

CASES = [
    json.loads(line)
    for line in (Path(__file__).parents[1] / "cases/places/resolve.jsonl").read_text("utf-8").splitlines()
]
CLOSED = [case for case in CASES if "want" in case]
OPEN = [case for case in CASES if "open" in case]


def name_of(case: dict[str, Any]) -> str:
    return f"{case['group']}: {case['why']}"


@pytest.mark.parametrize("case", CLOSED, ids=name_of)
def test_the_evidence_gives_one_place(case: dict[str, Any]) -> None:
    found = resolve(PlaceEvidence(**case["evidence"]))
    assert found.place is not None, found.reason
    assert {key: getattr(found.place, key) for key in case["want"]} == case["want"]


@pytest.mark.parametrize("case", OPEN, ids=name_of)
def test_open_evidence_gives_candidates_and_no_place(case: dict[str, Any]) -> None:
    found = resolve(PlaceEvidence(**case["evidence"]))
    assert found.place is None, found.reason
    assert set(case["open"]) <= {candidate.place.code for candidate in found.candidates}


def test_a_place_bears_every_name_above_it() -> None:
    found = resolve(PlaceEvidence(agency="彬县教育局", year=2011))
    assert found.place == Place("610427", "陕西省", "咸阳市", "彬县", None, "county")


def test_a_town_bears_the_code_of_its_county() -> None:
    found = resolve(PlaceEvidence(title="三垟街道2008年政府信息公开工作总结", year=2008))
    assert found.place == Place("330304", "浙江省", "温州市", "瓯海区", "三垟街道", "town")


def test_an_unnamed_county_of_a_known_city_has_no_code() -> None:
    found = resolve(PlaceEvidence(agency="县民政局", text="按照《咸阳市政府信息公开规定》编制。", year=2012))
    assert found.place == Place(None, "陕西省", "咸阳市", None, None, "county")


def test_candidates_come_best_first() -> None:
    found = resolve(PlaceEvidence(agency="鼓楼区人民政府", postcode="475000", year=2012))
    assert [candidate.score for candidate in found.candidates] == sorted(
        (candidate.score for candidate in found.candidates), reverse=True
    )
    assert found.candidates[0].place == found.place


def test_a_name_that_stands_against_a_code_says_so() -> None:
    found = resolve(PlaceEvidence(agency="齐齐哈尔市人民政府", site_code="5001070012", year=2018))
    assert found.place is not None
    assert found.place.code == "230200"
    assert "against the site code 500107" in found.reason


def test_a_whole_page_as_a_title_is_read_like_a_title() -> None:
    found = resolve(PlaceEvidence(title="乌海市2012年政府信息公开年报" + "镇街道区" * 50_000, year=2012))
    assert found.place is not None
    assert found.place.code == "150300"


PIECES = st.lists(
    st.sampled_from(
        ["省", "市", "县", "区", "镇", "街道", "新市区", "海南", "吉林市", "和县", "市中区", "2012年", "\n", "a"]
    ),
    max_size=30,
).map("".join)


@given(title=PIECES, agency=PIECES, text=PIECES, phone=st.text(max_size=14), postcode=st.text(max_size=7))
def test_odd_evidence_never_raises(title: str, agency: str, text: str, phone: str, postcode: str) -> None:
    found = resolve(PlaceEvidence(title=title, agency=agency, text=text, phone=phone, postcode=postcode))
    assert found.reason
