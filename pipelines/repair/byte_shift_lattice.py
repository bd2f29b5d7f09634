"""The characters of GBK text that was read one byte off: a beam search over what was printed.

Every printed character holds the last byte of one original character and the first byte of the next. Pairs that no
character had are missing without a mark, so between two printed characters two or four bytes may be gone; ASCII ends
the shift, or a `?` that took the last byte (and one ASCII character) with it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from pipelines.repair.language import LanguageModel, model
from pipelines.repair.readings import readings

BEAM = 32
GAP_COST = 2.0
"""Nats for a pair of bytes gone without a mark."""

END_COST = 2.0
"""Nats for an end of the shift without a mark."""

UNLIKELY = 8.5
"""Nats that a character may cost before a gap in front of it is thought of."""

FEW, MANY = 12, 40
"""Candidates tried for a character of which one byte is known: before and behind a gap."""

HOPELESS = -14.0
"""Nats below the text as printed at which a search is given up."""

LEFT_OF_FILLED_GAP = 4
"""Beam places whose continuation over a gap is tried."""

WIDE_LETTER_COST = 5.0
"""Nats against a full-width letter or digit, which the model takes for a common half-width one."""

LOSS_SIGN = -9.0
"""Log-probability of a `?` in the middle of prose."""

MEAN = -4.5
"""Log-probability of a character of prose in its context, on average."""

READING_GAIN, READING_LOSS = 3.0, 6.0
"""Nats for a character that has, or has not, the reading printed behind it."""


@dataclass(frozen=True, slots=True)
class Restored:
    """An original character: the printed place that holds its last byte, and whether a byte of it was inferred."""

    place: int
    character: str
    inferred: bool


@dataclass(frozen=True, slots=True)
class Path:
    """A way through the printed characters up to one of them."""

    gain: float
    pending: int
    context: str
    restored: tuple[object, ...]
    """The characters so far, as nested pairs (earlier ones, last one)."""

    def characters(self) -> list[Restored]:
        """The characters in order."""
        found: list[Restored] = []
        rest: tuple[object, ...] = self.restored
        while rest:
            earlier, last = rest
            if isinstance(last, Restored) and isinstance(earlier, tuple):
                found.append(last)
                rest = earlier
        return found[::-1]


@dataclass(frozen=True, slots=True)
class Ending:
    """The shift is over: printed characters from `end` on are healthy again; `path.gain` says by how much it reads
    better. `eaten` tells that a `?` stood for the last byte and an ASCII character."""

    path: Path
    end: int
    eaten: bool = False


def pair_of(character: str) -> bytes | None:
    """The two GBK bytes of a character, None if it has none (ASCII, rare scripts)."""
    try:
        data = character.encode("gbk")
    except UnicodeEncodeError:
        return None
    return data if len(data) == 2 else None


def of_pair(first: int, second: int) -> str:
    """The character of two GBK bytes, "" if there is none."""
    try:
        found = bytes((first, second)).decode("gbk")
    except UnicodeDecodeError:
        return ""
    return found if len(found) == 1 else ""


@cache
def _by_bytes() -> tuple[dict[int, str], dict[int, str]]:
    """The model's characters and their variants by first and by last GBK byte, the commonest first."""
    language = model()
    by_first: defaultdict[int, list[str]] = defaultdict(list)
    by_last: defaultdict[int, list[str]] = defaultdict(list)
    for character in sorted(
        {*language.characters, *language.variants}, key=lambda c: (-language.unigram(language.fold(c)), c)
    ):
        data = pair_of(character)
        if data:
            by_first[data[0]].append(character)
            by_last[data[1]].append(character)
    return (
        {byte: "".join(members) for byte, members in by_first.items()},
        {byte: "".join(members) for byte, members in by_last.items()},
    )


def beginning_with(first: int) -> str:
    """Known characters with this first GBK byte."""
    return _by_bytes()[0].get(first, "")


def ending_with(last: int) -> str:
    """Known characters with this last GBK byte."""
    return _by_bytes()[1].get(last, "")


@cache
def opening_gap(first: int) -> str:
    """Known characters with this first GBK byte whose last byte begins some pair that no character has."""
    return "".join(
        character
        for character in beginning_with(first)
        if any(not of_pair(character.encode("gbk")[1], second) for second in range(0x81, 0xFF))
    )


