"""Whether an application is unknown to whoever finds nobody that is withheld: at terminals, and to officers of other
municipalities. One answer for lists and for what is asked by number, since the difference would tell of a measure
(I14)."""

from collections.abc import Callable

from sqlalchemy import Connection

from certserver.pipeline.card_applications.keys import ApplicationKeys, Personal
from certserver.pipeline.card_applications.rows import Stored
from certserver.registers.hidden import read_hidden


def personal_of(keys: ApplicationKeys, stored: Stored) -> Personal | None:
    """What is personal of an application, None once it was erased."""
    if stored.key is None or stored.personal is None:
        return None
    application = stored.application
    return keys.open_personal(
        stored.key, application.residence_municipality, application.application_id, stored.personal
    )


def is_hidden(
    connection: Connection,
    keys: ApplicationKeys,
    stored: Stored,
    asked: Callable[[Connection, str, str, str], bool] = read_hidden,
) -> bool:
    """Whether it is; `asked` says whether the answer is held until the transaction ends."""
    personal = personal_of(keys, stored)
    # The register's address and never the form's: what anybody can type would tell who lives where.
    return personal is not None and asked(
        connection, stored.application.residence_municipality, personal.resident_id, personal.address
    )
