"""What becomes of a stretch of the text: the common coin, and the price, of the ways mojibake is undone."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Effort:
    """What may still be spent on a page, in microseconds as measured on two virtual CPUs: counted, not timed, so that
    a page is always read the same."""

    left: float

    def spend(self, microseconds: float) -> bool:
        """Takes the cost of some work, if there is as much left; else nothing is left any more."""
        self.left = self.left - microseconds if microseconds <= self.left else -1.0
        return self.left >= 0

    @property
    def is_spent(self) -> bool:
        """Whether something had to be left undone."""
        return self.left < 0


@dataclass(frozen=True, slots=True)
class Piece:
    """[start, end) of the text becomes `text` for the reason `rule`."""

    start: int
    end: int
    rule: str
    text: str


def trimmed(removed: str, inserted: str, rule: str, offset: int) -> Piece:
    """The piece that turns `removed`, at `offset` of the text, into `inserted`, without the ASCII both ends share."""
    head = tail = 0
    shared = min(len(removed), len(inserted))
    while head < shared and removed[head] == inserted[head] and removed[head] < "\x80":
        head += 1
    while tail < shared - head and removed[-1 - tail] == inserted[-1 - tail] and removed[-1 - tail] < "\x80":
        tail += 1
    return Piece(offset + head, offset + len(removed) - tail, rule, inserted[head : len(inserted) - tail])
