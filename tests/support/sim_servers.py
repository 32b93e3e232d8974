"""The municipality's server as one or several processes over one database, any of which may end within a call: just
before its first transaction is committed, or just after. A fresh one takes its place."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import Enum
from typing import TypeVar

from sqlalchemy import Connection

from certserver.composition.node import Node, open_node
from certserver.pipeline.parts import DocumentMaker
from certserver.service.issuance import IssuanceService
from certserver.storage.engine import Database
from tests.support.server import ServerForTests

T = TypeVar("T")


class Crash(Enum):
    """Where the process ends."""

    BEFORE_COMMIT = "before-commit"
    AFTER_COMMIT = "after-commit"


class ServerCrashed(BaseException):
    """The process is gone: nothing in it can catch this."""


class SimServers:
    """`workers` processes serve in turn; the first is the node of `server`."""

    def __init__(self, server: ServerForTests, documents: DocumentMaker) -> None:
        self.server = server
        self.workers = 1
        self.crashes = 0
        self._documents = documents
        self._second: Node | None = None
        self._turn = 0

    def begin(self, workers: int) -> None:
        """So many from now on, the first one first."""
        self.workers, self._turn = workers, 0
        if workers > 1 and self._second is None:
            self._second = self._opened()

    def close(self) -> None:
        """Lets the second process go."""
        if self._second is not None:
            self._second.close()
            self._second = None

    def serve(self, call: Callable[[IssuanceService], T], crash: Crash | None = None) -> T:
        """One call, at the process whose turn it is. Raises `ServerCrashed` when that ended."""
        self._turn = (self._turn + 1) % self.workers
        node = self.server.node if self._turn == 0 or self._second is None else self._second
        if crash is None:
            return call(node.issuance)
        try:
            with _ending(node.parts.database, crash):
                call(node.issuance)
        except ServerCrashed:
            pass
        self._replace(node)
        self.crashes += 1
        raise ServerCrashed

    def _replace(self, node: Node) -> None:
        fresh = self._opened()
        if node is self._second:
            self._second = fresh
        else:
            self.server.node = fresh
        node.close()

    def _opened(self) -> Node:
        return open_node(self.server.home, self._documents, self.server.clock)


@contextmanager
def _ending(database: Database, crash: Crash) -> Iterator[None]:
    """While it lasts, the first transaction that writes is the last thing that happens."""
    writing = database.writing

    @contextmanager
    def last() -> Iterator[Connection]:
        with writing() as connection:
            yield connection
            if crash is Crash.BEFORE_COMMIT:
                raise ServerCrashed
        raise ServerCrashed

    vars(database)["writing"] = last
    try:
        yield
    finally:
        del vars(database)["writing"]
