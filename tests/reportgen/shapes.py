"""The shapes in which the tables come: HTML as it should be and as it is, and every way of flattening them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from html import escape

from tests.reportgen.grids import CORNER, WIDTHS, Span, all_rows, t2_rows, t3_rows, t4_rows
from tests.reportgen.truth import T3_COLUMNS, T4_COLUMNS, T4_ROWS, Tables

HEADINGS = {
    "t2": "二、主动公开政府信息情况",
    "t3": "三、收到和处理政府信息公开申请情况",
    "t4": "四、政府信息公开行政复议、行政诉讼情况",
}
OPENING = "根据《中华人民共和国政府信息公开条例》，现公布本年度报告。报告所列数据的统计期限为1月1日至12月31日。"
CLOSING = (
    "五、存在的主要问题及改进情况",
    "一年来工作有所进展，但公开的深度仍然不够，今后将继续改进。",
    "六、其他需要报告的事项",
    "无其他需要报告的事项。",
)

Rows = Sequence[Sequence[Span]]


def _page(tables: Tables, lines_of: Callable[[str, Rows], list[str]]) -> str:
    lines = ["一、总体情况", OPENING]
    for name, rows in all_rows(tables).items():
        lines += [HEADINGS[name], *lines_of(name, rows)]
    return "\n".join([*lines, *CLOSING])


# ---- markup ----


def _html(tables: Tables, table_of: Callable[[str, Rows], str]) -> str:
    parts = [f"<p>一、总体情况</p><p>{OPENING}</p>"]
    for name, rows in all_rows(tables).items():
        parts.append(f"<p>{HEADINGS[name]}</p>{table_of(name, rows)}")
    parts += [f"<p>{line}</p>" for line in CLOSING]
    return f"<html><body><div id='zoom'>{''.join(parts)}</div></body></html>"


def _tr(cells: Sequence[Span]) -> str:
    return "<tr>" + "".join(
        f"<td colspan={cell.columns} rowspan={cell.rows}>{escape(cell.text)}</td>" for cell in cells
    ) + "</tr>"  # fmt: skip


def html_official(tables: Tables) -> str:
    return _html(tables, lambda _name, rows: f"<table>{''.join(map(_tr, rows))}</table>")


def html_broken_labels(tables: Tables) -> str:
    """Labels cut over paragraphs and spans inside a cell, as Word pastes them."""

    def cell(span: Span) -> str:
        text = escape(span.text)
        half = len(text) // 2
        inner = f"<p><span>{text[:half]}</span></p><p><font>{text[half:]}</font></p>" if "&" not in text else text
        return f"<td colspan={span.columns} rowspan={span.rows}>{inner}&nbsp;</td>"

    return _html(
        tables,
        lambda _name, rows: "<table>" + "".join(f"<tr>{''.join(map(cell, row))}</tr>" for row in rows) + "</table>",
    )


def html_empty_cells_for_rowspans(tables: Tables) -> str:
    """Heads without rowspan, blank cells below them instead."""

    def table(_name: str, rows: Rows) -> str:
        out = []
        waiting: dict[int, list[tuple[int, int]]] = {}
        for place, row in enumerate(rows):
            cells, column = [], 0
            covered = dict(waiting.get(place, []))
            for span in row:
                while column in covered:
                    cells.append(Span("", covered[column]))
                    column += covered[column]
                cells.append(Span(span.text, span.columns, 1 if place < 3 else span.rows))
                if place < 3:
                    for below in range(1, span.rows):
                        waiting.setdefault(place + below, []).append((column, span.columns))
                column += span.columns
            while column in covered:
                cells.append(Span("", covered[column]))
                column += covered[column]
            out.append(_tr(cells))
        return f"<table>{''.join(out)}</table>"

    return _html(tables, table)


def html_shifted_heads(tables: Tables) -> str:
    """The corner of t3 reaches over two columns where the labels have three: heads stand one place to the left."""

    def table(name: str, rows: Rows) -> str:
        if name == "t3":
            rows = [[Span(CORNER, 2, 3), *rows[0][1:]], *rows[1:]]
        return f"<table>{''.join(map(_tr, rows))}</table>"

    return _html(tables, table)


def html_cut_in_two(tables: Tables) -> str:
    """t3 cut by a page break: the second table has no header, and blank cells for the labels that reach down."""

    def table(name: str, rows: Rows) -> str:
        if name != "t3":
            return f"<table>{''.join(map(_tr, rows))}</table>"
        rows = [[Span(cell.text, cell.columns, cell.rows if cell.rows < 10 else 12) for cell in row] for row in rows]
        upper, lower = rows[:17], rows[17:]
        full = []
        for row in lower:
            missing = 10 - sum(cell.columns for cell in row)
            full.append([*([Span("", missing)] if missing and row is lower[0] else []), *row])
        return f"<table>{''.join(map(_tr, upper))}</table><table>{''.join(map(_tr, _padded(full)))}</table>"

    return _html(tables, table)


def _padded(rows: list[list[Span]]) -> list[list[Span]]:
    return [[*([Span("", missing)] if (missing := 10 - sum(c.columns for c in row)) > 0 else []), *row] for row in rows]


def html_everything_in_one_table(tables: Tables) -> str:
    rows = [row for name in ("t2", "t3", "t4") for row in [[Span(HEADINGS[name], 15)], *all_rows(tables)[name]]]
    body = "".join(map(_tr, rows))
    closing = "".join(f"<p>{line}</p>" for line in CLOSING)
    return f"<html><body><div id='zoom'><p>{OPENING}</p><table>{body}</table>{closing}</div></body></html>"


# ---- flattened, with pipes ----


def pipe_rows(tables: Tables) -> str:
    """Shape 1: one row a line, cells parted by pipes, blank cells kept."""
    return _page(tables, lambda _name, rows: [_pipes(row) for row in rows])


def _pipes(row: Sequence[Span]) -> str:
    return " | ".join(cell.text for cell in row) + " |"


def pipe_rows_padded(tables: Tables) -> str:
    """Shape 2: as 1, the columns that a cell spans as blank cells at the row's end (`第二十条第（一）项 | |||`)."""
    return _page(tables, lambda name, rows: [_pipes(row) + _row_end(name, row) for row in rows])


