"""t3 rebuilt: rows of seven values, by the label beside them or by their place between two labelled rows."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass, field

from pipelines.clean.flattened_cells import Cells, GridMaker, Token, is_value_token, tokens
from pipelines.clean.flattened_t3_labels import begins_label, label_parts, labels_among, row_label
from pipelines.model import Grid
from pipelines.report_templates import Label, TableTemplate, bare, compact, table_template

_COLUMNS = 7
_WIDTH = 10  # of the official table: three columns of labels and seven of values
_MOST_LABELS = 100  # the form has 36 of rows and groups
_CORNER = re.compile(r"\(?本列数据[^()]{0,80}\)?")
_APPLICANTS, _ORGANISATIONS = "申请人情况", "法人或其他组织"


@dataclass(slots=True)
class _Run:
    """Values in reading order with the label that stands right before them, if any.

    `is_firm`: the label and the first value stand on one line, so that they belong together; a label text without a
    label is that of a local row. `lines` says on which line each value stands,
    `words_before` are all words between the run and the one above.
    """

    label: Label | None
    label_text: str
    is_firm: bool
    values: list[str] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    is_marked: bool = False
    labels_before: int = 0
    is_damaged: bool = False
    words_before: list[str] = field(default_factory=list)

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
    """What the lines of a t3 hold: its runs of values, all its words in one string, those above and below the runs."""

    runs: list[_Run]
    words: str
    header: Sequence[str]
    words_behind: Sequence[str]


@dataclass(frozen=True, slots=True)
class _Line:
    """A row as it will stand in the grid, and the words between it and the row above."""

    label: str
    values: Sequence[str]
    words_before: Sequence[str]


def rebuild_t3(lines: Sequence[Cells]) -> Grid | None:
    """The grid of t3, or None when the lines hold no row of it.

    A run of values that is not seven, or that stands between two labelled rows without telling whose it is, becomes
    one cell over all columns beside the labels it may belong to. A label without values (a group of rows, a row whose
    blank cells vanished) is a row of its own.
    """
    template = table_template("t3")
    stretch = _read(lines, template)
    _cut_padding(stretch.runs)
    rows = _name_rows(stretch, template)
    if not rows:
        return None
    maker = GridMaker(1 + _COLUMNS)
    if _has_header(stretch.header):
        _put_header(maker, stretch.header, template)
    known = {compact(row.label) for row in rows}
    for row in rows:
        _put_labels(maker, row.words_before, known)
        if len(row.values) == _COLUMNS:
            maker.row([row.label, *row.values])
        else:
            maker.spanned([(row.label, 1), (" ".join(filter(None, row.values)), _COLUMNS)])
    _put_labels(maker, stretch.words_behind, known)
    return maker.grid()


def _put_header(maker: GridMaker, words: Sequence[str], template: TableTemplate) -> None:
    """The official header, with those of its words above the columns that are printed."""
    columns = [column.text for column in template.columns]
    printed = "".join(map(compact, words))
    corner = "".join(match[0] for match in _CORNER.finditer(printed.replace(_ORGANISATIONS, "")))
    if corner or _APPLICANTS in printed:
        pieces = [word for word in words if len(word) > 1 and compact(word) in corner]
        above = ("".join(pieces) or corner, 1), (_APPLICANTS if _APPLICANTS in printed else "", _COLUMNS)
        maker.spanned(above, header=True)
    if _ORGANISATIONS in printed:
        first, *organisations, last = columns
        maker.spanned([("", 1), (first, 1), (_ORGANISATIONS, len(organisations)), (last, 1)], header=True)
        maker.row(["", "", *organisations, ""], header=True)
    else:
        maker.row(["", *columns], header=True)


def _put_labels(maker: GridMaker, words: Sequence[str], known: set[str]) -> None:
    """A row for each label among the words that is not known; a group printed beside each of its rows stands once."""
    for label in labels_among(words):
        name = bare(compact(label))
        if len(known) < _MOST_LABELS and not any(name in other for other in known):
            maker.spanned([(label, 1 + _COLUMNS)])
            known.add(name)


def _read(lines: Sequence[Cells], template: TableTemplate) -> _Stretch:
    runs: list[_Run] = []
    words: list[str] = []
    header: list[str] = []
    label: Label | None = None
    label_text, label_line = "", -1
    current: _Run | None = None
    words_before: list[str] = []
    previous, labels_before = -1, 0
    whole = {row.line for row in lines if _is_row(row)}
    for token in tokens(lines):
        if token.states or (token.is_blank and token.is_marked and (current or label)):
            if current is None or (token.line != previous and (token.line in whole or current.is_complete(whole))):
                is_firm = bool(label_text) and token.line == label_line
                current = _Run(label, label_text, is_firm, labels_before=labels_before, words_before=words_before)
                labels_before, words_before = 0, []
                runs.append(current)
                label, label_text = None, ""
            current.values.append(token.text)
            current.lines.append(token.line)
            current.is_marked = current.is_marked or token.is_marked
        elif token.text:
            text = compact(token.text)
            words.append(text)
            words_before.append(token.text)
            if not runs:
                header.append(token.text)
            if current is not None and _goes_on(current, text):
                current.label_text += token.text
            current = None
            found = row_label(label_parts(text)[-1])
            if found or template.group(text) or (runs and _names_own_row(token, template)):
                labels_before += 1
            if found is not None:
                label, label_line = found, token.line
                label_text = token.text if len(label_parts(text)) == 1 else found.text
            elif label is not None and _continues(text, label):
                label_text += token.text
            else:
                label, label_line = None, token.line
                label_text = token.text if _names_own_row(token, template) else ""
        previous = token.line
    return _Stretch(_stating(runs), "".join(words), header, words_before)


def _stating(runs: Sequence[_Run]) -> list[_Run]:
    """The runs without those of blank cells alone, whose words go to the next."""
    kept: list[_Run] = []
    carried: list[str] = []
    for run in runs:
        if any(run.values) or run.label:
            run.words_before = carried + run.words_before
            carried = []
            kept.append(run)
        else:
            carried += run.words_before
    return kept


def _names_own_row(token: Token, template: TableTemplate) -> bool:
    """Whether words are the label of a row that the form does not have, and no piece of one that it has."""
    text = compact(token.text)
    if template.group(text) or any(bare(text) in compact(label.text) for label in (*template.rows, *template.columns)):
        return False
    return (token.is_marked and len(text) > 1) or (begins_label(text) and len(label_parts(text)) == 1)


def _is_row(row: Cells) -> bool:
    """Whether a line holds the numbers of a row: seven, or, where blank cells have vanished, more than one."""
    values = sum(map(is_value_token, row.texts))
    if row.is_marked:
        return values == len(row.texts) == _COLUMNS
    return values > 1


def _goes_on(run: _Run, text: str) -> bool:
    """Whether words right behind a row's values are the rest of its label: the values stood beside its first line."""
    return run.label is not None and compact(run.label_text) + text in compact(run.label.text)


