"""What to do next to a card, from nothing but what card and issuer say now: so a case that broke off anywhere goes on
from there. Pure. The one rule above all: nothing is revoked before what replaces it is in use and was tried."""

from dataclasses import dataclass
from enum import Enum

from hardware.card.writing.commands import Beside, CardState, Purpose


class Goal(Enum):
    """What the holder came for."""

    NEW_X509 = "new-x509"
    """Issue or renewal: a new key pair and X.509, the one before revoked."""
    NO_X509 = "no-x509"
    """Revocation: none of this usage any more."""
    AS_BEFORE = "as-before"
    """The holder changed their mind: back to what was in use, unless the new one is in use already."""
    FACE_AUTH = "face-auth"
    """A face-authentication card, its signing X.509 revoked."""


PURPOSE = {goal: Purpose.FACE_AUTH if goal is Goal.FACE_AUTH else Purpose.X509 for goal in Goal}
"""What an operator is let on for."""


class Step(Enum):
    """One thing to do. After each the card is usable, and any of them may be done again."""

    GENERATE = "generate"
    CERTIFY_AND_WRITE = "certify-and-write"
    TRY_IT = "try-it"
    """Read the new X.509 back, have its key answer a challenge, and check both."""
    SWITCH = "switch"
    TAKE_OUT = "take-out"
    FACE_AUTH_ON = "face-auth-on"
    REVOKE_PREVIOUS = "revoke-previous"
    DISCARD_PREVIOUS = "discard-previous"
    REVOKE_NEW = "revoke-new"
    """Revoke what was issued for a key that will never be in use."""
    DISCARD_NEW = "discard-new"
    DONE = "done"
    NO_LINE_LEFT = "no-line-left"
    """The annotation field is full (追記欄満欄): this card can't be switched; a new one is applied for."""
    CLOSED_TO_SIGNING = "closed-to-signing"
    """A face-authentication card takes no signing X.509."""


@dataclass(frozen=True, slots=True)
class Seen:
    """How things stand. `in_use`: an X.509 is; `done_before`: it is this case's. `fit`: what is beside is a key of this
    case, with an X.509 that is good where it has one. `issued`: there is an X.509 for the key beside that counts.
    `previous_counts`: the X.509 beside, once in use, is not revoked yet. `tried`: the new one was tried, just now."""

    card: CardState
    beside: Beside
    in_use: bool
    done_before: bool = False
    fit: bool = True
    issued: bool = False
    previous_counts: bool = False
    tried: bool = False
    signing: bool = False


def next_step(goal: Goal, seen: Seen) -> Step:
    """The next thing to do."""
    if seen.beside is Beside.PREVIOUS:
        return Step.REVOKE_PREVIOUS if seen.previous_counts else Step.DISCARD_PREVIOUS
    if seen.beside is not Beside.EMPTY and (goal is not Goal.NEW_X509 or not seen.fit):
        return Step.REVOKE_NEW if seen.issued else Step.DISCARD_NEW
    return _TOWARDS[goal](seen)


def _new_x509(seen: Seen) -> Step:
    match seen.beside:
        case Beside.KEY | Beside.HALF:
            return Step.CERTIFY_AND_WRITE
        case Beside.WHOLE:
            return Step.SWITCH if seen.tried else Step.TRY_IT
    if seen.in_use and seen.done_before:
        return Step.DONE
    return Step.CLOSED_TO_SIGNING if seen.card.face_auth and seen.signing else Step.GENERATE


def _no_x509(seen: Seen) -> Step:
    return Step.TAKE_OUT if seen.in_use else Step.DONE


def _as_before(_seen: Seen) -> Step:
    return Step.DONE


def _face_auth(seen: Seen) -> Step:
    if seen.card.face_auth:
        return Step.DONE
    return Step.NO_LINE_LEFT if seen.card.lines_used >= seen.card.lines else Step.FACE_AUTH_ON


_TOWARDS = {
    Goal.NEW_X509: _new_x509,
    Goal.NO_X509: _no_x509,
    Goal.AS_BEFORE: _as_before,
    Goal.FACE_AUTH: _face_auth,
}
