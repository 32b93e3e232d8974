"""Carries a case out step by step, looking anew at card and issuer after each, so that it goes on wherever it broke
off: after a loss of power, a card pulled, a reader that jammed, an issuer that was silent."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import Enum

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicNumbers
from cryptography.hazmat.primitives.hashes import SHA256

from hardware.card.model import PinAgain, Usage
from hardware.card.writing.commands import (
    PROOF_CHALLENGE_BYTES,
    PUBLIC_EXPONENT,
    Beside,
    proof_message,
)
from hardware.card.writing.model import CardWriter, Case, Issued, OperatorDesk, Standing, X509Issuer
from hardware.card.writing.steps import PURPOSE, Goal, Seen, Step, next_step
from hardware.errors import CardError

_MOST_STEPS = 24
"""More than the longest way has (16): whatever goes on longer goes round in circles."""


class Outcome(Enum):
    """How it ended. In every case the card is usable; faults are raised, and the case stays open."""

    DONE = "done"
    PIN_WANTED = "pin-wanted"
    """The holder has to show the PIN of this usage, on the same connection: the new key is tried with it."""
    UNFIT = "unfit"
    """What was written did not stand the trial: it was revoked and erased, and what was in use still is."""
    NO_LINE_LEFT = "no-line-left"
    CLOSED_TO_SIGNING = "closed-to-signing"


@dataclass(frozen=True, slots=True)
class Counter:
    """Whom a card is written with, and where random bytes come from."""

    writer: CardWriter
    issuer: X509Issuer
    desk: OperatorDesk
    entropy: Callable[[int], bytes]


def carry_out(goal: Goal, case: Case, counter: Counter, tell: Callable[[Step], None] = lambda _step: None) -> Outcome:
    """Does what is left to do, and tells each step before it. Call it again, with a new connection, after a fault.
    Raises `CardError`, `IssuerError`, `OperatorRefused`."""
    if goal is Goal.FACE_AUTH and case.usage is not Usage.SIGNING:
        raise ValueError("a switch to face authentication is a case of the signing X.509")
    challenge = counter.writer.operator_challenge()
    purpose = PURPOSE[goal]
    counter.writer.let_on(purpose, counter.desk.let_on(challenge, purpose, case.number))
    tried: bool | None = None
    for _ in range(_MOST_STEPS):
        seen = _look(case, counter, tried=tried)
        step = next_step(goal, seen)
        tell(step)
        if step in _ENDS:
            return Outcome.UNFIT if step is Step.DONE and tried is False else _ENDS[step]
        if step is Step.TRY_IT:
            tried = _try_it(case, counter)
            if tried is None:
                return Outcome.PIN_WANTED
            if not tried:
                goal = Goal.AS_BEFORE
        else:
            _STEPS[step](case, counter)
    raise CardError("writing this card goes round in circles")


_ENDS = {
    Step.DONE: Outcome.DONE,
    Step.NO_LINE_LEFT: Outcome.NO_LINE_LEFT,
    Step.CLOSED_TO_SIGNING: Outcome.CLOSED_TO_SIGNING,
}


def _look(case: Case, counter: Counter, *, tried: bool | None) -> Seen:
    card = counter.writer.state()
    pair = card.pair(case.usage)
    seen = Seen(card, pair.beside, pair.in_use, tried=tried is True, signing=case.usage is Usage.SIGNING)
    if pair.beside is Beside.PREVIOUS:
        known = _issued(case, counter, counter.writer.x509_beside(case.usage))
        # One that the issuer does not know is not quietly erased: revoking it is refused, and a person is asked.
        return replace(seen, previous_counts=known is None or _counts(known))
    if pair.beside is not Beside.EMPTY:
        known = counter.issuer.of_key(case.usage, counter.writer.modulus_beside(case.usage))
        fit = pair.beside is not Beside.WHOLE if known is None else known.case == case.number and _counts(known)
        return replace(seen, fit=fit, issued=_counts(known))
    if pair.in_use:
        known = _issued(case, counter, counter.writer.x509_in_use(case.usage))
        return replace(seen, done_before=known is not None and known.case == case.number)
    return seen


def _issued(case: Case, counter: Counter, x509: bytes) -> Issued | None:
    return counter.issuer.of_x509(case.usage, x509)


def _counts(known: Issued | None) -> bool:
    return known is not None and known.standing is not Standing.REVOKED


def _certify_and_write(case: Case, counter: Counter) -> None:
    counter.writer.write(case.usage, counter.issuer.certify(case, counter.writer.modulus_beside(case.usage)))


def _try_it(case: Case, counter: Counter) -> bool | None:
    """Whether the new X.509 is the issuer's and its key answers; None when the holder's PIN is wanted first."""
    modulus = counter.writer.modulus_beside(case.usage)
    known = counter.issuer.of_key(case.usage, modulus)
    if known is None or counter.writer.x509_beside(case.usage) != known.x509:
        return False
    challenge = counter.entropy(PROOF_CHALLENGE_BYTES)
    outcome = counter.writer.answer_beside(case.usage, challenge)
    if isinstance(outcome, PinAgain):
        return None
    key = RSAPublicNumbers(PUBLIC_EXPONENT, int.from_bytes(modulus, "big")).public_key()
    try:
        key.verify(outcome.answer, proof_message(challenge), PKCS1v15(), SHA256())
    except InvalidSignature:
        return False
    return True


def _revoke_new(case: Case, counter: Counter) -> None:
    known = counter.issuer.of_key(case.usage, counter.writer.modulus_beside(case.usage))
    if known is not None:
        counter.issuer.revoke(case.usage, known.x509)


_STEPS: dict[Step, Callable[[Case, Counter], None]] = {
    Step.GENERATE: lambda case, counter: counter.writer.generate(case.usage),
    Step.CERTIFY_AND_WRITE: _certify_and_write,
    Step.SWITCH: lambda case, counter: counter.writer.switch(case.usage),
    Step.TAKE_OUT: lambda case, counter: counter.writer.take_out(case.usage),
    Step.FACE_AUTH_ON: lambda _case, counter: counter.writer.face_auth_on(),
    Step.REVOKE_PREVIOUS: lambda case, counter: counter.issuer.revoke(
        case.usage, counter.writer.x509_beside(case.usage)
    ),
    Step.DISCARD_PREVIOUS: lambda case, counter: counter.writer.discard(case.usage),
    Step.REVOKE_NEW: _revoke_new,
    Step.DISCARD_NEW: lambda case, counter: counter.writer.discard(case.usage),
}
