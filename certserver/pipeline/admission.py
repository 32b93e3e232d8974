"""Is this terminal admitted, and does the municipality serve: asked first in every request, in the transaction that the
answer counts for (I8, I9)."""

from dataclasses import dataclass
from enum import Enum

from sqlalchemy import Connection, and_, bindparam, select, update

from certserver.ledger.state import State
from certserver.outlets import Outlet, OutletKind
from certserver.stages import Refused
from certserver.storage.admission import node_rules, terminal_x509s, terminals
from certserver.storage.issued import municipality_state
from certserver.storage.statements import Change, Query
from koufu.evidence.words import RefusalReason
from koufu.release import build_number

_STATE_COLUMNS = 6

_ASK = Query(
    select(
        municipality_state,
        terminals.c.outlet,
        terminals.c.outlet_kind,
        terminals.c.withdrawn,
        terminal_x509s.c.x509_hash,
        terminal_x509s.c.revoked_at,
        terminals.c.build,
        terminals.c.wire_schema.label("terminal_schema"),
        node_rules.c.minimum_terminal_build,
        node_rules.c.wire_schema.label("wanted_schema"),
    )
    .select_from(municipality_state)
    .join(node_rules, node_rules.c.municipality == municipality_state.c.municipality)
    .outerjoin(
        terminals,
        and_(
            terminals.c.municipality == municipality_state.c.municipality,
            terminals.c.terminal == bindparam("terminal"),
        ),
    )
    .outerjoin(
        terminal_x509s,
        and_(
            terminal_x509s.c.municipality == terminals.c.municipality,
            terminal_x509s.c.terminal == terminals.c.terminal,
            terminal_x509s.c.x509_hash == bindparam("proven_by"),
        ),
    )
    .where(municipality_state.c.municipality == bindparam("municipality"))
)
_TELL = Change(
    update(terminals)
    .where(terminals.c.municipality == bindparam("of"), terminals.c.terminal == bindparam("who"))
    .values(build=bindparam("build"), wire_schema=bindparam("wire_schema"), told_at=bindparam("told_at"))
)


@dataclass(frozen=True, slots=True)
class Caller:
    """Who calls, as mutual TLS proved it: terminal id and SHA-256 of its client X.509."""

    terminal: str
    x509_hash: bytes


class NotAdmitted(Enum):
    """Why nothing is served, in the words of the wire."""

    MUNICIPALITY = "municipality"
    TERMINAL = "unknown-terminal"
    BUILD = "build"
    SCHEMA = "schema"
    SUSPENDED = "suspended"
    SETTINGS = "settings"
    """What counts for all that it could serve can't be read."""

    @property
    def refusal(self) -> RefusalReason:
        """What a resident is told."""
        if self is NotAdmitted.MUNICIPALITY:
            return RefusalReason.MUNICIPALITY_UNKNOWN
        return RefusalReason.SUSPENDED if self is NotAdmitted.SUSPENDED else RefusalReason.TERMINAL_NOT_ADMITTED


@dataclass(frozen=True, slots=True)
class Admission:
    """What the municipality's row says in this transaction, where the terminal stands, which build and wire schema it
    told last, which the municipality `wants`, and what speaks against serving it, None when nothing does."""

    state: State
    outlet: Outlet
    told: tuple[str, int]
    wants: tuple[str, int]
    against: NotAdmitted | None


def admission(connection: Connection, municipality: str, caller: Caller) -> Admission | NotAdmitted:
    """Whether this municipality serves this terminal now. A municipality or terminal that nobody knows has no
    `Admission` at all."""
    row = _ASK.first(
        connection, {"municipality": municipality, "terminal": caller.terminal, "proven_by": caller.x509_hash}
    )
    if row is None:
        return NotAdmitted.MUNICIPALITY
    # When it ends is TLS's business: nobody comes by one that has ended.
    if row.outlet is None or row.withdrawn or row.x509_hash is None or row.revoked_at is not None:
        return NotAdmitted.TERMINAL
    state = State(*row[:_STATE_COLUMNS])
    told_last, wants = (row.build, row.terminal_schema), (row.minimum_terminal_build, row.wanted_schema)
    outlet = Outlet(row.outlet, OutletKind(row.outlet_kind))
    return Admission(state, outlet, told_last, wants, _against(state, told_last, wants))


def served(connection: Connection, municipality: str, caller: Caller) -> Admission | Refused:
    """The admission of a terminal that is served now, or the refusal that its resident is told."""
    admitted = admission(connection, municipality, caller)
    if isinstance(admitted, NotAdmitted):
        return Refused(admitted.refusal)
    return admitted if admitted.against is None else Refused(admitted.against.refusal)


def against(admitted: Admission, build: str, wire_schema: int) -> NotAdmitted | None:
    """What speaks against serving the terminal with this build and wire schema."""
    return _against(admitted.state, (build, wire_schema), admitted.wants)


def told(connection: Connection, municipality: str, terminal: str, build: str, wire_schema: int, at: int) -> None:
    """Keeps what a terminal said of itself."""
    values = {"of": municipality, "who": terminal, "build": build, "wire_schema": wire_schema, "told_at": at}
    _TELL.run(connection, values)


def _against(state: State, has: tuple[str, int], wants: tuple[str, int]) -> NotAdmitted | None:
    if state.suspended:
        return NotAdmitted.SUSPENDED
    (build, wire_schema), (minimum, wanted_schema) = has, wants
    if wire_schema != wanted_schema:
        return NotAdmitted.SCHEMA
    number, least = build_number(build), build_number(minimum)
    return NotAdmitted.BUILD if number is None or least is None or number < least else None
