"""`KOUFU_CARD=pcsc make demo`: the demonstration with a card that `koufu-card --pcsc` put into a real PC/SC daemon."""

import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from hardware.card.virtual.vpcd import VpcdSlot
from hardware.composition import SystemClock, spawn_thread
from tests.support.cards import CardAuthority
from tests.support.demo import run_demo
from tests.support.foreign_issuer import NotingCard, issued_by
from tests.support.pcsc_bench import wait_until_empty, wait_until_present
from tests.support.pcsc_daemon import PcscDaemon, pcsc_daemon

pytestmark = [pytest.mark.xdist_group("pcscd"), pytest.mark.timeout(600)]


@pytest.fixture
def daemon() -> Iterator[PcscDaemon]:
    with pcsc_daemon() as running:
        wait_until_empty(running)
        yield running


@contextlib.contextmanager
def a_card(daemon: PcscDaemon, folder: Path) -> Iterator[None]:
    """A new card of a new test CA in this folder lies on the reader, put there by the program."""
    command = [sys.executable, "-m", "hardware.card.cli", "--pcsc", "--dir", str(folder), "--port", str(daemon.port)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert "goes into the reader" in process.stdout.readline()
        wait_until_present()
        yield
        process.communicate("quit\n", timeout=30)
    assert process.returncode == 0


def on_the_reader(daemon: PcscDaemon, authority: Path) -> dict[str, str]:
    """What `make demo` is told by its environment."""
    return daemon.environment | {"KOUFU_CARD": "pcsc", "KOUFU_CARD_CA": str(authority)}


def test_a_test_card_on_the_reader_gets_its_certificate(daemon: PcscDaemon, tmp_path: Path) -> None:
    cards, out = tmp_path / "cards", tmp_path / "out"
    with a_card(daemon, cards):
        done = run_demo("--out", str(out), environment=on_the_reader(daemon, cards / "ca"))
    assert done.returncode == 0, done.stdout + done.stderr
    summary = json.loads((out / "summary.json").read_text())
    assert summary["sheet_check"]["outcome"] == "as-issued"
    assert [step["name"] for step in summary["steps"]][-2:] == ["taken", "start-again"]


def test_i11_a_card_of_another_issuer_never_gets_a_scripted_pin(daemon: PcscDaemon, tmp_path: Path) -> None:
    card = NotingCard(issued_by(["JPKI"], CardAuthority().issue()), os.urandom)
    slot = VpcdSlot(spawn_thread, SystemClock(), port=daemon.port)
    slot.insert(card)
    try:
        wait_until_present()
        done = run_demo("--out", str(tmp_path / "out"), environment=on_the_reader(daemon, tmp_path))
    finally:
        slot.pull()
    assert done.returncode == 2
    assert "no scripted PIN" in done.stderr
    assert card.asked
    assert card.pins == []
