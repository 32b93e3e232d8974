"""What the journal holds, as values: the visit at hand as far as money and paper go, outcomes, notes, charges. Never
personal data, never a key or a document. Pure."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from kiosk.actions.notes import Note
from kiosk.actions.open_charges import OpenCharge, Takings
from kiosk.actions.server import OutcomeReport
from kiosk.flow.documents import Delivery, Outcome, WaitingDocument, void
from kiosk.flow.money import counts_as_kept

_Hex = Annotated[str, Field(pattern=r"^([0-9a-f]{2})*$")]
_Yen = Annotated[int, Field(ge=0)]


class OpenPayout(BaseModel):
    """A payout that was ordered and whose result nobody wrote down yet. `keeps` are the yen that it keeps for good,
    None when nothing is decided by it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    keeps: _Yen | None = None


class SavedVisit(BaseModel):
    """The visit at hand from its proven order on, of the attempt that its number says; `BEFORE_RESTART` once a restart
    cut it off. `municipality` is the one that the order went to. `documents` are those issued; `printing` is the number
    of the one at the printer; `fee` in yen of what came out whole. `unseen`: a clerk hands its sheets over, and the
    resident has not said yet that they are right: until then none counts as delivered. `held` is the most that was
    known to be in, `paid_out` what is known to have come out again, `asked` what was to come out by payouts that are
    known, all in yen; `counted` how many payouts the device had begun when these sums were right, None when it did not
    say; `unclear` that it can't say what else came out, or knows of less than was in; `noted` yen were told to staff as
    owed; `settling`: the flow has said what is kept, and late word of the printer changes it no more; `captured` what
    the device did keep, once it said so. `cashless`: it is paid at the payment terminal."""

    model_config = ConfigDict(frozen=True, extra="forbid")

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
    counted: int | None = None
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

    model_config = ConfigDict(frozen=True, extra="forbid")

    municipality: str
    order_id: _Hex
    token: _Hex
    deliveries: tuple[Delivery, ...]
    captured: _Yen
    alarm: str | None
    reference: str = ""


class Saved(BaseModel):
    """All that the journal holds."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    visit: SavedVisit | None = None
    reports: tuple[SavedReport, ...] = ()
    set_aside: tuple[SavedReport, ...] = ()
    alarms_set_aside: frozenset[str] = frozenset()
    """Municipalities whose server did not take an alarm."""
    notes: tuple[Note, ...] = ()
    charges: tuple[OpenCharge, ...] = ()
    takings: Takings = Takings()


def as_saved(report: OutcomeReport) -> SavedReport:
    """The outcome as the journal keeps it."""
    return SavedReport(
        municipality=report.municipality,
        order_id=report.order_id.hex(),
        token=report.attempt_token.hex(),
        deliveries=report.deliveries,
        captured=report.captured,
        alarm=report.alarm,
        reference=report.reference,
    )
