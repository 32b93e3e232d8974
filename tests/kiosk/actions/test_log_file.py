"""The journal's file: what is in it after any cut, and what is told of one that was changed (I7)."""

import errno
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kiosk.actions import log_chain
from kiosk.actions.log import OVERHEAD
from kiosk.actions.log_file import LogFile
from kiosk.errors import ConfigurationError
from tests.support.disk_steps import struck_at
from tests.support.power_cut import Cut

WHAT = "the terminal's journal"
ROOM = 2_000
CHECKPOINT, ONE, TWO, THREE = b'{"all":0}', b'{"one":1}', b'{"two":2}', b'{"three":3}'


def log(folder: Path, kept: int = 1 << 20) -> LogFile:
    opened = LogFile(folder / "journal.json", WHAT, room=ROOM, kept=kept)
    opened.read()
    return opened


def begun(folder: Path, *entries: bytes) -> LogFile:
    written = log(folder)
    written.begin_anew(CHECKPOINT)
    for entry in entries:
        written.append(entry)
    return written


def only_file(folder: Path) -> Path:
    (path,) = folder.iterdir()
    return path


def test_entries_come_back_in_their_order_and_nobody_else_may_read_them(tmp_path: Path) -> None:
    assert log(tmp_path).read() == ()
    begun(tmp_path, ONE, TWO)
    again = log(tmp_path)
    again.append(THREE)
    assert log(tmp_path).read() == (CHECKPOINT, ONE, TWO, THREE)
    assert only_file(tmp_path).stat().st_mode & 0o077 == 0


def test_i7_a_file_is_as_long_from_the_first_as_it_ever_gets(tmp_path: Path) -> None:
    written = begun(tmp_path)
    stat = only_file(tmp_path).stat()
    assert stat.st_blocks * 512 >= stat.st_size
    before = written.room()
    written.append(ONE)
    assert only_file(tmp_path).stat().st_size == stat.st_size
    assert before - written.room() <= len(ONE) + OVERHEAD


def test_an_entry_without_room_is_not_begun(tmp_path: Path) -> None:
    written = begun(tmp_path)
    with pytest.raises(OSError, match="no room"):
        written.append(b"x" * ROOM)
    written.append(ONE)
    assert log(tmp_path).read() == (CHECKPOINT, ONE)


def test_i7_an_entry_that_was_cut_off_anywhere_is_none_and_the_next_takes_its_place(tmp_path: Path) -> None:
    written = begun(tmp_path, ONE)
    path = only_file(tmp_path)
    without = path.read_bytes()
    written.append(TWO)
    whole = path.read_bytes()
    end = len(whole.rstrip(b"\0"))
    start = len(without.rstrip(b"\0"))
    for cut in range(start, end):
        # What was written first of it, or last: sectors come in any order.
        for torn in (whole[:cut] + without[cut:], without[:cut] + whole[cut:]):
            path.write_bytes(torn)
            again = log(tmp_path)
            assert again.read() == ((CHECKPOINT, ONE, TWO) if torn == whole else (CHECKPOINT, ONE))
            if torn != whole:
                again.append(b"{}")
                assert log(tmp_path).read() == (CHECKPOINT, ONE, b"{}")


def test_every_byte_that_was_changed_before_the_last_entry_is_found(tmp_path: Path) -> None:
    begun(tmp_path, ONE, TWO)
    path = only_file(tmp_path)
    whole = path.read_bytes()
    last = whole.rfind(b"\n", 0, len(whole.rstrip(b"\0")) - 1) + 1
    for place in range(last):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        with pytest.raises(ConfigurationError, match="look up by hand what is owed"):
            log(tmp_path).read()


def _lines(path: Path) -> list[bytes]:
    return path.read_bytes().rstrip(b"\0").splitlines(keepends=True)


def _put(path: Path, lines: list[bytes]) -> None:
    path.write_bytes(b"".join(lines).ljust(path.stat().st_size, b"\0"))


def _without(place: int) -> Callable[[Path, Path], None]:
    def deed(path: Path, _: Path) -> None:
        lines = _lines(path)
        _put(path, lines[:place] + lines[place + 1 :])

    return deed


def _branch(path: Path, other: Path) -> None:
    begun(other, TWO, ONE)
    _put(path, [*_lines(path)[:3], *_lines(only_file(other))[3:]])


