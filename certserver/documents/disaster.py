"""What a certificate of damage (罹災証明書) says, from an eligible order line. Pure, and no value is changed on its way
(I10). Fields and words follow the unified form of 2020 as far as it is known here: all of it is unconfirmed. That form
has no row for the kind of dwelling; a municipality that wants it printed has it among the additional entries."""

from collections.abc import Iterator
from dataclasses import dataclass

from certserver.documents.eras import printed_in_sentence
from certserver.documents.model import BLANK, Entry
from certserver.errors import IntegrityAlarm
from certserver.municipality import MunicipalityProfile
from certserver.registers.damage import AffectedPerson, DamageDegree
from certserver.registers.extracts import DamageExtract
from certserver.stages import EligibleLine
from koufu.evidence.words import CertificateKind

DEGREE_WORDS = {
    DamageDegree.DESTROYED: "全壊",
    DamageDegree.LARGE_HALF: "大規模半壊",
    DamageDegree.MEDIUM_HALF: "中規模半壊",
    DamageDegree.HALF: "半壊",
    DamageDegree.NEAR_HALF: "準半壊",
    DamageDegree.PARTIAL: "準半壊に至らない（一部損壊）",
}
"""In the order of the form."""

ADDITIONAL = 2
"""追加記載事項欄① and ②."""


@dataclass(frozen=True, slots=True, repr=False)
class AffectedRow:
    """A member of the household at the time of the damage."""

    name: Entry
    relationship: Entry
    age: Entry

    def __repr__(self) -> str:
        return "<AffectedRow>"

    def entries(self) -> Iterator[Entry]:
        """In reading order."""
        yield from (self.name, self.relationship, self.age)


@dataclass(frozen=True, slots=True, repr=False)
class DisasterDocument:
    """A certificate of damage. `degree` in words; `additional` are as many as `ADDITIONAL`, blank where there is
    nothing."""

    address: Entry
    householder: Entry
    people: tuple[AffectedRow, ...]
    cause: Entry
    place: Entry
    degree: Entry
    additional: tuple[Entry, ...]
    clause: str

    kind = CertificateKind.DISASTER_VICTIM
    form = "disaster-victim/1"

    def __repr__(self) -> str:
        return f"<DisasterDocument of {len(self.people)}>"


def compose(line: EligibleLine, profile: MunicipalityProfile) -> DisasterDocument:
    """What the certificate of damage of an order line says. Raises `IntegrityAlarm` for another extract than one of
    damage, and for more additional entries than the form has."""
    extract = line.extract
    if not isinstance(extract, DamageExtract):
        raise IntegrityAlarm("a certificate of damage of what is no damage")
    record = extract.record
    if len(record.additional) > ADDITIONAL:
        raise IntegrityAlarm("a damage has more additional entries than its form")
    texts = [*(f"{label}　{text}" if label else text for label, text in record.additional), *[BLANK] * ADDITIONAL]
    return DisasterDocument(
        address=Entry("address", record.householder_address),
        householder=Entry("name", record.householder),
        people=tuple(_person(at, person) for at, person in enumerate(record.people, 1)),
        cause=Entry("cause", f"{printed_in_sentence(record.cause_day)}の{record.cause}による"),
        place=Entry("place", record.place),
        degree=Entry("degree", DEGREE_WORDS[record.degree]),
        additional=tuple(Entry(f"additional{at}", text) for at, text in enumerate(texts[:ADDITIONAL], 1)),
        clause=profile.only_clause(CertificateKind.DISASTER_VICTIM),
    )


def _person(at: int, person: AffectedPerson) -> AffectedRow:
    return AffectedRow(
        name=Entry(f"{at}.name", person.name),
        relationship=Entry(f"{at}.relationship", person.relationship or BLANK),
        age=Entry(f"{at}.age", BLANK if person.age is None else f"{person.age}歳"),
    )
