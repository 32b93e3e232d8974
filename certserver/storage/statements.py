"""The statements of every visit: each is turned into SQL once and then handed to SQLite's driver as it is, with values
converted as its columns' types say. It keeps nothing of what was read."""

from collections import namedtuple
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NoReturn

from sqlalchemy import BindParameter, Connection, Dialect, Select, UpdateBase
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.types import TypeEngine

Asked = Mapping[str, Any]
"""Values by the names of a statement's parameters."""

_Convert = Callable[[Any], Any]


def driver_of(connection: Connection) -> Any | None:
    """SQLite's own connection under this one. None with another database, and while somebody listens to the engine's
    statements: then all go the long way, by which they are heard."""
    engine = connection.engine
    if engine.dialect.name != "sqlite" or engine.dispatch.before_cursor_execute:
        return None
    return connection.connection.dbapi_connection


def say(connection: Connection, sql: str) -> None:
    """Runs a word of SQL that has no values, such as BEGIN."""
    driver = driver_of(connection)
    if driver is None:
        connection.exec_driver_sql(sql)
        return
    try:
        driver.execute(sql)
    except connection.dialect.loaded_dbapi.Error as error:
        _raise(connection, sql, error)


def commit(connection: Connection) -> None:
    """Ends a transaction, however it was begun."""
    connection.commit()
    driver = connection.connection.dbapi_connection
    if connection.dialect.name != "sqlite" or driver is None:
        return
    # SQLAlchemy knows of a transaction only when it ran one of its statements itself. The driver does nothing when the
    # transaction is over.
    try:
        driver.commit()
    except connection.dialect.loaded_dbapi.Error as error:
        _raise(connection, "COMMIT", error)


class _Statement:
    """SQL for SQLite by the names of the values it is given. It is the same for every database of this kind, so that
    it is kept for the life of the process; threads that meet make it twice."""

    def __init__(self, clause: Select[*tuple[Any, ...]] | UpdateBase) -> None:
        self._ready: dict[tuple[str, ...], _Ready] = {}
        self._clause = clause

    def _for(self, connection: Connection, asked: Asked) -> "_Ready":
        names = tuple(asked)
        ready = self._ready.get(names)
        if ready is None:
            ready = self._ready[names] = _make_ready(self._clause, connection.dialect, names)
        return ready


class Query(_Statement):
    """A SELECT. Its rows are tuples whose fields have the names of the columns."""

    def __init__(self, clause: Select[*tuple[Any, ...]]) -> None:
        super().__init__(clause)
        self.clause = clause
        columns = [column.key or "" for column in clause.selected_columns]
        self._row = _row_of(columns)

    def all(self, connection: Connection, asked: Asked) -> Sequence[Any]:
        """Every row."""
        driver = driver_of(connection)
        if driver is None:
            return connection.execute(self.clause, asked).all()
        ready = self._for(connection, asked)
        try:
            rows = driver.execute(ready.sql, ready.values(asked)).fetchall()
        except connection.dialect.loaded_dbapi.Error as error:
            _raise(connection, ready.sql, error)
        return [self._made(ready, row) for row in rows]

    def first(self, connection: Connection, asked: Asked) -> Any | None:
        """The first row, or None."""
        driver = driver_of(connection)
        if driver is None:
            return connection.execute(self.clause, asked).first()
        ready = self._for(connection, asked)
        try:
            # The cursor goes at once, and with it what of the statement was still to come.
            row = driver.execute(ready.sql, ready.values(asked)).fetchone()
        except connection.dialect.loaded_dbapi.Error as error:
            _raise(connection, ready.sql, error)
        return None if row is None else self._made(ready, row)

    def scalar(self, connection: Connection, asked: Asked) -> Any | None:
        """The first column of the first row, or None."""
        row = self.first(connection, asked)
        return None if row is None else row[0]

    def _made(self, ready: "_Ready", row: tuple[Any, ...]) -> Any:
        if not ready.results:
            return self._row(row)
        values = list(row)
        for at, convert in ready.results:
            values[at] = convert(values[at])
        return self._row(values)


