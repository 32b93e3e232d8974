"""Runs migrations on the connection that `certserver.storage.migrating.migrate` hands over, or, for developers at the
alembic command, on the database of alembic.ini."""

from alembic import context
from sqlalchemy import Connection, create_engine

from certserver.storage.schema import metadata


def run(connection: Connection) -> None:
    """Runs the migrations that are asked for."""
    # SQLite changes a table by copying it; the batch mode does that, and other databases are not hindered by it.
    context.configure(connection=connection, target_metadata=metadata, render_as_batch=True, compare_type=True)
    with context.begin_transaction():
        context.run_migrations()


handed_over = context.config.attributes.get("connection")
if handed_over is not None:
    run(handed_over)
else:
    with create_engine(context.config.get_main_option("sqlalchemy.url") or "", hide_parameters=True).begin() as opened:
        run(opened)
