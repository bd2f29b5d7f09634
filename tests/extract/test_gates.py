"""A cheap test before a pattern saves time and hides nothing: with and without it the same is found."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipelines.extract import dates, indicator_text, indicators, kinds, periods, structure
from pipelines.extract.contacts import phone_number, postal_address, website
from pipelines.extract.indicator_denials import _NOUNS
from pipelines.extract.indicator_rules import SUBJECT, RuleBook
from pipelines.extract.indicator_rules_applications import APPLICATIONS
from pipelines.extract.indicator_rules_disclosure import DISCLOSURE
from pipelines.extract.indicator_rules_work import REVIEWS, WORK
from pipelines.extract.indicator_text import mentions, sentences

CASES = Path(__file__).parents[1] / "cases" / "extract"
_AHEAD = re.compile(r"\(\?=\[(?:[^\]\\]|\\.)*\]\)")

PATTERNS = {
    "subject": SUBJECT,
    "no figure of the year": indicators._NO_FIGURE_OF_THE_YEAR,
    "number lost": indicators._NUMBER_LOST,
    "states something": indicator_text._STATES_SOMETHING,
    "counts something": indicator_text._COUNTS_SOMETHING,
    "preamble": structure._PREAMBLE,
    "error": kinds._ERROR,
    "challenge": kinds._CHALLENGE,
    "period": periods._RANGE,
    "date": dates._ARABIC,
    "year": dates._YEAR,
}


def texts() -> Iterator[str]:
    """Every string of the cases: sentences, titles, headers, whole bodies."""
    for path in sorted(CASES.rglob("*.jsonl")):
        for line in path.read_text("utf-8").split("\n"):
            if line:
                yield from strings(json.loads(line))


def strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from strings(item)
    elif isinstance(value, list):
        for item in value:
            yield from strings(item)


ALL_TEXT = "\n".join(texts())


@pytest.mark.parametrize("name", PATTERNS)
def test_the_look_at_the_first_character_changes_no_match(name: str):
    gated = PATTERNS[name]
    ahead = _AHEAD.match(gated.pattern)
    assert ahead is not None
    bare = re.compile(gated.pattern[ahead.end() :], gated.flags)
    assert [match.span() for match in gated.finditer(ALL_TEXT)] == [match.span() for match in bare.finditer(ALL_TEXT)]


@pytest.mark.parametrize("noun", _NOUNS, ids=lambda noun: noun.code)
def test_every_phrase_of_a_denied_noun_has_one_of_its_words(noun):
    phrases = [match[0] for match in noun.pattern.finditer(ALL_TEXT)]
    assert all(any(word in phrase for word in noun.needs) for phrase in phrases)
    assert noun.search("信息工作平稳有序") is None


def test_a_rule_book_gives_the_first_rule_that_a_plain_reading_of_the_tables_gives():
    rules = [*APPLICATIONS, *REVIEWS, *DISCLOSURE, *WORK]
    book = RuleBook(APPLICATIONS, REVIEWS, DISCLOSURE, WORK)
    named = 0
    for path in sorted((CASES / "indicators").glob("*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            for sentence in sentences(json.loads(line)["text"], []):
                words = book.words_of(sentence.text)
                for mention in mentions(sentence):
                    for subject in ("", "applications", "reviews", "fees"):
                        plain = next(
                            (
                                (rule, frame)
                                for rule in rules
                                if (not rule.needs or any(word in sentence.text for word in rule.needs))
                                and rule.may_count(mention.count.unit, subject)
                                and (frame := rule.frame(mention))
                            ),
                            None,
                        )
                        assert book.first_rule(mention, subject, words) == plain
                        named += plain is not None
    assert named > 500


@pytest.mark.parametrize(
    ("body", "phone"),
    [
        ("联系电话：０９９１－３６６３９７０", "0991-3663970"),
        ("电话(0512)12345678", None),
        ("电话 3663970。", "3663970"),
        ("传真：0991-3663970", None),
        ("2015年共公开信息1234567条", None),
        ("第0991号文件共366397条", None),
    ],
)
def test_a_number_in_either_width_is_a_telephone_only_where_it_has_the_form_of_one(body: str, phone: str | None):
    assert phone_number(body) == phone


@pytest.mark.parametrize(
    ("body", "host"),
    [
        ("网址：www.boxi.gov.example。", "www.boxi.gov.example"),
        ("网址www.boxi.org", "www.boxi.org"),
        ("增长12.5%，见表2.1", None),
        ("文件名为年报.doc", None),
    ],
)
def test_a_body_with_dots_has_a_site_only_where_a_domain_ends(body: str, host: str | None):
    assert website(body) == host


@pytest.mark.parametrize(
    ("body", "address"),
    [
        ("地 址：博西县人民路8号", "博西县人民路8号"),
        ("办公地点为博西县政务大厅二楼", "博西县政务大厅二楼"),
        ("地处博西县北部，信息点多面广", None),
        ("网址：www.boxi.gov.example", None),
    ],
)
def test_an_address_stands_behind_its_label_and_nowhere_else(body: str, address: str | None):
    assert postal_address(body) == address
