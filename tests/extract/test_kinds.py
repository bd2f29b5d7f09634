"""Kinds of pages: reports by title or by body, and the papers that share their words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipelines import Capture, understand
from pipelines.extract.kinds import page_kind
from pipelines.extract.sections import read_sections
from pipelines.model import REPORT_KINDS, PageKind

CASES = Path(__file__).parent.parent / "cases" / "extract" / "kinds"


def _cases(name: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in (CASES / f"{name}.jsonl").read_text("utf-8").splitlines()]


def _page(case: dict[str, object]):
    content = str(case.get("html") or case["text"])
    status = case.get("http_status", 200)
    assert isinstance(status, int)
    return understand(Capture("http://www.boxi.gov.example/a.html", content.encode(), http_status=status))


@pytest.mark.parametrize("case", _cases("reports"), ids=lambda case: case["id"])
def test_a_report_is_known_and_read(case: dict[str, object]) -> None:
    page = _page(case)
    assert (page.kind, len(page.reports)) == (case["kind"], 1), page.kind_reason
    assert page.kind_reason


@pytest.mark.parametrize("case", _cases("others"), ids=lambda case: case["id"])
def test_another_page_is_told_apart_and_carries_no_report(case: dict[str, object]) -> None:
    page = _page(case)
    assert page.kind == case["kind"], page.kind_reason
    assert not page.reports
    if "finding" in case:
        assert case["finding"] in [finding.code for finding in page.findings]


def test_there_are_as_many_other_pages_as_reports() -> None:
    assert len(_cases("others")) >= len(_cases("reports")) >= 40


def test_every_reason_is_a_clause_that_names_its_evidence() -> None:
    reading = page_kind(
        ["关于做好2021年政府信息公开工作年度报告编制发布工作的通知"],
        "请各单位于1月20日前报送。",
        [],
    )
    assert reading.kind is PageKind.NOTICE
    assert "通知" in reading.reason
    assert reading.kind not in REPORT_KINDS


@pytest.mark.parametrize(
    "body", ["", "\n" * 50_000, "一、" * 20_000, "由" * 30_000, "政府信息公开" * 8_000, "(" * 40_000]
)
def test_hostile_bodies_are_of_some_kind(body: str) -> None:
    reading = page_kind([body[:200]], body, read_sections(body))
    assert isinstance(reading.kind, PageKind)
