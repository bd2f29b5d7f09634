"""Removes the pinyin that copying software writes behind characters: 公開(kāi) → 公開.

The software turns a Simplified page to Traditional and puts the reading of many characters behind them, in brackets.
A bracket goes only when it spells a reading of the character (or characters) it follows:

* with tone mark: always, unless it may be a gloss the page's writer put there (郫(pí)县, 六(lù)安: on a character that
  a reader could misread, on a page with fewer than ten and none of them behind a Traditional character);
* without tone mark: when the bracket is doubled (共(gong)(gong)), when neighbours carry one each (文(wen)章(zhang)),
  or when the page as a whole shows it: three single ones at least, nine of ten syllables in brackets being readings,
  most of them in mid-sentence. So 世界(wto), 联系人(wang), 办公(oa) and a lone 安(an) stay;
* a bracket cut off by the end of the text, of an attribute or of an element goes on annotated pages;
* a toned syllable that is no reading of its character goes only on a page with at least ten verified ones that
  are more than nine tenths of all: there the character was replaced, not the bracket.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipelines.model import Edit
from pipelines.repair.readings import Readings, is_toneless, normal_spelling, readings
from pipelines.repair.script import is_traditional

_ANNOTATED_FROM = 10
_ANNOTATED_SHARE = 0.9
_PAGE_EVIDENCE = 3
_CUT_REACH = 40
_LONGEST_GROUP = 8

_LETTER = (
    "[a-zA-Z\u00e0-\u00fc\u0100\u0101\u0102\u0103\u0112-\u0115\u011a\u011b\u0128-\u012d\u0131\u0143-\u0148"
    "\u014c-\u014f\u0168-\u016d\u01cd-\u01dc\u01f8\u01f9\u0251\u0261\u0300-\u030c\u0340\u0341\u03b1\u1e3e\u1e3f"
    "\u1ebe-\u1ec1\uff41-\uff5a]"
)
_SPACE = "(?:[ \t\u00a0\u2002-\u200b\u3000]|&nbsp;)"
# Six letters and a combining mark, or u:, make the longest syllable (zhuāng); eight words the longest bracket.
_WORD = rf"(?:{_LETTER}|(?<=[uU])[:：]){{1,24}}"
_BRACKET = re.compile(rf"[(（]{_SPACE}{{0,2}}({_WORD}(?:[ '’·\u00a0-]{{1,2}}{_WORD}){{0,7}}){_SPACE}{{0,2}}[)）]")
_CUT = re.compile(rf"[(（] ?({_LETTER}{{0,7}})(?=\s*\Z|\"|…|\.\.\.|</)")
_SPACE_BEFORE = re.compile(rf"{_SPACE}{{1,2}}\Z")
_WORDS = re.compile(rf"(?:{_LETTER}|[:：])+")
_HANZI = re.compile("[\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_HANZI_BEFORE = re.compile(_HANZI.pattern + r"+\Z")


@dataclass(frozen=True, slots=True)
class _Bracket:
    """Letters in brackets behind Chinese characters: at [start, end), a stray space before it included."""

    start: int
    end: int
    words: tuple[str, ...]
    characters: str

    @property
    def is_toned(self) -> bool:
        return not all(map(is_toneless, self.words))


@dataclass(frozen=True, slots=True)
class _Annotation:
    """A bracket, judged: whether it spells its characters, or at least Mandarin syllables."""

    bracket: _Bracket
    is_reading: bool
    is_syllables: bool
    is_doubled: bool


def holds_pinyin(text: str, sketch: str) -> bool:
    """Whether letters in brackets stand behind Chinese in `text`, by its sketch, or a bracket is cut off at its end."""
    brackets = (_start_with_space(sketch, match.start()) for match in _BRACKET.finditer(sketch))
    return any(_hanzi_before(sketch, start) for start in brackets) or bool(
        _CUT.search(text, max(0, len(text) - _CUT_REACH))
    )


def pinyin_edits(text: str, step: int) -> list[Edit]:
    """Edits that remove injected pinyin from `text`, in order; empty for a page without. Never raises; linear.

    Rules: `pinyin`, `pinyin_toneless`, `pinyin_other_reading` (not of this character), `pinyin_cut`.
    """
    if "(" not in text and "（" not in text:
        return []
    annotations = [annotation for group in _groups(text) for annotation in _judged(group)]
    verified = sum(annotation.is_reading for annotation in annotations)
    syllables = sum(annotation.is_syllables for annotation in annotations)
    annotated = verified >= _ANNOTATED_FROM and verified > _ANNOTATED_SHARE * syllables
    removed = [(annotation.bracket, "pinyin") for annotation in _toned(annotations, annotated)]
    removed += [(annotation.bracket, "pinyin_toneless") for annotation in _toneless(annotations, text, annotated)]
    if annotated:
        removed += [
            (annotation.bracket, "pinyin_other_reading")
            for annotation in annotations
            if annotation.bracket.is_toned and annotation.is_syllables and not annotation.is_reading
        ]
    removed += [(bracket, "pinyin_cut") for bracket in _cut(text, is_annotated=bool(removed))]
    removed.sort(key=lambda pair: pair[0].start)
    return [
        Edit("repair", step, rule, bracket.start, bracket.end, text[bracket.start : bracket.end])
        for bracket, rule in removed
    ]


def is_annotated(edits: Sequence[Edit], text: str) -> bool:
    """Whether `text`, the page before the edits, deserves the flag `pinyin_annotations`.

    True from three removed brackets on, or from one in a hundred Chinese characters on a shorter text.
    """
    removed = sum(edit.rule.startswith("pinyin") for edit in edits)
    return removed >= _PAGE_EVIDENCE or (removed > 0 and removed * 100 >= len(_HANZI.findall(text)))


def _groups(text: str) -> Iterator[list[_Bracket]]:
    """Brackets behind Chinese characters; those that touch each other together."""
    group: list[_Bracket] = []
    for match in _BRACKET.finditer(text):
        start = _start_with_space(text, match.start())
        continues = bool(group) and start == group[-1].end
        characters = group[0].characters if continues else _hanzi_before(text, start)
        if group and not continues:
            yield group
            group = []
        words = tuple(normal_spelling(word) for word in _WORDS.findall(match[1]))
        # Capitals without a tone mark are an abbreviation: 安(AN).
        if characters and (match[1].islower() or not all(map(is_toneless, words))):
            group.append(_Bracket(start, match.end(), words, characters))
    if group:
        yield group


def _judged(group: list[_Bracket]) -> Iterator[_Annotation]:
    table = readings()
    # 共和(gong)(he): a bracket a character, in a row behind the last of them.
    in_a_row = 1 < len(group) <= _LONGEST_GROUP and _spelled(
        table, [word for bracket in group for word in bracket.words], group[0].characters
    )
    verdicts = [bool(in_a_row or _spelled(table, bracket.words, bracket.characters)) for bracket in group]
    is_doubled = sum(verdicts) > 1
    for bracket, is_reading in zip(group, verdicts, strict=True):
        is_syllables = is_reading or all(map(table.is_syllable, bracket.words))
        yield _Annotation(bracket, is_reading, is_syllables, is_doubled)


def _spelled(table: Readings, words: Sequence[str], characters: str) -> int:
    """How many of the last of `characters` the words read, one by one from the end; 0 if they do not."""
    count = 0
    for word in reversed(words):
        read = table.spells(word, characters[: len(characters) - count])
        if not read:
            return 0
        count += read
    return count


def _toned(annotations: list[_Annotation], annotated: bool) -> list[_Annotation]:
    toned = [annotation for annotation in annotations if annotation.bracket.is_toned and annotation.is_reading]
    if annotated or any(is_traditional(annotation.bracket.characters[-1]) for annotation in toned):
        return toned
    return [annotation for annotation in toned if annotation.is_doubled or not _is_gloss(annotation.bracket)]


def _is_gloss(bracket: _Bracket) -> bool:
    """Whether a writer may have put it there: for several characters at once, a rare one or a rarer reading.

    The rare ones are those outside the first level of GB 2312, the 3755 in general use.
    """
    character = bracket.characters[-1]
    code = character.encode("gb2312", "ignore")
    is_common = len(code) == 2 and 0xB0 <= code[0] <= 0xD7
    word = bracket.words[-1]
    return not (len(bracket.words) == 1 and is_common and readings().is_first_reading(word, character))


def _toneless(annotations: list[_Annotation], text: str, annotated: bool) -> list[_Annotation]:
    toneless = [annotation for annotation in annotations if not annotation.bracket.is_toned]
    verified = [annotation for annotation in toneless if annotation.is_reading]
    if not verified:
        return []
    single = [annotation for annotation in verified if len(annotation.bracket.words) == 1]
    inside = sum(bool(_HANZI.match(text, annotation.bracket.end)) for annotation in single)
    syllables = sum(annotation.is_syllables for annotation in toneless)
    if annotated or (
        len(single) >= _PAGE_EVIDENCE and 2 * inside >= len(single) and len(verified) > _ANNOTATED_SHARE * syllables
    ):
        return verified
    # 文(wen)章(zhang): each of two neighbours carries one.
    readings_found = [annotation.bracket for annotation in annotations if annotation.is_reading]
    starts = {bracket.start for bracket in readings_found}
    ends = {bracket.end for bracket in readings_found}
    return [
        annotation
        for annotation in verified
        if annotation.is_doubled or annotation.bracket.end + 1 in starts or annotation.bracket.start - 1 in ends
    ]


def _cut(text: str, is_annotated: bool) -> Iterator[_Bracket]:
    """Brackets that the end of the text, an attribute or an element cut off: the start of a reading and no more."""
    for match in _CUT.finditer(text, 0 if is_annotated else max(0, len(text) - _CUT_REACH)):
        start = _start_with_space(text, match.start())
        characters = _hanzi_before(text, start)
        letters = normal_spelling(match[1])
        is_last = not text[match.end() :].strip() if match.end() > len(text) - _CUT_REACH else False
        is_whole = is_last and not is_toneless(letters)
        if not characters or not (is_annotated or is_whole):
            continue
        if not letters and text.startswith("</", match.end()):
            continue
        if readings().begins_reading(letters, characters[-1]):
            yield _Bracket(start, match.end(), (letters,), characters)


def _start_with_space(text: str, start: int) -> int:
    before = _SPACE_BEFORE.search(text, max(0, start - 12), start)
    return before.start() if before else start


def _hanzi_before(text: str, end: int) -> str:
    before = _HANZI_BEFORE.search(text, max(0, end - _LONGEST_GROUP), end)
    return before[0] if before else ""