def _shorter(path: Path, _: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def _garbage_behind(path: Path, _: Path) -> None:
    content = path.read_bytes()
    end = len(content.rstrip(b"\0"))
    path.write_bytes((content[:end] + b"x" * 70_000).ljust(len(content), b"\0"))


@pytest.mark.parametrize("deed", [_without(1), _without(2), _branch, _shorter, _garbage_behind])
def test_a_file_that_does_not_hang_together_stops_the_terminal(
    deed: Callable[[Path, Path], None], tmp_path: Path
) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    one.mkdir()
    other.mkdir()
    begun(one, ONE, TWO, THREE)
    deed(only_file(one), other)
    with pytest.raises(ConfigurationError, match="journal can't be read"):
        log(one).read()


def test_a_new_file_goes_on_where_the_former_ended(tmp_path: Path) -> None:
    written = begun(tmp_path, ONE)
    written.begin_anew(b'{"all":1}')
    written.append(TWO)
    again = log(tmp_path)
    assert again.read() == (b'{"all":1}', TWO)
    told = [(entry.number, entry.said, first) for entry, first in again.history()]
    assert told == [(1, CHECKPOINT, True), (2, ONE, False), (3, b'{"all":1}', True), (4, TWO, False)]


def test_a_file_of_another_journal_beside_it_stops_the_terminal(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    one.mkdir()
    other.mkdir()
    for folder, entry in ((one, ONE), (other, TWO)):
        begun(folder, entry).begin_anew(CHECKPOINT)
    newest = log(other).files()[-1]
    (one / newest.name).write_bytes(newest.read_bytes())
    with pytest.raises(ConfigurationError, match="does not follow"):
        log(one).read()


def test_i7_a_power_cut_at_any_step_of_beginning_anew_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    number, going = 0, True
    while going:
        number += 1
        folder = tmp_path / f"{number}"
        folder.mkdir()
        written = begun(folder, ONE)
        going = struck_at(number, monkeypatch, lambda written=written: written.begin_anew(b'{"all":1}'), Cut())  # type: ignore[misc]
        held = log(folder).read()
        assert held in ((CHECKPOINT, ONE), (b'{"all":1}',))
        again = log(folder)
        again.append(TWO)
        assert log(folder).read() == (*held, TWO)
        assert len(list(again.history())) >= len(held) + 1
    assert number > 5


def test_i7_a_step_that_fails_leaves_a_log_that_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    number, going = 0, True
    while going:
        number += 1
        folder = tmp_path / f"{number}"
        folder.mkdir()
        written = begun(folder, ONE)
        fault = OSError(errno.EIO, "the disk is broken")
        going = struck_at(number, monkeypatch, lambda written=written: written.append(TWO), fault)  # type: ignore[misc]
        failed = struck_at(number, monkeypatch, lambda written=written: written.begin_anew(CHECKPOINT), fault)  # type: ignore[misc]
        going = going or failed
        if not written.room():
            with pytest.raises(OSError, match="no file"):
                written.append(THREE)
            written.begin_anew(CHECKPOINT)
        written.append(THREE)
        assert log(folder).read()[-1] == THREE
        assert [entry.said for entry, _ in log(folder).history()][-1] == THREE
    assert number > 5


def test_i7_a_folder_that_may_not_be_looked_into_is_no_first_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun(tmp_path, ONE)

    def denied(_: Path) -> Iterator[Path]:
        raise PermissionError(errno.EACCES, "Permission denied")

    with monkeypatch.context() as patched:
        patched.setattr(Path, "iterdir", denied)
        with pytest.raises(ConfigurationError, match="move nothing away"):
            log(tmp_path)
    with pytest.raises(ConfigurationError, match="No such file"):
        log(tmp_path / "missing")


def test_i7_a_journal_of_an_earlier_build_is_not_passed_over(tmp_path: Path) -> None:
    (tmp_path / "journal.json").write_text("{}")
    with pytest.raises(ConfigurationError, match="settle with that build"):
        log(tmp_path)


def test_a_damaged_former_file_takes_its_history_and_stops_nothing(tmp_path: Path) -> None:
    written = begun(tmp_path, ONE)
    written.begin_anew(b'{"all":1}')
    former, _ = written.files()
    former.write_bytes(former.read_bytes().replace(b"all", b"a11"))
    assert log(tmp_path).read() == (b'{"all":1}',)
    with pytest.raises(ConfigurationError, match="was changed"):
        list(log(tmp_path).history())


def test_only_so_many_bytes_of_former_files_are_kept(tmp_path: Path) -> None:
    written = log(tmp_path, kept=4 * ROOM)
    for number in range(10):
        written.begin_anew(b"%d" % number)
    assert len(log(tmp_path).files()) == 3
    assert log(tmp_path).read() == (b"9",)
    assert [entry.said for entry, _ in log(tmp_path).history()] == [b"7", b"8", b"9"]


def test_an_entry_is_one_line() -> None:
    for said in (b"one\ntwo", b"\0"):
        with pytest.raises(ValueError, match="one line"):
            log_chain.entry(1, log_chain.FIRST, said)
