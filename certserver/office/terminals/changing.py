"""Which terminals are served, by what each proves itself, and what the nodes of the municipality may be."""

from dataclasses import dataclass, field

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from sqlalchemy import Connection, select

from certserver.errors import ConfigurationError, NoSuchEntry
from certserver.ledger.audit import AuditEvent
from certserver.ledger.nodes import allow_nodes, set_minimum_terminal
from certserver.ledger.terminals import admit_terminal, revoke_x509, serve_again, withdraw_terminal, x509s_of
from certserver.objections import Objected, Objection
from certserver.office.desk import Desk
from certserver.office.rights import Right
from certserver.outlets import LONGEST_OUTLET, Outlet, is_code
from certserver.pipeline.terminals.codes import make_code
from certserver.pipeline.terminals.logs import ask_log
from certserver.storage.admission import terminals
from certserver.terminal_names import LONGEST_NAME, is_terminal_name
from koufu.der import MALFORMED_DER
from koufu.release import build_number

LONGEST_REASON = 256
"""Of stopping a terminal; characters."""


@dataclass(frozen=True, slots=True)
class WouldStop:
    """Nothing was set: these terminals tell a build below the new least one, and would serve nobody."""

    terminals: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Code:
    """A one-time code for a terminal, told this once."""

    terminal: str
    outlet: Outlet
    code: str = field(repr=False)


def outlets(desk: Desk) -> frozenset[str]:
    """Where terminals stand, by name."""
    desk.demand(Right.SEE)
    with desk.database.reading() as connection:
        of_it = select(terminals.c.outlet).where(terminals.c.municipality == desk.municipality)
        return frozenset(connection.scalars(of_it.distinct()))


def admit(desk: Desk, name: str, outlet: Outlet, x509_pem: bytes) -> None:
    """Admits a terminal by its X.509 (PEM), in place of one of that name. Raises `ConfigurationError`."""
    desk.demand(Right.KEEP_TERMINALS)
    _require_name(name)
    try:
        der = x509.load_pem_x509_certificate(x509_pem).public_bytes(Encoding.DER)
    except MALFORMED_DER as error:
        raise ConfigurationError("this is no X.509 in PEM") from error
    with desk.changing() as (connection, book):
        admit_terminal(connection, book, name, outlet, der, desk.now())


def offer_enrolment(desk: Desk, name: str, outlet: Outlet, *, anew: bool = False) -> Code:
    """A one-time code by which a terminal of this name enrols at this outlet, in place of any former code; with `anew`
    the X.509 that it gets takes the place of those it has. Raises `Objected` for a name or outlet that can't be, and
    for a terminal that is stopped, or enrolled already."""
    desk.demand(Right.KEEP_TERMINALS)
    _require_name(name)
    if not is_code(outlet.name):
        raise Objected(Objection.NO_OUTLET_NAME, longest=LONGEST_OUTLET)
    with desk.changing() as (connection, book):
        now = desk.now()
        if _withdrawn(connection, desk.municipality, name):
            raise Objected(Objection.TERMINAL_STOPPED, name=name)
        has = any(each.counts(now) for each in x509s_of(connection, desk.municipality, name))
        if has and not anew:
            raise Objected(Objection.TERMINAL_ENROLLED, name=name)
        code = make_code(connection, desk.municipality, name, outlet, desk.who.mark, desk.entropy, now, anew=anew)
        what = f"code to enrol at {outlet.name}, {outlet.kind.value}"
        desk.note(book, AuditEvent.CONFIGURED, {"terminal": name, "what": f"{what}, anew" if anew else what})
    return Code(name, outlet, code)


def withdraw(desk: Desk, name: str, why: str | None = None) -> None:
    """Serves a terminal no more, from now on; why stands in the audit log, where it is told. Raises `NoSuchEntry` when
    there is none of that name, `Objected` for a reason that is empty or too long."""
    desk.demand(Right.KEEP_TERMINALS)
    if why is not None and not 0 < len(why.strip()) <= LONGEST_REASON:
        raise Objected(Objection.STOPPING_LENGTH, longest=LONGEST_REASON)
    with desk.changing() as (connection, book):
        withdraw_terminal(connection, book, name, desk.now(), (why or "").strip())


def let_serve(desk: Desk, name: str) -> None:
    """Serves a stopped terminal again, by the X.509s it has. Raises `NoSuchEntry`."""
    desk.demand(Right.KEEP_TERMINALS)
    with desk.changing() as (connection, book):
        serve_again(connection, book, name, desk.now())


def revoke(desk: Desk, name: str, x509_hash: bytes) -> None:
    """Lets a terminal prove itself by an X.509 (its SHA-256) no more, at once, nor by those that were renewed since.
    Raises `NoSuchEntry` when it has none such."""
    desk.demand(Right.KEEP_TERMINALS)
    with desk.changing() as (connection, book):
        revoke_x509(connection, book, name, x509_hash, desk.now())


def want_log(desk: Desk, name: str) -> None:
    """Asks a terminal for its log, which it sends with a later heartbeat. Raises `NoSuchEntry`."""
    desk.demand(Right.KEEP_TERMINALS)
    with desk.changing() as (connection, book):
        if _withdrawn(connection, desk.municipality, name) is None:
            raise NoSuchEntry(f"no terminal {name} is admitted")
        ask_log(connection, desk.municipality, name, desk.who.mark, desk.now())
        desk.note(book, AuditEvent.CONFIGURED, {"terminal": name, "what": "log asked for"})


def allow(desk: Desk, minimum_server: str, minimum_terminal: str, configuration: bytes) -> None:
    """Sets the least builds, and that nodes are configured as this one (its digest). Raises `ConfigurationError`."""
    desk.demand(Right.KEEP_TERMINALS)
    with desk.changing() as (connection, book):
        allow_nodes(connection, book, minimum_server, minimum_terminal, configuration, desk.now())


def allow_terminals(desk: Desk, minimum: str, *, although: bool = False) -> WouldStop | None:
    """Sets the least build of terminals. Those that tell an older one serve nobody from then on: where there are any,
    they are told and nothing is set, unless it is meant `although` they stop. Raises `Objected` for what is no
    build."""
    desk.demand(Right.KEEP_TERMINALS)
    least = build_number(minimum)
    if least is None:
        raise Objected(Objection.NOT_A_BUILD, typed=minimum)
    with desk.changing() as (connection, book):
        table = terminals.c
        asked = select(table.terminal, table.build).where(
            table.municipality == desk.municipality, table.withdrawn.is_(False), table.build != ""
        )
        below = [row.terminal for row in connection.execute(asked) if (build_number(row.build) or (0, 0, 0)) < least]
        if below and not although:
            return WouldStop(tuple(sorted(below)))
        set_minimum_terminal(connection, book, minimum, desk.now())
    return None


def _require_name(name: str) -> None:
    if not is_terminal_name(name):
        raise Objected(Objection.NO_TERMINAL_NAME, longest=LONGEST_NAME)


def _withdrawn(connection: Connection, municipality: str, name: str) -> bool | None:
    """Whether a terminal is stopped; None when there is none."""
    table = terminals.c
    asked = select(table.withdrawn).where(table.municipality == municipality, table.terminal == name)
    return connection.scalar(asked)
