"""The codes that standard tables state as prose would, with the table's row as their sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from pipelines.extract.text_forms import HALF_WIDTH, Folding
from pipelines.model import Cell, Indicator, Semantic

# (code, unit, the cells that add up to it); the 2014 form states the same codes one a row.
_TABLE_CODES: tuple[tuple[str, str, tuple[tuple[str, str, str], ...]], ...] = (
    ("applications_received", "件", (("t3", "r1", "total"),)),
    ("answered_disclosed", "件", (("t3", "r3.1", "total"),)),
    ("answered_partly_disclosed", "件", (("t3", "r3.2", "total"),)),
    ("reconsiderations_total", "件", (("t4", "review", "total"),)),
    ("lawsuits_total", "件", (("t4", "direct", "total"), ("t4", "post_review", "total"))),
    *(
        (code, unit, (("stats2014", code, "count"),))
        for code, unit in (
            ("proactive_total", "条"),
            ("proactive_gazette", "条"),
            ("proactive_website", "条"),
            ("proactive_weibo", "条"),
            ("proactive_wechat", "条"),
            ("proactive_other_channels", "条"),
            ("normative_documents_disclosed", "条"),
            ("applications_received", "件"),
            ("applications_completed", "件"),
            ("answered_already_public", "件"),
            ("answered_disclosed", "件"),
            ("answered_partly_disclosed", "件"),
            ("answered_refused", "件"),
            ("reconsiderations_total", "件"),
            ("lawsuits_total", "件"),
            ("complaints_total", "件"),
        )
    ),
)

_COLUMNS = frozenset(column for _, _, keys in _TABLE_CODES for _, _, column in keys)


def table_indicators(cells: Sequence[Cell], body: str) -> list[Indicator]:
    """The indicators the standard tables state, with the table's row as their sentence; none where a cell is blank."""
    by_key = {(cell.table_key, cell.row_key, cell.col_key): cell for cell in cells if cell.col_key in _COLUMNS}
    if not by_key:
        return []
    folded = _fold(body)
    found: dict[str, Indicator] = {}
    for code, unit, keys in _TABLE_CODES:
        parts = [by_key[key] for key in keys if key in by_key]
        if code in found or len(parts) < len(keys) or any(part.value is None for part in parts):
            continue
        value = sum(part.value or 0 for part in parts)
        start, end = _row_place(parts[0], body, folded)
        found[code] = Indicator(
            code=code,
            value=value,
            semantic=Semantic.ZERO if value == 0 else Semantic.NUMBER,
            raw=" + ".join(part.raw for part in parts),
            sentence=body[start:end],
            start=start,
            end=end,
            rule="+".join(".".join(key) for key in keys),
            value_low=value,
            value_high=value,
            unit=unit,
            source="table",
        )
    return list(found.values())


def _row_place(cell: Cell, body: str, folded: str) -> tuple[int, int]:
    """Where the cell's row stands in the body; table t4 has its numbers in the last row, under its labels.

    `folded` is the body with half-width signs.
    """
    if cell.table_key == "t4":
        return _numbers_under("尚未审结", body)
    for match in _spaced(cell.label[-_LABEL_END:]).finditer(folded):
        line_start, line_end = _line(match.start(), body)
        if "\t" in body[line_start:line_end]:
            return line_start, line_end
    return 0, 0


_fold = Folding(HALF_WIDTH)
_LABEL_END = 24
_NUMBERS = re.compile(r"[\d\t/\-— ]*\d[\d\t/\-— ]*")


@lru_cache(maxsize=512)
def _spaced(label: str) -> re.Pattern[str]:
    """A compact label as it may be printed, with blanks between its characters."""
    return re.compile(r"\s{0,4}".join(map(re.escape, label)))


def _line(place: int, body: str) -> tuple[int, int]:
    end = body.find("\n", place)
    return body.rfind("\n", 0, place) + 1, len(body) if end < 0 else end


def _numbers_under(label: str, body: str) -> tuple[int, int]:
    """The first line of nothing but numbers under a line of a table with the label in it."""
    place = max(body.find(label), 0)
    while place < len(body):
        start, end = _line(place, body)
        if "\t" in body[start:end] and _NUMBERS.fullmatch(body, start, end):
            return start, end
        place = end + 1
    return 0, 0
