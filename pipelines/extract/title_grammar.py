"""The grammar of report titles: year, agency, topic and form, in whatever order they were printed.

`[Y年(度)] [地名][机关] [Y年(度)] {政府信息公开|政务公开|信息公开|…} [工作] [年度] {报告|年度报告|年报|总结|…}`: the year may stand
before, behind or inside, be a school year or lack its 年; the agency may be missing or stand behind the form.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipelines.extract.dates import find_dates, find_years
from pipelines.extract.remembered import remembered
from pipelines.extract.text_forms import unspaced
from pipelines.model import PageKind

_TOPIC = (
    r"(?:政府|政务|党务|党政|校务|院务|厂务|警务|企业|高校|学校|环境|财政)?信息(?:年度|工作)?公开"
    r"|(?:党务)?政务公开|校务公开|院务公开|厂务公开|党务公开|(?:政府|政务)?公开信息|政府信息(?=工作|年度)"
)
_FORM = (
    r"报告书|总结报告|自查报告|自评报告|报告|年报|小结|总结材料|总结|汇报材料|汇报|工作综述"
    r"|统计年?报?表|指标统计表|统计报表|(?:工作|年度)(?:开展|落实|执行|进展|完成)?情况"
)
# One of these stands in every form: a cheap test before the grammar.
_NAMES_FORM = re.compile("报告|年报|小结|总结|汇报|综述|统计|情况")
_SENTENCE_ENDS = ("；", "，", ",", ";", "、")
_PLAN = r"(?:和|及|暨|与|、).{0,12}?(?:计划|打算|思路|安排|要点|重点)"
_TITLE = re.compile(
    rf"^(?P<lead>[^，,。；;？！?!]{{0,60}}?)(?P<topic>{_TOPIC})(?P<middle>[^，,。；;：:《]{{0,24}}?)(?P<form>{_FORM})(?P<plan>{_PLAN})?"
    r"(?P<tail>\s?[(（][^()（）]{2,20}[)）]|\s?[\u4e00-\u9fff]{1,28}"
    r"(?:大学|学院|学校|[局厅委县区市镇乡]|委员会|政府|办公室|办事处|街道|中心|医院|公司)|\s?(?:19|20)\d\d年?度?)?$"
)
# Words behind the topic that make another document of it, and words before it that make news or a part of a year of it.
# They are not looked for in the agency's name: 绩效考核办公室 and 培训中心 write reports too.
_OTHER_DOCUMENT = re.compile(
    r"制度|编制|考核|评议|培训|指南|目录|办法|规定|规范|细则|方案|意见|绩效|评估|审计|整改|调研|述职|专项|月报|季报"
    r"|季度|半年|月份|清单|督查|解读|征求|模板|样本|范本|格式|网站|竞赛|测评"
)
_NOT_THE_AGENCY = re.compile(
    r"半年|季度|月份?(?=政|信|党|$)|第[一二三四1-4]季|召开|听取|审议|举行|举办|督查|检查|调研|出席|强调|印发|转发|通知|解读"
    r"|网站工作|网站年度|绩效评价|应当|必须|预算|决算|(?:发布|公布|晒出|亮出|出台|推出)(?!中心|办|会)|图解|读懂|图说|如何|怎[么样]"
    r"|关于做好|关于填报|征集|评选|我[市县区省州]|模板|范文"
)
_SUFFIX = re.compile(
    r"(?:\s*[(（]\s*(?:19|20)\d\d-\d{1,2}-\d{1,2}\s*[)）]|\.(?:docx?|pdf|wps|html?|ofd|xlsx?)|\s*[(（【\[]"
    r"(?:全文|(?:精选|汇总|汇编|通用|合集|大全|最新|集锦|推荐|热门)\d+篇|公开版|网络版|电子版|正式版?|图|图文|最终版?|定稿)[)）】\]])+$",
    re.IGNORECASE,
)
_MAY_END_IN_SUFFIX = re.compile(r"[)）】\]cdflmsx]\Z", re.IGNORECASE)
# `六、年度政府信息公开工作报告0600`: a catalogue number before and a code behind.
_CATALOGUE = re.compile(r"^[一二三四五六七八九十]{1,3}[、.．]\s?(?=年度|政府信息|20\d\d)|(?<=报告|年报|总结)\d{4}$")
_PREFIX = re.compile(
    r"^(?:附件?\s?[\d一二三四五六]{0,2}\s?[:：]\s?|[\u4e00-\u9fff]{1,12}[〔\[﹝(（](?:19|20)\d\d[〕\]﹞)）]第?\d{1,4}号\s?|[【\[](?:图文|年报|公告)[】\]]\s?)"
)
_SPACES = re.compile(r"[\s\u3000\u00a0]+")
_INNER_BLANK = re.compile(r"(?<=[\u3400-\u9fff\d）)】》”〇○—–-]) (?=[\u3400-\u9fff\d（(【《“〇○—–-])(?!(?<=\d )\d{4}-)")
_YEAR_WORD = re.compile(
    r"20\d\d年\d{1,2}月?份?(?:[—–~-]|至|到)12月份?|[2２]\s?[0０]\s?[0-3０-３]\s?[0-9０-９]\s?年?(?:度)?(?:\s*(?:[—–~-]+|至)\s*(?:[2２]?[0０])?[0-9０-９]{2})?\s*(?:学\s?年度?|年度|年|(?!\d))"
    r"|[二一][〇○零0OＯo０一二三四五六七八九]{3}\s?(?:[—–-]+\s?[二一][〇○零0OＯo０一二三四五六七八九]{3})?(?:学年度?|年度?)"
    r"|(?:20[xX×*]{2}|20\d[xX×*]|[Xx×*]{2,4})\s?年度?|(?<!\d)[0-2]\d年度?"
)
_SHORT_YEAR = re.compile(r"(?<![\d.-])([0-2]\d)年")
_SCHOOL_YEAR = re.compile(
    r"(20\d\d)\s?(?:年|学年)?\s?(?:[—–~-]+|至)\s?(20)?(\d\d)\s?学?年|([二][〇○零0OＯo０一二三四五六七八九]{3})\s?[—–-]+\s?([二][〇○零0OＯo０一二三四五六七八九]{3})"
)
# 信息公开年报(2016-2017): two years one after the other are a school year though neither 学年 nor 年 says so.
_TWO_YEARS = re.compile(r"(?<!\d)(20\d\d)\s?年?\s?(?:[—–~-]+|至)\s?(20\d\d)(?!\s?[\d.年-]{1,2}\d)")
_LEAD_WORDS = re.compile(
    r"^(?:[□�]|(?:[a-z0-9-]{1,30}\.){1,3}(?:com|cn|net|org|cc|top|xyz)(?![a-z.])|关于|对于|附件|度|年度|印发|的|·|•)+"
)
_LEAD_END = re.compile(
    r"(?:的|关于(?:报送|上报|呈报)|关于|开展|推进|落实|贯彻|实施|执行|年度|度|深化|全面推进|加强|《中华人民共和国|《|[-—:：、])+$"
)
_TITLE_STOP = re.compile(r"[。；;：:，,]$|^[一二三四五六七八九十]{1,3}[、.]|^[(（][一二三四五六七八九十]")
_NAME_END = re.compile(
    r"(?:[省市县区旗州盟镇乡村]|街道|苏木|政府|[局厅委办院部署处室所站队馆校社会厂场园司行]|中心|大学|学院|公司|银行|医院|集团|小组|机关|机构|公署|法院|[xX×*]{1,4})$"
)
_BRACKETS_BEHIND = re.compile(r"[(（][^()（）]*[)）]$")
_YEAR_IN_BRACKETS = re.compile(r"[(（](20[0-3]\d)[)）]$")
_SUMS_UP = re.compile(r"总结|汇报|小结|自查|自评|综述|情况")
_NO_NAME = re.compile(r"\d|年|草案|试行")
_RUN_IN = re.compile(r"^([^。；;，,]{6,70}?(?:报告|年报|总结|汇报))\s{1,4}(?=\S)")
_LEAST, _MOST = 6, 80


@dataclass(frozen=True, slots=True)
class TitleReading:
    """What a report's title says. `agency` is what is left of it without year, topic and form."""

    text: str
    kind: PageKind
    year: int | None
    agency: str

    @property
    def names_year_or_agency(self) -> bool:
        """Whether the title tells one report from another; a column's name (`政府信息公开年报`) does not."""
        return self.year is not None or is_name(self.agency)


