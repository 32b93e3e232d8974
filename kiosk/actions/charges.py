"""The book of charges in the journal: from before a charge is asked for until what became of it is known. Each change
is one write, with what it means for the visit and for a debt that staff were told of."""

from collections.abc import Callable
from dataclasses import dataclass

from kiosk.actions.journal import Journal
from kiosk.actions.notes import Note, noted
from kiosk.actions.open_charges import OpenCharge, Takings
from kiosk.actions.saved import Saved, SavedVisit
from kiosk.flow.occasions import Occasion


@dataclass(frozen=True, slots=True)
class ChargeBook:
    """`moment` gives the local time as the journal writes it."""

    journal: Journal
    moment: Callable[[], str]

    def open(self, attempt: int, number: str, yen: int) -> OpenCharge:
        """A charge will be asked for, for the visit of this attempt."""
        visit = self.journal.visit
        reference = visit.reference if visit is not None and visit.attempt == attempt else ""
        charge = OpenCharge(number=number, yen=yen, reference=reference)
        self.journal.change(
            lambda saved: {
                "charges": (*saved.charges, charge),
                "visit": _of(saved, charge, lambda visit: visit.model_copy(update={"cashless": True})),
            }
        )
        return charge

    def of(self, attempt: int) -> OpenCharge | None:
        """The open charge of the visit of this attempt."""
        visit = self.journal.visit
        if visit is None or visit.attempt != attempt:
            return None
        return next((each for each in self.journal.saved.charges if each.reference == visit.reference), None)

    def earlier(self) -> tuple[OpenCharge, ...]:
        """Open charges that no visit settles any more: it is over, or staff know already that they stand open."""
        visit = self.journal.visit
        at_hand = visit.reference if visit is not None else None
        return tuple(each for each in self.journal.saved.charges if each.noted or each.reference != at_hand)

    def debited(self, charge: OpenCharge, yen: int) -> None:
        """The payment terminal said that so much was."""

        def paid(visit: SavedVisit) -> SavedVisit:
            return visit.model_copy(update={"held": yen, "unclear": False})

        self._change(charge, {"debited": True, "yen": yen}, paid)

    def unclear(self, charge: OpenCharge, keeps: int) -> None:
        """Nobody can say what became of it, or of what should go back of it; so much of it was earned."""

        def feared(visit: SavedVisit) -> SavedVisit:
            return visit.model_copy(update={"held": charge.yen, "unclear": True})

        self._change(charge, {"debited": charge.debited, "yen": charge.yen, "keeps": keeps}, feared)

    def drop(self, charge: OpenCharge) -> None:
        """Nothing was debited, and never will be."""
        self.journal.change(
            lambda saved: {
                "charges": _without(saved, charge),
                "visit": _of(saved, charge, lambda visit: visit.model_copy(update={"cashless": False})),
            }
        )

    def settle(self, charge: OpenCharge, *, debited: bool, keeps: int, paid_back: int) -> None:
        """What became of it is known. A debt that staff were told of for it is one no longer, or is certain now: both
        in one write, so that no restart tells it twice."""
        yen, keeps = (charge.yen, keeps) if debited else (0, 0)
        rest, moment = max(0, yen - keeps - paid_back), self.moment()

        def settled(visit: SavedVisit) -> SavedVisit:
            known = {"held": yen, "asked": yen - keeps, "paid_out": paid_back, "captured": keeps}
            return visit.model_copy(update={**known, "unclear": False, "noted": rest})

        def change(saved: Saved) -> dict[str, object]:
            now = next((each for each in saved.charges if each.number == charge.number), None)
            if now is None:
                return {}
            sums = saved.takings
            takings = Takings(
                debits=sums.debits + debited,
                debited=sums.debited + yen,
                paid_back=sums.paid_back + paid_back,
                kept=sums.kept + keeps,
            )
            fields = {"charges": _without(saved, charge), "takings": takings, "visit": _of(saved, charge, settled)}
            return {**fields, "notes": noted(saved.notes, _after_all(now, rest, moment))} if now.noted else fields

        self.journal.change(change)

    def _change(
        self, charge: OpenCharge, fields: dict[str, object], change: Callable[[SavedVisit], SavedVisit]
    ) -> None:
        def changed(saved: Saved) -> dict[str, object]:
            charges = tuple(
                each.model_copy(update=fields) if each.number == charge.number else each for each in saved.charges
            )
            return {"charges": charges, "visit": _of(saved, charge, change)}

        self.journal.change(changed)


def _of(saved: Saved, charge: OpenCharge, change: Callable[[SavedVisit], SavedVisit]) -> SavedVisit | None:
    visit = saved.visit
    return visit if visit is None or visit.reference != charge.reference else change(visit)


def _without(saved: Saved, charge: OpenCharge) -> tuple[OpenCharge, ...]:
    return tuple(each for each in saved.charges if each.number != charge.number)


def _after_all(charge: OpenCharge, rest: int, moment: str) -> Note:
    """What staff must know of a debt that they were told of: it came back, or was never taken; or it is certain now."""
    occasion, yen = (Occasion.DEBT, rest) if rest else (Occasion.PAID_AFTER_ALL, charge.noted)
    return Note(moment=moment, occasion=occasion, reference=charge.reference, yen=yen, untold=True)
