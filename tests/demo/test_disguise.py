"""What the mirror did to a page can be undone, and looks like what real mirrors do."""

import re

import pytest
from opencc import OpenCC

from gipr_crawl.demo import sites, truth
from gipr_crawl.demo.disguise import DENSE, MEDIUM, traditional
from gipr_crawl.demo.mirror_site import disguise_of

MIRROR = sites()[2]
READING = re.compile(r"(?<=[\u4e00-\u9fff])\([a-zü]*[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ][a-zü]* ?\)")


def undone(text):
    return OpenCC("t2s").convert(READING.sub("", text))


@pytest.mark.parametrize("draft", [draft for draft in MIRROR.drafts if draft.is_report], ids=lambda draft: draft.path)
def test_removing_readings_and_simplifying_gives_the_truth_back(draft):
    say = disguise_of(draft)
    assert undone(say(draft.body_text())) == draft.body_text()
    assert undone(say(draft.title)) == draft.title


def test_the_served_page_undone_holds_every_line_of_the_truth(fetch):
    for report in truth():
        if report.site == MIRROR.name:
            page = undone(fetch(report.url).body.decode("utf-8"))
            assert [line for line in report.body_text.splitlines() if line not in page] == []


def test_both_habits_of_mirrors_are_served():
    used = [disguise_of(draft) for draft in MIRROR.drafts if draft.is_report]
    assert used.count(DENSE) >= 3
    assert used.count(MEDIUM) >= 3


def test_a_reading_follows_a_changed_character_only():
    assert DENSE("公开") == "公開(kāi)"
    assert MEDIUM("监督") == "監(jiān)督"
    assert DENSE("工作人口") == "工作人口"


def test_one_mirror_ends_some_annotations_in_a_blank():
    assert DENSE("社会") == "社會(huì )"
    assert MEDIUM("社会") == "社會"


def test_the_mirrors_differ_in_what_they_leave_bare():
    assert DENSE("条例规定") == "條例規定"
    assert MEDIUM("条例规定") == "條例規(guī)定"
    assert MEDIUM("公开") == "公開"


def test_characters_with_several_traditional_forms_stay_as_a_character_by_character_mirror_leaves_them():
    assert [traditional(character) for character in "于后里制范"] == list("于后里制范")
    assert [traditional(character) for character in "为众"] == list("為眾")


@pytest.mark.parametrize("text", ["(www.qingshan.gov.example)", "PDCA模式", "（一）", "2017年1月1日", "“三公”"])
def test_latin_digits_and_brackets_pass_unchanged(text):
    assert undone(DENSE(text)) == text
    assert "ā" not in DENSE(text)
