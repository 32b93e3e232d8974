"""What other municipalities of the same database are called, so that officers need not know codes by heart. It tells
nothing else of them."""

from collections.abc import Collection, Mapping

from certserver.errors import ConfigurationError
from certserver.ledger.state import read_state
from certserver.office.desk import Desk
from certserver.pipeline.settings import SettingsCache


def names_of(desk: Desk, settings: SettingsCache, codes: Collection[str]) -> Mapping[str, str]:
    """Their names now, in Japanese, by code; without those that have no profile."""
    found: dict[str, str] = {}
    with desk.database.reading() as connection:
        for code in sorted(codes):
            state = read_state(connection, code)
            if state is None:
                continue
            try:
                found[code] = settings.profile(connection, state, desk.now()).name
            except ConfigurationError:
                continue
    return found
