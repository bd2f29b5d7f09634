"""Helpers of the clean room's tests: case files, and a page from markup to what the room hands on."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pipelines.clean import Cleaned, clean
from pipelines.model import Capture
from pipelines.repair import repair

CASES = Path(__file__).parents[1] / "cases" / "clean"
URL = "http://www.example.cn/zwgk/a.html"


def cases(name: str) -> list[dict[str, Any]]:
    """The cases of one file, one JSON object a line; `why` names the case."""
    return [json.loads(line) for line in (CASES / name).read_text("utf-8").splitlines()]


def why(case: dict[str, Any]) -> str:
    return str(case["why"])


def read_page(html: str, url: str = URL) -> Cleaned:
    """The page as the clean room hands it on."""
    capture = Capture(url, html.encode())
    return clean(repair(capture), capture)
