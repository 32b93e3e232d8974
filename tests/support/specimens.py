"""The fictional people, municipality and key that documents in tests and pictures show. Nobody here exists."""

from dataclasses import replace
from datetime import UTC, date, datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from certserver.demo.artwork import official_seal, registered_seal
from certserver.municipality import CheckInstructions, Clause, MunicipalityProfile, Window
from certserver.registers.extracts import HouseholdExtract, SealExtract
from certserver.registers.model import (
    ForeignResident,
    HouseholdSnapshot,
    RegisterDate,
    RegisteredSeal,
    Resident,
    Sex,
)
from certserver.registers.snapshot import ResidentNumbers
from certserver.signing.municipal import MunicipalKey
from certserver.signing.signers import SoftSigner
from certserver.stages import DocumentStamp, EligibleLine
from koufu.evidence.order import OrderLine
from koufu.evidence.words import NUMBER_OPTIONS, CertificateKind, Option, Scope
from koufu.ground.profiles import USUAL

TSUJI = "辻\U000e0102"
YOSHIDA = "𠮷田"
WATANABE = "渡邉\U000e0110"
USUAL_OPTIONS = frozenset(Option) - NUMBER_OPTIONS
"""Everything but the numbers, which nobody gets without asking."""

DOCUMENT_NO = "K6SE22SX7PJV6RCW"
SEAL_DOCUMENT_NO = "4CSDM1P7YJP49ZT8"
ISSUED_AT = int(datetime(2026, 10, 1, 1, 23, 45, tzinfo=UTC).timestamp())
"""令和8年10月1日, 10:23:45 in Japan."""

KEY = MunicipalKey(SoftSigner(Ed25519PrivateKey.from_private_bytes(bytes(range(32)))))

PROFILE = MunicipalityProfile(
    code="990001",
    prefecture="見本県",
    prefecture_en="Mihon-ken",
    name="見本市",
    name_kana="みほんし",
    name_en="Mihon-shi",
    mayor_title="見本市長",
    mayor_name="見本　太郎",
    deputy_title=None,
    official_seal=official_seal(("見本県", "見本市", "長之印")),
    clauses=(
        Clause(CertificateKind.RESIDENCE, True, "この写しは、世帯全員の住民票の原本と相違ないことを証明する。"),
        Clause(CertificateKind.RESIDENCE, False, "この写しは、世帯の一部の住民票の原本と相違ないことを証明する。"),
        Clause(CertificateKind.RESIDENCE_ITEMS, True, "上記の事項は、世帯全員の住民票に記載されていることを証明する。"),
        Clause(
            CertificateKind.RESIDENCE_ITEMS, False, "上記の事項は、世帯の一部の住民票に記載されていることを証明する。"
        ),
        Clause(CertificateKind.SEAL_REGISTRATION, False, "この写しは、登録されている印影と相違ないことを証明する。"),
        Clause(CertificateKind.KOSEKI_SUPPLEMENT, True, "この写しは、戸籍の附票の原本と相違ないことを証明する。"),
        Clause(CertificateKind.KOSEKI_SUPPLEMENT, False, "この写しは、戸籍の附票の原本と相違ないことを証明する。"),
        Clause(CertificateKind.INCOME_TAX, False, "上記のとおり相違ないことを証明します。"),
        Clause(CertificateKind.NON_TAXATION, False, "上記のとおり、個人住民税が課税されていないことを証明します。"),
        Clause(CertificateKind.TAX_PAYMENT, False, "上記のとおり相違ないことを証明します。"),
        Clause(CertificateKind.DISASTER_VICTIM, False, "上記のとおり、相違ないことを証明します。"),
    ),
    checking=CheckInstructions(
        web_address="kakunin.mihon.example",
        office="見本市 市民課",
        phone="000-000-0000",
        hours="平日 8時30分～17時15分",
    ),
    window=Window(
        place="見本市役所1階 市民課",
        hours="平日 8時30分～17時15分",
        phone="000-000-0000",
        bring="本人確認書類",
        place_en="Mihon City Hall, 1st floor",
        hours_en="Weekdays 8:30-17:15",
        bring_en="Photo identification",
    ),
)

_ADDRESS = "見本県見本市本町一丁目2番3号　見本ハイツ101号"


def day(year: int, month: int, number: int) -> RegisterDate:
    """A civil date of a register."""
    return RegisterDate(date(year, month, number))


