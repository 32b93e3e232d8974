"""見本県例示市, the fictional municipality next door: it keeps one koseki of somebody who lives in 見本市, and offers
nothing but koseki kinds. Its head has died."""

from datetime import date, datetime

from sqlalchemy import Connection

from certserver.demo.artwork import official_seal
from certserver.demo.load import Besides, load
from certserver.demo.people import Population
from certserver.demo.settings import enter_kind
from certserver.errors import ConfigurationError
from certserver.municipality import CheckInstructions, Clause, MunicipalityProfile, Window
from certserver.pipeline.profile_rows import add_profile
from certserver.pipeline.setting_rows import set_purposes
from certserver.ports import unix
from certserver.registers.koseki import (
    Koseki,
    KosekiEvent,
    KosekiItem,
    KosekiPerson,
    SupplementAddress,
    SupplementPerson,
)
from certserver.registers.model import RegisterDate, Sex
from certserver.registers.repository import read_koseki_snapshot
from certserver.rules.settings import Purpose
from koufu.evidence.words import KOSEKI_KINDS, CertificateKind, Scope

NEIGHBOUR = "992020"
"""見本県例示市; the last digit checks the others."""

KOSEKI_ID = "koseki-yoshida"

APPLICANT = "yoshida-kazuko"
"""Who is recorded in it and has a card: by the same name a resident of 見本市."""

_SURNAME = "𠮷田"
_DOMICILE = "見本県例示市栄町二丁目４番地"
_MARRIED = date(1972, 5, 6)
_SUPPLEMENT = "この写しは、戸籍の附票の原本と相違ないことを証明する。"


def load_neighbour(connection: Connection, now: datetime) -> int:
    """Loads its koseki and its settings, in force from now on; returns the number of koseki. Raises
    `ConfigurationError` when they are there already."""
    if read_koseki_snapshot(connection, NEIGHBOUR, KOSEKI_ID, APPLICANT) is not None:
        raise ConfigurationError("this municipality has its fictional koseki already")
    kosekis = (yoshida(),)
    load(connection, Population(NEIGHBOUR, ()), at=unix(now), besides=Besides(kosekis=kosekis))
    for kind in CertificateKind:
        if kind in KOSEKI_KINDS:
            enter_kind(connection, NEIGHBOUR, kind, unix(now))
    passport = Purpose("passport", CertificateKind.KOSEKI_FULL, Scope.KOSEKI, ())
    set_purposes(connection, NEIGHBOUR, unix(now), [passport])
    add_profile(connection, unix(now), reiji_profile())
    return len(kosekis)


def yoshida() -> Koseki:
    """Its one koseki, with the supplement."""
    return Koseki(
        koseki_id=KOSEKI_ID,
        domicile=_DOMICILE,
        surname=_SURNAME,
        surname_kana="ヨシダ",
        head=f"{_SURNAME}　誠",
        events=(
            KosekiEvent(
                "戸籍改製",
                (
                    _day("改製日", date(1998, 3, 14)),
                    _said("改製事由", "平成６年法務省令第５１号附則第２条第１項による改製"),
                ),
            ),
            KosekiEvent("氏の振り仮名", (_said("氏の振り仮名", "ヨシダ"), _day("記録日", date(2025, 9, 1)))),
        ),
        people=(_makoto(), _kazuko()),
        supplement_since=KosekiItem("改製日", None, RegisterDate(date(1998, 3, 14))),
        supplement=(
            _lived("yoshida-makoto", "誠", date(1944, 2, 3), Sex.MALE, removed=True),
            _lived(APPLICANT, "和子", date(1947, 12, 8), Sex.FEMALE, removed=False),
        ),
    )


def _makoto() -> KosekiPerson:
    born, died = date(1944, 2, 3), date(2019, 1, 20)
    return _person(
        "yoshida-makoto",
        ("誠", "マコト"),
        born,
        "夫",
        ("𠮷田三郎", "ハツ", "長男"),
        KosekiEvent("婚姻", (_day("婚姻日", _MARRIED), _said("配偶者氏名", "例示和子"))),
        KosekiEvent("死亡", (_day("死亡日", died), _said("死亡地", "見本県例示市"))),
        removed=True,
    )


def _kazuko() -> KosekiPerson:
    return _person(
        APPLICANT,
        ("和子", "カズコ"),
        date(1947, 12, 8),
        "妻",
        ("例示勇", "良子", "二女"),
        KosekiEvent(
            "婚姻",
            (
                _day("婚姻日", _MARRIED),
                _said("配偶者氏名", "𠮷田誠"),
                _said("従前戸籍", "見本県例示市本町一丁目１番地　例示勇"),
            ),
        ),
        KosekiEvent("配偶者の死亡", (_day("配偶者の死亡日", date(2019, 1, 20)),)),
    )


def _person(
    person_id: str,
    given: tuple[str, str],
    born: date,
    spouse: str,
    parents: tuple[str, str, str],
    *events: KosekiEvent,
    removed: bool = False,
) -> KosekiPerson:
    """`given` with its reading; `parents` are father, mother, and which child of theirs it is."""
    father, mother, relationship = parents
    birth = KosekiEvent("出生", (_day("出生日", born), _said("出生地", "見本県例示市"), _said("届出人", "父")))
    return KosekiPerson(
        person_id=person_id,
        given_name=given[0],
        given_name_kana=given[1],
        born=RegisterDate(born),
        spouse=spouse,
        father=father,
        mother=mother,
        relationship=relationship,
        adoptive_father=None,
        adoptive_mother=None,
        adoptive_relationship=None,
        removed=removed,
        events=(birth, *events),
        resident_id=None,
    )


def _lived(person_id: str, given_name: str, born: date, sex: Sex, *, removed: bool) -> SupplementPerson:
    before = SupplementAddress("見本県例示市栄町二丁目４番５号", RegisterDate(_MARRIED))
    moved = SupplementAddress("見本県見本市本町一丁目２番３号　見本ハイツ１０１号", RegisterDate(date(2026, 6, 10)))
    addresses = (before,) if removed else (before, moved)
    return SupplementPerson(person_id, given_name, RegisterDate(born), sex, removed, addresses)


def reiji_profile() -> MunicipalityProfile:
    """What 例示市 sets for its documents. Telephone and web address can't exist."""
    return MunicipalityProfile(
        code=NEIGHBOUR,
        prefecture="見本県",
        prefecture_en="Mihon Prefecture",
        name="例示市",
        name_kana="れいじし",
        name_en="Reiji City",
        mayor_title="例示市長",
        mayor_name="例示　花子",
        deputy_title=None,
        official_seal=official_seal(("見本県", "例示市", "長之印")),
        clauses=(
            Clause(CertificateKind.KOSEKI_SUPPLEMENT, True, _SUPPLEMENT),
            Clause(CertificateKind.KOSEKI_SUPPLEMENT, False, _SUPPLEMENT),
        ),
        checking=CheckInstructions(
            web_address="kakunin.reiji.example",
            office="例示市 戸籍課",
            phone="000-000-0001",
            hours="平日 8時30分～17時15分",
        ),
        window=Window(
            place="例示市役所 2階 戸籍課",
            hours="平日 8時30分～17時15分",
            phone="000-000-0001",
            bring="マイナンバーカード",
            place_en="Reiji City Hall, 2nd floor, Koseki Section",
            hours_en="Weekdays 8:30 to 17:15",
            bring_en="Your My Number card",
        ),
    )


def _day(label: str, day: date) -> KosekiItem:
    return KosekiItem(label, None, RegisterDate(day))


def _said(label: str, text: str) -> KosekiItem:
    return KosekiItem(label, text)
