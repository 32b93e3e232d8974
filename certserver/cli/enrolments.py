"""The commands with which officers look at enrolments (利用登録申請) and decide them: list, show, approve, decline,
withdraw."""

import argparse
from datetime import datetime

from certserver.cli.opened import at_desk
from certserver.errors import ConfigurationError
from certserver.identity.enrolments import DeclineReason
from certserver.office import enrolments
from certserver.office.purposes import Purpose, Reason
from certserver.ports import JST
from koufu.evidence.numbers import printed


def enrolment_list(parsed: argparse.Namespace) -> int:
    """Shows numbers and states, nothing of a person."""
    with at_desk(parsed) as desk:
        for enrolment in enrolments.enrolments(desk, decided=parsed.all):
            print(f"{printed(enrolment.number)}  {enrolment.state.value:<10}  {_day(enrolment.applied_at)}")
    return 0


def show(parsed: argparse.Namespace) -> int:
    """Shows what an applicant said, and notes the viewing."""
    with at_desk(parsed, parsed.officer) as desk:
        shown = enrolments.said_of(desk, parsed.number, _purpose(parsed))
    enrolment, applied = shown.enrolment, shown.said
    print(f"Number              {printed(enrolment.number)}")
    print(f"Applied             {_day(enrolment.applied_at)} at {enrolment.terminal}")
    print(f"X.509 runs out      {_day(enrolment.not_after)}")
    print(f"Registered domicile {applied.applicant.domicile}")
    print(f"Head                {applied.applicant.head}")
    print(f"Name                {applied.applicant.name}")
    print(f"Born                {applied.applicant.born.isoformat()}")
    print(f"Telephone           {applied.applicant.phone}")
    print(f"Former enrolment    {printed(applied.former) if applied.former else 'none was named'}")
    return 0


def approve(parsed: argparse.Namespace) -> int:
    """Approves what was applied for."""
    with at_desk(parsed, parsed.officer) as desk:
        enrolments.approve(desk, parsed.number, (parsed.koseki, parsed.person))
    print("Approved, from now on. What was said is erased.")
    return 0


def decline(parsed: argparse.Namespace) -> int:
    """Declines what was applied for."""
    with at_desk(parsed, parsed.officer) as desk:
        enrolments.decline(desk, parsed.number, DeclineReason(parsed.reason))
    print("Declined. What was said is erased.")
    return 0


def withdraw(parsed: argparse.Namespace) -> int:
    """Ends an enrolment at its holder's wish."""
    with at_desk(parsed, parsed.officer) as desk:
        enrolments.withdraw(desk, parsed.number)
    print("Withdrawn, from now on.")
    return 0


def _purpose(parsed: argparse.Namespace) -> Purpose:
    try:
        return Purpose(Reason(parsed.purpose), parsed.reference)
    except ValueError as error:
        raise ConfigurationError(f"--reference: {error}") from error


def _day(at: int) -> str:
    return datetime.fromtimestamp(at, JST).date().isoformat()
