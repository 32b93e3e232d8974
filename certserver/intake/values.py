"""Makes values of the registers out of the cells of lines, and checks what no cell can say alone. It changes no
text."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from certserver.intake.dates import FIRST_DAY
from certserver.intake.fields import Part
from certserver.intake.findings import Broken, Rule
from certserver.intake.reading import Cells
from certserver.registers.damage import AffectedPerson, DamageRecord
from certserver.registers.model import ForeignResident, Household, RegisterDate, RegisteredSeal, Resident
from certserver.registers.snapshot import ResidentNumbers
from certserver.registers.tax import Amount, Dependants, TaxPayment, TaxRecord

_OF_FOREIGNERS = ("residence_status", "period_of_stay", "card_number", "legal_category")
_MORE_OF_FOREIGNERS = ("expires", "expires_text", "alias", "alias_kana")


class BrokenField(Broken):
    """A line breaks a rule at a field."""

    def __init__(self, field: str, rule: Rule) -> None:
        super().__init__(rule)
        self.field = field


def household(cells: Cells) -> Household:
    """A line of households.csv."""
    return Household(cells["household_id"], cells["address"], cells["householder"])


def resident(cells: Cells, measures: Sequence[Cells]) -> Resident:
    """A line of residents.csv, and theirs of measures.csv. Raises `BrokenField`."""
    return Resident(
        resident_id=cells["resident_id"],
        household_id=cells["household_id"],
        name=cells["name"],
        name_kana=cells["name_kana"],
        former_surname=cells["former_surname"],
        former_surname_kana=cells["former_surname_kana"],
        born=_needed_date(cells, "born"),
        sex=cells["sex"],
        relationship=cells["relationship"],
        domicile=cells["domicile"],
        koseki_head=cells["koseki_head"],
        resident_since=_needed_date(cells, "resident_since"),
        address_since=date_of(cells, "address_since"),
        notified_on=date_of(cells, "notified_on"),
        previous_address=cells["previous_address"],
        moved_from=cells["moved_from"],
        remarks=cells["remarks"],
        foreign=_foreign(cells),
        withholding=frozenset(line["measure"] for line in measures),
        entered_on=_day_of(cells, "entered_on"),
        move_out_planned=_day_of(cells, "move_out_planned"),
        moved_out=_day_of(cells, "moved_out"),
        died=_day_of(cells, "died"),
    )


def numbers(lines: Sequence[Cells]) -> ResidentNumbers:
    """The line of numbers.csv that a resident has, if any."""
    if not lines:
        return ResidentNumbers(None, None)
    return ResidentNumbers(lines[0]["individual_number"], lines[0]["resident_code"])


def seal(cells: Cells) -> RegisteredSeal:
    """A line of seals.csv. Raises `BrokenField`."""
    return RegisteredSeal(
        resident_id=cells["resident_id"],
        imprint=cells["imprint"],
        registered_on=_needed_date(cells, "registered_on"),
        cancelled=cells["cancelled"],
        name_katakana=cells["name_katakana"],
    )


def tax(cells: Cells, amounts: Sequence[Cells]) -> TaxRecord:
    """A line of taxes.csv, and its lines of tax_amounts.csv. Raises `BrokenField`."""

    def of(part: Part, make: Callable[[str, int], Any]) -> tuple[Any, ...]:
        return tuple(make(line["label"], line["amount"]) for line in amounts if line["part"] is part)

    return TaxRecord(
        year=cells["year"],
        name=cells["name"],
        address_on_january_1=cells["address_on_january_1"],
        resident_on_january_1=cells["resident_on_january_1"],
        declared=cells["declared"],
        incomes=of(Part.INCOME, Amount),
        total_income=cells["total_income"],
        total_income_and_others=cells["total_income_and_others"],
        deductions=of(Part.DEDUCTION, Amount),
        dependants=of(Part.DEPENDANTS, Dependants),
        taxable=cells["taxable"],
        taxes=of(Part.TAX, Amount),
        payments=tuple(
            TaxPayment(line["label"], line["amount"], line["paid"], line["unpaid"], line["note"] or "")
            for line in amounts
            if line["part"] is Part.PAYMENT
        ),
        paid_as_of=date_of(cells, "paid_as_of"),
    )


def check_tax_amount(cells: Cells) -> None:
    """What a line of tax_amounts.csv must and must not have besides. Raises `BrokenField`."""
    payment = cells["part"] is Part.PAYMENT
    for field in ("paid", "unpaid"):
        if payment is (cells[field] is None):
            raise BrokenField(field, Rule.NEEDED if payment else Rule.EMPTY)
    if not payment and cells["note"] is not None:
        raise BrokenField("note", Rule.EMPTY)


def damage(cells: Cells, people: Sequence[Cells]) -> DamageRecord:
    """A line of damages.csv, and its lines of damage_people.csv. Raises `BrokenField`."""
    return DamageRecord(
        damage_id=cells["damage_id"],
        disaster=cells["disaster"],
        disaster_en=cells["disaster_en"],
        householder=cells["householder"],
        householder_address=cells["householder_address"],
        people=tuple(AffectedPerson(line["name"], line["relationship"], line["age"]) for line in people),
        cause=cells["cause"],
        cause_day=_needed_date(cells, "cause_day"),
        place=cells["place"],
        dwelling=cells["dwelling"] or "",
        degree=cells["degree"],
        additional=tuple(pair for number in (1, 2) for pair in _additional(cells, number)),
    )


def date_of(cells: Cells, name: str) -> RegisterDate | None:
    """The date of two cells, None where both are empty. Raises `BrokenField` where the day must have its text."""
    day, text = cells[name], cells[f"{name}_text"]
    if text is None:
        if day is None:
            return None
        if day < FIRST_DAY:
            raise BrokenField(name, Rule.LUNAR)
    return RegisterDate(day, text)


def _day_of(cells: Cells, name: str) -> date | None:
    """A day that has no text beside it. Raises `BrokenField`."""
    day: date | None = cells[name]
    if day is not None and day < FIRST_DAY:
        raise BrokenField(name, Rule.RANGE)
    return day


def _needed_date(cells: Cells, name: str) -> RegisterDate:
    found = date_of(cells, name)
    if found is None:
        raise BrokenField(name, Rule.NEEDED)
    return found


def _foreign(cells: Cells) -> ForeignResident | None:
    if cells["nationality"] is None:
        if any(cells[name] is not None for name in (*_OF_FOREIGNERS, *_MORE_OF_FOREIGNERS)):
            raise BrokenField("nationality", Rule.NEEDED)
        return None
    for name in _OF_FOREIGNERS:
        if cells[name] is None:
            raise BrokenField(name, Rule.NEEDED)
    return ForeignResident(
        nationality=cells["nationality"],
        residence_status=cells["residence_status"],
        period_of_stay=cells["period_of_stay"],
        expires=_needed_date(cells, "expires"),
        card_number=cells["card_number"],
        legal_category=cells["legal_category"],
        alias=cells["alias"],
        alias_kana=cells["alias_kana"],
    )


def _additional(cells: Cells, number: int) -> tuple[tuple[str, str], ...]:
    label, text = cells[f"additional_{number}_label"], cells[f"additional_{number}"]
    if label is None and text is None:
        return ()
    if label is None:
        raise BrokenField(f"additional_{number}_label", Rule.NEEDED)
    if text is None:
        raise BrokenField(f"additional_{number}", Rule.NEEDED)
    return ((label, text),)
