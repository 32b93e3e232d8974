"""The commands that change the register for one person at once: registered-seal cancel, registered-seal revive,
withholding set, withholding lift. They name nobody on the screen (I11)."""

import argparse

from certserver.cli.opened import at_desk
from certserver.errors import ConfigurationError
from certserver.office.registers import (
    KosekiPerson,
    Resident,
    Whom,
    cancel_seal,
    lift_withholding,
    revive_seal,
    set_withholding,
)
from certserver.registers.model import Withholding


def cancel(parsed: argparse.Namespace) -> int:
    """Cancels a registered seal."""
    with at_desk(parsed) as desk:
        reference = cancel_seal(desk, Resident(parsed.resident))
    print(f"Cancelled. In the audit log the resident is {reference}.")
    return 0


def revive(parsed: argparse.Namespace) -> int:
    """Takes back that a registered seal was cancelled here."""
    with at_desk(parsed) as desk:
        reference = revive_seal(desk, Resident(parsed.resident))
    print(f"Registered again, from now on. In the audit log the resident is {reference}.")
    return 0


def withhold(parsed: argparse.Namespace) -> int:
    """Puts a withholding in force."""
    whom = _whom(parsed)
    with at_desk(parsed) as desk:
        reference = set_withholding(desk, whom, Withholding(parsed.kind))
    print(f"In force from now on. In the audit log the {whom.called} is {reference}.")
    return 0


def lift(parsed: argparse.Namespace) -> int:
    """Lifts a withholding."""
    whom = _whom(parsed)
    with at_desk(parsed) as desk:
        lifted = lift_withholding(desk, whom, Withholding(parsed.kind))
    print(f"Lifted from now on. In the audit log the {whom.called} is {lifted.reference}.")
    if lifted.stays:
        print(f"It stays in force: it stands {whom.elsewhere} too.")
    return 0


def _whom(parsed: argparse.Namespace) -> Whom:
    if (parsed.koseki is None) is not (parsed.person is None):
        raise ConfigurationError("a person of a koseki is named by both --koseki and --person")
    return Resident(parsed.resident) if parsed.koseki is None else KosekiPerson(parsed.koseki, parsed.person)
