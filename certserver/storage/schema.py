"""All tables in one metadata, and whether a database has them as this build wants. A server serves nothing on another
schema than its own (I8)."""

from sqlalchemy import inspect, text

from certserver.errors import ConfigurationError
from certserver.storage import (
    admission,
    applications,
    bundles,
    debts,
    deliveries,
    enrolments,
    identity,
    issued,
    keys,
    koseki,
    lookups,
    office,
    recalls,
    registers,
    reports,
    settings,
    staff,
    taxes,
    visits,
)
from certserver.storage.engine import Database
from certserver.storage.metadata import metadata

TABLES = (
    admission,
    applications,
    bundles,
    debts,
    deliveries,
    enrolments,
    identity,
    issued,
    keys,
    koseki,
    lookups,
    office,
    recalls,
    registers,
    reports,
    settings,
    staff,
    taxes,
    visits,
)
"""The modules whose tables make up `metadata`."""

SCHEMA = "0034_cashless_debts"
"""The newest of the migrations."""

__all__ = ["SCHEMA", "TABLES", "check_schema", "metadata"]

_VERSION = "alembic_version"


def check_schema(database: Database) -> None:
    """Raises `ConfigurationError` unless the database has exactly the schema of this build."""
    with database.reading() as connection:
        found = None
        if inspect(connection).has_table(_VERSION):
            found = connection.scalar(text(f"SELECT version_num FROM {_VERSION}"))  # noqa: S608 - a name of our own
    if found != SCHEMA:
        raise ConfigurationError(
            f"the database has schema {found or 'none'}, this build wants {SCHEMA}: "
            "run `koufu-server migrate` with the newer of the two builds while the server is stopped"
        )
