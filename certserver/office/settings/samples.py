"""A sample of every kind for previews: fictional people of the name 見本, whom no register holds."""

from collections.abc import Mapping
from datetime import date
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

from certserver import font_files
from certserver.antiforgery.paper import dots
from certserver.registers.damage import AffectedPerson, DamageDegree, DamageRecord
from certserver.registers.extracts import (
    DamageExtract,
    Extract,
    HouseholdExtract,
    KosekiExtract,
    SealExtract,
    SupplementExtract,
    TaxExtract,
)
from certserver.registers.koseki import (
    Koseki,
    KosekiEvent,
    KosekiItem,
    KosekiPerson,
    SupplementAddress,
    SupplementPerson,
)
from certserver.registers.model import RegisterDate, RegisteredSeal, Resident, Sex
from certserver.registers.tax import Amount, Dependants, TaxPayment, TaxRecord
from certserver.stages import EligibleLine
from koufu.evidence.order import OrderLine
from koufu.evidence.words import (
    KOSEKI_KINDS,
    NUMBER_OPTIONS,
    TAX_KINDS,
    CertificateKind,
    Option,
    Scope,
    has_matter,
)

_ADDRESS = "見本県見本市見本町一丁目2番3号"
_DOMICILE = "見本県見本市見本町一丁目２番地３"
_SEAL_MM = 15.0
_YEAR = 2026


def sample(kind: CertificateKind, *, whole: bool) -> EligibleLine:
    """A line of a kind and what it shows: the whole household or koseki, or one person of it. Every choice is made but
    the numbers."""
    options = frozenset(Option) - NUMBER_OPTIONS
    if kind in KOSEKI_KINDS:
        # A copy of all entries is of all, one of individual entries never is.
        whole = whole if kind is CertificateKind.KOSEKI_SUPPLEMENT else kind is CertificateKind.KOSEKI_FULL
        scope = Scope.KOSEKI if whole else Scope.SELF
    elif kind in (CertificateKind.RESIDENCE, CertificateKind.RESIDENCE_ITEMS):
        scope = Scope.HOUSEHOLD if whole else Scope.SELF
    else:
        scope = Scope.HOUSEHOLD if kind is CertificateKind.DISASTER_VICTIM else Scope.SELF
    matter = str(_YEAR) if kind in TAX_KINDS else "mihon" if has_matter(kind) else ""
    return EligibleLine(OrderLine(kind, scope, options, matter=matter), _extract(kind, whole))


def _extract(kind: CertificateKind, whole: bool) -> Extract:
    taro, hanako = (
        _resident("taro", "見本　太郎", Sex.MALE, "世帯主"),
        _resident("hanako", "見本　花子", Sex.FEMALE, "妻"),
    )
    if kind in TAX_KINDS:
        return TaxExtract(_ADDRESS, taro, _tax(kind is CertificateKind.NON_TAXATION))
    others: Mapping[CertificateKind, Extract] = {
        CertificateKind.SEAL_REGISTRATION: SealExtract(
            _ADDRESS, taro, RegisteredSeal("taro", _registered_seal(), _day(2001, 4, 2), cancelled=False)
        ),
        CertificateKind.DISASTER_VICTIM: DamageExtract(_damage()),
        CertificateKind.KOSEKI_FULL: KosekiExtract(_KOSEKI, _KOSEKI.people, whole=True),
        CertificateKind.KOSEKI_INDIVIDUAL: KosekiExtract(_KOSEKI, _KOSEKI.people[:1], whole=False),
        CertificateKind.KOSEKI_SUPPLEMENT: SupplementExtract(
            _KOSEKI, _KOSEKI.supplement if whole else _KOSEKI.supplement[:1], whole, named_in_full=False
        ),
    }
    if kind in others:
        return others[kind]
    return HouseholdExtract(_ADDRESS, taro.name, (taro, hanako) if whole else (taro,), whole)


def _day(year: int, month: int, number: int) -> RegisterDate:
    return RegisterDate(date(year, month, number))


