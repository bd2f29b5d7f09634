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
    glued: re.Pattern[str]
    button: re.Pattern[str]


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
    words = "|".join(map(re.escape, sorted(table["buttons"]["words"], key=len, reverse=True)))
    button = re.compile(rf"[\s【\[(（|｜](?:{words})(?=[\s】\])）|｜【\[(（]|$)")
    long_labels = [label for label in longest_first if key_of[label][1] and len(label) >= _LONG_LABEL]
    glued = re.compile(rf"(?<=[\u4e00-\u9fff])(?:{'|'.join(map(re.escape, long_labels))})[:：]")
    return _Labels(key_of, pattern, glued, button)


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
    found = [(match, key, strong) for match, key, strong in found if match[2] or strong or _is_spaced(match[1])]
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
        fields.append(_labelled(key, match[1], line[match.end() : end]))
    fields += _behind_names(fields)
    longest = max((len(field.value) for field in fields if field.key not in _LONG_VALUES), default=0)
    return fields if longest <= 80 else []


_NAMES = frozenset({"issuer", "source"})
_LONG_LABEL = 4  # characters; a shorter label glued to a name may be a part of it
_DATE_BEHIND = re.compile(
    r"\s[(（\[]?(?P<date>(?:19|20)\d\d\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}\s?日?(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?)[)）\]]?$"
)


def _labelled(key: str, label: str, value: str) -> HeaderField:
    """A value behind its label; the name of who posted the page ends where the page's buttons begin."""
    cleaned = clean_value(value)
    if key in _NAMES and (button := _labels().button.search(cleaned)):
        cleaned = clean_value(cleaned[: button.start()])
    return HeaderField(key, bare_label(label), cleaned)


def _behind_names(fields: list[HeaderField]) -> list[HeaderField]:
    """What stands behind a name without being part of it, which `fields` lose: a date (`来源:某省政府网 2016-02-18`), the
    day of posting then, or the next label glued to it (`来源:某局文章类型:原创`)."""
    behind: list[HeaderField] = []
    for place, field in enumerate(fields):
        if field.key not in _NAMES:
            continue
        name = field.value
        if label := _labels().glued.search(name):
            behind += line_fields(name[label.start() :])
            name = name[: label.start()]
        if date := _DATE_BEHIND.search(name):
            behind.append(HeaderField("published_on", "", date["date"]))
            name = name[: date.start()]
        fields[place] = HeaderField(field.key, field.label, clean_value(name))
    return behind


def _is_spaced(label: str) -> bool:
    """Whether a label's letters are set apart to fill a column (`分        类`), which no sentence does."""
    return len(label) - len(bare_label(label)) >= 3


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
            _labelled(known_label(label) or "", label, value)
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
            fields.append(_labelled(key, text, value))
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
    fields = [_labelled(key, lines[0].strip(_EDGE), value.strip(_EDGE))]
    return fields + _behind_names(fields)


def first_value(fields: Iterable[HeaderField], *keys: str) -> str | None:
    """The first non-empty value of the fields, in the order of `keys`."""
    stored = list(fields)
    for key in keys:
        for field in stored:
            if field.key == key and field.value:
                return field.value
    return None


_BARE_INDEX = re.compile(r"^[0-9A-Z]{6,20}(?:[-/][0-9A-Z]{1,12}){1,6}$")
_BARE_DATE = re.compile(
    r"^(?:19|20)\d\d\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}\s*日?(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?$"
)
_BARE_DOC_NO = re.compile(r"^[\u4e00-\u9fff]{1,14}[〔\[﹝(（［【](?:19|20)\d{2}[〕\]﹞)）］】](?:第)?\d{1,4}号$")
_BARE_ACCESS = frozenset(("主动公开", "依申请公开", "不予公开"))
_AGENCY_END = re.compile(
    r"^[\u4e00-\u9fff（）()]{2,24}(?:局|委|委员会|办|办公室|政府|厅|部|院|处|站|所|中心|街道|乡|镇|队|大学|学院|医院)$"
)


def bare_fields(lines: Sequence[str]) -> list[HeaderField]:
    """Layout 12: values without any label (`113307…/2018-04367`, title, `市农业农村局`, `2018-01-08`, `主动公开`).

    `lines` are the few before the body. An index number or a manner of disclosure on a line of its own must stand
    among them; only then are a bare date and a bare agency beside it taken for the block's.
    """
    texts = [line.strip() for line in lines]
    anchors = [place for place, text in enumerate(texts) if text in _BARE_ACCESS or _is_bare_index(text)]
    if not anchors:
        return []
    fields: dict[str, HeaderField] = {}
    for text in texts[max(0, anchors[0] - 6) : anchors[-1] + 7]:
        if _is_bare_index(text):
            key = "index_no"
        elif text in _BARE_ACCESS:
            key = "access"
        elif _BARE_DATE.match(text):
            key = "published_on"
        elif _BARE_DOC_NO.match(text):
            key = "doc_no"
        elif _AGENCY_END.match(text):
            key = "issuer"
        else:
            continue
        fields.setdefault(key, HeaderField(key, "", text))
    return list(fields.values())


def _is_bare_index(text: str) -> bool:
    return bool(_BARE_INDEX.match(text)) and sum(char.isdigit() for char in text) >= 10


def bare_document_number(text: str) -> str:
    """Layout 13: a document number that is a whole line, without its blanks; "" when the line says more."""
    squeezed = re.sub(r"\s", "", text) if len(text) <= 40 else ""
    return squeezed if _BARE_DOC_NO.match(squeezed) else ""


_NEAR_DATE = re.compile(
    r"(?<![\d/])((?:19|20)\d\d)\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?!\d)\s*日?(?P<time>\s*\d{1,2}[:：]\d{2})?"
)
_YEAR_MONTH = re.compile(r"^((?:19|20)\d\d)\s*[-/.年]\s*(\d{1,2})\s*月?$")
_DAY = re.compile(r"^([0-3]?\d)\s*日?$")
_LONGEST_BYLINE = 60


def unlabelled_date(lines: Sequence[str]) -> HeaderField | None:
    """A date without a label beside the title: `2019-05-17 · 某报`, `张三 2015-06-19 11:20:11`, or cut in two lines
    (`21`, `2024年02月`). `lines` are those before the body; None when no or several dates stand there. The field's key
    is `date_beside_title`: a weaker witness than a label or a meta tag.
    """
    dates: dict[tuple[int, int, int], str] = {}
    for place, line in enumerate(lines):
        text = line.strip()
        if len(text) > _LONGEST_BYLINE or text.endswith(("。", "；")):
            continue
        for match in _NEAR_DATE.finditer(text):
            dates.setdefault((int(match[1]), int(match[2]), int(match[3])), match[0])
        if split := _split_date(text, lines[place - 1 : place] if place else (), lines[place + 1 : place + 2]):
            dates.setdefault(split, "-".join(map(str, split)))
    if len(dates) != 1:
        return None
    year, month, day = next(iter(dates))
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    return HeaderField("date_beside_title", "", f"{year}-{month:02}-{day:02}")


def _split_date(text: str, before: Sequence[str], behind: Sequence[str]) -> tuple[int, int, int] | None:
    month = _YEAR_MONTH.match(text)
    if month is None:
        return None
    for neighbour in (*before, *behind):
        if day := _DAY.match(neighbour.strip()):
            return int(month[1]), int(month[2]), int(day[1])
    return None
