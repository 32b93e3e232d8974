"""What must survive a restart: the visit at hand as far as money and paper go, outcomes the server was not told yet,
what staff must know. Every change is an entry of a `Log`, on disk before what it speaks of is done. A write that fails
loses nothing of it while the program runs, and is told by `works`. Never personal data, never a key or a document."""

from collections.abc import Callable, Collection
from contextlib import AbstractContextManager

from kiosk.actions import entries, open_charges
from kiosk.actions.log import OVERHEAD, Log
from kiosk.actions.notes import CALLS_KEPT, NOTES_KEPT, Note, as_told, noted
from kiosk.actions.open_charges import OpenCharge
from kiosk.actions.room import ROOM_OF_A_VISIT
from kiosk.actions.saved import Saved, SavedReport, SavedVisit, as_saved
from kiosk.actions.server import OutcomeReport
from kiosk.actions.steps import steps
from kiosk.errors import ConfigurationError
from kiosk.flow.effects import BEFORE_RESTART
from kiosk.flow.occasions import DEBTS, Occasion

REPORTS_KEPT = 100

JOURNAL = "the terminal's journal"

LONGEST_CHANGE = 32 * 1024
"""Bytes of an entry that says what changed; one that is longer says all, at the beginning of a new file."""
STARTED, ANEW = "started", "journal-goes-on"


def saved_in(log: Log) -> Saved:
    """What is written down; nothing when nothing is. Raises `ConfigurationError` when it is no journal."""
    try:
        return entries.fold([entries.read(each) for each in log.read()])
    except entries.NoEntry as error:
        raise ConfigurationError(
            f"{JOURNAL} can't be read: {error}. Move it away after its debts were looked up by hand"
        ) from error


class Journal:
    """Written from every lane, so `guard` (a lock) is held over each change. `moment` gives the local time as it is
    written. `failed` hears of the first of several writes that fail. Opening one raises `ConfigurationError` when what
    is stored is no journal: then staff must look before anybody is served."""

    def __init__(
        self,
        log: Log,
        guard: AbstractContextManager[object],
        moment: Callable[[], str],
        failed: Callable[[OSError], None] = lambda _: None,
    ) -> None:
        self._log = log
        self._guard = guard
        self._moment = moment
        self._tell_failed = failed
        self._begun = False
        self._failed = False
        self._cramped = False
        self._saved = self._on_disk = saved_in(log)
        if self._saved.visit is not None:
            visit = self._saved.visit.model_copy(update={"attempt": BEFORE_RESTART})
            self._saved = self._saved.model_copy(update={"visit": visit})
        # Whoever pressed a key before the restart is gone; money and alarms are not.
        notes = tuple(as_told(each) if not each.grave else each for each in self._saved.notes)
        self._saved = self._saved.model_copy(update={"notes": notes})

    @property
    def works(self) -> bool:
        """False while something that was told is not on disk or a visit has no room there, or while more outcomes wait
        for the server than there may be."""
        return self.writes and not self._cramped and not self.overdue

    @property
    def writes(self) -> bool:
        """Whether all that was told is on disk."""
        return not self._failed

    @property
    def overdue(self) -> bool:
        """Whether more than `REPORTS_KEPT` outcomes wait for the server. None is dropped: nobody is served until it
        takes them."""
        return len(self._saved.reports) > REPORTS_KEPT

    def look(self) -> bool:
        """Writes what is not on disk yet, the first time in any case, and makes room for a visit; whether both are
        done. Between visits."""
        with self._guard:
            self._write(self._saved, ROOM_OF_A_VISIT + LONGEST_CHANGE)
        return self.works

    @property
    def visit(self) -> SavedVisit | None:
        """The visit at hand; at the start, the one that a restart cut off."""
        return self._saved.visit

    @property
    def notes(self) -> tuple[Note, ...]:
        """What staff must know, oldest first."""
        return self._saved.notes

    @property
    def saved(self) -> Saved:
        """All that it holds."""
        return self._saved

    @property
    def set_aside(self) -> int:
        """How many outcomes the server did not take; staff must look at them."""
        return len(self._saved.set_aside)

    @property
    def alarms_untold(self) -> frozenset[str]:
        """Municipalities for which this terminal raised an integrity alarm that their server has not taken: the
        terminal itself must remember it (I9)."""
        waiting = {each.municipality for each in self._saved.reports if each.alarm is not None}
        return self._saved.alarms_set_aside | waiting

    def alarm_closed(self) -> None:
        """A person at the municipality closed the alarm."""
        self.change(lambda _saved: {"alarms_set_aside": frozenset()})

    def begin(self, visit: SavedVisit) -> None:
        """A visit has a proven order. All that it may write has room from here on, or `works` says that it has not."""
        with self._guard:
            self._write(self._saved.model_copy(update={"visit": visit}), ROOM_OF_A_VISIT)

    def update(self, attempt: int, change: Callable[[SavedVisit], SavedVisit]) -> None:
        """The visit of this attempt has come further. When it is not the visit at hand nothing happens (I2)."""
        self.change(lambda saved: _changed(saved, attempt, change))

    def end(self, attempt: int) -> None:
        """Nothing of the visit of this attempt is open any more."""
        self.change(lambda saved: _ended(saved, attempt))

    def note(self, note: Note) -> None:
        """Writes down what staff must know. A debt of the visit at hand stays open with it until `end`. A key for staff
        pressed again in one visit says nothing new."""
        self.change(lambda saved: _told(saved, note))

    def untold(self) -> tuple[Note, ...]:
        """What staff were called for and the server must hear of next, at most `CALLS_KEPT`: money and alarms first,
        then oldest first."""
        waiting = sorted((each for each in self.notes if each.untold), key=lambda each: not each.grave)
        return tuple(waiting[:CALLS_KEPT])

    def staff_told(self, notes: Collection[Note]) -> None:
        """The server knows of these."""
        self.change(lambda saved: {"notes": tuple(as_told(each) if each in notes else each for each in saved.notes)})

    def report(self, report: OutcomeReport) -> None:
        """An outcome that the server must be told."""
        written = as_saved(report)
        self.change(lambda saved: {"reports": (*saved.reports, written), "visit": _reported(saved.visit, report)})

    def waiting(self) -> tuple[OutcomeReport, ...]:
        """Outcomes that the server was not told yet, oldest first."""
        return tuple(
            OutcomeReport(
                each.municipality,
                bytes.fromhex(each.order_id),
                bytes.fromhex(each.token),
                each.deliveries,
                each.captured,
                each.alarm,
                each.reference,
            )
            for each in self._saved.reports
        )

    def told(self, report: OutcomeReport) -> None:
        """The server has it."""
        written = as_saved(report)
        self.change(lambda saved: {"reports": _without(saved.reports, written)})

    def refused(self, report: OutcomeReport) -> None:
        """The server does not take it: it is set aside for staff."""
        written = as_saved(report)
        self.change(
            lambda saved: {
                "reports": _without(saved.reports, written),
                "set_aside": (*saved.set_aside, written)[-NOTES_KEPT:],
                "alarms_set_aside": saved.alarms_set_aside
                | ({written.municipality} if written.alarm is not None else frozenset[str]()),
            }
        )

    def change(self, change: Callable[[Saved], dict[str, object]]) -> None:
        """One entry: the fields that are different now."""
        with self._guard:
            self._write(self._saved.model_copy(update=change(self._saved)), 0)

    def _write(self, saved: Saved, room: int) -> None:
        """The entry that makes what is on disk what it is now. With `room`, so much is there for what follows, or
        `works` says that it is not: what is to be written now is written even then."""
        before, self._saved = self._on_disk, saved
        if room:
            self._cramped = False
        if self._begun and not self._failed and saved == before and self._log.room() >= room:
            return
        told = (*(() if self._begun else (STARTED,)), *steps(before, saved))
        entry = entries.difference(self._moment(), told, before, saved)
        fits = len(entry) <= LONGEST_CHANGE and self._log.room() >= len(entry) + OVERHEAD
        worked = not self._failed
        try:
            if not fits or self._log.room() < len(entry) + OVERHEAD + room:
                self._begin_anew(told, saved, may_fail=fits)
            if self._on_disk is not saved:
                self._log.append(entry)
        except OSError as error:
            self._failed = True
            if worked:
                self._tell_failed(error)
        except BaseException:
            self._failed = True
            raise
        else:
            self._on_disk, self._begun, self._failed = saved, True, False

    def _begin_anew(self, told: tuple[str, ...], saved: Saved, *, may_fail: bool) -> None:
        """One that may fail is for room alone. Raises `OSError`."""
        try:
            self._log.begin_anew(entries.checkpoint(self._moment(), (*told, ANEW), saved))
        except OSError:
            self._cramped = True
            if not may_fail:
                raise
        else:
            self._on_disk, self._cramped = saved, False


