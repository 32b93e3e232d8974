"""The commands with which officers look at card applications and decide them: application list, show, take, return,
approve, reject, set-up, notify; and those that enter what the municipality opened at whose place: commission list, add.
What is personal is shown by `show` alone, which is noted in the audit log (I12)."""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from sqlalchemy.exc import IntegrityError

from certserver.applications.commissions import Commission, DatedPaper
from certserver.applications.dated import Confirmed
from certserver.applications.places import Place, Procedure
from certserver.applications.states import OPEN, Actor, Event, EventKind, Reason, Role, State
from certserver.cli.opened import Opened, application_parts, changing, note, opened
from certserver.composition.clock import SystemClock
from certserver.errors import ConfigurationError
from certserver.pipeline.card_applications.commissions import add_commission, read_commissions
from certserver.pipeline.card_applications.moving import move_application
from certserver.pipeline.card_applications.outcomes import Declined, Why
from certserver.pipeline.card_applications.parts import ApplicationParts
from certserver.pipeline.card_applications.rows import ids_of, read_application
from certserver.pipeline.card_applications.stepping import Which
from certserver.pipeline.card_applications.viewing import Content, Shown, Standing, read_attachment, show
from certserver.pipeline.card_applications.who import Known
from certserver.ports import in_japan

_WAITS_FOR_OFFICERS = frozenset({State.SENT_TO_MUNICIPALITY, State.UNDER_REVIEW})
_NEXT = {
    Why.UNKNOWN: "`application list` shows those of this municipality",
    Why.MOVED_MEANWHILE: "somebody made a step just now: `application show` it again",
    Why.RECORD_CHANGED: "the resident record changed, and the application has ended",
}


def application_list(parsed: argparse.Namespace) -> int:
    """Shows ids and states, nothing of a person."""
    wanted = frozenset(State) if parsed.all else OPEN if parsed.open else _WAITS_FOR_OFFICERS
    with opened(parsed) as at_hand, at_hand.database.reading() as connection:
        for application_id in ids_of(connection, at_hand.municipality, wanted):
            stored = read_application(connection, at_hand.municipality, application_id)
            if stored is not None:
                application = stored.application
                express = "  express" if application.express else ""
                since = f"{application.moved_at:%Y-%m-%d %H:%M}"
                print(f"{application_id}  {application.state.value:<22}  {since}  {stored.outlet}{express}")
    return 0


def application_show(parsed: argparse.Namespace) -> int:
    """Shows all of an application, or writes out what is attached; both are noted."""
    officer = officer_of(parsed)
    with _at_hand(parsed) as (at_hand, parts):
        who = Known(Actor(officer, Role.OFFICER, at_hand.municipality))
        if parsed.attachment is not None:
            if parsed.out is None:
                raise ConfigurationError("say with --out where the attachment is to be written")
            content = read_attachment(parts, who, at_hand.municipality, parsed.application, parsed.attachment)
            _write(content, parsed.out)
            return 0
        shown = show(parts, who, at_hand.municipality, parsed.application)
    if isinstance(shown, Declined):
        raise refused(shown)
    _print(shown)
    return 0


def take(parsed: argparse.Namespace) -> int:
    """Takes an application for review."""
    return _decide(parsed, Event(EventKind.TAKE), "Under review.")


def give_back(parsed: argparse.Namespace) -> int:
    """Returns an application to where it was taken in."""
    return _decide(parsed, Event(EventKind.RETURN, Reason(parsed.reason)), "Returned to where it was taken in.")


def approve(parsed: argparse.Namespace) -> int:
    """Approves an application."""
    return _decide(parsed, Event(EventKind.APPROVE), "Approved.")


def reject(parsed: argparse.Namespace) -> int:
    """Rejects an application, for good."""
    return _decide(parsed, Event(EventKind.REJECT, Reason(parsed.reason)), "Rejected.")


def set_up(parsed: argparse.Namespace) -> int:
    """The card that came is set up (交付前設定)."""
    return _decide(parsed, Event(EventKind.SET_UP), "Set up.")


def notify(parsed: argparse.Namespace) -> int:
    """The notice (交付通知書) is on its way: the card waits at the counter."""
    return _decide(parsed, Event(EventKind.NOTIFY), "The card waits at the counter.")


def commission_list(parsed: argparse.Namespace) -> int:
    """Shows what was opened at whose place, and what is missing behind it today."""
    today = in_japan(int(SystemClock().now().timestamp())).date()
    with opened(parsed) as at_hand, at_hand.database.reading() as connection:
        for each in read_commissions(connection, at_hand.municipality):
            until = f" until {each.until}" if each.until else ""
            words = ", ".join(sorted(procedure.value for procedure in each.procedures))
            print(f"{each.office}  {each.place.value}  since {each.since}{until}: {words}")
            for instrument in each.missing(today):
                print(f"  {instrument.value} is not there: nothing is done by this commission")
    return 0


