from __future__ import annotations

import random
from pathlib import Path

import pytest
import sqlalchemy as sa

from pipelines.store.engine import open_engine, transaction
from pipelines.store.search import Hit, bigrams, fill_index, fold, search
from pipelines.store.writer import Writer

from .builders import capture, page, report, rows

TEXTS = {
    "http://a.example/1": (
        "松岭区2018年报告",
        "松岭区人民政府",
        2018,
        "区块链存证试点，主动公开信息12018条。",
        "232700",
    ),
    "http://a.example/2": (
        "新市区2008年报告",
        "新市区人民政府",
        2008,
        "依申请公开２０件；本县。信息公开网站WWW.a.cn",
        "650104",
    ),
    "http://a.example/3": (
        "无年份",
        None,
        None,
        '百分之100%完成_下划线\\斜线，\'引号"双引"（括号）NEAR OR AND *',
        None,
    ),
}


@pytest.fixture(params=["indexed", "scanned"])
def corpus(request: pytest.FixtureRequest, engine: sa.Engine, writer: Writer, run: int) -> sa.Engine:
    """The same texts, once through the index and once before it is filled: every answer must be the same."""
    for url, (title, agency, year, body, region) in TEXTS.items():
        member = report(title=title, agency=agency, report_year=year, body_text=body, region_code=region)
        writer.write_page(run, capture(url=url), page(member), None)
    if request.param == "indexed":
        assert fill_index(engine) == len(TEXTS)
    return engine


def found(engine: sa.Engine, words: str, **only: object) -> list[str]:
    with engine.connect() as connection:
        return [hit.url[-1] for hit in search(connection, words, **only)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("words", "pages"),
    [
        ("公开", "12"),
        ("信息", "12"),
        ("区块链", "1"),
        ("区块链存证试点", "1"),
        ("松", "1"),
        ("县", "2"),
        ("松岭区", "1"),
        ("人民政府", "12"),
        ("公开 区块链", "1"),
        ("区 年", "12"),
        ("公开 没有的词", ""),
        ("2018", "1"),
        ("018", "1"),
        ("20件", "2"),
        ("２０件", "2"),
        ("www.A.CN", "2"),
        ("县信息", ""),
        ("县。信息", "2"),
        ("第1页", ""),
        ("", ""),
        (" \u3000\n", ""),
    ],
)
def test_words_are_found_where_they_stand(corpus: sa.Engine, words: str, pages: str) -> None:
    assert "".join(found(corpus, words)) == pages


@pytest.mark.parametrize(
    ("words", "pages"),
    [
        ("%", "3"),
        ("100%", "3"),
        ("1%0", ""),
        ("_", "3"),
        ("公_开", ""),
        ("\\", "3"),
        ('"', "3"),
        ("'引号", "3"),
        ('"双引"', "3"),
        ("NEAR OR AND", "3"),
        ("公开 OR 区块链", ""),
        ("*", "3"),
        ("公*", ""),
        ("（括号）", "3"),
        ("bigrams:公开", ""),
        ("');DROP TABLE reports;--", ""),
        ("公开\x00", ""),
        ("\ud800", ""),
        ("^公开", ""),
        ("-公开", ""),
    ],
)
def test_nothing_in_the_words_is_an_operator(corpus: sa.Engine, words: str, pages: str) -> None:
    assert "".join(found(corpus, words)) == pages


@pytest.mark.parametrize(
    "words", ["公" * 100_000, "公 " * 5_000, " ".join(map(chr, range(0x4E00, 0x5E00))), "a" * 70_000]
)
def test_words_without_measure_find_nothing_or_what_holds_them(corpus: sa.Engine, words: str) -> None:
    assert "".join(found(corpus, words)) in ("", "12")


def test_the_newest_year_comes_first_and_reports_without_a_year_last(corpus: sa.Engine) -> None:
    assert "".join(found(corpus, "年")) == "123"
    assert "".join(found(corpus, "年", limit=1)) == "1"
    assert found(corpus, "年", limit=0) == []


