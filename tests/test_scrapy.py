"""Scrapy's own commands see the sites and crawl them as `gipr crawl` does."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

from gipr_crawl.demo import DemoServer, off_limits
from tests.conftest import ROOT

SITE = "demo-hijacked-qingshan"
CONTENT = """
    select url, reports.title, report_year, reports.agency, reports.published_on, body_sha256, reports.flags
    from reports join pages on pages.id = reports.page_id order by url"""


def scrapy(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "scrapy", *arguments]
    return subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120, env={**os.environ}
    )


def stored(db: Path) -> list[tuple[object, ...]]:
    with sqlite3.connect(f"file:{db}?mode=ro", uri=True) as connection:
        return connection.execute(CONTENT).fetchall()


def test_scrapy_list_names_the_demo_sites() -> None:
    done = scrapy("list")

    assert {"demo-trs-qingshan", "demo-hanweb-linzhu", SITE} <= set(done.stdout.split())


def test_scrapy_crawl_of_a_demo_site_stores_what_gipr_crawl_stores(demo_corpus: Path, tmp_path: Path) -> None:
    db = tmp_path / "scrapy.db"
    with DemoServer() as server:
        settings = {
            "GIPR_PROXY": server.proxy_url,
            "GIPR_DB": str(db),
            "GIPR_ARCHIVE": str(tmp_path / "archive"),
            "AUTOTHROTTLE_ENABLED": "0",
            "DOWNLOAD_DELAY": "0",
        }
        done = scrapy("crawl", SITE, *(word for name, value in settings.items() for word in ("-s", f"{name}={value}")))

    assert done.returncode == 0, done.stderr
    of_the_site = [row for row in stored(demo_corpus) if "qingshan-copy" in str(row[0])]
    assert stored(db) == of_the_site
    assert len(of_the_site) == 10


def test_what_robots_txt_forbids_is_never_asked_for_and_every_request_names_the_crawler(tmp_path: Path) -> None:
    with DemoServer() as server:
        settings = {
            "GIPR_PROXY": server.proxy_url,
            "GIPR_DB": str(tmp_path / "a.db"),
            "GIPR_ARCHIVE": str(tmp_path / "archive"),
        }
        settings |= {"AUTOTHROTTLE_ENABLED": "0", "DOWNLOAD_DELAY": "0", "GIPR_CONTACT": "data@example.org"}
        done = scrapy(
            "crawl",
            "demo-trs-qingshan",
            *(word for name, value in settings.items() for word in ("-s", f"{name}={value}")),
        )
        asked = server.requests

    assert done.returncode == 0, done.stderr
    assert not {request.url for request in asked} & set(off_limits())
    assert asked[0].url.endswith("/robots.txt")
    assert {"gipr-crawl" in request.user_agent and "data@example.org" in request.user_agent for request in asked} == {
        True
    }
