from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from pipelines.extract.duplicates import (
    duplicate_key,
    is_duplicate,
    same_report,
    sketch_similarity,
)
from pipelines.model import PageKind, Report
from tests.corpus import paragraphs

CASES = Path(__file__).parents[1] / "cases" / "clean" / "duplicates"
REPORTS: dict[str, str] = json.loads((CASES / "reports.json").read_text("utf-8"))
PAIRS: list[dict[str, Any]] = [json.loads(line) for line in (CASES / "pairs.jsonl").read_text("utf-8").splitlines()]


def report(text: str, year: int | None = None, agency: str | None = None, **place: str | None) -> Report:
    return Report(1, PageKind.ANNUAL_REPORT, body_text=text, report_year=year, agency=agency, **place)


def pair(case: dict[str, Any]) -> tuple[Report, Report]:
    """The report of a case and its other half: changed as the case says."""
    text = REPORTS[case["report"]]
    other = REPORTS[case["other"]] if "other" in case else text
    for old, new in case.get("replace", ()):
        assert old in other, old
        other = other.replace(old, new)
    other = other.replace(case["drop"], "") if "drop" in case else other
    other = case.get("prepend", "") + other[case.get("keep_from", 0) : case.get("keep_to")] + case.get("append", "")
    years, agencies = case.get("years", (None, None)), case.get("agencies", (None, None))
    return report(text, years[0], agencies[0]), report(other, years[1], agencies[1])


@pytest.mark.parametrize("case", PAIRS, ids=lambda case: f"{case['report']}: {case['why']}")
def test_two_reports_are_told_apart_or_recognised(case: dict[str, Any]) -> None:
    one, other = pair(case)
    assert is_duplicate(one, other) is case["same"]
    assert is_duplicate(other, one) is case["same"]


def test_the_cases_are_many_on_both_sides() -> None:
    assert len(PAIRS) >= 50
    assert min(sum(case["same"] for case in PAIRS), sum(not case["same"] for case in PAIRS)) >= 20


def test_one_figure_changed_anywhere_keeps_two_reports_apart() -> None:
    text = REPORTS["bureau"]
    for place in [place for place, sign in enumerate(text) if sign.isdigit() and text[place + 1] in "条件次"]:
        changed = text[:place] + str((int(text[place]) + 3) % 10) + text[place + 1 :]
        assert not same_report(text, changed), text[place - 8 : place + 2]


def test_any_sentence_lost_leaves_the_report_the_same() -> None:
    for text in REPORTS.values():
        for sentence in [sentence for sentence in text.split("。") if 0 < len(sentence) < len(text) // 4]:
            assert same_report(text, text.replace(sentence + "。", ""))


def test_no_two_paragraphs_of_the_corpus_are_one_report() -> None:
    long = [line for line in paragraphs() if len(line) > 80]
    assert [pair for pair in zip(long, long[1:], strict=False) if same_report(*pair)] == []


def test_keys_are_equal_for_texts_that_differ_in_layout_only() -> None:
    text = REPORTS["bureau"]
    one, other = (
        duplicate_key(report(text, 2015, "临川市 水利局")),
        duplicate_key(report(text.replace("\n", " "), 2015, "临川市水利局")),
    )
    assert one == other
    assert sketch_similarity(one, other) == 1.0


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ({"region_code": "341881", "town": "港口镇"}, {"region_code": "341881", "town": "港口镇"}, True),
        ({"region_code": "341881", "town": "港口镇"}, {"region_code": "341881"}, True),
        ({"region_code": "341881"}, {"region_code": "341800"}, True),
        ({"region_code": "341881"}, {"region_code": "340000"}, True),
        ({"region_code": "341881"}, {}, True),
        ({"region_code": "341881"}, {"region_code": "341822"}, False),
        ({"region_code": "341881"}, {"region_code": "330100"}, False),
        ({"region_code": "341881", "town": "港口镇"}, {"region_code": "341881", "town": "梅林镇"}, False),
    ],
)
def test_two_places_are_two_reports_and_a_place_lies_within_its_city(
    one: dict[str, str], other: dict[str, str], same: bool
) -> None:
    first, second = report(REPORTS["empty"], **one), report(REPORTS["empty"], **other)
    assert is_duplicate(first, second) is same
    assert is_duplicate(second, first) is same


def test_whatever_is_a_duplicate_shares_a_band_with_its_original() -> None:
    same = [pair(case) for case in PAIRS if case["same"]]
    assert [one for one, other in same if not {*duplicate_key(one).bands()} & {*duplicate_key(other).bands()}] == []


def test_a_text_s_own_figures_are_bands_and_years_and_lone_digits_are_none() -> None:
    figures = "主动公开政府信息317条，其中网站公开信息204条，收到申请公开申请14件。"
    assert len(duplicate_key(report(figures)).figures) == 2
    assert duplicate_key(report("截至年底共有2014年主动公开信息3条，其中网站公开2013年信息0条。")).figures == ()


@pytest.mark.parametrize("text", ["", "。", "无", "\ud800", "公开" * 50_000, "公开信息12" * 20_000])
def test_every_text_has_a_key_of_numbers_a_database_holds(text: str) -> None:
    key = duplicate_key(report(text, 2014, "\ud800局"))
    assert all(0 <= band < 2**63 for band in key.bands())
    assert all(0 <= value < 2**32 for value in (*key.sketch, *key.figures))
    assert bool(key.bands()) is bool(key.sketch)


def test_sketches_estimate_how_much_two_texts_share() -> None:
    chance = random.Random(1)
    prose = chance.sample([line for line in paragraphs() if len(line) > 80], 30)
    whole, half = duplicate_key(report("\n".join(prose))), duplicate_key(report("\n".join(prose[:15])))
    other = duplicate_key(report("\n".join(reversed(paragraphs()[:12]))))
    assert 0.35 <= sketch_similarity(whole, half) <= 0.65
    assert sketch_similarity(whole, other) <= 0.1


def test_keys_are_the_same_in_another_process() -> None:
    program = (
        "from pipelines.extract.duplicates import duplicate_key; from pipelines.model import PageKind, Report;"
        "print(duplicate_key(Report(1, PageKind.ANNUAL_REPORT, body_text='主动公开政府信息十二条')).sketch)"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", program],
            capture_output=True,
            text=True,
            check=True,
            env={"PYTHONHASHSEED": seed},
            cwd=Path(__file__).parents[2],
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1


def test_long_and_monotonous_texts_are_survived() -> None:
    assert same_report("1" * 200_000, "1" * 200_000)
    assert not same_report("公" * 100_000, "开" * 100_000)
    text = "\n".join(paragraphs())
    assert same_report(text, text + "\n版权所有")
