"""Asks the database how many X.509s end when: of each person the one that ends last, no telephone's, nobody named."""

from collections import Counter
from datetime import date, datetime, time, timedelta

from sqlalchemy import Connection, func, select

from certserver.office.reports.renewal_table import Endings
from certserver.office.reports.territory import prefecture_of
from certserver.ports import JST, in_japan, unix
from certserver.storage.identity import card_links


def endings(connection: Connection, municipality: str | None, since: date, until: date) -> Endings:
    """How many end, by the month of their last day in Japan and the prefecture; of one municipality, or of all."""
    links = card_links.c
    last = select(links.municipality, func.max(links.not_after).label("ends")).where(links.of_card.is_(None))
    if municipality is not None:
        last = last.where(links.municipality == municipality)
    people = last.group_by(links.municipality, links.resident_id).subquery()
    bounds = unix(_begins(since)), unix(_begins(until + timedelta(days=1)))
    rows = connection.execute(
        select(people.c.municipality, people.c.ends, func.count())
        .where(people.c.ends >= bounds[0], people.c.ends < bounds[1])
        .group_by(people.c.municipality, people.c.ends)
    )
    found: Counter[tuple[date, str]] = Counter()
    for code, ends, count in rows:
        found[in_japan(ends).date().replace(day=1), prefecture_of(code)] += int(count)
    return found


def _begins(day: date) -> datetime:
    return datetime.combine(day, time.min, JST)
