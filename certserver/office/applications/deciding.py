"""What an officer does with a card application in their office: takes it up, approves, returns or rejects it, and goes
on with the card that comes. What it may be the one table of moves says; handing a card over is done at a counter."""

from dataclasses import dataclass

from certserver.applications.facts import Facts
from certserver.applications.mail_delivery import MAIL_ROWS, MailKind
from certserver.applications.moves import MOVES, Need
from certserver.applications.states import Event, EventKind, Reason, Role, Route, State
from certserver.errors import NoSuchEntry
from certserver.office.applications.acting import known, raise_declined
from certserver.office.desk import Desk
from certserver.office.rights import Right
from certserver.pipeline.card_applications.moving import move_application
from certserver.pipeline.card_applications.outcomes import Declined, Done
from certserver.pipeline.card_applications.rows import read_application
from certserver.pipeline.card_applications.stepping import Which

IN_THE_OFFICE = (
    EventKind.TAKE,
    EventKind.APPROVE,
    EventKind.RETURN,
    EventKind.REJECT,
    EventKind.SET_UP,
    EventKind.NOTIFY,
    EventKind.MAIL_OUT,
    EventKind.EXPIRE,
    EventKind.DISPOSE,
    EventKind.WITHDRAW,
)
"""What is done without anybody at the counter, in the order in which it is offered."""

MAIL_OUT = EventKind.MAIL_OUT.value
"""It wants a kind of mail besides."""

CARRYING = tuple(row.kind for row in MAIL_ROWS if row.carries_cards)
"""Kinds of mail that cards go by."""

_DIGITS = 9
_ROUTES = {Need.COUNTER_ROUTE: Route.COUNTER, Need.MAIL_ROUTE: Route.MAIL}


@dataclass(frozen=True, slots=True)
class Possible:
    """Something that may be done where an application stands; `reasons`: one of these is told with it."""

    event: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Decision:
    """What is done, seen at which step (None: whatever it is now), and why where that must be told. Raises `ValueError`
    for what is not done in the office: a card is handed over where its taker stands."""

    event: EventKind
    seen: int | None = None
    reason: Reason | None = None

    def __post_init__(self) -> None:
        if self.event not in IN_THE_OFFICE:
            raise ValueError(f"{self.event.value} is not done in the office")


def carrying(word: str) -> MailKind | None:
    """The kind of mail of a word; None for one that cards don't go by."""
    return next((kind for kind in CARRYING if kind.value == word), None)


def decision_of(event: str, seen: str, reason: str) -> Decision:
    """What a form says. Raises `ValueError` for words that are none."""
    if not (seen.isascii() and seen.isdecimal()) or len(seen) > _DIGITS:
        raise ValueError("a step is a number")
    return Decision(EventKind(event), int(seen), Reason(reason) if reason else None)


def possible(state: State, route: Route) -> tuple[Possible, ...]:
    """What an officer of the municipality of residence may do in the office. What else has to hold is told when it is
    tried."""
    rows = {row.event: row for row in MOVES if row.before is state and Role.OFFICER in row.roles}
    found = (
        rows[event]
        for event in IN_THE_OFFICE
        if event in rows and all(_ROUTES.get(need, route) is route for need in rows[event].needs)
    )
    return tuple(
        Possible(row.event.value, tuple(reason.value for reason in Reason if reason in row.reasons)) for row in found
    )


def decide(desk: Desk, application_id: str, decision: Decision) -> Done:
    """Does it. Raises `NoSuchEntry` and `NotDone`."""
    desk.demand(Right.DECIDE_APPLICATIONS)
    which = _which(desk, application_id, decision.seen)
    done = move_application(desk.applications, known(desk), which, Event(decision.event, decision.reason))
    return _done(done)


def mail_out(desk: Desk, application_id: str, kind: MailKind, seen: int | None = None) -> Done:
    """A card that is set up bears the PINs of its sealed form, and goes into the mail, both in one step. Raises
    `NoSuchEntry` and `NotDone`."""
    desk.demand(Right.DECIDE_APPLICATIONS)
    facts = Facts(activated=True, mail_kind=kind)
    which, event = _which(desk, application_id, seen), Event(EventKind.MAIL_OUT)
    return _done(move_application(desk.applications, known(desk), which, event, facts=facts))


def _which(desk: Desk, application_id: str, seen: int | None) -> Which:
    with desk.database.reading() as connection:
        stored = read_application(connection, desk.municipality, application_id)
    if stored is None:
        raise NoSuchEntry("refused: unknown-application: `application list` shows those of this municipality")
    return Which(desk.municipality, application_id, stored.version if seen is None else seen)


def _done(done: Done | Declined) -> Done:
    if isinstance(done, Declined):
        raise_declined(done)
    return done
