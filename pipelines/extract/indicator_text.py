"""A report's prose in reading form: sentences without blanks and quotation marks, each character with its place in the
body, and every number in them with the words that say what it counts."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from pipelines.extract.numbers import Count, counts, folded
from pipelines.model import Section

# Longest sentence met in a report: 1,460 characters, an enumeration by subject. Longer ones are no prose.
LONGEST_SENTENCE = 4_000
# The longest single report met has 31,000 characters.
MOST_TEXT = 100_000

_SENTENCE = re.compile(r"[^。!?\n]+")
# A line of a text that was wrapped at a fixed width: no mark at its end, no heading at either side, something to follow.
_HEADING_MARK = r"(?:[一二三四五六七八九十]{1,3}[、.,]|\([一二三四五六七八九十\d]{1,3}\)|\d{1,2}[.、)]|第[一二三四五六七八九十]{1,3}[章条部])"
_SOFT_BREAK = re.compile(
    rf"(?m)^(?!{_HEADING_MARK})([^\n\t|]{{18,60}}[^\n\t|。!?;:])\n(?=\S[^\n\t]{{7}}|\S[^\n\t]{{0,6}}[。;,])(?!{_HEADING_MARK})"
)
_DROPPED = re.compile(r"[\s“”‘’「」『』\"'*#\u200b\ufeff]+")
_STATES_SOMETHING = re.compile(
    r"(?=[\d未没无零一二两三四五六七八九十百千万])"
    r"(?:[\d未没无零]|[一二两三四五六七八九十百千万][余多]?[件条起次篇宗份人名场期个项处万])"
)
_COUNTS_SOMETHING = re.compile(
    r"(?=[\d零一二两三四五六七八九十百千万亿])"
    r"(?:[\d零]|[一二两三四五六七八九十百千万亿][余多]?[条件起次篇宗份人名场期个项处部例则批户位元万])"
)
_SEPARATOR = re.compile(r"[,;:]")
_LONGEST_LEAD = 80
# Words around a number that do not say what it counts: a lead of these alone goes on with the clause before it.
_FILLER = re.compile(
    r"(?:\(?\d{1,2}[.、)]|全年度?|本年度?|年度|年内|今年|当年|其|数量|总数量?|总量|条数|件数|总计|共计|合计|累计|总共|共有|共|计|达到?"
    r"|为|约|有|是|新增|的|了|均|已|期间|分别|\d{4}年度?|截[至止].{0,12}?[底日末]|、|和|及|与|\(|\))*+"
)
# What may stand between the first noun of a list and the second number.
_LIST_MARK = re.compile(r"(?:案件?|申请|意见|办理|答复|情况|事项|工作|的|等){0,3}(?:[、和及与或]|以及)")


@dataclass(slots=True, unsafe_hash=True)
class Sentence:
    """A sentence: `text` is what is read, `places` the place of each of its characters in `body`.

    `topic` is the kind of the innermost section with a known kind that holds it, "" when there is none.
    """

    body: str
    text: str
    places: Sequence[int]
    topic: str

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The place in the body of [start, end) of the text."""
        return self.places[start], self.places[end - 1] + 1

    @property
    def printed(self) -> str:
        """The sentence as the body has it."""
        end = self.places[-1] + 1
        return self.body[self.places[0] : end + (self.body[end : end + 1] in ("。", "！", "？"))]


@dataclass(slots=True, unsafe_hash=True)
class Mention:
    """A number in a sentence: `lead` is what stands before it in its clause (or, if that says nothing, from the clause
    before on), `tail` what follows up to the next mark or number, `clause` the whole clause, `earlier` all before it."""

    sentence: Sentence
    count: Count
    lead: str
    lead_start: int
    tail: str
    clause: str
    earlier: str = field(repr=False)
    ordinal: int = 0


def sentences(body: str, sections: Sequence[Section]) -> Iterator[Sentence]:
    """The sentences of the prose of `body` that may state something; rows of tables are none."""
    text = _SOFT_BREAK.sub(r"\1 ", folded(body))
    topics = _Topics(sections)
    for match in _SENTENCE.finditer(text):
        part = match[0]
        if "\t" in part or len(part) > LONGEST_SENTENCE or not _STATES_SOMETHING.search(part):
            continue
        kept, places = _without_blanks(part, match.start())
        if kept:
            yield Sentence(body, kept, places, topics.at(match.start()))