def _resident(resident_id: str, name: str, sex: Sex, relationship: str) -> Resident:
    return Resident(
        resident_id=resident_id,
        household_id="mihon",
        name=name,
        name_kana="ミホン",
        former_surname=None,
        former_surname_kana=None,
        born=_day(1980, 1, 15),
        sex=sex,
        relationship=relationship,
        domicile=_DOMICILE,
        koseki_head="見本　太郎",
        resident_since=_day(1980, 1, 15),
        address_since=_day(2010, 4, 1),
        notified_on=_day(2010, 4, 2),
        previous_address=None,
        moved_from="見本県見本市見本町九丁目8番7号",
    )


def _tax(untaxed: bool) -> TaxRecord:
    taxes = (
        ("市民税　所得割", 96_800),
        ("市民税　均等割", 3_000),
        ("県民税　所得割", 64_500),
        ("県民税　均等割", 1_000),
    )
    return TaxRecord(
        year=_YEAR,
        name="見本　太郎",
        address_on_january_1=_ADDRESS,
        resident_on_january_1=True,
        declared=True,
        incomes=(Amount("給与収入", 4_800_000), Amount("給与所得", 3_400_000)),
        total_income=3_400_000,
        total_income_and_others=3_400_000,
        deductions=(Amount("社会保険料控除", 700_000), Amount("基礎控除", 430_000)),
        dependants=(Dependants("16歳未満", 1),),
        taxable=2_270_000,
        taxes=tuple(Amount(label, 0 if untaxed else yen) for label, yen in taxes),
        payments=(TaxPayment("市民税・県民税（普通徴収）", 165_300, 82_650, 82_650),),
        paid_as_of=_day(_YEAR, 9, 30),
    )


def _damage() -> DamageRecord:
    return DamageRecord(
        damage_id="mihon",
        disaster="令和8年見本台風",
        disaster_en="Typhoon Mihon",
        householder="見本　太郎",
        householder_address=_ADDRESS,
        people=(AffectedPerson("見本　太郎", "世帯主", 46), AffectedPerson("見本　花子", "妻", 46)),
        cause="台風",
        cause_day=_day(_YEAR, 7, 14),
        place=_ADDRESS,
        dwelling="持家",
        degree=DamageDegree.HALF,
    )


def _person(person_id: str, given_name: str, spouse: str, relationship: str) -> KosekiPerson:
    birth = KosekiEvent(
        "出生",
        (
            KosekiItem("出生日", None, _day(1980, 1, 15)),
            KosekiItem("出生地", "見本県見本市"),
            KosekiItem("届出日", None, _day(1980, 1, 20)),
            KosekiItem("届出人", "父"),
        ),
    )
    return KosekiPerson(
        person_id=person_id,
        given_name=given_name,
        given_name_kana=None,
        born=_day(1980, 1, 15),
        spouse=spouse,
        father="見本一郎",
        mother="見本良子",
        relationship=relationship,
        adoptive_father=None,
        adoptive_mother=None,
        adoptive_relationship=None,
        removed=False,
        events=(birth,),
    )


def _lived(person_id: str, given_name: str, sex: Sex) -> SupplementPerson:
    addresses = (SupplementAddress(_ADDRESS, _day(2010, 4, 1)),)
    return SupplementPerson(person_id, given_name, _day(1980, 1, 15), sex, False, addresses)


_KOSEKI = Koseki(
    koseki_id="mihon",
    domicile=_DOMICILE,
    surname="見本",
    surname_kana=None,
    head="見本　太郎",
    events=(KosekiEvent("戸籍編製", (KosekiItem("編製日", None, _day(2009, 11, 22)),)),),
    people=(_person("taro", "太郎", "夫", "長男"), _person("hanako", "花子", "妻", "長女")),
    supplement_since=KosekiItem("編製日", None, _day(2009, 11, 22)),
    supplement=(_lived("taro", "太郎", Sex.MALE), _lived("hanako", "花子", Sex.FEMALE)),
)


def _registered_seal() -> bytes:
    """A ring with 見本 in it, as large as many are."""
    side = dots(_SEAL_MM)
    picture = Image.new("1", (side, side), 1)
    draw = ImageDraw.Draw(picture)
    draw.ellipse((4, 4, side - 5, side - 5), outline=0, width=10)
    font = ImageFont.truetype(font_files.installed(font_files.MINCHO), side * 2 // 5)
    for at, character in enumerate("見本"):
        draw.text((side / 2, side * (0.3 + 0.4 * at)), character, font=font, fill=0, anchor="mm")
    written = BytesIO()
    picture.save(written, "PNG")
    return written.getvalue()
