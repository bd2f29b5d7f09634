"""A profile is checked key by key; every fault names file, key and reason, and stops only its own profile."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from gipr_crawl.sites import Expectation, load_profiles, read_profile, site_folders

GOOD = """
name   = "示例市人民政府"
region = "320500"
family = "trs"
start  = ["https://www.example.gov.cn/xxgk/ndbg/"]
links  = '/ndbg/\\d{6}/t\\d+_\\d+\\.s?html?$'
expect = { reports = 15, newest = "last-year" }
"""


def _faults(text: str, file: str = "example-su.toml") -> dict[str, str]:
    profile, errors = read_profile(text, file)
    assert (profile is None) == bool(errors)
    assert all(error.file == file for error in errors)
    return {error.key: error.reason for error in errors}


def test_a_profile_of_seven_lines_is_enough() -> None:
    profile, errors = read_profile(GOOD, "/somewhere/example-su.toml")
    assert errors == ()
    assert profile is not None
    assert (profile.name, profile.title, profile.region) == ("example-su", "示例市人民政府", "320500")
    assert profile.domains == ("example.gov.cn",)
    assert (profile.expect.reports, profile.expect.newest, profile.enabled) == (15, "last-year", True)


@pytest.mark.parametrize(
    ("change", "key", "word"),
    [
        ('famly = "trs"', "famly", "did you mean 'family'"),
        ("expect = { report = 1 }", "expect.report", "did you mean 'reports'"),
        ('family = "drupal"', "family", "hanweb"),
        ("family = 3", "family", "must be a text"),
        ('region = "3205"', "region", "six digits"),
        ('region = "990500"', "region", "province"),
        ("region = 320500", "region", "must be a text"),
        ("links = '/ndbg/(\\d+'", "links", "regular expression"),
        ('start = ["ftp://www.example.gov.cn/"]', "start", "http"),
        ('start = ["www.example.gov.cn/ndbg/"]', "start", "http"),
        ('start = ["http://[::1/"]', "start", "http"),
        ("start = []", "start", "not empty"),
        ('domains = ["https://example.gov.cn"]', "domains", "host name"),
        ('domains = ["other.gov.cn"]', "domains", "outside"),
        ('columns = ["ndbg/"]', "columns", "begin with /"),
        ('encoding = "gb99999"', "encoding", "charset"),
        ('enabled = "yes"', "enabled", "true or false"),
        ("max_pages = 0", "max_pages", "at least 1"),
        ("max_pages = true", "max_pages", "whole number"),
        ("delay = -1", "delay", "seconds"),
        ('expect = "many"', "expect", "table"),
        ('expect = { newest = "soon" }', "expect.newest", "last-year"),
        ("expect = { reports = -1 }", "expect.reports", "at least 0"),
    ],
)
def test_a_fault_names_its_key_and_the_reason(change: str, key: str, word: str) -> None:
    kept = [line for line in GOOD.strip().splitlines() if line.split()[0] != change.split()[0]]
    faults = _faults("\n".join([*kept, change]))
    assert list(faults) == [key]
    assert word in faults[key]


def test_all_faults_of_a_file_are_told_at_once() -> None:
    assert set(_faults('family = "x"\nregion = "1"\ncolour = "red"')) == {"family", "region", "colour", "name", "start"}


def test_what_is_no_toml_is_said_with_its_line() -> None:
    assert "line 2" in _faults('name = "甲"\nfamily = = 3')[""]


def test_the_file_name_must_do_as_a_spider_name() -> None:
    assert "spider's name" in _faults(GOOD, "示例.toml")[""]


@pytest.mark.parametrize("newest", ["2023", "last-year"])
def test_newest_may_be_a_year_or_last_year(newest: str) -> None:
    profile, errors = read_profile(GOOD.replace("last-year", newest), "x.toml")
    assert errors == ()
    assert profile is not None
    assert profile.expect.newest == newest


@pytest.mark.parametrize(
    ("today", "year"),
    [
        (dt.date(2026, 1, 15), 2024),
        (dt.date(2026, 3, 31), 2024),
        (dt.date(2026, 4, 1), 2025),
        (dt.date(2026, 12, 31), 2025),
    ],
)
def test_last_years_report_is_expected_once_it_is_due_on_31_march(today: dt.date, year: int) -> None:
    assert Expectation(newest="last-year").newest_year(today) == year
    assert Expectation(newest="2019").newest_year(today) == 2019
    assert Expectation().newest_year(today) is None


def test_one_bad_profile_never_stops_the_rest(tmp_path: Path) -> None:
    (tmp_path / "jiangsu").mkdir()
    (tmp_path / "jiangsu" / "good.toml").write_text(GOOD, encoding="utf-8")
    (tmp_path / "broken.toml").write_text("name = [", encoding="utf-8")
    (tmp_path / "latin.toml").write_bytes("name = '示例'".encode("gbk"))
    (tmp_path / "notes.txt").write_text("no profile", encoding="utf-8")
    profiles, errors = load_profiles([tmp_path])
    assert [profile.name for profile in profiles] == ["good"]
    assert sorted(Path(error.file).name for error in errors) == ["broken.toml", "latin.toml"]


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    (tmp_path / "good.toml").write_text(GOOD, encoding="utf-8-sig")
    assert load_profiles([tmp_path])[1] == ()


def test_a_name_taken_twice_in_one_folder_is_a_fault(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "same.toml").write_text(GOOD, encoding="utf-8")
    profiles, errors = load_profiles([tmp_path])
    assert len(profiles) == 1
    assert "taken by" in errors[0].reason


def test_a_later_folder_corrects_an_earlier_one(tmp_path: Path) -> None:
    for folder, title in (("shipped", "旧"), ("own", "新")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "same.toml").write_text(GOOD.replace("示例市人民政府", title), encoding="utf-8")
    profiles, errors = load_profiles([tmp_path / "shipped", tmp_path / "own"])
    assert ([profile.title for profile in profiles], errors) == (["新"], ())


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    profiles, errors = load_profiles([tmp_path / "nowhere"])
    assert profiles == ()
    assert "cannot be read" in errors[0].reason


def test_folders_of_the_working_directory_and_of_the_environment_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "data" / "sites").mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIPR_SITES", str(tmp_path / "more"))
    assert site_folders()[1:] == (tmp_path / "data" / "sites", tmp_path / "more")


def test_every_shipped_profile_is_sound(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GIPR_SITES", raising=False)
    assert load_profiles()[1] == ()
