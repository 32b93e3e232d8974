"""The card maker, simulated: at an operator's word it takes an approved application, makes no card, and says that it
came to the municipality, and which X.509 it bears where that is told. Until a real one is connected nothing else leads
from an approval to a card that waits."""

import argparse

from certserver.applications.facts import FactRefusal, Facts
from certserver.applications.mail_delivery import MailKind
from certserver.applications.states import Actor, Event, EventKind, Role, State
from certserver.cli.applications import refused
from certserver.cli.opened import application_parts, opened, read_file
from certserver.composition.clock import system_entropy
from certserver.office.cards import x509_der
from certserver.pipeline.card_applications.made_cards import register_made_card
from certserver.pipeline.card_applications.moving import move_application
from certserver.pipeline.card_applications.outcomes import Declined, Done
from certserver.pipeline.card_applications.parts import ApplicationParts
from certserver.pipeline.card_applications.rows import Stored, read_application
from certserver.pipeline.card_applications.stepping import Which
from certserver.pipeline.card_applications.telling import tell
from certserver.pipeline.card_applications.who import Known

_SERVER, _MAKER = Known(Actor("server", Role.SERVER)), Known(Actor("simulated-maker", Role.CARD_MAKER))
_TO_THE_MAKER = {
    State.APPROVED: (_SERVER, EventKind.ORDER_CARD),
    State.SENT_TO_MAKER: (_MAKER, EventKind.ACCEPT),
}
_ORDINARY = {**_TO_THE_MAKER, State.MANUFACTURING: (_MAKER, EventKind.SHIP_TO_MUNICIPALITY)}
_EXPRESS = {
    **_TO_THE_MAKER,
    State.MANUFACTURING: (_MAKER, EventKind.SET_UP),
    State.SET_UP_AT_MAKER: (_MAKER, EventKind.MAIL_OUT),
}
"""Express: set up and mailed by the card maker itself."""
_FORM_ID = 10**23
_ENTROPY_BYTES = 16


def make(parsed: argparse.Namespace) -> int:
    """Takes an approved application to a card at the municipality, an express one to the mail; from wherever it is, and
    no further than it was told."""
    application: str = parsed.application
    x509 = None if parsed.x509 is None else x509_der(read_file(parsed.x509))
    with opened(parsed) as at_hand:
        parts = application_parts(at_hand)
        stored = _stored(parts, at_hand.municipality, application)
        way = _EXPRESS if stored is not None and stored.application.express else _ORDINARY
        done: Done | None = None
        while stored is not None and stored.application.state in way and _goes_on(parsed.until, stored):
            state = stored.application.state
            _told_before(parts, at_hand.municipality, application, state, x509)
            who, event = way[state]
            which = _now(parts, at_hand.municipality, application)
            done = _checked(move_application(parts, who, which, Event(event)))
            stored = _stored(parts, at_hand.municipality, application)
    if done is None:
        raise refused(Declined(FactRefusal.NOT_NOW))
    print(f"[Simulated] The card maker has made no card. It is now {done.state.value}, step {done.version}.")
    return 0


def _goes_on(until: str | None, stored: Stored) -> bool:
    return until is None or stored.application.state.value != until


def _told_before(
    parts: ApplicationParts, municipality: str, application: str, state: State, x509: bytes | None
) -> None:
    """What server and card maker tell before the next move."""
    which = _now(parts, municipality, application)
    if state is State.APPROVED:
        # What stands on a real form inside its 23 digits is not public: these are random.
        form_id = f"{int.from_bytes(system_entropy(_ENTROPY_BYTES)) % _FORM_ID:023}"
        _checked(tell(parts, _SERVER, which, Facts(form_id=form_id)))
    elif state is State.MANUFACTURING and x509 is not None:
        _checked(register_made_card(parts, _MAKER, which, x509))
    elif state is State.SET_UP_AT_MAKER:
        # Its PINs are those of the sealed form (暗証番号設定依頼書).
        _checked(tell(parts, _MAKER, which, Facts(activated=True, mail_kind=MailKind.SIMPLE_REGISTERED)))


def _stored(parts: ApplicationParts, municipality: str, application: str) -> Stored | None:
    with parts.database.reading() as connection:
        return read_application(connection, municipality, application)


def _now(parts: ApplicationParts, municipality: str, application: str) -> Which:
    stored = _stored(parts, municipality, application)
    return Which(municipality, application, 0 if stored is None else stored.version)


def _checked(done: Done | Declined) -> Done:
    if isinstance(done, Declined):
        raise refused(done)
    return done
