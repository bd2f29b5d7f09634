"""t3 rebuilt: rows of seven values, by the label beside them or by their place between two labelled rows."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass, field

from pipelines.clean.flattened_cells import Cells, GridMaker, Token, is_value_token, tokens
from pipelines.model import Grid
from pipelines.report_templates import Label, TableTemplate, bare, compact, table_template

_COLUMNS = 7
_WIDTH = 10  # of the official table: three columns of labels and seven of values
# Where one label ends and the next begins in a cell that holds both: （三）不予公开1.属于国家秘密.
_ORDINAL = re.compile(r"(?=\([一二三四五六七]\))|(?<![\d.])(?=\d[.、](?!\d))|(?=[一二三四]、)")


@dataclass(slots=True)
class _Run:
    """Values in reading order with the label that stands right before them, if any.

    `is_firm`: the label and the first value stand on one line, so that they belong together; a label text without a
    label is that of a local row. `lines` says on which line each value stands.
    """

    label: Label | None
    label_text: str
    is_firm: bool
    values: list[str] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    is_marked: bool = False
    labels_before: int = 0
    is_damaged: bool = False

    @property
    def width(self) -> int:
        """How many cells the row has in all, its labels included."""
        return self.labels_before + len(self.values)

    @property
    def is_whole(self) -> bool:
        """Whether it has the values of a row, each in its place."""
        return len(self.values) == _COLUMNS and not self.is_damaged

    @property
    def is_one_a_line(self) -> bool:
        """Whether every value has a line of its own; the blank cells that end a row may share one."""
        return len(set(self.lines[:_COLUMNS])) == len(self.lines[:_COLUMNS]) > 1

    def is_complete(self, rows: Container[int]) -> bool:
        """Whether one line holds the values of the row: the next line is another row."""
        one_line = len(set(self.lines)) == 1 and any(self.values)
        return one_line and (len(self.values) >= _COLUMNS or self.lines[-1] in rows)

    @property
    def is_stray(self) -> bool:
        """Whether it is one number among words: of a page, or of a row whose other values are elsewhere."""
        return len(self.values) == 1 and not self.is_marked


@dataclass(slots=True)
class _Stretch:
    """What the lines of a t3 hold: its runs of values, all its words in one string, its header."""

    runs: list[_Run]
    words: str
    has_header: bool


def rebuild_t3(lines: Sequence[Cells]) -> Grid | None:
    """The grid of t3, or None when the lines hold no row of it.

    A run of values that is not seven, or that stands between two labelled rows without telling whose it is, becomes
    one cell over all columns beside the labels it may belong to.
    """
    template = table_template("t3")
    stretch = _read(lines, template)
    _cut_padding(stretch.runs)
    rows = _name_rows(stretch, template)
    if not rows:
        return None
    maker = GridMaker(1 + _COLUMNS)
    if stretch.has_header:
        maker.row(["", *(column.text for column in template.columns)], header=True)
    for text, values in rows:
        if len(values) == _COLUMNS:
            maker.row([text, *values])
        else:
            maker.spanned([(text, 1), (" ".join(filter(None, values)), _COLUMNS)])
    return maker.grid()


def _read(lines: Sequence[Cells], template: TableTemplate) -> _Stretch:
    runs: list[_Run] = []
    words: list[str] = []
    header: list[str] = []
    label: Label | None = None
    label_text, label_line = "", -1
    current: _Run | None = None
    previous, labels_before = -1, 0
    whole = {row.line for row in lines if _is_row(row)}
    for token in tokens(lines):
        if token.states or (token.is_blank and token.is_marked and (current or label)):
            if current is None or (token.line != previous and (token.line in whole or current.is_complete(whole))):
                is_firm = bool(label_text) and token.line == label_line
                current = _Run(label, label_text, is_firm, labels_before=labels_before)
                labels_before = 0
                runs.append(current)
                label, label_text = None, ""
            current.values.append(token.text)
            current.lines.append(token.line)
            current.is_marked = current.is_marked or token.is_marked
        elif token.text:
            text = compact(token.text)
            words.append(text)
            if not runs:
                header.append(text)
            current = None
            found = _last_label(text, template)
            if found or template.group(text) or (runs and _names_own_row(token, template)):
                labels_before += 1
            if found is not None:
                label, label_line = found, token.line
                label_text = token.text if len(_parts(text)) == 1 else found.text
            elif label is not None and _continues(text, label):
                label_text += token.text
            else:
                label, label_line = None, token.line
                label_text = token.text if _names_own_row(token, template) else ""
        previous = token.line
    return _Stretch(
        [run for run in runs if any(run.values) or run.label], "".join(words), _has_header(header, template)
    )


def _names_own_row(token: Token, template: TableTemplate) -> bool:
    """Whether words are the label of a row that the form does not have, and no piece of one that it has."""
    text = compact(token.text)
    if template.group(text) or any(bare(text) in compact(label.text) for label in (*template.rows, *template.columns)):
        return False
    return (token.is_marked and len(text) > 1) or (_ORDINAL.match(text) is not None and len(_parts(text)) == 1)


def _is_row(row: Cells) -> bool:
    """Whether a line holds the numbers of a row: seven, or, where blank cells have vanished, more than one."""
    values = sum(map(is_value_token, row.texts))
    if row.is_marked:
        return values == len(row.texts) == _COLUMNS
    return values > 1


def _parts(text: str) -> list[str]:
    """The labels that a cell holds one behind the other."""
    return [part for part in _ORDINAL.split(text) if part] or [text]


def _last_label(text: str, template: TableTemplate) -> Label | None:
    """The row that a cell's last label names; 其他 and 总计 name one only with their ordinal."""
    last = _parts(text)[-1]
    label = template.row(last)
    if label is None or (label.equals and not _ORDINAL.match(last)):
        return None
    return label


