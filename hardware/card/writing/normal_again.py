"""Switching a face-authentication card back to a normal one: the holder chooses a new user-authentication PIN. A new
signing X.509 is a case of its own afterwards."""

from enum import Enum

from hardware.card.model import Usage
from hardware.card.writing.commands import Purpose
from hardware.card.writing.model import CardWriter, OperatorDesk, Standing, X509Issuer
from hardware.keypad.pin import HolderPin


class SwitchedBack(Enum):
    """How it ended."""

    DONE = "done"
    """It is a normal card; also when it was one before, and then its PIN is as it was."""
    NO_LINE_LEFT = "no-line-left"
    """The annotation field is full: a new card is applied for."""
    NO_USER_AUTH_X509 = "no-user-auth-x509"
    """There is no user-authentication X.509 that is good today: that is renewed first."""


def switch_back(writer: CardWriter, issuer: X509Issuer, desk: OperatorDesk, case: str, new: HolderPin) -> SwitchedBack:
    """Makes it a normal card, in one step on the card, so that after a fault this may be done again. The PIN is wiped.
    Raises `CardError`, `IssuerError`, `OperatorRefused`."""
    try:
        writer.let_on(Purpose.FACE_AUTH, desk.let_on(writer.operator_challenge(), Purpose.FACE_AUTH, case))
        card = writer.state()
        if not card.face_auth:
            return SwitchedBack.DONE
        if card.lines_used >= card.lines:
            return SwitchedBack.NO_LINE_LEFT
        if not card.user_auth.in_use or not _is_good(issuer, writer.x509_in_use(Usage.USER_AUTH)):
            return SwitchedBack.NO_USER_AUTH_X509
        writer.face_auth_off(new)
        return SwitchedBack.DONE
    finally:
        new.wipe()


def _is_good(issuer: X509Issuer, x509: bytes) -> bool:
    known = issuer.of_x509(Usage.USER_AUTH, x509)
    return known is not None and known.standing is Standing.GOOD
