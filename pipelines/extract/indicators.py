"""Indicators in prose: what the report counts, with the sentence that says so.

A sentence is read clause by clause. A clause states a number of something (`受理信息公开申请0件`), or that there was none
(`没有发生行政复议、诉讼`), or the parts of a total (`其中:…20条;…10条`). Nothing is stated by silence.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from pipelines.extract.indicators_numbers_tmp import NUMBER, UNITS, Quantity, read_quantity
from pipelines.knowledge import reference
from pipelines.model import Check, Finding, Indicator, Semantic, Verdict

_SENTENCE = re.compile(r"[^。！？\n]+[。！？]?")
_CLAUSE = re.compile(r"[^,，;；:：。！？\n]+")
_N = rf"(?P<number>{NUMBER})\s*(?P<unit>{UNITS})?(?:余|多)?"
_INFORMATION = r"(?:各类|各种|各项|有关|相关|公文类|本级|部门)*(?:政府|政务|环保|公共)?信息(?:公开)?"
_FILLER = r"(?:数量?|总数|总量|总计|共计|合计|累计|总共|计|共|达到?|为|约|有|的|是|[:：])*\s*"
_NONE = r"(?:未|没有|没|尚未|暂未|尚无|暂无|从未|并未|均未|无|零)"


@dataclass(frozen=True, slots=True)
class Codebook:
    """Units by indicator code, from `data/reference/indicators.toml`."""

    units: dict[str, str]


@cache
def codebook() -> Codebook:
    """The codebook, read once."""
    table = tomllib.loads(reference("indicators.toml").read_text("utf-8"))
    return Codebook({code: entry["unit"] for code, entry in table.items()})


@dataclass(frozen=True, slots=True)
class _Rule:
    """A way of stating a number: `pattern` has the groups `number` and perhaps `unit`."""

    name: str
    code: str
    pattern: re.Pattern[str]
    unless: re.Pattern[str] | None = None


def _rule(name: str, code: str, pattern: str, unless: str | None = None) -> _Rule:
    return _Rule(name, code, re.compile(pattern), re.compile(unless) if unless else None)


_CUMULATIVE = r"历年|历史累计|以来[^。]{0,6}累计|自20\d\d年[^。]{0,12}(?:以来|起)|截[止至]目前累计|网站访问|访问量|点击"
_APPLICATION = (
    r"(?:依申请[^\d]{0,6}(?:政府)?信息公开|政府信息依申请公开|信息公开|依申请公开|申请公开|公开政府信息|公开信息|公开)"
)
_RECEIVE = r"(?:收到|受理|接到|接收到?|收|办理|接受|新收|共收)"

# In order: the first rule that reads a clause for a code wins there.
_RULES: tuple[_Rule, ...] = (
    _rule(
        "proactive_total",
        "proactive_total",
        rf"(?:主动公开|公开发布|主动发布|公布|发布|公开|产生)(?:了|的)?(?:涉及)?(?:[\u4e00-\u9fff、“”（）()\d]{{0,24}}?)?{_INFORMATION}{_FILLER}{_N}",
        _CUMULATIVE + r"|微博|微信|网站公开|依申请|门户网站|政府网站(?!上共)|栏目|网页|公开栏|公报|不予公开",
    ),
    _rule(
        "information_produced",
        "proactive_total",
        rf"(?:产生|制作|形成)(?:公文类)?(?:政府|政务)信息{_FILLER}{_N}",
        _CUMULATIVE,
    ),
    _rule(
        "channel_website",
        "proactive_website",
        rf"(?:网站|网)(?:主动)?(?:公开|发布)(?:的)?{_INFORMATION}{_FILLER}{_N}",
        _CUMULATIVE,
    ),
    _rule(
        "channel_wechat",
        "proactive_wechat",
        rf"微信(?:公众号|平台)?(?:主动)?(?:公开|发布)?(?:的)?{_INFORMATION}{_FILLER}{_N}",
        _CUMULATIVE,
    ),
    _rule(
        "channel_weibo",
        "proactive_weibo",
        rf"微博(?:主动)?(?:公开|发布)?(?:的)?{_INFORMATION}{_FILLER}{_N}",
        _CUMULATIVE,
    ),
    _rule(
        "channel_gazette",
        "proactive_gazette",
        rf"公报(?:主动)?(?:公开|发布)?(?:的)?{_INFORMATION}{_FILLER}{_N}",
        _CUMULATIVE,
    ),
    _rule("normative_documents", "normative_documents_disclosed", rf"主动公开(?:的)?(?:行政)?规范性文件{_FILLER}{_N}"),
    _rule(
        "applications_received",
        "applications_received",
        rf"{_RECEIVE}(?:[^\d，。]{{0,14}}?)?{_APPLICATION}(?:[^\d，。]{{0,12}}?){_N}",
        r"咨询|来信|投诉|复议|诉讼|提案|答复|上年结转|结转|信访|栏目",
    ),
    _rule(
        "applications_completed",
        "applications_completed",
        rf"(?:办结|办理完毕|按时办结|答复){_FILLER}{_N}",
        r"提案|建议|咨询|来信|复议|审批|投诉|事项\d",
    ),
    _rule(
        "answered_already_public",
        "answered_already_public",
        rf"(?:属于)?已(?:经)?主动公开(?:范围)?(?:的)?{_FILLER}{_N}",
    ),
    _rule("answered_partly_disclosed", "answered_partly_disclosed", rf"(?:同意)?部分公开(?:答复)?(?:的)?{_FILLER}{_N}"),
    _rule(
        "answered_disclosed",
        "answered_disclosed",
        rf"(?:全部公开|同意公开|予以公开)(?:答复)?(?:的)?{_FILLER}{_N}",
        r"不予|不同意|部分",
    ),
    _rule("answered_refused", "answered_refused", rf"(?:不同意公开|不予公开)(?:答复)?(?:的)?{_FILLER}{_N}"),
    _rule(
        "consultations",
        "consultations_total",
        rf"(?:接受|受理|接待|处理|回复|答复|解答)(?:[^\d，。]{{0,14}}?)咨询(?:[^\d，。]{{0,8}}?){_N}",
    ),
    _rule(
        "complaints",
        "complaints_total",
        rf"(?:收到|受理|接到|发生)?(?:[^\d，。]{{0,14}}?)(?:举报|投诉)(?:[^\d，。]{{0,6}}?){_N}",
        r"网站|热线|信箱|12345|办结|信访",
    ),
    _rule("reconsiderations", "reconsiderations_total", rf"行政复议(?:案件?|申请)?(?:和行政诉讼)?{_FILLER}{_N}"),
    _rule("lawsuits", "lawsuits_total", rf"(?:行政诉讼|诉讼|应诉)(?:案件?)?{_FILLER}{_N}"),
    _rule("npc_proposals", "npc_proposals", rf"人大(?:代表)?(?:[^\d，。、]{{0,8}}?)建议(?:[^\d，。、]{{0,6}}?){_N}"),
    _rule(
        "cppcc_proposals", "cppcc_proposals", rf"政协(?:委员)?(?:[^\d，。、]{{0,8}}?)提案(?:[^\d，。、]{{0,6}}?){_N}"
    ),
    _rule("budget", "budget_yuan", rf"(?:专项)?经费(?:[^\d，。]{{0,10}}?)(?P<number>{NUMBER})\s*(?P<unit>万元|元)"),
    _rule(
        "processing_fee",
        "processing_fee_yuan",
        rf"(?:信息处理费|收取费用|信息公开费用?)(?:[^\d，。]{{0,10}}?)(?P<number>{NUMBER})\s*(?P<unit>万元|元)",
    ),
)

# What a clause with a negation denies. Longest reach from the negation to its noun met: 25 characters.
_DENIED: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "applications_received",
        re.compile(
            r"(?<!因)(?<!因政府信息公开)(?<!对)依申请公开(?!投诉|引发|工作|制度|的制度|而|平台|系统|栏目|行政|有关的行政)|"
            r"要求公开[^，。、]{0,14}?(?:信息|申请)|申请(?:要求)?公开(?!指南|制度|行政)|"
            r"(?:政府)?信息公开(?:的)?申请(?!行政|表|指南|人)|公开(?:政府|政务)?信息的申请|书面[^，。]{0,12}申请|受理(?:信息公开|公开)?申请|提出[^，。]{0,10}申请[^，。]{0,6}公开|信息公开申请"
        ),
    ),
    ("reconsiderations_total", re.compile(r"复议")),
    ("lawsuits_total", re.compile(r"诉讼|应诉")),
    ("complaints_total", re.compile(r"投诉|举报")),
    ("consultations_total", re.compile(r"咨询(?!点|台|电话)")),
)
_NEGATION = re.compile(
    rf"{_NONE}[^，。,;；]{{0,25}}?(?:收到|接到|受理|接收|发生|涉及|出现|产生|提起|提出|引发|接待|因|有|一[件起])|{_NONE}(?:申请|举报|投诉|依申请|咨询|行政复议|复议|诉讼)"
)
_NEVER_DENIED = re.compile(r"查阅服务|被纠正|被撤销|制度|不予公开的情况说明")


@dataclass(frozen=True, slots=True)
class Reading:
    """The indicators of a body, the checks on its enumerations, and what was left open."""

    indicators: tuple[Indicator, ...]
    checks: tuple[Check, ...]
    findings: tuple[Finding, ...]


def read_indicators(body: str) -> Reading:
    """All indicators the prose of `body` states, in the order of the text; offsets count in `body`."""
    found: list[Indicator] = []
    checks: list[Check] = []
    for sentence in _sentences(body):
        numbers = list(_numbers(sentence, body))
        found.extend(numbers)
        found.extend(_denials(sentence, body))
        parts, check = _parts(sentence, body, numbers)
        found.extend(parts)
        if check:
            checks.append(check)
    chosen, findings = _one_each(found)
    return Reading(tuple(chosen), tuple(checks), tuple(findings))


def _sentences(body: str) -> Iterator[re.Match[str]]:
    for match in _SENTENCE.finditer(body):
        if "\t" not in match[0] and re.search(r"[\d０-９]|[未没无零]|[一二三四五六七八九十][件条起次]", match[0]):
            yield match


def _numbers(sentence: re.Match[str], body: str) -> Iterator[Indicator]:
    for clause in _CLAUSE.finditer(body, sentence.start(), sentence.end()):
        text = clause[0]
        taken: set[str] = set()
        for rule in _RULES:
            if rule.code in taken or (rule.unless and rule.unless.search(text)):
                continue
            match = rule.pattern.search(text)
            quantity = read_quantity(match["number"]) if match else None
            if match is None or quantity is None or not _countable(match, quantity, text):
                continue
            taken.add(rule.code)
            yield _indicator(
                rule.code,
                rule.name,
                quantity,
                match["unit"],
                sentence,
                clause.start() + match.start(),
                clause.start() + match.end(),
            )
            if rule.code == "reconsiderations_total" and "和行政诉讼" in match[0]:
                yield _indicator(
                    "lawsuits_total",
                    "reviews_together",
                    quantity,
                    match["unit"],
                    sentence,
                    clause.start() + match.start(),
                    clause.start() + match.end(),
                )
                taken.add("lawsuits_total")


def _countable(match: re.Match[str], quantity: Quantity, clause: str) -> bool:
    """A number is a count if a unit follows it or nothing does; 2011年 and 第9条 are none."""
    if match["unit"]:
        return True
    behind = clause[match.end() : match.end() + 1]
    return behind in ("", "。") and not 1990 <= quantity.value <= 2040


def _indicator(
    code: str,
    rule: str,
    quantity: Quantity,
    unit: str | None,
    sentence: re.Match[str],
    start: int,
    end: int,
    label: str = "",
) -> Indicator:
    factor = 10_000 if unit == "万元" else 1
    wanted = codebook().units[code]
    return Indicator(
        code=code,
        value=quantity.value * factor,
        semantic=quantity.semantic,
        raw=sentence.string[start:end],
        sentence=sentence[0].strip(),
        start=start,
        end=end,
        rule=rule,
        label=label,
        value_low=None if quantity.low is None else quantity.low * factor,
        value_high=None if quantity.high is None else quantity.high * factor,
        approx=quantity.approx,
        unit=wanted if factor != 1 else unit or wanted,
    )


def _denials(sentence: re.Match[str], body: str) -> Iterator[Indicator]:
    for clause in re.finditer(r"[^,，;；。！？\n]+", sentence[0]):
        text = clause[0]
        negation = _NEGATION.search(text)
        if negation is None or _NEVER_DENIED.search(text):
            continue
        # From the negation on; a subject before it ("依申请公开方面,未…") states no object of its own.
        tail = text[negation.start() :]
        for code, noun in _DENIED:
            match = noun.search(tail)
            if match is None or re.match(r"[^，。]{0,8}?[1-9]\d*\s*[件起次条]", tail[match.end() :]):
                continue
            start = sentence.start() + clause.start() + negation.start()
            end = start + match.end()
            yield Indicator(
                code=code,
                value=0.0,
                semantic=Semantic.NEGATED,
                raw=body[start:end],
                sentence=sentence[0].strip(),
                start=start,
                end=end,
                rule=f"denied_{code}",
                value_low=0.0,
                value_high=0.0,
                unit=codebook().units[code],
            )


_PARTS_BEGIN = re.compile(r"其中[:：,，]?|具体(?:包括|为|是)[:：]?|分别(?:为|是)[:：]?|包括[:：]|按类别分[:：,，]?")
_PART = re.compile(rf"(?P<label>[^\d,，;；。:：\n]{{2,24}}?)\s*(?P<number>{NUMBER})\s*(?:条|件|篇|份|项|个)(?:余|多)?")
_CHANNEL_LABEL = re.compile(r"网站|微信|微博|公报|规范性文件数?$|客户端|报刊|电视|广播|其他方式")
_LABEL_TAIL = re.compile(r"(?:类)?(?:的)?(?:政府)?(?:信息)?(?:数|数量|共|共计|计|有|为)*$")


def _parts(sentence: re.Match[str], body: str, numbers: Sequence[Indicator]) -> tuple[list[Indicator], Check | None]:
    """The parts of a total by subject, and whether they add up to it (with or without 其他)."""
    total = next((item for item in numbers if item.code == "proactive_total"), None)
    begin = _PARTS_BEGIN.search(body, total.end, sentence.end()) if total else None
    if total is None or begin is None:
        return [], None
    parts: list[Indicator] = []
    channels = 0
    for match in _PART.finditer(body, begin.end(), sentence.end()):
        quantity = read_quantity(match["number"])
        label = _LABEL_TAIL.sub("", match["label"].strip(" 、和及()（）"))
        if quantity is None or not label:
            continue
        if _CHANNEL_LABEL.search(label) and not label.startswith("规范性文件"):
            channels += 1
            continue
        parts.append(
            _indicator(
                "proactive_by_category", "enumeration", quantity, "条", sentence, match.start(), match.end(), label
            )
        )
    if channels or len(parts) < 2:
        return [], None
    return parts, _sum_check(total, parts)


def _sum_check(total: Indicator, parts: Sequence[Indicator]) -> Check:
    whole = sum(part.value or 0 for part in parts)
    without_other = sum(part.value or 0 for part in parts if not part.label.startswith(("其他", "其它")))
    if whole == total.value:
        return Check("enumeration:proactive_total", Verdict.PASS, whole, total.value, "all parts add up to the total")
    if without_other == total.value:
        detail = "the parts without 其他 add up to the total; 其他 stands outside it"
        return Check("enumeration:proactive_total", Verdict.PASS, without_other, total.value, detail)
    verdict = Verdict.UNCERTAIN if any(part.approx for part in parts) or total.approx else Verdict.FAIL
    return Check("enumeration:proactive_total", verdict, whole, total.value, "the parts do not add up to the total")


def _one_each(found: Sequence[Indicator]) -> tuple[list[Indicator], list[Finding]]:
    """One indicator for each code and label: the first number stated, a denial only where no number stands.

    What is stated again with another value is reported, never chosen.
    """
    chosen: dict[tuple[str, str], Indicator] = {}
    findings: list[Finding] = []
    for item in found:
        key = (item.code, item.label)
        held = chosen.get(key)
        if held is None:
            chosen[key] = item
        elif held.semantic is Semantic.NEGATED and item.semantic is not Semantic.NEGATED:
            chosen[key] = item
            findings.append(_conflict(item, held))
        elif held.value != item.value and item.semantic is not Semantic.NEGATED:
            findings.append(_conflict(held, item))
    return sorted(chosen.values(), key=lambda item: item.start), findings


def _conflict(held: Indicator, other: Indicator) -> Finding:
    return Finding(
        "extract",
        "indicator_stated_twice",
        f"{held.code}: {held.raw!r} gives {held.value:g}, {other.raw!r} gives {other.value:g}; the first is kept",
    )
