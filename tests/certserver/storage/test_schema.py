"""The migrations make exactly the tables that the code knows, and a server takes no other schema."""

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_mock_engine, text

from certserver.errors import ConfigurationError
from certserver.storage.engine import Database
from certserver.storage.migrating import alembic_config, migrate
from certserver.storage.schema import SCHEMA, check_schema, metadata
from tests.support.databases import new_database


@pytest.fixture
def database(either_database: None, tmp_path: Path) -> Database:
    return new_database(tmp_path, "schema")


def test_migrations_and_metadata_agree(database: Database) -> None:
    migrate(database)
    with database.reading() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_the_schema_that_a_server_wants_is_that_of_the_newest_migration() -> None:
    assert ScriptDirectory.from_config(alembic_config()).get_heads() == [SCHEMA]


def test_migrating_twice_changes_nothing(database: Database) -> None:
    migrate(database)
    migrate(database)
    check_schema(database)


def test_i8_a_database_of_another_schema_is_not_served(database: Database) -> None:
    with pytest.raises(ConfigurationError, match="koufu-server migrate"):
        check_schema(database)
    migrate(database)
    with database.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(ConfigurationError, match="9999"):
        check_schema(database)


def test_every_table_is_led_by_the_municipality() -> None:
    for table in metadata.sorted_tables:
        assert next(iter(table.primary_key.columns)).name == "municipality", table.name


def test_the_tables_can_be_made_in_postgresql() -> None:
    made: list[str] = []
    engine = create_mock_engine("postgresql+psycopg://", lambda statement, *_: made.append(str(statement)))
    metadata.create_all(engine, checkfirst=False)
    assert len([statement for statement in made if "CREATE TABLE" in statement]) == len(metadata.sorted_tables)
