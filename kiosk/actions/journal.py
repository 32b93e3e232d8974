"""What must survive a restart: the visit at hand as far as money and paper go, outcomes the server was not told yet,
what staff must know. A write that fails loses nothing of it while the program runs, and is told by `works`. Never
personal data, never a key or a document."""

from collections.abc import Callable, Collection
from contextlib import AbstractContextManager
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from hardware.ports import Store
from kiosk.actions import open_charges
from kiosk.actions.notes import CALLS_KEPT, NOTES_KEPT, Note, as_told, noted
from kiosk.actions.open_charges import OpenCharge, Takings
from kiosk.actions.server import OutcomeReport
from kiosk.errors import ConfigurationError
from kiosk.flow.documents import Delivery, Outcome, WaitingDocument, void
from kiosk.flow.effects import BEFORE_RESTART
from kiosk.flow.money import counts_as_kept
from kiosk.flow.occasions import DEBTS, Occasion

REPORTS_KEPT = 100

JOURNAL = "the terminal's journal"

_Hex = Annotated[str, Field(pattern=r"^([0-9a-f]{2})*$")]
_Yen = Annotated[int, Field(ge=0)]


class OpenPayout(BaseModel):
    """A payout that was ordered and whose result nobody wrote down yet. `before` is how many payouts the device had
    counted until then, None when it did not say; `keeps` the yen that it keeps for good, None when nothing is decided
    by it."""

    model_config = ConfigDict(frozen=True)

    before: int | None
    keeps: _Yen | None = None


class OpenVisit(BaseModel):
    """The visit at hand from its proven order on, of the attempt that its number says; `BEFORE_RESTART` once a restart
    cut it off. `municipality` is the one that the order went to. `documents` are those issued; `printing` is the number
    of the one at the printer; `fee` in yen of what came out whole. `unseen`: a clerk hands its sheets over, and the
    resident has not said yet that they are right: until then none counts as delivered. `held` is the most that was
    known to be in, `paid_out` what is known to have come out again, `asked` what was to come out by payouts that are
    known, all in yen, and `unclear` that the device can't say what else did, or knows of less than was in; `noted` yen
    were told to staff as owed; `settling`: the flow has said what is kept, and late word of the printer changes it no
    more; `captured` what the device did keep, once it said so. `cashless`: it is paid at the
    payment terminal."""

    model_config = ConfigDict(frozen=True)

    attempt: int
    reference: str
    municipality: str
    order_id: _Hex
    token: _Hex
    documents: tuple[WaitingDocument, ...] = ()
    printing: str | None = None
    unseen: bool = False
    deliveries: tuple[Delivery, ...] = ()
    fee: _Yen = 0
    paying: bool = False
    held: _Yen = 0
    paid_out: _Yen = 0
    asked: _Yen = 0
    payout: OpenPayout | None = None
    unclear: bool = False
    noted: _Yen = 0
    settling: bool = False
    captured: _Yen | None = None
    reported: bool = False
    cashless: bool = False

    @property
    def earned(self) -> int:
        """Yen that may be kept."""
        return 0 if self.unseen else self.fee

    @property
    def accounted(self) -> int:
        """Yen of which the device has said what it did with them: what was to come out, and what is kept."""
        return self.asked + (self.captured or 0)

    @property
    def kept(self) -> int:
        """Yen that count as kept."""
        return counts_as_kept(self.held, self.earned, self.captured or 0, self.asked)

    @property
    def due(self) -> int:
        """Yen that the person should still get."""
        return max(0, self.held - self.earned - self.paid_out)

    @property
    def delivered(self) -> tuple[str, ...]:
        """Numbers of the documents that count as delivered."""
        whole = (each.document.document_no for each in self.deliveries if each.outcome is Outcome.DELIVERED)
        return () if self.unseen else tuple(whole)

    def report(self) -> OutcomeReport:
        """What the server is told when the terminal went down here. A document that was at the printer is taken for
        spoiled: nobody saw it come out; so is one of which the resident has not said that it is right."""
        settled = {each.document.document_no for each in self.deliveries}
        missing = tuple(
            Delivery(each, Outcome.SPOILED if each.document_no == self.printing else Outcome.NOT_PRINTED, sheets=0)
            for each in self.documents
            if each.document_no not in settled
        )
        order_id, token = bytes.fromhex(self.order_id), bytes.fromhex(self.token)
        came = tuple(map(void, self.deliveries)) if self.unseen else self.deliveries
        return OutcomeReport(self.municipality, order_id, token, came + missing, self.kept, None, self.reference)


class SavedReport(BaseModel):
    """An `OutcomeReport`, written."""

    model_config = ConfigDict(frozen=True)

    municipality: str
    order_id: _Hex
    token: _Hex
    deliveries: tuple[Delivery, ...]
    captured: _Yen
    alarm: str | None
    reference: str = ""


