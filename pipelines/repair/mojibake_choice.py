"""The likeliest text through slots of a few candidates each: a beam search with the character model."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from operator import attrgetter

from pipelines.repair.language import LanguageModel, model
from pipelines.repair.mojibake_bytes import LOST
from pipelines.repair.mojibake_lattice import Slot

CANDIDATES_OF = attrgetter("candidates")

BEAM = 12
"""Readings kept after each slot; 24 or 100 gain nothing on the measured paragraphs."""

MARGIN = 12.0
"""Nats behind the best reading that no reading makes good on the measured paragraphs; 10 already loses a few."""

MANY_SLOTS = 12_000
"""Slots of one run beyond which only two readings are kept, to stay within a second and a half a megabyte."""

CANDIDATES = 24
"""The commonest characters tried in a slot whatever precedes; beyond them, those known to follow."""

TRIED = 100
PER_CANDIDATE = 8.0
"""Microseconds for a candidate of a doubtful slot, of which about `TRIED` are tried at most: measured 3 to 9."""

VARIANT_COST = 3.0
"""Nats against a Traditional or full-width form whose plain form would fit no worse, in a text that has none."""

WIDE_COST = 6.0
"""Nats against a full-width blank, digit or letter, which the model takes for the common half-width one."""


def choose(slots: list[Slot], before: str = " ", after: str = " ") -> str:
    """The likeliest character for each slot (U+FFFD where none fits), given what stands before and after them all."""
    language = model()
    width = BEAM if len(slots) <= MANY_SLOTS else 2
    beam: dict[str, tuple[float, tuple[object, ...]]] = {(" " + language.fold(before[-1:] or " "))[-2:]: (0.0, ())}
    candidates_of = map(CANDIDATES_OF, slots)
    sure = "".join([candidates if len(candidates) == 1 else LOST for candidates in candidates_of])
    folded_sure = language.fold(sure)
    variant_cost = 0.0 if _prefers_variants(sure.replace(LOST, "")) else VARIANT_COST
    place = 0
    while place < len(slots):
        if len(beam) == 1 and sure[place] != LOST:
            # One reading so far, and what follows is certain: nothing to weigh up to the next doubtful slot.
            doubtful = sure.find(LOST, place)
            stop = len(slots) if doubtful < 0 else doubtful
            ((context, (score, path)),) = beam.items()
            beam = {(context + folded_sure[place:stop])[-2:]: (score, (path, sure[place:stop]))}
            place = stop
            continue
        candidates = slots[place].candidates
        place += 1
        options = _narrowed(candidates, beam, language) or LOST
        grown: dict[str, tuple[float, tuple[object, ...]]] = {}
        single = len(options) == 1
        for option, folded in zip(options, language.fold(options), strict=True):
            cost = 0.0 if single or folded == option else WIDE_COST if folded in "0a " else variant_cost
            for context, (score, path) in beam.items():
                total = score - cost + language.trigram(context, folded)
                state = context[1] + folded
                best = grown.get(state)
                if best is None or best[0] < total:
                    grown[state] = (total, (path, option))
        if len(grown) > 1:
            least = max(score for score, _ in grown.values()) - MARGIN
            grown = {state: best for state, best in grown.items() if best[0] >= least}
        if len(grown) > width:
            kept = sorted(grown.items(), key=lambda item: -item[1][0])[:width]
            grown = dict(kept)
        beam = grown
    ending = language.fold(after[:1] or " ")
    _, (_, path) = max(beam.items(), key=lambda item: item[1][0] + language.trigram(item[0], ending))
    chosen: list[str] = []
    while path:
        path, characters = path  # type: ignore[assignment]
        chosen.append(str(characters))
    return "".join(reversed(chosen))


def cost_of(slots: list[Slot]) -> float:
    """About how many microseconds `choose` takes on two virtual CPUs."""
    tried = sum(min(len(slot.candidates), TRIED) for slot in slots if len(slot.candidates) != 1)
    return len(slots) + PER_CANDIDATE * tried


def _narrowed(candidates: str, beam: Iterable[str], language: LanguageModel) -> str:
    """The candidates worth trying after the contexts of a beam."""
    if len(candidates) <= CANDIDATES:
        return candidates
    known = set("".join(language.followers(before) for before in {context[1] for context in beam}))
    folded = language.fold(candidates)
    return candidates[:CANDIDATES] + "".join(
        option for option, plain in zip(candidates[CANDIDATES:], folded[CANDIDATES:], strict=True) if plain in known
    )


@cache
def _variant_pattern() -> re.Pattern[str]:
    hanzi = [character for character in model().variants if "\u3400" < character < "\ufa00"]
    return re.compile(f"[{re.escape(''.join(hanzi))}]")


def _prefers_variants(certain: str) -> bool:
    """Whether the characters that are certain include Traditional ones in number (one in twelve)."""
    return len(_variant_pattern().findall(certain)) * 12 > len(certain)
