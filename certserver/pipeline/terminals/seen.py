"""Keeps when a terminal was last seen and what it told then. It does so once a minute and when something changed, since
every heartbeat of every terminal would be a write."""

from sqlalchemy import Connection, bindparam, select, update

from certserver.pipeline.terminals.told import Told
from certserver.storage.admission import terminals
from certserver.storage.statements import Change, Query

KEPT_EVERY_S = 60

SILENT_S = 150
"""Not seen for so long: two heartbeats of half a minute are missed, and the minute in which nothing is kept."""

_SEEN = Query(
    select(terminals.c.seen_at, terminals.c.told).where(
        terminals.c.municipality == bindparam("municipality"), terminals.c.terminal == bindparam("terminal")
    )
)
_KEEP = Change(
    update(terminals)
    .where(terminals.c.municipality == bindparam("of"), terminals.c.terminal == bindparam("who"))
    .values(seen_at=bindparam("seen_at"), told=bindparam("told"))
)


def is_news(connection: Connection, municipality: str, terminal: str, told: Told, at: int) -> bool:
    """Whether it is to be kept."""
    row = _SEEN.first(connection, {"municipality": municipality, "terminal": terminal})
    return row is None or row.told != told.kept() or at - row.seen_at >= KEPT_EVERY_S


def keep_seen(connection: Connection, municipality: str, terminal: str, told: Told, at: int) -> None:
    """Keeps it."""
    _KEEP.run(connection, {"of": municipality, "who": terminal, "seen_at": at, "told": told.kept()})
