"""What tells a report by its body alone: the customary preamble and the sections that the Regulation prescribes.

Nearly half of the stored report pages (65 of 139 measured) have no title line; their bodies are as regular as any.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipelines.extract.text_forms import unspaced
from pipelines.model import Section

_HEAD = 1500
_SECTION_HEAD = 400
_OPENING = 600
_READ = 20_000
# A preamble may name three papers of forty characters each before its verb: their last characters tell what they are.
_QUOTED = re.compile(r"[《〈<]([^《》〈〉<>\n]{1,80})[》〉>]")
_TOLD_BY_END = 4
# 本报告根据《…条例》…编制; 现公布…年度报告; 由X编制的2008年度…; the sentence says of itself that it is the report.
_PREAMBLE = re.compile(
    r"(?=[本现特编撰形根依按由])(?:(?:本(?:年度?)?(?:报告|年报)|现(?:将|公布|编制|发布|向社会公布)|特(?:编制|公布|向社会公布))[^。]{0,80}?(?:年度报告|年报|工作报告|编制|编写|公布)"
    r"|(?:编制|编写|撰写|形成)(?:并?(?:发布|公布))?(?:了)?本(?:年度?)?(?:报告|年报)"
    r"|(?:根据|依据|按照)[^。]{0,60}?(?:条例|办法|规定|通知|意见|格式|要求)[^。]{0,80}?(?:编制|编写|公布|制作|撰写|形成)(?:本|而成|了本|并公布|的?20\d\d|的?年度|我|[^。]{2,40}?(?:年度报告|年报|工作报告))"
    r"|由[^。，,]{2,40}(?:编制|编写|撰写)(?:的|而成|。|，|,))"
)
_WHOLE = re.compile(
    r"本(?:年度)?(?:报告|年报)(?:由|包括|分为|共分|的?全文|主要内容)|报告内容(?:主要)?包括|全文(?:内容)?(?:由|包括|共分|分为)|统计(?:期限|时限|周期)|电子版可"
)
# The body of a notice about reports says what others shall do.
# 我乡认真贯彻执行上级规定, 各科室收到申请 and 各部门回应关切 tell what was done: an order asks (请, never the 请 of 申请).
# Every alternative begins with a character and looks back behind it: so the engine leaps from one such to the next.
_ORDERS = re.compile(
    r"请(?<!申请)(?:各|于|认真|遵照|你|严格)|各(?:单位|部门|乡镇|镇|街道|级)[^。]{0,24}?(?:(?<![回相对反适响])应当?(?![用急])|务必|必须|须|(?<!申)请|要(?:高度|认真|按|切实|严格|进一步|明确|加强|及时))"
    r"|应(?:当)?(?:于|在)每年|特此通知|请(?<!申请)[^。，,]{0,16}(?:遵照|参照|贯彻)(?:执行|落实)|望(?<=[,，。；;]望)[^。，,]{0,16}(?:遵照|参照|贯彻)(?:执行|落实)|现(?:将有关事项|就有关事项)通知"
)
_NOTIFIES = re.compile(
    r"特此通知|通知如下|事项的?通知(?![》〉])|现印发(?:给)?你们|请(?:认真|结合实际)?(?:认真)?贯彻(?:执行|落实)"
)
_LAYS_DOWN = re.compile(
    r"(?:制定|编制|编写|修订)(?:了)?本(?P<what>制度|办法|规定|细则|规范|规则|条例|指南|方案|意见|要点|计划|规程)"
)
_SUMS_UP = re.compile(r"(?:总结|汇报)如下")
_CORE = frozenset({"proactive", "applications", "reviews", "fees"})
_AROUND = frozenset({"overview", "problems", "plans", "other_matters", "tables", "consultations", "interpretation"})
# Headings of the Regulation's own wording: one of them beside a customary one is a report, or a page of one.
_OFFICIAL = re.compile(
    r"主动公开政府信息(?:的)?情况|政府信息主动公开(?:的)?情况|收到和处理政府信息公开申请|依申请公开政府信息(?:和不予公开)?"
    r"|政府信息公开.{0,8}行政复议|因政府信息公开"
)
_STATED = re.compile(r"主动公开|依申请|申请|复议|诉讼")
# An outline of what a report shall say (包括次数、原因等) has its headings and none of these: a count, a denial, a cell.
_STATES_FACT = re.compile(
    r"(?:公开|发布|公布|更新|受理|收到|接待|办理|答复|制发)[^。；;\n]{0,30}?\d+\s?[余多]?(?:条|件|份|篇|次|人次|期|项)"
    r"|(?:未|没有|无)(?:收到|接到|受理|发生|产生|出现|收取)[^。；;，,\n]{0,40}(?<!的)[。；;，,]"
    r"|[\t|\n]\s{0,2}\d+(?=\s{0,2}[\t|\n])"
)
_EXPLAINS_APPLYING = re.compile(
    r"^(?:受理机构|提出申请|(?:受理|处理)申请|申请的?(?:提出|处理|受理|方式|程序|流程|条件|步骤|办理)|(?:答复|办理)(?:方式|时限|程序|流程))$"
)
_OF_A_YEAR = re.compile(r"\s{0,8}(?:20\d\d年|今年|本年度|一年来)")
_ASSESSES_OTHERS = re.compile(r"通报|评估|考核|督查|检查")


@dataclass(frozen=True, slots=True)
class Structure:
    """How much of a report a body shows.

    `preamble` holds its words, `core` and `around` the kinds of its sections; `gives_orders` and `notifies` speak for a
    notice to others, `sums_up` for a summary (`现将…总结如下`), `lays_down` names the rules a text makes (`制定本制度`),
    `explains_applying` speaks for a guide. `states_facts` tells a report from the outline of one; `opens_with_proactive`
    is the beginning that the form of 2021 prescribes.
    """

    preamble: str
    core: frozenset[str]
    around: frozenset[str]
    official_heading: bool
    gives_orders: bool
    notifies: bool
    sums_up: bool
    lays_down: str
    explains_applying: bool
    states_facts: bool
    opens_with_proactive: bool

    @property
    def is_report(self) -> bool:
        """Whether body and sections are those of a report though no title says so."""
        if self.lays_down or self.explains_applying:
            return False
        if self.gives_orders:
            return not self.notifies and bool(self.preamble) and len(self.core) >= 2 and self.states_facts
        if self.preamble:
            return bool(self.core) or len(self.around) >= 2 or bool(_WHOLE.search(self.preamble))
        return self.opens_with_proactive or (self.states_facts and self._has_sections_of_a_report)

    @property
    def _has_sections_of_a_report(self) -> bool:
        if len(self.core) >= 3:
            return True
        return (len(self.core) >= 2 or self.official_heading) and bool(self.around)

    @property
    def reason(self) -> str:
        """What was found, as a clause."""
        parts = "、".join(sorted(self.core | self.around))
        return f"preamble: {self.preamble[:40]}" if self.preamble else f"sections of a report: {parts}"


def read_structure(body: str, sections: Sequence[Section]) -> Structure:
    """The structure of a body of which the sections are known."""
    head = body[:_HEAD]
    about = "信息公开" in head or "政务公开" in head
    match = _PREAMBLE.search(_with_short_names(head)) if about else None
    preamble = ""
    if match:
        preamble = unspaced(match[0])
        if whole := _WHOLE.search(head):
            preamble += whole[0]
    return Structure(
        preamble,
        core=frozenset(section.kind for section in sections if section.kind in _CORE and _is_about_openness(section)),
        around=frozenset(section.kind for section in sections if section.kind in _AROUND),
        official_heading=any(section.level == 1 and _OFFICIAL.search(section.heading) for section in sections),
        gives_orders=bool(_ORDERS.search(body, 0, 3000)),
        notifies=bool(_NOTIFIES.search(body, 0, 3000)),
        sums_up=bool(_SUMS_UP.search(head)),
        lays_down=match["what"] if (match := _LAYS_DOWN.search(head)) else "",
        explains_applying=sum(bool(_EXPLAINS_APPLYING.match(section.heading)) for section in sections) >= 2,
        states_facts=bool(_STATES_FACT.search(body, 0, _READ)),
        opens_with_proactive=about
        and _opens_with_proactive(sections)
        and not _ASSESSES_OTHERS.search(body, 0, _OPENING),
    )


NO_STRUCTURE = Structure(
    "",
    frozenset(),
    frozenset(),
    official_heading=False,
    gives_orders=False,
    notifies=False,
    sums_up=False,
    lays_down="",
    explains_applying=False,
    states_facts=False,
    opens_with_proactive=False,
)


def _with_short_names(text: str) -> str:
    """`text` with only the end of each quoted name, of nested ones the outer's: `《…条例》` is `…开条例`."""
    if "《" not in text:
        return text
    for _ in range(2):
        text = _QUOTED.sub(lambda match: f"…{match[1][-_TOLD_BY_END:]}", text)
    return text


def _opens_with_proactive(sections: Sequence[Section]) -> bool:
    """一、总体情况 that tells of a year, with (一)主动公开 as its first part."""
    if len(sections) < 2:
        return False
    first, second = sections[:2]
    if (first.level, first.kind, second.level, second.kind) != (1, "overview", 2, "proactive"):
        return False
    return bool(_OF_A_YEAR.match(first.text.partition("\n")[2]))


def _is_about_openness(section: Section) -> bool:
    """Whether a section of a core kind speaks of disclosure and not of some other work."""
    if "公开" in section.heading or _STATED.search(section.heading):
        return True
    return section.text.find("信息公开", 0, _SECTION_HEAD) >= 0
