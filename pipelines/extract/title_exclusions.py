"""Lines that stand where a title stands and are none: a section's heading, a widget's text, a site's or an organ's name.

The words are in `data/reference/extract/no_titles.toml`.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache

from pipelines.extract.sections import is_heading
from pipelines.extract.text_forms import unspaced
from pipelines.extract.title_grammar import read_title
from pipelines.knowledge import reference

_SITE = re.compile(r"^[^，。！？：:《]{2,16}(?:网|网站|门户|平台)$")
_ORGAN = re.compile(
    r"^[\u4e00-\u9fff()（）]{2,16}(?:政府|委员会|办公室|办事处|管理局|[局厅]|街道|法院|检察院|大学|学院|医院|公司|集团|银行|中心)$"
)
_LEAST_ORGAN = 5  # 资讯中心 and 新闻中心 are columns
# 县长到某公司, 市局与某大学 end like names and tell what happened.
_TELLS = re.compile(
    r"[到赴访与及]|关于|召开|举行|举办|成立|走进|调研|视察|慰问|发布|公布|公开|出台|印发|入选|荣获|荣膺|揭牌|开通|上线|建成|推进|建设|打造|支持|服务(?!中心|局|网)"
)


@dataclass(frozen=True, slots=True)
class _Words:
    widgets: re.Pattern[str]
    columns: frozenset[str]


@cache
def _words() -> _Words:
    table: dict[str, list[str]] = tomllib.loads(reference("extract/no_titles.toml").read_text("utf-8"))
    return _Words(re.compile("|".join(map(re.escape, table["widgets"]))), frozenset(table["columns"]))


def may_be_title(line: str) -> bool:
    """Whether a line of the page may be its title."""
    return read_title(line) is not None or not (is_widget(line) or is_heading(line) or is_site_or_organ(line))


def is_widget(line: str) -> bool:
    """Whether a line is a button's text, a hint, a path (`首页 > 公开年报`) or a counter."""
    return bool(_words().widgets.search(unspaced(line).lower()))


def is_column(line: str) -> bool:
    """Whether a line is the bare name of a column (`工作报告`)."""
    return unspaced(line) in _words().columns


def is_site_or_organ(line: str) -> bool:
    """Whether a line is nothing but the name of a site or an organ: `法律信息网`, `柏溪县人民政府`."""
    bare = unspaced(line)
    if _TELLS.search(bare):
        return False
    return bool(_SITE.match(bare)) or (len(bare) >= _LEAST_ORGAN and bool(_ORGAN.match(bare)))
