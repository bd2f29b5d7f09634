"""Every regression page says what it said when a person last looked, field by field."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.pages import folders, said


@pytest.mark.parametrize("folder", list(folders()), ids=lambda folder: folder.name)
def test_the_whole_output_of_a_page_is_as_reviewed(folder: Path) -> None:
    expected = json.loads((folder / "expected.json").read_text("utf-8"))
    got = said(folder)

    assert list(got) == list(expected)
    for field, value in expected.items():
        assert got[field] == value, f"{field} differs; `python -m tests.pages.rewrite` shows what changed"


def test_there_is_a_page_of_each_kind_that_matters() -> None:
    kinds = {json.loads((folder / "expected.json").read_text("utf-8"))["kind"] for folder in folders()}

    assert {"annual_report", "work_summary", "notice", "list"} <= kinds
