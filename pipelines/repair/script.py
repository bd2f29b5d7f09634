"""Traditional to Simplified, as the form the later rooms read.

The words are those of OpenCC's `t2s` (dictionaries of opencc-python-reimplemented), compiled here: one table for
characters, and an index that finds the 277 phrases at one character of each. The result is the library's own, longest
phrase first and leftmost among equals, at many times its speed. Beyond the library, and only on Traditional text:

* 著 becomes 着 where it is the particle or the verb (本著, 隨著, 著力), and stays in 著名, 顯著, 編著 and their like;
* Taiwan's vocabulary (`data/reference/repair/taiwan.toml`) goes back to the mainland's on pages that show at least
  three different terms of it, for there a converter put it in: 入口網站 → 门户网站.

妳, 甯 in names and the like stay as the library has them.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from pipelines.knowledge import reference
from pipelines.model import Edit
from pipelines.repair.opencc_tables import table

_TAIWAN_TERMS_FROM = 3
# A Traditional passage in a Simplified page: this many Traditional characters, and no fewer than half its Simplified
# ones. A name quoted in its own script (國立故宮博物院) stays below.
_PASSAGE_FROM = 12
# Kana for each character of Chinese above which a text is Japanese, which has Traditional forms of its own.
_JAPANESE_SHARE = 0.1

# A stretch of text without any tag longer than this is no page's: it is converted in one edit, not in half a million.
_LONGEST_TRACED = 300_000

_KANA = re.compile("[\u3041-\u3096\u30a1-\u30fa]")
_HANZI = re.compile("[\u3400-\u9fff]")

# 著 for 着, on text that is Simplified already: as the particle behind a verb, or as the verb before what it takes.
# What 著 begins or ends as itself keeps it: 著名, 著作, 显著, 编著, 论著, 土著.
_TAKES_PARTICLE = "本沿随跟接朝向顺为穿戴抱怀带靠凭有绕看听走拿握试占执沉衣附胶味志临在含按守闪活挂指坐站对围冒盯伴陪"
_TAKEN_BY_VERB = "力重手眼实想落急陆火色装墨凉迷地"
_ZHE = re.compile(
    f"著(?:(?<=[{_TAKES_PARTICLE}]著)(?![名作述称书者录])|(?<![名原编论土专巨显昭卓合译遗拙新较]著)(?=[{_TAKEN_BY_VERB}]))"
)

# The parts of a page that are text: what stands outside tags, and the three attributes people read.
_TAG = r"<[a-zA-Z/!?][^<>]*>"
_READABLE_ATTRIBUTE = re.compile(
    r"""\b(?:content|title|alt)\s{0,4}=\s{0,4}(?:"([^"<>]*)"|'([^'<>]*)')""", re.IGNORECASE
)
_ADDRESS = re.compile(
    r"(?:https?://|\burl=)[#-&(-;=?-~]+(?:(?<=[/=])[\u3400-\u9fff][\u3400-\u9fff#-&(-;=?-~]*)?", re.IGNORECASE
)
_CLOSED = re.compile(f"{_TAG}|{_ADDRESS.pattern}", re.IGNORECASE)
_LINE = re.compile(r"[^<>\r\n]+")


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A phrase, how it is written in Simplified, and where in it the character stands that it is found by."""

    traditional: str
    simplified: str
    anchor: int


@dataclass(frozen=True, slots=True)
class _Converter:
    """The dictionaries of `t2s`, compiled."""

    characters: list[int]  # by code point up to U+FFFF: a list translates twice as fast as a dictionary
    rare: dict[str, str]  # the few characters beyond
    rare_characters: re.Pattern[str]
    phrases: dict[str, tuple[_Phrase, ...]]
    anchors: re.Pattern[str]
    changing: re.Pattern[str]
    changing_or_rare: re.Pattern[str]
    traditional: re.Pattern[str]
    simplified: re.Pattern[str]

    def runs(self, text: str, start: int, end: int) -> Iterator[re.Match[str]]:
        """Runs of characters in text[start:end] that conversion may change."""
        pattern = self.changing_or_rare if self.rare_characters.search(text, start, end) else self.changing
        return pattern.finditer(text, start, end)

    def convert(self, text: str) -> str:
        """`text` with phrases, then characters, converted; of the same length."""
        characters = text.translate(self.characters)
        if self.rare_characters.search(text):
            characters = self.rare_characters.sub(lambda found: self.rare.get(found[0], found[0]), characters)
        matches = self._phrase_matches(text)
        if not matches:
            return characters
        pieces: list[str] = []
        place = 0
        for start, phrase in matches:
            pieces += (characters[place:start], phrase.simplified)
            place = start + len(phrase.traditional)
        return "".join(pieces) + characters[place:]

    def _phrase_matches(self, text: str) -> list[tuple[int, _Phrase]]:
        """The phrases that hold, by place: where two overlap the longer does, of equals the one further left."""
        found = []
        for hit in self.anchors.finditer(text):
            for phrase in self.phrases[hit[0]]:
                start = hit.start() - phrase.anchor
                if start >= 0 and text.startswith(phrase.traditional, start):
                    found.append((start, phrase))
        found.sort(key=lambda match: match[0])
        chosen: list[tuple[int, _Phrase]] = []
        for cluster in _clusters(found):
            taken: list[tuple[int, _Phrase]] = []
            for start, phrase in sorted(cluster, key=lambda match: -len(match[1].traditional)):
                end = start + len(phrase.traditional)
                if all(end <= other or start >= other + len(rival.traditional) for other, rival in taken):
                    taken.append((start, phrase))
            chosen += sorted(taken, key=lambda match: match[0])
        return chosen


def _clusters(matches: list[tuple[int, _Phrase]]) -> Iterator[list[tuple[int, _Phrase]]]:
    """Matches sorted by place, those that overlap each other together."""
    cluster: list[tuple[int, _Phrase]] = []
    reach = 0
    for start, phrase in matches:
        if cluster and start >= reach:
            yield cluster
            cluster = []
        cluster.append((start, phrase))
        reach = max(reach, start + len(phrase.traditional))
    if cluster:
        yield cluster


@cache
def _converter() -> _Converter:
    pairs = {key: value for key, value in table("TSCharacters").items() if key != value}
    characters = list(range(0x10000))
    rare = {key: value for key, value in pairs.items() if ord(key) > 0xFFFF}
    for key in pairs.keys() - rare.keys():
        characters[ord(key)] = ord(pairs[key])
    phrases = table("TSPhrases")
    popularity = Counter(character for phrase in phrases for character in set(phrase))
    index: defaultdict[str, list[_Phrase]] = defaultdict(list)
    for traditional, simplified in phrases.items():
        anchor = max(range(len(traditional)), key=lambda place: popularity[traditional[place]])
        index[traditional[anchor]].append(_Phrase(traditional, simplified, anchor))
    # Characters beyond U+FFFF stay out of the patterns: one of them makes a whole character class slow.
    changed = pairs.keys() - rare.keys() | {"著"}
    for traditional, simplified in phrases.items():
        changed |= {one for one, other in zip(traditional, simplified, strict=True) if one != other}
    return _Converter(
        characters=characters,
        rare=rare,
        rare_characters=re.compile("[\U00010000-\U0010ffff]"),
        phrases={anchor: tuple(found) for anchor, found in index.items()},
        anchors=re.compile(f"[{''.join(index)}]"),
        changing=re.compile(f"{_class(changed).pattern}+"),
        changing_or_rare=re.compile(f"{_class(changed).pattern}+|[{''.join(rare)}]"),
        traditional=_class(key for key in pairs if not _encodes(key, "gb2312")),
        simplified=_class(value for value in pairs.values() if value not in pairs and not _encodes(value, "big5")),
    )


def _class(characters: Iterable[str]) -> re.Pattern[str]:
    return re.compile(f"[{''.join(sorted({one for one in characters if ord(one) <= 0xFFFF}))}]")


def _encodes(character: str, charset: str) -> bool:
    try:
        character.encode(charset)
    except UnicodeEncodeError:
        return False
    return True


def to_simplified(text: str) -> str:
    """`text` in Simplified characters, of the same length: OpenCC's t2s and the rules for 著. Never raises."""
    converter = _converter()
    if next(converter.runs(text, 0, len(text)), None) is None:
        return text
    return _ZHE.sub("着", converter.convert(text))


