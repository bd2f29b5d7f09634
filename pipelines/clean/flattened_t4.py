"""t4 rebuilt: its fifteen values in one row, under heads that may be broken, glued or set vertically."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipelines.clean.flattened_cells import Cells, GridMaker, Token, tokens
from pipelines.model import Grid
from pipelines.report_templates import compact, table_template

_COLUMNS = 15
_HEADS = re.compile("结果维持|结果纠正|其[他它]结果|尚未审结|[总合]计")
_GROUPS = ("行政复议", "直接起诉", "复议后起诉")
# Every head stands three times in the table; broken up, its characters still do.
_CHARACTERS = "维纠审总"


def rebuild_t4(lines: Sequence[Cells]) -> Grid | None:
    """The grid of t4, or None when the lines are not that table.

    Where the values are not fifteen (blank cells vanished) they become one cell over all columns.
    """
    stream = list(tokens(lines))
    first = next((place for place, token in enumerate(stream) if token.states), len(stream))
    heads = _heads("".join(compact(token.text) for token in stream[:first]))
    if heads is None:
        return None
    # Blank cells before the first number may be values too; those of the header rows stand before them.
    start = first
    while start and stream[start - 1].is_blank and stream[start - 1].is_marked:
        start -= 1
    values = _values(stream, start)
    if not values:
        return None
    maker = GridMaker(_COLUMNS)
    maker.spanned([("行政复议", 5), ("行政诉讼", 10)], header=True)
    maker.spanned([("行政复议", 5), ("未经复议直接起诉", 5), ("复议后起诉", 5)], header=True)
    maker.row(heads, header=True)
    if len(values) == _COLUMNS:
        maker.row(values)
    else:
        maker.spanned([(" ".join(filter(None, values)), _COLUMNS)])
    return maker.grid()


def _heads(header: str) -> list[str] | None:
    """The fifteen column heads in their order, or None where the words are not those of t4's header."""
    if "复议" not in header and "起诉" not in header:
        return None
    found: list[str] = _HEADS.findall(header)
    if len(found) == _COLUMNS and all(len(set(found[start : start + 5])) == 5 for start in (0, 5, 10)):
        return found
    if not all(group in header for group in _GROUPS[1:]):
        return None
    if any(header.count(character) != 3 for character in _CHARACTERS):
        return None
    return [label.text for label in table_template("t4").columns] * 3


def _values(stream: Sequence[Token], start: int) -> list[str]:
    """The run of values from `start` on; cells of the header's rowspans before it and of its padding behind are cut."""
    end = start
    while end < len(stream) and (stream[end].states or (stream[end].is_blank and stream[end].is_marked)):
        end += 1
    by_line: dict[int, list[str]] = {}
    for token in stream[start:end]:
        by_line.setdefault(token.line, []).append(token.text)
    whole = [row for row in by_line.values() if len(row) == _COLUMNS and any(row)]
    if len(whole) == 1:
        return whole[0]
    values = [token.text for token in stream[start:end]]
    surplus = len(values) - _COLUMNS
    # The third header row has ten cells of its own and five blank ones for the heads that reach down from the second.
    if surplus > 0 and surplus % 5 == 0 and not any(values[:surplus]):
        return values[surplus:]
    while len(values) > _COLUMNS and not values[-1]:
        values.pop()
    while len(values) > _COLUMNS and not values[0]:
        values.pop(0)
    return values
