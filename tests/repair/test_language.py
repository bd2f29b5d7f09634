"""The character model."""

from __future__ import annotations

from pipelines.repair.build_language import build
from pipelines.repair.language import FLOOR, LanguageModel, model

WORDS = ["公开 100 v", "信息 80 n", "政府 90 n", "政府信息 50 n", "ＡＢ 9 x"]
FOLD = ["開\t开", "㑮\t𫝈"]


def small() -> LanguageModel:
    return LanguageModel(*build(WORDS, FOLD, ["政府信息公开。\n政府信息公开，2019年。"]))


def test_prose_scores_better_than_the_same_characters_shuffled() -> None:
    assert model().score("政府信息公开工作年度报告") > model().score("告报府息作年公信度工开政") + 2


def test_mojibake_scores_near_the_floor() -> None:
    assert model().score("淉昢陓洘鼠羲") < -10
    assert model().score("ÕþÎñÐÅÏ¢") == FLOOR


def test_traditional_text_scores_as_its_simplified_twin() -> None:
    assert model().score("政府信息公開") == model().score("政府信息公开")


def test_folding_keeps_the_length_and_makes_figures_equal() -> None:
    text = "2019年,電話:Tel　\t"
    assert model().fold(text) == "0000年，电话：aaa  "


def test_the_empty_text_scores_zero() -> None:
    assert model().score("") == 0.0


def test_unknown_characters_have_the_floor() -> None:
    assert model().unigram("\U0002a6a5") == FLOOR
    assert not model().knows("\U0002a6a5")


def test_probabilities_after_a_context_do_not_exceed_one() -> None:
    from math import exp

    language = model()
    for before in "政公报开的":
        total = sum(exp(language.bigram(before, character)) for character in language.characters)
        assert 0.8 < total < 1.2


def test_a_model_is_built_from_words_and_prose() -> None:
    language = small()
    assert language.followers("政")[0] == "府"
    assert language.trigram("政府", "信") > language.trigram("政府", "公")
    assert language.fold("開") == "开"


def test_building_twice_gives_the_same_bytes() -> None:
    assert build(WORDS, FOLD, ["政府信息公开。"]) == build(WORDS, FOLD, ["政府信息公开。"])
