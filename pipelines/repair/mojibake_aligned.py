"""GBK that was read as another two-byte charset: one printed character for each of the original.

So every printed character has one counterpart, and each is a unit of `mojibake_tracks`.
"""

from __future__ import annotations

from functools import cache

from pipelines.repair.language import model
from pipelines.repair.mojibake_bytes import LOST
from pipelines.repair.mojibake_tracks import Unit

CODECS = (
    ("gbk_as_big5", ("big5hkscs", "cp950")),
    ("gbk_as_euc_kr", ("cp949",)),
    ("gbk_as_euc_jp", ("euc_jp",)),
)

SAMPLE = 200

NO_WORSE = 0.5
"""Nats a character by which the counterparts may be the rarer ones and the misreading be worth trying all the same: damage
beside healthy characters. No span was lost by it, and three in four healthy clusters of rare characters are spared."""

CLEARLY = 2.0
"""Of spans of 15 characters 95 in 100 gain this much read in the right charset (the median is 4 to 8), none in a wrong one."""


# Every pair of bytes that GBK may make a character of.
_PAIRS = tuple(
    bytes((first, second)) for first in range(0x81, 0xFF) for second in (*range(0x40, 0x7F), *range(0x80, 0xFF))
)


@cache
def _characters(codec: str) -> list[str]:
    """What each of `_PAIRS` is in a charset, "" if it is no single character. All at once: in turn takes four times as long."""
    decoded = b"\n".join(_PAIRS).decode(codec, "replace").split("\n")
    return [found if len(found) == 1 and found != "\ufffd" else "" for found in decoded]


@cache
def _counterparts(rule: str) -> dict[str, str]:
    """What is printed for every character of GBK under this misreading, turned round. Two originals of one: the commoner."""
    language = model()
    merged: dict[str, str] = {}
    for codec in dict(CODECS)[rule]:
        found: dict[str, str] = {}
        for printed, original in zip(_characters(codec), _characters("gbk"), strict=True):
            if printed and original:
                known = found.get(printed)
                if known is None or language.unigram(known) < language.unigram(original):
                    found[printed] = original
        merged = found | merged
    return merged


def counterpart(rule: str, character: str) -> str:
    """The character whose GBK bytes are printed as `character` under this misreading, "" if there is none."""
    return _counterparts(rule).get(character, "")


def aligned_units(text: str, start: int, end: int, rule: str) -> list[Unit]:
    """Each character of [start, end) with its counterpart, `LOST` if it has none. Linear."""
    known = _counterparts(rule)
    return [
        Unit(place, place + 1, here, here if here < "\x80" else known.get(here, LOST))
        for place, here in enumerate(text[start:end], start)
    ]


def likely_rules(text: str) -> list[str]:
    """The misreadings worth trying on a suspicious `text`: those whose counterparts are commoner characters than what is
    printed, and one alone if it is by far the commonest, by `CLEARLY` nats each on a sample. None for healthy text."""
    language = model()
    wide = [character for character in text[:SAMPLE] if character > "\x7f"]
    printed = sum(language.unigram(language.fold(character)) for character in wide)
    gains = {rule: sum(map(language.unigram, map(_counterparts(rule).get, wide, wide))) - printed for rule, _ in CODECS}
    best = max(gains, key=lambda rule: gains[rule])
    return (
        [best]
        if gains[best] > CLEARLY * len(wide)
        else [rule for rule, gain in gains.items() if gain > -NO_WORSE * len(wide)]
    )