def _row_end(name: str, row: Sequence[Span]) -> str:
    missing = WIDTHS[name] - len(row)
    return " " + "|" * missing if missing > 0 else ""


def pipe_rows_with_groups(tables: Tables) -> str:
    """Shape 7: every row of t3 repeats the labels above it."""

    def lines(name: str, rows: Rows) -> list[str]:
        if name != "t3":
            return [_pipes(row) for row in rows]
        out = [_pipes(row) for row in rows[:3]]
        for (key, group, label), _row in zip(tables.t3, rows[3:], strict=True):
            labels = ["三、本年度办理结果", group, label] if key.startswith("r3.") else [label]
            out.append(_pipes([Span(text) for text in [*filter(None, labels), *tables.row("t3", key, T3_COLUMNS)]]))
        return out

    return _page(tables, lines)


def markdown(tables: Tables) -> str:
    """Rows between pipes, a rule under each table's first row."""

    def lines(_name: str, rows: Rows) -> list[str]:
        out = ["| " + " | ".join(cell.text for cell in row) + " |" for row in rows]
        return [out[0], "|" + "---|" * len(rows[0]), *out[1:]]

    return _page(tables, lines)


def tab_rows(tables: Tables) -> str:
    """One row a line, cells parted by tabs (copied from a browser)."""
    return _page(tables, lambda _name, rows: ["\t".join(cell.text for cell in row) for row in rows])


def pipe_cell_a_line(tables: Tables) -> str:
    """Shape 3: one cell a line, each ending in a pipe; a blank cell is a lone pipe, a row ends in several."""

    def lines(name: str, rows: Rows) -> list[str]:
        out = []
        for row in rows:
            out += [f"{cell.text} |" if cell.text else "|" for cell in row]
            out += [end] if (end := _row_end(name, row).strip()) else []
        return out

    return _page(tables, lines)


def pipe_rows_wrapped(tables: Tables) -> str:
    """Shape 5: the row's last pipe, or its last cells, on the next line."""

    def lines(_name: str, rows: Rows) -> list[str]:
        out = []
        for place, row in enumerate(rows):
            text = _pipes(row)
            if len(row) < 3 or place % 2:
                out.append(text)
            elif place % 4:
                out += [text.removesuffix(" |"), "|"]
            else:
                cut = text.rindex(" | ", 0, text.rindex(" |"))
                out += [text[: cut + 2], text[cut + 3 :]]
        return out

    return _page(tables, lines)


def pipe_rows_broken_heads(tables: Tables) -> str:
    """Shape 6: blanks inside header cells, and the form's filling notes in them."""

    def lines(_name: str, rows: Rows) -> list[str]:
        out = []
        for row in rows:
            cells = [
                Span(
                    re.sub(r"^(商业|科研|社会|法律|结果|其他|尚未|本年新)(?=.)", r"\1 ", cell.text)
                    .replace("本年增/减", "本年增/减（增用正值表示，如+3；减用负值表示，如-8）")
                )
                for cell in row
            ]  # fmt: skip
            if cells[0].text.endswith("规范性文件"):
                cells[0] = Span(cells[0].text + "（行政机关制定发布的，涉及权利义务、在一定期限内反复适用的公文）")
            out.append(_pipes(cells))
        return out

    return _page(tables, lines)


