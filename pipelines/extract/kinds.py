"""What kind of page it is, and why."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipelines.extract.structure import NO_STRUCTURE, Structure, read_structure
from pipelines.extract.text_forms import unspaced
from pipelines.extract.title_grammar import TitleReading, read_title
from pipelines.model import PageKind, Section

# What a title says by its end. A site's column may be named like a report (政府信息公开年报); these words beat it.
_BY_ENDING: tuple[tuple[PageKind, re.Pattern[str]], ...] = (
    (PageKind.NOTICE, re.compile(r"(?:通知|公告|通告|公示|通报|启事|的函|复函|批复|说明的?函)(?:[(（].{1,12}[)）])?$")),
    (
        PageKind.GUIDE,
        re.compile(r"(?:指南|须知|流程图?|申请表|申请(?:公开)?说明|(?<!编制)目录)(?:[(（].{1,14}[)）])?$"),
    ),
    (
        PageKind.REGULATION,
        re.compile(
            r"(?:办法|规定|条例|细则|制度|规范|规程|准则|意见|方案|预案|规则|要点|计划|(?:公开|监察|复议|诉讼|处罚|许可)法)"
            r"(?:[(（](?:试行|暂行|草案|修订|修正|20\d\d年?.{0,4})[^()（）]{0,10}[)）])?$"
        ),
    ),
)
_NOTICE_WITHIN = re.compile(r"关于.{2,50}的(?:通知|公告|通报|函)")
# How reports are to be made; a letter that issues one (关于印发…年度报告的通知) says nothing of the kind.
_ABOUT_REPORTING = re.compile(
    r"关于.{0,8}(?:做好|报送|上报|填报|编制|编写|开展|规范).{2,50}的通知|有关事项的通知|格式(?:[》〉].{0,2})?的通知"
)
# Yearly papers with the words of ours that are others: the site's own figures, rule of law, spending, parts of a year.
_OTHER_PAPERS = re.compile(
    r"网站(?:工作|监管)?年度报?[表告]|法治政府建设|依法治[市县区省]|依法行政(?!领导|办)|绩效(?:自?评价|目标|报告)|整体支出|部门(?:预|决)算|述职|第三方评估|自评报告"
    r"|模板|样本|范[文本]|报告格式|怎么写|如何写|(?:上|下)?半年|第?[一二三四1-4]季度|\d{1,2}月份?(?:政|信|党|工)|月报|季报"
    r"|(?:股份|有限|集团)公司(?:20\d\d)?年?度?(?:年度报告|半年度报告|年报)"
)
_NEWS_TITLE = re.compile(
    r"召开|听取|审议|举行|举办|部署|推进会|座谈会|培训[会班]|调研|督查|检查组|(?:发布|公布)(?:20\d\d|了)|图解|一图|解读"
)
# 县审计局学习政府信息公开条例 ends like the rule it is about.
_ABOUT_LEARNING = re.compile(r"^(?!关于)[^《]{2,20}(?:学习|宣传|宣讲)(?:贯彻)?[^《]{0,20}(?:条例|规定|办法)$")
_LAW_TEXT = re.compile(r"(?:^|\n)\s*第一条\s|(?:^|\n)\s*第[一二三四五六七八九十]+章\s")
_ERROR = re.compile(
    r"(?=[找页无访错已4n参没系内])(?:找不到|页面不存在|无法找到|访问的页面|错误页面|页面已(?:被)?删除|已被?撤销|(?<!\d)404(?!\d)|not found|参数错误|没有找到|系统繁忙|内部服务器错误)",
    re.IGNORECASE,
)
_CHALLENGE = re.compile(
    r"(?=[访安请人云防e滑验浏])(?:访问异常|安全验证|请稍候|人机验证|访问被拦截|云盾|防火墙|请开启javascript|enable javascript|滑动验证|验证码|浏览器安全检查|访问过于频繁)",
    re.IGNORECASE,
)
# Under this many characters besides its title a page is a stub. The shortest reports met are three lines (a township
# that received nothing); a stub is a title with a date, a button or an attachment's name.
_LEAST_BODY = 24
_LEAST_NEWS = 150
_SAYS_SOMETHING = re.compile(r"[。；;，,0-9]")
# A template holds labels alone: the official form has some 1 900 characters and not one figure of its own.
_TEMPLATE_LABELS = ("本年新收政府信息公开申请数量", "结转下年度继续办理")
_LEAST_OWN_PROSE = 40
_BLANK_BOXES = re.compile(r"□{4,}")


@dataclass(frozen=True, slots=True)
class KindReading:
    """The kind of a page and one clause that says by what it was known; `finding` names what a person should see."""

    kind: PageKind
    reason: str
    finding: str = ""


def page_kind(
    titles: Sequence[str],
    body: str,
    sections: Sequence[Section],
    *,
    entries: int = 0,
    listed_share: float = 0.0,
    link_share: float = 0.0,
    http_status: int | None = None,
    attachments: int = 0,
) -> KindReading:
    """The kind of a page from its title candidates (best first), its main text, its sections and its links.

    `entries` is the number of dated links of the page, `listed_share` the share of the main text that is their titles,
    `link_share` the share of the page's text that is no prose.
    """
    readings = [reading for title in titles if (reading := read_title(title))]
    squeezed = unspaced(body)
    if fault := _fault(titles, readings, body, squeezed, http_status):
        return fault
    if entries >= 4 and (listed_share > 0.4 or len(squeezed) < 60):
        return KindReading(PageKind.LIST, f"{entries} dated links, {listed_share:.0%} of the main text")
    structure = read_structure(body, sections) if len(squeezed) >= 60 else NO_STRUCTURE
    if is_empty_template(body, squeezed):
        return KindReading(PageKind.OTHER, "the form of a report with no values", "empty_template")
    if told := _by_title(titles, readings, body, squeezed, structure, attachments):
        return told
    if structure.is_report and not _is_law(body):
        kind = PageKind.WORK_SUMMARY if structure.sums_up else PageKind.ANNUAL_REPORT
        return KindReading(kind, structure.reason)
    if structure.gives_orders and structure.notifies:
        return KindReading(PageKind.NOTICE, "it says what others shall do")
    if structure.lays_down:
        kind = PageKind.GUIDE if structure.lays_down == "指南" else PageKind.REGULATION
        return KindReading(kind, f"its first sentences lay down: 制定本{structure.lays_down}")
    if structure.explains_applying and not structure.states_facts:
        return KindReading(PageKind.GUIDE, "its sections say how to apply")
    if link_share > 0.8 and len(squeezed) < 600:
        return KindReading(PageKind.INDEX, f"{link_share:.0%} of the text is links and labels")
    if _is_law(body):
        return KindReading(PageKind.REGULATION, "its text is articles: 第一条 …")
    if len(squeezed) >= _LEAST_NEWS:
        return KindReading(PageKind.NEWS, "prose without a report's title")
    return KindReading(PageKind.OTHER, "too little text to tell")


def _fault(
    titles: Sequence[str], readings: Sequence[TitleReading], body: str, squeezed: str, http_status: int | None
) -> KindReading | None:
    if http_status is not None and http_status >= 400:
        return KindReading(PageKind.ERROR, f"HTTP status {http_status}")
    if len(squeezed) < 600 and not readings and _CHALLENGE.search(body):
        return KindReading(PageKind.CHALLENGE, "a short page that asks to prove something")
    if len(squeezed) < 300 and _ERROR.search(" ".join([*titles[:1], body])):
        return KindReading(PageKind.ERROR, "a short page that says the page is not there")
    return None


def _by_title(
    titles: Sequence[str],
    readings: Sequence[TitleReading],
    body: str,
    squeezed: str,
    structure: Structure,
    attachments: int,
) -> KindReading | None:
    """A title that tells year or agency decides; one that does not (a column's name) only where nothing speaks against."""
    own = next((reading for reading in readings if reading.names_year_or_agency), None)
    other = next((kind for title in titles if (kind := _other_by_title(title))), None)
    if (
        other is not None
        and (own is None or _speaks_of(other, own, structure))
        and not (own is None and _is_report_under(titles[0], structure))
    ):
        return other
    if own is None and structure.gives_orders:
        return None
    reading = own or next(iter(readings), None)
    if reading is None:
        return None
    return _of_report(reading, body, squeezed, structure, attachments)


def _other_by_title(title: str) -> KindReading | None:
    if read_title(title):
        return None
    bare = unspaced(title)
    if len(bare) > 120 or bare.endswith(("。", "；", "，")):
        return None
    if _ABOUT_LEARNING.search(bare):
        return KindReading(PageKind.NEWS, f"a headline: {title}")
    for kind, pattern in _BY_ENDING:
        if pattern.search(bare) or (kind is PageKind.NOTICE and _NOTICE_WITHIN.search(bare)):
            return KindReading(kind, f"title ends like a {kind}: {title}")
    if _OTHER_PAPERS.search(bare):
        return KindReading(PageKind.OTHER, f"another paper: {title}")
    if "公开" in bare and _NEWS_TITLE.search(bare):
        return KindReading(PageKind.NEWS, f"a headline: {title}")
    return None


def _speaks_of(other: KindReading, own: TitleReading, structure: Structure) -> bool:
    """A notice with a report's title on its page is that report's cover letter, unless its body gives orders."""
    return structure.gives_orders and not structure.core and own.text not in other.reason


def _is_report_under(title: str, structure: Structure) -> bool:
    """Whether a body is a report though its page has another paper's title: a column's (`公开目录`), a covering letter's.

    Under a notice how to report, sections alone are the outline that the notice asks for.
    """
    return structure.is_report and (bool(structure.preamble) or not _ABOUT_REPORTING.search(unspaced(title)))


def _of_report(reading: TitleReading, body: str, squeezed: str, structure: Structure, attachments: int) -> KindReading:
    title = reading.text
    if not _has_body(squeezed, title):
        if attachments:
            return KindReading(PageKind.OTHER, f"the report ({title}) is in an attachment", "report_in_attachment")
        return KindReading(PageKind.OTHER, f"a report's title ({title}) without a body", "body_missing")
    if (
        structure.gives_orders
        and not structure.core
        and (
            (structure.notifies and not (reading.year and reading.agency))
            or (not structure.preamble and not reading.agency)
        )
    ):
        return KindReading(PageKind.NOTICE, f"under the name of a report ({title}) it says what others shall do")
    return KindReading(reading.kind, f"title: {title}")


def _has_body(squeezed: str, title: str) -> bool:
    rest = squeezed.replace(unspaced(title), "")
    return len(rest) >= _LEAST_BODY and _SAYS_SOMETHING.search(rest) is not None


def is_empty_template(body: str, squeezed: str) -> bool:
    """Whether a body is an official form with nothing filled in: the tables' labels, no figure, no prose of its own.

    The older forms print boxes where the codes of the organ go (`□□□□□□`).
    """
    if _BLANK_BOXES.search(squeezed):
        return True
    if not all(label in squeezed for label in _TEMPLATE_LABELS):
        return False
    if any(cell.strip().isdigit() for line in body.split("\n") for cell in line.split("\t")):
        return False
    own_lines = (line.strip() for line in body.split("\n") if "\t" not in line)
    return sum(len(line) for line in own_lines if line.endswith("。")) < _LEAST_OWN_PROSE


def _is_law(body: str) -> bool:
    return len(_LAW_TEXT.findall(body[:6000])) >= 1 and "第二条" in body[:8000]
