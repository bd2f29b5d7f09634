"""Opening the corpus: which database, made or refused, and what SQLite is told on every connection."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import URL, make_url

from pipelines.store import duplicates, migrations

BUSY_TIMEOUT_MS = 5000
_SQLITE_MAGIC = b"SQLite format 3\x00"


class StoreError(Exception):
    """The corpus cannot be used as asked; the text says what is wrong, where, and what to do, in one sentence."""


def open_engine(db: str, *, create: bool) -> sa.Engine:
    """The corpus at `db`, a path (SQLite) or any SQLAlchemy URL, ready for use.

    With `create` a missing or empty database is made, with its folder; without it nothing is ever created, and a
    SQLite file that may not be written is opened for reading only. Raises StoreError when there is no usable corpus
    at `db`, or when its schema is older or newer than this program's.
    """
    engine = connect(db, create=create)
    try:
        with speaking_plainly(db_name(engine)):
            _require_head_revision(engine, create=create)
    except BaseException:
        engine.dispose()
        raise
    return engine


def upgrade_database(db: str) -> tuple[str | None, str]:
    """Brings an existing corpus to this program's schema; gives the revisions before and after. Raises StoreError.

    Reports that were stored before duplicates were looked for over pages are then compared with all others.
    """
    engine = connect(db, create=False)
    try:
        with speaking_plainly(db_name(engine)):
            revision = migrations.current_revision(engine)
            if revision is None:
                raise StoreError(f"{db_name(engine)} is no corpus; give the path of one with --db")
            if not migrations.is_known(revision):
                raise _made_by_newer_version(db_name(engine), revision)
            revisions = migrations.upgrade(engine)
        with transaction(engine) as connection:
            duplicates.catch_up(connection)
        return revisions
    finally:
        engine.dispose()


def connect(db: str, *, create: bool) -> sa.Engine:
    """As `open_engine`, whatever the revision of the schema: for `gipr doctor`."""
    url = _url_of(db)
    if url.get_backend_name() == "sqlite":
        return _sqlite_engine(url, create=create)
    try:
        return sa.create_engine(url, json_serializer=_json)
    except (sa.exc.ArgumentError, ModuleNotFoundError) as error:
        raise StoreError(f"cannot use database {_shown(url)}: {error}; install its driver or check the URL") from error


def db_name(engine: sa.Engine) -> str:
    """How to name the database to a person: the path of a SQLite file, else the URL without its password."""
    return _shown(engine.url)


@contextmanager
def speaking_plainly(where: str) -> Iterator[None]:
    """Turns a database's refusals (locked, full, read-only, malformed, unreachable) into a StoreError about `where`."""
    try:
        yield
    except (sa.exc.OperationalError, sa.exc.DatabaseError) as error:
        if isinstance(error, sa.exc.IntegrityError | sa.exc.ProgrammingError):
            raise
        reason = str(error.orig).strip().partition("\n")[0]
        raise StoreError(f"database {where}: {reason}; {_way_out(reason)}") from error


@contextmanager
def transaction(engine: sa.Engine) -> Iterator[sa.Connection]:
    """A transaction for writing.

    On SQLite it takes the write lock at its start: a transaction that reads first and writes later fails at once,
    whatever the busy timeout, when another writer came between. Raises StoreError as `speaking_plainly` says.
    """
    with speaking_plainly(db_name(engine)), engine.execution_options(sqlite_begin="IMMEDIATE").begin() as connection:
        yield connection


def _url_of(db: str) -> URL:
    if "://" not in db:
        return URL.create("sqlite", database=str(Path(db).expanduser()) if db != ":memory:" else db)
    try:
        return make_url(db)
    except sa.exc.ArgumentError as error:
        raise StoreError(f"{db!r} is no database URL; give a path or a URL like sqlite:///data/gipr.db") from error


def _shown(url: URL) -> str:
    if url.get_backend_name() == "sqlite" and url.database:
        return url.database.removeprefix("file:").partition("?")[0]
    return url.render_as_string(hide_password=True)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _way_out(reason: str) -> str:
    if "locked" in reason or "busy" in reason:
        return "another process is writing to it; wait until it has finished and try again"
    if "readonly" in reason or "unable to open" in reason:
        return "check that you may write to the file and its folder, or give another place with --db"
    if "full" in reason:
        return "free some space and try again"
    if "malformed" in reason or "not a database" in reason:
        return "restore it from a copy, or rebuild it from the archive into a new file"
    return "check --db and that the database can be reached"


