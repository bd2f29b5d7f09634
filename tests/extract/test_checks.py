"""Identities: failing exactly where the source fails, silent where it does not say."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipelines.extract.checks import prose_checks, table_checks
from pipelines.extract.tables_values import cell_value
from pipelines.model import Cell, Check, Indicator, Semantic, Verdict
from tests.reportgen.reading import tables_of
from tests.reportgen.shapes import html_official
from tests.reportgen.truth import BLANKS, T3_COLUMNS, make_tables

REPORTS = Path(__file__).parents[3] / "shared" / "real" / "reports"


def cells_of(tables) -> list[Cell]:
    return [Cell(*key, "", *cell_value(raw), raw) for key, raw in tables.printed.items()]


def verdicts(tables) -> dict[str, Verdict]:
    return {check.identity: check.verdict for check in table_checks(cells_of(tables))}


@pytest.mark.parametrize("era", [2019, 2021])
def test_a_sound_report_passes_every_identity(era):
    for seed in range(5):
        found = verdicts(make_tables(seed, era))
        assert sum(name.startswith("t3_row") for name in found) == (23 if era == 2019 else 25)
        hard = {name: verdict for name, verdict in found.items() if not name.startswith("t2_")}
        assert set(hard.values()) == {Verdict.PASS}


@pytest.mark.parametrize(
    ("key", "failing"),
    [
        (("t3", "r3.3.1", "natural"), {"t3_row:r3.3.1", "t3_sum:natural"}),
        (("t3", "r1", "other"), {"t3_row:r1", "t3_column:other"}),
        (("t3", "r3.7", "total"), {"t3_row:r3.7", "t3_column:total", "t3_sum:total"}),
        (("t3", "r4", "total"), {"t3_row:r4", "t3_column:total"}),
        (("t4", "review", "total"), {"t4_row:review"}),
        (("t4", "direct", "maintain"), {"t4_row:direct"}),
    ],
)
def test_one_wrong_cell_fails_its_identities_and_no_other(key, failing):
    for era in (2019, 2021):
        tables = make_tables(1, era)
        wrong = (tables.values[key] or 0) + 7
        tables.put(key, wrong, str(wrong))
        assert {name for name, verdict in verdicts(tables).items() if verdict is Verdict.FAIL} == failing


def row_of(key: str, *printed: str, table: str = "t4") -> list[Cell]:
    columns = ("maintain", "correct", "other", "pending", "total") if table == "t4" else T3_COLUMNS
    return [Cell(table, key, column, "", *cell_value(raw), raw) for column, raw in zip(columns, printed, strict=True)]


def check_of(identity: str, *cells: Cell) -> Check:
    (check,) = [check for check in table_checks(cells) if check.identity == identity]
    return check


@pytest.mark.parametrize(
    "printed",
    [("6", "", "", "3", "9"), ("", "", "", "9", "9"), ("9", "/", "无", "—", "9"), ("", "", "", "", "0")],
)
def test_blank_parts_can_only_be_nothing_where_the_others_come_to_the_total(printed):
    check = check_of("t4_row:review", *row_of("review", *printed))
    assert check.verdict is Verdict.PASS
    assert check.left_value == check.right_value
    assert "can only be nothing" in check.detail


def test_an_identity_fails_whatever_is_blank_where_the_stated_parts_exceed_the_total():
    check = check_of("t4_row:review", *row_of("review", "6", "", "4", "", "9"))
    assert (check.verdict, check.left_value, check.right_value) == (Verdict.FAIL, 10, 9)
    assert "exceed" in check.detail


@pytest.mark.parametrize(
    "printed",
    [
        ("6", "", "", "", "9"),  # what is missing may stand in the blank cells
        ("6", "0", "0", "3", ""),  # the total itself is not stated
        ("", "", "", "", ""),
        ("", "", "", "", "/"),
        ("6", "0", "3", "见附件", "9"),  # words are no blank
        ("6", "0", "3", "1,2", "9"),
    ],
)
def test_an_identity_stays_open_where_blank_cells_may_be_anything(printed):
    check = check_of("t4_row:review", *row_of("review", *printed))
    assert check.verdict is Verdict.NOT_ASSESSABLE
    assert None in (check.left_value, check.right_value)
    assert "state no number" in check.detail


def test_a_cell_that_the_table_does_not_have_is_no_blank():
    cells = [cell for cell in row_of("review", "6", "0", "3", "0", "9") if cell.col_key != "pending"]
    assert check_of("t4_row:review", *cells).verdict is Verdict.NOT_ASSESSABLE


def test_blanks_on_both_sides_decide_nothing():
    cells = [
        *row_of("r1", "4", "", "", "", "", "", "", table="t3"),
        *row_of("r2", "", "", "", "", "", "", "", table="t3"),
        *row_of("r3.7", "4", "", "", "", "", "", "", table="t3"),
        *row_of("r4", "", "", "", "", "", "", "", table="t3"),
    ]
    assert check_of("t3_column:natural", *cells).verdict is Verdict.NOT_ASSESSABLE


def test_what_a_row_shows_to_be_nothing_counts_as_nothing_in_its_column():
    cells = [
        *row_of("r1", "4", "2", "", "", "", "", "6", table="t3"),
        *row_of("r2", "1", "", "", "", "", "", "1", table="t3"),
        *row_of("r3.7", "5", "2", "", "", "", "", "7", table="t3"),
        *row_of("r4", "", "", "", "", "", "", "0", table="t3"),
    ]
    business = check_of("t3_column:business", *cells)
    assert (business.verdict, business.left_value, business.right_value) == (Verdict.PASS, 2, 2)
    assert "by another sum" in business.detail
    research = check_of("t3_column:research", *cells)
    assert (research.verdict, research.left_value, research.right_value) == (Verdict.NOT_ASSESSABLE, None, None)


def test_a_row_that_falls_short_shows_nothing_for_its_column():
    cells = [
        *row_of("r1", "4", "2", "", "", "", "", "6", table="t3"),
        *row_of("r2", "1", "", "", "", "", "", "3", table="t3"),
        *row_of("r3.7", "5", "2", "", "", "", "", "7", table="t3"),
        *row_of("r4", "0", "", "0", "0", "0", "0", "2", table="t3"),
    ]
    assert check_of("t3_column:business", *cells).verdict is Verdict.NOT_ASSESSABLE


def test_nothing_blank_ever_fails():
    for seed in range(5):
        assert Verdict.FAIL not in verdicts(make_tables(seed, 2021, BLANKS)).values()


def test_a_subtotal_of_a_group_is_not_added_to_its_rows():
    tables = make_tables(2, 2021)
    for column in T3_COLUMNS:
        tables.put(("t3", "r3.3", column), 99, "99")
        tables.put(("t3", "r3.6", column), 99, "99")
    found = verdicts(tables)
    assert all(found[f"t3_sum:{column}"] is Verdict.PASS for column in T3_COLUMNS)


def test_rows_of_its_own_make_a_sum_that_misses_uncertain():
    tables = make_tables(2, 2021)
    tables.put(("t3", "r3.7", "natural"), 1, "1")
    tables.put(("t3", "unknown:9.其他", "natural"), 3, "3")
    assert verdicts(tables)["t3_sum:natural"] is Verdict.UNCERTAIN


def test_a_table_cut_short_has_no_sum_to_check():
    tables = make_tables(2, 2021)
    for key in [key for key in tables.printed if key[1].startswith("r3.5")]:
        del tables.printed[key]
    assert not any(name.startswith("t3_sum") for name in verdicts(tables))


def test_more_newly_public_than_public_in_all_is_uncertain():
    cells = [
        Cell("t2", "regulations", column, "", Semantic.NUMBER, value, "")
        for column, value in (("new_public", 9), ("public_total", 4))
    ]
    assert [check.verdict for check in table_checks(cells)] == [Verdict.UNCERTAIN]


def indicator(value: float, *, approx: bool = False, source: str = "prose") -> Indicator:
    return Indicator(
        "applications_received", value, Semantic.NUMBER, f"{value:g}件", "", 0, 0, "", approx=approx, source=source
    )


@pytest.mark.parametrize(
    ("prose", "verdict"),
    [(indicator(21), Verdict.PASS), (indicator(22), Verdict.FAIL), (indicator(20, approx=True), Verdict.UNCERTAIN)],
)
def test_the_prose_is_held_against_the_table(prose, verdict):
    (check,) = prose_checks([prose], [indicator(21, source="table")])
    assert (check.verdict, check.left_value, check.right_value) == (verdict, prose.value, 21)


def test_what_only_one_side_says_is_not_checked():
    assert prose_checks([indicator(21)], []) == []
    assert prose_checks([], [indicator(21)]) == []


@pytest.mark.skipif(not REPORTS.is_dir(), reason="the labelled reports are not there")
@pytest.mark.parametrize("name", ["shuyang_fgj_2023", "testcity_2025"])
def test_checks_fail_exactly_where_the_source_itself_does(name):
    gold = json.loads((REPORTS / f"{name}.gold.json").read_text("utf-8"))
    checks = tables_of((REPORTS / gold["file"]).read_text("utf-8")).checks
    kinds = {"T3-row": "t3_row", "T3-col": "t3_column", "T3-sum": "t3_sum", "T4-sum": "t4_row"}
    for kind, prefix in kinds.items():
        got = [check.verdict for check in checks if check.identity.startswith(prefix + ":")]
        want = gold["identity_checks"][kind]
        assert got.count(Verdict.FAIL) == len(want["fail"])
        # Strictly: with every term printed; leniently: with every blank cell counted as nothing.
        assert want["pass"] <= got.count(Verdict.PASS) <= want["lenient_pass"]


def test_a_check_repairs_nothing():
    tables = make_tables(3, 2021)
    tables.put(("t4", "review", "total"), 0, "0")
    read = tables_of(html_official(tables))
    assert [
        cell.value for cell in read.cells if (cell.table_key, cell.row_key, cell.col_key) == ("t4", "review", "total")
    ] == [0]
