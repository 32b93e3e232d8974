"""The fictional site with a counter: who works there, what the municipality opened at the post office, and the
terminals of both counters. Made with the commands an operator types."""

import re
import time
from base64 import b32decode
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP

from kiosk.composition.settings import TerminalSettings
from kiosk.demo.stage.processes import command, commands
from kiosk.demo.stage.settings import site_settings
from kiosk.demo.stage.site import DemoCard, DemoSite, make_site
from kiosk.errors import ConfigurationError
from kiosk.simulators.cli import OPERATORS

POST_OFFICE = "post-office"
POST_OFFICE_NAME = "見本中央郵便局"
TOWN_HALL = "town-hall"
COUNTER_TERMINAL = "counter-1"
"""The terminal at the municipality's own counter."""

CARDS: tuple[DemoCard, ...] = (
    DemoCard("tsuji-kengo", "normal", "tsuji-kengo", "辻　健吾", days_valid=60),
    DemoCard("yoshida-kazuko", "normal", "yoshida-kazuko", "𠮷田　和子"),
)
"""Whose cards come to the counter. The first is to be renewed."""

SINCE = "2026-04-01"
STAFF_PASSWORD = "a fictional clerk's password"  # noqa: S105 - nobody's: the site is made anew for each demonstration

_CODE_DIGITS, _CODE_S = 6, 30

OPENED: Mapping[str, tuple[str, ...]] = {
    "post-office-intake": ("card-application",),
    "post-office-x509": ("pin-change", "pin-reset", "x509-issue", "x509-renewal"),
}
"""What the municipality opened at the post office, by its level."""


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who works there, and what their authenticator holds."""

    mark: str
    name: str = field(repr=False)
    role: str
    outlet: str
    place: str
    secret: bytes = field(default=b"", repr=False)

    def step(self) -> int:
        """The time step that the code of now is of."""
        return int(time.time()) // _CODE_S

    def code(self) -> str:
        """The one-time code of now."""
        # SHA-1 is what every authenticator knows; the code's strength does not hang on collisions.
        totp = TOTP(self.secret, _CODE_DIGITS, SHA1(), _CODE_S, enforce_key_length=False)  # noqa: S303
        return totp.generate(int(time.time())).decode()


CLERK = Member("mihon-hana", "見本　花", "clerk", POST_OFFICE, "post-office")
SECOND = Member("mihon-ken", "見本　健", "clerk", POST_OFFICE, "post-office")
OFFICER = Member("rei-makoto", "例示　誠", "officer", TOWN_HALL, "municipal-counter")

SIGN_ON = ("postal-1", "postal-2", "municipal-1")
"""As whom clerk, colleague and officer sign on to the card-writing terminal."""


class Ports(NamedTuple):
    """Where server and simulators listen on this machine."""

    server: int
    simulators: int


def _typed(lines: Iterable[Sequence[str]]) -> list[str]:
    return commands("certserver.cli.main", lines)


@dataclass(frozen=True, slots=True)
class OfficeSite:
    """The site with its staff."""

    site: DemoSite
    clerk: Member
    second: Member
    officer: Member
    parties: str = ""
    """Where the simulators listen that stand for card maker, resident network and mail."""
    say: Callable[[Iterable[Sequence[str]]], list[str]] = _typed
    """What operators and officers type, and what they are told: `Commands.say` of a process that is kept."""

    def settings(self, ports: Ports) -> TerminalSettings:
        """Of the terminal at the post office's counter."""
        return self._settings(ports)

    def counter_settings(self, ports: Ports) -> TerminalSettings:
        """Of the terminal at the municipality's own counter."""
        files = self.site.home / "terminals" / COUNTER_TERMINAL
        # Another machine in another house: its book of the day is its own.
        machine = self.site.folder / COUNTER_TERMINAL
        machine.mkdir(exist_ok=True)
        return self._settings(ports).model_copy(
            update={
                "terminal": COUNTER_TERMINAL,
                "place": "見本市役所 市民課",
                "place_en": "Mihon City Hall, Citizens' Affairs",
                "server_ca": files / "ca.pem",
                "terminal_x509": files / "terminal.pem",
                "terminal_key": files / "terminal.key",
                "directory_key": files / "directory.pub",
                "journal": machine / "journal.json",
                "counter_place": "municipal-counter",
            }
        )

    def _settings(self, ports: Ports) -> TerminalSettings:
        by_name = {each.name: each for each in OPERATORS}
        signs_on = (
            (member.mark, by_name[name]) for member, name in zip((CLERK, SECOND, OFFICER), SIGN_ON, strict=True)
        )
        file = self.site.folder / "operators"
        file.write_text("".join(f"{mark} {each.name} {each.knows} {each.has}\n" for mark, each in signs_on))
        return site_settings(self.site, ports.server).model_copy(
            update={
                "camera": "virtual:",
                "cash": "drawer:",
                "counter": True,
                "scanner": "virtual:",
                "writing_operators": file,
                "writing_terminal": f"127.0.0.1:{ports.simulators}",
            }
        )

    def server(self, *arguments: str) -> str:
        """What a command of an operator or officer says: `server("application", "list")`."""
        (said,) = self.servers(arguments)
        return said

    def servers(self, *lines: Sequence[str]) -> list[str]:
        """What several of them say, typed one after the other."""
        return self.say((group, name, "--home", str(self.site.home), *rest) for group, name, *rest in lines)

    def decides(self, *decisions: Sequence[str]) -> None:
        """What an officer does with the one application that waits: each decision by its name and options."""
        lines = self.server("application", "list").splitlines()
        if len(lines) != 1:
            raise ConfigurationError(f"{len(lines)} applications wait for an officer, not one")
        application = lines[0].split()[0]
        officer = ("--officer", self.officer.mark)
        self.servers(
            *(
                ("application", name, application, *options, *(() if name == "follow" else officer))
                for name, *options in decisions
            )
        )

    def next_card(self, name: str) -> None:
        """The card that the simulated card maker makes next is this one of the site."""
        port = self.parties.rpartition(":")[2]
        command("kiosk.simulators.cli", "--port", port, "next-card", name)


