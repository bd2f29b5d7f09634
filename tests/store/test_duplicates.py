"""The same report on other pages: found whatever was done to the copy, and never where town, year or figure differ."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.model import Page, PageKind, Report
from pipelines.store import migrations
from pipelines.store.engine import StoreError, connect, open_engine, transaction, upgrade_database
from pipelines.store.writer import Writer

from .builders import Clock, capture, dump, page, report, rows

TEXT = """柳河镇2014年政府信息公开工作年度报告
根据《中华人民共和国政府信息公开条例》，柳河镇人民政府编制本报告。统计期限自2014年1月1日起至2014年12月31日止。
一、概述
我镇把信息公开列入年度考核，由党政办牵头，各站所确定一名联络员，逐月报送，逐季通报。
二、主动公开政府信息情况
全年主动公开政府信息317条，其中通过县政府网站公开204条，通过便民服务大厅公开113条。
三、依申请公开情况
收到申请14件，当面提出9件，书面提出5件，均在期限内答复。
四、复议和诉讼
没有因政府信息公开引起的行政复议和行政诉讼。
五、存在的问题
村级公开栏更新不够及时，涉农补贴信息不够细。今后将每月检查一次，并公布检查结果。
"""


def of_town(**fields: object) -> Report:
    given = {"report_year": 2014, "agency": "柳河镇人民政府", "region_code": "330782", "town": "柳河镇"}
    return report(**{**given, "body_text": TEXT, **fields})


def write(writer: Writer, run: int, place: int | str, *members: Report) -> tuple[int, ...]:
    """Write a page at an address of its own; gives the ids of its reports."""
    url = f"http://site{place}.example/a.html"
    body = f"{place}{[member.body_text for member in members]}".encode()
    understood = page(*members, url=url) if members else Page(url, PageKind.NEWS)
    return writer.write_page(run, capture(body, url=url, site=None), understood, None).report_ids


def originals(engine: sa.Engine) -> dict[int, int | None]:
    """Each current report and the one it refers to."""
    return dict(rows(engine, "SELECT id, duplicate_of FROM reports WHERE is_current"))


def lost(text: str, every: int) -> str:
    return "".join("□" if place % every == every - 1 else sign for place, sign in enumerate(text))


COPIES = {
    "to the letter": of_town(),
    "with other line breaks and signs": of_town(body_text=TEXT.replace("\n", " ").replace("，", ",")),
    "with a line of spam": of_town(body_text=TEXT + "澳门新葡京官方网站注册送彩金", flags=["hijacked_copy"]),
    "without its head": of_town(body_text=TEXT[TEXT.index("一、") :]),
    "without a sentence": of_town(body_text=TEXT.replace("今后将每月检查一次，并公布检查结果。", "")),
    "with characters lost": of_town(body_text=lost(TEXT, 90), flags=["characters_lost"]),
    "with a figure lost": of_town(body_text=TEXT.replace("317条", "条"), flags=["digits_lost"]),
    "whose year nobody states": of_town(report_year=None),
    "whose agency nobody states": of_town(agency=None),
    "whose agency is named in short": of_town(agency="柳河镇政府"),
    "whose place is open": of_town(region_code=None, town=None),
    "known by its city only": of_town(region_code="330700", town=None),
}


@pytest.mark.parametrize("copy", COPIES.values(), ids=COPIES.keys())
def test_a_copy_on_another_page_refers_to_the_report_stored_first(
    copy: Report, engine: sa.Engine, writer: Writer, run: int
) -> None:
    (first,) = write(writer, run, 1, of_town())
    (second,) = write(writer, run, 2, copy)

    assert originals(engine) == {first: None, second: first}


OTHERS = {
    "another town's with its sentences": of_town(
        body_text=TEXT.replace("柳河镇", "石桥镇"), agency="石桥镇人民政府", town="石桥镇"
    ),
    "another town's that only its text names": of_town(
        body_text=TEXT.replace("柳河镇", "石桥镇"), agency=None, town=None
    ),
    "a town's of the same name in another county": of_town(region_code="330783"),
    "a town's to the letter that calls itself otherwise": of_town(agency="石桥镇人民政府", town=None),
    "the same town's of another year": of_town(body_text=TEXT.replace("2014", "2015"), report_year=2015),
    "another year's with the words unchanged": of_town(report_year=2015),
    "one with another figure": of_town(body_text=TEXT.replace("317条", "371条")),
    "one with another figure whose agency and year are open": of_town(
        body_text=TEXT.replace("收到申请14件", "收到申请4件"), agency=None, report_year=None
    ),
    "a part of it": of_town(body_text=TEXT[: len(TEXT) // 3]),
    "one without a text": of_town(body_text=""),
}


@pytest.mark.parametrize("other", OTHERS.values(), ids=OTHERS.keys())
def test_a_report_that_only_resembles_another_stands_for_itself(
    other: Report, engine: sa.Engine, writer: Writer, run: int
) -> None:
    (first,) = write(writer, run, 1, of_town())
    (second,) = write(writer, run, 2, other)

    assert originals(engine) == {first: None, second: None}


def test_reports_without_a_text_are_nobody_s_duplicates(engine: sa.Engine, writer: Writer, run: int) -> None:
    write(writer, run, 1, of_town(body_text=""))
    write(writer, run, 2, of_town(body_text="。"))

    assert set(originals(engine).values()) == {None}


def test_every_copy_refers_to_the_original_and_never_to_another_copy(
    engine: sa.Engine, writer: Writer, run: int
) -> None:
    (first,) = write(writer, run, 1, of_town())
    for number in range(40):
        write(writer, run, f"copy{number}", of_town(body_text=TEXT + "转载" * (number % 7)))

    assert set(originals(engine).values()) == {None, first}


def test_a_copy_is_found_among_reports_that_share_all_sentences(engine: sa.Engine, writer: Writer, run: int) -> None:
    ids = {}
    for number in range(80):
        name = "柳石松竹梅桃杏桂"[number % 8] + "河桥林山溪田坪湾塘岭"[number // 8] + "镇"
        text = TEXT.replace("柳河镇", name).replace("317", str(300 + number)).replace("204", str(187 + number))
        (ids[number],) = write(writer, run, number, of_town(body_text=text, agency=f"{name}人民政府", town=name))
    (copy,) = write(writer, run, "copy", of_town(body_text=text[60:], agency=None, town=None))

    assert originals(engine) == {**dict.fromkeys(ids.values()), copy: ids[79]}


def test_the_pages_written_again_in_any_order_leave_everything_as_it_was(
    engine: sa.Engine, writer: Writer, run: int
) -> None:
    texts = {1: TEXT, 2: TEXT + "转载", 3: TEXT[60:], 4: TEXT.replace("317", "318")}
    for place, text in texts.items():
        write(writer, run, place, of_town(body_text=text))
    before = dump(engine)
    for place in (3, 1, 4, 2):
        write(writer, run, place, of_town(body_text=texts[place]))

    assert dump(engine) == before
    assert sorted(rows(engine, "SELECT duplicate_of FROM reports WHERE duplicate_of IS NOT NULL")) == [(1,), (1,)]


def test_the_reference_follows_the_original_to_its_new_version(engine: sa.Engine, writer: Writer, run: int) -> None:
    write(writer, run, 1, of_town())
    (copy,) = write(writer, run, 2, of_town())
    (renewed,) = write(writer, run, 1, of_town(title="改"))

    assert originals(engine) == {renewed: None, copy: renewed}


def test_when_the_original_says_something_else_its_oldest_copy_takes_its_place(
    engine: sa.Engine, writer: Writer, run: int
) -> None:
    write(writer, run, 1, of_town())
    (oldest,), (younger,) = write(writer, run, 2, of_town()), write(writer, run, 3, of_town(body_text=TEXT + "转载"))
    (corrected,) = write(writer, run, 1, of_town(body_text=TEXT.replace("317条", "371条")))

    assert originals(engine) == {corrected: None, oldest: None, younger: oldest}


def test_when_the_original_vanishes_from_its_page_its_oldest_copy_takes_its_place_and_keeps_it(
    engine: sa.Engine, writer: Writer, run: int
) -> None:
    write(writer, run, 1, of_town())
    (oldest,), (younger,) = write(writer, run, 2, of_town()), write(writer, run, 3, of_town())
    write(writer, run, 1)
    assert originals(engine) == {oldest: None, younger: oldest}

    (returned,) = write(writer, run, 1, of_town())
    assert originals(engine) == {oldest: None, younger: oldest, returned: oldest}


def test_a_page_that_is_gone_keeps_its_report_as_the_original(engine: sa.Engine, writer: Writer, run: int) -> None:
    (first,) = write(writer, run, 1, of_town())
    writer.mark_gone("http://site1.example/a.html")
    (second,) = write(writer, run, 2, of_town())

    assert originals(engine) == {first: None, second: first}


def test_a_copy_that_comes_to_say_something_else_stands_for_itself(engine: sa.Engine, writer: Writer, run: int) -> None:
    (first,) = write(writer, run, 1, of_town())
    write(writer, run, 2, of_town())
    (changed,) = write(writer, run, 2, of_town(body_text=TEXT.replace("317", "371")))

    assert originals(engine) == {first: None, changed: None}


def test_of_two_that_turn_out_to_be_one_the_older_is_the_original_though_its_version_is_newer(
    engine: sa.Engine, writer: Writer, run: int
) -> None:
    half, most = TEXT[: TEXT.index("其中通过")], TEXT[: TEXT.index("五、")]
    write(writer, run, 1, of_town(body_text=half))
    (whole,) = write(writer, run, 2, of_town())
    (copy_of_whole,) = write(writer, run, 3, of_town())
    assert originals(engine)[whole] is None

    (longer,) = write(writer, run, 1, of_town(body_text=most))

    assert originals(engine) == {longer: None, whole: longer, copy_of_whole: longer}


def test_what_its_own_page_says_of_a_report_wins(engine: sa.Engine, writer: Writer, run: int) -> None:
    (first,) = write(writer, run, 1, of_town())
    one, other = write(writer, run, 2, of_town(), of_town(ordinal=2, duplicate_of_ordinal=1))
    assert originals(engine) == {first: None, one: first, other: one}

    (renewed,) = write(writer, run, 1, of_town(title="改"))
    assert originals(engine) == {renewed: None, one: renewed, other: one}


def test_members_of_one_page_are_left_to_those_who_read_it(engine: sa.Engine, writer: Writer, run: int) -> None:
    write(writer, run, 1, of_town(), of_town(ordinal=2))

    assert set(originals(engine).values()) == {None}


def test_a_report_is_counted_once_where_years_are_held_against_each_other(
    engine: sa.Engine, writer: Writer, run: int
) -> None:
    write(writer, run, 1, of_town())
    write(writer, run, 2, of_town())

    assert rows(engine, "SELECT count(*) FROM report_list WHERE duplicate_of IS NULL") == [(1,)]


PLACES = st.integers(1, 4)
TEXTS = st.sampled_from([TEXT, TEXT + "转载", TEXT[60:], TEXT[: len(TEXT) // 2], TEXT.replace("317", "371"), ""])
MEMBERS = st.lists(
    st.builds(lambda text, year: of_town(body_text=text, report_year=year), TEXTS, st.sampled_from([2014, 2015, None])),
    max_size=2,
)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(PLACES, MEMBERS), min_size=1, max_size=8))
def test_after_any_history_a_duplicate_refers_to_a_current_report_of_another_page_that_counts(
    history: Sequence[tuple[int, list[Report]]],
) -> None:
    with TemporaryDirectory() as folder:
        engine = open_engine(str(Path(folder) / "gipr.db"), create=True)
        writer = Writer(engine, now=Clock())
        run = writer.begin_run("ingest", "0.1.0")
        for place, members in history:
            for ordinal, member in enumerate(members, 1):
                member.ordinal = ordinal
            write(writer, run, place, *members)
        before = dump(engine)
        write(writer, run, history[-1][0], *history[-1][1])

        assert dump(engine) == before
        dangling = """SELECT d.id FROM reports d JOIN reports o ON o.id = d.duplicate_of WHERE d.is_current AND
            (NOT o.is_current OR o.duplicate_of IS NOT NULL OR o.page_id = d.page_id
             OR o.report_year <> d.report_year)"""
        assert rows(engine, dangling) == []
        noted = "SELECT report_id FROM report_keys ORDER BY 1"
        assert rows(engine, noted) == rows(engine, "SELECT id FROM reports WHERE is_current ORDER BY 1")
        looked_up = "SELECT report_id FROM report_bands JOIN reports ON id = report_id WHERE duplicate_of IS NOT NULL"
        assert rows(engine, looked_up) == []
        engine.dispose()


# --- corpora of the first schema --------------------------------------------------------------------------------------


def corpus_of_the_first_schema(path: Path, texts: Sequence[str]) -> None:
    """A database as the first version left it: a report a page, then two members of one page, one the other's copy."""
    engine = connect(str(path), create=True)
    migrations.upgrade(engine, "0001")
    with transaction(engine) as connection:
        run = "INSERT INTO runs VALUES (1, 'ingest', '2026-01-01T00:00:00Z', NULL, 'finished', '0.1.0', '{}')"
        connection.exec_driver_sql(run)
        members = [(number, 1, text, None) for number, text in enumerate(texts, 1)]
        last = len(texts) + 1
        for number, ordinal, text, duplicate_of in [*members, (last, 1, "甲" * 60, None), (last, 2, "甲" * 60, last)]:
            if ordinal == 1:
                connection.exec_driver_sql(
                    "INSERT INTO pages(id, url, canonical_url, kind, kind_reason, main_reason, script, flags, "
                    "first_seen_at, last_seen_at) VALUES (?, ?, ?, 'annual_report', '', '', 'hans', '[]', '', '')",
                    (number, f"http://site{number}.example/a.html", f"http://site{number}.example/a.html"),
                )
                connection.exec_driver_sql(
                    "INSERT INTO captures(id, page_id, run_id, last_seen_at, outcome, body_sha256) "
                    "VALUES (?, ?, 1, '', 'page', '')",
                    (number, number),
                )
            connection.exec_driver_sql(
                "INSERT INTO reports(page_id, capture_id, run_id, ordinal, version, is_current, kind, report_year, "
                "script, flags, duplicate_of, first_seen_at, last_seen_at, body_sha256, content_sha256, body_text) "
                "VALUES (?, ?, 1, ?, 1, 1, 'annual_report', 2014, 'hans', '[]', ?, '', '', '', '', ?)",
                (number, number, ordinal, duplicate_of, text),
            )
    engine.dispose()


