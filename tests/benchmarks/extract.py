"""The extract room against its floors: prose, fields, places, tables, and the time of the whole `understand()`.

`python -m tests.benchmarks.extract` prints every figure beside its floor in `tests/floors.toml`; the exit code is 1 when
one is missed.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections import Counter
from pathlib import Path

from gipr_crawl.demo.portal import answer
from gipr_crawl.demo.truth import truth
from pipelines import Capture, understand
from pipelines.extract.places import PlaceEvidence, resolve
from tests.benchmarks import field_cases, indicator_cases, table_cases
from tests.floors import floors, line

PLACES = Path(__file__).parents[1] / "cases" / "places" / "resolve.jsonl"
TABLE_SEEDS = 5


def main() -> int:
    held = floors("extract")
    lines = [
        *_prose(held["prose"]),
        *_fields(held["fields"]),
        *_places(held["places"]),
        *_tables(held["tables"]),
        *_speed(held["speed"]),
    ]
    print("\n".join(lines))
    return 1 if any(text.startswith("MISSES") for text in lines) else 0


def _prose(floor: dict[str, float]) -> list[str]:
    result = indicator_cases.score(indicator_cases.cases())
    invented = sum(bool(indicator_cases.read(case)) for case in indicator_cases.cases("negatives"))
    return [
        line("prose: precision", result.precision, floor["precision"]),
        line("prose: recall", result.recall, floor["recall"]),
        line("prose: sentences with something invented", invented, floor["invented"], at_most=True),
    ]


def _fields(floor: dict[str, float]) -> list[str]:
    figures = field_cases.measure()
    return [line(f"field {name}: exact", figures.share(name), floor["exact"]) for name in sorted(figures.total)]


def _places(floor: dict[str, float]) -> list[str]:
    right = wrong_single = 0
    cases = [json.loads(text) for text in PLACES.read_text("utf-8").splitlines()]
    for case in cases:
        found = resolve(PlaceEvidence(**case["evidence"])).place
        if "want" in case:
            right += found is not None and all(getattr(found, key) == value for key, value in case["want"].items())
        else:
            right += found is None
            wrong_single += found is not None
    return [
        line(f"places: right of {len(cases)}", right / len(cases), floor["right"]),
        line(
            "places: one answer where the evidence is open", wrong_single, floor["wrong_single_answers"], at_most=True
        ),
    ]


def _tables(floor: dict[str, float]) -> list[str]:
    by_shape: dict[str, Counter[str]] = {}
    for tally in table_cases.tallies(TABLE_SEEDS):
        count = by_shape.setdefault(f"{tally.shape} ({tally.style})", Counter())
        count.update(right=tally.right, wrong=tally.wrong, missing=tally.missing, findings=tally.findings)
    lines = []
    for shape, count in by_shape.items():
        share = count["right"] / max(sum((count["right"], count["wrong"], count["missing"])), 1)
        # A shape whose blank cells vanished cannot be read whole: what is left out must be among the findings.
        is_open = share < floor["cells_right"] and count["findings"] > 0 and count["wrong"] == 0
        text = line(f"tables, {shape}: cells right", share, 0.0 if is_open else floor["cells_right"])
        lines.append(f"{text}{'  the rest reported as not assignable' if is_open else ''}")
    wrong = sum(count["wrong"] for count in by_shape.values())
    return [*lines, line("tables: cells wrong", wrong, floor["cells_wrong"], at_most=True)]


def _speed(floor: dict[str, float]) -> list[str]:
    captures = []
    for report in truth():
        page = answer(report.url)
        captures.append(Capture(report.url, page.body, {"Content-Type": page.content_type}, 200))
    captures = [capture for capture in captures if 4_000 <= len(capture.body) <= 16_000]
    times = []
    for capture in [*captures, *captures]:
        began = time.perf_counter()
        understand(capture)
        times.append(time.perf_counter() - began)
    size = statistics.median(len(capture.body) for capture in captures)
    body = "<p>2012年，全年主动公开政府信息126条，没有收到政府信息公开申请。</p>\n" * 11_000
    large = Capture(
        "http://www.shili.gov.example/a.html", f'<html><body><div id="zoom">{body}</div></body></html>'.encode()
    )
    began = time.perf_counter()
    understand(large)
    seconds = time.perf_counter() - began
    median = statistics.median(times[len(captures) :]) * 1000
    return [
        line(f"understand(): report of {size:.0f} bytes, median", median, floor["page_ms"], at_most=True, unit=" ms"),
        line("understand(): page of 1 MB", seconds, floor["large_page_seconds"], at_most=True, unit=" s"),
    ]


if __name__ == "__main__":
    sys.exit(main())
