"""The commands with which an operator keeps the registry of staff: staff add, role, card, reset, end, list. A password
is typed by the person or read from a file, never an option: whoever is on the machine reads the command line of every
process. The secret of one-time codes is shown once."""

import argparse
import re
import sys
from datetime import date
from getpass import getpass

from certserver.antiforgery.qr import QUIET_MODULES, symbols
from certserver.applications.permissions import SiteKind
from certserver.applications.states import Role
from certserver.cli.opened import Opened, changing, note, opened, read_file
from certserver.composition.clock import SystemClock, system_entropy
from certserver.composition.stores import open_keys
from certserver.errors import ConfigurationError
from certserver.identity.subjects import subject_of_x509
from certserver.office.cards import x509_der
from certserver.pipeline.staff.keys import StaffKeys
from certserver.pipeline.staff.registry import (
    add_member,
    drop_cards,
    end_engagements,
    engage,
    enrol_card,
    has_card,
    known,
    last_day,
    members,
    set_password,
)
from certserver.pipeline.staff.rows import engagements_of
from certserver.pipeline.staff.sessions import end_sessions_of
from certserver.ports import in_japan, unix
from certserver.staff.codes import SECRET_BYTES, provisioning_uri
from certserver.staff.engagements import Engagement
from certserver.staff.passwords import SALT_BYTES, hashed, unfit
from certserver.stages import Refused

_MARK = re.compile(r"[a-z0-9][a-z0-9-]{1,31}", re.ASCII)


def add(parsed: argparse.Namespace) -> int:
    """Enters somebody."""
    if not _MARK.fullmatch(parsed.mark):
        raise ConfigurationError(f"{parsed.mark} is no mark: 2 to 32 of a-z, 0-9 and - are expected")
    if not parsed.name.strip():
        raise ConfigurationError("say with --name who it is")
    with opened(parsed) as at_hand:
        password = _password(parsed)
        secret = system_entropy(SECRET_BYTES)
        with changing(at_hand) as (connection, book):
            add_member(connection, at_hand.municipality, parsed.mark, parsed.name.strip(), _now())
            kept = hashed(password, system_entropy(SALT_BYTES))
            set_password(connection, book, _keys(at_hand), parsed.mark, kept, secret, _now())
            note(book, f"staff: {parsed.mark} added")
        print(f"{parsed.mark} is entered, and works nowhere yet: see `staff role`.")
        _show_secret(at_hand, parsed.mark, secret)
    return 0


def role(parsed: argparse.Namespace) -> int:
    """Enters where somebody works."""
    try:
        engagement = Engagement(
            parsed.mark, Role(parsed.role), parsed.outlet, SiteKind(parsed.place), parsed.since, parsed.until
        )
    except ValueError as error:
        raise ConfigurationError(f"this does not hold together: {error}") from error
    with opened(parsed) as at_hand, changing(at_hand) as (connection, book):
        engage(connection, at_hand.municipality, engagement)
        note(book, f"staff: {parsed.mark} is {parsed.role} at {parsed.outlet} ({parsed.place}) since {parsed.since}")
    print(f"Entered. It counts from {parsed.since}.")
    return 0


def card(parsed: argparse.Namespace) -> int:
    """Lets a card sign somebody in, or none."""
    with opened(parsed) as at_hand:
        if parsed.none:
            with changing(at_hand) as (connection, book):
                known(connection, at_hand.municipality, parsed.mark)
                dropped = drop_cards(connection, at_hand.municipality, parsed.mark)
                end_sessions_of(connection, book, parsed.mark, "card dropped", _now())
                note(book, f"staff: no card signs {parsed.mark} in")
            print("No card signs them in." if dropped else "There was none.")
            return 0
        der = x509_der(read_file(parsed.x509))
        subjects = open_keys(at_hand.home, at_hand.settings).subjects
        with changing(at_hand) as (connection, book):
            subject = subject_of_x509(connection, subjects, at_hand.municipality, der)
            if isinstance(subject, Refused):
                raise ConfigurationError("this is no user-authentication X.509 of a trusted issuer: see `trust add`")
            enrol_card(connection, at_hand.municipality, parsed.mark, subject, _now())
            note(book, f"staff: a card signs {parsed.mark} in")
    print(f"This card signs {parsed.mark} in, after its PIN.")
    return 0


