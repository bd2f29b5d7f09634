"""The numbers Word writes before list paragraphs (`一、`, `（一）`, `1.`): they stand in no text, only in numbering.xml."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DIGITS = "零一二三四五六七八九"
_CHINESE = frozenset(
    {"chineseCounting", "chineseCountingThousand", "japaneseCounting", "ideographTraditional", "taiwaneseCounting"}
)


@dataclass(frozen=True, slots=True)
class _Level:
    form: str
    text: str
    start: int


@dataclass(slots=True)
class Numbering:
    """The lists of a document and how far each has counted."""

    levels: dict[tuple[str, int], _Level] = field(default_factory=dict)
    counts: dict[str, list[int]] = field(default_factory=dict)

    def next(self, paragraph: etree._Element, style: str) -> str:
        """The number that Word shows before a paragraph, counted on; "" for one in no list, or with a bullet."""
        number = paragraph.find(f"{_W}pPr/{_W}numPr/{_W}numId")
        if number is None:
            return ""
        name = number.get(_W + "val", "")
        depth = paragraph.find(f"{_W}pPr/{_W}numPr/{_W}ilvl")
        written = depth.get(_W + "val", "0") if depth is not None else "0"
        place = min(int(written), 8) if written.isascii() and written.isdigit() else 0
        level = self.levels.get((name, place))
        if level is None:
            return ""
        counts = self.counts.setdefault(name, [])
        del counts[place + 1 :]
        while len(counts) <= place:
            above = self.levels.get((name, len(counts)))
            counts.append((above.start if above else 1) - (1 if len(counts) == place else 0))
        counts[place] += 1
        return self._shown(name, level, counts)

    def _shown(self, name: str, level: _Level, counts: list[int]) -> str:
        if level.form in ("bullet", "none"):
            return ""

        def value(match: re.Match[str]) -> str:
            place = int(match[1]) - 1
            own = self.levels.get((name, place), level)
            return written_number(counts[place], own.form) if place < len(counts) else ""

        return re.sub(r"%([1-9])", value, level.text)


def read_numbering(part: etree._Element | None) -> Numbering:
    """The lists that numbering.xml defines; none when a document has no such part."""
    numbering = Numbering()
    if part is None:
        return numbering
    abstract = {item.get(_W + "abstractNumId"): item for item in part.iterfind(_W + "abstractNum")}
    for number in part.iterfind(_W + "num"):
        reference = number.find(_W + "abstractNumId")
        source = abstract.get(reference.get(_W + "val")) if reference is not None else None
        for level in source.iterfind(_W + "lvl") if source is not None else ():
            place = level.get(_W + "ilvl", "")
            if place.isascii() and place.isdigit():
                numbering.levels[number.get(_W + "numId", ""), int(place)] = _Level(
                    _attribute(level, "numFmt", "decimal"),
                    _attribute(level, "lvlText", ""),
                    int(start) if (start := _attribute(level, "start", "1")).isdigit() else 1,
                )
    return numbering


def _attribute(level: etree._Element, name: str, default: str) -> str:
    element = level.find(_W + name)
    return (element.get(_W + "val") or default) if element is not None else default


def written_number(value: int, form: str) -> str:
    """A count in one of Word's number forms: 3 → 三, 3, ③ …; decimal where the form is not known."""
    if form in _CHINESE and 0 < value < 100:
        tens, ones = divmod(value, 10)
        head = "" if not tens else "十" if tens == 1 else _DIGITS[tens] + "十"
        return head + (_DIGITS[ones] if ones or not tens else "")
    if form == "decimalEnclosedCircle" and 1 <= value <= 20:
        return chr(0x245F + value)
    if form in ("lowerLetter", "upperLetter") and 1 <= value <= 26:
        return chr((0x60 if form == "lowerLetter" else 0x40) + value)
    return str(value)
