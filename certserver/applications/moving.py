"""One step of a card application: may this actor, now, and what is it then. Pure; storing the move, and that nobody has
two open applications at once, is its caller's."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from certserver.applications.mail_delivery import mail_row
from certserver.applications.moves import MOVES, Move, Need
from certserver.applications.states import (
    OF_A_MUNICIPALITY,
    TERMINAL,
    Actor,
    CardApplication,
    Event,
    EventKind,
    Moved,
    MoveEntry,
    OldCard,
    PhotoState,
    Role,
    Route,
    State,
    entered,
)

_FORM_ID_DIGITS = 23


class MoveRefusal(Enum):
    """Why an application does not move."""

    ENDED = "ended"
    NO_SUCH_MOVE = "no-such-move"
    """Not from this state."""
    OTHER_ROLE = "other-role"
    BEFORE_THE_LAST = "before-the-last"
    """Its instant lies before that of the last move."""
    NO_REASON = "no-reason"
    """A reason is wanted and none, or none that fits, was told; or one was told where none is."""
    NEED = "need"
    """Something does not hold: see `needs`."""


@dataclass(frozen=True, slots=True)
class Refused:
    """The application stays as it is; `needs` are all that do not hold."""

    reason: MoveRefusal
    needs: tuple[Need, ...] = ()


def move(application: CardApplication, event: Event, actor: Actor, at: datetime) -> Moved | Refused:
    """The application after an event at an instant, or why it does not move. Raises `ValueError` for an instant without
    a time zone."""
    if at.tzinfo is None:
        raise ValueError("an instant has a time zone")
    if application.state in TERMINAL:
        return Refused(MoveRefusal.ENDED)
    row = _BY_EVENT.get((application.state, event.kind))
    if row is None:
        return Refused(MoveRefusal.NO_SUCH_MOVE)
    if actor.role not in row.roles:
        return Refused(MoveRefusal.OTHER_ROLE)
    if at < application.moved_at:
        return Refused(MoveRefusal.BEFORE_THE_LAST)
    if (event.reason not in row.reasons) if row.reasons else (event.reason is not None):
        return Refused(MoveRefusal.NO_REASON)
    unmet = tuple(need for need in row.needs if not _HOLDS[need](application, actor))
    if unmet:
        return Refused(MoveRefusal.NEED, unmet)
    after = entered(application, actor, at, row.after)
    return Moved(after, _entry(application, event, row, actor, at))


def may_open(others: Iterable[CardApplication]) -> bool:
    """Whether somebody may apply who has these applications already: only one is ever open."""
    return not any(each.is_open for each in others)


class Sight(Enum):
    """What of an application somebody may see."""

    ALL = "all"
    STATUS = "status"
    NOTHING = "nothing"


def sight(application: CardApplication, actor: Actor) -> Sight:
    """What a helper, clerk or officer may see. Whoever took it in for another municipality sees the status alone once
    it is sent; while it waits for them, all."""
    if actor.role not in OF_A_MUNICIPALITY:
        return Sight.NOTHING
    if actor.role is Role.OFFICER and actor.municipality == application.residence_municipality:
        return Sight.ALL
    if actor.municipality != application.reception_municipality:
        return Sight.NOTHING
    return Sight.ALL if application.state in _WAITS_AT_RECEPTION else Sight.STATUS


def waits_at_reception(application: CardApplication, actor: Actor) -> bool:
    """Whether an application waits for somebody of the municipality that took it in, or, when the card maker found a
    defect, also for somebody of the municipality of residence."""
    if actor.role not in OF_A_MUNICIPALITY or application.state not in _WAITS_AT_RECEPTION:
        return False
    if application.state is State.MAKER_DEFECT:
        return _either(application, actor)
    return _reception(application, actor)


def _entry(application: CardApplication, event: Event, row: Move, actor: Actor, at: datetime) -> MoveEntry:
    return MoveEntry(
        application_id=application.application_id,
        before=row.before,
        event=row.event,
        after=row.after,
        actor_id=actor.actor_id,
        role=actor.role,
        municipality=actor.municipality,
        at=at,
        reason=event.reason,
    )


def _carries_cards(application: CardApplication, *, announced: bool | None = None) -> bool:
    if application.mail_kind is None:
        return False
    row = mail_row(application.mail_kind)
    return row.carries_cards and announced in (None, row.arrival_notice)


def _pin_form(application: CardApplication, _: Actor) -> bool:
    return application.route is Route.COUNTER or application.face_auth or application.pin_form_sealed


def _form_id(application: CardApplication, _: Actor) -> bool:
    form_id = application.form_id or ""
    return len(form_id) == _FORM_ID_DIGITS and form_id.isascii() and form_id.isdecimal()


def _either(application: CardApplication, actor: Actor) -> bool:
    return _reception(application, actor) or actor.municipality == application.residence_municipality


def _reception(application: CardApplication, actor: Actor) -> bool:
    # An applicant acts for no municipality.
    return actor.municipality in (None, application.reception_municipality)


_HOLDS: Mapping[Need, Callable[[CardApplication, Actor], bool]] = {
    Need.RECEPTION: _reception,
    Need.EITHER: _either,
    Need.RESIDENCE: lambda application, actor: actor.municipality == application.residence_municipality,
    Need.NO_CLERK_OF_IT: lambda application, actor: actor.actor_id not in application.clerks,
    Need.IDENTITY_PROVEN: lambda application, _: application.combination is not None,
    Need.IDENTITY_CHECKED: lambda application, _: application.identity is not None,
    Need.COUNTER_ROUTE: lambda application, _: application.route is Route.COUNTER,
    Need.MAIL_ROUTE: lambda application, _: application.route is Route.MAIL,
    Need.IDENTITY_FOR_MAIL: lambda application, _: (
        application.route is Route.COUNTER or application.identity is not None
    ),
    Need.MAIL_CONDITIONS: lambda application, _: application.route is Route.COUNTER or application.mail_unmet == (),
    Need.FORM_COMPLETE: lambda application, _: application.form_complete,
    Need.PHOTO_SETTLED: lambda application, _: application.photo is not PhotoState.MISSING,
    Need.PIN_FORM: _pin_form,
    Need.FORM_ID: _form_id,
    Need.EXPRESS: lambda application, _: application.express,
    Need.NOT_EXPRESS: lambda application, _: not application.express,
    Need.OLD_CARD_SETTLED: lambda application, _: application.old_card is not OldCard.TO_HAND_IN,
    Need.ANNOUNCED_MAIL: lambda application, _: _carries_cards(application, announced=True),
    Need.DIRECT_MAIL: lambda application, _: _carries_cards(application, announced=False),
    Need.MAIL_KIND: lambda application, _: _carries_cards(application),
    Need.TAKER_ADMITTED: lambda application, _: application.taker is not None,
    Need.ACTIVATED: lambda application, _: application.activated,
}

_BY_EVENT: Mapping[tuple[State, EventKind], Move] = {(row.before, row.event): row for row in MOVES}
_WAITS_AT_RECEPTION = frozenset(row.before for row in MOVES if {Need.RECEPTION, Need.EITHER} & set(row.needs))