@cache
def forms() -> dict[str, str]:
    """Every folded character that has other forms, with all of them, the Traditional first."""
    language = model()
    found: defaultdict[str, str] = defaultdict(str)
    for variant in language.variants:
        if variant > "\u3400":
            found[language.fold(variant)] += variant
    return {folded: variants + folded for folded, variants in found.items()}


class Search:
    """One search: grows paths over the printed characters of `text` from `start` on, each counted against the text
    as it is printed."""

    def __init__(self, text: str, start: int, limit: int, most: int) -> None:
        self.text = text
        self.start = start
        self.limit = min(limit, len(text))
        self.most = most
        """Characters weighed at which the search stops (about 3 µs each)."""
        self.language: LanguageModel = model()
        self.folded = self.language.fold(text[start : self.limit])
        self.work = 0

    def run(self, first: str, context: str, pending: int, *, inferred: bool) -> Ending | None:
        """The best ending from the first characters (`first`, alternatives whose last byte is printed before `start`).

        `context` is the folded pair before; `pending` the known first byte of the character that follows.
        """
        place = self.start - 1
        paths = []
        for option in first:
            folded = self.language.fold(option)
            gain = self.language.trigram(context, folded)
            paths.append(Path(gain, pending, context[1] + folded, ((), Restored(place, option, inferred))))
        paths.sort(key=lambda path: -path.gain)
        return self._grow(paths[:MANY])

    def _grow(self, paths: list[Path]) -> Ending | None:
        best: Ending | None = None
        before = " " + self.language.fold(self.text[self.start - 1 : self.start])
        printed = LOSS_SIGN + self.language.bigram(" ", before[1])
        place = self.start
        while place < self.limit and paths and self.work < self.most:
            character, folded = self.text[place], self.folded[place - self.start]
            data = pair_of(character)
            for path in paths:
                for ending in self._endings(path, place, data):
                    gain = ending.path.gain + self._after(ending) - printed
                    if best is None or gain > best.path.gain:
                        final = Path(gain, -1, ending.path.context, ending.path.restored)
                        best = Ending(final, ending.end, ending.eaten)
            if data is None:
                return best
            printed += self.language.trigram(before, folded)
            before = before[1] + folded
            grown = [step for path in paths for step in self._steps(path, place, data)]
            if not grown or max(step.gain for step in grown) < paths[0].gain - UNLIKELY:
                for path in sorted(paths, key=lambda path: -path.gain)[:LEFT_OF_FILLED_GAP]:
                    grown += self._over_gap(path, place, data[0], data[1])
            paths = _best(grown)
            place += 1
            if not paths or paths[0].gain - printed < HOPELESS:
                return best
        if place == len(self.text):
            for path in paths:
                for option in self._ranked(path.context, beginning_with(path.pending), 3):
                    step = self._with(path, option, place - 1, -1, END_COST, inferred=True)
                    gain = step.gain + self._after(Ending(step, place)) - printed
                    if best is None or gain > best.path.gain:
                        best = Ending(Path(gain, -1, step.context, step.restored), place)
        return best

    def _after(self, ending: Ending) -> float:
        """How well what follows an ending goes with it; markup and the end of the text are a blank."""
        place = ending.end
        if reading_at(self.text, place):
            place = self.text.find(")", place) + 1
        following = self.text[place : place + 1]
        if not following or following in "<>\"'/":
            following = " "
        return self.language.trigram(ending.path.context, self.language.fold(following)) - MEAN

    def _with(self, path: Path, character: str, place: int, pending: int, cost: float, *, inferred: bool) -> Path:
        self.work += 1
        folded = self.language.fold(character)
        if folded in "0a":
            cost += WIDE_LETTER_COST
        gain = path.gain + self.language.trigram(path.context, folded) - cost
        return Path(gain, pending, path.context[1] + folded, (path.restored, Restored(place, character, inferred)))

    def _steps(self, path: Path, place: int, data: bytes) -> Iterator[Path]:
        found = of_pair(path.pending, data[0])
        if found:
            yield self._with(path, found, place, data[1], 0.0, inferred=False)

    def _over_gap(self, path: Path, place: int, last: int, pending: int) -> Iterator[Path]:
        """Continuations of which a missing pair was the end of one character and the beginning of the next."""
        for opener in self._ranked(path.context, opening_gap(path.pending), FEW):
            one = self._with(path, opener, place, -1, GAP_COST, inferred=True)
            end = opener.encode("gbk")[1]
            for closer in self._ranked(one.context, self._closers(one.context, last), FEW):
                if not of_pair(end, closer.encode("gbk")[0]):
                    yield self._with(one, closer, place, pending, 0.0, inferred=True)
            for middle in self._followers(one.context, FEW):
                first, second = middle.encode("gbk")
                if of_pair(end, first):
                    continue
                two = self._with(one, middle, place, -1, GAP_COST, inferred=True)
                for closer in self._closers(two.context, last):
                    if not of_pair(second, closer.encode("gbk")[0]):
                        yield self._with(two, closer, place, pending, 0.0, inferred=True)

    def _closers(self, context: str, last: int) -> str:
        """Characters with this last byte that are known to follow, and the commonest."""
        options = ending_with(last)
        known = set(self.language.followers(context[1]))
        folded = self.language.fold(options)
        following = "".join(c for c, f in zip(options, folded, strict=True) if f in known)
        return following + "".join(c for c in options[:FEW] if c not in following)

    def _followers(self, context: str, count: int) -> list[str]:
        """The likeliest characters of two bytes to follow, in both scripts."""
        likeliest = self.language.followers(context[1])[:count]
        return [c for folded in likeliest for c in forms().get(folded, folded) if pair_of(c)]

    def _ranked(self, context: str, options: str, count: int) -> str:
        """The `count` likeliest of the (commonest) options after a context."""
        options = options[:160]
        self.work += len(options) // 4
        scored = sorted(
            zip(options, self.language.fold(options), strict=True),
            key=lambda pair: -self.language.trigram(context, pair[1]),
        )
        return "".join(option for option, _ in scored[:count])

    def _endings(self, path: Path, place: int, data: bytes | None) -> Iterator[Ending]:
        """How the shift may be over at this printed character."""
        character = self.text[place]
        if data is not None:
            return
        if character < "\x80" and of_pair(path.pending, ord(character)):
            found = of_pair(path.pending, ord(character))
            for step in (
                self._with(path, found, place, -1, 0.0, inferred=False),
                *self._over_gap(path, place, ord(character), -1),
            ):
                yield Ending(self._with_reading(step, place + 1), place + 1)
        elif character < "\x80" and "@" <= character <= "~":
            for step in self._over_gap(path, place, ord(character), -1):
                yield Ending(self._with_reading(step, place + 1), place + 1)
        marked = character in "?\ufffd"
        end = place + 1 if marked else place
        cost = 0.0 if marked else END_COST
        for option in self._ranked(path.context, beginning_with(path.pending), FEW):
            step = self._with(path, option, place, -1, cost, inferred=True)
            yield Ending(self._with_reading(step, end), end, marked)
            if marked:
                for last in self._followers(step.context, FEW):
                    if not of_pair(option.encode("gbk")[1], last.encode("gbk")[0]):
                        longer = self._with(step, last, place, -1, GAP_COST, inferred=True)
                        yield Ending(self._with_reading(longer, end), end, marked)

    def _with_reading(self, path: Path, end: int) -> Path:
        """The path, weighed by the reading that is printed behind its last character."""
        syllable = reading_at(self.text, end)
        if not syllable:
            return path
        last = path.restored[1]
        fits = isinstance(last, Restored) and readings().reads(syllable, last.character)
        return Path(path.gain + (READING_GAIN if fits else -READING_LOSS), -1, path.context, path.restored)


def reading_at(text: str, place: int) -> str:
    """The toned syllable in brackets, or with the opening bracket gone, that stands at a place; "" if none."""
    begin = place + 1 if text[place : place + 1] == "(" else place
    end = text.find(")", begin, begin + 8)
    syllable = text[begin:end].strip() if end > begin else ""
    if not syllable or syllable.isascii() or not syllable.isalpha() or any(c >= "\u2000" for c in syllable):
        return ""
    return syllable


def _best(paths: list[Path]) -> list[Path]:
    """The best path of each state, `BEAM` of them, the best first."""
    best: dict[tuple[int, str], Path] = {}
    for path in paths:
        state = (path.pending, path.context)
        known = best.get(state)
        if known is None or known.gain < path.gain:
            best[state] = path
    return sorted(best.values(), key=lambda path: -path.gain)[:BEAM]
