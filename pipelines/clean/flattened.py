"""Tables that lost their markup, rebuilt as grids: one row a line, one cell a line, with pipes or without.

A stretch of lines is a standard table when it opens with that table's own words; it ends where prose or the next
section begins. What cannot be rebuilt cell for cell keeps its values in one cell over the columns they may belong to.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache

from pipelines.clean.flattened_cells import Cells, is_page_number, is_value_token, line_cells
from pipelines.clean.flattened_t2 import rebuild_t2
from pipelines.clean.flattened_t3 import rebuild_t3
from pipelines.clean.flattened_t4 import rebuild_t4
from pipelines.model import Grid
from pipelines.report_templates import bare, compact, table_template

_BUILDERS: dict[str, Callable[[Sequence[Cells]], Grid | None]] = {"t2": rebuild_t2, "t3": rebuild_t3, "t4": rebuild_t4}
_SECTION = re.compile(r"#{1,4}\s(?!\s{0,4}表)|[一二三四五六七八九十]{1,2}、")
_SENTENCE_END = ("。", "；", "：", ";")
_LONGEST_CELL = 200
_EDGE_ROWS = frozenset({"r1", "r2", "r4"})  # the first rows of t3 and its last
_LONGEST_ROW_LABEL = 30
_VALUES_BEHIND = re.compile(r"[\d/\-—]+$")
# The header of t4 set vertically, one character a line, takes some sixty lines; a row of t3 one cell a line takes ten.
_MOST_HEADER_LINES = 80
_MOST_LINES = 700


def rebuild_tables(lines: Sequence[str]) -> list[str | Grid]:
    """The lines with every stretch that is a standard table replaced by its grid; all others as they are, in order.

    Words of a stretch that are no part of the table (a stray number, a picture's caption) stand behind its grid.
    """
    names = [compact(line.replace("|", "")) if len(line) <= 2 * _LONGEST_CELL else "" for line in lines]
    out: list[str | Grid] = []
    place = 0
    while place < len(lines):
        table = _opens(names, place)
        if not table:
            out.append(lines[place])
            place += 1
            continue
        end = _stretch_end(table, lines, names, place)
        grid = _BUILDERS[table](line_cells(lines[place:end]))
        if grid is None:
            out.extend(lines[place:end])
        else:
            out.append(grid)
            out.extend(_rest(table, lines[place:end], grid))
        place = end
    return out


def _rest(table: str, lines: Sequence[str], grid: Grid) -> list[str]:
    """The lines of a stretch with words that the table does not have; the header's pieces are the header."""
    known = compact("".join(cell.text for cell in grid.cells)) + _words(table)
    in_header = any(cell.is_header for cell in grid.cells[:1])
    rest = []
    for row in line_cells(lines):
        if any(map(is_value_token, row.texts)):
            in_header = False
            continue
        words = "".join(map(compact, row.texts))
        if words and not in_header and bare(words) not in known:
            rest.append(lines[row.line])
    return rest


@cache
def _words(table: str) -> str:
    """All the words a table is known by, one behind the other."""
    template = table_template(table)
    labels = (*template.rows, *template.columns, *template.groups)
    words = [label.text for label in labels] + [word for label in labels for word in (*label.starts, *label.contains)]
    heads = [words for block in template.blocks for header in block.headers for words in header]
    return compact("\n".join([*words, *heads, *(word for known in (template.words or {}).values() for word in known)]))


def _opens(names: Sequence[str], place: int) -> str:
    """The table that begins at a line, or ""."""
    name = names[place]
    if not name or len(name) > 120:
        return ""
    t2, t3 = table_template("t2"), table_template("t3")
    if (name.startswith("第二十条第") and len(name) <= 40) or name.startswith("信息内容"):
        return "t2"
    if t3.says("corner", name) or _is_row_of_t3(name):
        return "t3"
    if name.startswith(("行政复议行政诉讼", "行政复议")) and len(name) <= 40 and not name.endswith(_SENTENCE_END):
        ahead = "".join(names[place : place + _MOST_HEADER_LINES])
        if "起诉" in ahead and "尚" in ahead and "维" in ahead:
            return "t4"
    begins_t2 = name.startswith(("规章", "行政规范性文件", "行政许可")) and is_value_token(name[-1])
    return "t2" if begins_t2 and any(char.isdigit() for char in name) and t2.row(name) else ""


def _is_row_of_t3(name: str) -> bool:
    """A labelled row by itself: the table began on another page."""
    if not any(word in name for word in _words_of_edge_rows()):
        return False
    label = _VALUES_BEHIND.sub("", name)
    known = table_template("t3").row(label) if len(label) <= _LONGEST_ROW_LABEL else None
    return known is not None and known.key in _EDGE_ROWS


@cache
def _words_of_edge_rows() -> tuple[str, ...]:
    rows = [row for row in table_template("t3").rows if row.key in _EDGE_ROWS]
    return tuple(word for row in rows for word in (*row.starts, *row.contains, *row.equals))


def _stretch_end(table: str, lines: Sequence[str], names: Sequence[str], start: int) -> int:
    """The line behind a table: prose, a section's heading, another table, or the last of its values."""
    last_row = False
    place = start + 1
    limit = min(len(lines), start + _MOST_LINES)
    if table == "t3":
        last_row = _ends_t3(names[start])
    while place < limit:
        line, name = lines[place], names[place]
        if not name and line.strip("| \t　-:"):
            break
        if name and not is_page_number(line):
            if last_row and not _is_values(line):
                break
            if _is_prose(name, table) or _is_heading(line, table):
                break
            opened = _opens(names, place)
            if opened and opened != table:
                break
            if table == "t3" and _ends_t3(name):
                last_row = True
            if table == "t4" and _values_done(lines, start, place):
                break
        place += 1
    return place


def _ends_t3(name: str) -> bool:
    return "结转下年" in name


def _is_values(line: str) -> bool:
    return all(is_value_token(part) for part in re.split(r"[|\s]+", line) if part)


def _is_prose(name: str, table: str) -> bool:
    template = table_template(table)
    if len(name) > _LONGEST_CELL:
        return True
    if not name.endswith(_SENTENCE_END) and len(name) <= 60:
        return False
    known = template.row(name) or template.group(name) or template.column(name)
    return known is None and not template.says("corner", name)


def _is_heading(line: str, table: str) -> bool:
    """A section's heading; 一、本年新收… and its like are rows of t3."""
    if not _SECTION.match(line.strip()):
        return False
    template = table_template("t3")
    return table != "t3" or not (template.row(line) or template.group(line) or _begins_group(line))


def _begins_group(line: str) -> bool:
    """Whether a line is the beginning of 三、本年度办理结果, the label that stands beside most rows and is often broken."""
    name = compact(line)
    starts = (start for group in table_template("t3").groups if group.key == "r3" for start in group.starts)
    return name.startswith("三、") and any(start.startswith(bare(name)) for start in starts)


def _values_done(lines: Sequence[str], start: int, place: int) -> bool:
    """Whether words stand again behind the values of t4."""
    if _is_values(lines[place]):
        return False
    return any(_is_values(line) and any(map(str.isdigit, line)) for line in lines[max(start, place - 3) : place])
