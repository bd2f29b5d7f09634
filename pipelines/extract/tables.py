"""The standard tables of 2019–2020 and of 2021 onward, read by the labels of their rows and columns, never by position."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipelines.model import Block, Cell, Check, Finding, Indicator, Section, Semantic, Verdict

_T2_ROWS = (
    ("normative_docs", re.compile(r"^(?:行政)?规范性文件")),
    ("regulations", re.compile(r"^规章")),
    ("licensing", re.compile(r"^行政许可")),
    ("other_services", re.compile(r"^其他对外管理服务事项")),
    ("punishment", re.compile(r"^行政处罚")),
    ("coercion", re.compile(r"^行政强制")),
    ("fees", re.compile(r"^行政事业性收费")),
    ("procurement", re.compile(r"^政府集中采购")),
)
_T2_COLUMNS = (
    ("made", re.compile(r"制[发作](?:件)?数|本年新制作|本年(?:度)?制[发作]")),
    ("new_public", re.compile(r"本年新公开")),
    ("public_total", re.compile(r"对外公开总")),
    ("repealed", re.compile(r"废止")),
    ("valid", re.compile(r"现行有效")),
    ("prev", re.compile(r"上一年项目")),
    ("change", re.compile(r"本年增/?减")),
    ("processed", re.compile(r"处理决定")),
    ("amount", re.compile(r"收费金额|总金额")),
    ("count", re.compile(r"采购项目|项目数量")),
)
_T3_COLUMNS = (
    ("natural", re.compile(r"^自然人")),
    ("business", re.compile(r"^商业企业")),
    ("research", re.compile(r"^科研机构")),
    ("public_welfare", re.compile(r"^社会公益")),
    ("legal", re.compile(r"^法律服务")),
    ("other", re.compile(r"^其他")),
    ("total", re.compile(r"^总计")),
)
_T3_ROWS = (
    ("r1", re.compile(r"^一、.*新收")),
    ("r2", re.compile(r"^二、.*结转")),
    ("r3.1", re.compile(r"^[(（]一[)）]予以公开")),
    ("r3.2", re.compile(r"^[(（]二[)）]部分公开")),
    ("r3.3.1", re.compile(r"^1[.．、]属于国家秘密")),
    ("r3.3.2", re.compile(r"^2[.．、]其他法律")),
    ("r3.3.3", re.compile(r"^3[.．、]危及")),
    ("r3.3.4", re.compile(r"^4[.．、]保护第三方")),
    ("r3.3.5", re.compile(r"^5[.．、]属于三类")),
    ("r3.3.6", re.compile(r"^6[.．、]属于四类")),
    ("r3.3.7", re.compile(r"^7[.．、]属于行政执法")),
    ("r3.3.8", re.compile(r"^8[.．、]属于行政查询")),
    ("r3.4.1", re.compile(r"^1[.．、]本机关不掌握")),
    ("r3.4.2", re.compile(r"^2[.．、]没有现成")),
    ("r3.4.3", re.compile(r"^3[.．、]补正后")),
    ("r3.5.1", re.compile(r"^1[.．、]信访")),
    ("r3.5.2", re.compile(r"^2[.．、]重复申请")),
    ("r3.5.3", re.compile(r"^3[.．、]要求提供公开出版")),
    ("r3.5.4", re.compile(r"^4[.．、]无正当理由大量")),
    ("r3.5.5", re.compile(r"^5[.．、]要求行政机关确认")),
    ("r3.6.1", re.compile(r"^1[.．、]申请人无正当理由")),
    ("r3.6.2", re.compile(r"^2[.．、]申请人逾期")),
    ("r3.6.3", re.compile(r"^3[.．、]其他")),
    ("r3.6", re.compile(r"^[(（]六[)）]其他处理")),
    ("r3.7", re.compile(r"^[(（]七[)）]总计")),
    ("r4", re.compile(r"^四、.*结转")),
)
_T3_GROUP = re.compile(r"^三、|^[(（][三四五][)）]")
_T4_COLUMNS = (
    ("maintain", re.compile(r"^结果维持")),
    ("correct", re.compile(r"^结果纠正")),
    ("other", re.compile(r"^其他结果")),
    ("pending", re.compile(r"^尚未审结")),
    ("total", re.compile(r"^总计")),
)
_T4_ROWS = (
    ("direct", re.compile(r"未经复议直接起诉")),
    ("post_review", re.compile(r"复议后起诉")),
    ("review", re.compile(r"^行政复议")),
)
_NUMBER = re.compile(r"^([+\-−–]?)\s*(\d[\d,，]*(?:\.\d+)?)\s*(万)?\s*(?:元|件|条|项|个|宗)?$")
_SIGNED = re.compile(r"^(增加?|减少?)\s*(\d[\d,，]*)$")
_ABSENT = frozenset({"/", "-", "—", "--", "——", "不适用", "不涉及"})


@dataclass(slots=True)
class TableReading:
    """The cells of the standard tables, the identities checked on them, and labels that nobody knows."""

    cells: list[Cell]
    checks: list[Check]
    findings: list[Finding]


def read_tables(blocks: Sequence[Block]) -> TableReading:
    """Cells of every standard table among the blocks; other tables are left alone."""
    reading = TableReading([], [], [])
    for block in blocks:
        if block.grid is None:
            continue
        rows = [[re.sub(r"\s+", "", text) for text in row] for row in block.grid.rows(repeat_spans=True)]
        flat = "".join("".join(row) for row in rows)
        if "自然人" in flat and "科研机构" in flat:
            _read_t3(rows, reading)
        elif "结果维持" in flat and "尚未审结" in flat:
            _read_t4(rows, reading)
        elif "第二十条" in flat or ("信息内容" in flat and "行政许可" in flat):
            _read_t2(rows, reading)
    reading.checks.extend(_checks(reading.cells))
    return reading


# The codes that a table's cells state as prose would: (code, unit, the cells that add up to it).
_TABLE_CODES: tuple[tuple[str, str, tuple[tuple[str, str, str], ...]], ...] = (
    ("applications_received", "件", (("t3", "r1", "total"),)),
    ("answered_disclosed", "件", (("t3", "r3.1", "total"),)),
    ("answered_partly_disclosed", "件", (("t3", "r3.2", "total"),)),
    ("reconsiderations_total", "件", (("t4", "review", "total"),)),
    ("lawsuits_total", "件", (("t4", "direct", "total"), ("t4", "post_review", "total"))),
)


def table_indicators(cells: Sequence[Cell], body: str) -> list[Indicator]:
    """The indicators the standard tables state, with the table's row as their sentence; none where a cell is blank."""
    by_key = {(cell.table_key, cell.row_key, cell.col_key): cell for cell in cells}
    found: list[Indicator] = []
    for code, unit, keys in _TABLE_CODES:
        parts = [by_key[key] for key in keys if key in by_key]
        if len(parts) < len(keys) or any(part.value is None for part in parts):
            continue
        value = sum(part.value or 0 for part in parts)
        start, end = _row_place(parts[0], body)
        found.append(
            Indicator(
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
        )
    return found


def _row_place(cell: Cell, body: str) -> tuple[int, int]:
    """Where the cell's row stands in the body; table t4 has its numbers in the last row, under its labels."""
    label = cell.label.split(" ")[-1]
    start = 0
    while (start := body.find(label, start)) >= 0:
        line_start, line_end = body.rfind("\n", 0, start) + 1, body.find("\n", start)
        line_end = len(body) if line_end < 0 else line_end
        if "\t" in body[line_start:line_end]:
            if cell.table_key != "t4":
                return line_start, line_end
            while line_end < len(body) and not re.match(r"[\d\t]+$", body[line_start:line_end]):
                line_start, following = line_end + 1, body.find("\n", line_end + 1)
                line_end = len(body) if following < 0 else following
            return line_start, line_end
        start += 1
    return 0, 0


def cell_value(raw: str) -> tuple[Semantic, float | None]:
    """What a cell states: blank, not applicable, nought, a number, or words."""
    text = raw.strip()
    if not text:
        return Semantic.EMPTY, None
    if text in _ABSENT or text == "无":
        return Semantic.NOT_APPLICABLE, None
    if match := _NUMBER.match(text):
        value = float(re.sub(r"[,，]", "", match[2])) * (10_000 if match[3] else 1)
        value = -value if match[1] in ("-", "−", "–") else value
        return (Semantic.ZERO if value == 0 else Semantic.NUMBER), value
    if match := _SIGNED.match(text):
        value = float(re.sub(r"[,，]", "", match[2]))
        return Semantic.NUMBER, -value if match[1].startswith("减") else value
    return Semantic.TEXT, None


def _cell(table: str, row: str, column: str, label: str, raw: str) -> Cell:
    semantic, value = cell_value(raw)
    return Cell(table, row, column, label, semantic, value, raw)


def _key(text: str, table: Sequence[tuple[str, re.Pattern[str]]]) -> str | None:
    return next((key for key, pattern in table if pattern.search(text)), None)


def _read_t2(rows: Sequence[Sequence[str]], reading: TableReading) -> None:
    columns: list[str | None] = []
    for row in rows:
        label = row[0]
        if label == "信息内容":
            columns = [_key(text, _T2_COLUMNS) for text in row]
            continue
        if "第二十条" in label or not columns or not label:
            continue
        key = _key(label, _T2_ROWS)
        if key is None:
            reading.findings.append(Finding("extract", "unknown_row", f"table t2 has a row {label[:40]!r}"))
            key = f"unknown:{label[:40]}"
        # A caption or header cell reaching over the row repeats its text: one value a column key.
        seen: set[str] = set()
        for column, raw in zip(columns[1:], row[1:], strict=False):
            if column and column not in seen:
                seen.add(column)
                reading.cells.append(_cell("t2", key, column, label, raw))


def _read_t3(rows: Sequence[Sequence[str]], reading: TableReading) -> None:
    columns: dict[int, str] = {}
    for row in rows:
        if not columns:
            if any(text.startswith("科研机构") for text in row):
                columns = {place: key for place, text in enumerate(row) if (key := _key(text, _T3_COLUMNS))}
            continue
        first_value = min(columns)
        labels = [text for text in row[:first_value] if text]
        key = next((found for label in reversed(labels) if (found := _key(label, _T3_ROWS))), None)
        if key is None:
            label = labels[-1] if labels else ""
            if label and not _T3_GROUP.match(label):
                reading.findings.append(Finding("extract", "unknown_row", f"table t3 has a row {label[:40]!r}"))
            continue
        for place, column in columns.items():
            if place < len(row):
                reading.cells.append(_cell("t3", key, column, labels[-1], row[place]))


def _read_t4(rows: Sequence[Sequence[str]], reading: TableReading) -> None:
    """Three header rows at most (groups reach over two of them), then the one row of numbers."""
    last_label = max(
        (place for place, row in enumerate(rows) if any(_key(text, _T4_COLUMNS) for text in row)), default=None
    )
    if last_label is None or last_label + 1 >= len(rows):
        return
    header, values = rows[: last_label + 1], rows[last_label + 1]
    for column, raw in enumerate(values):
        labels = [row[column] for row in header if column < len(row)]
        key = _key(labels[-1], _T4_COLUMNS) if labels else None
        group = next((row for text in reversed(labels) if (row := _key(text, _T4_ROWS))), None)
        if key and group:
            label = " ".join(dict.fromkeys(labels))
            reading.cells.append(_cell("t4", group, key, label, raw))


def _checks(cells: Sequence[Cell]) -> list[Check]:
    """The printed identities of tables t3 and t4 (DOMAIN 1.6), each with both sides."""
    values = {(cell.table_key, cell.row_key, cell.col_key): cell.value for cell in cells}
    checks: list[Check] = []
    parts = ("natural", "business", "research", "public_welfare", "legal", "other")
    for row in dict.fromkeys(cell.row_key for cell in cells if cell.table_key == "t3"):
        left = [values.get(("t3", row, column)) for column in parts]
        checks.append(_identity(f"t3_row:{row}", left, values.get(("t3", row, "total"))))
    for column in dict.fromkeys(cell.col_key for cell in cells if cell.table_key == "t3"):
        received = [values.get(("t3", row, column)) for row in ("r1", "r2")]
        handled = [values.get(("t3", row, column)) for row in ("r3.7", "r4")]
        whole = None if None in handled else sum(value for value in handled if value is not None)
        checks.append(_identity(f"t3_column:{column}", received, whole))
        outcomes = [
            value
            for (table, row, col), value in values.items()
            if table == "t3" and col == column and row.startswith("r3.") and row != "r3.7"
        ]
        checks.append(_identity(f"t3_sum:{column}", outcomes, values.get(("t3", "r3.7", column))))
    for row in dict.fromkeys(cell.row_key for cell in cells if cell.table_key == "t4"):
        left = [values.get(("t4", row, column)) for column in ("maintain", "correct", "other", "pending")]
        checks.append(_identity(f"t4_row:{row}", left, values.get(("t4", row, "total"))))
    return checks


def prose_checks(prose: Sequence[Indicator], tables: Sequence[Indicator]) -> list[Check]:
    """What the prose says against what the tables say, code by code where both say something."""
    stated = {item.code: item.value for item in tables}
    return [
        Check(
            f"prose_table:{item.code}",
            Verdict.PASS if item.value == stated[item.code] else Verdict.UNCERTAIN if item.approx else Verdict.FAIL,
            item.value,
            stated[item.code],
            "the prose against the table",
        )
        for item in prose
        if not item.label and item.code in stated
    ]


def _identity(name: str, left: Sequence[float | None], right: float | None) -> Check:
    known = [value for value in left if value is not None]
    if right is None or len(known) < len(left) or not left:
        return Check(name, Verdict.NOT_ASSESSABLE, sum(known) if known else None, right, "a cell is blank")
    total = sum(known)
    return Check(name, Verdict.PASS if total == right else Verdict.FAIL, total, right)


_TABLE_SECTIONS = frozenset({"proactive", "applications", "reviews"})


def tables_missing(year: int | None, sections: Sequence[Section], cells: Sequence[Cell]) -> bool:
    """Whether a report of the standard form (2019 on) has the sections of the tables, but nothing under them."""
    if year is None or year < 2019 or cells:
        return False
    bare = [section for section in sections if section.level == 1 and section.kind in _TABLE_SECTIONS]
    return len(bare) >= 3 and all(len(section.text) < len(section.heading) + 40 for section in bare)
