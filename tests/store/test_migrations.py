from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from pipelines.store import migrations
from pipelines.store.engine import connect
from pipelines.store.schema import metadata
from pipelines.store.views import VIEWS

from .builders import rows


def test_the_migrated_schema_is_the_declared_one(engine: sa.Engine) -> None:
    def ours(_object: object, name: str | None, kind: str, _reflected: bool, _other: object) -> bool:
        return not (kind == "table" and str(name).startswith("search_index"))

    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"include_object": ours, "compare_type": True, "compare_server_default": True}
        )
        assert compare_metadata(context, metadata) == []


def test_columns_stand_in_the_declared_order(engine: sa.Engine) -> None:
    inspector = sa.inspect(engine)

    for table in metadata.sorted_tables:
        assert [column["name"] for column in inspector.get_columns(table.name)] == list(table.c.keys())


def test_a_new_database_goes_from_nothing_to_the_head_and_a_second_upgrade_does_nothing(tmp_path: Path) -> None:
    engine = connect(str(tmp_path / "gipr.db"), create=True)

    assert migrations.current_revision(engine) is None
    assert migrations.upgrade(engine) == (None, migrations.head_revision())
    assert migrations.upgrade(engine) == (migrations.head_revision(), migrations.head_revision())


def test_views_are_made_anew_by_every_upgrade(engine: sa.Engine) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP VIEW indicator_values")
        connection.exec_driver_sql("CREATE VIEW indicator_values AS SELECT 1")

    migrations.upgrade(engine)

    assert set(sa.inspect(engine).get_view_names()) == set(VIEWS)
    assert rows(engine, "SELECT report_id FROM indicator_values") == []


def test_a_migration_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    engine = connect(str(tmp_path / "gipr.db"), create=True)
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE sections(id)")

    try:
        migrations.upgrade(engine)
    except sa.exc.OperationalError:
        failed = True

    assert failed
    assert sa.inspect(engine).get_table_names() == ["sections"]


def test_migrations_run_from_the_package_wherever_the_program_is_started(tmp_path: Path) -> None:
    root = Path(migrations.__file__).parents[3]
    program = "from pipelines.store.engine import open_engine; open_engine('gipr.db', create=True)"
    subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(root)}, check=True
    )

    assert (tmp_path / "gipr.db").is_file()