def is_traditional(character: str) -> bool:
    """Whether the character is written in Traditional text only."""
    return _converter().traditional.match(character) is not None


def holds_traditional(text: str) -> bool:
    """Whether a character of `text` is written in Traditional text only."""
    return _converter().traditional.search(text) is not None


def script_of(text: str) -> str:
    """`hant` or `hans`, by the characters that exist in one script only.

    A Simplified page that quotes Traditional names is `hans`; a page of both, where a converter left characters
    behind (范圍, 規范) or a Simplified frame holds a Traditional article, is `hant`: half as many will do.
    """
    converter = _converter()
    if not converter.traditional.search(text):
        return "hans"
    traditional = len(converter.traditional.findall(text))
    return "hant" if 2 * traditional >= len(converter.simplified.findall(text)) else "hans"


def script_edits(text: str, step: int) -> list[Edit]:
    """Edits that bring `text`, markup or not, to Simplified; rules `script` and `taiwan_term`. Never raises; linear.

    On a Traditional page all text is converted, on a Simplified one only lines and elements that are Traditional
    themselves. Tags (but for content, title and alt), addresses and Japanese pages stay.
    """
    converter = _converter()
    if not converter.traditional.search(text) or _is_japanese(text):
        return []
    is_whole = script_of(text) == "hant"
    passages = [(0, len(text))] if is_whole else list(_traditional_passages(text))
    if not passages:
        return []
    converted = to_simplified(text)
    terms = _taiwan_terms_of_page(text) if is_whole else []
    edits: list[Edit] = []
    for start, end in _readable_parts(text, passages):
        place = start
        for term in _between(terms, start, end):
            edits += _changes(text, converted, place, term.start, step)
            edits.append(Edit("repair", step, "taiwan_term", term.start, term.end, term.found, term.mainland))
            place = term.end
        edits += _changes(text, converted, place, end, step)
    return edits


