"""What a certificate of residence, or of items in the resident record, says: from an eligible order line, and back from
a page's entries. Pure: no layout, no clock, and no value is changed on its way (I10). Which slots hold what of a
foreign resident is unconfirmed."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from types import MappingProxyType

from certserver.documents.eras import printed
from certserver.documents.model import BLANK, OMITTED, UNUSED, Entry
from certserver.documents.page import CONTINUATION, Page
from certserver.errors import IntegrityAlarm
from certserver.municipality import MunicipalityProfile
from certserver.registers.extracts import HouseholdExtract
from certserver.registers.model import ForeignResident, RegisterDate, Resident, Sex
from certserver.registers.snapshot import ResidentNumbers
from certserver.stages import EligibleLine
from koufu.evidence.words import CertificateKind, Option

SEX_WORDS = {Sex.MALE: "男", Sex.FEMALE: "女"}

LABELS: Mapping[str, str] = MappingProxyType(
    {
        "address": "住所",
        "householder": "世帯主",
        "name_kana": "氏名の振り仮名",
        "individual_number": "個人番号",
        "name": "氏名",
        "resident_code": "住民票コード",
        "resident_since": "住民となった年月日",
        "former_surname_kana": "旧氏の振り仮名",
        "former_surname": "旧氏",
        "alias_kana": "通称の振り仮名",
        "alias": "通称",
        "address_since": "住所を定めた年月日",
        "notified_on": "届出日",
        "born": "生年月日",
        "sex": "性別",
        "relationship": "続柄",
        "koseki_head": "筆頭者",
        "domicile": "本籍",
        "previous_address": "転入前住所",
        "moved_from": "異動前住所",
        "nationality": "国籍・地域",
        "residence_status": "在留資格",
        "period_of_stay": "在留期間等",
        "card_number": "在留カード等の番号",
        "remarks": "備考",
    }
)
"""By name of entry, without the number of the person."""

_GAP = "　"
_SLOTS = 4
_FOREIGN_SLOTS = ("nationality", "residence_status", "period_of_stay", "card_number")


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


@dataclass(frozen=True, slots=True, repr=False)
class ResidencePage:
    """What one page says, but for its certification. `mark` stands under the last person, None where there is none."""

    kind: CertificateKind
    address: Entry
    householder: Entry
    people: tuple[PersonBlock, ...]
    mark: Entry | None
    last: bool

    def __repr__(self) -> str:
        return f"<ResidencePage of {len(self.people)}>"


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
        address=Entry("address", extract.address, LABELS["address"]),
        householder=Entry("householder", householder, LABELS["householder"]),
        people=tuple(
            _block(number, resident, ordered.options, extract.numbers.get(resident.resident_id))
            for number, resident in enumerate(extract.people, 1)
        ),
        clause=profile.clause(ordered.kind, whole=extract.whole),
    )


def read_page(page: Page, numbers: Iterable[int]) -> ResidencePage:
    """What a page says on which persons with these numbers can stand. Raises `ForeignPage`."""
    return ResidencePage(
        kind=page.kind,
        address=page.take("address", LABELS["address"]),
        householder=page.take_or("householder", LABELS["householder"], OMITTED),
        people=tuple(_read_block(page, number) for number in numbers if page.has(f"{number}.name")),
        mark=page.take(CONTINUATION) if page.has(CONTINUATION) else None,
        last=page.last,
    )


def _read_block(page: Page, number: int) -> PersonBlock:
    def taken(name: str, otherwise: str | None = None) -> Entry:
        named, label = f"{number}.{name}", LABELS[name]
        return page.take(named, label) if otherwise is None else page.take_or(named, label, otherwise)

    other_name = "alias" if page.has(f"{number}.alias") else "former_surname"
    slot1, slot2, slot3, slot4 = _read_slots(page, number)
    return PersonBlock(
        number=number,
        name_kana=taken("name_kana"),
        individual_number=taken("individual_number", OMITTED),
        name=taken("name"),
        resident_code=taken("resident_code", OMITTED),
        resident_since=taken("resident_since"),
        other_name_kana=taken(f"{other_name}_kana"),
        address_since=taken("address_since"),
        other_name=taken(other_name),
        notified_on=taken("notified_on"),
        born=taken("born"),
        sex=taken("sex"),
        relationship=taken("relationship", OMITTED),
        koseki_head=taken("koseki_head", OMITTED),
        domicile=taken("domicile", OMITTED),
        previous_address=taken("previous_address"),
        slot1=slot1,
        slot2=slot2,
        slot3=slot3,
        slot4=slot4,
        remarks=taken("remarks", ""),
    )


def _read_slots(page: Page, number: int) -> tuple[Entry, ...]:
    """The four free slots. Where none is unused they are those of a foreign resident, of which some may be left out."""
    if not any(page.has(f"{number}.slot{at}") for at in range(1, _SLOTS + 1)):
        return tuple(page.take_or(f"{number}.{name}", LABELS[name], OMITTED) for name in _FOREIGN_SLOTS)
    moved = f"{number}.moved_from"
    used = (page.take(moved, LABELS["moved_from"]),) if page.has(moved) else ()
    return (*used, *(page.take(f"{number}.slot{at}", UNUSED) for at in range(len(used) + 1, _SLOTS + 1)))


def _block(number: int, resident: Resident, options: frozenset[Option], numbers: ResidentNumbers | None) -> PersonBlock:
    foreign = resident.foreign

    def entry(name: str, text: str | None) -> Entry:
        return Entry(f"{number}.{name}", text or BLANK, LABELS[name])

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
    other_name, other_kana, called = _other_name(resident)
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
        other_name_kana=entry(f"{called}_kana", other_kana),
        address_since=entry("address_since", _optional(resident.address_since)),
        other_name=entry(called, other_name),
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
        remarks=Entry(f"{number}.remarks", _remarks(resident, options), LABELS["remarks"]),
    )


def _other_name(resident: Resident) -> tuple[str | None, str | None, str]:
    """Former surname, or the alias of a foreign resident, who can't have one: name, kana, and which of the two."""
    if resident.foreign is not None and resident.foreign.alias is not None:
        return resident.foreign.alias, resident.foreign.alias_kana, "alias"
    return resident.former_surname, resident.former_surname_kana, "former_surname"


def _native_slots(resident: Resident) -> tuple[tuple[str, str, str], ...]:
    """(name, label, text) of the free slots that are in use."""
    return () if resident.moved_from is None else (("moved_from", LABELS["moved_from"], resident.moved_from),)


def _foreign_slots(foreign: ForeignResident, options: frozenset[Option]) -> tuple[tuple[str, str, str], ...]:
    until = foreign.expires.text or f"{printed(foreign.expires, western=True)}まで"
    period = _GAP.join(filter(None, (foreign.period_of_stay, until)))
    slots = (
        (Option.NATIONALITY, foreign.nationality),
        (Option.RESIDENCE_STATUS, foreign.residence_status),
        (Option.PERIOD_OF_STAY, period),
        (Option.CARD_NUMBER, foreign.card_number),
    )
    return tuple(
        (name, LABELS[name], (text or BLANK) if option in options else OMITTED)
        for name, (option, text) in zip(_FOREIGN_SLOTS, slots, strict=True)
    )


def _unused_slots(used: int) -> tuple[tuple[str, str, str], ...]:
    return tuple((f"slot{at}", UNUSED, UNUSED) for at in range(used + 1, _SLOTS + 1))


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
