"""Dates in every form of the reports, to ISO text: 2012年4月28日, 二〇一二年四月二十八日, 二0一二年…, 2009-01-05 15:09."""

from __future__ import annotations

import re
from calendar import monthrange

from pipelines.extract.text_forms import HALF_WIDTH, Folding, unspaced

# The noughts met between Chinese numerals: 〇 ○ 零 0 Ｏ O o ０ and the circles of old fonts.
_NOUGHT = "〇○零0OＯo０◯"
_NUMERAL = f"{_NOUGHT}一二三四五六七八九"
_VALUE = {**dict.fromkeys(_NOUGHT, 0), **{char: place + 1 for place, char in enumerate("一二三四五六七八九")}}
_narrow = Folding({wide: HALF_WIDTH[wide] for wide in "０１２３４５６７８９－／．："})

_ARABIC = re.compile(
    r"(?=[12])(?<!\d)((?:19|20)\d\d)\s{0,3}(?P<mark>年|[-/.])\s{0,3}(\d{1,2})\s{0,3}(?:月|(?P=mark))\s{0,3}(\d{1,2})(?!\d)(?:\s{0,3}[日号])?"
)
_CHINESE = re.compile(
    rf"([二一]\s?[{_NUMERAL}]\s?[{_NUMERAL}]\s?[{_NUMERAL}])\s{{0,3}}年\s{{0,3}}"
    rf"([一二三四五六七八九十正元{_NOUGHT}]{{1,3}})\s{{0,3}}月\s{{0,3}}([一二三四五六七八九十廿卅{_NOUGHT}]{{1,4}})\s{{0,3}}[日号]"
)
_DAY_FIRST = re.compile(r"(?<![\d.])(\d{1,2})\.(\d{1,2})\.((?:19|20)\d\d)(?![\d.])")
_COMPACT = re.compile(r"(?<!\d)((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)")
_YEAR = re.compile(r"(?=[2２])(?<![\d０-９.〔\[﹝])[2２][0０][0-3０-３][0-9０-９](?![\d０-９]|\s?[)）〕\]﹞】])")
_CHINESE_YEAR = re.compile(rf"([二一][{_NUMERAL}]{{3}})(?=\s?(?:学?年|[—–-]|至))")
_HAS_DIGIT = re.compile(r"[12１２二一][\d０-９〇○零OＯo◯九]")
_FIRST_YEAR, _LAST_YEAR = 1998, 2040


def iso_date(year: int, month: int, day: int) -> str | None:
    """ISO text of a date that is in the calendar and between 1998 and 2040, else None."""
    if not (_FIRST_YEAR <= year <= _LAST_YEAR and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]):
        return None
    return f"{year}-{month:02}-{day:02}"


def last_day(year: int, month: int) -> int:
    """The number of days of a month."""
    return monthrange(year, month)[1]


def find_dates(text: str) -> list[tuple[int, int, str]]:
    """All full dates of a text as (start, end, ISO), in order. Truncated ones (`2021926`) are none."""
    found: list[tuple[int, int, str]] = []
    if not _HAS_DIGIT.search(text):
        return found
    narrow = _narrow(text)
    for match in _ARABIC.finditer(narrow):
        if iso := iso_date(int(match[1]), int(match[3]), int(match[4])):
            found.append((match.start(), match.end(), iso))
    if "年" in text:
        for match in _CHINESE.finditer(text):
            year, month, day = chinese_year(match[1]), chinese_number(match[2]), chinese_number(match[3])
            if year and (iso := iso_date(year, month, day)):
                found.append((match.start(), match.end(), iso))
    if "." in narrow:
        for match in _DAY_FIRST.finditer(narrow):
            if iso := iso_date(int(match[3]), int(match[2]), int(match[1])):
                found.append((match.start(), match.end(), iso))
    return sorted(found)


def first_date(text: str) -> str | None:
    """The first full date of a text, compact ones (`20120428`) last."""
    dates = find_dates(text)
    if dates:
        return dates[0][2]
    match = _COMPACT.search(_narrow(text))
    return iso_date(int(match[1]), int(match[2]), int(match[3])) if match else None


def chinese_year(numerals: str) -> int | None:
    """二〇一二, 二0一二, 二OO八 → the year, positional."""
    bare = unspaced(numerals)
    if len(bare) != 4 or any(char not in _VALUE for char in bare):
        return None
    return int("".join(str(_VALUE[char]) for char in bare))


def chinese_number(numerals: str) -> int:
    """A number below 100 in Chinese numerals (正 and 元 of a month are one); 0 when it is none."""
    text = numerals.replace("正", "一").replace("元", "一").replace("廿", "二十").replace("卅", "三十")
    tens, ten, ones = text.partition("十")
    if any(char not in _VALUE for char in tens + ones) or len(ones) > 1 < len(tens + ten):
        return 0
    if ten:
        return (_VALUE[tens] if len(tens) == 1 else 1) * 10 + (_VALUE[ones] if ones else 0)
    return int("".join(str(_VALUE[char]) for char in text)) if text else 0


def find_years(text: str) -> list[tuple[int, int, int]]:
    """Years as (start, end, year): 2008年, 2014年度, 2018—2019学年, 2014政府信息…, 二〇〇八年."""
    found = [(match.start(), match.end(), int(match[0])) for match in _YEAR.finditer(text)]
    for match in _CHINESE_YEAR.finditer(text):
        if year := chinese_year(match[1]):
            found.append((match.start(1), match.end(1), year))
    return sorted(item for item in found if 2003 <= item[2] <= _LAST_YEAR)
