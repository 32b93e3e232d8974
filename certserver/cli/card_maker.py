"""The card maker, simulated: at an operator's word it takes an approved application, makes no card, and says that it
came to the municipality, and which X.509 it bears where that is told. Until a real one is connected nothing else leads
from an approval to a card that waits."""

import argparse

from certserver.applications.facts import Facts
from certserver.applications.states import Actor, Event, EventKind, Role
from certserver.cli.applications import refused
from certserver.cli.opened import application_parts, opened, read_file
from certserver.composition.clock import system_entropy
from certserver.office.cards import x509_der
from certserver.pipeline.card_applications.made_cards import register_made_card
from certserver.pipeline.card_applications.moving import move_application
from certserver.pipeline.card_applications.outcomes import Declined, Done
from certserver.pipeline.card_applications.parts import ApplicationParts
from certserver.pipeline.card_applications.rows import read_application
from certserver.pipeline.card_applications.stepping import Which
from certserver.pipeline.card_applications.telling import tell
from certserver.pipeline.card_applications.who import Known

_SERVER, _MAKER = Known(Actor("server", Role.SERVER)), Known(Actor("simulated-maker", Role.CARD_MAKER))
_WAY = (
    (_SERVER, EventKind.ORDER_CARD),
    (_MAKER, EventKind.ACCEPT),
)
_SHIPPED = Event(EventKind.SHIP_TO_MUNICIPALITY)
_FORM_ID = 10**23
_ENTROPY_BYTES = 16


def make(parsed: argparse.Namespace) -> int:
    """Takes an approved application to a card at the municipality. An express one goes another way, which nobody
    simulates."""
    application: str = parsed.application
    x509 = None if parsed.x509 is None else x509_der(read_file(parsed.x509))
    with opened(parsed) as at_hand:
        parts = application_parts(at_hand)
        # What stands on a real form inside its 23 digits is not public: these are random.
        form_id = f"{int.from_bytes(system_entropy(_ENTROPY_BYTES)) % _FORM_ID:023}"
        _checked(tell(parts, _SERVER, _now(parts, at_hand.municipality, application), Facts(form_id=form_id)))
        for who, event in _WAY:
            which = _now(parts, at_hand.municipality, application)
            _checked(move_application(parts, who, which, Event(event)))
        if x509 is not None:
            _checked(register_made_card(parts, _MAKER, _now(parts, at_hand.municipality, application), x509))
        which = _now(parts, at_hand.municipality, application)
        done = _checked(move_application(parts, _MAKER, which, _SHIPPED))
    print(f"[Simulated] The card maker has made no card. It is now {done.state.value}, step {done.version}.")
    return 0


def _now(parts: ApplicationParts, municipality: str, application: str) -> Which:
    with parts.database.reading() as connection:
        stored = read_application(connection, municipality, application)
    return Which(municipality, application, 0 if stored is None else stored.version)


def _checked(done: Done | Declined) -> Done:
    if isinstance(done, Declined):
        raise refused(done)
    return done
