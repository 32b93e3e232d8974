"""`koufu-simulators` as a person or a script uses it."""

import re
import secrets
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import grpc
import pytest
from cryptography import x509

from hardware.card.cli import main as card_main
from hardware.card.jpki import JpkiSession
from hardware.card.model import Usage
from hardware.card.virtual.card import VirtualCard
from hardware.card.virtual.folder import CardFolder
from hardware.card.virtual.writing_applet import Writable
from hardware.card.writing.apdus import ApduCardWriter
from hardware.card.writing.model import Case
from hardware.card.writing.procedure import Counter, Outcome, carry_out
from hardware.card.writing.steps import Goal
from hardware.errors import IssuerRefused
from kiosk.simulators.cli import OPERATORS, main
from kiosk.simulators.client import RemoteIssuer, sign_on
from tests.support.card_writing import BreakingLine
from tests.support.cards import pin


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """The folder and the port of a running program."""
    folder = tmp_path / "cards"
    assert card_main(["init", str(folder)]) == 0
    assert card_main(["issue", str(folder), "--name", "taro"]) == 0
    program = [sys.executable, "-m", "kiosk.simulators.cli", "--port", "0", "serve", "--dir", str(folder)]
    with subprocess.Popen(program, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        found = re.search(r"Simulated .+ on 127\.0\.0\.1:(\d+)\.", running.stdout.readline())
        try:
            assert found is not None
            yield folder, found[1]
        finally:
            running.terminate()


def test_a_card_of_the_folder_is_renewed_and_its_old_x509_is_in_the_list(
    served: tuple[Path, str], capsys: pytest.CaptureFixture[str]
) -> None:
    folder, port = CardFolder(served[0]), served[1]
    persona = folder.card("taro")
    card = VirtualCard(persona, secrets.token_bytes, writable=Writable(folder.terminal_key().public_key()))
    line = BreakingLine(card)
    session = JpkiSession(line)
    writer = ApduCardWriter(line, session)
    session.verify(pin())
    case = Case("case-1", Usage.USER_AUTH, "MIHON-0001")
    assert main(["--port", port, "trouble", "Certify", "refuse", "--reason", "closed", "--times", "1"]) == 0
    with grpc.insecure_channel(f"127.0.0.1:{port}") as channel:
        clerk = next(each for each in OPERATORS if each.name == "postal-1")
        desk = sign_on(channel, clerk.name, clerk.knows, clerk.has)
        counter = Counter(writer, RemoteIssuer(channel), desk, secrets.token_bytes)
        with pytest.raises(IssuerRefused, match="closed"):
            carry_out(Goal.NEW_X509, case, counter)
        assert carry_out(Goal.NEW_X509, case, counter) is Outcome.DONE
    assert persona.user_auth is not None
    listed = x509.load_der_x509_crl((served[0] / "ca/user-auth-1.crl").read_bytes())
    assert [line.serial_number for line in listed] == [persona.user_auth.x509.serial_number]
    capsys.readouterr()
    assert main(["--port", port, "noted"]) == 0
    assert capsys.readouterr().out == "postal-1 X509 case-1 allowed\n" * 2


def test_without_a_running_program_it_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--port", "1", "noted"]) == 2
    assert "did not answer" in capsys.readouterr().err
