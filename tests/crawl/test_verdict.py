"""What a crawl came to: five failures and more, told apart."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import pytest

from gipr_crawl.outcome import Outcome
from gipr_crawl.sites import Expectation, SiteProfile
from gipr_crawl.spiders.portal import year_of
from gipr_crawl.verdict import SiteVerdict, Tally, judge
from pipelines.model import Entry

TODAY = dt.date(2026, 11, 22)
PROFILE = SiteProfile(
    name="x", title="某市", family="trs", start=("http://www.x.gov.cn/",), domains=("x.gov.cn",),
    expect=Expectation(reports=3, newest="last-year"),
)  # fmt: skip


def healthy(**changes: object) -> Tally:
    tally = Tally(lists=2, lists_recognised=2, entries=4, captures=6, pages=4, reports=4, report_year=2025)
    for name, value in changes.items():
        setattr(tally, name, value)
    return tally


@pytest.mark.parametrize(
    ("tally", "verdict", "word"),
    [
        (healthy(), SiteVerdict.OK, "4 reports"),
        (healthy(report_year=2023), SiteVerdict.STALE, "2023, expected 2025"),
        (healthy(report_year=None), SiteVerdict.STALE, "no year"),
        (healthy(reports=2), SiteVerdict.THIN, "2 reports, expected at least 3"),
        (healthy(parked={"www.x.gov.cn": "challenge_521, …"}), SiteVerdict.BLOCKED, "www.x.gov.cn"),
        (healthy(hijacked=2), SiteVerdict.HIJACKED, "2 of 4"),
        (healthy(pages=0, outcomes=Counter({Outcome.STRANGER: 4})), SiteVerdict.HIJACKED, "somebody else"),
        (healthy(lists_recognised=0, entries=0, pages=0), SiteVerdict.FAMILY_CHANGED, "trs"),
        (healthy(entries=0, pages=0), SiteVerdict.NOTHING_FOUND, "no link"),
        (healthy(pages=0), SiteVerdict.NOTHING_FOUND, "none could be fetched"),
        (Tally(outcomes=Counter({Outcome.UNREACHABLE: 1})), SiteVerdict.UNREACHABLE, "did not answer"),
        (Tally(outcomes=Counter({Outcome.DISALLOWED: 1})), SiteVerdict.DISALLOWED, "robots.txt"),
        (Tally(outcomes=Counter({Outcome.NOT_FOUND: 1})), SiteVerdict.NOTHING_FOUND, "not_found 1"),
        (Tally(), SiteVerdict.NOTHING_FOUND, "no answer"),
    ],
)
def test_each_state_has_its_own_verdict_and_gives_its_numbers(tally: Tally, verdict: SiteVerdict, word: str) -> None:
    found, reason = judge(PROFILE, tally, TODAY)
    assert found is verdict
    assert word in reason


@pytest.mark.parametrize(
    ("change"),
    [
        {"hijacked": 1},
        {"reports": 3},
        {"outcomes": Counter({Outcome.NOT_FOUND: 1, Outcome.STRANGER: 1})},
        {"notes": ["…"]},
    ],
)
def test_a_single_blemish_does_not_condemn_a_site(change: dict[str, object]) -> None:
    assert judge(PROFILE, healthy(**change), TODAY)[0] is SiteVerdict.OK


def test_a_new_notice_in_the_list_does_not_make_old_reports_new() -> None:
    assert judge(PROFILE, healthy(report_year=2019, listed_year=2025), TODAY)[0] is SiteVerdict.STALE
    assert Tally(listed_year=2025).newest_year == 2025


def test_last_years_report_is_not_missed_before_it_is_due() -> None:
    assert judge(PROFILE, healthy(report_year=2024), dt.date(2026, 3, 1))[0] is SiteVerdict.OK


@pytest.mark.parametrize(
    ("title", "published", "year"),
    [
        ("某市2023年政府信息公开工作年度报告", "2024-03-11", 2023),
        ("某局2019年度信息公开工作报告", None, 2019),
        ("某县政府信息公开工作年度报告（2021年度）", "2022-01-20", 2021),
        ("某县政府信息公开年报", "2022-01-20", 2021),
        ("某县政府信息公开年报", None, None),
        ("关于印发某办法的通知（政办发〔2016〕1号）", None, None),
        ("2012年3月5日通报", "2012-03-05", 2011),
        ("编号12023年", None, None),
    ],
)
def test_the_year_of_a_listed_report(title: str, published: str | None, year: int | None) -> None:
    assert year_of(Entry("http://x/", title, published)) == year
