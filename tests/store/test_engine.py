from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest
import sqlalchemy as sa

from pipelines.store import migrations
from pipelines.store.engine import StoreError, connect, open_engine, transaction, upgrade_database

from .builders import rows


def test_creating_makes_the_folder_and_a_database_of_the_newest_schema(tmp_path: Path) -> None:
    engine = open_engine(str(tmp_path / "new" / "deep" / "gipr.db"), create=True)

    assert migrations.current_revision(engine) == migrations.head_revision()
    assert rows(engine, "SELECT count(*) FROM reports") == [(0,)]


def test_a_url_opens_the_same_database_as_its_path(tmp_path: Path) -> None:
    path = tmp_path / "gipr.db"
    open_engine(f"sqlite:///{path}", create=True).dispose()

    assert rows(open_engine(str(path), create=False), "SELECT count(*) FROM pages") == [(0,)]


@pytest.mark.parametrize("name", ["a b.db", "100%.db", "what?.db", "no#1.db", "政府.db"])
def test_any_file_name_opens_again(tmp_path: Path, name: str) -> None:
    open_engine(str(tmp_path / name), create=True).dispose()

    assert rows(open_engine(str(tmp_path / name), create=False), "SELECT count(*) FROM pages") == [(0,)]
    assert {path.name for path in tmp_path.iterdir()} >= {name}


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 1),
        ("foreign_keys", 1),
        ("busy_timeout", 5000),
        ("recursive_triggers", 1),
    ],
)
def test_every_connection_has_the_pragmas(tmp_path: Path, pragma: str, value: object) -> None:
    path = str(tmp_path / "gipr.db")
    created = open_engine(path, create=True)

    assert rows(created, f"PRAGMA {pragma}") == rows(open_engine(path, create=False), f"PRAGMA {pragma}") == [(value,)]


def test_opening_for_reading_creates_nothing(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"no database at .*none\.db; make one with"):
        open_engine(str(tmp_path / "folder" / "none.db"), create=False)

    assert list(tmp_path.iterdir()) == []


def test_a_folder_is_no_database(tmp_path: Path) -> None:
    for create in (True, False):
        with pytest.raises(StoreError, match="is a folder"):
            open_engine(str(tmp_path), create=create)


def test_a_file_of_another_kind_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_text("2023年度报告", encoding="utf-8")

    for create in (True, False):
        with pytest.raises(StoreError, match="not a SQLite database"):
            open_engine(str(path), create=create)
    assert path.read_text(encoding="utf-8") == "2023年度报告"


def test_another_programs_sqlite_database_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE songs(id)")

    for create in (True, False):
        with pytest.raises(StoreError, match="of something else"):
            open_engine(str(path), create=create)
    assert sqlite3.connect(path).execute("SELECT name FROM sqlite_master").fetchall() == [("songs",)]


def test_an_empty_file_is_filled_for_writing_and_refused_for_reading(tmp_path: Path) -> None:
    path = tmp_path / "gipr.db"
    path.touch()

    with pytest.raises(StoreError, match="is empty"):
        open_engine(str(path), create=False)
    assert rows(open_engine(str(path), create=True), "SELECT count(*) FROM pages") == [(0,)]


def test_a_damaged_database_is_refused_in_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "gipr.db"
    path.write_bytes(b"SQLite format 3\x00" + b"\xff" * 4096)

    for create in (True, False):
        with pytest.raises(StoreError, match=r"gipr\.db: .*; \w+") as refused:
            open_engine(str(path), create=create)
        assert "\n" not in str(refused.value)


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(StoreError, match="cannot make the folder"):
        open_engine(str(tmp_path / "file" / "gipr.db"), create=True)


def test_where_nothing_may_be_written_a_corpus_is_read_and_left_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = str(tmp_path / "gipr.db")
    open_engine(path, create=True).dispose()
    monkeypatch.setattr("os.access", lambda _path, mode: mode != os.W_OK)  # permissions do not bind root

    engine = open_engine(path, create=False)
    assert rows(engine, "SELECT count(*) FROM reports") == [(0,)]
    with pytest.raises(StoreError, match="readonly database; check that you may write"), transaction(engine) as writing:
        writing.exec_driver_sql("DELETE FROM reports")
    with pytest.raises(StoreError, match=r"cannot write to .*gipr\.db: no permission"):
        open_engine(path, create=True)
    assert [entry.name for entry in tmp_path.iterdir()] == ["gipr.db"]


@pytest.mark.parametrize("url", ["nosuch://host/db", "postgresql+nodriver://u:secret@host/db", "://", "sqlite://"])
def test_a_url_that_cannot_be_used_is_one_sentence_without_the_password(url: str) -> None:
    with pytest.raises(StoreError) as refused:
        open_engine(url, create=False)

    assert "secret" not in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_database_of_a_newer_version_is_refused_even_by_the_upgrade(tmp_path: Path) -> None:
    path = str(tmp_path / "new.db")
    engine = open_engine(path, create=True)
    with transaction(engine) as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = 'from_the_future'")

    with pytest.raises(StoreError, match="newer version"):
        open_engine(path, create=True)
    with pytest.raises(StoreError, match="newer version"):
        upgrade_database(path)


def test_an_upgrade_tells_what_it_did_and_keeps_out_of_what_is_no_corpus(tmp_path: Path) -> None:
    path, other = str(tmp_path / "gipr.db"), tmp_path / "other.db"
    open_engine(path, create=True).dispose()
    with sqlite3.connect(other) as songs:
        songs.execute("CREATE TABLE songs(id)")

    assert upgrade_database(path) == (migrations.head_revision(), migrations.head_revision())
    with pytest.raises(StoreError, match="is no corpus"):
        upgrade_database(str(other))
    with pytest.raises(StoreError, match="no database at"):
        upgrade_database(str(tmp_path / "none.db"))
    assert sqlite3.connect(other).execute("SELECT name FROM sqlite_master").fetchall() == [("songs",)]


def test_an_older_schema_names_the_command_that_upgrades_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = str(tmp_path / "old.db")
    migrations.upgrade(connect(path, create=True), "0001")
    monkeypatch.setattr(migrations, "head_revision", lambda: "9999")

    with pytest.raises(
        StoreError, match=r"older version \(schema 0001, now 9999\); run `gipr db upgrade --db .*old\.db`"
    ):
        open_engine(path, create=True)


def test_a_locked_database_is_a_store_error_and_the_transaction_is_undone(tmp_path: Path) -> None:
    path = str(tmp_path / "gipr.db")
    engine = open_engine(path, create=True)
    sa.event.listen(engine, "connect", lambda raw, _: raw.execute("PRAGMA busy_timeout = 0"))
    engine.dispose()
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    with pytest.raises(StoreError, match=r"locked; another process is writing"), transaction(engine):
        pass
    other.execute("ROLLBACK")
    with transaction(engine) as connection:
        connection.exec_driver_sql("INSERT INTO sites(name, enabled) VALUES ('a', 1)")
    assert rows(engine, "SELECT name FROM sites") == [("a",)]
