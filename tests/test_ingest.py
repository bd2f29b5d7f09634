"""`gipr ingest` of pages saved from the web: their sites, what these repeat around reports, and copies among them."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from gipr_crawl.commands.ingest import ingest
from gipr_crawl.files import host_of
from pipelines.model import Capture
from pipelines.store.engine import open_engine
from pipelines.store.writer import Writer
from tests.conftest import Run
from tests.corpus import paragraphs

FRAME = ("河畔之声 一站直达", "清溪融媒 精彩每一天")
PROSE = [line for line in paragraphs() if len(line) > 80]


def saved_page(number: int, origin: str | None, *, framed: bool = True) -> str:
    """A report's page as a browser saves it: above it, whence it came; around the report, what its site repeats."""
    above, behind = FRAME if framed else ("", "")
    body = [
        above,
        f"清溪县水利局{2005 + number}年政府信息公开工作年度报告",
        *PROSE[3 * number : 3 * number + 3],
        f"全年主动公开政府信息{100 + number}条。",
        behind,
    ]
    mark = f"<!-- saved from url=({len(origin):04}){origin} -->\n" if origin else ""
    lines = "".join(f"<p>{line}</p>" for line in body if line)
    return f'<!DOCTYPE html>\n{mark}<html><body><div id="zoom">{lines}</div></body></html>'


def save(folder: Path, numbers: range, origin: str | None, **given: bool) -> None:
    folder.mkdir(exist_ok=True)
    for number in numbers:
        address = origin and f"{origin}{number}.html"
        (folder / f"{number:02}.html").write_text(saved_page(number, address, **given), "utf-8")


