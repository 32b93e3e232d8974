"""Notes refusals in the audit log (I12). A refusal is a value; that it was given is a decision to be kept."""

from dataclasses import dataclass

from certserver.ledger.audit import AuditEntry, AuditEvent
from certserver.ledger.book import open_book
from certserver.pipeline.admission import Caller
from certserver.pipeline.parts import Parts
from certserver.ports import unix
from certserver.stages import Refused
from koufu.evidence.words import RefusalReason


@dataclass(frozen=True, slots=True)
class Stopped:
    """A visit that goes no further: the refusal, and the keyed hash of the X.509's serial where it is known by then."""

    refused: Refused
    subject: bytes = b""


def stop(reason: RefusalReason, subject: bytes = b"", line: int | None = None) -> Stopped:
    """A visit stopped for a reason."""
    return Stopped(Refused(reason, line), subject)


def refusal_entry(stopped: Stopped, step: str, caller: Caller, at: int) -> AuditEntry:
    """The entry for a refusal at a step of the visit."""
    detail: dict[str, str | int] = {"reason": stopped.refused.reason.value, "step": step}
    if stopped.refused.line is not None:
        detail["line"] = stopped.refused.line
    if stopped.refused.about:
        detail["about"] = ", ".join(stopped.refused.about)
    if stopped.subject:
        detail["subject"] = stopped.subject.hex()
    return AuditEntry(at, AuditEvent.REFUSED, caller.terminal, detail)


def noted(parts: Parts, municipality: str, caller: Caller, step: str, stopped: Stopped) -> Refused:
    """The refusal, after it was noted in a transaction of its own. A municipality that nobody knows has no log."""
    if stopped.refused.reason is not RefusalReason.MUNICIPALITY_UNKNOWN:
        at = unix(parts.clock.now())
        with parts.database.writing() as connection, open_book(connection, municipality) as book:
            book.note(refusal_entry(stopped, step, caller, at))
    return stopped.refused