def has_too_long(body: str) -> bool:
    """Whether a passage without a full stop is longer than any sentence, and so is not read; a row of a table is none."""
    if len(body) <= LONGEST_SENTENCE:
        return False
    passages = re.finditer(r"[^。！？!?\n]+", body)
    return any(match.end() - match.start() > LONGEST_SENTENCE and "\t" not in match[0] for match in passages)


def mentions(sentence: Sentence) -> list[Mention]:
    """The numbers of a sentence; of "8项111条" only the second, which is the finer count."""
    text = sentence.text
    found = list(counts(text)) if _COUNTS_SOMETHING.search(text) else []
    if not found:
        return []
    marks = [match.start() for match in _SEPARATOR.finditer(text)]
    if "," in text:
        thousands = {
            place for count in found if "," in text[count.start : count.end] for place in range(count.start, count.end)
        }
        marks = [place for place in marks if place not in thousands]
    mentioned: list[Mention] = []
    clause_start = last_end = passed = 0
    previous_clause = 0
    glued: int | None = None
    for place, count in enumerate(found):
        following = found[place + 1].start if place + 1 < len(found) else len(text)
        while passed < len(marks) and marks[passed] < count.start:
            previous_clause, clause_start = clause_start, marks[passed] + 1
            passed += 1
        clause_end = marks[passed] if passed < len(marks) else len(text)
        if following == count.end and clause_end != count.end:
            glued = count.start if glued is None else glued
            continue
        start = max(clause_start, last_end)
        if last_end <= clause_start and last_end <= previous_clause and _FILLER.fullmatch(text, start, count.start):
            start = previous_clause
        lead_end = count.start if glued is None else glued
        lead_start, glued = max(start, lead_end - _LONGEST_LEAD), None
        mentioned.append(
            Mention(
                sentence,
                count,
                text[lead_start:lead_end],
                lead_start,
                text[count.end : min(clause_end, following)],
                text[clause_start:clause_end],
                text[: count.start],
                len(mentioned),
            )
        )
        last_end = count.end
    return mentioned


def next_of_list(mention: Mention, before: Mention, spent: int) -> Mention:
    """A number behind one that is named by the words up to `spent`: those words are not its own.

    In 承办13件人大代表建议和18件政协委员提案 the verb governs both numbers: where nothing but the mark of a list stands between, the
    second has the lead of the first.
    """
    if spent <= mention.lead_start:
        return mention
    between = mention.sentence.text[spent : mention.count.start]
    if _LIST_MARK.fullmatch(between):
        return replace(mention, lead=before.lead, lead_start=before.lead_start)
    return replace(mention, lead=between, lead_start=spent)


def _without_blanks(part: str, start: int) -> tuple[str, Sequence[int]]:
    """`part` without blanks and quotation marks; a blank between two digits keeps two numbers apart."""
    places: list[int] = []
    pieces: list[str] = []
    place = 0
    for match in _DROPPED.finditer(part):
        if (
            match[0] in " \t"
            and part[match.start() - 1 : match.start()].isdigit()
            and part[match.end() : match.end() + 1].isdigit()
        ):
            continue
        pieces.append(part[place : match.start()])
        places.extend(range(start + place, start + match.start()))
        place = match.end()
    if not pieces:
        return part, range(start, start + len(part))
    pieces.append(part[place:])
    places.extend(range(start + place, start + len(part)))
    return "".join(pieces), places


class _Topics:
    """The kind of section that holds a place, asked in the order of the text."""

    def __init__(self, sections: Sequence[Section]) -> None:
        self._sections = sections
        self._next = 0
        self._open: list[Section] = []
        self._topic = ""
        self._changes_at = 0

    def at(self, place: int) -> str:
        """The innermost known kind at `place`."""
        if place >= self._changes_at:
            self._topic = self._topic_at(place)
            edges = [section.end for section in self._open]
            if self._next < len(self._sections):
                edges.append(self._sections[self._next].start)
            self._changes_at = min(edges, default=sys.maxsize)
        return self._topic

    def _topic_at(self, place: int) -> str:
        while self._next < len(self._sections) and self._sections[self._next].start <= place:
            self._open.append(self._sections[self._next])
            self._next += 1
        self._open = [section for section in self._open if place < section.end]
        return next((section.kind for section in reversed(self._open) if section.kind != "unknown"), "")
