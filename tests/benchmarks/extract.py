"""The extract room against its floors: prose, fields, places, tables, and the time of the whole `understand()`.

`python -m tests.benchmarks.extract [--peers PYTHON]` prints every figure beside its floor in `tests/floors.toml`; the exit
code is 1 when one is missed. With PYTHON, an interpreter that has trafilatura (see `tests.benchmarks.clean`), its
extraction of the same pages is timed in the same run: it gets text and gives text, `understand()` gets bytes and gives
every fact with its evidence.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from gipr_crawl.demo.portal import answer
from gipr_crawl.demo.truth import truth
from pipelines import Capture, understand
from pipelines.extract.places import PlaceEvidence, resolve
from pipelines.repair import repair
from tests.benchmarks import field_cases, indicator_cases, table_cases
from tests.floors import floors, line
from tests.reportgen.shapes import html_official, html_shifted_heads
from tests.reportgen.truth import make_tables

PLACES = Path(__file__).parents[1] / "cases" / "places" / "resolve.jsonl"
CORPUS = Path(__file__).parents[1] / "corpus"
TABLE_SEEDS = 5


def main() -> int:
    """Print every figure beside its floor."""
    arguments = argparse.ArgumentParser(
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        prog="python -m tests.benchmarks.extract",
    )
    arguments.add_argument("--peers", metavar="PYTHON", help="interpreter of an environment with trafilatura")
    given = arguments.parse_args()
    held = floors("extract")
    lines = [
        *_prose(held["prose"]),
        *_fields(held["fields"]),
        *_places(held["places"]),
        *_tables(held["tables"]),
        *_speed(held["speed"], given.peers),
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


def _speed(floor: dict[str, float], python: str | None) -> list[str]:
    groups = {
        "reports with the three tables, 11 KB": _reports_with_tables(),
        "reports of prose, 8 KB": _reports_of_prose(),
        "the demo's reports": _demo_reports(),
    }
    for capture in _warm_up():
        understand(capture)
    times = {name: [_seconds(capture) for capture in captures] for name, captures in groups.items()}
    lines = [
        line(f"understand(): {name}, median", statistics.median(own) * 1000, floor["page_ms"], at_most=True, unit=" ms")
        for name, own in times.items()
    ]
    body = "<p>2012年，全年主动公开政府信息126条，没有收到政府信息公开申请。</p>\n" * 11_000
    large = _capture("large", f'<html><body><div id="zoom">{body}</div></body></html>')
    lines.append(
        line("understand(): page of 1 MB", _seconds(large), floor["large_page_seconds"], at_most=True, unit=" s")
    )
    if python is not None:
        theirs = {name: _seconds_of_trafilatura(captures, python) for name, captures in groups.items()}
        # Medians, for there are pages on which its search for a date takes a second and a half.
        ratios = {
            name: statistics.median(other / own for other, own in zip(theirs[name], times[name], strict=True))
            for name in groups
        }
        lines += [
            line(f"times trafilatura: {name}, median", ratio, floor["times_trafilatura"])
            for name, ratio in ratios.items()
        ]
    return lines


def _seconds(capture: Capture) -> float:
    """Seconds of the whole way from bytes to facts, of a page that is met for the first time."""
    began = time.perf_counter()
    understand(capture)
    return time.perf_counter() - began


def _capture(name: str, page: str) -> Capture:
    return Capture(f"http://www.shili.gov.example/{name}.html", page.encode())


def _demo_reports() -> list[Capture]:
    found = []
    for report in truth():
        page = answer(report.url)
        found.append(Capture(report.url, page.body, {"Content-Type": page.content_type}, 200))
    return found


def _reports_with_tables() -> list[Capture]:
    """Reports of the years since 2019 as plain templates publish them."""
    return [
        _capture(f"{shape.__name__}-{era}-{seed}", shape(make_tables(seed, era)))
        for shape in (html_official, html_shifted_heads)
        for era in (2019, 2021)
        for seed in range(4)
    ]


def _reports_of_prose() -> list[Capture]:
    """Pages of the corpus's prose, every sentence of which is a report's: more figures than any real report has."""
    reports = []
    for place, path in enumerate(sorted(CORPUS.glob("*.txt"))):
        title = f"示例县{2008 + place % 11}年政府信息公开工作年度报告"
        body = path.read_text("utf-8")[:3_100].replace("\n", "</p>\n<p>")
        head = f"<html><head><title>{title}</title></head>"
        reports.append(
            _capture(path.stem, f"{head}<body><div id='zoom'><h1>{title}</h1><p>{body}</p></div></body></html>")
        )
    return reports


def _warm_up() -> list[Capture]:
    """Pages that load what is loaded late: other years and figures than those that are timed."""
    return [
        *(_capture("warm-up", html_official(make_tables(99, era))) for era in (2019, 2021)),
        *(Capture(report.url, answer(report.url).body) for report in truth()[::7]),
    ]


def _seconds_of_trafilatura(captures: Sequence[Capture], python: str) -> list[float]:
    script = Path(__file__).with_name("clean_peers.py")
    texts = [repair(capture).decoded for capture in captures]
    rows = [{"name": "", "html": repair(capture).decoded} for capture in _warm_up()]
    rows += [{"name": str(place), "html": text} for place, text in enumerate(texts)]
    given = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    done = subprocess.run([python, str(script), "trafilatura"], input=given, capture_output=True, text=True, check=True)
    return [json.loads(answered)["seconds"] for answered in done.stdout.splitlines()]


if __name__ == "__main__":
    sys.exit(main())
