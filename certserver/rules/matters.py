"""What an order line can be about besides whom: a fiscal year of the tax register, or which damage. Each says why it
can't be had, where it can't. Pure."""

from dataclasses import dataclass

from certserver.registers.model import TaxStatus
from certserver.registers.snapshot import RegisterSnapshot
from certserver.registers.tax import TaxRecord
from certserver.rules.references import damage_reference
from koufu.evidence.words import TAX_KINDS, CertificateKind, RefusalReason

FIRST_YEAR = 2020
"""令和2年度: the first fiscal year that lies in one era."""

_REIWA = 2018
"""To be added to a year of Reiwa (令和) for the year of our era."""


@dataclass(frozen=True, slots=True, repr=False)
class Matter:
    """One fiscal year or damage. The reference of a year is the year, that of a damage is good in one session.
    `refusal` says why it can't be ordered, None when it can."""

    reference: str
    label: str
    label_en: str
    refusal: RefusalReason | None

    def __repr__(self) -> str:
        return "<Matter>"


def matters_of(
    kind: CertificateKind, years: tuple[int, ...], snapshot: RegisterSnapshot, session_nonce: bytes
) -> tuple[Matter, ...]:
    """What a line of this kind can be about, in the order offered; empty for kinds without matters. `years` are the
    fiscal years that the municipality offers."""
    if kind in TAX_KINDS:
        records = {record.year: record for record in snapshot.taxes}
        return tuple(_year(kind, year, records.get(year)) for year in years)
    if kind is CertificateKind.DISASTER_VICTIM:
        return tuple(
            Matter(damage_reference(session_nonce, damage.damage_id), damage.disaster, damage.disaster_en, None)
            for damage in snapshot.damages
        )
    return ()


def none_of_them(kind: CertificateKind, matters: tuple[Matter, ...]) -> RefusalReason | None:
    """Why a kind can't be had whatever it would be about, or None when it can, or has no matters at all."""
    if kind is CertificateKind.DISASTER_VICTIM and not matters:
        return RefusalReason.NO_DAMAGE
    if matters and all(matter.refusal is not None for matter in matters):
        return matters[0].refusal
    return None


def _year(kind: CertificateKind, year: int, record: TaxRecord | None) -> Matter:
    refusal = year_refusal(kind, None if record is None else tax_status(record))
    return Matter(str(year), f"令和{_in_reiwa(year)}年度", f"Fiscal year {year}", refusal)


def tax_status(record: TaxRecord) -> TaxStatus:
    """What of a year's entry can forbid a document."""
    return TaxStatus(record.year, record.resident_on_january_1, record.declared, record.annual_tax)


def year_refusal(kind: CertificateKind, status: TaxStatus | None) -> RefusalReason | None:
    """Why a kind can't be had for a year, by the entry of that year (None: there is none), or None."""
    if status is None or not status.resident_on_january_1:
        return RefusalReason.NO_TAX_HERE
    if not status.declared:
        return RefusalReason.UNDECLARED
    if kind is CertificateKind.NON_TAXATION and status.annual_tax > 0:
        return RefusalReason.TAXED
    return None


def _in_reiwa(year: int) -> str:
    return str(year - _REIWA)
