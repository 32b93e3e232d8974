"""The desk of an officer over a home that is open."""

from pathlib import Path

from certserver.composition.clock import system_entropy
from certserver.composition.settings import ServerSettings
from certserver.composition.stores import open_keys
from certserver.ledger.audit import OPERATOR
from certserver.office.desk import Desk, operator
from certserver.ports import Clock
from certserver.storage.engine import Database


def operators_desk(
    home: Path, settings: ServerSettings, database: Database, clock: Clock, mark: str = OPERATOR
) -> Desk:
    """The desk at which the operator, or the officer they name, does what a command says."""

    def secret() -> bytes:
        return open_keys(home, settings).secret

    return Desk(database, settings.municipality, clock, system_entropy, secret, operator(mark), OPERATOR)
