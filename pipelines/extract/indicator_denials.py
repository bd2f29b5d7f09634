"""What a report says there was none of: 未收到…申请, 没有发生…行政复议、诉讼, 无收费, 行政诉讼也没有.

A denial is a negation with its verb and the nouns it governs, within one clause; of these only the heads are denied
(`indicator_heads`). 没有 and 无 may stand before the noun
itself or before whoever did not do it; 未 needs its verb at once: 未按规定受理申请 denies no application.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipelines.extract.indicator_heads import is_head
from pipelines.extract.indicator_text import Sentence

_VERB = (
    r"(?:接?收到|受到|接[到受]|受理|接收|收取|收|发生|涉及|出现|产生|发现|引[发起]|提[起出]|被|申请|因|就|对|针对|向|有|形成|存在|启动|遇到|实际收取"
    r"|制[发定]|出台|印发|废止)"
)
# 未制发、废止、修改行政规范性文件: of several verbs each is denied.
_DOCUMENTS = r"(?:[、和及或与](?:制[发定]|出台|印发|修改|修订|废止|清理)){0,4}(?:过|任何)?(?:新的)?(?:行政)?规范性文件"
_DENIAL = re.compile(
    rf"未(?:曾|有|再)?{_VERB}|(?:没有|没(?=[收受]到|接到|发生|受理|有)"
    rf"|无(?!关|效|权|法|故|偿|障|条件|理|论|疑|线|形|需|须|缝|纸|害|证|锡|为县|棣|极|一(?!件|起|例|条|次|人|宗)))|不存在|不涉及"
    rf"|零(?=举报|投诉|(?:行政)?(?:复议|诉讼)|(?:依)?申请)"
)
_HEADING = re.compile(r"[一二三四五六七八九十]{1,2}、(?![一二三四五六七八九十]{1,2}[、级类])")
# Longest reach from a negation to the last noun it governs met: 58 characters (未收到通过…、…、…等方式提出的…申请).
_REACH = 90
# An outcome, a delay or a breach that did not happen: the thing itself may have.
_NARROWED = re.compile(
    r"败诉|撤销|纠错|纠正|违法|违规|违反|超期|逾期|超时|延期|责任追究|追责|正当理由|不合理|不正当|乱收|拖延|积压|重复申请"
)
# Right behind the negation: nobody set it up, had time or a reason for it.
_NOT_A_CASE = re.compile(
    r"[^,;]{0,2}(?:设立|设置|建立|开设|开通|专人|专职|专门|制度|规定|必要|能力|时间|经验|条件|法律依据|明确|统一|现成|完善|健全|答复)"
)
_HYPOTHETICAL = re.compile(
    r"(?:如果?|若|倘若?|凡|是否|有没|对于?)[^,;]{0,14}\Z|有\Z|(?:下一步|将|力争|确保|做到|争取|实现)[^,;]{0,12}\Z"
)
_LAW = re.compile(r"可以|可依法|有权|应当|应予|应按|的申请人")
_ANOTHER_DESK = re.compile(r"热线|消费|食品|物业|环保|12345|12315|信访")
_NUMBER = re.compile(r"[1-9]\d{0,6}(?:件|起|次|条|人次|宗)")
_CASE_NOUN = r"(?!决定|机关|法(?!院)|条例|专项|结果|意见书)"


# What stands between how an application came, or to which year it belongs, and the application itself.
_ALONE = r"(?<![、和及与或])"
_CAME = r"(?:方式|形式)?(?:提[交出])?(?:的)?(?:(?:政府|政务)?信息公开|公开(?:政府|政务)?信息)?(?:的)?申请"
_CARRIED = r"(?:[^,;、和及与或]{0,6}?的?(?:(?:政府|政务)?信息公开|依申请公开)?(?:申请|事项))?"
_SOME_APPLICATIONS = frozenset(
    [
        "applications_carried_in", "applications_carried_out", "applications_in_person", "applications_letter",
        "applications_fax", "applications_online",
    ]
)  # fmt: skip
# 不予公开的申请, 未答复的申请: some applications, not all.
_SOME_OF_THEM = re.compile(r"(?:不予?|未予?|不同意|部分)(?:公开|答复|受理|处理|办结)[^、和及与或]{0,14}\Z")
# Costs of a lawsuit, or paid by the agency, are no fees charged.
_COST = re.compile(r"诉讼|复议|申诉|支付|承担")
# 行政复议诉讼, 举报投诉.
_LISTED_WITHOUT_MARKS = frozenset(["reconsiderations_total", "lawsuits_total", "appeals_total", "complaints_total"])


@dataclass(frozen=True, slots=True)
class _Noun:
    """A noun that may be denied; `needs` are words of which its every phrase has one: a cheap test before the pattern."""

    code: str
    needs: tuple[str, ...]
    pattern: re.Pattern[str]

    def search(self, text: str, start: int = 0) -> re.Match[str] | None:
        """Its first phrase in `text` from `start` on."""
        return next(self.phrases(text, start, len(text)), None)

    def phrases(self, text: str, start: int, end: int) -> Iterator[re.Match[str]]:
        """Its phrases in [start, end) of `text`, from left to right."""
        return self.pattern.finditer(text, start, end) if any(word in text for word in self.needs) else iter(())

    def head(self, clause: str, start: int, end: int) -> re.Match[str] | None:
        """Its first phrase in [start, end) of a clause that is a head, no attribute of another noun."""
        may_run_on = self.code in _LISTED_WITHOUT_MARKS
        return next(
            (
                match
                for match in self.phrases(clause, start, end)
                if is_head(clause, match.end(), may_run_on=may_run_on)
            ),
            None,
        )


_NOUNS: tuple[_Noun, ...] = tuple(
    _Noun(code, tuple(needs.split()), re.compile(pattern))
    for code, needs, pattern in (
        (
            "applications_carried_in",
            "结转 转入 遗留",
            rf"(?:上[一]?年度?(?:度)?(?:结转|转入|遗留)|往年结转){_CARRIED}",
        ),
        (
            "applications_carried_out",
            "结转 转入",
            rf"(?:结转|转入)(?:至|到)?(?:下[一]?年度?|次年|\d{{4}}年){_CARRIED}",
        ),
        ("applications_in_person", "申请", rf"{_ALONE}(?:当面|现场){_CAME}"),
        ("applications_letter", "申请", rf"{_ALONE}(?:信函|信件|邮寄){_CAME}"),
        ("applications_fax", "申请", rf"{_ALONE}传真{_CAME}"),
        ("applications_online", "申请", rf"{_ALONE}(?:网络|网上|在线){_CAME}"),
        (
            "applications_received",
            "公开 申请",
            # 因依申请公开引发的复议, 依申请公开收费, 依申请公开制度: another noun is what the clause is about.
            r"(?<!因)(?<!对)依申请(?:政府)?(?:信息)?公开(?:的)?(?!投诉|引[发起]|工作|制度|而|平台|系统|栏目|行政|有关|复议|诉讼|目录|信息目录|产生|指南|[^,;]{0,6}(?:收费|费用))"
            r"|(?<!依)(?:要求|申请|请求)(?:主动)?(?:对)?公开(?:的)?(?:其[他它])?(?:各?方面)?(?:政府|政务)?(?:信息)?(?!指南|制度|行政|收费|条例|表|流程)"
            r"|(?<!依)申请(?:政府)?信息公开(?!指南|制度|行政|表|收费)"
            r"|(?:政府|政务|校务|环境)?信息公开(?:方面)?(?:的|有关|相关)?(?:书面)?申请(?:件|事项|书)?(?!行政|复议|表|指南|人|被|而|诉|引)"
            r"|(?<!主动)公开(?:政府|政务)?(?:信息)?(?:的)?(?:申请|要求)(?!行政|复议|表|指南|人)|信息依申请公开|(?<=零)申请",
        ),
        ("reconsiderations_total", "复议", rf"复议{_CASE_NOUN}"),
        ("lawsuits_total", "诉", rf"(?:诉讼|应诉|起诉(?!讼)|提起行诉){_CASE_NOUN}"),
        ("appeals_total", "申诉", r"申诉(?!人)"),
        ("complaints_total", "投诉 举报", r"(?:投诉|举报)(?!人|电话|信箱|平台|渠道|热线|机制|制度)"),
        ("consultations_total", "咨询", r"咨询(?!点|台|电话|窗口|平台|机制)"),
        ("processing_fee_yuan", "费", r"信息处理费|收费(?!标准|制度|管理)|费用(?=的?情况|\Z|及|和|、|的?事项)|费用"),
        ("normative_documents_issued", "规范性文件", rf"(?:制[发定]|出台|印发){_DOCUMENTS}"),
        ("normative_documents_repealed", "规范性文件", rf"废止{_DOCUMENTS}"),
        ("npc_proposals", "人大", r"人大(?:代表)?(?:议案|建议)"),
        ("cppcc_proposals", "政协", r"政协(?:委员)?提案"),
    )
)
_FEES = re.compile(
    r"(?:未|没有|没|无|不)(?:实际)?(?:发生|产生|收取|收|涉及|存在|向|对|有|进行)?[^,;]{0,20}?(?:信息处理费|收费|费用)"
)
# 尚未收到公民的申请, 无申请: the bare noun, with nothing but applicants before it.
_BARE_APPLICATION = re.compile(
    r"(?:[收受]到|接到|受理|接收|无|没有|提[交出])(?:过|到|任何|相关|有关|此类|类似|一[件起例]|公民|法人|和|或者?|及|、|其[他它]组织|群众|公众|市民"
    r"|居民|村民|社会|企业|单位|个人|向我[局镇乡县市区委办处厅院校街]|关于|书面|主动|提[交出]|的|各类){0,12}"
    r"(?:申请(?!人|表|行政|复议|书面)|要求(?=\Z|的?情况))"
)
_LISTED = r"(?:依申请公开|公开申请|复议|诉讼|申诉|投诉|举报|咨询)(?:申请|案件?|事项|情况|方面|工作|的)?"
_NOUNS_FIRST = re.compile(
    rf"(?P<nouns>(?:(?:行政|提起|申请|被){{0,3}}{_LISTED}(?:、|和|以?及|与|或)?(?:提起)?){{1,5}})"
    r"(?:也|均|都|亦|则|皆)?(?:没有|未发生|未出现|未收到|暂无)(?:过|发生|出现)?\Z"
)
_CONTINUED = re.compile(
    r"(?:和|以?及|或)?(?:被)?(?:提起|申请)?(?:行政)?(?:诉讼|申诉|复议|举报|投诉)(?:案件?|的?情况|事项|的|等)*\Z"
)


@dataclass(slots=True, unsafe_hash=True)
class Denial:
    """A code denied at [start, end) of a sentence's text."""

    code: str
    start: int
    end: int