def commission_add(parsed: argparse.Namespace) -> int:
    """Enters a commission of an office."""
    try:
        with opened(parsed) as at_hand, changing(at_hand) as (connection, book):
            commission = Commission(
                since=parsed.since,
                until=parsed.until,
                source="",
                confirmed=Confirmed.DESIGN,
                municipality=at_hand.municipality,
                office=parsed.office,
                place=Place(parsed.place),
                procedures=frozenset(map(Procedure, parsed.procedure)),
                resolution=_paper(parsed.resolution),
                contract=_paper(parsed.contract),
                notice=_paper(parsed.notice),
            )
            add_commission(connection, commission)
            note(book, f"commission of {parsed.office}: {parsed.place} since {parsed.since}")
    except IntegrityError as error:
        raise ConfigurationError("this office has a commission for this place since that day already") from error
    except ValueError as error:
        raise ConfigurationError(f"this commission does not hold together: {error}") from error
    print(f"Entered. It counts from {parsed.since}.")
    for instrument in commission.missing(parsed.since):
        print(f"Nothing is done by it until it has its {instrument.value}.")
    return 0


@contextmanager
def _at_hand(parsed: argparse.Namespace) -> Iterator[tuple[Opened, ApplicationParts]]:
    with opened(parsed) as at_hand:
        yield at_hand, application_parts(at_hand)


def _decide(parsed: argparse.Namespace, event: Event, said: str) -> int:
    officer = officer_of(parsed)
    with _at_hand(parsed) as (at_hand, parts):
        with at_hand.database.reading() as connection:
            stored = read_application(connection, at_hand.municipality, parsed.application)
        version = 0 if stored is None else stored.version
        if parsed.seen is not None:
            version = parsed.seen
        which = Which(at_hand.municipality, parsed.application, version)
        done = move_application(parts, Known(Actor(officer, Role.OFFICER, at_hand.municipality)), which, event)
    if isinstance(done, Declined):
        raise refused(done)
    print(f"{said} It is now {done.state.value}, step {done.version}.")
    return 0


def officer_of(parsed: argparse.Namespace) -> str:
    """Who decides. Raises `ConfigurationError` when nobody is named."""
    officer: str = parsed.officer
    if not officer.strip():
        raise ConfigurationError("say with --officer who decides")
    return officer


def refused(declined: Declined) -> ConfigurationError:
    """Why nothing was done, for whoever typed it."""
    needs = f" ({', '.join(need.value for need in declined.needs)})" if declined.needs else ""
    stands = f"; it is {declined.state.value}, step {declined.version}" if declined.state else ""
    hint = _NEXT.get(declined.reason) if isinstance(declined.reason, Why) else None
    return ConfigurationError(f"refused: {declined.reason.value}{needs}{stands}{f': {hint}' if hint else ''}")


def _write(content: Content | Declined, out: Path) -> None:
    if isinstance(content, Declined):
        raise refused(content)
    try:
        with out.open("xb") as file:
            file.write(content.content)
    except OSError as error:
        raise ConfigurationError(f"can't write {out}: {error.strerror}") from error
    print(f"{content.media_type.value}, {len(content.content)} bytes, in {out}. Erase it when it was looked at.")


def _print(shown: Shown | Standing) -> None:
    standing = shown.standing if isinstance(shown, Shown) else shown
    why = f" ({standing.reason.value})" if standing.reason else ""
    print(f"{standing.application_id}  {standing.state.value}{why}, step {standing.version}")
    if isinstance(shown, Standing):
        return
    application = shown.application
    print(f"Taken in   at {shown.outlet} for {application.reception_municipality}, route {application.route.value}")
    identity = application.identity
    print(f"Identity   {f'{identity.by.value}, checked by {identity.actor_id}' if identity else 'not checked'}")
    print(f"Photo      {application.photo.value}")
    if shown.personal is None:
        print("What was personal is erased.")
    else:
        print(f"Record     {shown.personal.name}, {shown.personal.address}")
        for name, text in sorted(shown.personal.form.items()):
            print(f"  {name:<26} {text}")
    for each in shown.attachments:
        print(f"Attachment {each.number}: {each.kind.value}, {each.media_type.value}, {each.size} bytes")
    for step in shown.steps:
        reason = f" ({step.reason.value})" if step.reason else ""
        print(f"  {in_japan(step.at):%Y-%m-%d %H:%M:%S}  {step.event}{reason} by {step.role.value} {step.actor_id}")


def _paper(told: str | None) -> DatedPaper | None:
    """A paper as it is typed: its day, then how it is cited."""
    if told is None:
        return None
    day, _, cited = told.partition("=")
    try:
        return DatedPaper(cited or day, date.fromisoformat(day))
    except ValueError as error:
        raise ConfigurationError(f"{told}: YYYY-MM-DD=CITED is expected") from error
