"""The commands for what a municipality sets: municipality show, municipality set."""

import argparse

from certserver.cli.opened import Opened, at_desk, opened
from certserver.composition.clock import SystemClock
from certserver.composition.municipality_file import content_of, read_municipality_file, read_official_seal
from certserver.composition.municipality_text import written
from certserver.office.rights import Officer
from certserver.office.roles import officer_of
from certserver.office.settings.approving import set_at_once
from certserver.office.settings.drafts import stands
from certserver.office.settings.making import Wanted
from certserver.pipeline.staff.registry import known
from certserver.ports import in_japan, unix


def show(parsed: argparse.Namespace) -> int:
    """Shows what is in force."""
    with at_desk(parsed) as desk:
        at = desk.now()
        stood = stands(desk)
    for each in stood.unread(at):
        # A comment in the file that it prints.
        what = f"{each.of.value} {each.name}".strip()
        print(f"# {what} can't be read ({each.why}): what stands of it below could be read before")
    print(written(stood.settings, stood.profile(at), stood.retention, stood.counter, at), end="")
    return 0


def set_from_file(parsed: argparse.Namespace) -> int:
    """Sets what the file says, or nothing."""
    file = read_municipality_file(parsed.file)
    effective, seal = file.instant(), read_official_seal(file, parsed.file.parent)
    why = f"municipality set from {parsed.file.name}"
    wanted = Wanted(content_of(file), why, None if effective is None else unix(effective), seal)
    with opened(parsed) as at_hand:
        second = None if parsed.second is None else _second(at_hand, parsed.second)
        settled = set_at_once(at_hand.desk(), wanted, second)
    if settled is None:
        print("Nothing to set: all of it is so already.")
        return 0
    assert settled.decision is not None
    assert settled.decision.in_force_at is not None
    at = in_japan(settled.decision.in_force_at)
    print(f"Set by draft {settled.number}, in force from {at:%Y-%m-%d %H:%M:%S} (Japan).")
    return 0


def _second(at_hand: Opened, mark: str) -> Officer:
    """The second person with the roles that they hold today. Raises `ConfigurationError` when nobody is called so."""
    today = in_japan(unix(SystemClock().now())).date()
    with at_hand.database.reading() as connection:
        known(connection, at_hand.municipality, mark)
        return officer_of(connection, at_hand.municipality, mark, today)
