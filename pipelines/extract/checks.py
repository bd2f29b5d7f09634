"""The arithmetic a report's tables ought to satisfy, each identity with both sides; nothing is repaired by a check.

Verdicts: `pass` and `fail` where the stated numbers decide. A blank or a mark (`/`, 无) is no nought, but no count is
below nought either: where it stands among the parts of a stated total and the other parts come to that total, it can
only be nothing and the identity holds; where they exceed it, the identity fails whatever was left out. Where they fall
short, where the total itself is blank or a cell is missing, the identity is `not_assessable`. The detail says which.
`uncertain` is for a side that was rounded, for rows that nobody knows, and for identities that are custom rather than
rule.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from pipelines.model import Cell, Check, Indicator, Semantic, Verdict
from pipelines.report_templates import table_template

# Row → column → cell.
_Rows = Mapping[str, Mapping[str, Cell]]
_APPLICANTS = ("natural", "business", "research", "public_welfare", "legal", "other")
_OUTCOMES = ("maintain", "correct", "other", "pending")
_GROUPS = frozenset({"r3", "r3.3", "r3.4", "r3.5"})
_TOLERANCE = 1e-6
_LEFT_OUT = frozenset({Semantic.EMPTY, Semantic.NOT_APPLICABLE})

# Of the table of 2014: the printed numbering says that these are parts of those.
_STATISTICS_SUMS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "applications_received",
        (
            "applications_in_person",
            "applications_fax",
            "applications_email",
            "applications_online",
            "applications_letter",
            "applications_other_channels",
        ),
    ),
    ("applications_completed", ("completed_on_time", "completed_extended")),
    (
        "applications_answered",
        (
            "answered_already_public",
            "answered_disclosed",
            "answered_partly_disclosed",
            "answered_refused",
            "answered_not_ours",
            "answered_nonexistent",
            "answered_to_be_amended",
            "answered_other_channels",
        ),
    ),
    (
        "answered_refused",
        (
            "refused_state_secret",
            "refused_trade_secret",
            "refused_privacy",
            "refused_security",
            "refused_not_government_information",
            "refused_other",
        ),
    ),
    ("reconsiderations_total", ("reconsiderations_upheld", "reconsiderations_corrected", "reconsiderations_other")),
    ("lawsuits_total", ("lawsuits_upheld", "lawsuits_corrected", "lawsuits_other")),
    ("staff_total", ("staff_full_time", "staff_part_time")),
)


def table_checks(cells: Sequence[Cell]) -> list[Check]:
    """Every identity whose table is there, in the order t2, t3, t4, stats2014."""
    if not cells:
        return []
    tables: dict[str, dict[str, dict[str, Cell]]] = {}
    for cell in cells:
        tables.setdefault(cell.table_key, {}).setdefault(cell.row_key, {})[cell.col_key] = cell
    return [
        *_t2_checks(tables.get("t2", {})),
        *_t3_checks(tables.get("t3", {}), dict.fromkeys(cell.col_key for cell in cells if cell.table_key == "t3")),
        *_t4_checks(tables.get("t4", {})),
        *_statistics_checks(tables.get("stats2014", {})),
    ]


def prose_checks(prose: Sequence[Indicator], tables: Sequence[Indicator]) -> list[Check]:
    """What the prose says against what the tables say, code by code where both say something."""
    stated = {item.code: item for item in tables}
    checks = []
    for item in prose:
        table = stated.get(item.code)
        if item.label or table is None or item.value is None:
            continue
        verdict = Verdict.PASS if item.value == table.value else Verdict.UNCERTAIN if item.approx else Verdict.FAIL
        detail = f"the prose ({item.raw}) against the table ({table.rule})"
        checks.append(Check(f"prose_table:{item.code}", verdict, item.value, table.value, detail))
    return checks


def _t2_checks(rows: _Rows) -> list[Check]:
    """Of the form of 2019–2020, by custom: what is newly public is public, and no count of projects is below nought."""
    checks = []
    for row, values in rows.items():
        if "public_total" in values and "new_public" in values:
            new, public = values["new_public"].value, values["public_total"].value
            checks.append(_at_most(f"t2_public:{row}", new, public, "newly public against public in all"))
        if "change" in values and "prev" in values:
            change, before = values["change"].value, values["prev"].value
            less = None if change is None else -change
            checks.append(_at_most(f"t2_change:{row}", less, before, "the decrease against last year's number"))
    return checks


def _at_most(name: str, left: float | None, right: float | None, detail: str) -> Check:
    if left is None or right is None:
        return Check(name, Verdict.NOT_ASSESSABLE, left, right, f"{detail}: a cell states no number")
    return Check(name, Verdict.PASS if left <= right + _TOLERANCE else Verdict.UNCERTAIN, left, right, detail)


def _t3_checks(rows: _Rows, columns: Iterable[str]) -> list[Check]:
    """Applicants add up to the total; new and carried over to handled and carried on; outcomes to all handled.

    Rows come first: what one of them shows to be nothing counts as nothing in the columns.
    """
    sums = _Sums()
    checks = [
        sums.check(f"t3_row:{row}", [cells.get(column) for column in _APPLICANTS], [cells["total"]])
        for row, cells in rows.items()
        if "total" in cells and not cells.keys().isdisjoint(_APPLICANTS)
    ]
    outcomes = _outcome_rows(rows)
    has_unknown = any(row.startswith("unknown:") for row in rows)
    new, carried_in, handled, carried_out = (rows.get(row, {}) for row in ("r1", "r2", "r3.7", "r4"))
    for column in columns:
        if ("r1" in rows or "r4" in rows) and len(rows) > 1:
            received = [new.get(column), carried_in.get(column)]
            checks.append(sums.check(f"t3_column:{column}", received, [handled.get(column), carried_out.get(column)]))
        if outcomes and "r3.7" in rows:
            check = sums.check(f"t3_sum:{column}", [rows[row].get(column) for row in outcomes], [handled.get(column)])
            checks.append(_doubted(check, "the table has rows of its own") if has_unknown else check)
    return checks


def _outcome_rows(rows: _Rows) -> list[str]:
    """The rows that add up to r3.7: groups' subtotals are left out, r3.6 where its parts are there.

    Every row of one form must be there; with one missing (a table cut short) there is nothing to add up.
    """
    parts = [key for key in rows if key.startswith("r3.") and key != "r3.7" and key not in _GROUPS]
    if any(key.startswith("r3.6.") for key in parts):
        parts = [key for key in parts if key != "r3.6"]
    common = _rows_of_every_form()
    return parts if len(parts) > len(common) and common.issubset(parts) else []


@cache
def _rows_of_every_form() -> frozenset[str]:
    """The outcomes that t3 has in the forms of both eras."""
    keys = (label.key for label in table_template("t3").rows)
    return frozenset(key for key in keys if key.startswith("r3.") and key != "r3.7" and not key.startswith("r3.6"))


def _t4_checks(rows: _Rows) -> list[Check]:
    return [
        _Sums().check(f"t4_row:{row}", [cells.get(column) for column in _OUTCOMES], [cells.get("total")])
        for row, cells in rows.items()
    ]


def _statistics_checks(rows: _Rows) -> list[Check]:
    """The parts of the table of 2014, where at least two of them are rows of it; custom, so a miss is uncertain."""
    counts = {row: values["count"] for row, values in rows.items() if "count" in values}
    checks = []
    for whole, names in _STATISTICS_SUMS:
        parts = [counts[name] for name in names if name in counts]
        if whole not in counts or len(parts) < 2:
            continue
        check = _Sums().check(f"stats_sum:{whole}", parts, [counts[whole]])
        checks.append(_doubted(check, "parts against the whole"))
    return checks


def _doubted(check: Check, reason: str) -> Check:
    """The check, with a miss that has another reason than an error made uncertain."""
    if check.verdict is not Verdict.FAIL:
        return check
    return replace(check, verdict=Verdict.UNCERTAIN, detail="; ".join(filter(None, (reason, check.detail))))


@dataclass(frozen=True, slots=True)
class _Side:
    """One side of a sum: what its numbers come to, how many they are, and the blank cells that may be anything.

    `shown` counts those that another sum has shown to be nothing; `is_unreadable` where a term is missing or says
    something else than a number.
    """

    total: float
    numbers: int
    left_out: Sequence[Cell]
    shown: int
    is_unreadable: bool

    @property
    def value(self) -> float | None:
        """The side's sum where every term of it is known and one of them printed."""
        return self.total if self.numbers and not self.left_out and not self.is_unreadable else None