def is_name(agency: str) -> bool:
    """Whether the part of a title that may be its agency ends like an organ or a place (`法定主动公开内容` does not)."""
    return bool(_NAME_END.search(_BRACKETS_BEHIND.sub("", agency)))


@remembered(2048)
def tidy_title(text: str) -> str:
    """A title as one line: suffixes (`(全文)`, `.docx`, `( 2017-03-31 )`) off, blanks between Chinese characters out."""
    stripped = " ".join(text.split())
    if stripped.startswith("《") and stripped.endswith("》") and stripped.count("《") == 1:
        stripped = stripped[1:-1]
    if _MAY_END_IN_SUFFIX.search(stripped):
        stripped = _SUFFIX.sub("", stripped)
    if " " in stripped:
        stripped = _INNER_BLANK.sub("", stripped)
    return stripped.strip(" ·•|-_")


def read_title(text: str) -> TitleReading | None:
    """The reading of a report's title, or None if the line is no report's title."""
    if len(text) > 2 * _MOST or not ("公开" in text or "政府信息" in text):
        return None
    return _read(text)


# The same lines are asked for the page's title, its kind and the report's title.
@lru_cache(maxsize=512)
def _read(text: str) -> TitleReading | None:
    bare = unspaced(text)
    if "。" in bare or bare.endswith(_SENTENCE_ENDS) or not _NAMES_FORM.search(bare):
        return None
    core = _CATALOGUE.sub("", _PREFIX.sub("", tidy_title(text)))
    if not _LEAST <= len(core) <= _MOST or core[-1] in "；，,;、" or ":" in core or "：" in core:
        return None
    match = _TITLE.match(core)
    if match is None or _OTHER_DOCUMENT.search(match["middle"]) or _is_other_document(match):
        return None
    year = title_year(core)
    agency = _agency(match)
    form = match["form"]
    if form.endswith("情况") and not (year and agency):
        return None
    return TitleReading(core, _kind_of(form), year, agency)


