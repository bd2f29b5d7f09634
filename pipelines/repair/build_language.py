"""Builds the character model of `language.py` from public word frequencies and our own prose.

    python -m pipelines.repair.build_language --words jieba/dict.txt --fold TSCharacters.txt PROSE.txt …

`--words` is a list of "word frequency tag" lines (dict.txt of jieba 0.42.1), `--fold` a table of Traditional
characters with their Simplified forms (TSCharacters.txt of OpenCC; read from the installed package when left out).
Running text counts directly; the word list supplies what the prose is too short to know: pairs inside words, and for
pairs across a word boundary the chance that a character ends a word times the chance that the next begins one.
"""

from __future__ import annotations

import argparse
import math
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path

from pipelines.knowledge import data_root
from pipelines.repair.language import STEP, ZERO

PROSE_TRUST = 300.0
"""Occurrences of a character in the prose at which prose and word list weigh the same (by held-out likelihood)."""

PAIR_TRUST = 8.0
"""The same for a pair of characters."""

CROSSING = 0.5
"""Share of a pair's occurrences held to cross a word boundary for every one inside a word, by PROSE_TRUST's measure."""

RARE_WORD = 3
"""Words of the list at or below this frequency are guesses of its makers (most stand at exactly 3)."""

SIGNS = "、。·〇《》〈〉「」『』【】〔〕﹝﹞［］—…“”‘’％＋－／～×÷°′″℃㎡㎥①②③④⑤⑥⑦⑧⑨⑩㈠㈡㈢㈣㈤ⅠⅡⅢⅣⅤ○●□■△▲★☆→※§№￥＝＜＞．＂＆"
"""Signs of Chinese typesetting that the model must know even if the prose has none."""

PUNCTUATION = ",:;?!()"
WIDE_PUNCTUATION = "，：；？！（）"
CODES = 255


def fold_table(lines: Iterable[str]) -> dict[str, str]:
    """Every character the model folds, with what it becomes; one character each."""
    table = {}
    for line in lines:
        traditional, _, simplified = line.strip().partition("\t")
        first = simplified.split(" ")[0]
        if len(traditional) == 1 and len(first) == 1 and traditional != first and ord(first) < 0x10000:
            table[traditional] = first
    table.update(zip(PUNCTUATION, WIDE_PUNCTUATION, strict=True))
    table.update((chr(start + n), "0") for start in (0x30, 0xFF10) for n in range(10))
    table.update((chr(start + n), "a") for start in (0x41, 0x61, 0xFF21, 0xFF41) for n in range(26))
    table.update((blank, " ") for blank in "\xa0\u3000")
    return {source: target for source, target in table.items() if source != target}


class Counts:
    """Counts of single characters, pairs and triples, and of what begins and ends a word."""

    def __init__(self) -> None:
        self.single: Counter[str] = Counter()
        self.pair: Counter[str] = Counter()
        self.triple: Counter[str] = Counter()
        self.first: Counter[str] = Counter()
        self.last: Counter[str] = Counter()
        self.last_pair: Counter[str] = Counter()

    def add(self, text: str, weight: int = 1) -> None:
        """Counts every character, pair and triple of a text."""
        for place, character in enumerate(text):
            self.single[character] += weight
            if place:
                self.pair[text[place - 1 : place + 1]] += weight
            if place > 1:
                self.triple[text[place - 2 : place + 1]] += weight

    def add_word(self, word: str, weight: int) -> None:
        """Counts a word of the list, with its edges."""
        self.add(word, weight)
        self.first[word[0]] += weight
        self.last[word[-1]] += weight
        if len(word) > 1:
            self.last_pair[word[-2:]] += weight


def count_words(lines: Iterable[str], fold: dict[int, str]) -> Counts:
    """Counts of a frequency list; words with a character outside the CJK blocks are left out."""
    counts = Counts()
    for line in lines:
        word, frequency = line.split(" ")[:2]
        if all("\u3400" <= character <= "\u9fff" for character in word):
            counts.add_word(word.translate(fold), 1 if int(frequency) <= RARE_WORD else int(frequency))
    return counts


def count_prose(texts: Iterable[str], fold: dict[int, str]) -> Counts:
    """Counts of running text, line by line; a line begins and ends with a blank."""
    counts = Counts()
    for text in texts:
        for line in text.splitlines():
            if line.strip():
                counts.add(f" {line.strip()} ".translate(fold))
    return counts


