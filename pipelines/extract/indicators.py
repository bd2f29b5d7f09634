"""Indicators in prose: what the report counts, with the sentence that says so.

A sentence is read number by number: the words that frame a number say what it counts (`indicator_rules`), the numbers
that follow a total are its parts (`indicator_enumerations`), and a negation states nought (`indicator_denials`). Of all
that is read, one figure for each code is chosen (`indicator_choice`). Nothing is stated by silence.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from pipelines.extract.codebook import codebook
from pipelines.extract.indicator_choice import Candidate, choose
from pipelines.extract.indicator_denials import denials
from pipelines.extract.indicator_enumerations import Part
from pipelines.extract.indicator_lists import ListReader, is_channel
from pipelines.extract.indicator_period import Period, is_of_another_year, period_of, report_year
from pipelines.extract.indicator_rules import COUNTED_TOGETHER, SUBJECT, SUBJECT_OF_SECTION, Rule, RuleBook
from pipelines.extract.indicator_rules_applications import APPLICATIONS
from pipelines.extract.indicator_rules_disclosure import DISCLOSURE
from pipelines.extract.indicator_rules_letters import LETTERS
from pipelines.extract.indicator_rules_work import REVIEWS, WORK
from pipelines.extract.indicator_text import (
    LONGEST_SENTENCE,
    MOST_TEXT,
    Mention,
    Sentence,
    has_too_long,
    mentions,
    next_of_list,
    sentences,
)
from pipelines.extract.numbers import Quantity
from pipelines.extract.sections import read_sections
from pipelines.model import Check, Finding, Indicator, Section, Semantic, Verdict

__all__ = ["Reading", "codebook", "read_indicators"]

_RULES = RuleBook(APPLICATIONS, REVIEWS, DISCLOSURE, LETTERS, WORK)
_CLAUSE = re.compile(r"[^,;:]+")
# A difference to another year, a part of the year, an average, a plan, something that did not happen.
_NO_FIGURE_OF_THE_YEAR = re.compile(
    r"(?=[1-4一三上下不争二人减力去同四增多将少平年应往拟提无日月未每比没环目至要计较限预])"
    r"(?:(?:(?:(?<!新)增[加长]?|减少|下降|上升|增长|提高|多出|少|(?<!许)多)(?:了|约|近)?|(?:同比|环比|较|比)[^,;]{0,14}(?:增加?|减少?|多|少|的))\Z"
    r"|上半年|下半年|[一二三四1-4]季度|每[年月周日天季个]|[平月日人年]均|去年|往年|同期|上[一]?年(?!.{0,4}(?:结转|转入|遗留))"
    r"|预计|计划(?!总结|类|、)|力争|争取|目标任务|不少于|不低于|至少|不超过|不得|限额|每条|(?:拟|将|要|应当)(?:公开|主动|发布|举办|组织|召开|开展|新增|建)"
    r"|(?:未(?:曾|有)?(?:收到|接到|发生|受理|出现|产生|提起|被|涉及|接收)|没有(?!现成)|无(?!法|关|效|障|正当))[^,;\d]{0,14}\Z)"
)
_PLANS = "plans"
# A million lines of two characters each are no report either.
_SHORTEST = 20
_OF_ANY_DESK = frozenset(["complaints_total", "appeals_total"])
_DISCLOSURE_WORDS = re.compile("公开|复议|诉讼|举报、?投诉|投诉、?举报")
# 在网站上共公开…等8大类信息: the one channel carries all that was disclosed, unless a total is stated elsewhere.
_SAYS_ALL = re.compile(
    r"(?:共|累计|总共)(?:主动)?公开|公开(?:涉及[^;]{0,40})?(?:各类|[^;]{0,40}大类)|公开[^;]{0,12}(?:共计|合计|总计)"
)
_GOES_ON = re.compile(
    r"(?:\([一二三四五六七八九十]\))?(?:其中|答复|所有|按|从|同意|部分公开|不予|予以|属于|不同意|信息不存在|全部|当年|已|均)"
)
_STATED_SUM = re.compile(
    r"\A(?:以上|上述|各渠道|所有渠道|各类|两项|三项|、|,)*(?:总计|合计|共计|总共|共|累计)(?:为|达)?\Z"
)
_ALL_COMPLETED = re.compile(r"(?:均|全部|都)[^,;\d未]{0,14}?(?:办结|办理完毕)(?!率)")
_NUMBER_LOST = re.compile(
    r"(?=[主公十发受])"
    r"(?:(?:主动公开|公开|发布)(?:各类)?(?:政府|政务)信息(?:总数|共计?|数|计)?(?:条|件)(?=[,;]|\Z)|十[一二三四五六七八九]?大类条|受理[^,;没未无]{0,10}申请(?:共)?件(?=[,;]|\Z))"
)
_NEGATED = re.compile(r"[未没无]")
_APPLICATION_CHANNELS = (
    "applications_in_person", "applications_fax", "applications_online", "applications_email", "applications_letter",
    "applications_by_channel",
)  # fmt: skip
# Identities among the indicators themselves: (name, whole, parts).
_IDENTITIES = (
    ("applications_by_channel", "applications_received", _APPLICATION_CHANNELS),
    ("completed_on_time", "applications_completed", ("applications_on_time", "applications_extended")),
    ("staff", "staff_total", ("staff_full_time", "staff_part_time")),
    (
        "consultations_by_channel",
        "consultations_total",
        ("consultations_visits", "consultations_phone", "consultations_online"),
    ),
)


@dataclass(frozen=True, slots=True)
class Reading:
    """The indicators of a body, the checks on its enumerations, and what was left open."""

    indicators: tuple[Indicator, ...]
    checks: tuple[Check, ...]
    findings: tuple[Finding, ...]


def read_indicators(body: str, sections: Sequence[Section] | None = None) -> Reading:
    """All indicators the prose of `body` states, in the order of the text; offsets count in `body`.

    `sections` are those of the body, read here when not given: under 依申请公开 「收到申请58件」 counts applications.
    """
    reader = _Reader(report_year=report_year(body))
    read = 0
    for sentence in sentences(body, read_sections(body) if sections is None else sections):
        read += max(len(sentence.text), _SHORTEST)
        if read > MOST_TEXT:
            reader.findings.append(
                Finding("extract", "text_too_long", f"indicators are read in the first {MOST_TEXT} characters only")
            )
            break
        if sentence.topic != _PLANS:
            reader.read(sentence)
    if has_too_long(body):
        detail = f"a passage of more than {LONGEST_SENTENCE} characters without a full stop is not read"
        reader.findings.append(Finding("extract", "sentence_too_long", detail))
    reader.add_up_channels()
    indicators, conflicts = choose(reader.candidates)
    return Reading(tuple(indicators), (*reader.lists.checks, *_identities(indicators)), (*reader.findings, *conflicts))


@dataclass(slots=True, unsafe_hash=True)
class _Named:
    """A number and the rule that says what it counts, resting on the words at `frame`."""

    mention: Mention
    rule: Rule
    frame: tuple[int, int]


@dataclass(slots=True)
class _Reader:
    report_year: str
    candidates: list[Candidate] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    # 其中 goes on with what the sentence before spoke of.
    _sentence_before: Sentence | None = None
    lists: ListReader = field(default_factory=ListReader)
    _application_lists: list[list[_Named]] = field(default_factory=list)

    def read(self, sentence: Sentence) -> None:
        """Everything one sentence states."""
        if found := mentions(sentence):
            self._read_numbers(sentence, found)
        self._sentence_before = sentence
        if "零" in sentence.text or _NEGATED.search(sentence.text):
            self._read_denials(sentence)
        lost = _NUMBER_LOST.search(sentence.text)
        if lost and not _NEGATED.search(sentence.text, 0, lost.end()):
            self.findings.append(Finding("extract", "number_lost", f"{lost[0]!r} has lost its number"))

    def _read_numbers(self, sentence: Sentence, found: Sequence[Mention]) -> None:
        named = _name(sentence, found, self._sentence_before)
        parts = self.lists.read(sentence, found, {item.mention.ordinal: item.rule for item in named})
        taken = {part.mention.ordinal for part in parts}
        mailboxes = _mailboxes_listed(named)
        if mailboxes:
            self.candidates.append(_sum_of(mailboxes, "mailbox_letters", "sum_of_mailboxes"))
            taken |= {mention.ordinal for mention in mailboxes}
        for item in named:
            if item.mention.ordinal not in taken:
                self._add(item)
        for part in parts:
            self._add_part(part)
        by_channel = [item for item in named if item.rule.code in _APPLICATION_CHANNELS]
        if len(by_channel) > 1:
            self._application_lists.append(by_channel)
        self._stated_sum(found, named, parts)
        self._all_completed(sentence, named)

    def _read_denials(self, sentence: Sentence) -> None:
        for denial in denials(sentence, (match.span() for match in _CLAUSE.finditer(sentence.text))):
            rule = f"denied_{denial.code}"
            indicator = _indicator(
                sentence, denial.code, rule, _NOUGHT, "", denial.start, denial.end, semantic=Semantic.NEGATED
            )
            self.candidates.append(Candidate(indicator))

    def _add(self, item: _Named) -> None:
        mention, rule = item.mention, item.rule
        quantity = mention.count.quantity
        if rule.code == "reviews_each" or rule.code in COUNTED_TOGETHER:
            self._add_several(item)
            return
        if rule.code == "proactive_website" and _SAYS_ALL.search(mention.lead):
            total = _indicator(
                mention.sentence, "proactive_total", "website_says_all", quantity, mention.count.unit, *item.frame
            )
            self.candidates.append(Candidate(total, 3))
        indicator = _indicator(mention.sentence, rule.code, rule.name, quantity, mention.count.unit, *item.frame)
        self.candidates.append(Candidate(indicator, rule.rank, self._period(item)))
        if rule.code == "applications_on_time" and "延" not in mention.sentence.text:
            completed = replace(indicator, code="applications_completed", rule="completed_on_time")
            self.candidates.append(Candidate(completed, 1))

    def _period(self, item: _Named) -> Period:
        has_period = item.rule.code in _WITH_PERIOD
        if (has_period or item.rule.code.startswith("proactive_")) and is_of_another_year(
            item.mention, self.report_year
        ):
            return Period.OTHER_YEAR
        return period_of(item.mention, self.report_year) if has_period else Period.YEAR

    def _add_several(self, item: _Named) -> None:
        """行政复议、行政诉讼均为 0 is said of each; 3 in all cannot be shared out."""
        quantity = item.mention.count.quantity
        if item.rule.code in COUNTED_TOGETHER and quantity.value != 0:
            raw = item.mention.sentence.text[slice(*item.frame)]
            self.findings.append(Finding("extract", "counted_together", f"{raw!r} counts several figures in one"))
            return
        codes = COUNTED_TOGETHER.get(item.rule.code, ("reconsiderations_total", "lawsuits_total"))
        if "申诉" in item.mention.lead:
            codes = (*codes, "appeals_total")
        for code in codes:
            indicator = _indicator(
                item.mention.sentence, code, item.rule.name, quantity, item.mention.count.unit, *item.frame
            )
            self.candidates.append(Candidate(indicator))

    def _add_part(self, part: Part) -> None:
        mention = part.mention
        start = mention.lead_start + len(mention.lead) - len(mention.lead.lstrip(",:、;"))
        rule = _PART_RULES.get(part.whole, "enumeration_of_website")
        if part.code != "proactive_by_category":
            rule = "channel_of_a_list"
        indicator = _indicator(
            mention.sentence,
            part.code,
            rule,
            mention.count.quantity,
            mention.count.unit,
            start,
            mention.count.end,
            part.label,
        )
        self.candidates.append(Candidate(indicator))

    def _stated_sum(self, found: Sequence[Mention], named: Sequence[_Named], parts: Sequence[Part]) -> None:
        """…网站 402 条、微信 112 条, 合计 514 条."""
        channels = {item.mention.ordinal for item in named if is_channel(item.rule)} | {
            part.mention.ordinal for part in parts
        }
        for mention in found:
            if mention.ordinal and mention.ordinal - 1 in channels and _STATED_SUM.match(mention.lead.strip(",;:")):
                indicator = _indicator(
                    mention.sentence, "proactive_total", "stated_sum", mention.count.quantity, mention.count.unit,
                    mention.lead_start, mention.count.end,
                )  # fmt: skip
                self.candidates.append(Candidate(indicator, 1))

    def _all_completed(self, sentence: Sentence, named: Sequence[_Named]) -> None:
        """收到申请 4 件, 均在期限内办结: as many completed as received, if nothing was carried in."""
        codes = [item.rule.code for item in named]
        is_told = codes.count("applications_received") == 1 and _NOT_ALL_OF_THEM.isdisjoint(codes)
        if not is_told or "结转" in sentence.text:
            return
        item = named[codes.index("applications_received")]
        if match := _ALL_COMPLETED.search(sentence.text, item.mention.count.end):
            indicator = _indicator(
                sentence, "applications_completed", "all_completed", item.mention.count.quantity, item.mention.count.unit,
                item.mention.count.start, match.end(),
            )  # fmt: skip
            self.candidates.append(Candidate(indicator))

    def add_up_channels(self) -> None:
        """A total that no sentence states, where a list names every channel; otherwise a Finding."""
        codes = {candidate.indicator.code for candidate in self.candidates}
        if "proactive_total" not in codes:
            for enumeration in self.lists.channel_lists:
                if enumeration.is_whole:
                    mentioned = [part.mention for part in enumeration.parts]
                    self.candidates.append(_sum_of(mentioned, "proactive_total"))
                    break
                names = "、".join(part.code for part in enumeration.parts)
                self.findings.append(
                    Finding(
                        "extract",
                        "total_not_stated",
                        f"{names} are given, but neither their sum nor whether there are more",
                    )
                )
        if "applications_received" not in codes:
            self._add_up_applications()

    def _add_up_applications(self) -> None:
        """网络申请 3 件、信函申请 5 件 and no total: an application comes through one channel only."""
        for named in self._application_lists:
            self.candidates.append(_sum_of([item.mention for item in named], "applications_received"))
            return


_PART_RULES = {"proactive_total": "enumeration", "": "enumeration_without_total"}
_NOUGHT = Quantity(0.0, 0.0, 0.0, False)
_WITH_PERIOD = frozenset(
    ["proactive_total", "applications_received", "reconsiderations_total", "lawsuits_total", "website_visits"]
)
_NOT_ALL_OF_THEM = frozenset(
    ["applications_carried_in", "applications_carried_out", "applications_completed", "applications_handled"]
)


def _subjects(sentence: Sentence) -> list[tuple[int, str]]:
    """What a sentence speaks of: the end of each subject's words and the subject."""
    return [(match.end(), match.lastgroup or "") for match in SUBJECT.finditer(sentence.text)]