KENGO = Resident(
    resident_id="r1",
    household_id="h1",
    name=f"{TSUJI}　健吾",
    name_kana="ツジ　ケンゴ",
    former_surname=None,
    former_surname_kana=None,
    born=day(1972, 4, 12),
    sex=Sex.MALE,
    relationship="世帯主",
    domicile="見本県見本市見本町一丁目2番地3",
    koseki_head=f"{TSUJI}　健吾",
    resident_since=day(1996, 4, 1),
    address_since=day(2026, 3, 28),
    notified_on=day(2026, 3, 30),
    previous_address="見本県例示市栄町五丁目8番1号",
    moved_from="見本県見本市見本町一丁目2番3号",
)
MISAKI = replace(
    KENGO,
    resident_id="r2",
    name=f"{TSUJI}　美咲",
    name_kana="ツジ　ミサキ",
    former_surname=YOSHIDA,
    former_surname_kana="ヨシダ",
    born=day(1974, 9, 3),
    sex=Sex.FEMALE,
    relationship="妻",
    resident_since=day(1996, 11, 22),
    previous_address="見本県例示市栄町二丁目4番5号",
)
HARUTO = replace(
    KENGO,
    resident_id="r3",
    name=f"{TSUJI}　陽翔",
    name_kana="ツジ　ハルト",
    born=day(2012, 6, 17),
    relationship="子",
    resident_since=day(2012, 6, 17),
    previous_address=None,
)
KAZUKO = replace(
    KENGO,
    resident_id="r4",
    name=f"{YOSHIDA}　和子",
    name_kana="ヨシダ　カズコ",
    born=day(1947, 12, 8),
    sex=Sex.FEMALE,
    relationship="妻の母",
    domicile="見本県例示市栄町二丁目4番地",
    koseki_head=f"{YOSHIDA}　誠",
    resident_since=day(2026, 6, 10),
    address_since=None,
    notified_on=day(2026, 6, 12),
    previous_address="見本県例示市栄町二丁目4番5号",
    moved_from=None,
)
MARIA = replace(
    KENGO,
    resident_id="r5",
    name="ＭＩＨＯＮ　ＭＡＲＩＡ　ＦＥＲＮＡＮＤＡ　ＤＡ　ＣＯＮＣＥＩＣＡＯ　"
    "ＤＥ　ＯＬＩＶＥＩＲＡ　ＳＡＮＴＯＳ　ＳＩＬＶＡＮＡ",
    name_kana="ミホン　マリア　フェルナンダ　ダ　コンセイサン　デ　オリヴェイラ",
    born=day(1993, 11, 30),
    sex=Sex.FEMALE,
    relationship="妻",
    domicile=None,
    koseki_head=None,
    resident_since=day(2023, 1, 20),
    previous_address="見本県例示市栄町二丁目4番5号",
    moved_from=None,
    foreign=ForeignResident(
        nationality="ブラジル",
        residence_status="永住者の配偶者等",
        period_of_stay="3年",
        expires=day(2027, 5, 31),
        card_number="AB12345678CD",
        legal_category="中長期在留者",
        alias="見本　マリア",
        alias_kana="ミホン　マリア",
    ),
)
"""Her name has 60 letters and spaces."""

SAKUTARO = replace(
    KENGO,
    resident_id="r6",
    name=f"{WATANABE}　𠮷太郎左衛門尉長時朝臣源義経弁慶",
    name_kana="ワタナベ　サクタロウ",
    born=RegisterDate(None, "昭和20年月日不詳"),
    relationship="夫の子の妻の父",
    domicile="見本県例示市大字見本字例示千二百三十四番地五十六　見本県営住宅例示団地第十二号棟三〇四号室気付",
    koseki_head=f"{WATANABE}　𠮷太郎左衛門尉長時朝臣源義経弁慶",
    resident_since=day(2019, 5, 1),
    address_since=None,
    notified_on=day(2026, 6, 12),
    previous_address="見本県例示市栄町二丁目4番5号",
    moved_from=None,
)

SEAL = RegisteredSeal("r1", registered_seal("辻健吾", 18.0), day(2001, 4, 2), cancelled=False)


def household(*members: Resident, address: str = _ADDRESS, householder: str | None = None) -> HouseholdSnapshot:
    """A household as of one register version; the first member orders and has the registered seal."""
    seal = SEAL if members[0] is KENGO else None
    return HouseholdSnapshot(address, householder or members[0].name, members[0], members, seal)


NUMBERS = {
    "r1": ResidentNumbers("123456789012", "98765432101"),
    "r2": ResidentNumbers("234567890123", "87654321012"),
    "r5": ResidentNumbers("345678901234", None),
}
"""By resident id; nobody has these: their check digits are wrong."""

FOUR = household(KENGO, MISAKI, HARUTO, KAZUKO)
"""The household of the reference picture."""

SIX = household(KENGO, MISAKI, HARUTO, KAZUKO, MARIA, SAKUTARO)


def residence_line(
    snapshot: HouseholdSnapshot,
    options: frozenset[Option] = USUAL_OPTIONS,
    scope: Scope = Scope.HOUSEHOLD,
    shown: tuple[Resident, ...] | None = None,
    kind: CertificateKind = CertificateKind.RESIDENCE,
) -> EligibleLine:
    """An eligible line for a certificate of residence, with the numbers of `NUMBERS` where one of them is wanted."""
    members = ("m",) if scope is Scope.MEMBERS else ()
    line = OrderLine(kind, scope, options, 1, members)
    people = shown if shown is not None else snapshot.present
    whole = scope is Scope.HOUSEHOLD or len(people) == len(snapshot.present)
    numbers = NUMBERS if options & NUMBER_OPTIONS else {}
    return EligibleLine(line, HouseholdExtract(snapshot.address, snapshot.householder, people, whole, numbers))


def seal_line(snapshot: HouseholdSnapshot) -> EligibleLine:
    """An eligible line for a seal registration certificate."""
    line = OrderLine(CertificateKind.SEAL_REGISTRATION, Scope.SELF)
    if snapshot.seal is None:
        return replace(residence_line(snapshot, scope=Scope.SELF, shown=(snapshot.orderer,)), line=line)
    return EligibleLine(line, SealExtract(snapshot.address, snapshot.orderer, snapshot.seal))


def stamp(document_no: str = DOCUMENT_NO, *, line: int = 0, copy: int = 0) -> DocumentStamp:
    """What sets a specimen document apart."""
    return DocumentStamp(line, copy, document_no, ISSUED_AT, USUAL.profile_id)