class Change(_Statement):
    """An INSERT, UPDATE or DELETE that tells nothing back."""

    def __init__(self, clause: UpdateBase) -> None:
        super().__init__(clause)
        self.clause = clause

    def run(self, connection: Connection, asked: Asked) -> None:
        """Once, with these values."""
        self.run_all(connection, (asked,))

    def run_all(self, connection: Connection, all_asked: Sequence[Asked]) -> None:
        """Once for each of these, which all name the same values."""
        driver = driver_of(connection)
        if driver is None:
            connection.execute(self.clause, list(all_asked))
            return
        ready = self._for(connection, all_asked[0])
        try:
            for asked in all_asked:
                driver.execute(ready.sql, ready.values(asked))
        except connection.dialect.loaded_dbapi.Error as error:
            _raise(connection, ready.sql, error)


@dataclass(frozen=True, slots=True)
class _Ready:
    """SQL with its parameters in their places: the name and conversion of each, or a value of the statement's own."""

    sql: str
    places: tuple[tuple[str | None, _Convert | None, Any], ...]
    results: tuple[tuple[int, _Convert], ...]
    """Conversions by column, where one is needed."""

    def values(self, asked: Asked) -> list[Any]:
        """The parameters in their places. Raises `KeyError` for one that is missing."""
        return [
            own if name is None else asked[name] if convert is None else convert(asked[name])
            for name, convert, own in self.places
        ]


def _make_ready(clause: Select[*tuple[Any, ...]] | UpdateBase, dialect: Dialect, names: tuple[str, ...]) -> _Ready:
    compiled = clause.compile(dialect=dialect, column_keys=list(names), compile_kwargs={"render_postcompile": True})
    assert isinstance(compiled, SQLCompiler)
    if compiled.insert_prefetch or compiled.update_prefetch or compiled.effective_returning:
        raise ValueError("a statement of every visit names all its values itself and tells nothing back")
    places = tuple(_place(compiled.binds[name], name, names, dialect) for name in compiled.positiontup or ())
    results: list[tuple[int, _Convert]] = []
    for at, column in enumerate(clause.selected_columns if isinstance(clause, Select) else ()):
        convert = _implementation(column.type, dialect).result_processor(dialect, None)
        if convert is not None:
            results.append((at, convert))
    return _Ready(str(compiled), places, tuple(results))


def _place(
    parameter: BindParameter[Any], name: str, names: tuple[str, ...], dialect: Dialect
) -> tuple[str | None, _Convert | None, Any]:
    convert = _implementation(parameter.type, dialect).bind_processor(dialect)
    if parameter.key in names:
        return parameter.key, convert, None
    if parameter.required:
        raise ValueError(f"a statement lacks its value {name}")
    own = parameter.effective_value
    return None, None, own if convert is None else convert(own)


def _row_of(columns: Sequence[str]) -> Callable[[Iterable[Any]], Any]:
    """Makes rows with these fields; what is no name, or stands twice, is had by its place only. Their `repr` tells
    nothing: rows are of persons (I11)."""
    make_kind: Any = namedtuple  # a type checker wants to see the names
    kind = make_kind("Row", columns, rename=True)
    kind.__repr__ = object.__repr__
    make: Callable[[Iterable[Any]], Any] = kind._make
    return make


def _implementation(kind: TypeEngine[Any], dialect: Dialect) -> TypeEngine[Any]:
    return kind.dialect_impl(dialect)


def _raise(connection: Connection, sql: str, error: Exception) -> NoReturn:
    """The driver's fault as SQLAlchemy would tell it, without the values (I11)."""
    raise DBAPIError.instance(
        sql, None, error, connection.dialect.loaded_dbapi.Error, hide_parameters=True, dialect=connection.dialect
    ) from error