@dataclass(slots=True)
class _Sums:
    """The sums of one table, and the blank cells that those checked so far have shown to be nothing."""

    nothing: set[tuple[str, str]] = field(default_factory=set)

    def check(self, name: str, left: Sequence[Cell | None], right: Sequence[Cell | None]) -> Check:
        """Whether the terms of both sides come to the same; None is a cell that the table does not have."""
        one, other = self._side(left), self._side(right)
        stated = one if one.value is not None else other
        parts = other if stated is one else one
        difference = parts.total - stated.total
        falls_short = bool(parts.left_out) and difference < -_TOLERANCE
        if stated.value is None or parts.is_unreadable or falls_short:
            return _not_assessable(name, one, other, len(left) + len(right))
        holds = abs(difference) < _TOLERANCE
        if holds:
            self.nothing.update((cell.row_key, cell.col_key) for cell in parts.left_out)
        verdict = Verdict.PASS if holds else Verdict.FAIL
        return Check(name, verdict, one.total, other.total, _read_blanks(one, other, parts, holds=holds))

    def _side(self, terms: Sequence[Cell | None]) -> _Side:
        cells = [cell for cell in terms if cell is not None]
        numbers = [cell.value for cell in cells if cell.value is not None]
        blank = [cell for cell in cells if cell.semantic in _LEFT_OUT]
        left_out = [cell for cell in blank if (cell.row_key, cell.col_key) not in self.nothing]
        return _Side(
            total=sum(numbers, 0.0),
            numbers=len(numbers),
            left_out=left_out,
            shown=len(blank) - len(left_out),
            is_unreadable=len(numbers) + len(blank) < len(terms),
        )


def _read_blanks(one: _Side, other: _Side, parts: _Side, *, holds: bool) -> str:
    """How the blank cells of a sum that is decided were read."""
    said = []
    if parts.left_out and holds:
        said.append(f"blank cells ({len(parts.left_out)}) can only be nothing: the others come to the total")
    elif parts.left_out:
        said.append(f"blank cells ({len(parts.left_out)}) cannot mend it: the others exceed the total")
    if shown := one.shown + other.shown:
        said.append(f"blank cells ({shown}) are nothing by another sum")
    return "; ".join(said)


def _not_assessable(name: str, one: _Side, other: _Side, terms: int) -> Check:
    detail = f"{terms - one.numbers - other.numbers} of {terms} cells state no number"
    if one.numbers and other.numbers:
        detail += f"; without them {one.total:g} against {other.total:g}"
    return Check(name, Verdict.NOT_ASSESSABLE, one.value, other.value, detail)
