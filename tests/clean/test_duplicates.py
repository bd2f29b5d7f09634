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
    find_duplicate,
    is_duplicate,
    same_report,
    sketch_similarity,
)
from pipelines.model import PageKind, Report
from tests.corpus import paragraphs

CASES = Path(__file__).parents[1] / "cases" / "clean" / "duplicates"
REPORTS: dict[str, str] = json.loads((CASES / "reports.json").read_text("utf-8"))
PAIRS: list[dict[str, Any]] = [json.loads(line) for line in (CASES / "pairs.jsonl").read_text("utf-8").splitlines()]


def report(text: str, year: int | None = None, agency: str | None = None) -> Report:
    return Report(1, PageKind.ANNUAL_REPORT, body_text=text, report_year=year, agency=agency)


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


def test_the_twin_is_found_among_the_candidates_and_an_exact_one_before_a_near_one() -> None:
    text = REPORTS["town"]
    near, exact = report(text + "\n版权所有"), report(text.replace("\n", " "))
    strangers = [report(REPORTS["bureau"]), report(text.replace("唐河", "建德"))]
    assert find_duplicate(report(text), [*strangers, near, exact]) is exact
    assert find_duplicate(report(text), [*strangers, near]) is near
    assert find_duplicate(report(text), strangers) is None
    assert find_duplicate(report(""), [report("")]) is None


def test_keys_are_equal_for_texts_that_differ_in_layout_only() -> None:
    text = REPORTS["bureau"]
    one, other = (
        duplicate_key(report(text, 2015, "临川市 水利局")),
        duplicate_key(report(text.replace("\n", " "), 2015, "临川市水利局")),
    )
    assert one == other
    assert sketch_similarity(one, other) == 1.0


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
