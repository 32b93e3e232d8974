"""The one MetaData that all tables hang on. Every table is led by the municipality code, so that it partitions."""

from sqlalchemy import MetaData, Table

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(referred_table_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)

OF_SNAPSHOT = ("municipality", "snapshot")
"""Columns that say to which snapshot a row belongs. They stand in a key where the lookups of its table want them."""


def own_key(table: Table) -> tuple[str, ...]:
    """Columns that find an entry within its snapshot, by name and in the order of the table's key."""
    return tuple(column.name for column in table.primary_key.columns if column.name not in OF_SNAPSHOT)
