"""The canonical kind of a section, from the words of its heading, for the three eras, universities and utilities.

Headings vary endlessly in wording and little in words, so a kind is known by a keyword, never by equality. The order
is part of the rule: 依申请公开收费 are fees, 依申请公开咨询 are applications, 公开平台建设 is a platform and not proactive.
"""

from __future__ import annotations

import re

from pipelines.extract.remembered import remembered
from pipelines.extract.text_forms import unspaced

_KINDS: tuple[tuple[str, str], ...] = (
    ("tables", r"附表|附件|统计表|指标(?:统计|说明)|清单(?:事项)?(?:公开)?情况|情况表$"),
    ("fees", r"收费|费用|减免|收支|经费(?!保障).{0,4}(?:支出|情况|收)|支出"),
    ("reviews", r"复议|诉讼|申诉|举报"),
    (
        "plans",
        r"^(?:下一步|下步|明年|今后|下一年|20\d\d年).{0,14}(?:打算|计划|思路|安排|重点|举措|设想|目标|任务|要点)|打算|工作计划|工作思路|工作安排|下步|下一步(?!.{0,4}改进)",
    ),
    ("problems", r"问题|不足|薄弱|改进|整改|困难|差距"),
    ("proposals", r"建议.{0,8}提案|提案.{0,8}(?:办理|答复)|人大代表"),
    ("applications", r"依申请|申请公开|收到和处理|申请.{0,8}(?:情况|办理|处理)|不予公开"),
    ("consultations", r"[咨谘]询|信访|接待|互动交流平台受理"),
    ("interpretation", r"解读|回应|社会关切|舆情"),
    ("key_areas", r"重点领域|重点信息|民生领域|重大建设项目"),
    ("evaluation", r"评议|社会评价|满意度"),
    ("subordinates", r"所属(?:事业)?单位|下属单位|公共企事业|企事业单位|基层"),
    ("supervision", r"监督|考核|督查|保密审查|责任追究|审查"),
    ("staff", r"人员|培训|队伍|会议|业务能力|素质|宣传"),
    ("platform", r"平台|网站|载体|渠道|查阅|新媒体|公报|公开栏|专栏|途径|形式|方式"),
    (
        "management",
        r"信息(?:公开)?管理|规范性文件|信息资源|目录.{0,6}(?:编制|管理|建设)|动态调整|公文类|编制.{0,8}(?:目录|指南)",
    ),
    (
        "proactive",
        r"主动公开|公开(?:的)?(?:政府)?(?:信息)?(?:的)?(?:情况|内容|数量)|信息公开(?:工作|完成|办理)?(?:的)?情况|公开.{0,6}(?:范围|内容)|公开数",
    ),
    ("overview", r"概述|总体情况|基本情况|概况|综述|引言|前言|总述|总体|编制说明|工作情况|开展情况|主要做法|主要工作"),
    ("organisation", r"组织|领导|机构|制度|机制|保障|重视|体系|责任|职责"),
    ("other_matters", r"其他|其它|需要说明|说明的|需要报告|有关情况"),
    ("overview", r"^(?:情况|工作总结|总结)$"),
)
_PATTERNS = tuple((kind, re.compile(pattern)) for kind, pattern in _KINDS)
_PROBLEMS_AND_PLANS = re.compile(r"(?:问题|不足|困难|薄弱|差距)")
UNKNOWN = "unknown"


@remembered(4096)
def section_kind(heading: str) -> str:
    """The canonical kind of a heading, `unknown` when no keyword fits.

    `存在的问题及下一步打算` names two: what it opens with counts, as the problems come first.
    """
    bare = unspaced(heading)
    kind = next((kind for kind, pattern in _PATTERNS if pattern.search(bare)), UNKNOWN)
    if kind == "plans" and (named := _PROBLEMS_AND_PLANS.search(bare)) and named.start() < 12:
        return "problems"
    return kind