@pytest.mark.parametrize(
    ("only", "pages"),
    [
        ({"year": 2008}, "2"),
        ({"region_code": "232700"}, "1"),
        ({"region_code": "230000"}, "1"),
        ({"region_code": "65"}, "2"),
        ({"region_code": "650105"}, ""),
        ({"region_code": "6%"}, ""),
        ({"kind": "work_summary"}, ""),
        ({"site": "lanhe"}, "123"),
        ({"site": "else"}, ""),
    ],
)
def test_filters_narrow_the_answer(corpus: sa.Engine, only: dict[str, object], pages: str) -> None:
    assert "".join(found(corpus, "年", **only)) == pages


def test_a_hit_shows_the_match_in_brackets(corpus: sa.Engine) -> None:
    with corpus.connect() as connection:
        (hit,) = search(connection, "公开 www")

    assert (hit.title, hit.agency, hit.report_year) == ("新市区2008年报告", "新市区人民政府", 2008)
    assert hit.snippet == "依申请[公开]２０件；本县。信息[公开]网站[WWW].a.cn"


def test_a_snippet_of_a_long_text_is_short_and_says_that_it_is_cut(engine: sa.Engine, writer: Writer, run: int) -> None:
    writer.write_page(run, capture(), page(report(body_text="前" * 500 + "\n目标\n" + "后" * 500)), None)

    with engine.connect() as connection:
        (hit,) = search(connection, "目标")
    assert hit.snippet.startswith("…前")
    assert " [目标] " in hit.snippet
    assert hit.snippet.endswith("后…")
    assert len(hit.snippet) < 120


def test_a_match_in_the_title_alone_is_shown_there(corpus: sa.Engine) -> None:
    with corpus.connect() as connection:
        hits: list[Hit] = search(connection, "松岭区人民")

    assert [hit.snippet for hit in hits] == ["松岭区2018年报告 [松岭区人民]政府 区块链存证试点，主动公开信息12018条。"]


def test_the_caller_brings_the_words_into_the_form_of_the_texts(corpus: sa.Engine) -> None:
    with corpus.connect() as connection:
        assert search(connection, "區塊鏈") == []
        hits = search(connection, "區塊鏈", normalise=lambda words: words.translate(str.maketrans("區塊鏈", "区块链")))

    assert [hit.report_year for hit in hits] == [2018]


def test_only_current_versions_are_found(engine: sa.Engine, writer: Writer, run: int) -> None:
    writer.write_page(run, capture(), page(report(body_text="旧的文字")), None)
    fill_index(engine)
    writer.write_page(run, capture(), page(report(body_text="新的文字")), None)

    for _ in range(2):
        assert found(engine, "旧的") == []
        assert found(engine, "新的") != []
        fill_index(engine)
    assert rows(engine, "SELECT count(*) FROM search_documents") == [(1,)]


def test_a_text_corrected_by_hand_is_found_at_once(corpus: sa.Engine) -> None:
    with transaction(corpus) as connection:
        connection.exec_driver_sql("UPDATE reports SET body_text = '更正后的全文' WHERE report_year = 2018")

    assert "".join(found(corpus, "更正")) == "1"
    assert found(corpus, "区块链") == []
    fill_index(corpus)
    assert "".join(found(corpus, "更正")) == "1"
    assert found(corpus, "区块链") == []


def test_the_end_of_a_run_fills_the_index(engine: sa.Engine, writer: Writer, run: int) -> None:
    writer.write_page(run, capture(), page(report(), report(2)), None)
    writer.end_run(run, "finished", {})

    assert rows(engine, "SELECT count(*) FROM search_documents") == [(2,)]
    assert fill_index(engine) == 0


def test_searching_writes_nothing(corpus: sa.Engine) -> None:
    before = rows(corpus, "SELECT count(*) FROM search_documents"), rows(corpus, "PRAGMA data_version")
    assert found(corpus, "公开")

    assert (rows(corpus, "SELECT count(*) FROM search_documents"), rows(corpus, "PRAGMA data_version")) == before