def _sqlite_engine(url: URL, *, create: bool) -> sa.Engine:
    if url.database in (None, "", ":memory:"):
        if not create:
            raise StoreError("a database in memory is always empty; give the path of a corpus with --db")
        writable, target = True, url
    else:
        path = Path(str(url.database))
        _refuse_unusable_file(path, create=create)
        if create:
            _make_folder(path.parent)
        writable = os.access(path if path.exists() else path.parent, os.W_OK) and os.access(path.parent, os.W_OK)
        if create and not writable:
            raise StoreError(f"cannot write to {path}: no permission; check its folder or give another place with --db")
        target = url if create else _existing_file(path, writable=writable)
    engine = sa.create_engine(target, json_serializer=_json)
    _prepare_connections(engine, make_wal=create)
    return engine


def _existing_file(path: Path, *, writable: bool) -> URL:
    """A URL that never creates the file. Where the folder is read-only SQLite cannot make the -shm file that a WAL
    database needs even for reading; `immutable` does without, and is right as long as nobody else writes."""
    mode = "mode=rw" if writable else "mode=ro&immutable=1"
    write_ahead = Path(f"{path}-wal")
    if not writable and write_ahead.exists() and write_ahead.stat().st_size:
        mode = "mode=ro"
    escaped = str(path.absolute()).replace("%", "%25").replace("?", "%3f").replace("#", "%23")
    return URL.create("sqlite", database=f"file:{escaped}?{mode}", query={"uri": "true"})


def _refuse_unusable_file(path: Path, *, create: bool) -> None:
    try:
        if path.is_dir():
            raise StoreError(f"{path} is a folder, not a database; give a file in it, such as {path / 'gipr.db'}")
        if not path.exists():
            if create:
                return
            raise StoreError(f"there is no database at {path}; make one with `gipr crawl` or `gipr ingest`")
        with path.open("rb") as file:
            start = file.read(len(_SQLITE_MAGIC))
    except OSError as error:
        raise StoreError(f"cannot read {path}: {error.strerror}; check its permissions or give another --db") from error
    if start and start != _SQLITE_MAGIC:
        raise StoreError(f"{path} is not a SQLite database; give another file with --db, this one is left as it is")


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(
            f"cannot make the folder {folder}: {error.strerror}; give a place you may write to with --db"
        ) from error


def _prepare_connections(engine: sa.Engine, *, make_wal: bool) -> None:
    @event.listens_for(engine, "connect")
    def on_connect(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # transactions are begun below, not by the driver's guess
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
        if make_wal:
            cursor.execute("PRAGMA journal_mode = WAL")
        cursor.execute("PRAGMA synchronous = NORMAL")
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.execute("PRAGMA recursive_triggers = ON")  # else INSERT OR REPLACE skips the delete trigger of the index
        cursor.close()

    @event.listens_for(engine, "begin")
    def on_begin(connection: sa.Connection) -> None:
        kind = connection.get_execution_options().get("sqlite_begin", "DEFERRED")
        connection.exec_driver_sql(f"BEGIN {kind}")


def _require_head_revision(engine: sa.Engine, *, create: bool) -> None:
    name = db_name(engine)
    revision, head = migrations.current_revision(engine), migrations.head_revision()
    if revision == head:
        return
    if revision is None:
        if sa.inspect(engine).get_table_names():
            raise StoreError(f"{name} is a database of something else; give the path of a corpus with --db")
        if not create:
            raise StoreError(f"the database {name} is empty; fill it with `gipr crawl` or `gipr ingest`")
        migrations.upgrade(engine)
    elif migrations.is_known(revision):
        raise StoreError(
            f"the database {name} was made by an older version (schema {revision}, now {head}); "
            f"run `gipr db upgrade --db {name}`"
        )
    else:
        raise _made_by_newer_version(name, revision)


def _made_by_newer_version(name: str, revision: str) -> StoreError:
    return StoreError(
        f"the database {name} was made by a newer version (schema {revision}, here {migrations.head_revision()}); "
        "upgrade gipr-crawl"
    )
