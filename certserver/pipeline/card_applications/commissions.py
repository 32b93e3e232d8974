"""Commissions of a municipality as they are stored: what it opened at whose place, all of it anew with each change, so
that what stood at any instant can be told. See `certserver.applications.commissions`."""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from certserver.applications.commissions import Commission, DatedPaper
from certserver.applications.dated import Confirmed
from certserver.applications.places import Place, Procedure
from certserver.errors import SettingUnread
from certserver.pipeline.readable import UNREADABLE, Read, read_rows, why
from certserver.rules.unread import Stored
from certserver.storage.settings import commission_settings

_SOURCE = "the municipality's own entry"
_PAPERS = ("resolution", "contract", "notice")


def read_commissions(connection: Connection, municipality: str, at: int) -> tuple[Commission, ...]:
    """All that stand at an instant (Unix seconds), by office and day; also those that are over, or to come. Raises
    `SettingUnread` where they can't be read."""
    table = commission_settings.c
    listed = connection.scalar(
        select(table.commissions)
        .where(table.municipality == municipality, table.effective_at <= at)
        .order_by(table.effective_at.desc())
        .limit(1)
    )
    if listed is None:
        return ()
    try:
        return _all_of(municipality, listed)
    except UNREADABLE as error:
        raise SettingUnread(f"the commissions of {municipality} can't be read ({why(error)}): set them anew") from error


def called_at(connection: Connection, municipality: str, at: int) -> Mapping[str, str]:
    """What residents know outlets by at an instant (Unix seconds), by the outlet's name, as far as anybody said: of
    several commissions of an office the latest."""
    listed = sorted(read_commissions(connection, municipality, at), key=lambda each: each.since or date.min)
    return {each.office: each.called for each in listed if each.called}


def all_commissions(connection: Connection, municipality: str) -> Read[tuple[int, tuple[Commission, ...]]]:
    """What stood, stands or is to stand: each time from which instant (Unix seconds), oldest first."""
    table = commission_settings.c
    rows = connection.execute(
        select(table.effective_at, table.commissions)
        .where(table.municipality == municipality)
        .order_by(table.effective_at)
    )
    return read_rows(
        Stored.COMMISSIONS, rows, lambda row: (int(row.effective_at), _all_of(municipality, row.commissions))
    )


def set_commissions(connection: Connection, municipality: str, at: int, rows: Iterable[Commission]) -> None:
    """Lets exactly these stand from an instant (Unix seconds) on, in place of what was to stand from that very one."""
    table = commission_settings
    listed = json.dumps([_plain(row) for row in rows], ensure_ascii=False)
    connection.execute(delete(table).where(table.c.municipality == municipality, table.c.effective_at == at))
    connection.execute(insert(table).values(municipality=municipality, effective_at=at, commissions=listed))


def _all_of(municipality: str, listed: str) -> tuple[Commission, ...]:
    found = (_commission(municipality, plain) for plain in json.loads(listed))
    return tuple(sorted(found, key=lambda each: (each.office, each.place.value, each.since or date.min)))


def _plain(row: Commission) -> dict[str, Any]:
    papers = {name: getattr(row, name) for name in _PAPERS}
    return {
        "office": row.office,
        "called": row.called,
        "place": row.place.value,
        "since": None if row.since is None else row.since.isoformat(),
        "until": None if row.until is None else row.until.isoformat(),
        "procedures": sorted(each.value for each in row.procedures),
        **{
            name: None if paper is None else {"cited": paper.cited, "day": paper.day.isoformat()}
            for name, paper in papers.items()
        },
    }


def _commission(municipality: str, plain: dict[str, Any]) -> Commission:
    return Commission(
        since=_day(plain["since"]),
        until=_day(plain["until"]),
        source=_SOURCE,
        confirmed=Confirmed.DESIGN,
        municipality=municipality,
        office=plain["office"],
        place=Place(plain["place"]),
        procedures=frozenset(map(Procedure, plain["procedures"])),
        # Lists that stood before an office could be called anything stay as they were.
        called=plain.get("called", ""),
        **{name: _paper(plain[name]) for name in _PAPERS},
    )


def _paper(plain: dict[str, str] | None) -> DatedPaper | None:
    return None if plain is None else DatedPaper(plain["cited"], date.fromisoformat(plain["day"]))


def _day(told: str | None) -> date | None:
    return None if told is None else date.fromisoformat(told)
