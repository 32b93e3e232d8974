"""The statements of every visit: on both databases they give and keep what SQLAlchemy's own way would."""

import traceback
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    bindparam,
    delete,
    event,
    insert,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError

from certserver.errors import StorageError
from certserver.storage.engine import Database, open_database
from certserver.storage.statements import Change, Query, driver_of
from tests.support.databases import Kind, kind, new_url

pytestmark = pytest.mark.usefixtures("either_database")

things = Table(
    "things",
    MetaData(),
    Column("key", Integer, primary_key=True, autoincrement=False),
    Column("name", String(64), nullable=False),
    Column("flag", Boolean(create_constraint=False)),
    Column("day", Date),
    Column("raw", LargeBinary),
    Column("long", BigInteger),
)
_SELECT = select(things).where(things.c.key >= bindparam("least")).order_by(things.c.key)
FROM = Query(_SELECT)
INSERT = Change(insert(things))
RENAME = Change(update(things).where(things.c.key == bindparam("which")).values(name=bindparam("called"), flag=True))
DELETE = Change(delete(things).where(things.c.key == bindparam("which")))
FULL = {"key": 1, "name": "辻󠄂", "flag": False, "day": date(2026, 4, 1), "raw": b"\x00\xff", "long": 1 << 40}
EMPTY = {"key": 2, "name": "", "flag": None, "day": None, "raw": None, "long": None}


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = open_database(new_url(tmp_path, "statements"))
    things.metadata.create_all(opened.engine)
    with opened.writing() as connection:
        INSERT.run_all(connection, [FULL, EMPTY])
    yield opened
    opened.close()


def test_what_comes_back_is_what_sqlalchemy_gives(database: Database) -> None:
    with database.reading() as connection:
        found = FROM.all(connection, {"least": 0})
        assert [tuple(row) for row in found] == [tuple(FULL.values()), tuple(EMPTY.values())]
        assert [tuple(row) for row in found] == [tuple(row) for row in connection.execute(_SELECT, {"least": 0})]
        types = [type(value) for value in found[0]]
        assert types == [int, str, bool, date, bytes, int]
        assert (found[0].name, found[0].day, found[0][1:3]) == ("辻󠄂", date(2026, 4, 1), ("辻󠄂", False))


def test_the_first_row_or_none(database: Database) -> None:
    with database.reading() as connection:
        first = FROM.first(connection, {"least": 2})
        assert first is not None
        assert first.key == 2
        assert FROM.scalar(connection, {"least": 1}) == 1
        assert FROM.first(connection, {"least": 3}) is None
        assert FROM.scalar(connection, {"least": 3}) is None


def test_a_change_has_its_own_values_and_those_it_is_given(database: Database) -> None:
    with database.writing() as connection:
        RENAME.run(connection, {"which": 2, "called": "二"})
        DELETE.run(connection, {"which": 1})
    with database.reading() as connection:
        assert [(row.key, row.name, row.flag) for row in FROM.all(connection, {"least": 0})] == [(2, "二", True)]


def test_columns_that_are_not_named_stay_empty(database: Database) -> None:
    with database.writing() as connection:
        INSERT.run(connection, {"key": 3, "name": "三"})
        INSERT.run(connection, FULL | {"key": 4})
    with database.reading() as connection:
        rows = [tuple(row)[1:] for row in FROM.all(connection, {"least": 3})]
    assert rows == [("三", None, None, None, None), tuple(FULL.values())[1:]]


def test_a_transaction_is_whole_whichever_way_its_statements_went(database: Database) -> None:
    def fail() -> None:
        with database.writing() as connection:
            DELETE.run(connection, {"which": 1})
            connection.execute(delete(things))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    with database.writing() as connection:
        connection.execute(delete(things).where(things.c.key == 2))
        RENAME.run(connection, {"which": 1, "called": "一"})
    with database.reading() as connection:
        assert [row.name for row in FROM.all(connection, {"least": 0})] == ["一"]


def test_i11_a_fault_is_sqlalchemys_and_tells_no_value(database: Database) -> None:
    for broken in (FULL, FULL | {"key": 5, "name": None, "raw": b"the-key"}):
        with pytest.raises(IntegrityError) as fault, database.writing() as connection:
            INSERT.run(connection, broken)
        whole = "".join(traceback.format_exception(fault.value))
        assert "辻" not in whole
        assert "the-key" not in whole
    with database.reading() as connection:
        assert len(FROM.all(connection, {"least": 0})) == 2


def test_i11_a_row_tells_nothing_of_itself(database: Database) -> None:
    if kind() is not Kind.SQLITE:
        pytest.skip("SQLAlchemy's own row")
    with database.reading() as connection:
        assert "辻" not in repr(FROM.first(connection, {"least": 1}))


def test_what_the_database_can_not_do_is_told(database: Database) -> None:
    with database.writing() as connection:
        things.drop(connection)
    if kind() is Kind.SQLITE:
        with pytest.raises(StorageError, match="no such table"), database.reading() as connection:
            FROM.all(connection, {"least": 0})


def test_whoever_listens_hears_every_statement(database: Database) -> None:
    heard: list[str] = []

    def hear(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        heard.append(statement.split()[0])

    event.listen(database.engine, "before_cursor_execute", hear)
    with database.writing() as connection:
        assert driver_of(connection) is None
        FROM.all(connection, {"least": 0})
        DELETE.run(connection, {"which": 1})
        event.remove(database.engine, "before_cursor_execute", hear)
        DELETE.run(connection, {"which": 2})
    assert heard[-2:] == ["SELECT", "DELETE"]
    with database.reading() as connection:
        assert FROM.all(connection, {"least": 0}) == []


def test_a_transaction_is_kept_though_somebody_began_to_listen_in_it(database: Database) -> None:
    with database.writing() as connection:
        DELETE.run(connection, {"which": 1})
        event.listen(database.engine, "before_cursor_execute", print)
    event.remove(database.engine, "before_cursor_execute", print)
    with database.reading() as connection:
        assert [row.key for row in FROM.all(connection, {"least": 0})] == [2]


def test_a_statement_that_makes_values_itself_is_none_of_these(tmp_path: Path) -> None:
    counted = Table("counted", MetaData(), Column("key", Integer, primary_key=True), Column("n", Integer, default=7))
    database = open_database(f"sqlite:///{tmp_path / 'counted.sqlite3'}")
    counted.create(database.engine)
    with pytest.raises(ValueError, match="names all its values"), database.writing() as connection:
        Change(insert(counted)).run(connection, {"key": 1})
    with pytest.raises(ValueError, match="lacks its value"), database.reading() as connection:
        Query(select(counted).where(counted.c.key == bindparam("which"))).first(connection, {})
    database.close()
