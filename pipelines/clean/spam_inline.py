"""Spam glued to a line that is otherwise the report's: keywords before a title, a farm behind the last sentence.

A line is cut at its separators; parts that are keywords and nothing else go with the separators that joined them.
What stands inside a sentence without a separator replaced a word and is the business of `substitution`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from pipelines.clean.spam import SpamMeasure, is_link_farm, measure, spam_rule
from pipelines.clean.spam_words import Strength, fold_case, has_spam_words, telling_words, vocabulary
from pipelines.model import Edit

_PART = re.compile(r"[^|｜_,，、。；;！!？?\s\-—–>»]+")
_SENTENCE_END = re.compile(r"[。！？]")
_JOINT = "|｜_,，、;；?？ \t-—–>»"
# The ids of one injection are five or six random characters, the same throughout a page.
_EMPTY_TAGS = re.compile(r"(?:[•·]\s*)?(?:</?[a-z]{1,12}(?: (?:id|class)=\"[0-9a-z]{5,6}\")?>\s*)+", re.IGNORECASE)
_TAG_ID = re.compile(r"(?:id|class)=\"(?=[a-z]*\d)[0-9a-z]{5,6}\"")
_PART_SHARE = 0.6
_LINE_BREAK = re.compile("\n")
_LEAST_BARS = 6
_LEAST_ADDRESSES = 3


@dataclass(slots=True)
class _Group:
    start: int
    end: int
    strong: bool = False
    weak: int = 0
    opens: bool = False
    closes: bool = False


def injected_edits(text: str, step: int) -> list[Edit]:
    """What was glued to lines of the readable text (Simplified, lines joined by newlines), as edits of `step`.

    Rules: `spam_in_line` (keywords at an edge or between separators), `link_farm_in_line` (a farm behind the last
    sentence), `empty_tags_in_line`. Lines that are spam as a whole are left to `spam_rule`. Never raises.
    """
    edits = []
    for start, end in suspect_spans(text):
        line = text[start:end]
        if spam_rule(line):
            continue
        for first, last, rule in _spans(line):
            edits.append(Edit("clean", step, rule, start + first, start + last, line[first:last]))
    return edits


def suspect_spans(text: str) -> list[tuple[int, int]]:
    """The lines [start, end) of `text` that hold a strong spam word or two, six bars, an address again and again, or a
    tag."""
    ends = [*(match.start() for match in _LINE_BREAK.finditer(text)), len(text)]
    return [(ends[place - 1] + 1 if place else 0, ends[place]) for place in sorted(_suspect_places(text, ends))]


def _suspect_places(text: str, ends: Sequence[int]) -> set[int]:
    folded = fold_case(text)
    found = Counter[int]()
    for match in telling_words(folded):
        # A weak word alone makes no line suspect.
        is_strong = vocabulary().strengths[match[0]] is Strength.STRONG
        found[bisect_left(ends, match.start())] += 2 if is_strong else 1
    places = {place for place, weight in found.items() if weight >= 2}
    if "<" in text or text.count("|") + text.count("｜") >= _LEAST_BARS or text.count("://") >= _LEAST_ADDRESSES:
        places.update(place for place, line in enumerate(text.split("\n")) if _is_farm_or_tags(line))
    return places


def _is_farm_or_tags(line: str) -> bool:
    return (
        line.count("|") + line.count("｜") >= _LEAST_BARS
        or line.count("://") >= _LEAST_ADDRESSES
        or ("<" in line and ">" in line)
    )


def _spans(line: str) -> list[tuple[int, int, str]]:
    spans: list[tuple[int, int, str]] = []
    limit = len(line)
    # Several sentences may stand before the farm, so only what follows the last one is looked at.
    last_sentence = max((line.rfind(sign) for sign in "。！？"), default=-1)
    if 0 <= last_sentence < len(line) - 1 and is_link_farm(line[last_sentence + 1 :]):
        limit = last_sentence + 1
        spans.append((limit, len(line), "link_farm_in_line"))
    if "<" in line:
        spans += [
            (match.start(), match.end(), "empty_tags_in_line")
            for match in _EMPTY_TAGS.finditer(line, 0, limit)
            if _TAG_ID.search(match[0].lower())
        ]
    if has_spam_words(line):
        spans += [(*_with_joints(line, group, limit), "spam_in_line") for group in _groups(line, limit)]
    return _apart(sorted(spans))


def _apart(spans: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """The sorted spans without overlap: what an earlier one took is taken."""
    apart: list[tuple[int, int, str]] = []
    reached = 0
    for start, end, rule in spans:
        if end > reached:
            apart.append((max(start, reached), end, rule))
            reached = end
    return apart


def _groups(line: str, limit: int) -> list[_Group]:
    """Neighbouring parts that are keywords; weak words alone need three, an edge, and no office or fight around them."""
    # What is fought is enumerated, and enumerated with a comma that no keyword line has.
    is_told = "、" in line or vocabulary().enforcement.search(line) is not None
    groups: list[_Group] = []
    open_group: _Group | None = None
    for match in _PART.finditer(line, 0, limit):
        figures = measure(match[0])
        if open_group is not None and _SENTENCE_END.search(line, open_group.end, match.start()):
            open_group = None
        # A part of fillers goes along with the keywords before it (…|在线播放|…).
        goes_along = open_group is not None and figures.share >= 0.9 and not figures.speaks_officially
        if not _is_keywords(figures) and not goes_along:
            open_group = None
            continue
        if open_group is None:
            open_group = _Group(match.start(), match.end())
            groups.append(open_group)
        open_group.end = match.end()
        open_group.strong = open_group.strong or bool(figures.strong)
        open_group.weak += len(figures.weak)
    opening, closing = _text_bounds(line)
    for group in groups:
        group.opens, group.closes = group.start <= opening, group.end >= closing
    return [
        group for group in groups if group.strong or ((group.opens or group.closes) and group.weak >= 3 and not is_told)
    ]


def _is_keywords(figures: SpamMeasure) -> bool:
    if figures.speaks_officially:
        return False
    if figures.strong:
        return figures.share >= _PART_SHARE
    return bool(figures.weak) and figures.share >= 0.75 and not figures.speaks_of_enforcement


def _text_bounds(line: str) -> tuple[int, int]:
    """Where the line's text begins and ends, separators at its ends left out."""
    return len(line) - len(line.lstrip(_JOINT)), len(line.rstrip(_JOINT))


def _with_joints(line: str, group: _Group, limit: int) -> tuple[int, int]:
    """The group with the separators that joined it to the line: those behind it, at the line's end those before it."""
    first, last = group.start, group.end
    while last < limit and line[last] in _JOINT:
        last += 1
    if last >= limit or group.opens:
        while first > 0 and line[first - 1] in _JOINT:
            first -= 1
    elif line[first - 1] in "。！？；" and line[last] in "。！？；":
        last += 1
    elif line[last - 1] not in _JOINT:
        # 加强管理，BRAND。: the comma before it joined it to the sentence.
        while first > 0 and line[first - 1] in "，,、 ":
            first -= 1
    return first, last
