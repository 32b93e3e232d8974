"""What a use case of card applications answers: what was done, or why not. Refusals are values."""

from dataclasses import dataclass
from enum import Enum

from certserver.applications.express import ExpressRefusal
from certserver.applications.express_codes import ExpressCode
from certserver.applications.facts import FactRefusal
from certserver.applications.mail_delivery import MailCondition
from certserver.applications.moves import Need
from certserver.applications.moving import MoveRefusal
from certserver.applications.permissions import NotHere, Site
from certserver.applications.states import State
from koufu.evidence.words import RefusalReason


class Why(Enum):
    """Why nothing was done, beside what rules say."""

    UNKNOWN = "unknown-application"
    """There is none, or it is nothing to whoever asks: both read alike."""
    MOVED_MEANWHILE = "moved-meanwhile"
    """Somebody else made a step first: look again."""
    ANOTHER_IS_OPEN = "another-is-open"
    """This person has an open application already."""
    NO_SUCH_RESIDENT = "no-such-resident"
    """Nobody of this key lives there."""
    NOBODY_FOUND = "nobody-found"
    """No resident, or more than one, is called so and was born then; or this is told to nobody."""
    NOT_WAITING = "not-waiting"
    """The card does not wait at the counter: see its state."""
    OTHER_PIN_SETTING = "other-pin-setting"
    """Whoever took the card can't have its PINs set in this way."""
    OTHER_CARD = "other-card"
    """The card on the desk is not the one that was made for this application."""
    BY_EYE = "by-eye"
    """The card maker's delivery names no X.509 for it: an officer compares what is printed on it."""
    NOT_COMPARED = "not-compared"
    """The card on the desk was not compared since its taker was admitted."""
    TOO_OFTEN = "too-often"
    """This terminal asked for residents too often within an hour."""
    RECORD_CHANGED = "record-changed"
    """The person moved, died, or is called otherwise now: the application has just ended."""
    NOT_SIGNED_IN = "not-signed-in"
    """Nobody of the staff is signed in at this terminal, or not any more."""
    ROLE_NOT_HERE = "role-not-here"
    """Nobody has this role at such a place, or may do this."""
    TOKEN_REUSED = "token-reused"  # noqa: S105 - a word of the wire
    """The request's token stands for another request."""
    UNFIT_FILE = "unfit-file"
    """Not what it is called, or too long."""
    TOO_MANY = "too-many"
    """Attachments."""
    ERASED = "erased"
    """What was personal is not kept any more."""
    CARD_TELLS_NOBODY = "card-tells-nobody"
    """The card bears no X.509 by which the register knows its holder: only the municipality's own counter goes on."""
    NO_SUCH_CASE = "no-such-case"
    """No procedure was begun under this number at this terminal."""
    CASE_ENDED = "case-ended"
    """The procedure of this number came to its end, or is another one."""


Reason = Why | MoveRefusal | FactRefusal | ExpressRefusal | NotHere | RefusalReason
"""Words of the wire, each by its `value`."""


@dataclass(frozen=True, slots=True)
class Declined:
    """Nothing was done. `needs`: all that does not hold; `fields` of the form that are wrong; `mail`: what speaks
    against it; `instead`: where it can be done; `nearest`: the ground of express issuance that failed by least, and by
    how many days; `version` and `state`: where the application stands, for whoever may know."""

    reason: Reason
    needs: tuple[Need, ...] = ()
    fields: tuple[str, ...] = ()
    mail: tuple[MailCondition, ...] = ()
    instead: tuple[Site, ...] = ()
    nearest: ExpressCode | None = None
    days_late: int = 0
    version: int | None = None
    state: State | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """A step was made, or had been made already by the same request: which application, its step, and its state after
    it; for an attachment its number."""

    application_id: str
    version: int
    state: State
    attachment: int | None = None
