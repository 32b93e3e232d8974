"""The command that goes on with an approved application at the parties outside, all of which are simulators; a server
whose settings name them does the same by itself. And the one that sends a card by mail."""

import argparse

from certserver.applications.facts import Facts
from certserver.applications.mail_delivery import MailKind
from certserver.applications.states import Actor, Event, EventKind, Role, State
from certserver.cli.applications import officer_of, refused
from certserver.cli.opened import application_parts, opened
from certserver.errors import ConfigurationError
from certserver.pipeline.card_applications.following import Followed, follow
from certserver.pipeline.card_applications.moving import move_application
from certserver.pipeline.card_applications.outcomes import Declined, Done
from certserver.pipeline.card_applications.outside import Party
from certserver.pipeline.card_applications.rows import read_application
from certserver.pipeline.card_applications.stepping import Which
from certserver.pipeline.card_applications.telling import tell
from certserver.pipeline.card_applications.who import Known
from certserver.service.simulated_parties import simulated_parties

_CALLED = {
    Party.CARD_MAKER: "the card maker",
    Party.RESIDENT_NETWORK: "the resident network",
    Party.MAIL: "the mail",
}


def follow_one(parsed: argparse.Namespace) -> int:
    """Goes on with one application as far as they answer, and no further than it was told."""
    until = None if parsed.until is None else State(parsed.until)
    with opened(parsed) as at_hand:
        address = at_hand.settings.simulated_parties
        if not address:
            raise ConfigurationError(
                "no simulators are named: set simulated_parties, and start `koufu-simulators serve`"
            )
        parts = application_parts(at_hand)
        with simulated_parties(address) as parties:
            done = follow(parts, parties, at_hand.municipality, parsed.application, until)
    if isinstance(done, Declined):
        raise refused(done)
    if not done.steps:
        raise ConfigurationError(f"[Simulated] It is still {done.state.value}, step {done.version}{_why(done)}.")
    print(
        f"[Simulated] No card was made and no letter carried. It is now {done.state.value}, step {done.version}", end=""
    )
    print(f"{_why(done)}.")
    return 0


def mail_out(parsed: argparse.Namespace) -> int:
    """A card that is set up bears the PINs of its sealed form, and goes into the mail."""
    officer = officer_of(parsed)
    with opened(parsed) as at_hand:
        parts, municipality = application_parts(at_hand), at_hand.municipality
        who = Known(Actor(officer, Role.OFFICER, municipality))
        with at_hand.database.reading() as connection:
            stored = read_application(connection, municipality, parsed.application)
        seen = 0 if stored is None else stored.version
        which = Which(municipality, parsed.application, seen if parsed.seen is None else parsed.seen)
        told = tell(parts, who, which, Facts(activated=True, mail_kind=MailKind(parsed.kind)))
        done: Done | Declined = told
        if isinstance(told, Done):
            sent = Which(municipality, parsed.application, told.version)
            done = move_application(parts, who, sent, Event(EventKind.MAIL_OUT))
    if isinstance(done, Declined):
        raise refused(done)
    print(f"In the mail. It is now {done.state.value}, step {done.version}.")
    return 0


def _why(done: Followed) -> str:
    if done.waits is None:
        return ""
    who = _CALLED[done.waits]
    if done.refused:
        return f"; {who} refused: {done.refused}"
    return f"; it waits for {who}" if done.answered else f"; {who} did not answer, ask again"
