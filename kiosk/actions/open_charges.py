"""What the journal holds of charges: those that were asked of the payment terminal and are not settled yet, and the
sums of those that are. Nothing of a holder is in any of them."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

_Yen = Annotated[int, Field(ge=0)]


class OpenCharge(BaseModel):
    """A charge, written before it was asked for. `reference` is its visit's; `debited`: the payment terminal said that
    `yen` were, which until then is what is asked for; `keeps` yen of it were earned; `noted` yen of it were told to
    staff as owed."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    number: Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
    yen: _Yen
    reference: str
    debited: bool = False
    keeps: _Yen = 0
    noted: _Yen = 0


class Takings(BaseModel):
    """What became of all charges that are settled: how many were debited, yen debited, yen paid back, yen kept as fees.
    What is none of the two stands as a debt."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    debits: int = 0
    debited: _Yen = 0
    paid_back: _Yen = 0
    kept: _Yen = 0

    @property
    def over(self) -> int:
        """Yen that the operator has of debts, from which these are paid."""
        return self.debited - self.paid_back - self.kept


def earned(charges: tuple[OpenCharge, ...], reference: str, keeps: int) -> tuple[OpenCharge, ...]:
    """So much of what that visit paid was earned: whoever settles it later, when the visit is over, keeps it. Once
    staff were told of the rest a late word of the printer changes it no more."""

    def is_its(charge: OpenCharge) -> bool:
        return charge.reference == reference and not charge.noted

    return tuple(each.model_copy(update={"keeps": keeps}) if is_its(each) else each for each in charges)


def noted(charges: tuple[OpenCharge, ...], reference: str, yen: int) -> tuple[OpenCharge, ...]:
    """Staff were told that so much is owed to whose visit that was."""
    return tuple(each.model_copy(update={"noted": yen}) if each.reference == reference else each for each in charges)
