"""What a certificate of damage (罹災証明書) says: from an eligible order line, and back from a page's entries. Pure,
and no value is changed on its way (I10). Fields and words follow the unified form of 2020 as far as it is known here:
all of it is unconfirmed. That form has no row for the kind of dwelling; a municipality that wants it printed has it
among the additional entries."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from certserver.documents.eras import printed_in_sentence
from certserver.documents.model import BLANK, UNUSED, Entry
from certserver.documents.page import CONTINUATION, Page
from certserver.errors import ForeignPage, IntegrityAlarm
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

LABELS: Mapping[str, str] = MappingProxyType(
    {
        "address": "世帯主住所",
        "householder": "世帯主氏名",
        "name": "氏名",
        "relationship": "続柄",
        "age": "年齢",
        "cause": "罹災原因",
        "place": "被災住家の所在地",
        "degree": "住家の被害の程度",
        "additional1": "追加記載事項欄①",
        "additional2": "追加記載事項欄②",
    }
)
"""By name of entry, without the number of the person."""


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
class Damage:
    """What the first page says of the damage. `degree` in words; `additional` are as many as `ADDITIONAL`, blank where
    there is nothing."""

    cause: Entry
    place: Entry
    degree: Entry
    additional: tuple[Entry, ...]

    def __repr__(self) -> str:
        return "<Damage>"

    def entries(self) -> Iterator[Entry]:
        """In reading order."""
        yield from (self.cause, self.place, self.degree, *self.additional)


@dataclass(frozen=True, slots=True, repr=False)
class DisasterDocument:
    """A certificate of damage."""

    address: Entry
    householder: str
    people: tuple[AffectedRow, ...]
    damage: Damage
    clause: str

    kind = CertificateKind.DISASTER_VICTIM
    form = "disaster-victim/1"

    def __repr__(self) -> str:
        return f"<DisasterDocument of {len(self.people)}>"


@dataclass(frozen=True, slots=True, repr=False)
class DisasterPage:
    """What one page says, but for its certification. `damage` is None on further pages."""

    address: Entry
    householder: Entry
    people: tuple[AffectedRow, ...]
    damage: Damage | None
    mark: Entry
    last: bool

    def __repr__(self) -> str:
        return f"<DisasterPage of {len(self.people)}>"


def householder_entry(name: str, *, first: bool) -> Entry:
    """On a further page under another word, so that `name` says once whose document it is."""
    return Entry("name" if first else "householder", name, LABELS["householder"])


def unused_row(at: int) -> AffectedRow:
    """A row that nobody can write into, at a place (from 1)."""
    name, relationship, age = (Entry(f"{at}.unused{column}", UNUSED) for column in range(3))
    return AffectedRow(name, relationship, age)


def read_page(page: Page, numbers: Iterable[int]) -> DisasterPage:
    """What a page says on which persons with these numbers can stand. Raises `ForeignPage`."""
    first = page.number == 1
    return DisasterPage(
        address=page.take("address", LABELS["address"]),
        householder=page.take("name" if first else "householder", LABELS["householder"]),
        people=tuple(_read_rows(page, numbers)),
        damage=_read_damage(page) if first else None,
        mark=page.take(CONTINUATION),
        last=page.last,
    )


def _read_rows(page: Page, numbers: Iterable[int]) -> Iterator[AffectedRow]:
    for at in numbers:
        if page.has(f"{at}.name"):
            name, relationship, age = (
                page.take(f"{at}.{column}", LABELS[column]) for column in ("name", "relationship", "age")
            )
        elif page.has(f"{at}.unused0"):
            name, relationship, age = (page.take(f"{at}.unused{column}") for column in range(3))
        else:
            return
        yield AffectedRow(name, relationship, age)


def _read_damage(page: Page) -> Damage:
    cause, place, degree, *additional = (
        page.take(name, LABELS[name]) for name in ("cause", "place", "degree", "additional1", "additional2")
    )
    if degree.text not in DEGREE_WORDS.values():
        raise ForeignPage("a certificate of damage has a degree that there is not")
    return Damage(cause, place, degree, tuple(additional))


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
        address=_entry("address", record.householder_address),
        householder=record.householder,
        people=tuple(_person(at, person) for at, person in enumerate(record.people, 1)),
        damage=Damage(
            cause=_entry("cause", f"{printed_in_sentence(record.cause_day)}の{record.cause}による"),
            place=_entry("place", record.place),
            degree=_entry("degree", DEGREE_WORDS[record.degree]),
            additional=tuple(_entry(f"additional{at}", text) for at, text in enumerate(texts[:ADDITIONAL], 1)),
        ),
        clause=profile.only_clause(CertificateKind.DISASTER_VICTIM),
    )


def _person(at: int, person: AffectedPerson) -> AffectedRow:
    return AffectedRow(
        name=_entry("name", person.name, at),
        relationship=_entry("relationship", person.relationship or BLANK, at),
        age=_entry("age", BLANK if person.age is None else f"{person.age}歳", at),
    )


def _entry(name: str, text: str, at: int | None = None) -> Entry:
    return Entry(name if at is None else f"{at}.{name}", text, LABELS[name])
