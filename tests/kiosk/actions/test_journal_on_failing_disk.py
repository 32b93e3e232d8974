"""A journal on a real disk of which one step fails, whichever it is: what is written down afterwards is what the
terminal knows, neither less nor twice (I7)."""

import errno
import os
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

import pytest

from kiosk.actions.journal import LONGEST_CHANGE, Journal, saved_in
from kiosk.actions.log_file import LogFile
from kiosk.actions.notes import Note
from kiosk.actions.room import ROOM_OF_A_VISIT
from kiosk.actions.saved import Saved, SavedVisit
from kiosk.actions.server import OutcomeReport
from kiosk.flow.occasions import Occasion
from tests.support.disk_steps import struck_at
from tests.support.sim_log import a_moment

A_VISIT, FEW_ENTRIES = ROOM_OF_A_VISIT + LONGEST_CHANGE + 1_200, 1_000
"""Room that makes it begin anew before a visit, and in the midst of one."""
REPORTS = [OutcomeReport("992011", bytes([number]) * 16, b"t" * 16, (), 200, None, "4Q7-K2M") for number in range(3)]


def opened(folder: Path, room: int = A_VISIT) -> Journal:
    return Journal(LogFile(folder / "journal.json", "the journal", room=room), nullcontext(), a_moment)


def written(folder: Path) -> Saved:
    return saved_in(LogFile(folder / "journal.json", "the journal"))


def a_day(journal: Journal) -> Iterator[None]:
    """Stands still after each thing that is written."""
    journal.look()
    for number, report in enumerate(REPORTS):
        visit = SavedVisit(attempt=1, reference=f"{number}", municipality="992011", order_id="01" * 16, token="11" * 16)
        journal.begin(visit)
        yield
        journal.update(1, lambda visit: visit.model_copy(update={"held": visit.held + 500}))
        yield
        journal.report(report)
        yield
        journal.note(Note(moment=a_moment(), occasion=Occasion.DEBT, reference=f"{number}", yen=100))
        yield
        journal.end(1)
        yield
        journal.look()
    journal.told(REPORTS[0])
    yield


@pytest.mark.parametrize("room", [A_VISIT, FEW_ENTRIES])
def test_i7_whatever_one_step_does_not_take_the_next_writes_and_nothing_twice(
    room: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    number, going = 0, True
    while going:
        number += 1
        folder = tmp_path / f"{number}"
        folder.mkdir()
        journal = opened(folder, room)

        def day(journal: Journal = journal, folder: Path = folder) -> None:
            for _ in a_day(journal):
                if journal.writes:
                    assert written(folder) == journal.saved

        going = struck_at(number, monkeypatch, day, OSError(errno.EIO, "Input/output error"))
        assert journal.look()
        assert written(folder) == journal.saved
        assert opened(folder).waiting() == tuple(REPORTS[1:])
    assert number > 30


def test_the_first_write_that_fails_is_told_with_its_cause(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    causes: list[str | None] = []
    log = LogFile(tmp_path / "journal.json", "the journal")
    journal = Journal(log, nullcontext(), a_moment, lambda error: causes.append(error.strerror))
    journal.look()

    def full(*_: object) -> int:
        raise OSError(errno.EROFS, "Read-only file system")

    with monkeypatch.context() as patched:
        patched.setattr(os, "pwrite", full)
        for report in REPORTS:
            journal.report(report)
        assert not journal.works
    assert causes == ["Read-only file system"]
    assert journal.look()