def _name(sentence: Sentence, found: Sequence[Mention], before: Sentence | None) -> list[_Named]:
    words = _RULES.words_of(sentence.text)
    subjects = _subjects(sentence)
    if before and _GOES_ON.match(sentence.text):
        subjects = [(0, subject) for _, subject in _subjects(before)[-1:]] + subjects
    ends = [end for end, _ in subjects]
    of_section = SUBJECT_OF_SECTION.get(sentence.topic, "")
    named: list[_Named] = []
    for mention in found:
        if _NO_FIGURE_OF_THE_YEAR.search(mention.lead):
            continue
        spent = named[-1].frame[1] if named else 0
        if spent:
            mention = next_of_list(mention, named[-1].mention, spent)
        place = bisect_left(ends, mention.count.start + 1)
        subject = subjects[place - 1][1] if place else of_section
        if subject == "proactive" and "applications" in (of_section, subjects[0][1] if subjects else ""):
            subject = "applications"  # 已主动公开的2件: an answer
        found_rule = _RULES.first_rule(mention, subject, words)
        if found_rule is None or _rests_on_spent_words(mention, found_rule[1], spent):
            continue
        if not (found_rule[0].code in _OF_ANY_DESK and not _about_disclosure(mention)):
            named.append(_Named(mention, *found_rule))
    return named


