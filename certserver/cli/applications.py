"""The commands with which officers look at card applications and decide them: application list, show, take, return,
approve, reject, set-up, notify; and those that enter what the municipality opened at whose place: commission list, add.
What is personal is shown by `show` alone, which is noted in the audit log (I12)."""

import argparse
from datetime import date
from pathlib import Path

from pydantic import ValidationError

from certserver.applications.places import Place, Procedure
from certserver.applications.states import OPEN, Event, EventKind, Reason, State
from certserver.cli.opened import at_desk, opened
from certserver.composition.clock import SystemClock
from certserver.errors import ConfigurationError
from certserver.office.applications.deciding import Decision, decide
from certserver.office.applications.inbox import STATES, Group, listed
from certserver.office.applications.looking import attached, look
from certserver.office.purposes import Purpose
from certserver.office.purposes import Reason as Why
from certserver.office.settings.counter_parts import CommissionPart, PaperPart
from certserver.office.settings.drafts import stands
from certserver.office.settings.opening import open_beside
from certserver.pipeline.card_applications.commissions import read_commissions
from certserver.pipeline.card_applications.viewing import Content, Shown
from certserver.ports import in_japan, unix


def application_list(parsed: argparse.Namespace) -> int:
    """Shows ids and states, nothing of a person."""
    wanted = frozenset(State) if parsed.all else OPEN if parsed.open else STATES[Group.DECISION]
    with at_desk(parsed) as desk:
        for each in listed(desk, wanted):
            express = "  express" if each.express else ""
            since = f"{in_japan(each.moved_at):%Y-%m-%d %H:%M}"
            due = f"  due {each.due_on}" if each.due_on else ""
            print(f"{each.application_id}  {each.state:<22}  {since}  {each.outlet}{express}{due}")
    return 0


def application_show(parsed: argparse.Namespace) -> int:
    """Shows all of an application, or writes out what is attached; both are noted with their purpose."""
    purpose = purpose_of(parsed)
    with at_desk(parsed, officer_of(parsed)) as desk:
        if parsed.attachment is not None:
            if parsed.out is None:
                raise ConfigurationError("say with --out where the attachment is to be written")
            _write(attached(desk, parsed.application, parsed.attachment, purpose), parsed.out)
            return 0
        _print(look(desk, parsed.application, purpose).shown)
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
        for each in read_commissions(connection, at_hand.municipality, unix(SystemClock().now())):
            until = f" until {each.until}" if each.until else ""
            words = ", ".join(sorted(procedure.value for procedure in each.procedures))
            called = f" ({each.called})" if each.called else ""
            print(f"{each.office}{called}  {each.place.value}  since {each.since}{until}: {words}")
            for instrument in each.missing(today):
                print(f"  {instrument.value} is not there: nothing is done by this commission")
    return 0


def commission_add(parsed: argparse.Namespace) -> int:
    """Enters a commission of an office, beside those that stand."""
    try:
        opened_there = CommissionPart(
            office=parsed.office,
            place=Place(parsed.place),
            since=parsed.since,
            until=parsed.until,
            procedures=tuple(map(Procedure, parsed.procedure)),
            resolution=_paper(parsed.resolution),
            contract=_paper(parsed.contract),
            notice=_paper(parsed.notice),
            called=parsed.called,
        )
        with at_desk(parsed) as desk:
            open_beside(desk, stands(desk), opened_there)
            commission = opened_there.row(desk.municipality)
    except ValidationError as error:
        told = "; ".join(each["msg"] for each in error.errors())
        raise ConfigurationError(f"this commission does not hold together: {told}") from error
    print(f"Entered. It counts from {parsed.since}.")
    for instrument in commission.missing(parsed.since):
        print(f"Nothing is done by it until it has its {instrument.value}.")
    return 0


def _decide(parsed: argparse.Namespace, event: Event, said: str) -> int:
    with at_desk(parsed, officer_of(parsed)) as desk:
        done = decide(desk, parsed.application, Decision(event.kind, parsed.seen, event.reason))
    print(f"{said} It is now {done.state.value}, step {done.version}.")
    return 0


def officer_of(parsed: argparse.Namespace) -> str:
    """Who decides. Raises `ConfigurationError` when nobody is named."""
    officer: str = parsed.officer
    if not officer.strip():
        raise ConfigurationError("say with --officer who decides")
    return officer


def purpose_of(parsed: argparse.Namespace) -> Purpose:
    """For what an officer looks. Raises `ConfigurationError`."""
    try:
        return Purpose(Why(parsed.purpose), parsed.reference or "")
    except ValueError as error:
        raise ConfigurationError(f"--reference: {error}") from error


def _write(content: Content, out: Path) -> None:
    try:
        with out.open("xb") as file:
            file.write(content.content)
    except OSError as error:
        raise ConfigurationError(f"can't write {out}: {error.strerror}") from error
    print(f"{content.media_type.value}, {len(content.content)} bytes, in {out}. Erase it when it was looked at.")


def _print(shown: Shown) -> None:
    standing = shown.standing
    why = f" ({standing.reason.value})" if standing.reason else ""
    print(f"{standing.application_id}  {standing.state.value}{why}, step {standing.version}")
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


def _paper(told: str | None) -> PaperPart | None:
    """A paper as it is typed: its day, then how it is cited."""
    if told is None:
        return None
    day, _, cited = told.partition("=")
    try:
        return PaperPart(cited=cited or day, day=date.fromisoformat(day))
    except ValueError as error:
        raise ConfigurationError(f"{told}: YYYY-MM-DD=CITED is expected") from error
