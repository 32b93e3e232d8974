"""Counts tries to come in, each as failed until it was not, by person as at a counter and by network address: what
somebody else tries at a counter counts at the console too."""

from dataclasses import replace

from sqlalchemy import Connection

from certserver.ledger.audit import AuditEntry, AuditEvent
from certserver.ledger.book import Book, open_book
from certserver.office.signing_in.parts import Doors
from certserver.pipeline.staff.outcomes import Declined, Why
from certserver.pipeline.staff.rows import keep_failures, read_failures, read_member
from certserver.staff.backoff import OF_A_PERSON, OF_A_TERMINAL, Backoff, Failures

CONSOLE = "console"
"""The actor of what is done at the console before anybody is signed in."""

_OF_AN_ADDRESS = OF_A_TERMINAL
"""Offices share an address as counters share a terminal."""


def waiting(doors: Doors, address: str, mark: str | None, step: str) -> Declined | None:
    """That a try may not be made yet; None when it may. Looked at without the lock that issuance takes, and noted once
    for each wait: strangers who try on and on neither hold that lock nor lengthen the log."""
    now = doors.now()
    with doors.database.reading() as connection:
        wait, whom = _longest(doors, connection, address, mark, now)
    if not wait:
        return None
    declined = Declined(Why.WAIT, wait)
    if doors.waits.tried(whom) == 1:
        with doors.database.writing() as connection, open_book(connection, doors.municipality) as book:
            note_refusal(connection, book, declined, step, mark, now)
    return declined


def count(
    doors: Doors, connection: Connection, book: Book, address: str, mark: str | None, step: str, now: int
) -> Declined | None:
    """Counts a try as failed, under the municipality's lock; that it may not be made after all, where others came
    before it meanwhile. Where a wait is over, it is noted how often one was tried in it."""
    wait, whom = _longest(doors, connection, address, mark, now)
    if wait:
        doors.waits.tried(whom)
        return Declined(Why.WAIT, wait)
    for each, _ in _counted(doors, address, mark):
        times = doors.waits.ended(each)
        if times > 1:
            what = f"{times} tries in a wait that is over"
            detail: dict[str, str | int] = {"reason": Why.WAIT.value, "step": f"console {step}", "what": what}
            book.note(AuditEntry(now, AuditEvent.REFUSED, CONSOLE, detail))
        failures = read_failures(connection, doors.municipality, each)
        keep_failures(connection, doors.municipality, each, failures.counted(now))
    return None


def uncount(doors: Doors, connection: Connection, address: str, mark: str | None) -> None:
    """The try did not fail: those of the person are forgotten, those of others at the address are not."""
    at = doors.keys.address(doors.municipality, address)
    failures = read_failures(connection, doors.municipality, at)
    keep_failures(connection, doors.municipality, at, replace(failures, count=failures.count - 1))
    if mark is not None:
        keep_failures(connection, doors.municipality, doors.keys.staff.person(doors.municipality, mark), Failures())


def note_refusal(connection: Connection, book: Book, declined: Declined, step: str, mark: str | None, now: int) -> None:
    """Notes what was refused. A mark that is nobody's is left out: it may be a password in the wrong field."""
    detail: dict[str, str | int] = {"reason": declined.reason.value, "step": f"console {step}"}
    if mark is not None and read_member(connection, book.state.municipality, mark) is not None:
        detail["officer"] = mark
    book.note(AuditEntry(now, AuditEvent.REFUSED, CONSOLE, detail))


def _longest(doors: Doors, connection: Connection, address: str, mark: str | None, now: int) -> tuple[int, bytes]:
    """Seconds until a try may be made, 0 when it may be now; and who has to wait so long."""
    waits = (
        (read_failures(connection, doors.municipality, whom).wait_s(rule, now), whom)
        for whom, rule in _counted(doors, address, mark)
    )
    return max(waits, key=lambda each: each[0])


def _counted(doors: Doors, address: str, mark: str | None) -> list[tuple[bytes, Backoff]]:
    found = [(doors.keys.address(doors.municipality, address), _OF_AN_ADDRESS)]
    if mark is not None:
        found.append((doors.keys.staff.person(doors.municipality, mark), OF_A_PERSON))
    return found
