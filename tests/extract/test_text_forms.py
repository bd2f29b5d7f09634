"""Characters of several widths are read as one, in text of the same length; readings of short texts are kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.extract.remembered import remembered
from pipelines.extract.text_forms import HALF_WIDTH, Folding, unspaced

fold = Folding(HALF_WIDTH)
TEXT = st.text(alphabet="０１９，：；（）！～ａＺ、。〇 \t\u3000\xa0政府信息公开09,;()a", max_size=60)


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("１２，３４５件", "12,345件"),
        ("（一）公开；", "(一)公开;"),
        ("ＡＰＰ：３％", "APP:3%"),
        ("", ""),
    ],
)
def test_full_width_signs_become_half_width(printed: str, read: str):
    assert fold(printed) == read


@pytest.mark.parametrize("text", ["、。", "《条例》", "“”", "〇○", "\u3000", "政府信息公开12,3"])
def test_signs_without_a_half_width_form_stay(text: str):
    assert fold(text) == text


def test_a_folding_of_some_signs_leaves_the_others():
    assert Folding({"－": "-"})("０１２－１２３４５６７８") == "０１２-１２３４５６７８"


def test_signs_that_mean_something_in_a_pattern_are_folded_as_they_are():
    assert Folding({"]": ")", "^": "-", "\\": "/"})("a]^\\b") == "a)-/b"


@given(TEXT)
def test_folding_keeps_every_place_and_does_nothing_twice(text: str):
    folded = fold(text)
    assert len(folded) == len(text)
    assert fold(folded) == folded
    assert folded == text.translate(str.maketrans(dict(HALF_WIDTH)))


@given(TEXT)
def test_unspaced_text_has_no_blank_and_every_other_character(text: str):
    assert unspaced(text) == "".join(char for char in text if not char.isspace())


def test_a_short_text_is_read_once_and_a_long_one_is_not_kept():
    seen: list[str] = []

    @remembered(8)
    def length(text: str) -> int:
        seen.append(text)
        return len(text)

    long = "公" * 121
    assert [length("小计"), length("小计"), length(long), length(long)] == [2, 2, 121, 121]
    assert seen == ["小计", long, long]


def test_only_so_many_readings_are_kept():
    seen: list[str] = []

    @remembered(2)
    def same(text: str) -> str:
        seen.append(text)
        return text

    for text in ("一", "二", "三", "三", "一"):
        same(text)
    assert seen == ["一", "二", "三", "一"]
