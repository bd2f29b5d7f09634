from __future__ import annotations

import json
import random

import pytest

from pipelines.clean import clean
from pipelines.clean.boilerplate import LEAST_PAGES, BoilerplateModel, PageLine, Position, page_lines
from pipelines.clean.document import Document, Line
from pipelines.model import Capture, Grid
from pipelines.repair import repair
from pipelines.trace import apply_edits
from tests.corpus import paragraphs

# Frame of a site that no word list knows, some of it with numbers that change.
FRAME_HEAD = ["河畔之声", "清溪在线 一站直达", "今日气温 {n} 度 微风", "民声热线直通车"]
FRAME_TAIL = ["清溪融媒 精彩每一天", "您是第{n}位访客", "本网站内容未经许可不得转载。", "值班总编 甲某", "清溪发布矩阵"]
LINKS = ["热榜", "专题聚焦清溪", "文明创建在行动"]
# What stands in every report of a place.
STANDING = [
    "一、概述",
    "二、主动公开政府信息情况",
    "（一）组织领导",
    "行政规范性文件",
    "商业企业",
    "结果维持",
    "六、其他需要报告的事项",
    "本报告由清溪县人民政府办公室编制，所列数据的统计期限自1月1日起至12月31日止，电子版可在县政府门户网站下载。",
    "无其他需要报告的事项。",
    "特此报告。",
    "清溪县人民政府办公室",
]


def site(pages: int, seed: int = 0) -> list[list[Line]]:
    """Report pages of one site: its frame around standing sentences and prose that differs."""
    chance = random.Random(seed)
    prose = [line for line in paragraphs() if len(line) > 60 and "本站" not in line and "本网站" not in line]
    made = []
    for _ in range(pages):
        year = chance.randint(2008, 2024)
        body = [f"清溪县{year}年政府信息公开工作年度报告", STANDING[7], *STANDING[:7]]
        for paragraph in chance.sample(prose, 5):
            body.insert(chance.randint(2, len(body)), paragraph)
        texts = [line.format(n=chance.randint(1, 90_000)) for line in FRAME_HEAD]
        lines = [Line(text) for text in [*texts, *body]]
        lines[chance.randint(8, 12) : 0] = [Line(text, linked=len(text)) for text in LINKS]
        lines += [Line(text) for text in chance.sample(prose, 1)]
        lines += [Line(text) for text in STANDING[8:]]
        lines += [Line(line.format(n=chance.randint(1, 90_000))) for line in FRAME_TAIL]
        made.append(lines)
    return made


def kept_by(model: BoilerplateModel, lines: list[Line]) -> set[str]:
    return {line.text for line in page_lines(lines) if not model.drops(line)}


def frame_of(lines: list[Line]) -> set[str]:
    texts = [line.text for line in lines]
    return {*texts[: len(FRAME_HEAD)], *texts[-len(FRAME_TAIL) :], *LINKS}


def test_the_frame_of_a_site_is_gone_from_the_tenth_page_on_and_everything_else_stays() -> None:
    model = BoilerplateModel()
    for number, lines in enumerate(site(50), 1):
        kept = kept_by(model, lines)
        own = {line.text for line in lines} - frame_of(lines)
        assert own <= kept
        if number >= 10:
            assert kept == own
        model.add_page(page_lines(lines))
    assert model.pages == 50


def test_nothing_is_dropped_before_enough_pages_were_seen() -> None:
    model = BoilerplateModel()
    for lines in site(LEAST_PAGES - 1):
        model.add_page(page_lines(lines))
    lines = site(1, seed=9)[0]
    assert kept_by(model, lines) == {line.text for line in lines}


@pytest.mark.parametrize("text", STANDING)
@pytest.mark.parametrize("position", list(Position))
def test_what_stands_in_every_report_is_never_dropped_wherever_it_stands(text: str, position: Position) -> None:
    model = BoilerplateModel()
    for _ in range(40):
        model.add_page([PageLine(text, position)])
    assert not model.drops(PageLine(text, position))


@pytest.mark.parametrize(
    "text",
    ["2014-03-11", "—", "3", "无", "| |", "统计指标", "0条", "2021年，全县上下团结一心，各项事业取得新的进步。"],
)
def test_numbers_labels_and_sentences_are_never_learned(text: str) -> None:
    model = BoilerplateModel()
    for _ in range(40):
        model.add_page([PageLine(text, Position.TAIL)])
    assert not model.drops(PageLine(text, Position.TAIL))


def test_a_line_inside_the_text_goes_only_as_a_row_of_links() -> None:
    model = BoilerplateModel()
    plain, linked = PageLine("清溪在线", Position.INSIDE), PageLine("专题聚焦", Position.INSIDE, is_linked=True)
    for _ in range(20):
        model.add_page([plain, linked])
    assert not model.drops(plain)
    assert model.drops(linked)


def test_a_line_of_some_pages_only_stays() -> None:
    model = BoilerplateModel()
    some = PageLine("清溪水库专版", Position.HEAD)
    for number in range(40):
        model.add_page([some] if number % 3 == 0 else [])
    assert not model.drops(some)
    assert model.support(some) == (14, 40)