def denials(sentence: Sentence, clauses: Iterator[tuple[int, int]]) -> Iterator[Denial]:
    """What the clauses of a sentence deny, each code once a clause.

    A clause that is a noun alone goes on with the list of the clause before: 未发生行政复议, 行政诉讼.
    """
    denied_before = False
    for start, end in _without_headings(sentence.text, clauses):
        found = list(_of_clause(sentence, start, end))
        if not found and denied_before and _CONTINUED.match(sentence.text, start, end):
            found = [
                Denial(noun.code, start, start + match.end())
                for noun in _NOUNS
                if (match := noun.head(sentence.text[start:end], 0, end - start))
            ]
        denied_before = bool(found)
        yield from found


def _without_headings(text: str, clauses: Iterator[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The clauses, parted where a page in one line goes on with the next heading: …申请 四、行政复议情况 …"""
    for start, end in clauses:
        for heading in _HEADING.finditer(text, start, end):
            yield start, heading.start()
            start = heading.start()
        yield start, end


def _of_clause(sentence: Sentence, start: int, end: int) -> Iterator[Denial]:
    clause = sentence.text[start:end]
    negation = next(
        (
            match
            for match in _DENIAL.finditer(clause)
            if match[0] == "零" or not _HYPOTHETICAL.search(clause, 0, match.start())
        ),
        None,
    )
    if negation is None or _LAW.search(clause):
        return
    place = negation.start()
    reach = clause[: negation.end() + _REACH]
    if listed := _NOUNS_FIRST.search(clause):
        for noun in _NOUNS:
            if match := noun.head(listed["nouns"], 0, len(listed["nouns"])):
                yield Denial(noun.code, start + listed.start() + match.start(), end)
        return
    if _NARROWED.search(reach, place) or _NOT_A_CASE.match(reach, negation.end()) or _NUMBER.search(reach, place):
        return
    found = False
    some_of_them: list[tuple[int, int]] = []
    for noun in _NOUNS:
        match = noun.head(clause, place + 1, len(reach))
        if match is None or not _governed(noun.code, clause, place, match):
            continue
        if noun.code == "applications_received" and any(one <= match.start() < two for one, two in some_of_them):
            continue
        if noun.code in _SOME_APPLICATIONS:
            some_of_them.append(match.span())
        found = True
        yield Denial(noun.code, start + place, start + match.end())
    bare = None if found else _BARE_APPLICATION.search(reach, place)
    if bare and is_head(clause, bare.end(), may_run_on=False) and _in_its_place(sentence):
        yield Denial("applications_received", start + place, start + bare.end())


def _in_its_place(sentence: Sentence) -> bool:
    """Whether a bare 申请 is one for information: under no heading of another matter, or beside 公开."""
    return sentence.topic in ("applications", "") or "公开" in sentence.text


def _governed(code: str, clause: str, place: int, noun: re.Match[str]) -> bool:
    """Whether the negation at `place` is about the whole of what the noun counts: fees have their own verbs, other desks
    their own complaints, and applications that were not refused may have been received."""
    if code == "processing_fee_yuan":
        is_cost = noun[0].startswith("费用") and _COST.search(clause, place, noun.start())
        return not is_cost and _FEES.match(clause, place) is not None
    if code in ("complaints_total", "consultations_total"):
        return _ANOTHER_DESK.search(clause) is None
    if code == "applications_received":
        return _SOME_OF_THEM.search(clause, place + 1, noun.end()) is None
    return True
