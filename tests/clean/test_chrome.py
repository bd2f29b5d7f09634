"""Chrome is known by whole lines and by where they stand; sentences that use the same words stay."""

from __future__ import annotations

from typing import Any

import pytest

from pipelines.clean import cut
from pipelines.clean.chrome import chrome_rule, closes_body, edge_rule, is_disclaimer, page_number_spans
from tests.clean.reading import cases, why


@pytest.mark.parametrize("case", cases("chrome/anywhere.jsonl"), ids=why)
def test_chrome_is_dropped_wherever_it_stands(case: dict[str, Any]) -> None:
    assert chrome_rule(case["text"]) == case["rule"]


@pytest.mark.parametrize("case", cases("chrome/kept_anywhere.jsonl"), ids=why)
def test_text_that_looks_like_chrome_is_kept(case: dict[str, Any]) -> None:
    assert chrome_rule(case["text"]) == ""


@pytest.mark.parametrize("case", cases("chrome/edge.jsonl"), ids=why)
def test_chrome_at_the_edge_of_the_body_is_dropped(case: dict[str, Any]) -> None:
    assert edge_rule(case["text"]) == case["rule"]


@pytest.mark.parametrize("case", cases("chrome/kept_at_edge.jsonl"), ids=why)
def test_text_at_the_edge_of_the_body_is_kept(case: dict[str, Any]) -> None:
    assert edge_rule(case["text"]) == ""


@pytest.mark.parametrize("case", cases("chrome/closing.jsonl"), ids=why)
def test_the_tail_of_the_page_is_known(case: dict[str, Any]) -> None:
    assert closes_body(case["text"])


@pytest.mark.parametrize("case", cases("chrome/not_closing.jsonl"), ids=why)
def test_a_line_of_the_body_closes_nothing(case: dict[str, Any]) -> None:
    assert not closes_body(case["text"])


@pytest.mark.parametrize("case", cases("chrome/disclaimer.jsonl"), ids=why)
def test_the_sites_reservation_is_known(case: dict[str, Any]) -> None:
    assert is_disclaimer(case["text"])


@pytest.mark.parametrize("case", cases("chrome/not_disclaimer.jsonl"), ids=why)
def test_a_report_that_declares_is_no_reservation(case: dict[str, Any]) -> None:
    assert not is_disclaimer(case["text"])


@pytest.mark.parametrize("case", cases("chrome/page_number.jsonl"), ids=why)
def test_page_numbers_leave_a_sentence(case: dict[str, Any]) -> None:
    assert cut(case["text"], page_number_spans(case["text"])) == case["left"]
