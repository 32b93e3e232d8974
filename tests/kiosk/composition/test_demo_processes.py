"""Commands that a demonstration types: one after the other in one process, and the first failing one is told."""

from pathlib import Path

import pytest

from kiosk.composition.demo_processes import Commands
from kiosk.errors import ConfigurationError


def issued(folder: Path) -> tuple[str, ...]:
    return ("issue", str(folder), "--name", "kengo", "--kind", "normal")


def test_commands_are_done_by_one_process_for_as_long_as_it_is_kept(tmp_path: Path) -> None:
    cards = tmp_path / "cards"
    with Commands("hardware.card.cli") as typed:
        (said,) = typed.say([("init", str(cards))])
        assert said.splitlines()[0] == str(cards / "ca" / "user-auth-1.pem")
        with pytest.raises(ConfigurationError, match=r"hardware\.card\.cli issue .*: .*nowhere"):
            typed.say([issued(tmp_path / "nowhere"), issued(cards)])
        assert not (cards / "cards" / "kengo").exists(), "what stood behind the failing one was done"
        typed.say([issued(cards)])
    assert (cards / "cards" / "kengo" / "user-auth.pem").exists()


def test_a_command_that_ends_its_process_is_told_as_failed() -> None:
    with Commands("hardware.card.cli") as typed, pytest.raises(ConfigurationError, match="invalid choice"):
        typed.say([("no-such-command",)])