def reset(parsed: argparse.Namespace) -> int:
    """A new password and a new secret."""
    with opened(parsed) as at_hand:
        with at_hand.database.reading() as connection:
            known(connection, at_hand.municipality, parsed.mark)
        password = _password(parsed)
        secret = system_entropy(SECRET_BYTES)
        with changing(at_hand) as (connection, book):
            kept = hashed(password, system_entropy(SALT_BYTES))
            set_password(connection, book, _keys(at_hand), parsed.mark, kept, secret, _now())
            note(book, f"staff: password and code of {parsed.mark} reset")
        print(f"Reset. What {parsed.mark} had open has ended, and the former code counts no more.")
        _show_secret(at_hand, parsed.mark, secret)
    return 0


def end(parsed: argparse.Namespace) -> int:
    """Lets somebody work nowhere."""
    today = _today()
    last = last_day(today, parsed.last)
    with opened(parsed) as at_hand, changing(at_hand) as (connection, book):
        ended = end_engagements(connection, book, parsed.mark, last, today, _now())
        note(book, f"staff: {parsed.mark} works nowhere after {last}")
    print(f"Ended: {ended}. Their last day is {last}.")
    return 0


def listed(parsed: argparse.Namespace) -> int:
    """Shows who there is."""
    today = _today()
    with opened(parsed) as at_hand, at_hand.database.reading() as connection:
        for member in members(connection, at_hand.municipality):
            by_card = "  card" if has_card(connection, at_hand.municipality, member.mark) else ""
            print(f"{member.mark}  {member.name}{by_card}")
            for each in engagements_of(connection, at_hand.municipality, member.mark):
                if parsed.all or each.until is None or each.until >= today:
                    until = f" until {each.until}" if each.until else ""
                    print(f"  {each.role.value} at {each.outlet} ({each.place.value}) since {each.since}{until}")
    return 0


def _password(parsed: argparse.Namespace) -> str:
    """As the person chose it."""
    if parsed.password_file is not None:
        lines = read_file(parsed.password_file).decode(errors="replace").splitlines()
        password = lines[0] if lines else ""
    elif sys.stdin.isatty():
        password = getpass("Password of their own: ")
        if getpass("Once more: ") != password:
            raise ConfigurationError("the two differ: nothing was changed")
    else:
        raise ConfigurationError("nobody is here to type a password: name a file with --password-file")
    why = unfit(password, parsed.mark)
    if why is not None:
        raise ConfigurationError(f"this can't be a password: {why.value}")
    return password


def _show_secret(at_hand: Opened, mark: str, secret: bytes) -> None:
    uri = provisioning_uri(secret, mark, at_hand.municipality)
    print("Their authenticator takes this in now; it is never shown again:")
    print(f"  {uri}")
    print(_picture(uri))


def _picture(text: str) -> str:
    """A QR symbol as characters, two rows in one, light where a terminal is dark: for white on black."""
    (dark,) = symbols([text.encode()])
    side = len(dark) + 2 * QUIET_MODULES

    def is_light(row: int, column: int) -> bool:
        row, column = row - QUIET_MODULES, column - QUIET_MODULES
        return not (0 <= row < len(dark) and 0 <= column < len(dark) and dark[row, column])

    characters = {(True, True): "█", (True, False): "▀", (False, True): "▄", (False, False): " "}
    return "\n".join(
        "".join(characters[is_light(row, column), is_light(row + 1, column)] for column in range(side))
        for row in range(0, side, 2)
    )


def _keys(at_hand: Opened) -> StaffKeys:
    return StaffKeys(open_keys(at_hand.home, at_hand.settings).secret, system_entropy)


def _now() -> int:
    return unix(SystemClock().now())


def _today() -> date:
    return in_japan(_now()).date()
