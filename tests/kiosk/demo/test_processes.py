"""Commands that a demonstration types: one after the other in one process, and the first failing one is told. What
serves beside it ends with it."""

import os
import select
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from kiosk.demo.stage.processes import Commands
from kiosk.errors import ConfigurationError

SERVES = """
import os, re, sys
from pathlib import Path
from kiosk.demo.stage.processes import Running

def told(line):
    found = re.search(r"port (\\d+)", line)
    return int(found[1]) if found else None

arguments = lambda port: ("--bind", "127.0.0.1", str(port))
running = Running("http.server", arguments, Path(sys.argv[1]), told, {"PYTHONUNBUFFERED": "1"})
if "paused" in sys.argv:
    running.pause()
    os.waitid(os.P_PID, running.pid, os.WSTOPPED | os.WNOWAIT)
print(running.pid, flush=True)
sys.stdin.read()
running.stop()
"""


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


@pytest.mark.parametrize("and_it_was", ["serving", "paused"])
def test_what_serves_is_gone_when_whoever_started_it_was_killed(tmp_path: Path, and_it_was: str) -> None:
    beginning = [sys.executable, "-c", SERVES, str(tmp_path / "log"), and_it_was]
    with subprocess.Popen(beginning, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as starter:
        assert starter.stdout is not None
        serving = os.pidfd_open(int(starter.stdout.readline()))
        starter.kill()
    try:
        ended, _, _ = select.select([serving], [], [], 30)
        assert ended
    finally:
        with suppress(ProcessLookupError):
            signal.pidfd_send_signal(serving, signal.SIGKILL)
        os.close(serving)
