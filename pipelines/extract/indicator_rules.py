"""What a rule is: the words around a number that say what it counts. The tables of rules stand in `indicator_rules_*`.

A rule's `before` must end where the number begins and its `after` begin where the number ends, so a number counts what
its own phrase says and nothing else. Tables are read from top to bottom: the first rule that holds names the number.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipelines.extract.indicator_text import Mention

# The words that may stand between a noun and its number: 数量达到, 总数为, 共计 … Possessive, for 共计共计共计 can be
# taken apart in too many ways.
COUNT = r"(?:数量?|总数量?|总量|条数|件数|总计|共计|合计|累计|总共|共有|共|总|计|达到?|已达|为|约|有|分别|的有|的|了|是|到|新增|全年度?|本年度?|年度|年内|今年|当年|其|数|[:(、,])*+"
ITEMS = frozenset(["", "条", "件", "篇", "份", "项", "个", "则", "条次", "件次", "篇次", "期", "批次", "次", "部"])
# 微博 3 个 are accounts, 公报 6 期 issues and 张贴 24 次 occasions, not items.
POSTED_ITEMS = frozenset(["", "条", "件", "篇", "项", "份", "则", "条次", "件次", "篇次"])
CASES = frozenset(["", "件", "宗", "起", "次", "件次", "例", "条", "份", "人次", "个", "项", "批次", "人"])
TIMES = frozenset(["", "次", "场", "期", "场次", "个", "件", "条", "批次", "批"])
PEOPLE = frozenset(["", "人", "名", "位", "人次"])
VISITS = frozenset(["", "人次", "次", "人", "条次", "件次", "个", "件", "条", "批次", "起", "余"])
YUAN = frozenset(["元"])
_LONGEST_SEQUEL = 60


@dataclass(frozen=True, slots=True)
class Rule:
    """`before` and `after` frame the number, `given` must be found earlier in the sentence, `followed` come right after
    the number (beyond the clause), `unless` be nowhere in the lead.

    `needs` are words of which the sentence must have one: a cheap test before the pattern.
    `subject` are the subjects (see `SUBJECT`) that the sentence or its section may have. `rank` 0 states the figure
    itself; a higher rank is believed only where no lower one states it. An empty `code` takes the number out: it counts
    something that has no code.
    """

    name: str
    code: str
    before: re.Pattern[str] | None
    after: re.Pattern[str] | None
    units: frozenset[str]
    needs: tuple[str, ...]
    given: re.Pattern[str] | None
    followed: re.Pattern[str] | None
    unless: re.Pattern[str] | None
    subject: frozenset[str]
    rank: int

    def may_count(self, unit: str, subject: str) -> bool:
        """Whether the rule is one for numbers of this unit in a sentence on this subject."""
        return unit in self.units and (not self.subject or subject in self.subject)

    def frame(self, mention: Mention) -> tuple[int, int] | None:
        """The [start, end) of the words, number included, that make `mention` count what this rule is about, or None.

        Asked of numbers whose unit and subject are the rule's (see `may_count`).
        """
        start, end = mention.count.start, mention.count.end
        if self.before:
            phrase = self.before.search(mention.lead)
            if phrase is None:
                return None
            start = mention.lead_start + phrase.start()
        if self.after:
            phrase = self.after.match(mention.tail)
            if phrase is None:
                return None
            end += phrase.end()
        if self.unless and self.unless.search(mention.lead):
            return None
        rest = mention.count.end
        if self.followed and not self.followed.match(mention.sentence.text, rest, rest + _LONGEST_SEQUEL):
            return None
        if self.given and not self.given.search(mention.earlier):
            return None
        return start, end


def rule(
    name: str,
    code: str,
    before: str = "",
    after: str = "",
    *,
    units: Iterable[str] = ITEMS,
    needs: str = "",
    given: str = "",
    followed: str = "",
    unless: str = "",
    subject: str = "",
    rank: int = 0,
) -> Rule:
    """A rule from its parts; `needs` and `subject` are words parted by blanks, patterns are of half-width text."""
    return Rule(
        name,
        code,
        re.compile(rf"(?:{before})\Z") if before else None,
        re.compile(after) if after else None,
        frozenset(units),
        tuple(needs.split()),
        re.compile(given) if given else None,
        re.compile(followed) if followed else None,
        re.compile(unless) if unless else None,
        frozenset(subject.split()),
        rank,
    )


# Codes that a rule gives to figures counted in one: nought is said of each of them, more cannot be shared out.
COUNTED_TOGETHER: Mapping[str, tuple[str, ...]] = {
    "reviews_together": ("reconsiderations_total", "lawsuits_total"),
    "disclosed_together": ("answered_disclosed", "answered_partly_disclosed"),
    "answers_together": (),
}

# What a sentence speaks of, by the last of these words before the number; a section's kind stands in where it has none.
# "other" are the many things that are also received, handled and completed.
_APPLICANTS = r"(?:公民|法人|其[他它]组织|群众|公众|市民|居民|村民|社会|企业|个人|自然人|单位|书面|当面|网[络上]|各类|有关|相关|的|和|与|或者?|、|以?及)"
# Nothing else begins a subject; the test saves trying two dozen branches at every character.
_BEGINS_SUBJECT = "(?=[1专业主举书人代仲件低住依保信入公兼办发受变咨商处备复奖审工应廉户执投接提援收救新服来案民注消热环理用申留登立答网职落补解认议许诉贷费资起转退问])"
SUBJECT = re.compile(
    rf"{_BEGINS_SUBJECT}(?:(?P<other>(?:许可|补贴|补助|贷款|救助|援助|仲裁|登记|保障房|住房|专利|商标|职称|入学|资质|备案|廉租|审批|办证|退税|资助|奖励"
    r"|用地|环评|认定|变更|注销|执照|户籍|落户|低保|保险|理赔|转学|执行)[^,;]{0,4}申请|审批|许可|办证|业务|案卷|案件(?!申请)|立案|处罚|民生|服务事项"
    r"|办件|审批事项|消费|12315)"
    r"|(?P<reviews>复议)|(?P<lawsuits>诉讼|应诉|起诉)|(?P<appeals>申诉)"
    r"|(?P<letters>来信|信访|信箱|热线|工单|留言|问政|12345|网友)"
    r"|(?P<proposals>代表建议|人大建议|提案|议案)|(?P<consultations>咨询|来电|来访)|(?P<complaints>投诉|举报)"
    r"|(?P<fees>信息处理费|收费|费用)"
    rf"|(?P<applications>依申请(?:公开)?(?:的)?(?:政府|政务)?(?:信息)?(?:公开)?|信息公开(?:的)?申请|公开申请|申请公开(?:政府)?(?:信息)?|申请人|书面申请|申请办结"
    rf"|提出申请|申请(?:数|总)|公开(?:政府|政务)?信息(?:的)?申请"
    rf"|(?:收到?|受理|接到|接收|办理|答复|新收){_APPLICANTS}{{0,8}}申请|件申请)"
    r"|(?P<interpretations>解读)|(?P<staff>人员|兼职|专职)|(?P<proactive>主动公开|(?:发布|公布)[^,]{0,8}信息|公开(?:各类|政府|政务)*信息))"
)
SUBJECT_OF_SECTION = {
    "applications": "applications",
    "reviews": "reviews",
    "consultations": "consultations",
    "fees": "fees",
    "proposals": "proposals",
    "proactive": "proactive",
    "interpretation": "interpretations",
}


@dataclass(frozen=True, slots=True)
class _Shelf:
    """The rules for numbers of one unit in sentences on one subject, by their place in the book: those of which each
    word is needed, and those that need none."""

    by_word: Mapping[str, Sequence[int]]
    without_words: Sequence[int]

    def places(self, words: Iterable[str]) -> list[int]:
        """The places of the rules that a sentence with these words may meet, in the order of the book."""
        found = set(self.without_words)
        for word in words:
            found.update(self.by_word.get(word, ()))
        return sorted(found)


class RuleBook:
    """The tables of rules, read from top to bottom, with what a number cannot meet left out beforehand."""

    def __init__(self, *tables: Sequence[Rule]) -> None:
        self._rules = tuple(rule for table in tables for rule in table)
        self._words_by_first: defaultdict[str, list[str]] = defaultdict(list)
        for word in dict.fromkeys(word for rule in self._rules for word in rule.needs):
            self._words_by_first[word[0]].append(word)
        # Some forty units and a dozen subjects are all there are.
        self._shelf = lru_cache(maxsize=1024)(self._shelf_for)

    def words_of(self, text: str) -> list[str]:
        """The words of a sentence of which rules need one."""
        first_characters = self._words_by_first.keys() & set(text)
        return [word for first in first_characters for word in self._words_by_first[first] if word in text]

    def first_rule(self, mention: Mention, subject: str, words: Iterable[str]) -> tuple[Rule, tuple[int, int]] | None:
        """The first of the rules that names a number, with the place of what it rests on.

        `words` are those of the number's sentence (see `words_of`).
        """
        for place in self._shelf(mention.count.unit, subject).places(words):
            rule = self._rules[place]
            if frame := rule.frame(mention):
                return rule, frame
        return None

    def _shelf_for(self, unit: str, subject: str) -> _Shelf:
        by_word: defaultdict[str, list[int]] = defaultdict(list)
        without_words = []
        for place, rule in enumerate(self._rules):
            if not rule.may_count(unit, subject):
                continue
            if not rule.needs:
                without_words.append(place)
            for word in rule.needs:
                by_word[word].append(place)
        return _Shelf(dict(by_word), without_words)
