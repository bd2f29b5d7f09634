"""Where damage begins and ends inside a healthy line, and what is no damage however odd it looks."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from pipelines.repair.mojibake import mojibake_edits
from pipelines.repair.mojibake_suspects import clusters, holds_suspects, is_traditional
from pipelines.repair.mojibake_tracks import Unit, ways
from pipelines.trace import apply_edits
from tests.damage import mojibake as damage

SENTENCES = (
    "全年共收到公民提出的政府信息公开申请二十三件，均已按期答复，没有引起行政复议和行政诉讼。",
    "各乡镇（街道）要在3月31日前把2019年度工作报告报送县政府办公室，逾期未报的予以通报批评。",
    "本机关通过门户网站主动公开信息1,286条，其中规划计划类46条；“双公示”栏目更新312条。",
)
ONE_FOR_ONE = ("gbk as big5", "gbk as euc-jp", "gbk as euc-kr")
STRUCTURED = [kind for kind in damage.REVERSIBLE if kind not in ONE_FOR_ONE]
LENGTH = 12


def repaired(text: str) -> str:
    return apply_edits(text, mojibake_edits(text, 0).edits)


def spans(sentence: str, kind: str, length: int = LENGTH) -> Iterator[tuple[int, str]]:
    """The sentence with every span of `length` characters damaged in turn, where that loses nothing."""
    for start in range(len(sentence) - length + 1):
        try:
            wrong = damage.REVERSIBLE[kind](sentence[start : start + length])
        except UnicodeError:
            continue
        yield start, sentence[:start] + wrong + sentence[start + length :]


@pytest.mark.parametrize("kind", STRUCTURED)
def test_a_span_is_mended_wherever_it_begins_and_ends(kind: str) -> None:
    for sentence in SENTENCES:
        assert [start for start, damaged in spans(sentence, kind) if repaired(damaged) != sentence] == []


@pytest.mark.parametrize("kind", ONE_FOR_ONE)
def test_a_span_of_which_every_hanzi_has_a_counterpart_is_mended_nearly_everywhere(kind: str) -> None:
    # One character at an end can read as well the one way as the other: 派 or 读, 村 or 游.
    mended = [repaired(damaged) == sentence for sentence in SENTENCES for _, damaged in spans(sentence, kind)]
    assert sum(mended) >= 0.97 * len(mended) > 0


@pytest.mark.parametrize("kind", ["utf-8 as gb18030", "utf-8 as latin-1, utf-8 as gbk"])
@pytest.mark.parametrize("length", [4, 8])
def test_two_damaged_words_in_one_line_are_both_mended(kind: str, length: int) -> None:
    sentence = SENTENCES[0]
    wrong = damage.REVERSIBLE[kind]
    damaged = wrong(sentence[:length]) + sentence[length : length + 8] + wrong(sentence[length + 8 : 2 * length + 8])
    assert repaired(damaged + sentence[2 * length + 8 :]) == sentence


@pytest.mark.parametrize(
    ("damaged", "clean"),
    [
        ("联系地址：新安路8号，邮缂栵細242800锛涚數璇濓細0563-80", "联系地址：新安路8号，邮编：242800；电话：0563-80"),
        ("参观前须向团体预约璇锋嫧 0574", "参观前须向团体预约请拨 0574"),
        ("指标有COD銆丅OD銆丯H3-N涔嬬被", "指标有COD、BOD、NH3-N之类"),
        ("鍗曚綅鏄痬g/m鲁，每季公布", "单位是mg/m³，每季公布"),
        ("当日鏈�楂樻皵娓�25掳C", "当日最高气温25°C"),
        ("区内门户网站鈥滄暟璇村叕寮€鈥濇爮鐩�", "区内门户网站“数说公开”栏目"),
    ],
    ids=["figures", "three characters", "letters as second bytes", "an exponent", "lost bytes", "a euro sign"],
)
def test_figures_letters_and_short_spans(damaged: str, clean: str) -> None:
    assert repaired(damaged) == clean


@pytest.mark.parametrize("kind", ["gbk as latin-1", "gbk as cp1252", "utf-8 as cp1252 twice", "utf-8 as cp1252"])
@pytest.mark.parametrize("sentence", ["要做到“应公开”“尽公开”，凡涉及群众利益的——包括补偿标准——一律上网。"])
def test_quotation_marks_and_dashes_beside_latin_letters_stay_where_they_are_healthy(kind: str, sentence: str) -> None:
    assert [start for start, damaged in spans(sentence, kind) if repaired(damaged) != sentence] == []


@pytest.mark.parametrize("kind", ["gbk as latin-1", "gbk as cp1252", "gbk as latin-1, utf-8 as latin-1"])
def test_a_list_of_rare_names_beside_healthy_hanzi_is_read(kind: str) -> None:
    names = "、佟、邬、阙、郜、缪、"
    assert repaired(f"姓氏有邓{damage.REVERSIBLE[kind](names)}柴等。") == f"姓氏有邓{names}柴等。"


def test_a_second_misreading_is_taken_off_where_the_first_leaves_hanzi() -> None:
    twice = damage.chain(("utf-8", "gb18030"), ("utf-8", "latin-1"))
    assert repaired(f"本县主动{twice('公开信息')}情况") == "本县主动公开信息情况"


@pytest.mark.parametrize(
    "text",
    [
        "Société Générale（法国兴业银行）、Crédit Agricole、L’Oréal、Nestlé、Citroën 在华企业名录",
        "德语字母ÄÖÜäöüß、法语字母àâçéèêëîïôûùüÿ均按原样录入",
        "汉语拼音àáèéìíòóùú须逐一核对",
        "价格为£20、¥100、50¢，误差±2°，面积½亩",
        "渡邊、齋藤、櫻井、廣瀬、眞鍋、濱田、髙橋、德永、淺野、圓山",
        "経済産業省、厚生労働省、農林水産省、総務省、国土交通省、環境省",
        "情報公開法 第十條 請求人은 公開를 請求할 수 있다",
        "甘草、藜芦、芫花、大戟、甘遂、海藻、半夏、瓜蒌、贝母、白蔹",
        "饕餮、魑魅魍魎、囹圄、耄耋、龜裂、鱷魚、鸚鵡、麒麟、鼴鼠",
        "土匪掳忙，百姓忙路，鲁录陆楼，莽莽苍苍",
        "漯河、濮阳、浚县、郏县、睢县、柘城、渑池、嵩县、潢川、杞县",
        "铜陵、芜湖、亳州、歙县、黟县、濉溪、枞阳、颍上",
        "噪声限值6∶30以后按55dB计，比例为14.2∶32.6∶53.2",
    ],
    ids=lambda text: text[:8],
)
def test_odd_but_healthy_lines_stay_as_they_are(text: str) -> None:
    for line in (text, f"本县{text}。以上。", f"<p>{text}</p>"):
        result = mojibake_edits(line, 0)
        assert (result.edits, result.flags) == ([], [])


def test_healthy_signs_between_two_figures_are_no_lost_bytes() -> None:
    assert repaired("比例为6∶30.9∶55.5銆傛寜甯镐綇浜哄彛璁＄畻") == "比例为6∶30.9∶55.5。按常住人口计算"


def test_traditional_forms_are_suspects_only_where_they_are_not_the_rule() -> None:
    simplified = "本县政府信息公开年度报告由概述和主动公开情况等部分组成，"
    traditional = "本縣政府資訊公開年度報告由概述、主動公開情況、依申請公開情況等部分組成，"
    damaged = "夲鞠壓議議過壓峯鞠"
    assert not is_traditional(simplified * 20 + damaged)
    assert is_traditional(traditional * 20)
    assert clusters(simplified + damaged, variants=False) != []
    assert not holds_suspects(traditional * 20)


def units_of(printed: str, read: str) -> list[Unit]:
    pairs = zip(printed, read, strict=True)
    return [Unit(place, place + 1, here, there) for place, (here, there) in enumerate(pairs)]


def test_the_way_changes_tracks_where_the_whole_line_is_likeliest() -> None:
    units = units_of("年度淉馱報告的编制", "奡僇工作报告腔晤秶")
    (way,) = ways(units, "本", "和", variants=False)
    assert (way.first, way.last) == (2, 5)
    assert way.gain > 0


def test_the_way_stays_on_healthy_text_that_the_model_does_not_know() -> None:
    units = units_of("饕餮魍魉", "嘭苌魅鬼")
    assert all(way.gain < 0 for way in ways(units, "、", "、", variants=False))


def test_work_beyond_the_budget_is_left_and_said_so_whatever_the_damage() -> None:
    stripped = damage.without_controls_or_blanks(SENTENCES[0])
    page = "\n".join([stripped] * 400)
    result = mojibake_edits(page, 0)
    assert [finding.code for finding in result.findings if finding.code == "mojibake_left"] == ["mojibake_left"]
    assert "mojibake_lossy" in result.flags