# ---- flattened, without pipes ----


def cell_a_line(tables: Tables) -> str:
    """Shape 4: one cell a line and nothing between; a blank cell leaves no trace."""
    return _page(tables, lambda _name, rows: [cell.text for row in rows for cell in row if cell.text])


def spaced_rows(tables: Tables) -> str:
    """The text layer of a PDF where every row has one line: labels and numbers parted by blanks."""

    def lines(name: str, rows: Rows) -> list[str]:
        if name == "t4":
            return [
                "行政复议行政诉讼",
                "未经复议直接起诉复议后起诉",
                *[" ".join(c.text for c in row) for row in rows[1:]],
            ]
        return [" ".join(cell.text for cell in row if cell.text) for row in rows]

    return _page(tables, lines)


def pdf_text(tables: Tables) -> str:
    """The text layer of a PDF with narrow label columns: long labels broken around the line of their numbers."""
    lines = ["一、总体情况", OPENING, HEADINGS["t2"]]
    lines += [" ".join(cell.text for cell in row if cell.text) for row in t2_rows(tables)]
    lines += ["- 2 -", HEADINGS["t3"], "申请人情况", "（本列数据的勾稽关系为：第一项加第二项", "法人或其他组织"]
    lines += [
        "之和，等于第三项加第四项之和）",
        "自然人 社会 法律 总计",
        "商业 科研",
        "公益 服务 其他",
        "企业 机构",
        "组织 机构",
    ]
    for place, (key, group, label) in enumerate(tables.t3):
        values = " ".join(filter(None, tables.row("t3", key, T3_COLUMNS)))
        if len(label) <= 12 or key in ("r1", "r2"):
            lines.append(f"{label} {values}")
        elif place % 2:
            lines += [label[:9], values, label[9:]]
        else:
            lines += [values, group[:3] + label[:9], label[9:]] if group else [values, label[:9], label[9:]]
        if place == 14:
            lines.append("- 3 -")
    lines += [
        HEADINGS["t4"],
        "行政复议 行政诉讼",
        "未经复议直接起诉 复议后起诉",
        "结 结 其 尚",
        "结 结 其 尚 结 结 其 尚",
    ]
    lines += [
        "果 果 他 未 总",
        "果 果 他 未 总 果 果 他 未 总",
        "维 纠 结 审 计",
        "维 纠 结 审 计 维 纠 结 审 计",
        "持 正 果 结",
    ]
    lines += ["持 正 果 结 持 正 果 结"]
    lines.append(" ".join(text for row in T4_ROWS for text in tables.row("t4", row, T4_COLUMNS) if text))
    return "\n".join([*lines, *CLOSING])


def pdf_lines_of_heads(tables: Tables) -> str:
    """The text layer as pdfium gives it: every header cell on lines of its own."""

    def lines(name: str, rows: Rows) -> list[str]:
        if name == "t2":
            return [" ".join(cell.text for cell in row if cell.text) for row in rows]
        head = [part for row in rows[:3] for cell in row for part in _narrow(cell)]
        return [*head, *[" ".join(cell.text for cell in row if cell.text) for row in rows[3:]]]

    return _page(tables, lines)


def _narrow(cell: Span) -> list[str]:
    """A header cell over one column as lines of two characters, a wider one on its own line."""
    if cell.columns > 1:
        return [cell.text[:24], cell.text[24:]] if len(cell.text) > 24 else [cell.text]
    return [cell.text[place : place + 2] for place in range(0, len(cell.text), 2)]


MARKUP = (
    html_official,
    html_broken_labels,
    html_empty_cells_for_rowspans,
    html_shifted_heads,
    html_cut_in_two,
    html_everything_in_one_table,
)
# Shapes that keep blank cells, and those in which they vanish.
PIPED = (
    pipe_rows,
    pipe_rows_padded,
    pipe_rows_with_groups,
    markdown,
    tab_rows,
    pipe_cell_a_line,
    pipe_rows_wrapped,
    pipe_rows_broken_heads,
)
UNMARKED = (cell_a_line, spaced_rows, pdf_text, pdf_lines_of_heads)

__all__ = ["MARKUP", "PIPED", "UNMARKED", "t3_rows", "t4_rows"]
