"""Whole crawls of tiny portals on loopback: what is asked for, what is handed on, what is said at the end."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from .loopback import ALLOW_ALL, MISSING, Answer, Portal
from .portals import PROFILES, SITES, report

ROOT = Path(__file__).resolve().parents[2]
QUICK = {"DOWNLOAD_DELAY": 0, "AUTOTHROTTLE_ENABLED": False, "LOG_LEVEL": "WARNING", "RETRY_TIMES": 1}


@dataclass
class Crawled:
    portal: Portal
    result: dict[str, Any]
    items: list[dict[str, Any]]
    db: Path
    log: str

    def site(self, name: str) -> dict[str, Any]:
        return self.result["sites"][name]

    def of(self, name: str) -> dict[str, dict[str, Any]]:
        return {item["url"].partition(".example")[2]: item for item in self.items if item["site"] == name}


def _write_profiles(folder: Path) -> Path:
    folder.mkdir()
    for name, text in PROFILES.items():
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    return folder


def _environment(profiles: Path) -> dict[str, str]:
    paths = [str(ROOT), str(ROOT / "tests"), *filter(None, [os.environ.get("PYTHONPATH")])]
    return {**os.environ, "GIPR_SITES": str(profiles), "PYTHONPATH": os.pathsep.join(paths)}


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawled]:
    folder = tmp_path_factory.mktemp("crawl")
    profiles = _write_profiles(folder / "sites")
    items = folder / "items.jsonl"
    with Portal(SITES) as portal:
        order = {
            "sites": list(PROFILES),
            "db": str(folder / "corpus.db"),
            "archive": str(folder / "archive"),
            "settings": {
                **QUICK,
                "GIPR_PROXY": portal.proxy,
                "GIPR_CONTACT": "someone@university.example",
                "DOWNLOAD_MAXSIZE": 60_000,
                "ITEM_PIPELINES": {"crawl.collect.Collect": 1},
                "GIPR_COLLECT": str(items),
            },
        }
        done = subprocess.run(
            [sys.executable, "-m", "crawl.drive", json.dumps(order)],
            env=_environment(profiles),
            cwd=folder,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        lines = [json.loads(line) for line in items.read_text(encoding="utf-8").splitlines()]
        yield Crawled(portal, json.loads(done.stdout), lines, folder / "corpus.db", done.stderr)


def test_every_page_of_a_trs_list_is_read_and_every_report_asked_for_once(crawled: Crawled) -> None:
    asked = crawled.portal.asked("www.trs.gov.example")
    assert [path for path in asked if path == "/ndbg/" or "index_" in path] == [
        "/ndbg/",
        "/ndbg/index_1.html",
        "/ndbg/index_2.html",
    ]
    assert len(asked) == len(set(asked))
    assert crawled.site("trs")["entries"] == 6


def test_robots_txt_is_read_for_our_name_and_obeyed(crawled: Crawled) -> None:
    assert "/ndbg/secret/t20220311_3.html" not in crawled.portal.asked("www.trs.gov.example")
    assert crawled.site("trs")["outcomes"]["disallowed_by_robots"] == 1


def test_bytes_are_handed_on_as_they_came_whatever_charset_is_declared(crawled: Crawled) -> None:
    item = crawled.of("trs")["/ndbg/202003/t20200311_6.html"]
    assert bytes.fromhex(item["body"]) == report("甲县", 2019).decode().encode("gb18030")
    assert item["headers"]["Content-Type"] == "text/html; charset=utf-8"
    assert (item["region"], item["status"], item["outcome"]) == ("320500", 200, "page")
    assert item["fetched_at"].endswith("Z")


def test_an_error_is_handed_on_with_its_outcome_and_not_dropped(crawled: Crawled) -> None:
    item = crawled.of("trs")["/ndbg/202203/t20220311_4.html"]
    assert (item["status"], item["outcome"]) == (404, "not_found")


def test_a_page_that_only_names_its_new_place_is_kept_and_followed(crawled: Crawled) -> None:
    items = crawled.of("trs")
    assert items["/ndbg/202303/t20230311_2.html"]["outcome"] == "moved_by_meta_refresh"
    assert items["/ndbg/202303/t20230311_22.html"]["outcome"] == "page"


def test_a_body_over_the_limit_is_not_taken_in(crawled: Crawled) -> None:
    assert "/ndbg/202103/t20210311_5.html" not in crawled.of("trs")
    assert crawled.site("trs")["outcomes"]["too_large"] == 1


def test_links_to_other_hosts_are_not_followed(crawled: Crawled) -> None:
    assert crawled.portal.asked("www.elsewhere.example") == []


def test_a_hanweb_list_is_read_through_the_dataproxy_group_by_group(crawled: Crawled) -> None:
    assert crawled.site("hanweb")["entries"] == 20
    assert crawled.site("hanweb")["newest_year"] == 2023
    assert crawled.portal.asked("www.hanweb.gov.example").count("/module/web/jpage/dataproxy.jsp") == 2


def test_a_challenge_parks_the_host_for_the_run_and_the_run_says_so(crawled: Crawled) -> None:
    asked = crawled.portal.asked("www.wall.gov.example")
    assert len([path for path in asked if "/t20" in path]) == 1
    assert crawled.site("wall")["verdict"] == "blocked"
    assert "challenge_521" in crawled.site("wall")["parked"]["www.wall.gov.example"]
    assert "www.wall.gov.example defends itself" in crawled.log


def test_a_parked_host_stays_parked_for_other_profiles_of_the_run(crawled: Crawled) -> None:
    assert crawled.site("wall-again")["verdict"] == "blocked"
    assert crawled.site("wall-again")["outcomes"] == {"host_parked": 1}
    assert "/ndbg/index.html" not in crawled.portal.asked("www.wall.gov.example")


def test_a_block_page_is_kept_and_not_asked_for_again(crawled: Crawled) -> None:
    assert crawled.site("busywall")["outcomes"] == {"page": 1, "waf": 1, "host_parked": 2}
    assert len(crawled.portal.asked("www.busywall.gov.example")) == 3


def test_two_single_refusals_do_not_park_a_host(crawled: Crawled) -> None:
    assert crawled.site("closedfolder")["outcomes"] == {"forbidden": 2, "page": 4}
    assert crawled.site("closedfolder")["parked"] == {}


def test_a_list_that_goes_in_a_circle_is_left_after_one_turn(crawled: Crawled) -> None:
    asked = crawled.portal.asked("www.circle.gov.example")
    assert [path for path in asked if path.startswith("/ndbg/") and "/t20" not in path] == [
        "/ndbg/",
        "/ndbg/index_1.html",
    ]
    assert any("brings nothing new" in note for note in crawled.site("circle")["notes"])


def test_a_list_without_end_is_left_at_max_pages_and_the_note_says_so(crawled: Crawled) -> None:
    assert crawled.site("endless")["lists"] == 4
    assert any("max_pages = 4" in note for note in crawled.site("endless")["notes"])


def test_without_an_answer_on_robots_txt_nothing_is_asked_for(crawled: Crawled) -> None:
    assert set(crawled.portal.asked("www.silent.gov.example")) == {"/robots.txt"}
    assert crawled.site("silent")["verdict"] == "disallowed"


def test_a_cookie_wall_is_ordinary_http_and_a_plain_jar_passes_it(crawled: Crawled) -> None:
    assert crawled.site("cookiewall")["outcomes"] == {"page": 2}


def test_every_report_led_to_the_home_page_is_told_not_only_the_first(crawled: Crawled) -> None:
    assert crawled.site("home")["outcomes"] == {"page": 3, "soft_404": 2}
    assert len(crawled.site("home")["failures"]) == 2


def test_pages_gzipped_without_a_word_are_read_and_kept_as_they_came(crawled: Crawled) -> None:
    item = crawled.of("home")["/ndbg/202003/t20200311_0.html"]
    assert bytes.fromhex(item["body"])[:3] == b"\x1f\x8b\x08"
    assert crawled.site("home")["entries"] == 4


@pytest.mark.parametrize(
    ("site", "verdict"),
    [
        ("forbidden", "disallowed"),
        ("redesigned", "family_changed"),
        ("empty", "nothing_found"),
        ("sold", "hijacked"),
        ("trs", "ok"),
    ],
)
def test_failures_are_told_apart(crawled: Crawled, site: str, verdict: str) -> None:
    assert crawled.site(site)["verdict"] == verdict


def test_every_request_names_the_crawler_and_its_contact(crawled: Crawled) -> None:
    agents = {agent for _, agent in crawled.portal.seen}
    assert len(agents) == 1
    assert agents.pop().startswith("gipr-crawl/")
    assert "(+someone@university.example)" in crawled.portal.seen[0][1]


def test_list_pages_are_captures_too(crawled: Crawled) -> None:
    assert crawled.of("trs")["/ndbg/index_1.html"]["outcome"] == "page"


def test_all_sites_share_one_run_that_holds_their_summaries(crawled: Crawled) -> None:
    with sqlite3.connect(crawled.db) as connection:
        rows = connection.execute("SELECT id, status, stats FROM runs").fetchall()
    assert [(row[0], row[1]) for row in rows] == [(crawled.result["run_id"], "finished")]
    assert set(json.loads(rows[0][2])["sites"]) == set(PROFILES)


def test_progress_is_told_for_every_site_and_ends_with_its_verdict(crawled: Crawled) -> None:
    last = {site: verdict for site, _, verdict in crawled.result["progress"]}
    assert last == {name: crawled.site(name)["verdict"] for name in PROFILES}


def _order(folder: Path, portal: Portal, sites: list[str], **settings: object) -> list[str]:
    order = {
        "sites": sites,
        "db": str(folder / "corpus.db"),
        "archive": str(folder / "archive"),
        "settings": {**QUICK, "GIPR_PROXY": portal.proxy, **settings},
    }
    return [sys.executable, "-m", "crawl.drive", json.dumps(order)]


def test_a_crawl_stopped_by_hand_ends_its_run_and_starts_no_further_site(tmp_path: Path) -> None:
    reached, release = Event(), Event()

    def slow(path: str, query: dict[str, str]) -> Answer:
        if path == "/robots.txt":
            return ALLOW_ALL
        reached.set()
        release.wait(60)
        return MISSING

    profiles = _write_profiles(tmp_path / "sites")
    with Portal({**SITES, "www.wall.gov.example": slow}) as portal:
        process = subprocess.Popen(
            _order(tmp_path, portal, ["wall", "wall-again"]),
            env=_environment(profiles),
            cwd=tmp_path,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert reached.wait(60)
        process.send_signal(signal.SIGINT)
        release.set()
        output, log = process.communicate(timeout=60)
    assert process.returncode == 0, log
    assert json.loads(output)["interrupted"] is True
    assert "wall-again" not in json.loads(output)["sites"]
    with sqlite3.connect(tmp_path / "corpus.db") as connection:
        assert connection.execute("SELECT status FROM runs").fetchall() == [("interrupted",)]


def test_an_archive_that_refuses_ends_the_crawl_in_one_sentence(tmp_path: Path) -> None:
    profiles = _write_profiles(tmp_path / "sites")
    (tmp_path / "archive").write_text("a file where the folder should be", encoding="utf-8")
    with Portal(SITES) as portal:
        done = subprocess.run(
            _order(tmp_path, portal, ["hanweb", "trs"]),
            env=_environment(profiles),
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        asked = portal.asked("www.hanweb.gov.example")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["interrupted"] is True
    assert "cannot write to the archive" in done.stderr
    assert "Traceback" not in done.stderr
    assert len(asked) < 10


def test_an_unknown_site_is_refused_before_anything_is_made(tmp_path: Path) -> None:
    with Portal({}) as portal:
        done = subprocess.run(
            _order(tmp_path, portal, ["nowhere"]),
            env=_environment(_write_profiles(tmp_path / "sites")),
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    assert "CrawlError: no site profile and no spider is named 'nowhere'" in done.stderr
    assert not (tmp_path / "corpus.db").exists()


@pytest.fixture(scope="module")
def plain_crawl(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, list[str]]]:
    """`scrapy crawl SITE` through the five real stages, in the checkout that holds scrapy.cfg."""
    folder = tmp_path_factory.mktemp("plain")
    profiles = _write_profiles(folder / "sites")
    with Portal(SITES) as portal:
        options = {
            **QUICK,
            "GIPR_PROXY": portal.proxy,
            "GIPR_DB": folder / "corpus.db",
            "GIPR_ARCHIVE": folder / "archive",
        }
        command = [sys.executable, "-m", "scrapy", "crawl", "trs"]
        for name, value in options.items():
            command += ["-s", f"{name}={value}"]
        done = subprocess.run(
            command, env=_environment(profiles), cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
        )
        assert done.returncode == 0, done.stderr
        assert "Traceback" not in done.stderr, done.stderr
        yield folder, portal.asked("www.trs.gov.example")


def test_a_page_travels_from_its_profile_to_its_row(plain_crawl: tuple[Path, list[str]]) -> None:
    folder, asked = plain_crawl
    with sqlite3.connect(folder / "corpus.db") as connection:
        site = connection.execute("SELECT name, domain, region_code, family FROM sites").fetchall()
        outcomes = dict(
            connection.execute(
                "SELECT p.url, c.outcome FROM pages p JOIN captures c ON c.page_id = p.id JOIN sites s ON s.id = p.site_id"
            )
        )
        archived = connection.execute("SELECT count(*) FROM captures WHERE archive_file IS NOT NULL").fetchone()[0]
        titles = [row[0] for row in connection.execute("SELECT title FROM reports WHERE is_current")]
    assert site == [("trs", "trs.gov.example", "320500", "trs")]
    assert outcomes["http://www.trs.gov.example/ndbg/202403/t20240311_1.html"] == "page"
    assert outcomes["http://www.trs.gov.example/ndbg/202203/t20220311_4.html"] == "not_found"
    assert archived == len(outcomes) == len(asked) - 1  # robots.txt
    assert "甲县2023年政府信息公开工作年度报告" in titles
    assert list((folder / "archive").glob("*.warc.gz"))


def test_a_plain_scrapy_crawl_begins_and_ends_its_own_run(plain_crawl: tuple[Path, list[str]]) -> None:
    folder, _ = plain_crawl
    with sqlite3.connect(folder / "corpus.db") as connection:
        command, status, stats = connection.execute("SELECT command, status, stats FROM runs").fetchone()
    assert (command, status) == ("crawl trs", "finished")
    assert json.loads(stats)["sites"]["trs"]["entries"] == 6


def test_scrapy_list_shows_every_profile(tmp_path: Path) -> None:
    profiles = _write_profiles(tmp_path / "sites")
    (profiles / "broken.toml").write_text("name = 1", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "scrapy", "list"],
        env=_environment(profiles),
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert set(PROFILES) <= set(done.stdout.split())
    assert "broken" not in done.stdout.split()
    assert "broken.toml" in done.stderr