class Saved(BaseModel):
    """All that the journal holds."""

    model_config = ConfigDict(frozen=True)

    visit: OpenVisit | None = None
    reports: tuple[SavedReport, ...] = ()
    set_aside: tuple[SavedReport, ...] = ()
    alarms_set_aside: frozenset[str] = frozenset()
    """Municipalities whose server did not take an alarm."""
    notes: tuple[Note, ...] = ()
    charges: tuple[OpenCharge, ...] = ()
    takings: Takings = Takings()


def saved_in(store: Store) -> Saved:
    """What is stored; nothing when nothing is. Raises `ConfigurationError` when it is no journal."""
    stored = store.read()
    try:
        return Saved() if stored is None else Saved.model_validate_json(stored)
    except ValidationError as error:
        raise ConfigurationError(
            f"{JOURNAL} can't be read: move it away after its debts were looked up by hand"
        ) from error


class Journal:
    """Written from every lane, so `guard` (a lock) is held over each change. Opening one raises `ConfigurationError`
    when what is stored is no journal: then staff must look before anybody is served."""

    def __init__(self, store: Store, guard: AbstractContextManager[object]) -> None:
        self._store = store
        self._guard = guard
        self._on_disk = False
        self._failed = False
        self._saved = saved_in(store)
        if self._saved.visit is not None:
            visit = self._saved.visit.model_copy(update={"attempt": BEFORE_RESTART})
            self._saved = self._saved.model_copy(update={"visit": visit})
        # Whoever pressed a key before the restart is gone; money and alarms are not.
        notes = tuple(as_told(each) if not each.grave else each for each in self._saved.notes)
        self._saved = self._saved.model_copy(update={"notes": notes})

    @property
    def works(self) -> bool:
        """False while something that was told is not on disk, or while more outcomes wait for the server than there
        may be."""
        return not self._failed and not self.overdue

    @property
    def overdue(self) -> bool:
        """Whether more than `REPORTS_KEPT` outcomes wait for the server. None is dropped: nobody is served until it
        takes them."""
        return len(self._saved.reports) > REPORTS_KEPT

    def look(self) -> bool:
        """Writes what is not on disk yet, the first time in any case; whether it is there now."""
        self.change(lambda _saved: {})
        return self.works

    @property
    def visit(self) -> OpenVisit | None:
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

    def begin(self, visit: OpenVisit) -> None:
        """A visit has a proven order."""
        self.change(lambda _saved: {"visit": visit})

    def update(self, attempt: int, change: Callable[[OpenVisit], OpenVisit]) -> None:
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
        written = _written(report)
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
        written = _written(report)
        self.change(lambda saved: {"reports": _without(saved.reports, written)})

    def refused(self, report: OutcomeReport) -> None:
        """The server does not take it: it is set aside for staff."""
        written = _written(report)
        self.change(
            lambda saved: {
                "reports": _without(saved.reports, written),
                "set_aside": (*saved.set_aside, written)[-NOTES_KEPT:],
                "alarms_set_aside": saved.alarms_set_aside
                | ({written.municipality} if written.alarm is not None else frozenset[str]()),
            }
        )

    def change(self, change: Callable[[Saved], dict[str, object]]) -> None:
        """One write: the fields that are different now."""
        with self._guard:
            fields = change(self._saved)
            saved = self._saved.model_copy(update=fields)
            if self._on_disk and saved == self._saved:
                return
            self._saved = saved
            try:
                self._store.write(saved.model_dump_json().encode())
            except OSError:
                self._on_disk, self._failed = False, True
            else:
                self._on_disk, self._failed = True, False


def _changed(saved: Saved, attempt: int, change: Callable[[OpenVisit], OpenVisit]) -> dict[str, object]:
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


def _reported(visit: OpenVisit | None, report: OutcomeReport) -> OpenVisit | None:
    if visit is None or visit.order_id != report.order_id.hex():
        return visit
    return visit.model_copy(update={"reported": True})


def _indebted(visit: OpenVisit | None, note: Note) -> OpenVisit | None:
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


def _back_meanwhile(visit: OpenVisit | None, note: Note) -> int:
    """Yen of this debt that the payment terminal has paid back already: its word came as the flow had just given it up
    and told staff. Nobody will ask for that charge again."""
    if visit is None or visit.reference != note.reference or not visit.cashless or visit.captured is None:
        return 0
    return note.yen - visit.due


def _without(reports: tuple[SavedReport, ...], gone: SavedReport) -> tuple[SavedReport, ...]:
    return tuple(each for each in reports if each != gone)


def _written(report: OutcomeReport) -> SavedReport:
    return SavedReport(
        municipality=report.municipality,
        order_id=report.order_id.hex(),
        token=report.attempt_token.hex(),
        deliveries=report.deliveries,
        captured=report.captured,
        alarm=report.alarm,
        reference=report.reference,
    )