def test_the_upgrade_of_a_corpus_finds_the_copies_that_stand_in_it(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    corpus_of_the_first_schema(path, [TEXT, TEXT.replace("317", "371"), TEXT[60:]])
    with pytest.raises(StoreError, match=r"made by an older version \(schema 0001, now \d+\); run `gipr db upgrade"):
        open_engine(str(path), create=True)

    assert upgrade_database(str(path)) == ("0001", migrations.head_revision())

    engine = open_engine(str(path), create=False)
    assert originals(engine) == {1: None, 2: None, 3: 1, 4: None, 5: 4}
    before = dump(engine)
    engine.dispose()
    upgrade_database(str(path))
    engine = open_engine(str(path), create=True)
    assert dump(engine) == before
    writer = Writer(engine, now=Clock())
    (new,) = write(writer, writer.begin_run("ingest", "0.1.0"), "new", of_town())
    assert originals(engine)[new] == 1
    engine.dispose()


def test_an_upgrade_that_stopped_before_the_copies_were_found_is_finished_by_the_next(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    corpus_of_the_first_schema(path, [TEXT, TEXT])
    engine = connect(str(path), create=False)
    migrations.upgrade(engine)
    engine.dispose()

    upgrade_database(str(path))

    engine = open_engine(str(path), create=False)
    assert originals(engine)[2] == 1
    engine.dispose()
