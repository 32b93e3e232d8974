"""The options of the commands for card applications and their papers. The words are those of `certserver.applications`
and `certserver.papers.kinds`, which import nothing that is slow."""

import argparse
from datetime import date
from pathlib import Path
from typing import Any, Protocol

from certserver.applications.mail_delivery import MAIL_ROWS
from certserver.applications.moves import MOVES
from certserver.applications.places import POST_OFFICE_PLACES, Place, Procedure
from certserver.applications.states import EventKind
from certserver.office.purposes import Reason
from certserver.papers.kinds import PAPERS, About, PaperLanguage

_UNTIL = ("sent-to-maker", "manufacturing", "set-up-at-maker", "mailed", "arrival-notice")
_BY_MAIL = sorted(row.kind.value for row in MAIL_ROWS if row.carries_cards)
_PURPOSES = tuple(reason.value for reason in Reason)
_COMMISSIONED = sorted(place.value for place in (*POST_OFFICE_PLACES, Place.FIELD_SUPPORT))


class Adds(Protocol):
    """Adds one command: group, name, what does it, one line."""

    def __call__(self, group: Any, name: str, does: str, summary: str) -> argparse.ArgumentParser:
        """Its parser, with the options that all have."""
        ...


def add_applications(group: Any, add: Adds) -> None:
    """Adds list, show, take, return, approve, reject, follow, set-up, mail-out and notify."""
    listing = add(group, "list", "applications.application_list", "show those that wait for an officer")
    which = listing.add_mutually_exclusive_group()
    which.add_argument("--open", action="store_true", help="all that are open")
    which.add_argument("--all", action="store_true", help="ended ones too")
    showing = add(group, "show", "applications.application_show", "show one; the audit log notes who looked")
    _add_purpose(showing, required=True)
    showing.add_argument("--attachment", type=int, metavar="N", help="write this one to --out instead")
    showing.add_argument("--out", type=Path, metavar="FILE", help="a file that is not there yet")
    taking = add(group, "take", "applications.take", "take one for review")
    returning = add(group, "return", "applications.give_back", "send one back to where it was taken in")
    approving = add(group, "approve", "applications.approve", "approve one under review")
    rejecting = add(group, "reject", "applications.reject", "reject one under review, for good")
    following = add(
        group, "follow", "outside.follow_one", "go on at resident network, card maker and mail, which are simulators"
    )
    following.add_argument("--until", choices=_UNTIL, help="stop there, and go on with the next `follow`")
    setting_up = add(group, "set-up", "applications.set_up", "a card that came is set up (交付前設定)")
    mailing = add(group, "mail-out", "outside.mail_out", "a card with the PINs of its sealed form goes into the mail")
    mailing.add_argument("--kind", required=True, choices=_BY_MAIL, help="how it travels")
    notifying = add(group, "notify", "applications.notify", "the notice (交付通知書) is sent: it waits at the counter")
    returning.add_argument("--reason", required=True, choices=_reasons(EventKind.RETURN))
    rejecting.add_argument("--reason", required=True, choices=_reasons(EventKind.REJECT))
    deciding = (taking, returning, approving, rejecting, setting_up, mailing, notifying)
    for parser in deciding:
        parser.add_argument("--seen", type=int, metavar="STEP", help="only when nobody made a step since this one")
    for parser in (showing, following, *deciding):
        parser.add_argument("application", metavar="ID", help="32 digits, as `application list` shows it")
    for parser in (showing, *deciding):
        parser.add_argument("--officer", required=True, metavar="MARK", help="who it is; it goes into the audit log")


def add_commissions(group: Any, add: Adds) -> None:
    """Adds list and add."""
    add(group, "list", "applications.commission_list", "show them, and what is missing behind each")
    adding = add(group, "add", "applications.commission_add", "enter what an office does from a day on")
    adding.add_argument("office", metavar="OFFICE", help="as its terminals' outlet is called")
    adding.add_argument("--called", default="", metavar="NAME", help="as residents know it, and its notice says")
    adding.add_argument("--place", required=True, choices=_COMMISSIONED, help="of what level or kind")
    adding.add_argument("--since", required=True, type=date.fromisoformat, metavar="DAY", help="its first day")
    adding.add_argument("--until", type=date.fromisoformat, metavar="DAY", help="its last day, where that is known")
    adding.add_argument(
        "--procedure",
        action="append",
        required=True,
        choices=[procedure.value for procedure in Procedure],
        help="that the contract names; may be given several times",
    )
    for paper, what in (
        ("--resolution", "of the council (議決)"),
        ("--contract", "with the office"),
        ("--notice", "posted (掲示)"),
    ):
        adding.add_argument(paper, metavar="DAY=CITED", help=what)


def add_paper(commands: Any, add: Adds) -> None:
    """Adds the command that writes a paper."""
    writing = add(commands, "paper", "papers.paper", "write a paper of the counter as a PDF, for a printer")
    kinds = [kind.value for kind, row in PAPERS.items() if row.about is not About.MATTER]
    writing.add_argument("kind", choices=kinds, metavar="KIND", help=", ".join(kinds))
    writing.add_argument("--out", type=Path, required=True, metavar="FILE", help="a file that is not there yet")
    writing.add_argument("--application", metavar="ID", help="with what this application says; without it, blank")
    writing.add_argument("--officer", metavar="MARK", help="who looks at it; it goes into the audit log")
    _add_purpose(writing, required=False)
    languages = [each.value for each in PaperLanguage]
    writing.add_argument("--language", choices=languages, help="of a paper that explains (default: ja)")
    writing.add_argument("--office", metavar="OFFICE", help="of which office; for readiness and posted-notice")
    levels = sorted(place.value for place in POST_OFFICE_PLACES)
    writing.add_argument("--place", choices=levels, help="its level; for readiness and posted-notice")
    writing.add_argument(
        "--done",
        action="append",
        default=[],
        metavar="STEP=DAY",
        help="a step that was done; for readiness; may be given several times",
    )


def _add_purpose(parser: argparse.ArgumentParser, *, required: bool) -> None:
    parser.add_argument("--purpose", choices=_PURPOSES, default="decision", help="for what (default: decision)")
    parser.add_argument("--reference", required=required, metavar="CASE", help="the case at hand; never a name")


def _reasons(event: EventKind) -> list[str]:
    return sorted({reason.value for row in MOVES if row.event is event for reason in row.reasons})
