"""I11, seen from outside: after a PIN was set and changed at the counter, by keys and by pointing boards, a certificate
that shows the individual number was bought, the number was read out twice through headphones, and a card was handed
over with PINs from a sealed form, number and PINs are searched for in everything the programs left behind and in the
memory of each of them, as a core dump would hold it, the PC/SC daemon's included. The cards alone may know them."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from certserver.demo.chance import SeededSource
from certserver.demo.load import SEED
from certserver.demo.numbers import numbers_of
from certserver.demo.population import generate
from hardware.card.model import Usage
from hardware.card.virtual.persona import NUMBER_PIN
from kiosk.demo.office.site import OFFICER
from kiosk.demo.office.waits import NEW_CARD
from kiosk.demo.residents.script import PIN
from tests.support.guarded_counter import (
    AT_REST,
    CLERK_WHILE_POINTING,
    MADE,
    NEXT_CARD,
    NUMBER,
    SCREENS,
    form_signs,
    planted_signs,
    pointed_signs,
)
from tests.support.memory import descendants, found_in_memory
from tests.support.pcsc_bench import wait_until_empty, wait_until_present
from tests.support.pcsc_daemon import PcscDaemon, pcsc_daemon

pytestmark = [pytest.mark.xdist_group("pcscd"), pytest.mark.timeout(600)]

VERIFY = bytes.fromhex("0020008004")
ENCODINGS = ("utf-8", "utf-16-le", "utf-32-le")
"""Of text in files and wires, in Qt's strings, and in Python's."""


def secrets() -> dict[str, bytes]:
    """What must be found nowhere, by what it is: text in every encoding, figures also in groups and full width."""
    texts = {
        "the individual number": individual_number(),
        "the signing PIN": "".join(planted_signs()),
        "the signing PIN that was pointed at": "".join(pointed_signs()),
        "the signing PIN of the sealed form": "".join(form_signs(Usage.SIGNING)),
    }
    figures = {f"{what}, {how}": text for what, told in texts.items() for how, text in written(told).items()}
    found = {f"{what}, {coding}": text.encode(coding) for what, text in figures.items() for coding in ENCODINGS}
    fours = {"": PIN, " of the number": NUMBER_PIN, " of the sealed form": "".join(form_signs(Usage.USER_AUTH))}
    return found | {f"VERIFY with the four digits{of}": VERIFY + four.encode() for of, four in fours.items()}


def written(text: str) -> dict[str, str]:
    """As it may stand somewhere."""
    if not text.isdecimal():
        return {"as it is": text}
    fours = [text[at : at + 4] for at in range(0, len(text), 4)]
    return {
        "as it is": text,
        "in groups": " ".join(fours),
        "with dashes": "-".join(fours),
        "wide": text.translate(_WIDE),
    }


_WIDE = {ord(figure): chr(ord(figure) + 0xFEE0) for figure in "0123456789"}


def individual_number() -> str:
    number = next(
        numbers.individual_number
        for resident, numbers in numbers_of(generate(SeededSource(SEED)))
        if resident == NUMBER.card
    )
    assert number is not None
    return number


SHOWN = OFFICER.mark
"""What a window at rest shows. Of ASCII, so that only Qt holds it in UTF-16: Python keeps such text in single bytes."""


@dataclass(frozen=True, slots=True)
class AtRest:
    """Everything is done and every program still runs; `processes` are searched."""

    out: Path
    processes: dict[str, int]


@pytest.fixture(scope="module")
def at_rest(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AtRest]:
    out = tmp_path_factory.mktemp("guard") / "out"
    with ExitStack() as stack:
        daemon = stack.enter_context(pcsc_daemon())
        wait_until_empty(daemon)
        assert daemon.process is not None
        counter = stack.enter_context(_counter(out, daemon))
        assert _line(counter) == MADE
        _put_number(out)
        _waiting_card(out)
        with _card(out, daemon, NUMBER.card):
            _go_on(counter)
            assert _line(counter) == NEXT_CARD
        wait_until_empty(daemon)
        stack.enter_context(_card(out, daemon, NEW_CARD))
        _go_on(counter)
        assert _line(counter) == AT_REST
        names = {process: _name(process) for process in descendants(counter.pid)}
        processes = {f"{name} {process}": process for process, name in names.items()}
        yield AtRest(out, processes | {"pcscd": daemon.process.pid})
        _go_on(counter)


@contextmanager
def _counter(out: Path, daemon: PcscDaemon) -> Iterator["subprocess.Popen[str]"]:
    command = [sys.executable, "-m", "tests.support.guarded_counter", str(out)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, env=daemon.environment) as counter:
        try:
            yield counter
        finally:
            counter.communicate(timeout=30)


def _put_number(out: Path) -> None:
    """The card gets its holder's number from a program of its own: no other knows it before it is read."""
    command = [sys.executable, "-m", "hardware.card.cli", "number", str(out / "site" / "cards"), "--name", NUMBER.card]
    subprocess.run(command, input=individual_number().encode() + b"\n", check=True)


