"""Characters that say nothing, question marks for lost spaces, injected commas; and holes, which are only reported.

What goes: zero-width, control and private-use characters, byte order marks read as letters. What changes:
compatibility ideographs and Kangxi radicals become the characters they stand for. What stays: U+FFFD, full-width
letters and digits, no-break and ideographic spaces. The holes are in `pipelines.repair.holes`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import groupby

from pipelines.model import Edit
from pipelines.repair.holes import characters_lost, digits_lost
from pipelines.repair.sketch import sketched

__all__ = ["character_edits", "characters_lost", "digits_lost"]

# Radicals that text drawn from PDF files has in place of characters, where Unicode defines no normal form for them.
_RADICALS = str.maketrans(
    "⺠⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰", "民虎西见角贝车长门青韦页风飞食马骨鬼鱼鸟卤麦黄齐齿龙"
)
# Private-use code points that GBK and the first GB 18030 gave to what has a place of its own since (GB 18030-2005);
# U+E5E5 is byte pair A3A0, the ideographic space of old editors.
_FORMERLY_PRIVATE = dict(
    zip(
        "\ue5e5\ue7c7\ue7c8\ue81e\ue826\ue82b\ue82c\ue832\ue843\ue854\ue864",
        "\u3000ḿǹ龴龵龶龷龸龹龺龻",
        strict=True,
    )
)

_SILENT = (
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ufe00-\ufe0f\ufeff\ufff9-\ufffb\ufffe\uffff"
)
_PRIVATE = "\ue000-\uf8ff"
_COMPATIBLE = "\u2e9f\u2ef3\u2f00-\u2fd5\uf900-\ufaff" + "".join(map(chr, _RADICALS))
# One class of the basic plane is a table look-up for the regex engine; with alternatives or astral ranges in it the
# same scan took eight times as long.
_ODD = re.compile(f"[{_SILENT}{_PRIVATE}{_COMPATIBLE}]+")
_ODD_OR_ASTRAL = re.compile(
    f"[{_SILENT}{_PRIVATE}{_COMPATIBLE}\U0002f800-\U0002fa1f\U000e0000-\U000e0fff\U000f0000-\U0010ffff]+"
)
_BYTE_ORDER_MARK = re.compile(r"(?:锘\??|ï»¿)")

_HANZI = "[\u3400-\u9fff]"
_LABEL = (
    "(?:(?:信息)?(?:来源|來源)|浏览(?:次数|量)|瀏覽(?:次數|量)|点击(?:次数|数|量|率)?|點擊(?:次數|數|量|率)?|阅读(?:次数|量)?"
    "|閱讀(?:次數|量)?|发布(?:日期|时间|机构)|發布(?:日期|時間|機構)|作者|编辑|編輯|责任编辑|责编|责任編輯|字体|字體|字号|字號"
    "|打印|收藏|访问(?:次数|量)|訪問(?:次數|量)|成文日期|索引号|索引號|文号|文號)"
)
# Where a question mark may stand for a space at all: before Chinese, a digit or the end of an element, and so in few
# places of a page. The look back keeps a long run from being tried at each of its marks.
_SUSPECT = re.compile(rf"\?(?<!\?\?)\?{{0,15}}+(?= ?{_HANZI}|[\d《“(（]|\s{{0,4}}(?:\Z|[<\n\r|\]】]))")
# A year broken up (局?201?7?年度): the mark before it counts only beside another one.
_MARK_IN_YEAR = re.compile(r"\?[\d?]{0,8}年")
_BROKEN_YEAR = re.compile(r"\??[12]\??[09]\??\d\??\d\??(?=年)")
_BEFORE_UNIT = re.compile(r"\?(?<=\d\?)(?=[年月日])")
_BEFORE_LABEL = re.compile(rf"\?(?<!\?\?)\?{{0,7}}+(?= ?{_LABEL})")
_BEFORE_END = re.compile(r"\?(?<!\?\?)\?{0,7}+(?=\s{0,4}(?:\Z|[<\n\r|\]】]))")
_LABEL_BEFORE = re.compile(rf"{_LABEL}[:：]\s?\Z")
_SPACED_LABEL = re.compile(rf"(\?(?<!\?\?)\?{{0,3}}+){_HANZI}(?:\1(?!\?){_HANZI})+")
_INDENT = re.compile(rf"\?(?<!\?\?)\?{{3,15}}+(?={_HANZI}|[\d《“(（])")
_WHOLE_LABEL = re.compile(_LABEL)
_MARKS = re.compile(r"\?+")

_FEW_KINDS = 8

_INJECTED_COMMA = re.compile(",(?=[，。、；：）])")
_DOUBLED_COMMA = re.compile(",(?=,)")
_PUNCTUATION = re.compile("[，。、；：）]")
_COMMAS_FROM = 5

_CLOSED = re.compile(r"<(script|style)\b|<[a-zA-Z/!?][^<>]*>|(?:https?://|www\.)[!-;=?-~]+", re.IGNORECASE)


def character_edits(text: str, step: int, sketch: str | None = None) -> list[Edit]:
    """Edits that drop or restore odd characters in `text`, in order; its `sketch` may be given. Never raises; linear.

    Rules: `silent_character`, `private_character`, `compatibility_character`, `byte_order_mark`,
    `question_mark_for_space`, `injected_comma`.
    """
    edits = list(_odd_edits(text, step, sketched(text) if sketch is None else sketch))
    marks = sorted({span for spans in (_mark_spans(text), _comma_spans(text)) for span in spans})
    if marks:
        edits += _open_edits(text, marks, step)
        edits.sort(key=lambda edit: edit.start)
    return edits


def _odd_edits(text: str, step: int, sketch: str) -> Iterator[Edit]:
    place = 0
    if mark := _BYTE_ORDER_MARK.match(text):
        place = mark.end()
        yield Edit("repair", step, "byte_order_mark", 0, place, mark[0])
    for start, run in _odd_runs(text, place, sketch):
        for rule, characters in groupby(run, key=_odd_rule):
            found = "".join(characters)
            inserted = _in_place_of(found, rule)
            if inserted != found:
                yield Edit("repair", step, rule, start, start + len(found), found, inserted)
            start += len(found)


def _odd_runs(text: str, place: int, sketch: str) -> Iterator[tuple[int, str]]:
    """Runs of odd characters from `place` on, each with where it starts."""
    pattern = _ODD_OR_ASTRAL if _has_astral(sketch) else _ODD
    kinds = set("".join(pattern.findall(sketch)))
    if len(kinds) > _FEW_KINDS:
        yield from ((match.start(), match[0]) for match in pattern.finditer(text, place))
        return
    # A page that has any has one or two kinds of them in a few places: to find those alone is ten times as fast.
    places = sorted(found for kind in kinds for found in _places_of(kind, text, place))
    for _, run in groupby(enumerate(places), key=lambda numbered: numbered[1] - numbered[0]):
        starts = [start for _, start in run]
        yield starts[0], text[starts[0] : starts[-1] + 1]


def _places_of(character: str, text: str, place: int) -> Iterator[int]:
    while (place := text.find(character, place)) >= 0:
        yield place
        place += 1


def _has_astral(text: str) -> bool:
    """Whether a character lies beyond the basic plane: it takes two units of UTF-16. Fifteen times as fast as a search."""
    return len(text.encode("utf-16-le", "surrogatepass")) > 2 * len(text)


def _odd_rule(character: str) -> str:
    if "\ue000" <= character <= "\uf8ff" or character >= "\U000f0000":
        return "private_character"
    if "\u2e80" <= character <= "\ufaff" or "\U0002f800" <= character <= "\U0002fa1f":
        return "compatibility_character"
    return "silent_character"


def _in_place_of(found: str, rule: str) -> str:
    if rule == "private_character":
        return "".join(_FORMERLY_PRIVATE.get(one, "") for one in found)
    if rule == "compatibility_character":
        return unicodedata.normalize("NFKC", found.translate(_RADICALS))
    return "\n" if "\x0c" in found or "\x0b" in found else ""


def _mark_spans(text: str) -> Iterator[tuple[int, int, str, str]]:
    """Question marks that stand for lost spaces, each with what it becomes."""
    rule = "question_mark_for_space"
    if not _SUSPECT.search(text):
        return
    for match in _BROKEN_YEAR.finditer(text) if _MARK_IN_YEAR.search(text) else ():
        marks = [mark.start() for mark in _MARKS.finditer(text, *match.span())]
        if marks and marks != [match.start()]:
            yield from ((place, place + 1, rule, "") for place in marks)
    for match in _BEFORE_UNIT.finditer(text):
        yield match.start(), match.end(), rule, ""
    for match in _BEFORE_LABEL.finditer(text):
        before = text[match.start() - 1 : match.start()]
        if not before or before in " \t\r\n\u00a0\u3000>|]】)）" or before.isdigit():
            is_spaced = before.isspace() or text.startswith(" ", match.end())
            yield match.start(), match.end(), rule, "" if is_spaced else " "
    for match in _BEFORE_END.finditer(text):
        if _LABEL_BEFORE.search(text, max(0, match.start() - 8), match.start()):
            yield match.start(), match.end(), rule, ""
    for match in _SPACED_LABEL.finditer(text):
        gaps = list(_MARKS.finditer(text, *match.span()))
        word = text[match.start() - 1 : match.start()] + match[0].replace("?", "")
        if len(gaps) >= (3 if len(match[1]) == 1 else 2) or _WHOLE_LABEL.fullmatch(word):
            yield from ((gap.start(), gap.end(), rule, "") for gap in gaps)
    for match in _INDENT.finditer(text):
        before = text[max(0, match.start() - 4) : match.start()].rstrip(" \t\u3000")
        if not before or before[-1] in ">\n\r":
            yield match.start(), match.end(), rule, ""


def _comma_spans(text: str) -> Iterator[tuple[int, int, str, str]]:
    """The ASCII commas put before other punctuation, where the page shows it throughout."""
    commas = [match.start() for match in _INJECTED_COMMA.finditer(text)]
    if len(commas) >= _COMMAS_FROM and 2 * len(commas) > len(_PUNCTUATION.findall(text)):
        commas += [match.start() for match in _DOUBLED_COMMA.finditer(text)]
        yield from ((place, place + 1, "injected_comma", "") for place in commas)


def _open_edits(text: str, spans: list[tuple[int, int, str, str]], step: int) -> Iterator[Edit]:
    """The edits for `spans` (sorted) that lie neither in a tag nor in a script, style sheet or address."""
    closed = _closed_parts(text)
    closed_start, closed_end = next(closed, (len(text), len(text)))
    place = 0
    for start, end, rule, inserted in spans:
        while closed_end <= start and closed_start < len(text):
            closed_start, closed_end = next(closed, (len(text), len(text)))
        if start >= place and end <= closed_start:
            yield Edit("repair", step, rule, start, end, text[start:end], inserted)
            place = end


def _closed_parts(text: str) -> Iterator[tuple[int, int]]:
    place = 0
    while opening := _CLOSED.search(text, place):
        place = opening.end()
        if opening[1]:
            closing = re.compile(f"</{opening[1]}", re.IGNORECASE).search(text, place)
            place = closing.start() if closing else len(text)
        yield opening.start(), place
