"""Dates and years in every form met, and digits that are none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipelines.extract.dates import chinese_number, find_dates, find_years, first_date, iso_date

CASES = Path(__file__).parent.parent / "cases" / "extract" / "dates"


def _cases(name: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in (CASES / f"{name}.jsonl").read_text("utf-8").splitlines()]


@pytest.mark.parametrize("case", _cases("dates"), ids=lambda case: case["text"] or "empty")
def test_dates_are_found(case: dict[str, object]) -> None:
    assert [iso for _, _, iso in find_dates(str(case["text"]))] == case["dates"]


@pytest.mark.parametrize("case", _cases("years"), ids=lambda case: case["text"])
def test_years_are_found(case: dict[str, object]) -> None:
    assert [year for _, _, year in find_years(str(case["text"]))] == case["years"]


def test_offsets_frame_the_date() -> None:
    text = "柏溪县水利局 二〇一二年四月二十八日印发"
    ((start, end, _),) = find_dates(text)
    assert text[start:end] == "二〇一二年四月二十八日"


def test_a_compact_date_counts_only_where_no_other_stands() -> None:
    assert first_date("20120428") == "2012-04-28"
    assert first_date("20120428 2013-01-02") == "2013-01-02"
    assert first_date("20121328") is None


@pytest.mark.parametrize(
    ("text", "number"),
    [("十", 10), ("廿八", 28), ("卅一", 31), ("元", 1), ("一二", 12), ("二十", 20), ("", 0), ("人", 0)],
)
def test_chinese_numbers_below_a_hundred(text: str, number: int) -> None:
    assert chinese_number(text) == number


def test_a_date_outside_the_calendar_is_none() -> None:
    assert iso_date(2015, 2, 29) is None
    assert iso_date(2016, 2, 29) == "2016-02-29"
    assert iso_date(1997, 7, 1) is None
