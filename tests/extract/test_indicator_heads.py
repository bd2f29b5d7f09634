"""Of a denied phrase only the heads are denied; of a list each number has its own words."""

import pytest

from pipelines.extract.indicator_heads import is_head
from pipelines.extract.indicators import read_indicators


def head(clause: str, noun: str) -> bool:
    return is_head(clause, clause.index(noun) + len(noun), may_run_on=noun not in ("申请", "依申请公开"))


def values(body: str) -> dict[str, float | None]:
    return {item.code: item.value for item in read_indicators(body).indicators}


@pytest.mark.parametrize(
    ("clause", "noun"),
    [
        ("未发生行政复议", "复议"),
        ("未发生行政复议案件", "复议"),
        ("未发生行政复议的情况", "复议"),
        ("未发生行政复议、行政诉讼的情况", "复议"),
        ("未发生行政复议诉讼案件", "复议"),
        ("未发生争议（行政复议、诉讼）".replace("（", "(").replace("）", ")"), "复议"),
        ("未收到公开申请和因此提起的复议", "申请"),
        ("未收到公开申请也未发生复议", "申请"),
        ("未收到公开申请四、行政复议", "申请"),
        ("未收到公开申请2016年无诉讼", "申请"),
        ("未收到公开申请、复议、诉讼和举报投诉", "申请"),
    ],
)
def test_a_noun_with_nothing_but_light_words_behind_it_is_a_head(clause, noun):
    assert head(clause, noun)


@pytest.mark.parametrize(
    ("clause", "noun"),
    [
        ("未发生有关公开申请的行政复议", "申请"),
        ("未发生公开申请行政复议", "申请"),
        ("未发生因公开申请引起的纠纷", "申请"),
        ("未发生公开申请不予答复的情况", "申请"),
        ("未发生因公开申请未获答复而提起的复议", "申请"),
        ("未发生因公开申请、投诉引起的诉讼", "申请"),
        ("未产生与复议、诉讼有关的费用", "复议"),
        ("未产生与诉讼(行政复议)有关的费用", "诉讼"),
        ("未产生与诉讼(行政复议)有关的费用", "复议"),
        ("未产生诉讼费用", "诉讼"),
        ("无复议引起的诉讼", "复议"),
        ("未收到依申请公开信息的咨询", "依申请公开"),
    ],
)
def test_a_noun_that_qualifies_another_is_none(clause, noun):
    assert not head(clause, noun)


@pytest.mark.parametrize("noun", ["复议", "申请", "复议、", "的", "未发生复议", "(申请)", "公开申请和"])
def test_a_clause_without_end_is_read_all_the_same(noun):
    assert is_head("未发生" + noun * 2_000, 3, may_run_on=True) in (True, False)
    assert len(read_indicators("未发生" + noun * 1_300 + "。").indicators) <= 2


def test_answers_counted_in_one_are_reported_and_not_shared_out():
    reading = read_indicators("一、依申请公开情况\n予以公开及部分公开34件，不予公开6件。")
    assert [(item.code, item.value) for item in reading.indicators] == [("answered_refused", 6)]
    assert [finding.code for finding in reading.findings] == ["counted_together"]


def test_a_verb_governs_every_number_of_its_list_and_a_noun_only_its_own():
    body = "主动公开我局承办的21件人大代表建议和9件政协委员提案。"
    first, second = read_indicators(body).indicators
    assert first.raw == "承办的21件人大代表建议"
    assert second.raw == "承办的21件人大代表建议和9件政协委员提案"
    assert values("办理21件人大代表建议和9件群众来信。") == {"npc_proposals": 21}
