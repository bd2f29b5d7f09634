"""What stands right before and right behind a body, on pages of plain text and in containers."""

from __future__ import annotations

import pytest

from pipelines import Capture, Page, understand

BODY = "\n".join(
    [
        "一、概述",
        "2011年，本局认真贯彻执行上级规定，主动公开政府信息86条，没有收到政府信息公开申请。",
        "二、存在问题",
        "公开的内容还不够全面，下一步将加强学习培训，及时更新栏目。",
    ]
)


def _read(text: str) -> Page:
    return understand(Capture("file:///report.txt", text.encode()))


@pytest.mark.parametrize(
    "tail",
    [
        "信息公开年报",
        "政府信息公开年度报告",
        "【发表评论】 【互动社区】",
        "打印页面 关闭页面",
        "右侧区域内容请使用Tab键切换浏览",
    ],
)
def test_the_sites_own_words_behind_the_body_go(tail: str) -> None:
    assert _read(f"{BODY}\n\n{tail}").main_text == BODY


@pytest.mark.parametrize(
    "tail", ["某某县林业局", "2012年3月1日", "附件：统计表", "无其他需要报告的事项。", "信息公开年报编制说明如上"]
)
def test_a_signature_or_a_last_sentence_stays(tail: str) -> None:
    assert tail in _read(f"{BODY}\n\n{tail}").main_text


@pytest.mark.parametrize("heading", ["一、概述", "第一部分 概述", "（一）总体情况"])
def test_a_numbered_heading_behind_the_information_block_opens_the_body(heading: str) -> None:
    page = _read(f"来源：办公室 发布时间：2012-03-05\n{heading}\n{BODY.partition(chr(10))[2]}")
    assert page.main_text.startswith(heading)


def test_a_line_for_keyboard_readers_is_no_title() -> None:
    page = _read(f"正文内容区域请使用tab按钮切换浏览\n某某县林业局2011年政府信息公开工作年度报告\n{BODY}")
    assert page.title == "某某县林业局2011年政府信息公开工作年度报告"


def test_an_address_that_overwrote_a_county_twice_is_a_brand_where_it_stands_as_an_address_too() -> None:
    page = _read(
        "example-mirror.com桥下镇2009年政府信息公开工作年度报告\n现公布example-mirror.com桥下镇2009年度报告。"
        f"电子版可在县政府网站（www.example-mirror.com）下载。\n{BODY}"
    )
    assert "□桥下镇2009年" in page.main_text + (page.title or "")
    assert "example-mirror.com桥下" not in page.main_text
    assert "www.example-mirror.com" in page.main_text


def test_an_address_that_is_named_twice_is_no_brand() -> None:
    text = f"详见portal-a.example.com。\n{BODY}\n也可访问www.qiaoxia.com查询，或发邮件至office@qiaoxia.com联系。"
    assert "www.qiaoxia.com查询" in _read(text).main_text
