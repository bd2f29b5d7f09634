"""Quantities as reports print them: 1,306 · 26.8万 · 4万余 · 近万 · 三百余 · 1.3亿 · 两 · 2千余 · 24条余.

A count is a number with a unit behind it, or one with nothing behind it. Years, dates, articles of laws, document and
telephone numbers, shares, ranges and masks (20xx, N条) are no counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipelines.extract.text_forms import HALF_WIDTH, Folding
from pipelines.model import Semantic

_FOLDED = Folding({**HALF_WIDTH, "　": " ", "\xa0": " ", "〇": "零", "○": "零", "◯": "零"})
_DIGIT = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"两": 2}
_TENS = {"十": 10, "廿": 20, "卅": 30, "百": 100, "千": 1000}
_BIG = {"百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}

# Thousands marks only where three digits follow and no fourth, so that "12,2013年" and "5,100%" are two numbers.
_ARABIC = r"(?<![\d.])\d{1,12}(?:,\d{3}(?![\d%‰年.]))*(?:\.\d{1,4}(?![\d.]))?"
_SIMPLE = "零一二两三四五六七八九十百千廿卅"
_HANZI = rf"[{_SIMPLE}]{{1,10}}(?:万[{_SIMPLE}]{{0,8}})?"
_MORE = r"余(?!下|额|件|条)|多(?!数|种|为|年|方)|来(?=[条件次个人份项])|余(?=[条件])"
# Longer units first, for 条次 is no 条. 类 and 家 are left out on purpose: "8类信息111条" states one count, the second.
UNITS = (
    r"条次|件次|篇次|人次|户次|场次|批次|条|件|篇|份|宗|起|次|项|个|例|则|部|期|场|名|人(?!大|均|民|员|事|工)|位|元|处"
)

_NUMERAL = rf"(?:\d{{1,4}}|[{_SIMPLE}]{{1,6}})"
_ARTICLE = rf"第{_NUMERAL}(?:[条款项章]?\)?(?:[至到、,和或\-—~]|以及){{1,2}}\(?第?{_NUMERAL}){{0,12}}[条款项章号届次批季部名期类个]?"
_DATE = (
    r"(?<!\d)(?:(?:19|20)\d\d|[零一二三四五六七八九]{4}) ?(?:年度?|[-/.](?=\d))(?:\d{1,2}(?:月份?|[-/.](?=\d))(?:\d{1,2}日?)?)?"
    r"|(?<!\d)(?:19|20)\d\d[-—~至](?:19|20)\d\d(?:年度?|学年度?)?"
    r"|(?:\d{1,8}|[一二三四五六七八九十廿卅]{1,4})"
    r"(?:月(?:份|底|初|末)?|日|号(?!召)|年(?!度?新)|时|天|岁|周|楼|室|层|届|级|度|季度|分钟|小时|点(?=\d|半|整))"
)
_LENGTH_OF_TIME = rf"{_NUMERAL}个多?(?:工作日|月|小时|季度|百分点|星期|年|方面|环节|步骤)"
_DOCUMENT = r"[〔\[(【](?:19|20)\d\d[〕\])】](?:第?\d{1,5}号?)?"
_TELEPHONE = r"(?<!\d)\(?0\d{2,3}[)-]\d{7,8}|(?<!\d)1\d{10}(?!\d)"
_SHARE = (
    r"百分之[零一二三四五六七八九十百点]{1,9}|\d{1,8}(?:\.\d{1,6})? ?(?:%|‰|个百分点|倍|成|折|分之)"
    r"|(?<!完)[一二三四五六七八九]成[一二三四五六七八九]?"
)
_RANGE = r"\d{1,6}(?:\.\d{1,3})?[-—~至到/×*]{1,2}\d{1,6}(?:\.\d{1,3})?"
_MASK = r"[A-Za-z]{1,20}\d[\dA-Za-z]{0,20}|\d{1,12}[A-Za-z×*]{1,6}|\d{1,3}\.\d{1,3}\.\d{1,3}"
_ORDINAL = r"(?:(?<=[;。,:!?])|\A)\(?\d{1,2}(?:\)|[.、](?!\d))"
_OTHER = "|".join((
    _ARTICLE, _DOCUMENT, _TELEPHONE, _ORDINAL, _LENGTH_OF_TIME, _SHARE, _DATE, _RANGE, _MASK
))  # fmt: skip
_COUNT = (
    rf"(?P<before>(?<![最附])近|大?约|大概|将近|接近|超过?|突破|逾|上(?=[百千万]))?"
    rf"(?:(?P<digits>{_ARABIC}) ?|(?P<hanzi>{_HANZI})|(?P<round>[万亿](?=[余多])|(?<=[近约逾超上过])[万亿]))"
    rf"(?P<more>{_MORE})?(?P<big>[万亿]|(?<=\d)[百千])?(?P<last>{_MORE})?"
    rf" ?(?P<unit>{UNITS})?(?P<after>余(?!下|额)|多(?!数|种|为|年|方)|以上)?"
)
# Nothing else begins a token; the test saves trying two dozen branches at every character.
_FIRST = rf"(?=[\d{_SIMPLE}万亿近约大将接超突逾上第〔\[(【A-Za-z])"
_TOKEN = re.compile(rf"{_FIRST}(?:(?P<other>{_OTHER})|{_COUNT})")
_ENDS_A_NUMBER = re.compile(r"[,;。、:!?)|]|其中|[和与及]|\Z")
_PARTS = ("before", "digits", "hanzi", "round", "more", "big", "last", "after")
_YEARS = range(1990, 2041)


@dataclass(slots=True, unsafe_hash=True)
class Quantity:
    """A number read: `value` as printed (the lower bound of 余 and 多), its bounds, and whether it is approximate.

    Like all that is made for every number or sentence, it is never changed once made and yet not frozen: a frozen
    dataclass costs three times as much.
    """

    value: float
    low: float | None
    high: float | None
    approx: bool

    @property
    def semantic(self) -> Semantic:
        """ZERO for a printed nought, NUMBER otherwise."""
        return Semantic.ZERO if self.value == 0 else Semantic.NUMBER


@dataclass(slots=True, unsafe_hash=True)
class Count:
    """A quantity with its unit ("" when none is printed) at [start, end) of the text it was read in."""

    quantity: Quantity
    unit: str
    start: int
    end: int


def folded(text: str) -> str:
    """`text` with half-width digits, letters and punctuation and one form of 零, of the same length."""
    return _FOLDED(text)


def counts(text: str) -> Iterator[Count]:
    """The counts of a folded text from left to right."""
    for match in _TOKEN.finditer(text):
        if match["other"] is not None:
            continue
        quantity = _quantity(match)
        unit = match["unit"] or ""
        if quantity is None or (not unit and not _may_stand_alone(match, quantity, text)):
            continue
        yield Count(quantity, unit, match.start(), match.end())


def read_quantity(raw: str) -> Quantity | None:
    """The quantity that `raw` states and nothing else (a unit may follow), or None (a mask such as `xxx`, a date)."""
    text = folded(raw).strip()
    match = _TOKEN.fullmatch(text)
    return None if match is None or match["other"] is not None else _quantity(match)


def chinese_number(text: str) -> int | None:
    """一百零五 → 105, 十一 → 11, 三万二千 → 32000, 二零一二 → 2012; None when the characters make no number."""
    if not text or any(char not in _DIGIT and char not in _TENS and char not in "万亿" for char in text):
        return None
    if all(char in _DIGIT for char in text):
        return int("".join(str(_DIGIT[char]) for char in text))
    hundred_millions = ten_thousands = part = digit = 0
    for char in text:
        if char in _DIGIT:
            digit = _DIGIT[char]
        elif char == "万":
            ten_thousands, part, digit = (part + digit or 1) * _BIG[char], 0, 0
        elif char == "亿":
            hundred_millions = (ten_thousands + part + digit or 1) * _BIG[char]
            ten_thousands = part = digit = 0
        else:
            part += (digit or 1) * _TENS[char]
            digit = 0
    return hundred_millions + ten_thousands + part + digit


def _quantity(match: re.Match[str]) -> Quantity | None:
    before, digits, hanzi, round_number, more, big, last, after = match.group(*_PARTS)
    if digits:
        value = float(digits.replace(",", ""))
    elif hanzi:
        counted = chinese_number(hanzi)
        if counted is None:
            return None
        value = float(counted)
    else:
        value = float(_BIG[round_number])
    if big:
        # Through text, for 1.13 times 10000 is 11299.999999999998 in binary.
        value = float(f"{value * _BIG[big]:.6f}")
    if more or last or after or before in ("超", "超过", "突破", "逾", "上"):
        return Quantity(value, value, None, True)
    if before in ("近", "将近", "接近"):
        return Quantity(value, None, value, True)
    if before:
        return Quantity(value, None, None, True)
    return Quantity(value, value, value, False)


def _may_stand_alone(match: re.Match[str], quantity: Quantity, text: str) -> bool:
    """A number without a unit is a count if nothing follows it; a year, 8 大类 and 一 (是) are none."""
    if not match["digits"] and match["hanzi"] != "零" and not match["big"]:
        return False
    if quantity.value in _YEARS or (match["digits"] and len(match["digits"]) > 6):
        return False
    return _ENDS_A_NUMBER.match(text, match.end()) is not None
