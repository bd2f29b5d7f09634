"""Chinese written as numeric references becomes readable; references that are markup stay references."""

from __future__ import annotations

import pytest

from pipelines.repair.entities import entity_edits
from pipelines.trace import apply_edits, undo_edits


def read(text: str) -> str:
    edits = entity_edits(text, step=0)
    result = apply_edits(text, edits)
    assert undo_edits(result, edits) == text
    return result


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<p>&#25919;&#24220;</p>", "<p>政府</p>"),
        ("<p>&#x653f;&#X5E9C;</p>", "<p>政府</p>"),
        ("<p>&#25919&#24220</p>", "<p>政府</p>"),
        ("<p>&amp;#25919;&amp;#24220;</p>", "<p>政府</p>"),
        ("<p>&amp;amp;#x653f;</p>", "<p>政</p>"),
        ("&#65288;&#19968;&#65289;&#12289;&#8220;&#8221;&#183;&#8212;", "（一）、“”·—"),
        ("&#131072;&#x20BB7;", "𠀀𠮷"),
        ("&#1576;&#233;", "بé"),
        ("<title>&#24180;度报&#21578;</title>", "<title>年度报告</title>"),
        ('<meta name="ArticleTitle" content="&#24180;&#25253;">', '<meta name="ArticleTitle" content="年报">'),
        ("第&#25919;1条", "第政1条"),
    ],
)
def test_references_to_letters_and_full_width_signs_are_written_out(text: str, expected: str) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "&lt;p&gt; &amp; &quot; &nbsp; &#60;script&#62; &#38;#25919; &#34; &#39; &#x3c; &#X26;",
        "&amp;#60;b&amp;#62; &amp;lt;",
        "&#65;&#48;&#9;&#10;&#127;",
        "&#160;&#8203;&#65279;&#8232;&#8237;",
        "&#150;&#57344;&#xE000;&#55357;&#56832;&#65533;&#1114112;&#9999999;",
        "&#;&#x;&# 25919;&25919;#25919;&#12;",
        "R&D #25919; a&b=#1",
        "没有任何转义的普通文字",
        "",
    ],
)
def test_other_references_are_left_as_they_are(text: str) -> None:
    assert entity_edits(text, step=0) == []


def test_scripts_and_styles_are_left_as_they_are() -> None:
    raw = '<SCRIPT>var a="&#25919;";</script x><style>p:after{content:"&#24220;"}</style>'
    assert entity_edits(raw, step=0) == []
    assert read(f"&#25919;{raw}&#24220;{raw}&#31;&#21439;") == f"政{raw}府{raw}&#31;县"
    assert entity_edits('<script>document.write("&#25919;")', step=0) == []


def test_adjacent_references_of_a_rule_are_one_edit_with_its_rule_and_place() -> None:
    edits = entity_edits("一&#25919;&#24220;二&amp;#25919;&#24220;", step=3)
    assert [(edit.stage, edit.step, edit.rule, edit.start, edit.inserted) for edit in edits] == [
        ("repair", 3, "numeric_entity", 1, "政府"),
        ("repair", 3, "double_escaped_entity", 18, "政"),
        ("repair", 3, "numeric_entity", 30, "府"),
    ]


def test_a_reference_to_markup_parts_a_run() -> None:
    assert read("&#25919;&#60;&#24220;") == "政&#60;府"


@pytest.mark.parametrize("unit", ["&#", "&amp;", "&#25919", "<script", "<script>&#25919;", "&amp;#", "&#x"])
def test_hostile_repetition_keeps_its_meaning(unit: str) -> None:
    text = unit * 50_000
    assert undo_edits(apply_edits(text, entity_edits(text, 0)), entity_edits(text, 0)) == text
