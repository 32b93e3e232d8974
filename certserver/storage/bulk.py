"""Writes millions of rows beside others who read and write: through a connection of its own, whose settings are for
nobody else."""

from certserver.storage.engine import Database

_CACHE_KIB = 128 * 1024
"""Of the pages that SQLite holds for the writer: keys of people come in no order of households."""

_SQLITE_PRAGMAS = (
    f"PRAGMA cache_size = -{_CACHE_KIB}",
    # What is lost in a power cut is loaded again. Any entry that others commit later brings all before it to the disk.
    "PRAGMA synchronous = NORMAL",
    # The log is brought into the database by `settle`, when the write lock is free.
    "PRAGMA wal_autocheckpoint = 0",
)


class BulkDatabase(Database):
    """The same database, for one thread that writes much. What counts at once is committed through the other one."""

    def __init__(self, database: Database) -> None:
        super().__init__(database.engine)
        self._sqlite = self.engine.dialect.name == "sqlite"
        if self._sqlite:
            with self.unlocked() as connection:
                # It never goes back to the pool: nobody else gets what is set here.
                connection.detach()
                for pragma in _SQLITE_PRAGMAS:
                    connection.exec_driver_sql(pragma)

    def settle(self) -> None:
        """SQLite: brings what was committed from the log into the database, as far as readers let it. Others may write
        meanwhile."""
        if self._sqlite:
            with self.unlocked() as connection:
                connection.exec_driver_sql("PRAGMA wal_checkpoint(PASSIVE)")

    def close(self) -> None:
        """Lets its own connection go; those of the other one stay."""
        self.drop_idle()
