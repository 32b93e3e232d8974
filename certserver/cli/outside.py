"""The command that goes on with an approved application at the parties outside, all of which are simulators; a server
whose settings name them does the same by itself. And the one that sends a card by mail."""

import argparse

from certserver.applications.mail_delivery import MailKind
from certserver.applications.states import State
from certserver.cli.applications import officer_of
from certserver.cli.opened import at_desk, opened
from certserver.errors import ConfigurationError
from certserver.office.applications import deciding
from certserver.office.applications.acting import raise_declined
from certserver.pipeline.card_applications.following import Followed, follow
from certserver.pipeline.card_applications.outcomes import Declined
from certserver.pipeline.card_applications.outside import Party
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
        parts = at_hand.desk().applications
        with simulated_parties(address) as parties:
            done = follow(parts, parties, at_hand.municipality, parsed.application, until)
    if isinstance(done, Declined):
        raise_declined(done)
    if not done.steps:
        raise ConfigurationError(f"[Simulated] It is still {done.state.value}, step {done.version}{_why(done)}.")
    print(
        f"[Simulated] No card was made and no letter carried. It is now {done.state.value}, step {done.version}", end=""
    )
    print(f"{_why(done)}.")
    return 0


def mail_out(parsed: argparse.Namespace) -> int:
    """A card that is set up bears the PINs of its sealed form, and goes into the mail."""
    with at_desk(parsed, officer_of(parsed)) as desk:
        done = deciding.mail_out(desk, parsed.application, MailKind(parsed.kind), parsed.seen)
    print(f"In the mail. It is now {done.state.value}, step {done.version}.")
    return 0


def _why(done: Followed) -> str:
    if done.waits is None:
        return ""
    who = _CALLED[done.waits]
    if done.refused:
        return f"; {who} refused: {done.refused}"
    return f"; it waits for {who}" if done.answered else f"; {who} did not answer, ask again"
