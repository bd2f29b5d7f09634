"""Pages made to break readers: they are read to the end, in time that grows with their size and no faster."""

from __future__ import annotations

import sys

import pytest

from pipelines import Capture, understand
from tests.clean.reading import read_page

PROSE = "<p>全县主动公开政府信息1234条，接受社会监督。</p>"

HOSTILE = {
    "ten thousand nested divs": "<div>" * 10_000 + PROSE,
    "ten thousand nested spans with ids": "<span id=a>" * 10_000 + PROSE,
    "a megabyte of cells": PROSE + "<td>" * 250_000,
    "a megabyte of cells in a table": PROSE + "<table>" + "<td>" * 250_000,
    "tables in tables": "<table><tr><td>" * 2_000 + PROSE,
    "a hundred thousand links": PROSE + '<a href="/a">公开</a> ' * 100_000,
    "links nobody closed": PROSE + "<a href=x>" * 20_000,
    "giant spans": PROSE + "<table>" + "<tr><td rowspan=9999 colspan=9999>1<td>2</tr>" * 300 + "</table>",
    "a megabyte of blanks": "<p>" + " " * 1_000_000 + PROSE,
    "a megabyte of line ends": "<p>政" + " \n" * 500_000 + PROSE,
    "page numbers without end": PROSE + "<p>公" + "—2—" * 100_000,
    "digits without end": PROSE + "<p>" + "1 2 3 " * 100_000,
    "brackets without end": PROSE + "<p>" + "[1]" * 60_000,
    "labels without end": PROSE + "<p>发布时间: 来源:</p>" * 10_000,
    "a style sheet of open braces": "<style>" + ".a{" * 100_000 + "</style>" + PROSE,
    "a style sheet of comments": "<style>" + "/*" * 100_000 + "</style>" + PROSE,
    "megabytes of picture": f'<img src="data:image/png;base64,{"A" * 3_000_000}">{PROSE}',
    "addresses that are none": PROSE + '<a href="http://[x.pdf">坏地址在这里</a><iframe src="//["></iframe>' * 9,
    "bytes that are no page": "\x00<\x01\x02>" * 1_000 + PROSE,
}


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_page_is_read(what: str) -> None:
    page = understand(Capture("http://www.example.cn/", HOSTILE[what].encode()))
    assert [finding for finding in page.findings if finding.code == "internal_error"] == []


GROWING = {
    "nested divs": lambda size: "<div>" * size + PROSE,
    "links": lambda size: '<a href="/a">公开</a> ' * size,
    "dated rows": lambda size: "".join(f'<li><a href="/{n}">第{n}号公告全文</a>2020-01-01</li>' for n in range(size)),
    "cells": lambda size: "<table>" + "<tr><td>甲<td>乙</tr>" * size + "</table>",
    "known containers": lambda size: f"<div id=zoom>{PROSE}</div>" * size,
    "repeated paragraphs": lambda size: "<p>同一句话在这里重复了很多很多次，没有尽头。</p>" * size,
    "chrome boxes": lambda size: "<div class=sidebar>" * size + PROSE,
}


def _steps(source: str) -> int:
    """How many Python function calls reading takes: a measure of work that no clock disturbs."""
    calls = 0

    def count(*_: object) -> None:
        nonlocal calls
        calls += 1

    sys.setprofile(count)
    try:
        read_page(f"<body>{source}</body>")
    finally:
        sys.setprofile(None)
    return calls


@pytest.mark.parametrize("what", GROWING)
def test_work_grows_with_the_page(what: str) -> None:
    read_page(PROSE)
    small, large = _steps(GROWING[what](300)), _steps(GROWING[what](1200))
    assert large <= 5 * small
