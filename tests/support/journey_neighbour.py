"""Two municipalities with a server each, 見本市 and 例示市 next door: the directory of the first names both, and its
terminal is admitted by both. Set up with the commands of their operators."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from certserver.cli.main import main
from certserver.composition.settings import SETTINGS_FILE
from certserver.demo.neighbour import APPLICANT, KOSEKI_ID, NEIGHBOUR, load_neighbour
from certserver.ports import JST
from tests.support.journey_server import (
    TERMINAL,
    Municipality,
    card_authority,
    cards_of,
    entered,
    found,
    running,
)

SINCE = datetime(2020, 4, 1, tzinfo=JST)
"""Its settings are in force by the clock of journeys, and by the machine's, which commands look at."""

_OFFICER = ("--officer", "officer-7")


@dataclass(frozen=True)
class TwoMunicipalities:
    """Where the terminal stands, and where somebody's koseki is."""

    here: Municipality
    there: Municipality


@contextmanager
def two_municipalities(folder: Path) -> Iterator[TwoMunicipalities]:
    """Both, their servers running."""
    authority = card_authority()
    here, there = folder / "here", folder / "there"
    found(here, authority)
    command("init", "--home", there, "--municipality", NEIGHBOUR)
    # The TLS of both stands under one CA, as that of all who serve one terminal.
    shutil.copytree(here / "tls", there / "tls", dirs_exist_ok=True)
    command("node", "allow", "--home", there)
    settings = there / SETTINGS_FILE
    settings.write_text(settings.read_text().replace("localhost:8443", "localhost:8444"))
    with entered(there, authority) as connection:
        load_neighbour(connection, SINCE)
    command("terminal", "admit", TERMINAL, "--x509", here / "terminals" / TERMINAL / "terminal.pem", "--home", there)
    command("directory", "export", "--out", folder / "exported", "--home", there)
    command("directory", "add", folder / "exported", "--home", here)
    with running(here, authority, cards_of) as near, running(there, authority) as far:
        yield TwoMunicipalities(near, far)


def command(*arguments: str | Path) -> None:
    """An operator's command, which must succeed."""
    assert main([str(argument) for argument in arguments]) == 0


def approves(there: Municipality, number: str, person: str = APPLICANT) -> None:
    """An officer looks at what was applied for, and approves it for a person of the koseki."""
    home = ("--home", there.server.home)
    command("enrolment", "show", number, *_OFFICER, "--reference", "visit-1", *home)
    command("enrolment", "approve", number, "--koseki", KOSEKI_ID, "--person", person, *_OFFICER, *home)


def withdraws(there: Municipality, number: str) -> None:
    """An officer ends an enrolment, or what was applied for."""
    command("enrolment", "withdraw", number, *_OFFICER, "--home", there.server.home)