def _rests_on_spent_words(mention: Mention, frame: tuple[int, int], spent: int) -> bool:
    """Whether a number has no words of its own: only the verb of a list may be shared, the noun is behind the number."""
    return frame[0] < spent and frame[1] == mention.count.end


def _about_disclosure(mention: Mention) -> bool:
    """Complaints and appeals reach every desk: those about disclosure stand beside it or beside reviews and lawsuits."""
    text = mention.sentence.text
    return mention.sentence.topic in ("reviews", "complaints") or _DISCLOSURE_WORDS.search(text) is not None


def _indicator(
    sentence: Sentence,
    code: str,
    rule: str,
    quantity: Quantity,
    unit: str,
    start: int,
    end: int,
    label: str = "",
    semantic: Semantic | None = None,
) -> Indicator:
    place, stop = sentence.span(start, end)
    return Indicator(
        code=code,
        value=quantity.value,
        semantic=semantic or quantity.semantic,
        raw=sentence.body[place:stop],
        sentence=sentence.printed,
        start=place,
        end=stop,
        rule=rule,
        label=label,
        value_low=quantity.low,
        value_high=quantity.high,
        approx=quantity.approx,
        unit=unit or codebook().entries[code].unit,
    )


def _mailboxes_listed(named: Sequence[_Named]) -> list[Mention]:
    """局长信箱 12 件、县长信箱 40 件: several mailboxes side by side; [] when there is one or they stand apart."""
    letters = [item.mention for item in named if item.rule.code == "mailbox_letters"]
    is_list = len(letters) > 1 and all(mention.lead.startswith("、") for mention in letters[1:])
    return letters if is_list else []


def _sum_of(parts: Sequence[Mention], code: str, rule: str = "sum_of_channels") -> Candidate:
    sentence = parts[0].sentence
    approx = any(part.count.quantity.approx for part in parts)
    value = sum(part.count.quantity.value for part in parts)
    bound = None if approx else value
    quantity = Quantity(value, bound, bound, approx)
    start = parts[0].lead_start
    return Candidate(_indicator(sentence, code, rule, quantity, parts[0].count.unit, start, parts[-1].count.end))


def _identities(indicators: Sequence[Indicator]) -> Iterator[Check]:
    """Wholes against their parts, where two parts or more are stated."""
    values = {item.code: item.value or 0.0 for item in indicators if not item.label}
    for name, whole, codes in _IDENTITIES:
        parts = [values[code] for code in codes if code in values]
        if whole not in values or len(parts) < 2:
            continue
        stated, total = values[whole], sum(parts)
        if total == stated:
            yield Check(name, Verdict.PASS, total, stated, "the parts add up")
        else:
            verdict = Verdict.UNCERTAIN if total < stated else Verdict.FAIL
            yield Check(name, verdict, total, stated, "the parts do not add up")
