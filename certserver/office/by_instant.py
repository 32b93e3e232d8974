"""Finds where an instant lies among entries that are numbered in the order of their instants, without an index."""

from sqlalchemy import Column, Connection, select


def number_at(
    connection: Connection,
    municipality: str,
    number: "Column[int]",
    at: "Column[int]",
    instant: int,
    last: int,
) -> int:
    """The number of the first entry that is not before an instant (Unix seconds), of those from 1 to `last`; one more
    than the last where there is none. `number` and `at` are columns of one table."""
    low, high = 1, last + 1
    while low < high:
        middle = (low + high) // 2
        found = connection.scalar(select(at).where(number.table.c.municipality == municipality, number == middle))
        if found is not None and found < instant:
            low = middle + 1
        else:
            high = middle
    return low