def _changes(text: str, converted: str, start: int, end: int, step: int) -> Iterator[Edit]:
    """One edit for each run of characters that changed; one for the whole where no page has as many runs."""
    if end - start > _LONGEST_TRACED:
        if text[start:end] != converted[start:end]:
            yield Edit("repair", step, "script", start, end, text[start:end], converted[start:end])
        return
    for run in _converter().runs(text, start, end):
        place = run.start()
        while place < run.end():
            stop = place
            while stop < run.end() and text[stop] != converted[stop]:
                stop += 1
            if stop > place:
                yield Edit("repair", step, "script", place, stop, text[place:stop], converted[place:stop])
            place = stop + 1


def _is_japanese(text: str) -> bool:
    kana = len(_KANA.findall(text))
    return kana > 0 and kana > _JAPANESE_SHARE * len(_HANZI.findall(text))


def _traditional_passages(text: str) -> Iterator[tuple[int, int]]:
    """Lines and elements of a Simplified page that are Traditional themselves."""
    converter = _converter()
    for line in _LINE.finditer(text):
        traditional = len(converter.traditional.findall(line[0]))
        if traditional >= _PASSAGE_FROM and 2 * traditional >= len(converter.simplified.findall(line[0])):
            yield line.span()


def _readable_parts(text: str, passages: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """What of the passages is neither tag nor address, in order."""
    for start, end in passages:
        place = start
        for closed in _CLOSED.finditer(text, start, end):
            yield place, closed.start()
            place = closed.end()
            if closed[0].startswith("<"):
                yield from _attribute_parts(text, *closed.span())
        yield place, end


def _attribute_parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for attribute in _READABLE_ATTRIBUTE.finditer(text, start, end):
        place, stop = attribute.span(1) if attribute[1] is not None else attribute.span(2)
        for address in _ADDRESS.finditer(text, place, stop):
            yield place, address.start()
            place = address.end()
        yield place, stop


@dataclass(frozen=True, slots=True)
class _TaiwanVocabulary:
    """The terms as they are looked for, and which of them speak for the page."""

    pattern: re.Pattern[str]
    mainland: dict[str, str]
    evidence: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Term:
    start: int
    end: int
    found: str
    mainland: str


@cache
def _taiwan_vocabulary() -> _TaiwanVocabulary:
    data = tomllib.loads(reference("repair/taiwan.toml").read_text("utf-8"))
    mainland: dict[str, str] = data["evidence"] | data["ambiguous"]
    pattern = "|".join(re.escape(term) for term in sorted(mainland, key=len, reverse=True))
    return _TaiwanVocabulary(re.compile(pattern), mainland, frozenset(data["evidence"]))


def _taiwan_terms_of_page(text: str) -> list[_Term]:
    """Taiwan's terms in `text`, in order; none unless the page as a whole shows them."""
    vocabulary = _taiwan_vocabulary()
    terms = [
        _Term(match.start(), match.end(), match[0], vocabulary.mainland[match[0]])
        for match in vocabulary.pattern.finditer(text)
    ]
    distinct = {term.found for term in terms} & vocabulary.evidence
    return terms if len(distinct) >= _TAIWAN_TERMS_FROM else []


def _between(terms: list[_Term], start: int, end: int) -> list[_Term]:
    first = bisect_left(terms, start, key=lambda term: term.start)
    last = bisect_left(terms, end, key=lambda term: term.end - 1)
    return [term for term in terms[first:last] if term.end <= end]
