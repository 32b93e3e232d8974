"""What a certificate of residence, or of items in the resident record, says, from an eligible order line. Pure: no
layout, no clock, and no value is changed on its way (I10). Which slots hold what of a foreign resident is
unconfirmed."""

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace

from certserver.documents.eras import printed
from certserver.documents.model import BLANK, OMITTED, UNUSED, Entry
from certserver.errors import IntegrityAlarm
from certserver.municipality import MunicipalityProfile
from certserver.registers.extracts import HouseholdExtract
from certserver.registers.model import ForeignResident, RegisterDate, Resident, Sex
from certserver.registers.snapshot import ResidentNumbers
from certserver.stages import EligibleLine
from koufu.evidence.words import CertificateKind, Option

SEX_WORDS = {Sex.MALE: "男", Sex.FEMALE: "女"}

_GAP = "　"


@dataclass(frozen=True, slots=True, repr=False)
class PersonBlock:
    """One person of a certificate of residence, entries in reading order; `number` counts from 1 on the document."""

    number: int
    name_kana: Entry
    individual_number: Entry
    name: Entry
    resident_code: Entry
    resident_since: Entry
    other_name_kana: Entry
    address_since: Entry
    other_name: Entry
    notified_on: Entry
    born: Entry
    sex: Entry
    relationship: Entry
    koseki_head: Entry
    domicile: Entry
    previous_address: Entry
    slot1: Entry
    slot2: Entry
    slot3: Entry
    slot4: Entry
    remarks: Entry

    def __repr__(self) -> str:
        return f"<PersonBlock {self.number}>"

    def entries(self) -> Iterator[Entry]:
        """In reading order."""
        return (value for field in fields(self) if isinstance(value := getattr(self, field.name), Entry))


@dataclass(frozen=True, slots=True, repr=False)
class ResidenceDocument:
    """A certificate of residence (住民票の写し) or of items in the resident record (住民票記載事項証明書)."""

    kind: CertificateKind
    form: str
    address: Entry
    householder: Entry
    people: tuple[PersonBlock, ...]
    clause: str

    def __repr__(self) -> str:
        return f"<ResidenceDocument of {len(self.people)}>"


def compose(line: EligibleLine, profile: MunicipalityProfile, form: str) -> ResidenceDocument:
    """What the document of an order line says in a form. Raises `IntegrityAlarm` for another extract than one of a
    household."""
    extract, ordered = line.extract, line.line
    if not isinstance(extract, HouseholdExtract):
        raise IntegrityAlarm("a certificate of residence of what is no household")
    householder = extract.householder if Option.RELATIONSHIP in ordered.options else OMITTED
    return ResidenceDocument(
        kind=ordered.kind,
        form=form,
        address=Entry("address", extract.address),
        householder=Entry("householder", householder),
        people=tuple(
            _block(number, resident, ordered.options, extract.numbers.get(resident.resident_id))
            for number, resident in enumerate(extract.people, 1)
        ),
        clause=profile.clause(ordered.kind, whole=extract.whole),
    )