def test_after_a_redesign_the_new_frame_is_learned_from_its_own_pages() -> None:
    model = BoilerplateModel()
    old, new = PageLine("清溪在线", Position.HEAD), PageLine("云上清溪", Position.HEAD)
    for _ in range(60):
        model.add_page([old])
    for number in range(12):
        assert model.drops(new) is (number >= LEAST_PAGES)
        model.add_page([new])


def test_a_line_counts_once_a_page() -> None:
    model = BoilerplateModel()
    line = PageLine("清溪在线", Position.HEAD)
    model.add_page([line] * 30)
    assert model.support(line) == (1, 1)
    assert not model.drops(line)


def test_the_model_survives_being_stored() -> None:
    model = BoilerplateModel()
    pages = site(20)
    for lines in pages:
        model.add_page(page_lines(lines))
    again = BoilerplateModel.from_json(json.loads(json.dumps(model.to_json())))
    assert again.to_json() == model.to_json()
    assert kept_by(again, pages[-1]) == kept_by(model, pages[-1])


@pytest.mark.parametrize(
    "stored", [{}, {"version": 99, "pages": 3, "lines": {}}, {"version": 1, "pages": 3, "lines": {"a": "b"}}]
)
def test_a_damaged_store_gives_an_empty_model(stored: dict[str, object]) -> None:
    assert BoilerplateModel.from_json(stored).pages == 0


def test_the_model_forgets_what_was_met_once_long_ago() -> None:
    model = BoilerplateModel()
    for number in range(500):
        # Letters, because numbers are folded.
        name = "".join(chr(0x4E00 + number * 7 + offset) for offset in range(6))
        model.add_page([PageLine(name, Position.TAIL), PageLine("清溪在线", Position.HEAD)])
    assert model.drops(PageLine("清溪在线", Position.HEAD))
    assert len(json.dumps(model.to_json())) < 10_000


def test_positions_are_read_from_the_prose() -> None:
    prose = "本年度认真贯彻落实条例，健全工作机制，完善公开内容，主动公开各类信息一百二十条，取得了成效。"
    lines = [Line("清溪在线"), Line(prose), Line("小标题"), Line(prose), Line("值班总编")]
    lines += [Line("表", grid=Grid(1, 1)), Line("看不见", hidden="inline_style")]
    assert [(line.text, line.position) for line in page_lines(lines)] == [
        ("清溪在线", Position.HEAD),
        (prose, Position.INSIDE),
        ("小标题", Position.INSIDE),
        (prose, Position.INSIDE),
        ("值班总编", Position.TAIL),
    ]
    assert page_lines(Document(is_html=True).lines) == []


@pytest.mark.parametrize(
    "date", ["{year}年{month}月{day}日", "{year}-{month}-{day}", "（{year}年{month}月{day}日）", "二〇一三年三月十五日"]
)
def test_the_date_of_a_signature_is_no_frame_however_many_reports_bear_one(date: str) -> None:
    model = BoilerplateModel()
    for page in range(40):
        printed = date.format(year=2008 + page % 12, month=1 + page % 12, day=1 + page % 28)
        model.add_page([PageLine(printed, Position.TAIL)])

    assert not model.drops(PageLine(date.format(year=2019, month=3, day=15), Position.TAIL))


@pytest.mark.parametrize(
    "name", ["清溪县水利局", "清溪县教育体育局", "招宝山街道办事处", "清溪县人民医院（县妇幼保健院）"]
)
def test_the_office_that_signs_every_report_of_its_own_site_stays(name: str) -> None:
    model = BoilerplateModel()
    for _ in range(40):
        model.add_page([PageLine(name, Position.TAIL)])

    assert not model.drops(PageLine(name, Position.TAIL))


def test_a_site_learns_its_frame_and_from_the_tenth_page_on_the_main_text_is_the_report_alone() -> None:
    model = BoilerplateModel()
    prose = [line for line in paragraphs() if len(line) > 80]
    for number in range(14):
        body = [
            f"清溪县水利局{2008 + number}年政府信息公开工作年度报告",
            *prose[3 * number : 3 * number + 3],
            "清溪县水利局",
        ]
        framed = ["清溪在线 一站直达", *body, "清溪融媒 精彩每一天"]
        html = '<html><body><div id="zoom">' + "".join(f"<p>{line}</p>" for line in framed) + "</div></body></html>"
        capture = Capture(f"http://www.qingxi.gov.example/{number}.html", html.encode())
        cleaned = clean(repair(capture), capture, learned=model)
        model.add_page(cleaned.frame_lines)

        assert apply_edits(cleaned.readable_text, cleaned.edits) == cleaned.main_text
        assert ("清溪在线" in cleaned.main_text) == (number + 1 < LEAST_PAGES + 1)
        assert ("清溪融媒" in cleaned.main_text) == (number + 1 < LEAST_PAGES + 1)
        for line in body[1:]:
            assert "".join(line.split()) in "".join(cleaned.main_text.split())
