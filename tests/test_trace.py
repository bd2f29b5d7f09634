"""The trace in words: every rule that a room applies has a clause of its own, in plain language."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pipelines.model import Capture
from pipelines.repair import repair
from pipelines.trace import explain
from tests.conftest import ROOT
from tests.damage import mojibake
from tests.damage.room import damaged_pages

_NAMED = re.compile(
    r'"((?:utf8|gbk)_as_\w+|byte_shift|\w+_character|byte_order_mark|question_mark_for_space|injected_comma|script|taiwan_term|\w+_entity|pinyin(?:_toneless|_other_reading|_cut)?)"'
)


def _plain(rule: str) -> str:
    return rule.replace("_", " ")


def test_every_rule_the_repair_room_names_is_put_in_words() -> None:
    named = {
        rule
        for file in Path(ROOT, "pipelines", "repair").glob("*.py")
        for rule in _NAMED.findall(file.read_text("utf-8"))
    }

    assert len(named) > 15
    assert {rule for rule in named if explain("repair", rule) == _plain(rule)} == set()


@pytest.mark.parametrize("name", [name for name, _ in damaged_pages(1_000)])
def test_no_edit_of_a_damaged_page_is_left_with_a_bare_name(name: str) -> None:
    body = dict(damaged_pages(2_000))[name]
    edits = repair(Capture("http://www.shili.gov.example/a.html", body)).edits

    assert {edit.rule for edit in edits if explain(edit.stage, edit.rule) == _plain(edit.rule)} == set()


def test_a_chain_is_explained_part_by_part_and_what_was_inferred_is_said_to_be() -> None:
    text = mojibake.REVERSIBLE["gbk as latin-1, utf-8 as latin-1"](
        "本报告由综述、主动公开情况和依申请公开情况三部分组成。"
    )
    (edit,) = [edit for edit in repair(Capture("http://x.gov.example/a.txt", text.encode())).edits if "+" in edit.rule]

    assert ", then " in explain("repair", edit.rule)
    assert "inferred" in explain("repair", "utf8_as_gbk_inferred")
    assert "GBK" in explain("repair", "utf8_as_gbk_inferred")
