"""The history of the schema, applied by Alembic from inside the package: no configuration file is needed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError


def upgrade(engine: sa.Engine, revision: str = "head") -> tuple[str | None, str]:
    """Brings the schema to `revision`, in one transaction; gives the revisions before and after."""
    before = current_revision(engine)
    config = _config()
    with engine.execution_options(sqlite_begin="IMMEDIATE").begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
    return before, head_revision() if revision == "head" else revision


def current_revision(engine: sa.Engine) -> str | None:
    """The revision of the database; None when no migration ever ran on it."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def head_revision() -> str:
    """The newest revision this program knows."""
    head = ScriptDirectory.from_config(_config()).get_current_head()
    assert head is not None, "the package carries its migrations"
    return head


def is_known(revision: str) -> bool:
    """Whether this program has `revision` in its history."""
    try:
        return ScriptDirectory.from_config(_config()).get_revision(revision) is not None
    except CommandError:
        return False


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", "pipelines.store:migrations")
    return config
