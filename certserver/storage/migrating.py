"""The way from any earlier schema to the one of this build. Apart from the tables, since only two commands want it."""

from pathlib import Path

from alembic import command
from alembic.config import Config

from certserver.storage.engine import Database

_HERE = Path(__file__).parent


def migrate(database: Database) -> None:
    """Brings the database to the schema of this build; an empty one is set up."""
    with database.writing() as connection:
        config = alembic_config()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def alembic_config() -> Config:
    """Where the migrations are."""
    config = Config(_HERE / "alembic.ini")
    config.set_main_option("script_location", str(_HERE / "migrations"))
    return config
