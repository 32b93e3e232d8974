"""Offices that a municipality of a test opened, one at a time."""

from sqlalchemy import Connection

from certserver.applications.commissions import Commission
from certserver.pipeline.card_applications.commissions import read_commissions, set_commissions

_EVER = 2**40


def add_commission(connection: Connection, commission: Commission) -> None:
    """One more beside those that stand, from the beginning; the same office, place and day once."""
    key = (commission.office, commission.place, commission.since)
    standing = read_commissions(connection, commission.municipality, _EVER)
    others = (each for each in standing if (each.office, each.place, each.since) != key)
    set_commissions(connection, commission.municipality, 0, (*others, commission))
