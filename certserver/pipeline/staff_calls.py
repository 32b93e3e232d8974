"""Keeps for what terminals called staff, as a number by day: no reference and nobody stands with it."""

from certserver.pipeline.parts import Parts
from certserver.ports import in_japan, unix
from certserver.storage.adding import add_to
from certserver.storage.reports import staff_calls


def keep_staff_call(parts: Parts, municipality: str, terminal: str, occasion: str) -> None:
    """Adds one call of today. Raises `StorageError` when the database does not answer."""
    row = {
        "municipality": municipality,
        "day": in_japan(unix(parts.clock.now())).date().isoformat(),
        "terminal": terminal,
        "occasion": occasion,
        "times": 1,
    }
    with parts.database.writing() as connection:
        add_to(connection, staff_calls, [row])
