"""The arithmetic a report's tables ought to satisfy, each identity with both sides; nothing is repaired by a check.

Verdicts: `pass` and `fail` only where every term is a stated number. A blank or a mark (`/`, 无) among the terms makes an
identity `not_assessable`, and the detail says what it comes to with these counted as nothing. `uncertain` is for a
side that was rounded, for rows that nobody knows, and for identities that are custom rather than rule.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from pipelines.model import Cell, Check, Indicator, Verdict
from pipelines.report_templates import table_template

# Row → column → what the cell states.
_Rows = Mapping[str, Mapping[str, float | None]]
_APPLICANTS = ("natural", "business", "research", "public_welfare", "legal", "other")
_OUTCOMES = ("maintain", "correct", "other", "pending")
_GROUPS = frozenset({"r3", "r3.3", "r3.4", "r3.5"})
_TOLERANCE = 1e-6

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
    tables: dict[str, dict[str, dict[str, float | None]]] = {}
    for cell in cells:
        tables.setdefault(cell.table_key, {}).setdefault(cell.row_key, {})[cell.col_key] = cell.value
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
            new, public = values["new_public"], values["public_total"]
            checks.append(_at_most(f"t2_public:{row}", new, public, "newly public against public in all"))
        if "change" in values and "prev" in values:
            less = None if values["change"] is None else -values["change"]
            checks.append(_at_most(f"t2_change:{row}", less, values["prev"], "the decrease against last year's number"))
    return checks


def _at_most(name: str, left: float | None, right: float | None, detail: str) -> Check:
    if left is None or right is None:
        return Check(name, Verdict.NOT_ASSESSABLE, left, right, f"{detail}: a cell states no number")
    return Check(name, Verdict.PASS if left <= right + _TOLERANCE else Verdict.UNCERTAIN, left, right, detail)


def _t3_checks(rows: _Rows, columns: Iterable[str]) -> list[Check]:
    """Applicants add up to the total; new and carried over to handled and carried on; outcomes to all handled."""
    checks = [
        _sum(f"t3_row:{row}", [values.get(column) for column in _APPLICANTS], [values["total"]])
        for row, values in rows.items()
        if "total" in values and not values.keys().isdisjoint(_APPLICANTS)
    ]
    outcomes = _outcome_rows(rows)
    has_unknown = any(row.startswith("unknown:") for row in rows)
    new, carried_in, handled, carried_out = (rows.get(row, {}) for row in ("r1", "r2", "r3.7", "r4"))
    for column in columns:
        if ("r1" in rows or "r4" in rows) and len(rows) > 1:
            received = [new.get(column), carried_in.get(column)]
            checks.append(_sum(f"t3_column:{column}", received, [handled.get(column), carried_out.get(column)]))
        if outcomes and "r3.7" in rows:
            check = _sum(f"t3_sum:{column}", [rows[row].get(column) for row in outcomes], [handled.get(column)])
            if check.verdict is Verdict.FAIL and has_unknown:
                check = Check(
                    check.identity,
                    Verdict.UNCERTAIN,
                    check.left_value,
                    check.right_value,
                    "the table has rows of its own",
                )
            checks.append(check)
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
        _sum(f"t4_row:{row}", [values.get(column) for column in _OUTCOMES], [values.get("total")])
        for row, values in rows.items()
    ]


def _statistics_checks(rows: _Rows) -> list[Check]:
    """The parts of the table of 2014, where at least two of them are rows of it; custom, so a miss is uncertain."""
    counts = {row: values["count"] for row, values in rows.items() if "count" in values}
    checks = []
    for whole, names in _STATISTICS_SUMS:
        parts = [counts[name] for name in names if name in counts]
        if whole not in counts or len(parts) < 2:
            continue
        check = _sum(f"stats_sum:{whole}", parts, [counts[whole]])
        if check.verdict is Verdict.FAIL:
            check = Check(
                check.identity, Verdict.UNCERTAIN, check.left_value, check.right_value, "parts against the whole"
            )
        checks.append(check)
    return checks


def _sum(name: str, left: Sequence[float | None], right: Sequence[float | None]) -> Check:
    """Whether the terms of both sides come to the same; not assessable where one of them states no number."""
    known_left = [value for value in left if value is not None]
    known_right = [value for value in right if value is not None]
    total_left, total_right = sum(known_left), sum(known_right)
    missing = len(left) + len(right) - len(known_left) - len(known_right)
    if missing:
        detail = f"{missing} of {len(left) + len(right)} cells state no number"
        if known_left and known_right:
            detail += f"; without them {total_left:g} against {total_right:g}"
        whole_left = total_left if len(known_left) == len(left) else None
        whole_right = total_right if len(known_right) == len(right) else None
        return Check(name, Verdict.NOT_ASSESSABLE, whole_left, whole_right, detail)
    verdict = Verdict.PASS if abs(total_left - total_right) < _TOLERANCE else Verdict.FAIL
    return Check(name, verdict, total_left, total_right)
