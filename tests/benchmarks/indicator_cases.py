"""How well indicators are read, code by code: `python -m tests.benchmarks.indicator_cases`.

A case is a sentence (perhaps under a section's heading) with everything it states; what is read beyond that is a wrong
indicator, what is not read a missed one. A value with other bounds or another semantic is both.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipelines.extract.indicators import read_indicators
from pipelines.model import Indicator

CASES = Path(__file__).parents[1] / "cases" / "extract" / "indicators"
APART = ("negatives", "known_failures")

# Code, label, value, lower bound, upper bound, semantic.
Statement = tuple[str, str, float | None, float | None, float | None, str]


@dataclass(frozen=True, slots=True)
class Case:
    """A sentence, the heading it stands under ("" for none), and what it states."""

    text: str
    section: str
    expected: frozenset[Statement]

    @property
    def body(self) -> str:
        """The report that the sentence is all of."""
        heading = (
            self.section if not self.section or self.section[0] in "一二三四五六七八九十（(" else f"一、{self.section}"
        )
        return f"{heading}\n{self.text}" if heading else self.text


@dataclass(frozen=True, slots=True)
class Score:
    """What was read rightly, wrongly, and not at all, by code."""

    right: Counter[str]
    wrong: Counter[str]
    missed: Counter[str]

    @property
    def precision(self) -> float:
        """The share of what was read that is right."""
        return self.right.total() / max(1, self.right.total() + self.wrong.total())

    @property
    def recall(self) -> float:
        """The share of what is stated that was read."""
        return self.right.total() / max(1, self.right.total() + self.missed.total())


def cases(*names: str) -> Iterator[Case]:
    """The cases of the files named, or of all but those of `APART`."""
    for path in sorted(CASES.glob("*.jsonl")):
        if path.stem in names or (not names and path.stem not in APART):
            for line in path.read_text("utf-8").splitlines():
                fields = json.loads(line)
                expected = frozenset(_expected(item) for item in fields["expected"])
                yield Case(fields["text"], fields.get("section", ""), expected)


def read(case: Case) -> frozenset[Statement]:
    """What is read in a case."""
    return frozenset(_statement(item) for item in read_indicators(case.body).indicators)


def score(chosen: Iterator[Case]) -> Score:
    """Right, wrong and missed over all cases."""
    result = Score(Counter(), Counter(), Counter())
    for case in chosen:
        found = read(case)
        result.right.update(item[0] for item in found & case.expected)
        result.wrong.update(item[0] for item in found - case.expected)
        result.missed.update(item[0] for item in case.expected - found)
    return result


def _expected(item: dict[str, object]) -> Statement:
    value = item["value"]
    return (
        str(item["code"]),
        str(item.get("label", "")),
        value,
        item.get("low", value),
        item.get("high", value),
        str(item["semantic"]),
    )  # type: ignore[return-value]


def _statement(item: Indicator) -> Statement:
    return (item.code, item.label, item.value, item.value_low, item.value_high, str(item.semantic))


def main() -> None:
    """Print precision and recall by code, and with -v every case that is not read as expected."""
    if "-v" in sys.argv:
        for case in (*cases(), *cases("negatives")):
            found = read(case)
            if found != case.expected:
                print(case.section, case.text, "\n   wrong", sorted(map(str, found - case.expected)))
                print("   missed", sorted(map(str, case.expected - found)))
    result = score(cases())
    for code in sorted(result.right | result.wrong | result.missed):
        right, wrong, missed = result.right[code], result.wrong[code], result.missed[code]
        print(f"{code:36} {right:4} right {wrong:3} wrong {missed:3} missed")
    count = len(list(cases()))
    print(f"{count} cases: precision {result.precision:.4f}, recall {result.recall:.4f}")
    negatives = list(cases("negatives"))
    invented = sum(bool(read(case)) for case in negatives)
    print(f"{len(negatives)} sentences without indicators: {invented} with something invented")


if __name__ == "__main__":
    main()
