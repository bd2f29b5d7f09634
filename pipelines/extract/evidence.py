"""Evidence for one field: every source states its value with its weight, one is chosen, the others are kept.

Weights of the sources of a page, after how far each was found to be trusted: the labelled information block 5, a
visible line 4, a meta tag 3, the address 2, a guess 1. Sources that agree add up: a meta tag and an address with the
same date outweigh one visible line.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from pipelines.model import Finding

Value = TypeVar("Value", bound=Hashable)


@dataclass(slots=True, unsafe_hash=True)
class Evidence(Generic[Value]):
    """What one source says: `source` is a clause for people (`the title`), `weight` how far it is trusted."""

    value: Value
    source: str
    weight: float


@dataclass(frozen=True, slots=True)
class Choice(Generic[Value]):
    """The chosen value, the sources that stated it and what other sources stated."""

    value: Value | None
    source: str
    others: tuple[Evidence[Value], ...] = ()

    def finding(self, field: str) -> Finding | None:
        """The Finding `<field>_conflict` that names all values, None when the sources agree."""
        if not self.others:
            return None
        told = "; ".join(f"{item.source} says {item.value}" for item in self.others)
        return Finding("extract", f"{field}_conflict", f"{self.value} from {self.source}; {told}")


def choose(evidence: Sequence[Evidence[Value]], *, same: Callable[[Value, Value], bool] | None = None) -> Choice[Value]:
    """The value with the greatest sum of weights, at equal weight the one stated first.

    `same` says when two values tell the same (a short and a long name of one organ); by default when they are equal.
    """
    if not evidence:
        return Choice(None, "nothing")
    alike = same or (lambda one, other: one == other)
    weights = [sum(item.weight for item in evidence if alike(item.value, value.value)) for value in evidence]
    best = evidence[weights.index(max(weights))]
    sources = [item.source for item in evidence if alike(item.value, best.value)]
    others = tuple(item for item in evidence if not alike(item.value, best.value))
    return Choice(best.value, " and ".join(dict.fromkeys(sources)), others)