def _block(number: int, resident: Resident, options: frozenset[Option], numbers: ResidentNumbers | None) -> PersonBlock:
    foreign = resident.foreign

    def entry(name: str, text: str | None, label: str = "") -> Entry:
        return Entry(f"{number}.{name}", text or BLANK, label)

    def ordered(name: str, option: Option, text: str | None) -> Entry:
        return entry(name, text if option in options else OMITTED)

    def domicile(name: str, text: str | None) -> Entry:
        return ordered(name, Option.DOMICILE, UNUSED if foreign is not None else text)

    def private(name: str, option: Option, text: str | None) -> Entry:
        shown = option in options and bool(text)
        return replace(ordered(name, option, text), private=shown)

    slots = _foreign_slots(foreign, options) if foreign is not None else _native_slots(resident)
    slot1, slot2, slot3, slot4 = (
        Entry(f"{number}.{name}", text, label) for name, label, text in (*slots, *_unused_slots(len(slots)))
    )
    other_name, other_kana, other_label = _other_name(resident)
    return PersonBlock(
        number=number,
        name_kana=entry("name_kana", resident.name_kana),
        individual_number=private(
            "individual_number", Option.INDIVIDUAL_NUMBER, None if numbers is None else numbers.individual_number
        ),
        name=entry("name", resident.name),
        resident_code=private(
            "resident_code", Option.RESIDENT_CODE, None if numbers is None else numbers.resident_code
        ),
        resident_since=entry("resident_since", printed(resident.resident_since)),
        other_name_kana=entry(f"{other_label}_kana", other_kana, _OTHER_KANA_LABELS[other_label]),
        address_since=entry("address_since", _optional(resident.address_since)),
        other_name=entry(other_label, other_name, _OTHER_LABELS[other_label]),
        notified_on=entry("notified_on", _optional(resident.notified_on)),
        born=entry("born", printed(resident.born, western=foreign is not None)),
        sex=entry("sex", SEX_WORDS[resident.sex]),
        relationship=ordered("relationship", Option.RELATIONSHIP, resident.relationship),
        koseki_head=domicile("koseki_head", resident.koseki_head),
        domicile=domicile("domicile", resident.domicile),
        previous_address=entry("previous_address", resident.previous_address),
        slot1=slot1,
        slot2=slot2,
        slot3=slot3,
        slot4=slot4,
        remarks=Entry(f"{number}.remarks", _remarks(resident, options)),
    )


_OTHER_LABELS = {"former_surname": "旧氏", "alias": "通称"}
_OTHER_KANA_LABELS = {"former_surname": "旧氏の振り仮名", "alias": "通称の振り仮名"}


def _other_name(resident: Resident) -> tuple[str | None, str | None, str]:
    """Former surname, or the alias of a foreign resident, who can't have one: name, kana, and which of the two."""
    if resident.foreign is not None and resident.foreign.alias is not None:
        return resident.foreign.alias, resident.foreign.alias_kana, "alias"
    return resident.former_surname, resident.former_surname_kana, "former_surname"


def _native_slots(resident: Resident) -> tuple[tuple[str, str, str], ...]:
    """(name, label, text) of the free slots that are in use."""
    return () if resident.moved_from is None else (("moved_from", "異動前住所", resident.moved_from),)


def _foreign_slots(foreign: ForeignResident, options: frozenset[Option]) -> tuple[tuple[str, str, str], ...]:
    until = foreign.expires.text or f"{printed(foreign.expires, western=True)}まで"
    period = _GAP.join(filter(None, (foreign.period_of_stay, until)))
    slots = (
        ("nationality", "国籍・地域", Option.NATIONALITY, foreign.nationality),
        ("residence_status", "在留資格", Option.RESIDENCE_STATUS, foreign.residence_status),
        ("period_of_stay", "在留期間等", Option.PERIOD_OF_STAY, period),
        ("card_number", "在留カード等の番号", Option.CARD_NUMBER, foreign.card_number),
    )
    return tuple(
        (name, label, (text or BLANK) if option in options else OMITTED) for name, label, option, text in slots
    )


def _unused_slots(used: int) -> tuple[tuple[str, str, str], ...]:
    return tuple((f"slot{at}", UNUSED, UNUSED) for at in range(used + 1, 5))


def _remarks(resident: Resident, options: frozenset[Option]) -> str:
    """What the four slots don't hold, then the register's own remarks. Empty when there is nothing."""
    parts = []
    if resident.foreign is not None:
        if resident.foreign.legal_category and Option.RESIDENCE_STATUS in options:
            parts.append(f"法第30条の45の区分：{resident.foreign.legal_category}")
        if resident.moved_from is not None:
            parts.append(f"異動前住所：{resident.moved_from}")
    if resident.remarks:
        parts.append(resident.remarks)
    return _GAP.join(parts)


def _optional(registered: RegisterDate | None) -> str | None:
    return None if registered is None else printed(registered)
