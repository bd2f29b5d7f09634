"""Run by Alembic: migrates the connection that `pipelines.store.migrations.upgrade` hands over."""

from alembic import context

from pipelines.store import views
from pipelines.store.schema import metadata

connection = context.config.attributes["connection"]
# SQLite's DDL is transactional once the driver's own transactions are off, as `pipelines.store.engine` does.
context.configure(connection=connection, target_metadata=metadata, transactional_ddl=True)
with context.begin_transaction():
    views.drop_all(connection)
    context.run_migrations()
    views.create_all(connection)