def _continues(text: str, label: Label) -> bool:
    return compact(label.text).endswith(text) or text in compact(label.text)


def _has_header(header: Sequence[str]) -> bool:
    """Whether the words before the first row are the header of seven columns, in one piece or broken up."""
    text = "".join(map(compact, header))
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


def _name_rows(stretch: _Stretch, template: TableTemplate) -> list[_Line]:
    """Every run with its label. A run of seven without one takes the row of the form that is missing at its place."""
    order = {label.key: place for place, label in enumerate(template.rows)}
    firm = [run for run in stretch.runs if _is_anchor(run)]
    if not firm and not _has_header(stretch.header):
        return []
    rows: list[_Line] = []
    gap: list[_Run] = []
    before = -1
    used = {run.label.key for run in firm if run.label}
    for run in [*stretch.runs, None]:
        if run is not None and run.label is None and run.is_firm and run.is_whole:
            rows.append(_Line(run.label_text, run.values, run.words_before))
            continue
        if run is not None and not (_is_anchor(run) and run.label and order[run.label.key] > before):
            gap.append(run)
            continue
        after = order[run.label.key] if run and run.label else len(template.rows)
        missing = [label for label in template.rows[before + 1 : after] if label.key not in used]
        rows += _fill_gap(gap, missing, stretch.words)
        gap = []
        if run is not None and run.label is not None:
            rows.append(_Line(run.label_text, run.values, run.words_before))
            before = after
    return rows


def _is_anchor(run: _Run) -> bool:
    return run.label is not None and run.is_whole and (run.is_firm or run.is_one_a_line)


def _fill_gap(gap: Sequence[_Run], missing: Sequence[Label], words: str) -> list[_Line]:
    """The runs between two labelled rows: named in the form's order when they are as many as the rows missing there."""
    if not gap:
        return []
    whole = [run for run in gap if not run.is_stray]
    if all(run.is_whole for run in whole):
        for form in _forms(missing):
            if len(form) == len(whole) and all(_appears(label, words) for label in form):
                named = [
                    _Line(label.text, run.values, run.words_before) for label, run in zip(form, whole, strict=True)
                ]
                return named + [_Line("", run.values, run.words_before) for run in gap if run.is_stray]
    among = "／".join(label.text for label in missing[:4])
    return [
        _Line(run.label_text or among, [" ".join(filter(None, run.values))], run.words_before)
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
