"""facts → rows: schema, writer, migrations, archive, search, export."""
