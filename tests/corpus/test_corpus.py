"""The corpus is what it claims to be: large, varied, clean and Simplified."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from difflib import SequenceMatcher
from itertools import pairwise

import opencc
import pytest

from . import files, paragraphs

HAN = r"\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U000323af"
CHINESE = re.compile(rf"[{HAN}\u3000-\u303f\uff01-\uff65“”‘’—…·]")
SENTENCE_END = re.compile(r"(?<=[。！？；])(?!”)|(?<=[。！？；]”)")
NUMBERS = re.compile(r"[0-9０-９,.%％〇零○一二三四五六七八九十百千万亿两]+")
# Latin letters read from Chinese bytes, and the Han that UTF-8 read as GBK and lost bytes leave behind.
MOJIBAKE = re.compile(
    r"[\u00a1-\u00ad\u00af\u00b4-\u00b6\u00b8-\u00d6\u00d8-\u00df\u00e2-\u00e6\u00f0-\u00f6]|锟斤拷|烫烫|屯屯|鐨|锛|銆|涓|鏄"
)
# Characters that stay in names and terms although a converter would replace them.
KEPT_BY_NAMES = frozenset("昇甯麴噁")  # 昇 甯 麴 in names of people; 噁 in 二噁英, the spelling of the standards
PERMITTED_CONTROL = frozenset("\n")


def sentences() -> list[str]:
    return [part.strip() for line in paragraphs() for part in SENTENCE_END.split(line) if part.strip()]


def test_the_corpus_holds_at_least_a_hundred_thousand_chinese_characters() -> None:
    assert sum(len(CHINESE.findall(line)) for line in paragraphs()) >= 100_000


def test_there_are_between_twenty_five_and_forty_files() -> None:
    assert 25 <= len(files()) <= 40


def test_no_line_is_repeated_in_any_file() -> None:
    assert [line for line, times in Counter(paragraphs()).items() if times > 1] == []


def test_sentences_differ_in_wording_and_not_only_in_numbers() -> None:
    wordings = [NUMBERS.sub("#", sentence) for sentence in sentences()]
    assert len(set(wordings)) / len(wordings) >= 0.95


def test_neighbouring_paragraphs_are_not_one_template_filled_twice() -> None:
    alike = [
        (left[:20], right[:20])
        for left, right in pairwise(line for line in paragraphs() if len(line) >= 60)
        if SequenceMatcher(None, NUMBERS.sub("#", left), NUMBERS.sub("#", right), autojunk=False).ratio() > 0.6
    ]
    assert alike == []


@pytest.mark.parametrize("file", files(), ids=lambda file: file.stem)
def test_a_file_is_simplified_throughout(file) -> None:
    converter = opencc.OpenCC("t2s")
    changed = {
        before
        for line in file.read_text(encoding="utf-8").splitlines()
        for before, after in zip(line, converter.convert(line), strict=True)
        if before != after
    }
    assert changed - KEPT_BY_NAMES == set()


@pytest.mark.parametrize("file", files(), ids=lambda file: file.stem)
def test_a_file_has_no_trace_of_damage(file) -> None:
    text = file.read_text(encoding="utf-8")
    assert MOJIBAKE.findall(text) == []
    unwanted = {"Cc", "Cf", "Cn", "Co", "Cs"}
    assert [c for c in text if unicodedata.category(c) in unwanted and c not in PERMITTED_CONTROL] == []
    assert "\ufffd" not in text


@pytest.mark.parametrize("file", files(), ids=lambda file: file.stem)
def test_lines_carry_no_markup_and_no_outer_space(file) -> None:
    for line in file.read_text(encoding="utf-8").splitlines():
        assert line == line.strip()
        assert not re.search(r"</?[a-z]+[^>]*>|&[a-z]+;|^#|\*\*", line)


def test_both_eras_and_all_ways_of_writing_a_year_occur() -> None:
    text = "\n".join(paragraphs())
    for form in (
        r"20(?:0[89]|1\d|2[0-5])年",
        "二〇[〇一二]",
        "二○[○一二]",
        "二0[0一]",
        r"〔20\d\d〕\d+号",
        r"\d\.\d+%",
        "百分之",
    ):
        assert re.search(form, text), form


def test_rare_characters_of_names_are_present() -> None:
    text = "".join(paragraphs())
    assert [character for character in "喆堃昇鄞歙黟亳儋邳郫睢濮漯㛃䶮" if character not in text] == []
