"""The information block of a page (索引号, 发布机构, 发布日期 …), in all its layouts, as labelled values.

Read by a dictionary of labels, never by position: a value ends where the next known label begins, so an empty field
cannot swallow its neighbour (`发布机构 : | 成文日期 : | 2020-03-31`).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from pipelines.knowledge import reference
from pipelines.model import Grid

_SPACE = r"[\s\u3000\u00a0]*"
_EDGE = " \t\u00a0\u3000:：|｜;；,，[]【】()（）\u2022•·-–—>»"
_JUNK_VALUES = frozenset(
    {
        "",
        "-",
        "--",
        "/",
        "无",
        "暂无",
        "次",
        "号",
        "〔〕号",
        "[]号",
        "本站原创",
        "本站",
        "本网",
        "未知",
        "佚名",
        "admin",
    }
)


@dataclass(frozen=True, slots=True)
class HeaderField:
    """One labelled value: `key` is the field's name (`index_no`), `label` as printed without spaces."""

    key: str
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class _Labels:
    key_of: dict[str, tuple[str, bool]]  # label → (field, strong)
    pattern: re.Pattern[str]


@cache
def _labels() -> _Labels:
    table = tomllib.loads(reference("clean/metadata_labels.toml").read_text("utf-8"))
    key_of: dict[str, tuple[str, bool]] = {}
    for strength in ("weak", "strong"):
        for key, labels in table[strength].items():
            for label in labels:
                key_of[label] = (key, strength == "strong")
    longest_first = sorted(key_of, key=len, reverse=True)
    spaced = "|".join(_SPACE.join(map(re.escape, label)) for label in longest_first)
    # A label counts where a value could begin: at the line's start or behind a blank, bar, bracket, digit or colon.
    pattern = re.compile(
        rf"(?:(?<=^)|(?<=[\s\u3000\u00a0|｜:：;；\[【(（\d次•·\-\]】)）>,，]))({spaced}){_SPACE}([:：]|(?=[\s|｜]|$))"
    )
    return _Labels(key_of, pattern)


def bare_label(text: str) -> str:
    """A label without blanks and colon."""
    return re.sub(r"[\s\u3000\u00a0:：]+", "", text)


def known_label(text: str) -> str | None:
    """The field a cell or line names if it is nothing but a label, else None."""
    if len(text) > 24:
        return None
    found = _labels().key_of.get(bare_label(text).strip("•·-【】[]"))
    return found[0] if found else None


def line_fields(line: str) -> list[HeaderField]:
    """The labelled values of one metadata line, empty ones included; [] if the line is no metadata line.

    Layouts 1–3, 7–10: `发布时间:2015-01-06 来源:某镇 字体:[ ]`, `索 引 号 XM03125 生成日期 2012-02-23`, with a leading
    date without a label (`2015-11-10 01:51:51信息来源:浏览次数:`) as field `published_on`.
    """
    if len(line) > 400:
        return []
    labels = _labels()
    found = [(match, *labels.key_of[bare_label(match[1])]) for match in labels.pattern.finditer(line)]
    found = [(match, key, strong) for match, key, strong in found if match[2] or strong]
    if not found:
        return []
    colons = sum(bool(match[2]) for match, _, _ in found)
    strong = sum(strong and bool(match[2]) for match, _, strong in found)
    lead = line[: found[0][0].start()].strip(_EDGE)
    date_leads = bool(_LEADING_DATE.match(lead))
    if lead and not date_leads and len(lead) > 12:
        return []
    if not (strong or (colons >= 2) or (colons and (date_leads or len(line) <= 40)) or len(found) >= 2):
        return []
    if not colons and (len(found) < 2 or len(line) > 120):
        return []
    fields = [HeaderField("published_on", "", lead)] if date_leads else []
    for (match, key, _), following in zip(found, [*found[1:], None], strict=True):
        end = following[0].start() if following else len(line)
        fields.append(HeaderField(key, bare_label(match[1]), clean_value(line[match.end() : end])))
    longest = max((len(field.value) for field in fields if field.key not in _LONG_VALUES), default=0)
    return fields if longest <= 80 else []


_LONG_VALUES = frozenset({"abstract", "title", "topic", "keywords"})
_LEADING_DATE = re.compile(
    r"^[(（\[]?\s*(?:(?:19|20)\d\d\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}|\d{1,2}\.\d{1,2}\.(?:19|20)\d\d)"
)


def clean_value(value: str) -> str:
    """A value without edges and blanks at both ends; junk such as `〔〕号`, `-`, `次` is no value ("")."""
    stripped = value.strip(" \t\u00a0\u3000:：|｜;；,，•·>»")
    if stripped.replace(" ", "") in _JUNK_VALUES:
        return ""
    return stripped


def grid_fields(grid: Grid) -> list[HeaderField]:
    """The labelled values of an information table (layouts 4–6); [] if the table is none.

    Label and value in neighbouring cells, label:value in one cell, or a row of labels over a row of values. A table
    counts as an information table when at least two of its cells are strong labels and half of the others are filled
    by them.
    """
    rows = grid.rows()
    cells = [text for row in rows for text in row if text]
    if not cells or len(cells) > 80 or max(map(len, cells)) > 300:
        return []
    labelled = sum(1 for text in cells if known_label(text) or line_fields(text))
    if labelled < 2 or labelled * 3 < len(cells):
        return []
    if _is_label_row(rows[0]) and len(rows) == 2 and not _is_label_row(rows[1]):
        return [
            HeaderField(known_label(label) or "", bare_label(label), clean_value(value))
            for label, value in zip(rows[0], rows[1], strict=True)
            if known_label(label)
        ]
    return [field for row in rows for field in _row_fields(row)]


def _is_label_row(row: Sequence[str]) -> bool:
    filled = [text for text in row if text]
    return len(filled) >= 2 and all(known_label(text) for text in filled)


def _row_fields(row: Sequence[str]) -> list[HeaderField]:
    fields: list[HeaderField] = []
    place = 0
    while place < len(row):
        text = row[place]
        place += 1
        if not text:
            continue
        if key := known_label(text):
            value = ""
            # Only the neighbouring cell can be the value, and only if it is no label itself.
            if place < len(row) and not known_label(row[place]) and not _opens_with_label(row[place]):
                value = clean_value(row[place])
                place += 1
            fields.append(HeaderField(key, bare_label(text), value))
        else:
            fields.extend(line_fields(text))
    return fields


def _opens_with_label(text: str) -> bool:
    match = _labels().pattern.match(text)
    return bool(match and match[2])


def pair_fields(lines: Sequence[str]) -> list[HeaderField] | None:
    """Layout 11: a label alone on its line, its value on the next one; None if `lines[0]` is no label.

    An empty field is followed by the next label at once.
    """
    key = known_label(lines[0].strip(_EDGE)) if lines else None
    if key is None:
        return None
    value = lines[1] if len(lines) > 1 else ""
    if known_label(value.strip(_EDGE)) or line_fields(value):
        value = ""
    return [HeaderField(key, bare_label(lines[0].strip(_EDGE)), clean_value(value.strip(_EDGE)))]


def first_value(fields: Iterable[HeaderField], *keys: str) -> str | None:
    """The first non-empty value of the fields, in the order of `keys`."""
    stored = list(fields)
    for key in keys:
        for field in stored:
            if field.key == key and field.value:
                return field.value
    return None
