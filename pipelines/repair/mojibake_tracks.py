"""Where damage begins and ends inside a healthy line: two tracks, as printed and as read, and the best way through both.

A stretch of text is cut into units, each with what is printed and what a misreading makes of it. The language model
follows both tracks; the way may change from one to the other between two units, at a price. So an end is set where the
whole line, with its healthy neighbours, is likeliest, and not where the damaged run alone would be.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipelines.repair.mojibake_choice import VARIANT_COST
from pipelines.repair.mojibake_prose import cost_of_forms, fold, follow

SWITCH = 5.0
"""Nats for going from one track to the other."""

LINE_SWITCH = 1.0
"""The same at markup and where a line begins or ends: that is where most damage does."""

LINE_ENDS = frozenset(("", "\n", "\r", "\t", "<", ">"))

HOPELESS = 60.0
"""Nats by which a track may fall behind before it is only worth joining anew: two characters of context are worth no more."""

FOREIGN = -9.0
"""Log-probability of a character in text that the model does not know and that is healthy all the same: names, lists of
herbs, Japanese. One of some 8,000."""


@dataclass(frozen=True, slots=True)
class Unit:
    """[start, end) of the text, where `printed` stands and `read` is what it may say."""

    start: int
    end: int
    printed: str
    read: str


@dataclass(frozen=True, slots=True)
class Way:
    """Units [first, last) of a sequence that are damaged, and by how many nats reading them beats leaving them."""

    first: int
    last: int
    gain: float


class _Track:
    """One of the two tracks: how likely the best way that ends on it is, and its last two characters."""

    __slots__ = ("context", "score")

    def __init__(self, score: float, context: str) -> None:
        self.score = score
        self.context = context


@dataclass(frozen=True, slots=True)
class _Step:
    """A unit as the model sees it, with what its forms cost beyond what the model says."""

    printed: str
    read: str
    printed_cost: float
    read_cost: float
    price: float
    """What it costs to change tracks before it."""


def ways(units: Sequence[Unit], before: str, after: str, *, variants: bool) -> list[Way]:
    """The damaged stretches on the likeliest way through `units`, which stand between the healthy `before` and `after`.

    `variants` says that Traditional forms are the rule there. Linear in the units. Nothing is judged: a way may gain
    next to nothing.
    """
    steps = list(_steps(units, before[-1:], 0.0 if variants else VARIANT_COST))
    context = ("  " + fold(before[-2:]))[-2:]
    healthy, damaged = _Track(0.0, context), _Track(-_price(before[-1:]), context)
    came = [_taken(healthy, damaged, step) for step in steps]
    ending = fold(after[:2])
    last = units[-1].printed if units else before[-1:]
    leaving = damaged.score - min(_price(after[:1]), _price(last)) + follow(damaged.context, ending)
    on_damaged = leaving > healthy.score + follow(healthy.context, ending)
    track: list[bool] = []
    for healthy_came, damaged_came in reversed(came):
        track.append(on_damaged)
        on_damaged = damaged_came if on_damaged else healthy_came
    track.reverse()
    return [Way(first, last, _gain(steps[first:last])) for first, last in _runs(track)]


def _price(neighbour: str) -> float:
    """What it costs to change tracks beside this character, "" for the end of the text."""
    return LINE_SWITCH if neighbour in LINE_ENDS else SWITCH


def _steps(units: Sequence[Unit], previous: str, variant_cost: float) -> Iterator[_Step]:
    all_printed, all_read = fold("".join(unit.printed for unit in units)), fold("".join(unit.read for unit in units))
    in_printed = in_read = 0
    for unit in units:
        printed = all_printed[in_printed : in_printed + len(unit.printed)]
        read = all_read[in_read : in_read + len(unit.read)]
        in_printed, in_read = in_printed + len(printed), in_read + len(read)
        price = min(_price(previous), _price(unit.printed))
        previous = unit.printed
        if unit.printed == unit.read:
            yield _Step(printed, read, 0.0, 0.0, price)
        else:
            costs = cost_of_forms(unit.printed, printed, variant_cost), cost_of_forms(unit.read, read, variant_cost)
            yield _Step(printed, read, *costs, price)


def _taken(healthy: _Track, damaged: _Track, step: _Step) -> tuple[bool, bool]:
    """Takes both tracks over one step. Whether each was joined, or stayed on, from the damaged one."""
    printed, read = step.printed, step.read
    ahead = damaged.score - healthy.score
    stay = go = back = on = float("-inf")
    if printed == read and healthy.context == damaged.context:
        shared = follow(healthy.context, printed)
        stay, back = healthy.score + shared - step.printed_cost, damaged.score + shared - step.printed_cost - step.price
        go, on = healthy.score + shared - step.read_cost - step.price, damaged.score + shared - step.read_cost
    else:
        if ahead < HOPELESS:
            stay = healthy.score + follow(healthy.context, printed) - step.printed_cost
            go = healthy.score + follow(healthy.context, read) - step.read_cost - step.price
        if ahead > -HOPELESS:
            back = damaged.score + follow(damaged.context, printed) - step.printed_cost - step.price
            on = damaged.score + follow(damaged.context, read) - step.read_cost
    old_healthy, old_damaged = healthy.context, damaged.context
    left, joined = back > stay, on >= go
    healthy.score, healthy.context = max(stay, back), ((old_damaged if left else old_healthy) + printed)[-2:]
    damaged.score, damaged.context = max(on, go), ((old_damaged if joined else old_healthy) + read)[-2:]
    return left, joined


def _runs(track: list[bool]) -> Iterator[tuple[int, int]]:
    place = 0
    while place < len(track):
        first = place
        while place < len(track) and track[place] == track[first]:
            place += 1
        if track[first]:
            yield first, place


def _gain(steps: Sequence[_Step]) -> float:
    """Nats by which a stretch is likelier as read than as printed, of which healthy text of any kind is at least
    `FOREIGN` a character."""
    total = 0.0
    printed_context = read_context = "  "
    for step in steps:
        printed, read = step.printed, step.read
        if printed != read:
            as_printed = follow(printed_context, printed) - step.printed_cost
            as_read = follow(read_context, read) - step.read_cost
            total += as_read - max(as_printed, FOREIGN * len(printed))
        printed_context, read_context = (printed_context + printed)[-2:], (read_context + read)[-2:]
    return total
