"""GBK that was read as another two-byte charset: one printed character for each of the original.

So every printed character has one counterpart, and where damage begins and ends inside a healthy line is a question
of two tracks, as printed and as counterpart: the best way through both under the character model.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from pipelines.repair.language import LanguageModel, model
from pipelines.repair.mojibake_lattice import LOST
from pipelines.repair.mojibake_reverse import GAIN, fluency

CODECS = (
    ("gbk_as_big5", ("big5hkscs", "cp950")),
    ("gbk_as_euc_kr", ("cp949",)),
    ("gbk_as_euc_jp", ("euc_jp",)),
)

CHANGED = 0.6
"""Share of a damaged stretch that differs from what is printed: only signs like 、 are the same in all charsets."""

FLUENT = ((5, -6.0), (11, -7.2), (10**9, -8.2))
"""Mean log-probability of a damaged stretch of up to so many characters; stricter than elsewhere, because here any
hanzi has a counterpart, and of a dictionary's hanzi some row always reads like something."""

SHORTEST = 4
SAMPLE = 200

SWITCH = 5.0
"""Nats for going from one track to the other."""


@cache
def _counterparts(rule: str) -> dict[str, str]:
    """What is printed for every character of GBK under this misreading, turned round. Two originals of one: the commoner."""
    language = model()
    merged: dict[str, str] = {}
    for codec in dict(CODECS)[rule]:
        found: dict[str, str] = {}
        for first in range(0x81, 0xFF):
            for second in (*range(0x40, 0x7F), *range(0x80, 0xFF)):
                data = bytes((first, second))
                try:
                    printed, original = data.decode(codec), data.decode("gbk")
                except UnicodeDecodeError:
                    continue
                if len(printed) == len(original) == 1:
                    known = found.get(printed)
                    if known is None or language.unigram(known) < language.unigram(original):
                        found[printed] = original
        merged = found | merged
    return merged


def counterpart(rule: str, character: str) -> str:
    """The character whose GBK bytes are printed as `character` under this misreading, "" if there is none."""
    return _counterparts(rule).get(character, "")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A damaged stretch [start, end) of a text, and what it says."""

    start: int
    end: int
    rule: str
    text: str


def stretches(text: str, rule: str) -> list[Stretch]:
    """The stretches of `text` that read clearly better by their counterparts. Linear; never raises."""
    language = model()
    other = "".join(c if c < "\x80" else counterpart(rule, c) or LOST for c in text)
    damaged = _track(language, language.fold(text), language.fold(other))
    found: list[Stretch] = []
    place = 0
    while place < len(text):
        start = place
        while place < len(text) and damaged[place] == damaged[start] and text[place] not in "\n\t":
            place += 1
        if damaged[start] and place > start:
            found += _stretch(text, other, start, place, rule)
        place += place == start
    return found


def _stretch(text: str, other: str, start: int, end: int, rule: str) -> Iterator[Stretch]:
    """[start, end) without ASCII at its ends, if it is prose by its counterparts and was none as printed."""
    while start < end and text[start] < "\x80":
        start += 1
    while end > start and text[end - 1] < "\x80":
        end -= 1
    changed = [b for a, b in zip(text[start:end], other[start:end], strict=True) if a != b]
    wide = sum(c > "\x7f" for c in text[start:end])
    lost = changed.count(LOST)
    if len(changed) < SHORTEST or lost * 10 > wide or len(changed) < CHANGED * wide:
        return
    score = fluency(other[start:end].replace(LOST, ""))
    needed = next(floor for length, floor in FLUENT if wide <= length)
    if score >= needed and score - fluency(text[start:end]) >= GAIN:
        place = start
        for part in other[start:end].split(LOST):
            if part:
                yield Stretch(place, place + len(part), rule, part)
            place += len(part) + 1


def looks_aligned(text: str, rule: str) -> bool:
    """Whether the counterparts of a text are commoner characters than it has itself, by more than a nat each."""
    language = model()
    wide = [c for c in text[:SAMPLE] if c > "\x7f"]
    other = [counterpart(rule, c) for c in wide]
    gain = sum(language.unigram(b) for b in other) - sum(language.unigram(language.fold(c)) for c in wide)
    return gain > len(wide)


def _track(language: LanguageModel, printed: str, other: str) -> list[bool]:
    """For each place, whether the best way runs through `other`."""
    healthy, damaged = 0.0, -SWITCH
    came: list[tuple[bool, bool]] = []
    before, before_other = " ", " "
    score = language.bigram
    for here, there in zip(printed, other, strict=True):
        stay, back = healthy + score(before, here), damaged + score(before_other, here) - SWITCH
        go, on = healthy + score(before, there) - SWITCH, damaged + score(before_other, there)
        if there == LOST:
            go, on = go - 12.0, on - 12.0
        came.append((back > stay, on >= go))
        healthy, damaged = max(stay, back), max(go, on)
        before, before_other = here, there
    track: list[bool] = []
    now = damaged > healthy
    for from_damaged, from_damaged_on in reversed(came):
        track.append(now)
        now = from_damaged_on if now else from_damaged
    return track[::-1]
