"""Which value stands under which head: by position where every head has its own, else by order, else nobody knows."""

import pytest

from pipelines.extract.tables_rows import assign, rows_of
from pipelines.model import Grid, GridCell

HEADS = [("made", GridCell(0, 1, "本年制发件数")), ("repealed", GridCell(0, 2, "本年废止件数"))]


def placed(*values: GridCell) -> dict[str, str] | None:
    found = assign(values, HEADS)
    return None if found is None else {key: cell.text for key, cell in found}


def test_a_value_under_each_head_is_its_own():
    assert placed(GridCell(1, 1, "5"), GridCell(1, 2, "0")) == {"made": "5", "repealed": "0"}


def test_blank_cells_beside_the_heads_do_no_harm():
    assert placed(GridCell(1, 1, "5"), GridCell(1, 2, "0"), GridCell(1, 3, " ")) == {"made": "5", "repealed": "0"}


def test_heads_shifted_by_a_wrong_span_are_read_by_order():
    assert placed(GridCell(1, 2, "5"), GridCell(1, 3, "0")) == {"made": "5", "repealed": "0"}


def test_values_that_lie_over_each_other_are_read_by_order():
    assert placed(GridCell(1, 1, "5", 1, 2), GridCell(1, 2, "0")) == {"made": "5", "repealed": "0"}


@pytest.mark.parametrize(
    "values",
    [
        (GridCell(1, 1, "5", 1, 2),),
        (GridCell(1, 1, "5"), GridCell(1, 2, "0"), GridCell(1, 3, "7")),
        (GridCell(1, 1, "5"),),
        (),
    ],
    ids=["one over both heads", "one too many", "one too few", "none"],
)
def test_values_that_do_not_tell_their_heads_are_not_assigned(values: tuple[GridCell, ...]):
    assert placed(*values) is None


def test_a_row_knows_what_its_own_cells_say():
    grid = Grid(
        2,
        4,
        [
            GridCell(0, 0, "规章", 2, 1),
            GridCell(0, 1, "本年制发件数"),
            GridCell(0, 2, " "),
            GridCell(0, 3, "不适用"),
            GridCell(1, 1, "5"),
        ],
    )
    first, second = rows_of(grid)
    assert [cell.text for cell in first.stated] == ["规章", "本年制发件数", "不适用"]
    assert [cell.text for cell in first.values] == ["不适用"]
    assert [cell.text for cell in first.worded] == ["规章", "本年制发件数", "不适用"]
    assert [cell.text for cell in second.cells] == ["规章", "5"]
    assert [cell.text for cell in second.own] == [cell.text for cell in second.values] == ["5"]


def test_a_cell_that_reaches_below_the_grid_or_stands_there_is_no_fault():
    grid = Grid(1, 2, [GridCell(0, 0, "规章", 9, 1), GridCell(3, 1, "5")])
    assert [[cell.text for cell in row.cells] for row in rows_of(grid)] == [["规章"]]


def test_a_grid_too_large_for_a_report_has_no_rows():
    assert rows_of(Grid(100_000, 3, [])) == []
