"""What residents know outlets by, so that officers need not know their codes by heart."""

from collections.abc import Mapping

from certserver.office.desk import Desk
from certserver.office.rights import Right
from certserver.pipeline.card_applications.commissions import called_at


def outlet_names(desk: Desk) -> Mapping[str, str]:
    """By the outlet's name, of those that are called anything now."""
    desk.demand(Right.SEE)
    with desk.database.reading() as connection:
        return called_at(connection, desk.municipality, desk.now())
