"""GBK that is read one byte off: `行??梢酝ㄟ^` is 行。可以通過, `當?shù)毓╇娖髽I` is 當地供電企業.

The software of hijacked copies works on GBK bytes without minding where a character begins. Where the last byte of one
character and the first of the next happen to be a character it knows, it acts on that one:

* a Traditional character gets its reading behind it. 當地 is AE94 B5D8, 94B5 is 數 (shù), so `(shù)` lands inside 地: AE94
  is 當, B5 takes the bracket with it and prints `?`, `shù)` is left, and D8 opens a new character. The stump therefore
  names the lost byte: it is a reading of the pair of bytes that ends the character before and begins the lost one;
* 。！？ are cut off from what precedes: 校” is D0A3 A1B1, A3A1 is ！, so D0 prints `?` and `！` stands there.

What follows is read one byte off until an ASCII byte.
"""

from __future__ import annotations

import re
from itertools import groupby

from pipelines.model import Edit, Finding
from pipelines.repair.byte_shift_lattice import Ending, Restored, Search, ending_with, of_pair, pair_of, reading_at
from pipelines.repair.language import model
from pipelines.repair.mojibake import EATEN, MojibakeResult
from pipelines.repair.readings import readings

LONGEST = 400
"""Printed characters of one shift that are looked at."""

BUDGET = 40_000
"""Characters that all searches of one page may weigh (up to 12 µs each); a shift of 10 takes some 1,000."""

ODD = -9.0
"""Mean log-probability of the characters behind a `?` above which they are no shifted text."""

GAIN_WITH_READING, GAIN = 0.0, 12.0
"""Nats by which the restored text must read better, with the stump of a reading for a witness and without."""

SURE = 2
"""Characters that must be restored from bytes that are all there, where no stump is a witness."""

TRIGGER = re.compile(r"\?(?:[a-z\u00e0-\u01dc]{1,6} ?\))?(?=[^\x00-\xff]|\?[^\x00-\xff])")
_STUMP = re.compile(r"\?([a-z\u00e0-\u01dc]{1,6}) ?\)")
_CUT_OFF = "。！？?"
_OPEN_ATTRIBUTE = re.compile('="[^"<>]*$')


def byte_shift_edits(text: str, step: int) -> MojibakeResult:
    """What undoes the byte shifts of `text` (a page's source), as edits of step `step`.

    It belongs before the removal of injected pinyin: the stumps of eaten brackets are its evidence, and go with its
    edits. Rules are `byte_shift` for characters whose bytes are all there and `byte_shift_inferred` for the others.
    Flags: `mojibake_repaired`, `characters_lost` where characters were inferred. Never raises; linear in `text`.
    """
    result = MojibakeResult()
    place, budget = 0, BUDGET
    while budget > 0:
        trigger = TRIGGER.search(text, place)
        if trigger is None:
            break
        place = trigger.end()
        if not trigger[0].endswith(")") and not _looks_shifted(text, place):
            continue
        search = Search(text, place + 1, place + LONGEST, min(budget, BUDGET // 5))
        ending = _searched(text, trigger, search)
        budget -= 20 + search.work
        if ending is not None:
            result.edits += _edits(text, trigger.start(), ending, step)
            place = max(place, ending.end)
    else:
        detail = f"more shifted bytes than are worth undoing, left from character {place} on"
        result.findings.append(Finding("repair", "byte_shift_left", detail))
        result.flags.append("mojibake_lossy")
    _note(result)
    return result


def _note(result: MojibakeResult) -> None:
    if not result.edits:
        return
    result.flags.append("mojibake_repaired")
    inferred = sum(len(edit.inserted) for edit in result.edits if edit.rule == "byte_shift_inferred")
    if inferred:
        result.flags.append("characters_lost")
        detail = f"{inferred} characters stand where bytes were lost and are inferred from what is left of them"
        result.findings.append(Finding("repair", "byte_shift_inferred", detail))


def _looks_shifted(text: str, place: int) -> bool:
    """Whether the characters at a place are too odd for prose."""
    sample = text[place : place + 6]
    if text[place] in _CUT_OFF:
        sample = sample[1:]
    if not sample or pair_of(sample[0]) is None:
        return False
    language = model()
    odd = [language.unigram(language.fold(c)) for c in sample if c > "\x7f"]
    return min(odd) < -11.0 and (language.score(sample) < ODD or "\u2000" < sample[0] < "\u3200")


def _searched(text: str, trigger: re.Match[str], search: Search) -> Ending | None:
    """The best way to read what stands behind a trigger, None if it does not clearly beat what is printed."""
    stump = _STUMP.match(trigger[0])
    context = ("  " + model().fold(text[max(0, trigger.start() - 2) : trigger.start()]))[-2:]
    sign = text[search.start - 1]
    first = pair_of("？" if sign == "?" else sign)
    if first is None:
        return None
    named = _named_by(text[max(0, trigger.start() - 1) : trigger.start()], stump[1], first[0]) if stump else ""
    ending = search.run(named or ending_with(first[0]), context, first[1], inferred=not named)
    if ending is None or ending.path.gain < (GAIN_WITH_READING if named else GAIN):
        return None
    exact = sum(not restored.inferred for restored in ending.path.characters())
    return ending if named or exact >= SURE else None


def _named_by(before: str, stump: str, last: int) -> str:
    """The characters a stump allows for the lost one: its first byte and the last byte of the character before make
    a character with that reading."""
    pair = pair_of(before) if before else None
    if pair is None:
        return ""
    known = readings()
    return "".join(
        of_pair(first, last)
        for first in range(0x81, 0xFF)
        if (sign := of_pair(pair[1], first)) and known.reads(stump, sign)
    )


def _edits(text: str, start: int, ending: Ending, step: int) -> list[Edit]:
    """Edits for a restored run: the `?` and stump go with the first character, exact and inferred stretches apart."""
    edits: list[Edit] = []
    place = start
    characters = ending.path.characters()
    groups = [list(group) for _, group in groupby(characters, key=lambda restored: restored.place)]
    runs = groupby(groups, key=lambda group: any(restored.inferred for restored in group))
    stretches = [(inferred, [restored for group in run for restored in group]) for inferred, run in runs]
    for number, (inferred, restored) in enumerate(stretches):
        last = number == len(stretches) - 1
        end = ending.end if last else _end_of(restored)
        words = "".join(one.character for one in restored)
        if last and ending.eaten:
            words += _eaten(text, ending.end)
        rule = "byte_shift_inferred" if inferred else "byte_shift"
        edits.append(Edit("repair", step, rule, place, end, text[place:end], words))
        place = end
    return [edit for edit in edits if edit.removed != edit.inserted]


def _end_of(restored: list[Restored]) -> int:
    return restored[-1].place + 1


def _eaten(text: str, end: int) -> str:
    """The ASCII character that went with a last byte, where what follows tells which it was."""
    if EATEN.match(text, end):
        return "<"
    if text[end : end + 1] == ">" and _OPEN_ATTRIBUTE.search(text, max(0, end - 300), end):
        return '"'
    return "(" if text[end : end + 1] != "(" and reading_at(text, end) else ""