def _waiting_card(out: Path) -> None:
    """A card waits at the municipality's counter."""
    subprocess.run([sys.executable, "-m", "tests.support.waiting_card", str(out / "site")], check=True)


@contextmanager
def _card(out: Path, daemon: PcscDaemon, name: str) -> Iterator[None]:
    """A card of the site on the reader, put there by a program of its own: it is the card, and knows its PINs."""
    where = ["--dir", str(out / "site" / "cards"), "--name", name, "--port", str(daemon.port)]
    command = [sys.executable, "-m", "hardware.card.cli", "--pcsc", *where]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as card:
        assert "goes into the reader" in _line(card)
        wait_until_present()
        try:
            yield
        finally:
            card.communicate("quit\n", timeout=30)


def _line(process: "subprocess.Popen[str]") -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def _go_on(process: "subprocess.Popen[str]") -> None:
    assert process.stdin is not None
    process.stdin.write("\n")
    process.stdin.flush()


def _name(process: int) -> str:
    words = Path(f"/proc/{process}/cmdline").read_text().split("\0")
    return words[2] if words[1] == "-m" else words[0]


def test_i11_neither_number_nor_pin_is_in_the_memory_of_any_process(at_rest: AtRest) -> None:
    wanted = secrets()
    assert any("certserver" in name for name in at_rest.processes)
    assert any("simulators" in name for name in at_rest.processes)
    found = {name: found_in_memory(process, tuple(wanted.values())) for name, process in at_rest.processes.items()}
    assert found == {name: {} for name in at_rest.processes}


def test_what_is_there_is_found(at_rest: AtRest) -> None:
    """The search itself: each program knows the name of its own module, and the terminal's what its windows show."""
    for name, process in at_rest.processes.items():
        assert found_in_memory(process, (name.split()[0].encode(),)), name
    (terminal,) = (process for name, process in at_rest.processes.items() if "guarded_counter" in name)
    needles = (SHOWN.encode("utf-8"), SHOWN.encode("utf-16-le"))
    assert set(found_in_memory(terminal, needles)) == set(needles)
    last = (at_rest.out / SCREENS).read_text().splitlines()[-1]
    assert SHOWN in last, "the clerk's window at rest does not show it"


def test_a_pin_is_pointed_at_on_both_boards_and_the_clerk_s_window_stays_the_same(at_rest: AtRest) -> None:
    """However often a board was stepped and whichever signs were taken: one page for each time that a PIN is typed."""
    said = [line.partition(" ") for line in (at_rest.out / CLERK_WHILE_POINTING).read_text().splitlines()]
    pages = {asked: {_steady(page) for each, _, page in said if each == asked} for asked, _, _ in said}
    assert {"big/new", "one-by-one/again"} <= set(pages)
    assert {asked: len(each) for asked, each in pages.items()} == dict.fromkeys(pages, 1)


def _steady(page: str) -> str:
    """Without its clock, and the count of the pictures of the resident's window, none of which it shows meanwhile."""
    told = json.loads(page)
    del told["header"]
    (watched,) = (block for block in told["aside"] if block["type"] == "Watched")
    assert watched.pop("picture")
    assert watched["hidden"]
    return json.dumps(told)


def test_i11_neither_number_nor_pin_is_in_any_file_that_is_left(at_rest: AtRest) -> None:
    """Database, journal, logs, spool and everything a screen ever said; not what the resident takes along, nor the
    folder that is the cards themselves."""
    cards = at_rest.out / "site" / "cards"
    files = [path for path in at_rest.out.rglob("*") if path.is_file() and cards not in path.parents]
    names = {path.name for path in files}
    assert {SCREENS, "server.log"} <= names
    assert any(name.startswith("journal-") for name in names), names
    assert any(name.endswith(".db") for name in names), names
    wanted = secrets()
    found = [(path.name, what) for path in files for what, secret in wanted.items() if secret in path.read_bytes()]
    assert found == []