def _continues(text: str, label: Label) -> bool:
    return compact(label.text).endswith(text) or text in compact(label.text)


def _has_header(header: Sequence[str], template: TableTemplate) -> bool:
    """Whether the words before the first row are the header of seven columns, in one piece or broken up."""
    text = "".join(header)
    if "自然人" not in text:
        return False
    if all(word in text for word in ("商业企业", "科研机构", "社会公益", "法律服务")):
        return True
    return all(character in text for character in "商业企科研构社会公益法律服务其他总计")


def _cut_padding(runs: Sequence[_Run]) -> None:
    """Cut the blank cells that stand for a label's columns: at a row's end or behind its label, the same all along.

    A label of three columns leaves two blank cells, one of two leaves one, so that every row has ten; one that has not
    has lost a cell or got one, and nobody knows which: it keeps all. Where a row's blank cells could be values, the
    rows that tell decide for those that do not.
    """
    padded = [run for run in runs if run.is_marked and run.width == _WIDTH and len(run.values) > _COLUMNS]
    if 2 * len(padded) > len(runs):
        for run in runs:
            run.is_damaged = run.is_marked and run.width != _WIDTH
        runs = padded
    tail = lead = 0
    for run in runs:
        surplus = len(run.values) - _COLUMNS
        if not run.is_marked or surplus <= 0:
            continue
        at_end, behind_label = not any(run.values[-surplus:]), not any(run.values[:surplus])
        # A blank cell is a line of one pipe, the end of a row a line of several.
        row_end = at_end and surplus > 1 and len(set(run.lines)) > 1 and len(set(run.lines[-surplus:])) == 1
        tail += at_end and (row_end or not behind_label)
        lead += behind_label and not at_end
    for run in runs:
        surplus = len(run.values) - _COLUMNS
        if not run.is_marked or surplus <= 0:
            continue
        if not any(run.values) or (tail and not lead and not any(run.values[-surplus:])):
            del run.values[-surplus:]
        elif lead and not tail and not any(run.values[:surplus]):
            del run.values[:surplus]


def _name_rows(stretch: _Stretch, template: TableTemplate) -> list[tuple[str, list[str]]]:
    """Every run with its label. A run of seven without one takes the row of the form that is missing at its place."""
    order = {label.key: place for place, label in enumerate(template.rows)}
    firm = [run for run in stretch.runs if _is_anchor(run)]
    if not firm and not stretch.has_header:
        return []
    rows: list[tuple[str, list[str]]] = []
    gap: list[_Run] = []
    before = -1
    used = {run.label.key for run in firm if run.label}
    for run in [*stretch.runs, None]:
        if run is not None and run.label is None and run.is_firm and run.is_whole:
            rows.append((run.label_text, run.values))
            continue
        if run is not None and not (_is_anchor(run) and run.label and order[run.label.key] > before):
            gap.append(run)
            continue
        after = order[run.label.key] if run and run.label else len(template.rows)
        missing = [label for label in template.rows[before + 1 : after] if label.key not in used]
        rows += _fill_gap(gap, missing, stretch.words)
        gap = []
        if run is not None and run.label is not None:
            rows.append((run.label_text, run.values))
            before = after
    return rows


def _is_anchor(run: _Run) -> bool:
    return run.label is not None and run.is_whole and (run.is_firm or run.is_one_a_line)


def _fill_gap(gap: Sequence[_Run], missing: Sequence[Label], words: str) -> list[tuple[str, list[str]]]:
    """The runs between two labelled rows: named in the form's order when they are as many as the rows missing there."""
    if not gap:
        return []
    whole = [run for run in gap if not run.is_stray]
    if all(run.is_whole for run in whole):
        for form in _forms(missing):
            if len(form) == len(whole) and all(_appears(label, words) for label in form):
                named = [(label.text, run.values) for label, run in zip(form, whole, strict=True)]
                return named + [("", run.values) for run in gap if run.is_stray]
    return [
        (run.label_text or "／".join(label.text for label in missing[:4]), [" ".join(filter(None, run.values))])
        for run in gap
        if any(run.values)
    ]


def _forms(missing: Sequence[Label]) -> list[list[Label]]:
    """The missing rows in the form of either era: （六）其他处理 is one row with numbers, or three."""
    return [
        [label for label in missing if label.key != "r3.6"],
        [label for label in missing if not label.key.startswith("r3.6.")],
    ]


def _appears(label: Label, words: str) -> bool:
    return compact(label.text) in words if label.equals else label.appears_in(words)