def rows(db: Path, query: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(f"file:{db}?mode=ro", uri=True) as connection:
        return connection.execute(query).fetchall()


def framed(db: Path) -> list[object]:
    """The texts of current reports in which the site's frame still stands."""
    query = "SELECT id FROM reports WHERE is_current AND (body_text LIKE '%河畔之声%' OR body_text LIKE '%清溪融媒%')"
    return [found for (found,) in rows(db, query)]


def test_what_a_site_repeats_is_dropped_from_all_its_saved_pages_the_first_one_too(tmp_path: Path, gipr: Run) -> None:
    save(tmp_path / "pages", range(12), "http://www.qingxi.gov.example/art/")
    done = gipr("ingest", "pages", "--db", "c.db")
    db = tmp_path / "c.db"

    assert done.returncode == 0, done.stderr
    assert "12 pages read, 12 reports in them: 12 new" in done.stdout
    assert framed(db) == []
    assert rows(db, "SELECT max(version) FROM reports") == [(1,)]
    assert rows(db, "SELECT count(*) FROM edits WHERE rule = 'learned_boilerplate'") == [(24,)]
    assert rows(db, "SELECT name, domain, enabled FROM sites") == [("qingxi.gov.example", "qingxi.gov.example", 0)]
    ((kept,),) = rows(db, "SELECT boilerplate FROM sites")
    assert json.loads(str(kept))["pages"] == 12


def test_the_same_saved_pages_again_change_nothing_and_teach_nothing(tmp_path: Path) -> None:
    save(tmp_path / "pages", range(12), "https://qingxi.gov.example/art/")
    db = tmp_path / "c.db"
    ingest([tmp_path / "pages"], db=str(db), archive=None)
    content = "SELECT id, version, content_sha256, is_current, duplicate_of FROM reports"
    before = rows(db, content), rows(db, "SELECT * FROM edits"), rows(db, "SELECT * FROM sites")
    again = ingest([tmp_path / "pages"], db=str(db), archive=None)

    assert (again.pages, again.unchanged_pages, again.new_reports, again.changed_reports) == (12, 12, 0, 0)
    assert (rows(db, content), rows(db, "SELECT * FROM edits"), rows(db, "SELECT * FROM sites")) == before


def test_pages_that_do_not_tell_their_site_teach_nothing_and_belong_to_none(tmp_path: Path) -> None:
    save(tmp_path / "pages", range(12), None)
    db = tmp_path / "c.db"
    ingest([tmp_path / "pages"], db=str(db), archive=None)

    assert len(framed(db)) == 12
    assert rows(db, "SELECT count(*) FROM sites") == [(0,)]
    assert rows(db, "SELECT DISTINCT site_id FROM pages") == [(None,)]


def test_what_one_site_repeats_stays_on_the_pages_of_another(tmp_path: Path) -> None:
    save(tmp_path / "many", range(12), "http://www.qingxi.gov.example/art/")
    save(tmp_path / "few", range(12, 14), "http://www.lanhe.gov.example/art/")
    db = tmp_path / "c.db"
    ingest([tmp_path / "many", tmp_path / "few"], db=str(db), archive=None)

    assert rows(db, "SELECT DISTINCT s.name FROM pages p JOIN sites s ON s.id = p.site_id ORDER BY 1") == [
        ("lanhe.gov.example",),
        ("qingxi.gov.example",),
    ]
    few = "SELECT r.id FROM reports r JOIN pages p ON p.id = r.page_id WHERE p.url LIKE '%/few/%'"
    assert framed(db) == [report_id for (report_id,) in rows(db, few)]


def test_a_crawled_site_and_its_saved_pages_are_one_site_that_learns_from_both(tmp_path: Path) -> None:
    db = tmp_path / "c.db"
    engine = open_engine(str(db), create=True)
    Writer(engine).ensure_site("qingxi", "www.qingxi.gov.example", "330800", "trs", True)
    engine.dispose()
    save(tmp_path / "first", range(10), "http://qingxi.gov.example/art/")
    save(tmp_path / "later", range(10, 11), "http://www.qingxi.gov.example/art/")
    ingest([tmp_path / "first"], db=str(db), archive=None)
    ingest([tmp_path / "later"], db=str(db), archive=None)

    assert rows(db, "SELECT name, enabled FROM sites") == [("qingxi", 1)]
    assert rows(db, "SELECT DISTINCT site_id FROM pages") == [(1,)]
    assert framed(db) == []


def test_the_same_report_saved_from_two_addresses_is_counted_once(tmp_path: Path, gipr: Run) -> None:
    save(tmp_path / "a", range(3), "http://www.qingxi.gov.example/art/", framed=False)
    save(tmp_path / "b", range(1, 3), "http://print.mirror.example/show/", framed=False)
    gipr("ingest", "a", "b", "--db", "c.db")
    shown = gipr("show", "4", "--db", "c.db").stdout

    assert rows(tmp_path / "c.db", "SELECT id, duplicate_of FROM reports ORDER BY id") == [
        (1, None), (2, None), (3, None), (4, 2), (5, 3)
    ]  # fmt: skip
    assert "same as   report 2" in shown


@pytest.mark.parametrize(
    ("body", "host"),
    [
        ("<!DOCTYPE html>\n<!-- saved from url=(0042)http://www.qingxi.gov.example/art/1.html -->", "www.qingxi.gov.example"),
        ("\ufeff<!-- saved from url=(0044)https://QINGXI.gov.example:8443/art/1.html -->", "qingxi.gov.example"),
        (
            "<html>\n<!-- Mirrored from www.qingxi.gov.example/art/1.html by HTTrack Website Copier/3.x -->",
            "www.qingxi.gov.example",
        ),
        ("<!-- saved from url=(0014)about:internet -->", None),
        ("<!-- saved from url=(0035)file:///C:/pages/www.qingxi.example -->", None),
        ("<!-- Mirrored from localhost/a.html by HTTrack -->", None),
        ("<p>saved from url=(0042)http://www.qingxi.gov.example/</p>", None),
        (" " * 3000 + "<!-- saved from url=(0030)http://www.qingxi.gov.example/ -->", None),
        ("<!-- saved from url=(" + "0" * 9000, None),
        ("", None),
    ],
)  # fmt: skip
def test_a_saved_page_tells_its_host_in_the_mark_above_it_and_nowhere_else(body: str, host: str | None) -> None:
    assert host_of(Capture("file:///pages/1.html", body.encode())) == host


def test_a_page_with_an_address_on_the_web_comes_from_its_host_whatever_it_says() -> None:
    mark = b"<!-- saved from url=(0028)http://www.other.example/a -->"

    assert host_of(Capture("https://www.qingxi.gov.example/a.html", mark)) == "www.qingxi.gov.example"
    assert host_of(Capture("http://[broken/a.html", mark)) is None
