"""What a terminal wrote down is there after a power cut at any step, also one that follows a program's sudden end: only
what was synced counts (I7)."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from kiosk.actions.log_file import LogFile
from kiosk.actions.two_slots import TwoSlots
from kiosk.actions.whole_file import WholeFile
from tests.support.power_cut import Cut, Disk, watched

Acts = Callable[[Path, str, list[bytes]], None]
"""A program's life, by its name: it writes values, each told before it is written and, once more, when it counts."""


def log_acts(folder: Path, life: str, told: list[bytes]) -> None:
    log = LogFile(folder / "journal.json", "the journal", room=900)
    log.read()
    for number in range(6):
        value = f"{life}-{number}".encode()
        told.append(value)
        if log.room() < 300:
            log.begin_anew(value)
        else:
            log.append(value)
        told.append(value)


def slot_acts(folder: Path, life: str, told: list[bytes]) -> None:
    store = TwoSlots(folder / "till.json", "the account")
    store.read()
    for number in range(3):
        value = f"{life}-{number}".encode() * 100
        told.append(value)
        store.write(value)
        told.append(value)


def whole_acts(folder: Path, life: str, told: list[bytes]) -> None:
    store = WholeFile(folder / "day.json", "the book")
    for number in range(3):
        value = f"{life}-{number}".encode() * 100
        told.append(value)
        store.write(value)
        told.append(value)


def log_last(folder: Path) -> bytes | None:
    log = LogFile(folder / "journal.json", "the journal", room=900)
    held = log.read()
    list(log.history())
    return held[-1] if held else None


def slot_last(folder: Path) -> bytes | None:
    return TwoSlots(folder / "till.json", "the account").read()


def whole_last(folder: Path) -> bytes | None:
    return WholeFile(folder / "day.json", "the book").read()


KINDS = [(log_acts, log_last), (slot_acts, slot_last), (whole_acts, whole_last)]


def done(told: list[bytes]) -> list[bytes]:
    """What was said to be on disk."""
    return [value for value in told if told.count(value) == 2]


def may_be(told: list[bytes]) -> set[bytes | None]:
    """The last that was said to be on disk, or one that was under way."""
    counts: list[bytes | None] = [None, *done(told)]
    return {counts[-1], *told[-1:]}


def cut(acts: Acts, folder: Path, life: str, step: int, disk: Disk, monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """What a program told until that step was its last."""
    disk.steps, disk.last = 0, step
    told: list[bytes] = []
    with watched(disk, monkeypatch), suppress(Cut):
        acts(folder, life, told)
    return told


@pytest.mark.parametrize(("acts", "last"), KINDS)
def test_i7_what_is_said_to_be_on_disk_is_there_after_a_power_cut_at_any_step(
    acts: Acts, last: Callable[[Path], bytes | None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    step, going = 0, True
    while going:
        step += 1
        folder = tmp_path / f"{step}"
        folder.mkdir()
        disk = Disk(folder)
        told = cut(acts, folder, "one", step, disk, monkeypatch)
        going = disk.steps >= step
        for left in disk.left(tmp_path / f"{step}-left"):
            assert last(left) in may_be(told), (step, left.name)
    assert step > 8


@pytest.mark.parametrize(("acts", "last"), KINDS[:2])
def test_i7_a_program_killed_at_any_step_and_a_power_cut_in_the_next_one_s_life_lose_nothing(
    acts: Acts, last: Callable[[Path], bytes | None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    step, going = 0, True
    while going:
        step += 1
        for then in range(1, 9):
            folder = tmp_path / f"{step}-{then}"
            folder.mkdir()
            disk = Disk(folder)
            first = cut(acts, folder, "one", step, disk, monkeypatch)
            going = disk.steps >= step
            # The next program sees what was written, synced or not.
            found = last(folder)
            assert found in may_be(first)
            second = cut(acts, folder, "two", then, disk, monkeypatch)
            for left in disk.left(tmp_path / f"{step}-{then}-left"):
                allowed = may_be(second) if done(second) else may_be(first) | set(second[-1:])
                assert last(left) in allowed, (step, then, left.name)
    assert step > 8
