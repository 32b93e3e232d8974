"""The options of the commands for staff. It imports nothing that is slow."""

from datetime import date
from pathlib import Path
from typing import Any

from certserver.cli.application_commands import Adds
from certserver.staff.engagements import PLACES, STAFF_ROLES

_MARK = "the mark that stands for the person in logs: letters a-z, digits, -"


def add_staff(group: Any, add: Adds) -> None:
    """Adds add, role, card, reset, end and list."""
    adding = add(group, "add", "staff.add", "enter somebody, with a password that they type; shows their code's secret")
    adding.add_argument("--name", required=True, help="who it is; it stays in the registry")
    engaging = add(group, "role", "staff.role", "enter where somebody works, as what, from which day on")
    engaging.add_argument("--role", required=True, choices=sorted(role.value for role in STAFF_ROLES))
    engaging.add_argument("--outlet", required=True, metavar="OUTLET", help="as its terminals' outlet is called")
    engaging.add_argument("--place", required=True, choices=sorted(place.value for place in PLACES))
    engaging.add_argument("--since", required=True, type=date.fromisoformat, metavar="DAY", help="the first day")
    engaging.add_argument("--until", type=date.fromisoformat, metavar="DAY", help="the last day, where it is known")
    carding = add(group, "card", "staff.card", "let a card sign somebody in, in place of any former one")
    which = carding.add_mutually_exclusive_group(required=True)
    which.add_argument("--x509", type=Path, metavar="FILE", help="its user-authentication X.509, PEM or DER")
    which.add_argument("--none", action="store_true", help="no card any more: it was lost, or handed back")
    resetting = add(group, "reset", "staff.reset", "a new password and a new code secret; ends sessions and waiting")
    ending = add(group, "end", "staff.end", "let somebody work nowhere any more, from now on")
    ending.add_argument("--last", type=date.fromisoformat, metavar="DAY", help="after this day instead")
    for parser in (adding, engaging, carding, resetting, ending):
        parser.add_argument("mark", metavar="MARK", help=_MARK)
    for parser in (adding, resetting):
        parser.add_argument(
            "--password-file", type=Path, metavar="FILE", help="its first line is the password, in place of typing it"
        )
    listing = add(group, "list", "staff.listed", "show who there is, and where they work")
    listing.add_argument("--all", action="store_true", help="what has ended too")