def test_a_fold_keeps_places() -> None:
    text = "ＡＢc２０％　Ｚ（中）~"

    assert fold(text) == "abc20% z(中)~"
    assert len(fold(text)) == len(text)


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("县。信息公开", "县 ø 信息 息公 公开"),
        ("第1页", "第1 1页"),
        ("2018 A", "20 01 18 ø a"),
        ("ＧＤＰ", "gd dp"),
        ("，。", ""),
        ("", ""),
    ],
)
def test_a_text_is_indexed_by_pairs_that_do_not_cross_a_gap(text: str, pairs: str) -> None:
    assert bigrams(text) == pairs


def test_sqlite_takes_every_indexed_character_for_a_letter(engine: sa.Engine) -> None:
    indexed = [*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000), *map(ord, "0123456789abcdefghijklmnopqrstuvwxyz")]
    with engine.begin() as connection:
        connection.exec_driver_sql(
            "CREATE VIRTUAL TABLE temp.probe USING fts5(t, tokenize='unicode61 remove_diacritics 0')"
        )
        connection.exec_driver_sql("INSERT INTO probe VALUES (?)", (" ".join(map(chr, indexed)),))
        connection.exec_driver_sql("CREATE VIRTUAL TABLE temp.terms USING fts5vocab(temp, probe, row)")
        terms = {row[0] for row in connection.exec_driver_sql("SELECT term FROM terms")}

    assert [hex(code) for code in indexed if chr(code) not in terms] == []


@pytest.mark.parametrize("seed", range(3))
def test_after_any_inserts_updates_and_deletes_the_index_agrees_with_like(tmp_path: Path, seed: int) -> None:
    engine = open_engine(str(tmp_path / "gipr.db"), create=True)
    writer = Writer(engine)
    run = writer.begin_run("ingest", "0.1.0")
    for _ in range(6):
        writer.write_page(run, capture(url=f"http://a.example/{_}"), page(report(body_text="空")), None)
    dice = random.Random(seed)
    with transaction(engine) as connection:
        connection.exec_driver_sql("CREATE TABLE plain(id INTEGER PRIMARY KEY, body TEXT)")
        for step in range(300):
            number = dice.randint(1, 6)
            text = "".join(dice.choices("县息告。公a1", k=dice.randint(0, 12)))
            values = (number, bigrams(text))
            match dice.randrange(5):
                case 0 | 1:
                    connection.exec_driver_sql(
                        "INSERT INTO search_documents(report_id, bigrams) VALUES (?, ?) "
                        "ON CONFLICT(report_id) DO UPDATE SET bigrams = excluded.bigrams",
                        values,
                    )
                case 2:
                    connection.exec_driver_sql("INSERT OR REPLACE INTO search_documents VALUES (?, ?)", values)
                case 3:
                    connection.exec_driver_sql(
                        "UPDATE search_documents SET bigrams = ? WHERE report_id = ?", values[::-1]
                    )
                    if not connection.exec_driver_sql("SELECT 1 FROM plain WHERE id = ?", (number,)).scalar():
                        continue
                case 4:
                    connection.exec_driver_sql("DELETE FROM search_documents WHERE report_id = ?", (number,))
                    connection.exec_driver_sql("DELETE FROM plain WHERE id = ?", (number,))
                    continue
            connection.exec_driver_sql("INSERT OR REPLACE INTO plain VALUES (?, ?)", (number, text))
            word = "".join(dice.choices("县息告公a1", k=dice.randint(2, 4)))
            matched = connection.exec_driver_sql(
                "SELECT rowid FROM search_index WHERE search_index MATCH ? ORDER BY rowid", (f'"{bigrams(word)}"',)
            ).fetchall()
            like = connection.exec_driver_sql(
                "SELECT id FROM plain WHERE body LIKE ? ORDER BY id", (f"%{word}%",)
            ).fetchall()
            assert list(matched) == list(like), f"step {step}: {word}"
            if step % 50 == 0:
                connection.exec_driver_sql("INSERT INTO search_index(search_index, rank) VALUES('integrity-check', 1)")
    engine.dispose()
