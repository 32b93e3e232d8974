"""What the card maker's delivery says of a made card, so that the counter can tell it from another's. Only a keyed hash
of its X.509 is kept, with what is personal, and erased with it. What a real delivery says is not public: this is a
design."""

from dataclasses import replace

from certserver.applications.facts import FactRefusal
from certserver.applications.states import Role, State
from certserver.pipeline.card_applications.handling import Hand
from certserver.pipeline.card_applications.outcomes import Declined, Done, Why
from certserver.pipeline.card_applications.parts import ApplicationParts
from certserver.pipeline.card_applications.rows import Stored
from certserver.pipeline.card_applications.stepping import Request, Which, keep, step_of
from certserver.pipeline.card_applications.who import Who

MADE = "made-card"


def register_made_card(
    parts: ApplicationParts, who: Who, which: Which, x509: bytes, request: Request | None = None
) -> Done | Declined:
    """The card maker has made the card, which bears this user-authentication X.509 (DER)."""
    return step_of(parts, who, which, request, lambda hand, stored: _made(hand, stored, x509))


def _made(hand: Hand, stored: Stored, x509: bytes) -> Done | Declined:
    application = stored.application
    if hand.acts.actor.role is not Role.CARD_MAKER or application.state is not State.MANUFACTURING:
        return Declined(FactRefusal.NOT_NOW, version=stored.version, state=application.state)
    personal = hand.personal(stored)
    if personal is None:
        return Declined(Why.ERASED)
    after = replace(personal, card=hand.parts.keys.card(hand.municipality, x509).hex())
    return keep(hand, stored, replace(stored, personal=hand.closed(stored, after)), MADE)
