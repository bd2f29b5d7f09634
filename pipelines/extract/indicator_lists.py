"""The lists of a report's prose, sentence by sentence: which figure a list is of, and where it begins and ends.

A list may follow its figure in the same sentence, open the next (其中, …), or go on in the one after that. What its parts
are is read in `indicator_enumerations`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pipelines.extract.indicator_enumerations import (
    Enumeration,
    Part,
    Total,
    adds_up,
    continued,
    opens_enumeration,
    read_enumeration,
    read_subjects,
    read_subjects_alone,
)
from pipelines.extract.indicator_rules import Rule
from pipelines.extract.indicator_text import Mention, Sentence
from pipelines.model import Check

_TOTAL = "proactive_total"
# 网站发布信息 81 条, 其中工作动态 50 条: the website's figure has parts only where the text says so.
_WITH_PARTS = frozenset(["proactive_website", "website_postings"])
_SAYS_PARTS = re.compile(
    r"\A[^,;:(]{0,4}[,;:(]?(?:其中|具体|包括|分别|在?主动公开的(?:政府|政务)?信息[中里]|按[^,:]{0,8}分|:)"
)


def is_channel(rule: Rule) -> bool:
    """Whether a rule names a channel by its words and verb."""
    return rule.name.endswith("_with_verb")


@dataclass(slots=True)
class ListReader:
    """Reads the lists of sentences given in the order of the text; `channel_lists` are those without a total."""

    checks: list[Check] = field(default_factory=list)
    channel_lists: list[Enumeration] = field(default_factory=list)
    # The figure that the sentence before stated, for a list in a sentence of its own.
    _before: Total | None = None
    # A list of subjects that has not come to its total, and the place of its check.
    _begun: tuple[Total, Enumeration] | None = None

    def read(self, sentence: Sentence, found: Sequence[Mention], rules: Mapping[int, Rule]) -> tuple[Part, ...]:
        """The parts that a sentence lists; `rules` are those that name its mentions, by their ordinals."""
        total = _stated(found, rules)
        if self._before and (total is None or total.code != _TOTAL) and opens_enumeration(sentence.text):
            total = self._before
        self._before = total
        begun, self._begun = self._begun, None
        if total is None:
            return self._continue(begun, found, rules) or self._alone(sentence, found, rules)
        enumeration = _list_of(total, sentence, found, rules)
        if enumeration is None:
            return () if total.code == _TOTAL else self._alone(sentence, found, rules)
        if enumeration.check:
            self.checks.append(enumeration.check)
            self._begun = total, enumeration
        return enumeration.parts

    def _continue(
        self, begun: tuple[Total, Enumeration] | None, found: Sequence[Mention], rules: Mapping[int, Rule]
    ) -> tuple[Part, ...]:
        """The parts that fill the list which the sentence before began."""
        enumeration = continued(*begun, _unnamed(found, rules)) if begun else None
        if enumeration is None or enumeration.check is None:
            return ()
        self.checks[-1] = enumeration.check
        return enumeration.parts

    def _alone(self, sentence: Sentence, found: Sequence[Mention], rules: Mapping[int, Rule]) -> tuple[Part, ...]:
        """A list without a total: of channels, or of subjects."""
        following = _unnamed_or_channels(found, rules)
        if not following:
            return ()
        enumeration = read_enumeration(None, following, sentence.text[: following[0].count.start])
        if enumeration:
            self.channel_lists.append(enumeration)
            return enumeration.parts
        subjects = read_subjects_alone(found) if "主动公开" in sentence.text else ()
        return tuple(part for part in subjects if part.mention.ordinal not in rules)


def _stated(found: Sequence[Mention], rules: Mapping[int, Rule]) -> Total | None:
    """The figure of a sentence that a list may be of: the total, or else the website's if it is the only channel."""
    channels = []
    for mention in found:
        rule = rules.get(mention.ordinal)
        if rule is None:
            continue
        if rule.code == _TOTAL:
            return Total(mention, _TOTAL)
        if is_channel(rule) or rule.code in _WITH_PARTS:
            channels.append(Total(mention, rule.code))
    return channels[0] if len(channels) == 1 and channels[0].code in _WITH_PARTS else None


def _list_of(
    total: Total, sentence: Sentence, found: Sequence[Mention], rules: Mapping[int, Rule]
) -> Enumeration | None:
    is_here = total.mention.sentence is sentence
    following = found[total.mention.ordinal + 1 :] if is_here else found
    if not following:
        return None
    opener = sentence.text[total.mention.count.end if is_here else 0 : following[0].count.start]
    if total.code != _TOTAL:
        is_said = not is_here or _SAYS_PARTS.match(opener) is not None
        return read_subjects(total, _unnamed(following, rules), opener) if is_said else None
    if not adds_up(total, following):
        following = _unnamed_or_channels(following, rules)
    return read_enumeration(total, following, opener) if following else None


def _unnamed(found: Sequence[Mention], rules: Mapping[int, Rule]) -> list[Mention]:
    return [mention for mention in found if mention.ordinal not in rules]


def _unnamed_or_channels(found: Sequence[Mention], rules: Mapping[int, Rule]) -> list[Mention]:
    return [mention for mention in found if mention.ordinal not in rules or is_channel(rules[mention.ordinal])]