def _changed(saved: Saved, attempt: int, change: Callable[[SavedVisit], SavedVisit]) -> dict[str, object]:
    if saved.visit is None or saved.visit.attempt != attempt:
        return {}
    return {"visit": change(saved.visit)}


def _ended(saved: Saved, attempt: int) -> dict[str, object]:
    if saved.visit is None or saved.visit.attempt != attempt:
        return {}
    return {"visit": None, "charges": _earned(saved)}


def _earned(saved: Saved) -> tuple[OpenCharge, ...]:
    """The open charges, as they are to be settled without the visit at hand."""
    visit = saved.visit
    return saved.charges if visit is None else open_charges.earned(saved.charges, visit.reference, visit.earned)


def _reported(visit: SavedVisit | None, report: OutcomeReport) -> SavedVisit | None:
    if visit is None or visit.order_id != report.order_id.hex():
        return visit
    return visit.model_copy(update={"reported": True})


def _indebted(visit: SavedVisit | None, note: Note) -> SavedVisit | None:
    if visit is None or visit.reference != note.reference or note.occasion not in DEBTS:
        return visit
    return visit.model_copy(update={"noted": note.yen})


def _told(saved: Saved, note: Note) -> dict[str, object]:
    charges, notes = saved.charges, noted(saved.notes, note)
    if note.occasion in DEBTS:
        charges = open_charges.noted(_earned(saved), note.reference, note.yen)
        back = _back_meanwhile(saved.visit, note)
        if back > 0:
            notes = noted(notes, note.model_copy(update={"occasion": Occasion.PAID_AFTER_ALL, "yen": back}))
    return {"notes": notes, "visit": _indebted(saved.visit, note), "charges": charges}


def _back_meanwhile(visit: SavedVisit | None, note: Note) -> int:
    """Yen of this debt that the payment terminal has paid back already: its word came as the flow had just given it up
    and told staff. Nobody will ask for that charge again."""
    if visit is None or visit.reference != note.reference or not visit.cashless or visit.captured is None:
        return 0
    return note.yen - visit.due


def _without(reports: tuple[SavedReport, ...], gone: SavedReport) -> tuple[SavedReport, ...]:
    return tuple(each for each in reports if each != gone)
