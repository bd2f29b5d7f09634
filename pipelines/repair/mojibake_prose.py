"""How likely a text is as Chinese prose: what the character model says, and what it cannot know."""

from __future__ import annotations

from pipelines.repair.language import FLOOR, model
from pipelines.repair.mojibake_bytes import LOST
from pipelines.repair.mojibake_places import place_initials, place_pairs

LONGEST = 4000
"""Characters of one run that are searched; no run of a real page comes near."""

FLUENT = ((3, -6.5), (6, -8.0), (12, -8.7), (LONGEST, -9.3))
"""Mean log-probability that Chinese of up to so many characters reaches. Windows of 8 (15) characters of held-out
reports lie above -8.8 (-8.0) in 99 of 100 cases; Korean, Russian, Japanese or French bytes read as GBK give at best
-7.4 for 2 characters, -9.6 for 4, -10.4 for 8, -10.9 for 15."""

STRUCTURE = 3.0
"""Nats a character by which text that was strict UTF-8 may be less fluent: its byte structure is evidence too."""

GAIN = 2.5
"""Nats a character by which a reading must beat the text as printed."""

IN_PLACE, FIRST_IN_PLACE, NEVER = -7.0, -10.0, -99.0
"""Log-probability, at least, of a character after the one before it in the name of a place; of the first one of a name."""

BEFORE_PLACE = frozenset("、，；。：（ ")
"""What the first character of a name is known by."""

LOST_COST = 12.0
"""Nats against reading a character that the misreading cannot have printed."""

MEASURES = str.maketrans("¹²³ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ°‰∶［］〔〕<>", "0000000000000%%：（）（）  ")
"""Signs that the model has no figures for, and what stands where they do: an exponent and a Roman
figure are digits, a degree or a per
mille a percentage, a ratio sign a colon, markup the end of a line."""


def fold(text: str) -> str:
    """The text as the model sees it, of the same length."""
    return model().fold(text.translate(MEASURES))


def follow(context: str, folded: str) -> float:
    """Log-probability of `folded` after `context`, its last two characters."""
    total = 0.0
    trigram = model().trigram
    for character in folded:
        value = trigram(context, character)
        if value < IN_PLACE:
            value = max(value, _in_place(context[-1], character))
        total += value
        context = context[-1] + character
    return total


def _in_place(before: str, character: str) -> float:
    """The least log-probability of a character that may stand in the name of a place."""
    if before + character in place_pairs():
        return IN_PLACE
    return FIRST_IN_PLACE if before in BEFORE_PLACE and character in place_initials() else NEVER


def cost_of_forms(text: str, folded: str, variant_cost: float) -> float:
    """What variants in `text` cost, and characters that are none."""
    if text == folded:
        return LOST_COST * text.count(LOST)
    changed = sum(a != b and a > "\u3400" for a, b in zip(text, folded, strict=True))
    return variant_cost * changed + LOST_COST * text.count(LOST)


def fluency(text: str) -> float:
    """Mean log-probability, in their context, of the characters of `text` that are not ASCII; `FLOOR` without any."""
    language = model()
    folded = fold(text)
    total, count, before = 0.0, 0, " "
    for character, plain in zip(text, folded, strict=True):
        if character > "\x7f":
            total += language.bigram(before, plain)
            count += 1
        before = plain
    return total / count if count else FLOOR


def is_prose(text: str, score: float, printed: float, *, structured: bool) -> bool:
    """Whether a reading is Chinese prose and clearly beats what is printed; short ones must be more fluent still."""
    wide = sum(character > "\x7f" for character in text)
    needed = next((floor for length, floor in FLUENT if wide <= length), FLUENT[-1][1])
    if structured:
        needed -= STRUCTURE
    return wide >= (1 if structured else 2) and score >= needed and score - printed >= GAIN
