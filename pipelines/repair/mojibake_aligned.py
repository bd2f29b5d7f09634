"""GBK that was read as another two-byte charset: one printed character for each of the original.

So every printed character has one counterpart, and where damage begins and ends inside a healthy line is a question
of two tracks, as printed and as counterpart: the best way through both under the character model.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from pipelines.repair.language import LanguageModel, model

CODECS = (
    ("gbk_as_big5", ("big5hkscs", "cp950")),
    ("gbk_as_euc_kr", ("cp949",)),
    ("gbk_as_euc_jp", ("euc_jp",)),
)

SWITCH = 5.0
"""Nats for going from one track to the other."""


@cache
def counterpart(rule: str, character: str) -> str:
    """The character whose GBK bytes are printed as `character` under this misreading, "" if there is none."""
    for codec in dict(CODECS)[rule]:
        try:
            data = character.encode(codec)
            found = data.decode("gbk")
        except UnicodeError:
            continue
        if len(data) == 2 and len(found) == 1:
            return found
    return ""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A damaged stretch [start, end) of a text, and what it says."""

    start: int
    end: int
    rule: str
    text: str


def stretches(text: str, rule: str) -> list[Stretch]:
    """The stretches of `text` that read better by their counterparts. Linear; never raises."""
    language = model()
    other = "".join(c if c < "\x80" else counterpart(rule, c) or "\ufffd" for c in text)
    damaged = _track(language, language.fold(text), language.fold(other))
    found: list[Stretch] = []
    place = 0
    while place < len(text):
        if not damaged[place]:
            place += 1
            continue
        start = place
        while place < len(text) and damaged[place]:
            place += 1
        end = place
        while start < end and text[start] < "\x80":
            start += 1
        while end > start and text[end - 1] < "\x80":
            end -= 1
        if start < end:
            found.append(Stretch(start, end, rule, other[start:end]))
    return found


def _track(language: LanguageModel, printed: str, other: str) -> list[bool]:
    """For each place, whether the best way runs through `other`."""
    healthy, damaged = 0.0, -SWITCH
    came: list[tuple[bool, bool]] = []
    before, before_other = " ", " "
    score = language.bigram
    for here, there in zip(printed, other, strict=True):
        stay, back = healthy + score(before, here), damaged + score(before_other, here) - SWITCH
        go, on = healthy + score(before, there) - SWITCH, damaged + score(before_other, there)
        if there == "\ufffd":
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
