"""What a server asks its database, as the database hears it."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import event

from tests.support.server import ServerForTests


@contextmanager
def statements(server: ServerForTests) -> Iterator[list[str]]:
    """Every statement that reaches the database."""
    seen: list[str] = []

    def see(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        seen.append(statement)

    event.listen(server.database.engine, "before_cursor_execute", see)
    try:
        yield seen
    finally:
        event.remove(server.database.engine, "before_cursor_execute", see)
