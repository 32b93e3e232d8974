"""PostgreSQL for the office's server, as one more program that can be killed: a cluster of its own, whose databases are
copies of the site's."""

import os
import shutil
import signal
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.support import postgresql

MADE = "koufu_kills"
"""The database that was made with the site."""


class Cluster:
    """`socket` is the folder of its socket."""

    def __init__(self, folder: Path, socket: Path) -> None:
        self._data = folder / "data"
        self._log = folder / "log"
        self._copies = 0
        self.socket = socket

    def url(self, name: str = MADE) -> str:
        """As the server takes it."""
        return postgresql.url_of(name, self.socket)

    def empty(self) -> None:
        """Nothing is left of what was made with an earlier site."""
        postgresql.drop_database(MADE, self.socket)
        postgresql.make_database(MADE, self.socket)

    def fresh(self) -> str:
        """The URL of a new copy of what was made with the site."""
        self._copies += 1
        name = f"{MADE}_{self._copies}"
        # One that an earlier run left.
        postgresql.drop_database(name, self.socket)
        postgresql.copy_database(MADE, name, self.socket)
        return self.url(name)

    def kill(self) -> None:
        """All its processes are gone, in the middle of whatever they did."""
        with suppress(OSError):
            first = int((self._data / "postmaster.pid").read_text().split()[0])
            children = Path(f"/proc/{first}/task/{first}/children").read_text().split()
            for pid in (first, *map(int, children)):
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            # The harness is the first process of its namespace, and orphans are its own: one that nobody waited for
            # would pass for alive.
            for pid in (first, *map(int, children)):
                with suppress(ChildProcessError):
                    os.waitpid(pid, 0)

    def start(self) -> None:
        """Starts it again, and waits until it has come back to what it held."""
        postgresql.start(self._data, self.socket, self._log, survives_kills=True)


@contextmanager
def a_cluster(folder: Path) -> Iterator[Cluster]:
    """Serves inside; what it holds is kept in the folder."""
    socket = postgresql.owned(Path(tempfile.mkdtemp(prefix="koufu-kills-pg-")))
    if not folder.exists():
        folder.mkdir(parents=True)
        postgresql.make_cluster(postgresql.owned(folder) / "data")
    try:
        with postgresql.running(folder / "data", socket, folder / "log", survives_kills=True):
            cluster = Cluster(folder, socket)
            postgresql.make_database(MADE, socket)
            yield cluster
    finally:
        shutil.rmtree(socket, ignore_errors=True)
