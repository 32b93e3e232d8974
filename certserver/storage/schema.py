"""All tables in one metadata, and the way from any earlier schema to the one of this build. A server serves nothing on
another schema than its own (I8)."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from certserver.errors import ConfigurationError
from certserver.storage import admission, identity, issued, registers, settings, visits
from certserver.storage.engine import Database
from certserver.storage.metadata import metadata

TABLES = (admission, identity, issued, registers, settings, visits)
"""The modules whose tables make up `metadata`."""

__all__ = ["TABLES", "check_schema", "metadata", "migrate"]

_HERE = Path(__file__).parent


def migrate(database: Database) -> None:
    """Brings the database to the schema of this build; an empty one is set up."""
    with database.writing() as connection:
        config = alembic_config()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def check_schema(database: Database) -> None:
    """Raises `ConfigurationError` unless the database has exactly the schema of this build."""
    wanted = ScriptDirectory.from_config(alembic_config()).get_current_head()
    with database.reading() as connection:
        found = MigrationContext.configure(connection).get_current_revision()
    if found != wanted:
        raise ConfigurationError(
            f"the database has schema {found or 'none'}, this build wants {wanted}: "
            "run `koufu-server migrate` with the newer of the two builds while the server is stopped"
        )


def alembic_config() -> Config:
    """Where the migrations are."""
    config = Config(_HERE / "alembic.ini")
    config.set_main_option("script_location", str(_HERE / "migrations"))
    return config
