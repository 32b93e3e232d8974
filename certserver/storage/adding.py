"""Adds numbers to rows that may be there already: in one statement for each row, which both databases have in their own
words."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite


def add_to(connection: Connection, table: Table, rows: Sequence[Mapping[str, object]]) -> None:
    """Adds every number of these rows to the row of the same key, or enters the row. All rows name the same columns."""
    if not rows:
        return
    key = [column.name for column in table.primary_key.columns]
    on_postgresql = connection.dialect.name == "postgresql"
    entering = postgresql.insert(table) if on_postgresql else sqlite.insert(table)
    numbers = [name for name in rows[0] if name not in key]
    summed = {name: table.c[name] + entering.excluded[name] for name in numbers}
    connection.execute(entering.on_conflict_do_update(index_elements=key, set_=summed), list(rows))
