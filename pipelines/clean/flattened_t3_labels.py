"""The labels of t3 as they are printed, from words that may hold several of them or only a piece of one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipelines.report_templates import Label, bare, compact, table_template

# Where one label ends and the next begins in a cell that holds both: （三）不予公开1.属于国家秘密.
_ORDINAL = re.compile(r"(?=\([一二三四五六七]\))|(?<![\d.])(?=\d[.、](?!\d))|(?=[一二三四]、)")
# A label broken over lines has its ordinal, its words and a rest.
_MOST_PIECES = 4
_SHORTEST_PIECE = 2


def begins_label(text: str) -> bool:
    """Whether a text (compact) begins with a label's ordinal."""
    return _ORDINAL.match(text) is not None


def label_parts(text: str) -> list[str]:
    """The labels that a text (compact) holds one behind the other."""
    return [part for part in _ORDINAL.split(text) if part] or [text]


def row_label(text: str) -> Label | None:
    """The row that a label (compact) names; 其他 and 总计 name one only with their ordinal."""
    label = table_template("t3").row(text)
    return None if label is None or (label.equals and not begins_label(text)) else label


def labels_among(words: Sequence[str]) -> Iterator[str]:
    """The labels of rows and groups among words, as printed but without blanks, put together where they were broken."""
    pieces = [piece for word in words for piece in _printed_parts(word)]
    place = 0
    while place < len(pieces):
        end = _label_end(pieces, place)
        if end > place:
            yield "".join(pieces[place:end])
        place = max(end, place + 1)


def _label_end(pieces: Sequence[str], place: int) -> int:
    """Behind the pieces that make a label from `place` on; `place` where they make none."""
    text, found = "", place
    for end in range(place, min(place + _MOST_PIECES, len(pieces))):
        piece = compact(pieces[end])
        if end > place and begins_label(piece):
            break
        text += piece
        row = row_label(text)
        if found > place and not (row and text in compact(row.text)):
            break
        if row or table_template("t3").group(text):
            found = end + 1
    return found if found > place or not _is_cut_short(pieces, place) else len(pieces)


def _is_cut_short(pieces: Sequence[str], place: int) -> bool:
    """Whether the last piece is the beginning of a label: the page was cut there."""
    text = compact(pieces[place])
    name = bare(text)
    if place + 1 < len(pieces) or not begins_label(text) or len(name) < _SHORTEST_PIECE:
        return False
    template = table_template("t3")
    labels = (*template.rows, *template.groups)
    return any(word.startswith(name) for label in labels for word in (bare(compact(label.text)), *label.starts))


def _printed_parts(word: str) -> list[str]:
    """The labels that a word holds; folding its signs leaves every character in its place."""
    printed = "".join(word.split()).replace("\u200b", "")
    parts, start = [], 0
    for part in label_parts(compact(printed)):
        parts.append(printed[start : start + len(part)])
        start += len(part)
    return parts
