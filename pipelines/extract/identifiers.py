"""Index numbers (索引号) and document numbers (文号) by their grammars; what has no such form is no number."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipelines.extract.dates import first_date
from pipelines.extract.text_forms import unspaced

# Organisation code or credit code, year (and month), serial: 000014349/2017-00110, 11341702486344515H/202110-00013;
# groups of digits: SM00116-0200-2010-00003; 21 digits in one. The guard keeps a serial from being cut (2026-02-00018).
_INDEX = re.compile(
    r"(?<![0-9A-Z])(?:[0-9A-HJ-NP-RTUWXY]{18}|[0-9A-Z]{7,10}(?:-[0-9X])?)[/\-](?:19|20)\d{2}(?:\d{2})?-?\d{0,2}-\d{3,}(?!\d)"
    r"|[A-Z]{2}\d{5}-\d{4}-\d{2,4}-\d{4}-\d{3,}(?!\d)|[A-Z]{2}\d{5}-\d{2}-\d{2}-(?:19|20)\d\d-\d{3,}|(?<!\d)\d{21}(?!\d)"
)
# Local forms: letters, digits and dashes alone, with digits enough.
_LOCAL_INDEX = re.compile(r"[0-9A-Za-z]{1,20}(?:[-/_.][0-9A-Za-z]{1,20}){1,7}")
_CHINESE_INDEX = re.compile(r"[\u4e00-\u9fff]{1,8}[-/]?[0-9A-Za-z]{1,20}(?:[-/][0-9A-Za-z]{1,20}){1,6}")
_PHONE_LIKE = re.compile(r"0\d{2,3}-\d{7,8}")
_LEAST_INDEX_DIGITS = 6
_THREE_DIGITS = re.compile(r"\d\s*\d\s*\d")  # the serial every index number has, be it spaced
_INDEX_LABEL = re.compile(
    r"^[•·\-*]?(?:信息)?(?:索引号?|索取号|索引编号)[:：|]?(?P<value>[0-9A-Za-z/_.-]{0,60})(?=[|\u4e00-\u9fff]|$)"
)

_BRACKETS = r"[〔\[﹝(（［【]\s?(?:19|20)\d{2}\s?[〕\]﹞)）］】]"
_DOCUMENT = re.compile(rf"(?P<organ>[\u4e00-\u9fff]{{1,14}})\s?{_BRACKETS}\s?(?:第\s?)?(?P<n>\d{{1,4}})\s?号")
_SERIAL = re.compile(
    r"[\u4e00-\u9fff]{0,14}(?:公告|通告|令)?\s?(?:19|20)\d{2}年\s?第\s?\d{1,4}\s?[号期]|[\u4e00-\u9fff]{2,14}令\s?第?\s?\d{1,4}\s?号"
)
_LEAD_WORDS = re.compile(r"^(?:文号|文件编号|发文字号|根据|按照|依据|关于)+")
_LONGEST = 60
_LONGEST_PRINTED = 32
_FIRST_LINES = 4
_BRACKETED = re.compile(r"[(（](.*)[)）]")
_CITED_BEFORE = re.compile(r"(?:[》、,，和及与]|根据|按照|依据)\s{0,4}$")
_CITED_BEHIND = re.compile(r"\s{0,4}(?:[、,，。;；)）的和及与等]|要求|规定|精神|文件|通知)")


def index_number(value: str | None) -> str | None:
    """The 索引号 of a labelled value, or None when it has no such form (`/-00000`, a title, a label, a date)."""
    if not value:
        return None
    bare = unspaced(value)
    if match := _INDEX.search(bare):
        return match[0]
    local = bare if _LOCAL_INDEX.fullmatch(bare) or _CHINESE_INDEX.fullmatch(bare) else None
    if local is None or len(re.findall(r"\d", local)) < _LEAST_INDEX_DIGITS:
        return None
    if set(re.findall(r"\d", local)) == {"0"} or _PHONE_LIKE.fullmatch(local):
        return None
    # A serial of eight digits may begin like a date; a date with nothing behind it is one.
    return None if first_date(local) and len(re.findall(r"\d", local)) <= 8 else local


def printed_index_number(lines: Sequence[str]) -> str | None:
    """An index number that stands on a line of its own or behind its label, be it spaced or on the line before.

    `索   引   号 20191202-189769 分        类 其他;`, `索引号⏎bxslj/2026-00012`, and headers that print values alone.
    """
    awaited = False
    for line in lines:
        if "索" not in line and not awaited and not _THREE_DIGITS.search(line):
            continue
        bare = unspaced(line)
        if len(bare) > _LONGEST * 2:
            continue
        match = _INDEX_LABEL.match(bare)
        value = match["value"] if match else bare if awaited or _INDEX.fullmatch(bare) else ""
        if number := index_number(value):
            return number
        awaited = bool(match and not value)
    return None


def document_number(value: str | None) -> str | None:
    """The 文号 of a labelled value, or None for junk (`〔〕号`, `号`, a title with 号 behind it)."""
    if not value or len(value) > _LONGEST:
        return None
    if match := _DOCUMENT.search(value):
        return _LEAD_WORDS.sub("", unspaced(match[0]))
    bare = unspaced(value)
    return bare if _SERIAL.fullmatch(bare) else None


def printed_document_number(lines: Sequence[str]) -> str | None:
    """A document number that stands alone on one of the first lines, as official letters open (`长国土资[2012]18号`).

    Below a title it may stand in brackets; a number that a broken sentence cites is not the paper's own.
    """
    for place, line in enumerate(lines[:_FIRST_LINES]):
        bare = unspaced(line)
        if len(bare) > _LONGEST_PRINTED or "\t" in line:
            continue
        bracketed = _BRACKETED.fullmatch(bare)
        match = _DOCUMENT.fullmatch(bracketed[1] if bracketed else bare)
        if match is None or _LEAD_WORDS.match(match[0]):
            continue
        before, behind = "".join(lines[max(0, place - 1) : place]), "".join(lines[place + 1 : place + 2])
        if not (_CITED_BEFORE.search(before) or _CITED_BEHIND.match(behind)):
            return match[0]
    return None
