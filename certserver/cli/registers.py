"""The commands that change the register for one resident at once: registered-seal cancel, withholding set, withholding
lift. They name nobody, on the screen or in the audit log (I11): a resident stands there as a keyed hash."""

import argparse
import hmac

from sqlalchemy import Connection

from certserver.cli.opened import Opened, changing, opened
from certserver.composition.clock import SystemClock
from certserver.composition.stores import open_keys
from certserver.errors import ConfigurationError
from certserver.ledger.audit import OPERATOR, AuditEntry, AuditEvent
from certserver.ledger.book import Book
from certserver.ports import unix
from certserver.registers.model import RegisteredSealStatus, StatusNow, Withholding
from certserver.registers.repository import read_status
from certserver.registers.withholding import write_withholding
from certserver.registers.writing import cancel_registered_seal
from certserver.signing.secrets import subkey


def cancel(parsed: argparse.Namespace) -> int:
    """Cancels a registered seal."""
    with opened(parsed) as at_hand:
        resident = _reference(at_hand, parsed.resident)
        with changing(at_hand) as (connection, book):
            if _status(connection, at_hand, parsed.resident).seal is RegisteredSealStatus.CANCELLED:
                raise ConfigurationError("this resident's registered seal is cancelled already")
            cancel_registered_seal(connection, at_hand.municipality, parsed.resident)
            _note(book, "registered seal cancelled", resident)
    print(f"Cancelled. In the audit log the resident is {resident}.")
    return 0


def set_withholding(parsed: argparse.Namespace) -> int:
    """Puts a withholding in force."""
    return _withhold(parsed, in_force=True)


def lift_withholding(parsed: argparse.Namespace) -> int:
    """Lifts a withholding."""
    return _withhold(parsed, in_force=False)


def _withhold(parsed: argparse.Namespace, *, in_force: bool) -> int:
    kind = Withholding(parsed.kind)
    with opened(parsed) as at_hand:
        resident = _reference(at_hand, parsed.resident)
        with changing(at_hand) as (connection, book):
            orderer = _status(connection, at_hand, parsed.resident).orderer
            before = orderer.withholding if orderer else frozenset()
            if (kind in before) is in_force:
                raise ConfigurationError(
                    f"{kind.value} is {'already' if in_force else 'not'} in force for this resident"
                )
            after = before | {kind} if in_force else before - {kind}
            write_withholding(connection, at_hand.municipality, parsed.resident, after)
            _note(book, f"{kind.value} {'set' if in_force else 'lifted'}", resident)
    print(f"{'In force' if in_force else 'Lifted'} from now on. In the audit log the resident is {resident}.")
    return 0


def _status(connection: Connection, at_hand: Opened, resident_id: str) -> StatusNow:
    status = read_status(connection, at_hand.municipality, resident_id)
    if status is None:
        raise ConfigurationError(f"the register of {at_hand.municipality} has no such resident")
    return status


def _reference(at_hand: Opened, resident_id: str) -> str:
    """How the audit log names a resident: always alike, and to nobody without the home's secret."""
    key = subkey(open_keys(at_hand.home, at_hand.settings).secret, "residents in the audit log")
    return hmac.digest(key, f"{at_hand.municipality}/{resident_id}".encode(), "sha256").hex()


def _note(book: Book, what: str, resident: str) -> None:
    detail = {"what": what, "resident": resident}
    book.note(AuditEntry(unix(SystemClock().now()), AuditEvent.REGISTER_CHANGED, OPERATOR, detail))
