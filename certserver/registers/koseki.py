"""Koseki and their supplements as one snapshot holds them. Like all register values they print exactly as they stand
(I10) and show nothing in `repr` (I11)."""

from dataclasses import dataclass, field

from certserver.registers.model import RegisterDate, Sex, Withholding


@dataclass(frozen=True, slots=True, repr=False)
class KosekiItem:
    """One item of an entry: its label without brackets (「婚姻日」) and what it says, a text or a date."""

    label: str
    text: str | None
    day: RegisterDate | None = None

    def __post_init__(self) -> None:
        if (self.text is None) == (self.day is None):
            raise ValueError("an item of a koseki has either a text or a date")

    def __repr__(self) -> str:
        return "<KosekiItem>"


@dataclass(frozen=True, slots=True, repr=False)
class KosekiEvent:
    """One entry, with its heading (出生, 婚姻, 戸籍改製 …)."""

    title: str
    items: tuple[KosekiItem, ...]

    def __repr__(self) -> str:
        return "<KosekiEvent>"


@dataclass(frozen=True, slots=True, repr=False)
class KosekiPerson:
    """One person recorded in a koseki. `given_name` is 【名】 without the surname; `resident_id` is the resident
    register's key where the person lives in this municipality. `removed`: the box 除籍."""

    person_id: str
    given_name: str
    given_name_kana: str | None
    born: RegisterDate
    spouse: str | None
    """配偶者区分: 夫 or 妻"""
    father: str | None
    mother: str | None
    relationship: str | None
    """続柄: 長男, 二女 …"""
    adoptive_father: str | None
    adoptive_mother: str | None
    adoptive_relationship: str | None
    removed: bool
    events: tuple[KosekiEvent, ...]
    resident_id: str | None = None
    withholding: frozenset[Withholding] = field(default_factory=frozenset)

    def __repr__(self) -> str:
        return "<KosekiPerson>"


@dataclass(frozen=True, slots=True, repr=False)
class SupplementAddress:
    """One address of a supplement's history, oldest first."""

    address: str
    since: RegisterDate | None

    def __repr__(self) -> str:
        return "<SupplementAddress>"


@dataclass(frozen=True, slots=True, repr=False)
class SupplementPerson:
    """One person of a supplement (戸籍の附票). Born and sex are None for whoever was removed before 11 January 2022;
    `overseas_voter` is the municipality of the overseas voters' list (在外選挙人名簿登録市区町村名)."""

    person_id: str
    given_name: str
    born: RegisterDate | None
    sex: Sex | None
    removed: bool
    addresses: tuple[SupplementAddress, ...]
    overseas_voter: str | None = None

    def __repr__(self) -> str:
        return "<SupplementPerson>"


@dataclass(frozen=True, slots=True, repr=False)
class Koseki:
    """One koseki and its supplement, everybody in the register's order. `koseki_id` is the register's own key, never
    printed; `head` is the full name of the 筆頭者, 「氏　名」. `unfit`: 改製不適合, `pending`: a notification is being
    entered. `supplement` is empty where there is none."""

    koseki_id: str
    domicile: str
    surname: str
    surname_kana: str | None
    head: str
    events: tuple[KosekiEvent, ...]
    """戸籍事項"""
    people: tuple[KosekiPerson, ...]
    supplement_since: KosekiItem | None
    """「改製日」 or 「編製日」 of the supplement."""
    supplement: tuple[SupplementPerson, ...]
    unfit: bool = False
    pending: bool = False

    def full_name(self, given_name: str) -> str:
        """Surname and given name with a full-width space between."""
        return f"{self.surname}　{given_name}"

    def __repr__(self) -> str:
        return f"<Koseki of {len(self.people)}>"


@dataclass(frozen=True, slots=True, repr=False)
class KosekiSnapshot:
    """The koseki of the person who orders, and which of its people that person is (None: not recorded in it)."""

    koseki: Koseki
    orderer: KosekiPerson | None

    def __repr__(self) -> str:
        return "<KosekiSnapshot>"
