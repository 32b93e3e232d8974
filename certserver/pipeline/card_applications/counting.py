"""Counts what happens to a card application for the tables of 申請・交付・保有: a row for each, and sums by day and
month beside it in the same transaction. What is kept is a band of age and a sex; it stays when what is
personal goes."""

from sqlalchemy import Connection, insert, select

from certserver.applications.counted import Counted, Sex, band_of, counted_at
from certserver.applications.form import born
from certserver.applications.states import EventKind
from certserver.pipeline.card_applications.handling import Hand
from certserver.pipeline.card_applications.keys import Personal
from certserver.pipeline.card_applications.rows import Stored
from certserver.storage.adding import add_to
from certserver.storage.reports import card_counts, card_events, card_months

HERE = "here"
"""The source of counts that add up rows of this database."""


def count(hand: Hand, stored: Stored, personal: Personal | None, event: EventKind) -> None:
    """Counts an event of an application, each thing once. Nothing is counted of an application that does not say a day
    of birth and a sex: none comes that far."""
    counted = counted_at(event, stored.application.old_card)
    if not counted or personal is None:
        return
    day_of_birth, sex = born(personal.form), personal.form.get("sex")
    if day_of_birth is None or sex is None:
        return
    day = hand.at.date()
    for each in counted:
        row = {
            "municipality": hand.municipality,
            "application": stored.application.application_id,
            "counted": each.value,
            "day": day.isoformat(),
            "age_from": band_of(day_of_birth, day),
            "sex": Sex(sex).value,
            "reception_municipality": stored.application.reception_municipality,
            "outlet": stored.outlet,
        }
        if not _is_counted(hand.connection, hand.municipality, stored.application.application_id, each):
            hand.connection.execute(insert(card_events).values(row))
            _add(hand.connection, row)


def _is_counted(connection: Connection, municipality: str, application: str, counted: Counted) -> bool:
    its_own = select(card_events.c.day).where(
        card_events.c.municipality == municipality,
        card_events.c.application == application,
        card_events.c.counted == counted.value,
    )
    return connection.execute(its_own).first() is not None


def _add(connection: Connection, row: dict[str, str | int]) -> None:
    """Adds one to its sums of the day and of the month."""
    key = {name: row[name] for name in ("municipality", "counted", "age_from", "sex")}
    add_to(connection, card_counts, [{**key, "day": row["day"], "source": HERE, "times": 1}])
    add_to(connection, card_months, [{**key, "month": str(row["day"])[:7], "times": 1}])
