from __future__ import annotations

import pytest

from pipelines.clean.hijack import copy_evidence, hijacked_copy

TEXT = "清河区人民政府2012年政府信息公开工作年度报告。电子版可在www.qinghe.gov.cn下载，电话：0991-3660000，邮箱：xxgk@qinghe.gov.cn。"
PORTAL_URL = "http://www.mirror-shop.com/zwgk/201403/t20140331_1204.html"


@pytest.mark.parametrize(
    ("url", "flags", "script"),
    [
        (PORTAL_URL, ["pinyin_annotations"], "hant"),
        ("file:///a.txt", ["pinyin_annotations"], "hant"),
        (PORTAL_URL, ["words_substituted"], "hans"),
        ("http://www.qinghe.gov.cn/a.html", ["words_substituted"], "hans"),
        ("http://shop.net/a.html", ["spam_removed"], "hans"),
        ("file:///a.txt", ["spam_removed", "characters_lost"], "hans"),
        (PORTAL_URL, [], "hant"),
    ],
)
def test_a_copy_is_recognised(url: str, flags: list[str], script: str) -> None:
    finding = hijacked_copy(url, TEXT, flags, script)
    assert finding is not None
    assert (finding.stage, finding.code) == ("clean", "hijacked_copy")


@pytest.mark.parametrize(
    ("url", "text", "flags", "script"),
    [
        ("http://www.qinghe.gov.cn/a.html", TEXT, [], "hans"),
        ("http://www.qinghe.gov.cn/gate/big5/a.html", TEXT, [], "hant"),
        ("http://www.qinghe.gov.cn/a.html", TEXT, ["spam_removed"], "hans"),
        ("http://www.qinghe-hospital.com/xxgk/nb.html", TEXT, [], "hans"),
        ("http://www.newspaper.com.tw/wiki/a.html", TEXT, [], "hant"),
        ("http://shop.net/a.html", "今日特价商品，欢迎选购。", ["spam_removed"], "hans"),
        ("file:///a.txt", TEXT, [], "hant"),
        ("file:///a.txt", TEXT, ["characters_lost", "digits_lost"], "hans"),
        ("http://[broken", TEXT, [], "hans"),
        ("", "", [], "hans"),
    ],
)
def test_what_others_do_too_is_no_copy(url: str, text: str, flags: list[str], script: str) -> None:
    assert hijacked_copy(url, text, flags, script) is None


def test_the_origin_is_the_forgotten_domain_and_the_kept_path() -> None:
    evidence = copy_evidence(PORTAL_URL, TEXT, ["pinyin_annotations"])
    assert evidence.origin == "www.qinghe.gov.cn/zwgk/201403/t20140331_1204.html"
    assert evidence.contacts == ("0991-3660000", "xxgk@qinghe.gov.cn")
    assert set(evidence.signs) == {"pinyin_annotations", "stranger_host", "portal_path"}


def test_the_detail_names_evidence_origin_and_contacts() -> None:
    finding = hijacked_copy(PORTAL_URL, TEXT, ["spam_removed", "pinyin_annotations"])
    assert finding is not None
    for part in ("pinyin was injected", "spam stands around", "likely origin www.qinghe.gov.cn/zwgk", "0991-3660000"):
        assert part in finding.detail


def test_a_path_alone_does_not_name_an_origin_and_the_nations_portal_is_none() -> None:
    text = "某区人民政府信息公开年度报告，见www.gov.cn。"
    finding = hijacked_copy(PORTAL_URL, text, ["words_substituted"])
    assert finding is not None
    assert "likely origin" not in finding.detail
    assert "the origin's path was /zwgk/201403/t20140331_1204.html" in finding.detail


def test_a_path_nobody_made_is_not_taken_for_the_origins() -> None:
    evidence = copy_evidence("http://shop.net/p/123", TEXT, ["pinyin_annotations"])
    assert evidence.origin == "www.qinghe.gov.cn"


def test_hostile_texts_are_survived() -> None:
    for unit in ("a.", "gov.cn", "a@", "0", "a-", "a.b.c.d.gov.c"):
        assert hijacked_copy("http://shop.net/", unit * 200_000, []) is None
