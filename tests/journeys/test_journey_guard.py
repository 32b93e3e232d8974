"""I11, seen from outside: after a PIN was set at the counter, a certificate that shows the individual number was bought
and the number was read out twice through headphones, number and PINs are searched for in everything the programs left
behind and in the memory of each of them, as a core dump would hold it, the PC/SC daemon's included. The card alone may
know them."""

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
from hardware.card.virtual.persona import NUMBER_PIN
from kiosk.composition.demo_script import PIN
from tests.support.guarded_counter import AT_REST, MADE, NUMBER, SCREENS, planted_signs
from tests.support.memory import descendants, found_in_memory
from tests.support.pcsc_bench import wait_until_empty, wait_until_present
from tests.support.pcsc_daemon import PcscDaemon, pcsc_daemon

pytestmark = [pytest.mark.xdist_group("pcscd"), pytest.mark.timeout(600)]

VERIFY = bytes.fromhex("0020008004")


def secrets() -> dict[str, bytes]:
    """What must be found nowhere, by what it is."""
    number = next(
        numbers.individual_number
        for resident, numbers in numbers_of(generate(SeededSource(SEED)))
        if resident == NUMBER.card
    )
    assert number is not None
    return {
        "the individual number": number.encode(),
        "the signing PIN": "".join(planted_signs()).encode(),
        "VERIFY with the four digits": VERIFY + PIN.encode(),
        "VERIFY with the PIN of the number": VERIFY + NUMBER_PIN.encode(),
    }


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
        stack.enter_context(_card(out, daemon))
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
    number = secrets()["the individual number"]
    command = [sys.executable, "-m", "hardware.card.cli", "number", str(out / "site" / "cards"), "--name", NUMBER.card]
    subprocess.run(command, input=number + b"\n", check=True)


@contextmanager
def _card(out: Path, daemon: PcscDaemon) -> Iterator[None]:
    """The site's card on the reader, put there by a program of its own: it is the card, and knows its PINs."""
    where = ["--dir", str(out / "site" / "cards"), "--name", NUMBER.card, "--port", str(daemon.port)]
    command = [sys.executable, "-m", "hardware.card.cli", "--pcsc", *where]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as card:
        assert "goes into the reader" in _line(card)
        wait_until_present()
        try:
            yield
        finally:
            card.communicate("quit\n", timeout=10)


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
    """The search itself: each program knows the name of its own module."""
    for name, process in at_rest.processes.items():
        assert found_in_memory(process, (name.split()[0].encode(),)), name


def test_i11_neither_number_nor_pin_is_in_any_file_that_is_left(at_rest: AtRest) -> None:
    """Database, journal, logs, spool and everything a screen ever said; not what the resident takes along, nor the
    folder that is the cards themselves."""
    cards = at_rest.out / "site" / "cards"
    files = [path for path in at_rest.out.rglob("*") if path.is_file() and cards not in path.parents]
    names = {path.name for path in files}
    assert {SCREENS, "server.log", "journal.json"} <= names
    assert any(name.endswith(".db") for name in names), names
    wanted = secrets()
    found = [(path.name, what) for path in files for what, secret in wanted.items() if secret in path.read_bytes()]
    assert found == []
