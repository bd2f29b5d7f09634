"""The commands as a person meets them: what they print, how they end, what they leave behind."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest
from opencc import OpenCC

from tests.conftest import Run

REPORT = (
    "示例县水务局2012年政府信息公开工作年度报告\n"
    "根据《中华人民共和国政府信息公开条例》，由示例县水务局编制本报告。\n"
    "全年主动公开政府信息126条，没有收到政府信息公开申请。\n"
    "上一篇：值班表\n"
)


def rows(db: Path, query: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(f"file:{db}?mode=ro", uri=True) as connection:
        return connection.execute(query).fetchall()


def dump(db: Path, *, without: str = "") -> str:
    with sqlite3.connect(f"file:{db}?mode=ro", uri=True) as connection:
        return "\n".join(line for line in connection.iterdump() if not without or without not in line)


def test_every_command_and_option_has_a_help_text(gipr: Run) -> None:
    commands = [
        "demo",
        "crawl",
        "ingest",
        "read",
        "search",
        "show",
        "export",
        "status",
        "doctor",
        "sites list",
        "db upgrade",
    ]
    for command in commands:
        done = gipr(*command.split(), "--help")
        assert done.returncode == 0
        assert "Usage:" in done.stdout
        assert len(done.stdout.splitlines()) > 5


# --- demo -------------------------------------------------------------------------------------------------------------


def test_the_demo_stores_every_report_equal_to_its_truth_and_says_how_to_go_on(demo_corpus: Path) -> None:
    said = demo_corpus.with_name("said.txt").read_text("utf-8")

    assert "48 of 48 reports of the demo portal stored" in said
    for field in ("title", "report_year", "agency", "published_on", "body_text"):
        assert any(line.split() == [field, "48", "of", "48"] for line in said.splitlines()), said
    assert f"gipr search 公开 --db {demo_corpus}" in said
    assert len(rows(demo_corpus, "select id from reports")) == 48
    assert len(rows(demo_corpus, "select id from pages")) >= 60


def test_a_second_demo_adds_no_report_and_no_capture(own_demo_corpus: Path, gipr: Run) -> None:
    before = rows(own_demo_corpus, "select id, version from reports"), rows(own_demo_corpus, "select id from captures")
    done = gipr("demo", "--db", own_demo_corpus)

    assert done.returncode == 0
    assert "reports in the corpus: 48 (0 new)" in done.stdout
    assert (
        rows(own_demo_corpus, "select id, version from reports"),
        rows(own_demo_corpus, "select id from captures"),
    ) == before


def test_notices_news_guides_and_lists_of_the_demo_become_no_reports(demo_corpus: Path) -> None:
    kinds = dict(rows(demo_corpus, "select kind, count(*) from pages group by kind"))

    assert kinds["annual_report"] + kinds.get("work_summary", 0) == 48
    assert {"notice", "news", "guide", "error"} <= set(kinds)
    others = "select count(*) from reports join pages on pages.id = reports.page_id where pages.kind in ('notice', 'news', 'guide')"
    assert rows(demo_corpus, others) == [(0,)]


# --- ingest and read --------------------------------------------------------------------------------------------------


def test_ingest_twice_changes_nothing_but_when_things_were_seen_and_the_runs(tmp_path: Path, gipr: Run) -> None:
    (tmp_path / "a.txt").write_text(REPORT, "utf-8")
    first = gipr("ingest", "a.txt", "--db", "c.db")
    tables = "select title, report_year, agency, body_sha256, version, first_seen_at from reports"
    before = rows(tmp_path / "c.db", tables), rows(tmp_path / "c.db", "select * from indicators")
    second = gipr("ingest", "a.txt", "--db", "c.db")

    assert (first.returncode, second.returncode) == (0, 0)
    assert "1 new" in first.stdout
    assert "0 new" in second.stdout
    assert (rows(tmp_path / "c.db", tables), rows(tmp_path / "c.db", "select * from indicators")) == before


def test_ingest_reads_the_pages_of_a_folder_and_leaves_other_files_alone(tmp_path: Path, gipr: Run) -> None:
    folder = tmp_path / "pages"
    (folder / "deep").mkdir(parents=True)
    (folder / "deep" / "a.txt").write_text(REPORT, "utf-8")
    (folder / "photo.jpg").write_bytes(b"\xff\xd8\xff\xe0")
    done = gipr("ingest", "pages", "--db", "c.db", "--json")

    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["pages"] == 1


def test_read_prints_one_object_a_file_with_each_edit_and_stores_nothing(tmp_path: Path, gipr: Run) -> None:
    (tmp_path / "a.txt").write_text(OpenCC("s2t").convert(REPORT).replace("開", "開(kāi)"), "utf-8")
    done = gipr("read", "a.txt", "--json")
    page = json.loads(done.stdout)

    assert done.returncode == 0
    assert page["file"] == "a.txt"
    assert page["reports"][0]["indicators"][0]["value"] == 126
    assert {"repair", "clean"} <= {edit["stage"] for edit in page["edits"]}
    assert all(edit["rule"] for edit in page["edits"])
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


def test_read_trace_says_in_words_why(tmp_path: Path, gipr: Run) -> None:
    (tmp_path / "a.txt").write_text(REPORT, "utf-8")
    done = gipr("read", "a.txt", "--trace")

    assert "上一篇：值班表" in done.stdout
    assert "because it is" in done.stdout


# --- nine bad inputs --------------------------------------------------------------------------------------------------

BAD_INPUTS = {
    "empty.html": (b"", "the body is empty"),
    "nul.html": (b"\0", "control characters"),
    "line.txt": ("公开政府信息".encode() * 1_800_000, "over 20 MB"),
    "photo.html": (b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01" + bytes(range(256)) * 20, "a JPEG image, not a page"),
}


@pytest.mark.parametrize("name", BAD_INPUTS)
def test_a_file_without_text_gets_one_sentence_a_non_zero_exit_and_a_page_that_says_so(
    name: str, tmp_path: Path, gipr: Run
) -> None:
    body, sentence = BAD_INPUTS[name]
    (tmp_path / name).write_bytes(body)
    done = gipr("ingest", name, "--db", "c.db")

    assert done.returncode == 1
    assert len(done.stderr.strip().splitlines()) == 1
    assert sentence in done.stderr
    assert rows(tmp_path / "c.db", "select kind from pages") == [("error",)]
    assert rows(tmp_path / "c.db", "select count(*) from reports") == [(0,)]
    assert rows(tmp_path / "c.db", "select count(*) from findings") == [(1,)]


def test_a_missing_path_gets_one_sentence_and_leaves_no_database(tmp_path: Path, gipr: Run) -> None:
    done = gipr("ingest", "nowhere.html", "--db", "c.db")

    assert done.returncode == 1
    assert done.stderr.strip() == "gipr: nowhere.html: there is no such file or folder; check the path"
    assert list(tmp_path.iterdir()) == []


def test_truncated_utf8_is_read_up_to_the_cut_and_says_so(tmp_path: Path, gipr: Run) -> None:
    (tmp_path / "a.txt").write_bytes(REPORT.replace("上一篇：值班表\n", "").strip().encode()[:-1])
    done = gipr("read", "a.txt", "--json")
    page = json.loads(done.stdout)

    assert done.returncode == 0
    assert [finding["code"] for finding in page["findings"]] == ["truncated"]
    assert page["reports"][0]["body_text"].endswith("没有收到政府信息公开申请")


def test_utf16_without_a_mark_is_read(tmp_path: Path, gipr: Run) -> None:
    (tmp_path / "a.txt").write_bytes(REPORT.encode("utf-16-le"))
    page = json.loads(gipr("read", "a.txt", "--json").stdout)

    assert page["charset"] == "utf-16-le"
    assert page["reports"][0]["report_year"] == 2012


def test_ten_thousand_nested_divs_are_read(tmp_path: Path, gipr: Run) -> None:
    lines = "".join(f"<p>{line}</p>" for line in REPORT.splitlines())
    (tmp_path / "a.html").write_text("<html><body>" + "<div>" * 10_000 + lines + "</div>" * 10_000, "utf-8")
    page = json.loads(gipr("read", "a.html", "--json").stdout)

    assert page["reports"][0]["title"] == "示例县水务局2012年政府信息公开工作年度报告"


def test_an_entity_bomb_stays_the_few_bytes_it_is(tmp_path: Path, gipr: Run) -> None:
    entities = "".join(f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 10}">' for i in range(9))
    lines = "".join(f"<p>{line}</p>" for line in REPORT.splitlines())
    bomb = f'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY a "aaaaaaaaaa">{entities}]><html><body><p>&j;</p>{lines}</body></html>'
    (tmp_path / "a.html").write_text(bomb, "utf-8")
    page = json.loads(gipr("read", "a.html", "--json").stdout)

    assert len(page["main_text"]) < 500
    assert page["reports"][0]["report_year"] == 2012


# --- asking -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", [["复议"], ["申请", "诉讼"], ["信息公開"], ["水"]])
def test_search_finds_what_stands_in_the_reports_two_characters_and_one(
    words: list[str], demo_corpus: Path, gipr: Run
) -> None:
    done = gipr("search", *words, "--db", demo_corpus, "--limit", "1000", "--json")
    found = {json.loads(line)["report_id"] for line in done.stdout.splitlines()}
    simplified = [word.replace("開", "开") for word in words]
    holds = " and ".join("(title || agency || body_text) like ?" for _ in words)
    with sqlite3.connect(f"file:{demo_corpus}?mode=ro", uri=True) as connection:
        truth = {
            row[0]
            for row in connection.execute(f"select id from reports where {holds}", [f"%{word}%" for word in simplified])
        }

    assert done.returncode == 0
    assert found == truth
    assert truth


def test_search_without_a_hit_says_so_and_fails(demo_corpus: Path, gipr: Run) -> None:
    done = gipr("search", "不存在的词语", "--db", demo_corpus)

    assert done.returncode == 1
    assert "no report" in done.stderr


def test_show_says_in_words_why_a_line_was_dropped(demo_corpus: Path, gipr: Run) -> None:
    ((hijacked,),) = rows(demo_corpus, "select min(id) from reports where flags like '%hijacked_copy%'")
    done = gipr("show", hijacked, "--trace", "--db", demo_corpus)

    assert done.returncode == 0
    assert "injected spam" in done.stdout
    assert "pinyin injected behind a character" in done.stdout


def test_asking_a_corpus_that_is_not_there_is_one_sentence_and_makes_none(tmp_path: Path, gipr: Run) -> None:
    for command in (["search", "公开"], ["show", "1"], ["export"], ["status"], ["db", "upgrade"]):
        done = gipr(*command, "--db", "none.db")
        assert done.returncode == 1
        assert len(done.stderr.strip().splitlines()) == 1
        assert "none.db" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_export_writes_csv_with_a_header_and_jsonl_with_nested_indicators(
    demo_corpus: Path, tmp_path: Path, gipr: Run
) -> None:
    assert gipr("export", "indicators", "--out", "i.csv", "--db", demo_corpus).returncode == 0
    lines = gipr("export", "--format", "jsonl", "--db", demo_corpus).stdout.splitlines()

    assert (tmp_path / "i.csv").read_text("utf-8").startswith("id,report_id,code,")
    assert len(lines) == 48
    assert json.loads(lines[0])["indicators"]


# --- sites, doctor ----------------------------------------------------------------------------------------------------


def test_sites_check_names_file_key_and_reason(tmp_path: Path, gipr: Run) -> None:
    sites = tmp_path / "data" / "sites"
    sites.mkdir(parents=True)
    (sites / "bad.toml").write_text(
        'name = "示例市人民政府"\nfamily = "trs"\nstart = ["ftp://x/"]\ncolour = 1\n', "utf-8"
    )
    done = gipr("sites", "check")

    assert done.returncode == 1
    assert "bad.toml: start" in done.stderr
    assert "bad.toml: colour" in done.stderr


def test_doctor_finds_a_healthy_installation_healthy(tmp_path: Path, gipr: Run) -> None:
    done = gipr("doctor", "--json")

    assert done.returncode == 0, done.stdout
    assert {item["name"] for item in json.loads(done.stdout)} >= {
        "python",
        "sqlite",
        "opencc",
        "data",
        "sites",
        "corpus",
    }
    assert list(tmp_path.iterdir()) == []


def test_a_crawl_without_a_site_says_what_to_do(gipr: Run) -> None:
    done = gipr("crawl")

    assert done.returncode == 1
    assert "gipr sites list" in done.stderr


# --- year against year ------------------------------------------------------------------------------------------------


def test_what_one_year_carries_over_is_held_against_what_the_next_takes_in(demo_corpus: Path) -> None:
    pairs = rows(
        demo_corpus,
        "select agency, report_year, carried_out, taken_in, verdict from carry_over_checks where col_key = 'total'",
    )

    assert ("青杉县人民政府", 2019, 2.0, 2.0, "pass") in pairs
    assert {verdict for *_, verdict in pairs} == {"pass"}


def test_a_carry_over_that_does_not_meet_is_reported_and_nothing_is_mended(own_demo_corpus: Path) -> None:
    with sqlite3.connect(own_demo_corpus) as connection:
        ((report,),) = connection.execute(
            "select next_report_id from carry_over_checks where col_key = 'total' and agency = '青杉县人民政府' and report_year = 2019"
        ).fetchall()
        connection.execute(
            "update cells set value = 7 where report_id = ? and table_key = 't3' and row_key = 'r2' and col_key = 'total'",
            (report,),
        )
        found = connection.execute(
            "select taken_in, verdict from carry_over_checks where next_report_id = ? and col_key = 'total'", (report,)
        ).fetchall()

    assert found == [(7.0, "uncertain")]


def test_a_pdf_without_its_reader_or_with_no_text_says_what_to_do(tmp_path: Path, gipr: Run) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF")
    done = gipr("read", "a.pdf", "--json")
    page = json.loads(done.stdout)

    assert page["reports"] == []
    assert any(finding["code"].startswith("document_") for finding in page["findings"])
