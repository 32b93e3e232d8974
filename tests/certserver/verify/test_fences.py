"""What the process that opens pictures can't do any more, whoever took it over."""

import os
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from time import monotonic

import pytest

from certserver.verify.confinement import ENVIRONMENT, CheckBroke, Confinement, Trusted
from certserver.verify.limits import SECONDS_MORE, WALL_SECONDS, for_pages
from certserver.verify.pictures import UnreadablePicture

_TRY = """
import os, socket, subprocess, sys
from certserver.verify import fences
from certserver.verify.confined import _confine
{before}
def attempt(what):
    try:
        what()
    except OSError as error:
        print(error.__class__.__name__)
    else:
        print("done")
attempt(lambda: {attempt})
"""

OLD = "a kernel without it"


def _supported(fence: str) -> bool:
    """Whether this kernel has a fence, asked in a process of its own."""
    asked = f"from certserver.verify.fences import *; give_up_privileges(); print({fence}())"
    return subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True).stdout == "True\n"


def tried(attempt: str, *arguments: str, before: str = "_confine(10)") -> str:
    script = _TRY.format(before=before, attempt=attempt)
    # As in the process that checks: its one thread is what a network of its own depends on.
    environment = os.environ | ENVIRONMENT
    command = [sys.executable, "-c", script, *arguments]
    told = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    return told.stdout.strip()


def test_it_reaches_nobody() -> None:
    if not _supported("give_up_network"):
        pytest.skip(OLD)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = str(listening.getsockname()[1])
        connect = "socket.create_connection(('127.0.0.1', int(sys.argv[1])), 5)"
        assert tried(connect, port, before="") == "done"
        assert tried(connect, port, before="fences.give_up_network()") != "done"
        assert tried(connect, port) != "done"


@pytest.mark.parametrize(
    "attempt",
    [
        "os.unlink(sys.argv[1])",
        "os.rename(sys.argv[1], sys.argv[1] + '.moved')",
        "os.truncate(sys.argv[1], 0)",
        "open(sys.argv[1], 'w')",
        "os.mkdir(sys.argv[1] + '.folder')",
        "os.symlink('/', sys.argv[1] + '.link')",
        "subprocess.run([sys.executable, '-c', ''], check=True)",
    ],
)
def test_it_changes_no_file_and_runs_none(attempt: str, tmp_path: Path) -> None:
    if not _supported("give_up_changing_files"):
        pytest.skip(OLD)
    file = tmp_path / "file"
    file.write_bytes(b"content")
    assert tried(attempt, str(file)) != "done"
    assert [each.name for each in tmp_path.iterdir()] == ["file"]
    assert file.read_bytes() == b"content"
    assert tried("open(sys.argv[1]).read()", str(file)) == "done"


_CALLING = """
import atexit, socket
call = lambda: socket.create_connection(("127.0.0.1", {port}), 5).close()
call()
atexit.register(call)
"""


def test_a_check_reaches_nobody_after_its_first_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever runs in it: here something that calls when it starts, and again when it is done."""
    if not _supported("give_up_network"):
        pytest.skip(OLD)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        (tmp_path / "sitecustomize.py").write_text(_CALLING.format(port=port))
        monkeypatch.syspath_prepend(str(tmp_path))
        started(lambda: Confinement(Trusted(()), monotonic).check_bytes([b"no picture"]))
        listening.setblocking(False)
        listening.accept()[0].close()
        with pytest.raises(BlockingIOError):
            listening.accept()


_SEEN = """
import os, pathlib
pathlib.Path({file!r}).write_text(repr(dict(os.environ)))
"""


def started(look: Callable[[], object]) -> None:
    with pytest.raises(UnreadablePicture):
        look()


def test_no_secret_of_whoever_asks_is_in_its_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "environment"
    (tmp_path / "sitecustomize.py").write_text(_SEEN.format(file=str(file)))
    monkeypatch.syspath_prepend(str(tmp_path))
    for name in ("KOUFU_DATABASE_PASSWORD", "HOME"):
        monkeypatch.setenv(name, "a-secret")
    started(lambda: Confinement(Trusted(()), monotonic).check_bytes([b"no picture"]))
    seen = file.read_text()
    assert "LANG" in seen
    assert "a-secret" not in seen


def test_nothing_that_lies_where_somebody_calls_it_is_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    marker = tmp_path / "ran"
    for name in ("cv2", "json", "certserver"):
        (tmp_path / f"{name}.py").write_text(f"open({str(marker)!r}, 'w')")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", ["", *sys.path])
    started(lambda: Confinement(Trusted(()), monotonic).check_bytes([b"no picture"]))
    assert not marker.exists()


def test_each_further_signed_page_gives_more_time_and_nothing_else_does() -> None:
    assert [for_pages(WALL_SECONDS, pages) - WALL_SECONDS for pages in range(4)] == [
        *(0, 0, SECONDS_MORE, 2 * SECONDS_MORE)
    ]
    times = iter((0.0, WALL_SECONDS - 1, *[WALL_SECONDS + 1] * 1000))
    with pytest.raises(CheckBroke, match="too long"):
        Confinement(Trusted(()), lambda: next(times)).check_bytes([b"no picture"] * 3)


def test_it_ends_with_whoever_started_it() -> None:
    script = (
        "import os, subprocess, sys; "
        "child = subprocess.Popen([sys.executable, '-c', "
        "'from certserver.verify.fences import end_with_parent as end; end(); print(1, flush=True); input()'], "
        "stdin=subprocess.PIPE, stdout=subprocess.PIPE); "
        "child.stdout.readline(); print(child.pid, flush=True); os.kill(os.getpid(), 9)"
    )
    told = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    pid = int(told.stdout)
    until = monotonic() + 30
    while Path(f"/proc/{pid}").exists() and _alive(pid) and monotonic() < until:
        os.sched_yield()
    assert not _alive(pid)


def _alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(") ", 1)[1][0] != "Z"
    except OSError:
        return False
