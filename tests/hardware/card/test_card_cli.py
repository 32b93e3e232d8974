"""`koufu-card` as a person or a script uses it."""

import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography import x509

from hardware.card.cli import main, steer
from hardware.card.jpki import read_facts
from hardware.card.model import CardKind, SlotEvent
from hardware.card.virtual.reader import VirtualReader
from hardware.card.virtual.vpcd import VpcdSlot
from hardware.errors import CardMute
from tests.support.cards import card
from tests.support.pcsc_bench import wait_until_empty, wait_until_present
from tests.support.pcsc_daemon import PcscDaemon, pcsc_daemon
from tests.support.pcsc_fake import InlineSpawn, StepClock


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("folder") / "cards"
    assert main(["init", str(folder)]) == 0
    assert main(["issue", str(folder), "--name", "taro"]) == 0
    return folder


def test_cards_are_made_listed_and_kept(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["issue", str(folder), "--name", "hanako", "--kind", "child", "--days-valid", "30"]) == 0
    assert main(["list", str(folder)]) == 0
    lines = [line.split("\t") for line in capsys.readouterr().out.splitlines()[1:]]
    assert [line[:2] for line in lines] == [["hanako", "child"], ["taro", "normal"]]
    assert x509.load_pem_x509_certificate(Path(lines[1][3]).read_bytes()).subject


def test_a_second_init_keeps_what_is_there(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = (folder / "ca/user-auth-1.pem").read_bytes()
    assert main(["init", str(folder)]) == 0
    assert "stays" in capsys.readouterr().out
    assert (folder / "ca/user-auth-1.pem").read_bytes() == before


def test_a_revoked_card_is_in_the_list_at_once_and_in_every_fresh_one(folder: Path) -> None:
    assert main(["issue", str(folder), "--name", "jiro", "--kind", "revoked"]) == 0
    crl = folder / "ca/user-auth-1.crl"
    assert len(x509.load_der_x509_crl(crl.read_bytes())) == 1
    assert main(["crl", str(folder), "--valid-hours", "1"]) == 0
    assert len(x509.load_der_x509_crl(crl.read_bytes())) == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["issue", "{}", "--name", "taro"], "already"),
        (["issue", "{}", "--name", "../taro"], "is called by"),
        (["issue", "{}/none", "--name", "saburo"], "koufu-card init"),
        (["--pcsc", "--dir", "{}", "--name", "nobody"], "no card called nobody"),
    ],
)
def test_what_can_t_be_done_is_said_in_words(
    folder: Path, arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([argument.format(folder) for argument in arguments]) == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [
        ["issue", "d"],
        ["issue", "d", "--name", "a", "--pin", "12345"],
        ["issue", "d", "--name", "a", "--pin", "１２３４"],
        ["issue", "d", "--name", "a", "--signing-pin", "abc123"],
        ["issue", "d", "--name", "a", "--days-valid", "0"],
        ["--pcsc", "--kind", "silver"],
    ],
)
def test_bad_options_are_refused(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as refused:
        main(arguments)
    assert refused.value.code == 2


def test_without_a_command_the_help_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert "--pcsc" in capsys.readouterr().out


def test_the_words_typed_steer_the_slot() -> None:
    reader, told, said = VirtualReader(StepClock()), list[SlotEvent](), list[str]()
    reader.watch(told.append)
    virtual = card()
    lines = ["insert", "pull", "", "nonsense", "slow x", "slow 0.5", "insert", "slow 0", "mute"]
    assert steer(reader, virtual, lines, said.append) is False
    assert told == [SlotEvent.INSERTED, SlotEvent.REMOVED, SlotEvent.INSERTED]
    assert [line.startswith("?") for line in said] == [False, False, True, True, False, False, False, False]
    with pytest.raises(CardMute):
        reader.connect()
    assert steer(reader, virtual, ["slow", "insert", "quit", "pull"], said.append) is True
    assert read_facts(reader.connect()).kind is CardKind.STANDARD


def test_a_missing_reader_is_said_once_and_looked_for_again() -> None:
    said, clock = list[str](), StepClock()
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # nobody listens
        spawn = InlineSpawn(hold={"vpcd-card"})
        slot = VpcdSlot(spawn, clock, port=taken.getsockname()[1], trouble=said.append)
        slot.insert(card())
        clock.steps = {4: slot.pull}
        spawn.release()
    assert len(said) == 1
    assert "No virtual reader at 127.0.0.1" in said[0]
    assert len(clock.waits) == 5


@pytest.fixture(scope="module")
def daemon() -> Iterator[PcscDaemon]:
    with pcsc_daemon() as running:
        yield running


@pytest.mark.xdist_group("pcscd")
@pytest.mark.parametrize("stdin", [subprocess.PIPE, subprocess.DEVNULL])
def test_the_card_stays_in_until_told_otherwise(daemon: PcscDaemon, stdin: int, tmp_path: Path) -> None:
    """An empty folder gets a test CA and the card that was asked for."""
    options = ["--pcsc", "--port", str(daemon.port), "--dir", str(tmp_path / "cards"), "--kind", "locked"]
    command = [sys.executable, "-m", "hardware.card.cli", *options]
    with subprocess.Popen(command, stdin=stdin, stdout=subprocess.PIPE, text=True) as process:
        wait_until_present()
        if process.stdin is not None:
            process.stdin.write("pull\n")
            process.stdin.flush()
            wait_until_empty(daemon)
            process.stdin.write("insert\n")
            process.stdin.flush()
            wait_until_present()
        process.terminate()
        said, _ = process.communicate(timeout=30)
    assert process.returncode == 0
    assert "A locked card goes into the reader" in said
    assert (tmp_path / "cards/cards/locked/user-auth.pem").exists()
    assert (tmp_path / "cards/ca/user-auth-1.crl").exists()
    wait_until_empty(daemon)