def make_office(folder: Path) -> OfficeSite:
    """The site in this folder, made anew. Raises `ConfigurationError` with what the failing command said."""
    site = make_site(folder, CARDS)
    home = ("--home", str(site.home))
    counter = ("--outlet", TOWN_HALL, "--outlet-kind", "municipal")
    papers = (
        *("--resolution", "2025-12-18=令和7年見本市議会第4回定例会議決"),
        *("--contract", "2026-02-02=見本市・見本中央郵便局事務取扱契約"),
        *("--notice", "2026-03-16=見本市告示第12号"),
    )
    opened = [
        (
            *(
                "commission",
                "add",
                *home,
                POST_OFFICE,
                "--called",
                POST_OFFICE_NAME,
                "--place",
                place,
                "--since",
                SINCE,
            ),
            *(word for procedure in procedures for word in ("--procedure", procedure)),
            *papers,
        )
        for place, procedures in OPENED.items()
    ]
    password = folder / "password"
    password.write_text(f"{STAFF_PASSWORD}\n")
    staff = (CLERK, SECOND, OFFICER)
    said = commands(
        "certserver.cli.main",
        [
            ("terminal", "add", *home, COUNTER_TERMINAL, *counter),
            *opened,
            *(
                ("staff", "add", *home, each.mark, "--name", each.name, "--password-file", str(password))
                for each in staff
            ),
            *(_works(each, home) for each in staff),
        ],
    )
    shown = said[1 + len(opened) :]
    clerk, second, officer = (_with_secret(member, text) for member, text in zip(staff, shown, strict=False))
    return OfficeSite(site, clerk, second, officer)


def _works(member: Member, home: tuple[str, str]) -> tuple[str, ...]:
    where = ("--role", member.role, "--outlet", member.outlet, "--place", member.place, "--since", SINCE)
    return ("staff", "role", *home, member.mark, *where)


def _with_secret(member: Member, shown: str) -> Member:
    """What `staff add` shows once goes into their authenticator."""
    found = re.search(r"otpauth://\S+", shown)
    if found is None:
        raise ConfigurationError("`staff add` showed no secret")
    return replace(member, secret=b32decode(parse_qs(urlsplit(found[0]).query)["secret"][0]))
