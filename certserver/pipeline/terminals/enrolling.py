"""A terminal enrols: with a one-time code and a request for a key that it made itself it gets its X.509, and is
admitted where the code says. Nobody else ever has its key, and a code counts once."""

from dataclasses import dataclass, field

from sqlalchemy import Connection, select

from certserver.ledger.audit import AuditEntry, AuditEvent
from certserver.ledger.book import Book, open_book
from certserver.ledger.state import read_state
from certserver.ledger.terminals import Way, add_x509, enter_terminal, revoke_all, x509_of_key, x509s_of
from certserver.pipeline.staff.rows import keep_failures, read_failures
from certserver.pipeline.terminals.codes import CodeMade, code_of, use_code
from certserver.pipeline.terminals.parts import Declined, TerminalParts, Why
from certserver.signing.requests import KeyRequest, key_hash, read_request
from certserver.staff.backoff import Backoff, Failures
from certserver.storage.admission import terminals

ENROLMENT = "enrolment"
"""The actor of what is done before a terminal has proven who it is."""

_OF_A_TERMINAL = Backoff(free=5)
_OF_AN_ADDRESS = Backoff(free=10)


@dataclass(frozen=True, slots=True)
class Asked:
    """What came over the wire: a terminal's name, the code as it was typed, a PKCS#10 request (DER)."""

    terminal: str
    code: str = field(repr=False)
    request: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class _Waiting:
    """Who has to wait, as 32 bytes that stand for them, and what they are answered."""

    whom: bytes = field(repr=False)
    declined: Declined


def enrol(parts: TerminalParts, municipality: str, address: str, asked: Asked) -> bytes | Declined:
    """The terminal's X.509 (DER); asked again with the same code and key, the same one. `address` is where it was asked
    from. Whether a try may be made is looked at without the lock that issuance takes, and a wait is noted once."""
    with parts.database.reading() as connection:
        if read_state(connection, municipality) is None:
            return Declined(Why.CODE_WRONG)
        waiting = _waits(parts, connection, municipality, address, asked)
    if waiting is not None and parts.waits.tried(waiting.whom) > 1:
        return waiting.declined
    with parts.database.writing() as connection, open_book(connection, municipality, ENROLMENT) as book:
        now = parts.now()
        code = code_of(connection, municipality, asked.terminal)
        if waiting is None:
            waiting = _waits(parts, connection, municipality, address, asked)
            # Others came before it meanwhile; the one who finds the wait there notes it.
            if waiting is not None:
                return waiting.declined
            _note_waited(parts, book, municipality, address, asked)
            done = _enrolled(parts, connection, book, asked, code)
        else:
            done = waiting.declined
        if isinstance(done, Declined):
            detail: dict[str, str | int] = {"what": "enrolment", "reason": done.reason.value}
            # A name that is nobody's is left out: it may be anything.
            if code is not None:
                detail["terminal"] = asked.terminal
            book.note(AuditEntry(now, AuditEvent.TERMINAL_DECLINED, ENROLMENT, detail))
            if done.reason is Why.CODE_WRONG:
                _count(parts, connection, municipality, address, asked)
        elif code is not None:
            keep_failures(connection, municipality, parts.whom(municipality, "terminal", asked.terminal), Failures())
        return done


def _enrolled(
    parts: TerminalParts, connection: Connection, book: Book, asked: Asked, code: CodeMade | None
) -> bytes | Declined:
    municipality, now = book.state.municipality, parts.now()
    if code is None or not code.is_it(asked.code):
        return Declined(Why.CODE_WRONG)
    wanted = read_request(asked.request)
    if wanted is None:
        return Declined(Why.REQUEST)
    if wanted.name != asked.terminal:
        return Declined(Why.OTHER_NAME)
    if now >= code.expires_at:
        return Declined(Why.CODE_EXPIRED)
    if code.used_at is not None:
        # Whoever lost the answer has the same key.
        again = x509_of_key(connection, municipality, asked.terminal, key_hash(wanted.public_key))
        return again if again is not None and code.key_hash == key_hash(wanted.public_key) else Declined(Why.CODE_USED)
    known = terminals.c
    row = connection.execute(
        select(known.withdrawn).where(known.municipality == municipality, known.terminal == asked.terminal)
    ).one_or_none()
    if row is not None and row.withdrawn:
        return Declined(Why.STOPPED)
    if not code.anew and any(each.counts(now) for each in x509s_of(connection, municipality, asked.terminal)):
        return Declined(Why.ENROLLED)
    return _given(parts, connection, book, code, wanted)


def _given(
    parts: TerminalParts, connection: Connection, book: Book, code: CodeMade, wanted: KeyRequest
) -> bytes | Declined:
    municipality, now = book.state.municipality, parts.now()
    made = parts.ca.sign(wanted.name, wanted.public_key, parts.clock.now())
    if isinstance(made, Declined):
        return made
    enter_terminal(connection, municipality, wanted.name, code.outlet)
    revoke_all(connection, municipality, wanted.name, now)
    add_x509(connection, municipality, wanted.name, made, Way.ENROLLED, now)
    use_code(connection, municipality, wanted.name, key_hash(wanted.public_key), now)
    detail = {
        "terminal": wanted.name,
        "what": f"enrolled at {code.outlet.name}, {code.outlet.kind.value}",
        "officer": code.made_by,
    }
    book.note(AuditEntry(now, AuditEvent.TERMINAL_ENROLLED, ENROLMENT, detail))
    return made


def _waits(
    parts: TerminalParts, connection: Connection, municipality: str, address: str, asked: Asked
) -> _Waiting | None:
    now = parts.now()
    wait, whom = max(
        (read_failures(connection, municipality, whom).wait_s(rule, now), whom)
        for whom, rule in _counted(parts, municipality, address, asked)
    )
    return _Waiting(whom, Declined(Why.WAIT, wait)) if wait else None


def _note_waited(parts: TerminalParts, book: Book, municipality: str, address: str, asked: Asked) -> None:
    """Notes how often one was tried in a wait that is over."""
    for whom, _ in _counted(parts, municipality, address, asked):
        times = parts.waits.ended(whom)
        if times > 1:
            what = f"enrolment: {times} tries in a wait that is over"
            detail: dict[str, str | int] = {"what": what, "reason": Why.WAIT.value}
            book.note(AuditEntry(parts.now(), AuditEvent.TERMINAL_DECLINED, ENROLMENT, detail))


def _count(parts: TerminalParts, connection: Connection, municipality: str, address: str, asked: Asked) -> None:
    for whom, _ in _counted(parts, municipality, address, asked):
        failures = read_failures(connection, municipality, whom)
        keep_failures(connection, municipality, whom, failures.counted(parts.now()))


def _counted(parts: TerminalParts, municipality: str, address: str, asked: Asked) -> tuple[tuple[bytes, Backoff], ...]:
    return (
        (parts.whom(municipality, "terminal", asked.terminal), _OF_A_TERMINAL),
        (parts.whom(municipality, "address", address), _OF_AN_ADDRESS),
    )
