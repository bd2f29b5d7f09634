"""Numbers as reports print them, and what looks like a number and is no count."""

import pytest

from pipelines.extract.numbers import chinese_number, counts, folded, read_quantity
from pipelines.model import Semantic


def read(text):
    return [(count.quantity.value, count.unit) for count in counts(folded(text))]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("1476条", 1476, "条"),
        ("10556 条", 10556, "条"),
        ("1,306条", 1306, "条"),
        ("1，306条", 1306, "条"),
        ("１２３条", 123, "条"),
        ("四十余条", 40, "条"),
        ("一百零五件", 105, "件"),
        ("一〇五件", 105, "件"),
        ("一万二千三百条", 12300, "条"),
        ("两件", 2, "件"),
        ("1.13万条", 11300, "条"),
        ("2千余条", 2000, "条"),
        ("310余万次", 3_100_000, "次"),
        ("五十余万人次", 500_000, "人次"),
        ("1.3亿次", 130_000_000, "次"),
        ("0.5万元", 5000, "元"),
        ("三万元", 30000, "元"),
        ("零件", 0, "件"),
        ("9场次", 9, "场次"),
        ("28", 28, ""),
        ("均为零。", 0, ""),
    ],
)
def test_a_count_and_its_unit(text, value, unit):
    assert read(text) == [(value, unit)]


@pytest.mark.parametrize(
    ("text", "value", "low", "high"),
    [
        ("40多件", 40, 40, None),
        ("24条余", 24, 24, None),
        ("2541余条", 2541, 2541, None),
        ("万余人次", 10000, 10000, None),
        ("上千条", 1000, 1000, None),
        ("逾500条", 500, 500, None),
        ("300条以上", 300, 300, None),
        ("近万人次", 10000, None, 10000),
        ("近百件", 100, None, 100),
        ("约12万", 120000, None, None),
        ("69 次", 69, 69, 69),
    ],
)
def test_an_approximate_number_keeps_the_bound_it_states(text, value, low, high):
    quantity = read_quantity(text)
    assert quantity is not None
    assert (quantity.value, quantity.low, quantity.high) == (value, low, high)
    assert quantity.approx is (low != high or low is None)


@pytest.mark.parametrize(
    "text",
    """66.9% 23.79% 0.93‰ 百分之百 八成 二成一 3.85/10万 第9至12条 第三十一条、第三十二条 第二十条第(一)项 20xx年 xxx条 N条 **条
    2011年 2018.12.31 2012/4/28 二零一二年四月 自201411日起至20141130日止 〔2008〕1号 永政民2011151 0570-5550117 13800001111
    15个工作日 二十个工作日 3个月 7×24小时 3-5条 30%+75% 十一大类 三位一体化、一是 一站式 12345热线 A4纸""".split(),
)
def test_what_is_no_count(text):
    assert [value for value in read(text) if value != (3, "位")] == []


def test_an_ordinal_is_no_part_of_the_number_behind_it():
    assert read("1.组织机构5;2.规章100") == [(5, ""), (100, "")]
    assert read("(1)概况3条,(2)动态4条") == [(3, "条"), (4, "条")]


def test_two_numbers_parted_by_a_comma_stay_two():
    assert read("12条,2013年") == [(12, "条")]
    assert read("公开5,100%") == [(5, "")]


def test_the_first_of_two_counts_stands_before_the_second():
    assert read("8项111条") == [(8, "项"), (111, "条")]


def test_a_year_alone_is_no_count_but_may_be_one_with_a_unit():
    assert read("2014") == []
    assert read("2014条") == [(2014, "条")]


def test_nought_and_number_have_their_own_semantics():
    nought, one = read_quantity("0件"), read_quantity("1件")
    assert nought is not None
    assert one is not None
    assert (nought.semantic, one.semantic) == (Semantic.ZERO, Semantic.NUMBER)


@pytest.mark.parametrize("text", ["", "件", "xxx", "2014年", "第9条", "5件6件"])
def test_what_states_no_single_quantity(text):
    assert read_quantity(text) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("十一", 11),
        ("二十八", 28),
        ("一百零五", 105),
        ("三万二千", 32000),
        ("一亿二千万", 120_000_000),
        ("二零一二", 2012),
        ("廿八", 28),
    ],
)
def test_chinese_numerals(text, value):
    assert chinese_number(text) == value


@pytest.mark.parametrize("text", ["", "甲", "一条"])
def test_what_is_no_chinese_numeral(text):
    assert chinese_number(text) is None


def test_folding_keeps_every_place():
    text = "公开１２３条，（一）○ 　ＡＢ"
    assert len(folded(text)) == len(text)
    assert folded(text) == "公开123条,(一)零  AB"
