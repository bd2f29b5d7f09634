"""Collections of reports: what their titles announce is held against what stands on the page."""

from __future__ import annotations

import pytest

from pipelines import understand
from pipelines.model import Capture

MEMBERS = [
    ("柳河镇", "柳河镇二〇一四年共主动公开信息317条，收到申请14件，均按期答复。各站所确定联络员一名，逐月报送，逐季通报。"),
    ("石桥镇", "石桥镇围绕征地补偿和惠农资金开展公开，全年发布信息96条，没有收到申请。村务监督委员会每季核对公开栏一次。"),
    ("清溪县水利局", "清溪县水利局公开防汛预案和水资源费标准，全年公开信息58条，接受咨询204人次，受理申请2件，全部办结。"),
]  # fmt: skip


def collection(title: str, *, marked: bool = True) -> Capture:
    lines = [f"<h1>{title}</h1>"]
    for number, (name, text) in zip("一二三", MEMBERS, strict=True):
        lines += [f"<p>第{number}篇：{name}政府信息公开工作总结</p>"] if marked else []
        lines.append(f"<p>{text}</p>")
    page = f"<html><head><title>{title}</title></head><body><div>{''.join(lines)}</div></body></html>"
    return Capture("http://www.wenku.example/1.html", page.encode())


def missing(capture: Capture) -> list[str]:
    return [finding.detail for finding in understand(capture).findings if finding.code == "members_missing"]


@pytest.mark.parametrize(
    ("title", "count"),
    [("政府信息公开工作总结(精选17篇)", 17), ("政府信息公开工作总结汇总五篇", 5), ("政府信息公开工作总结（4篇）", 4)],
)
def test_a_collection_of_which_only_a_part_is_there_says_so(title: str, count: int) -> None:
    assert len(understand(collection(title)).reports) == 3
    assert missing(collection(title)) == [f"the title announces {count} members and 3 were found"]


def test_a_collection_that_nothing_parts_says_so() -> None:
    (detail,) = missing(collection("政府信息公开工作总结(精选3篇)", marked=False))
    assert detail == "the title announces 3 members and 1 was found"


@pytest.mark.parametrize(
    "title", ["政府信息公开工作总结(精选3篇)", "政府信息公开工作总结", "政府信息公开工作总结(精选2篇)"]
)
def test_a_collection_that_holds_what_it_announces_or_announces_nothing_is_complete(title: str) -> None:
    assert missing(collection(title)) == []


def test_articles_counted_in_a_report_announce_nothing() -> None:
    report = (
        "柳河镇2014年政府信息公开工作年度报告\n全年共发表信息120篇，其中头条12篇，精选30篇报送县政府。没有收到申请。"
    )
    assert missing(Capture("file:///a.txt", report.encode())) == []