class Mixture:
    """Probabilities from both kinds of counts."""

    def __init__(self, words: Counts, prose: Counts) -> None:
        self.words, self.prose = words, prose
        word_total, prose_total = sum(words.single.values()), max(sum(prose.single.values()), 1)
        first_total = sum(words.first.values())
        characters = set(words.single) | set(prose.single) | set(SIGNS)
        share = 0.7 if prose.single else 0.0
        floor = 0.3 / word_total
        self.unigram = {
            c: share * prose.single[c] / prose_total + (1 - share) * words.single[c] / word_total + floor
            for c in characters
        }
        self.start = {c: words.first[c] / first_total for c in characters}

    def pair(self, before: str, character: str) -> float:
        """P(character | before)."""
        seen, words = self.prose.single[before], self.words
        known = words.single[before]
        if known:
            inside = words.pair[before + character] / known
            opening = words.last[before] / known
        else:
            inside, opening = 0.0, 1.0
        outside = 0.5 * self.start[character] + 0.5 * self.unigram[character]
        by_words = 0.97 * (inside + opening * outside) + 0.03 * self.unigram[character]
        return (self.prose.pair[before + character] + PROSE_TRUST * by_words) / (seen + PROSE_TRUST)

    def triple(self, context: str, character: str) -> float:
        """P(character | two characters before)."""
        words, shorter = self.words, self.pair(context[1], character)
        inside = words.pair[context]
        by_words = shorter
        if inside:
            opening = words.last_pair[context] * shorter
            trust = inside / (inside + CROSSING * words.last[context[0]] * self.start[context[1]] + 1)
            by_words = trust * (words.triple[context + character] + opening) / inside + (1 - trust) * shorter
        return (self.prose.triple[context + character] + PAIR_TRUST * by_words) / (
            self.prose.pair[context] + PAIR_TRUST
        )


def code(probability: float) -> str:
    """A probability as one character (see `language.ZERO`)."""
    steps = round(-math.log(max(probability, 1e-13)) * STEP)
    return chr(ZERO + min(max(steps, 0), CODES))


def _row(head: str, explicit: dict[str, float], rest: float) -> str:
    ordered = sorted(explicit, key=lambda c: (-explicit[c], c))
    return f"{head}{code(rest)}\t{''.join(ordered)}\t{''.join(code(explicit[c]) for c in ordered)}"


def character_lines(mixture: Mixture) -> list[str]:
    """A line for each character: itself, its probability, the weight of unlisted followers; followers; their codes."""
    following: defaultdict[str, set[str]] = defaultdict(set)
    for pair, weight in mixture.words.pair.items():
        if weight > 1:
            following[pair[0]].add(pair[1])
    for pair in mixture.prose.pair:
        following[pair[0]].add(pair[1])
    lines = []
    for before in sorted(mixture.unigram, key=lambda c: (-mixture.unigram[c], c)):
        explicit = {c: mixture.pair(before, c) for c in sorted(following[before])}
        explicit = {c: p for c, p in explicit.items() if p > 1.3 * mixture.unigram[c]}
        left = 1 - sum(mixture.unigram[c] for c in explicit)
        rest = max(1 - sum(explicit.values()), 1e-4) / max(left, 1e-4)
        lines.append(_row(before + code(mixture.unigram[before]), explicit, min(rest, 1.0)))
    return lines


def triple_lines(mixture: Mixture, rare: int) -> list[str]:
    """A line for each pair of characters with followers the pair model underrates; word triples at `rare` are left."""
    following: defaultdict[str, set[str]] = defaultdict(set)
    for triple, weight in mixture.words.triple.items():
        if weight > rare:
            following[triple[:2]].add(triple[2])
    for triple in mixture.prose.triple:
        following[triple[:2]].add(triple[2])
    lines = []
    for context in sorted(following):
        explicit = {c: mixture.triple(context, c) for c in sorted(following[context])}
        shorter = {c: mixture.pair(context[1], c) for c in explicit}
        explicit = {c: p for c, p in explicit.items() if p > 1.1 * shorter[c]}
        if explicit:
            left = 1 - sum(shorter[c] for c in explicit)
            rest = max(1 - sum(explicit.values()), 1e-3) / max(left, 1e-3)
            lines.append(_row(context, explicit, min(rest, 1.0)))
    return lines


def build(word_lines: Iterable[str], fold_lines: Iterable[str], texts: Iterable[str]) -> tuple[bytes, bytes]:
    """The two files of the model, from the lines of the word list, of the fold table, and the running texts."""
    table = fold_table(fold_lines)
    fold = {ord(source): target for source, target in table.items()}
    mixture = Mixture(count_words(word_lines, fold), count_prose(texts, fold))
    header = "".join(table) + "\t" + "".join(table.values())
    rows = "\n".join([header, *character_lines(mixture)])
    return zlib.compress(rows.encode(), 9), zlib.compress("\n".join(triple_lines(mixture, 20)).encode(), 9)


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("prose", nargs="+", type=Path, help="running text, UTF-8, one paragraph a line")
    parser.add_argument("--words", type=Path, required=True, help="dict.txt of jieba 0.42.1")
    parser.add_argument("--fold", type=Path, help="TSCharacters.txt of OpenCC")
    parser.add_argument("--out", type=Path, default=Path(str(data_root())) / "reference" / "language")
    arguments = parser.parse_args()
    fold_file = arguments.fold or files("opencc") / "dictionary" / "TSCharacters.txt"
    rows, triples = build(
        arguments.words.read_text("utf-8").splitlines(),
        fold_file.read_text("utf-8").splitlines(),
        [path.read_text("utf-8") for path in sorted(arguments.prose)],
    )
    arguments.out.mkdir(parents=True, exist_ok=True)
    (arguments.out / "characters.txt.z").write_bytes(rows)
    (arguments.out / "triples.txt.z").write_bytes(triples)
    names = sorted(path.name for path in arguments.prose)
    (arguments.out / "trained_on.txt").write_text("\n".join(names) + "\n", "utf-8")


if __name__ == "__main__":
    main()
