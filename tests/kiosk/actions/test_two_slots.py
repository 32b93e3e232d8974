"""A small file that has its room from the first (I7)."""

import errno
import os
from pathlib import Path

import pytest

from kiosk.actions.two_slots import SLOT, TwoSlots
from kiosk.errors import ConfigurationError

WHAT = "the account of the cash device"


def slots(folder: Path) -> TwoSlots:
    return TwoSlots(folder / "till.json", WHAT)


def test_what_was_written_last_is_read_and_the_file_never_grows(tmp_path: Path) -> None:
    assert slots(tmp_path).read() is None
    store = slots(tmp_path)
    for saved in (b"one", b"two", b"three and more", b"4"):
        store.write(saved)
        assert slots(tmp_path).read() == saved
        store = slots(tmp_path) if saved == b"two" else store
    (path,) = tmp_path.iterdir()
    assert (path.stat().st_size, path.stat().st_mode & 0o077) == (2 * SLOT, 0)
    assert path.stat().st_blocks * 512 >= 2 * SLOT


def test_i7_a_write_that_was_cut_off_anywhere_leaves_the_one_before(tmp_path: Path) -> None:
    store = slots(tmp_path)
    for saved in (b"one", b"two"):
        store.write(saved)
    path = tmp_path / "till.json"
    before = path.read_bytes()
    store.write(b"three")
    after = path.read_bytes()
    changed = [at for at in range(2 * SLOT) if before[at] != after[at]]
    for cut in range(changed[0], changed[-1] + 1):
        for torn in (after[:cut] + before[cut:], before[:cut] + after[cut:]):
            path.write_bytes(torn)
            assert slots(tmp_path).read() == (b"three" if torn == after else b"two")
            again = slots(tmp_path)
            again.write(b"four")
            assert slots(tmp_path).read() == b"four"


def test_i7_a_write_that_fails_leaves_the_one_before_and_the_next_is_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_: int) -> None:
        raise OSError(errno.EIO, "the disk is broken")

    store = slots(tmp_path)
    store.write(b"one")
    with monkeypatch.context() as patched:
        patched.setattr(os, "pwrite", lambda *_: broken(0))
        with pytest.raises(OSError, match="broken"):
            store.write(b"two")
    assert slots(tmp_path).read() == b"one"
    with pytest.raises(OSError, match="longer than a slot"):
        store.write(bytes(SLOT))
    store.write(b"three")
    assert slots(tmp_path).read() == b"three"


@pytest.mark.parametrize("content", [b"", b"{}", bytes(2 * SLOT), b"koufu-slot/1 " * 10_000])
def test_what_is_no_such_file_is_told_and_left_alone_until_it_is_moved_away(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "till.json"
    path.write_bytes(content)
    with pytest.raises(ConfigurationError, match="move it away"):
        slots(tmp_path).read()