def _is_other_document(match: re.Match[str]) -> bool:
    tail = match["tail"] or ""
    return bool(_NOT_THE_AGENCY.search(_YEAR_WORD.sub("", match["lead"])) or _OTHER_DOCUMENT.search(tail))


def _kind_of(form: str) -> PageKind:
    if "统计" in form:
        return PageKind.STATISTICS
    if _SUMS_UP.search(form):
        return PageKind.WORK_SUMMARY
    return PageKind.ANNUAL_REPORT


def title_year(title: str) -> int | None:
    """The year a title reports on: the first it names, of a school year or a range of two (`2018—2019学年`) the last."""
    if span := _SCHOOL_YEAR.search(title):
        if span[1]:
            first, last = int(span[1]), int((span[2] or span[1][:2]) + span[3])
            if first < last <= first + 2:
                return last
        else:
            numerals = find_years(f"{span[5]}年")
            if numerals:
                return numerals[0][2]
    if (span := _TWO_YEARS.search(title)) and int(span[2]) == int(span[1]) + 1:
        return int(span[2])
    years = find_years(title)
    if years:
        return years[0][2]
    if short := _SHORT_YEAR.search(title):
        year = 2000 + int(short[1])
        return year if 2003 <= year <= 2029 else None
    bracketed = _YEAR_IN_BRACKETS.search(title)
    return int(bracketed[1]) if bracketed else None


def _agency(match: re.Match[str]) -> str:
    lead = _SPACES.sub("", _YEAR_WORD.sub(" ", match["lead"]))
    if lead.endswith("人民") and match["topic"].startswith("政府"):
        lead += "政府"  # `张庄镇人民政府信息公开…`: one 政府 for two
    lead = _LEAD_WORDS.sub("", lead)
    for _ in range(3):
        shorter = _LEAD_END.sub("", lead)
        if shorter == lead:
            break
        lead = shorter
    lead = lead.strip("度:：-—、· ")
    if lead.count("(") + lead.count("（") != lead.count(")") + lead.count("）"):
        lead = lead.strip("()（）")
    if lead:
        return lead
    tail = (match["tail"] or "").strip(" ()（）")
    return "" if _NO_NAME.search(tail) or _YEAR_WORD.search(tail) else tail


def run_in_title(line: str) -> str | None:
    """The title at the head of a line that goes on with date and text, as document-sharing sites glue them."""
    match = _RUN_IN.match(line)
    reading = read_title(match[1]) if match else None
    return reading.text if reading and reading.names_year_or_agency else None


def joined_titles(lines: Sequence[str], most: int = 4) -> list[str]:
    """Report titles among the first lines, also where one is split over up to four lines or a word a line.

    A join ends where the first part alone already names its agency, and never runs over a dated line, a sentence or a
    numbered heading.
    """
    found: list[str] = []
    readings = [read_title(line) for line in lines]
    place = 0
    while place < len(lines):
        taken = 1
        for count in range(_reach(lines, place, most, says_all=_says_all(readings[place])), 0, -1):
            parts = lines[place : place + count]
            if count > 1 and (any(readings[place + 1 : place + count - 1]) or _is_dated(parts[-1])):
                continue
            reading = readings[place] if count == 1 else read_title("".join(parts))
            if reading is None or (count > 1 and _adds_nothing(readings[place], readings[place + count - 1], reading)):
                continue
            found.append(reading.text)
            taken = count
            break
        place += taken
    return found


def _reach(lines: Sequence[str], place: int, most: int, *, says_all: bool) -> int:
    """How many lines a title that begins here may take: more where every line is a word, none behind one that stops."""
    reach = 0
    for line in lines[place : place + 12]:
        if len(line) > 60 or "\t" in line or (reach >= most and len(line) > 6):
            break
        reach += 1
        if says_all or _stops_a_title(line):
            break
    return reach if reach <= most or all(len(line) <= 6 for line in lines[place : place + reach]) else most


@remembered(1024)
def _stops_a_title(line: str) -> bool:
    """A sentence, a numbered heading or a dated line: nothing that goes on in the next line as a title."""
    return bool(_TITLE_STOP.search(line.strip())) or _is_dated(line)


def _is_dated(line: str) -> bool:
    return len(line) <= 80 and bool(find_dates(line))


def _says_all(first: TitleReading | None) -> bool:
    return first is not None and bool(first.agency)


def _adds_nothing(first: TitleReading | None, last: TitleReading | None, joined: TitleReading) -> bool:
    """A line above a full title, a second title below one, the agency behind one: no part of it."""
    if first is not None and last is not None:
        return True
    if last is not None and last.agency and last.year:
        return True
    if joined.agency and not is_name(joined.agency):
        return True  # menu items that lie together: 法定主动公开内容 and 政府信息公开年报
    return first is not None and joined.year == first.year and joined.text.startswith(first.text)
