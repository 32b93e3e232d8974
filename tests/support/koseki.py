"""A koseki, a year of tax and a damage for tests. All of it is fictional."""

from datetime import date

from certserver.registers.damage import AffectedPerson, DamageDegree, DamageRecord
from certserver.registers.koseki import (
    Koseki,
    KosekiEvent,
    KosekiItem,
    KosekiPerson,
    SupplementAddress,
    SupplementPerson,
)
from certserver.registers.model import RegisterDate, Sex
from certserver.registers.tax import Amount, Dependants, TaxPayment, TaxRecord

_BORN = RegisterDate(date(1972, 4, 12))


def make_koseki(koseki_id: str = "koseki", *residents: str | None, surname: str = "辻󠄂") -> Koseki:
    """A koseki with one person for each resident id; None lives elsewhere. Person ids are p0, p1 …"""
    linked = residents or ("kengo", None)
    return Koseki(
        koseki_id=koseki_id,
        domicile="見本県見本市見本町一丁目2番地3",
        surname=surname,
        surname_kana="ツジ",
        head=f"{surname}　健吾",
        events=(
            KosekiEvent("戸籍改製", (KosekiItem("改製日", None, RegisterDate(date(2004, 2, 14))),)),
            KosekiEvent("氏の振り仮名", (KosekiItem("氏の振り仮名", "ツジ"),)),
        ),
        people=tuple(make_person(f"p{at}", resident) for at, resident in enumerate(linked)),
        supplement_since=KosekiItem("改製日", None, RegisterDate(date(2004, 2, 14), "平成１６年２月１４日")),
        supplement=tuple(
            SupplementPerson(
                person_id=f"p{at}",
                given_name="健吾",
                born=_BORN,
                sex=Sex.MALE,
                removed=False,
                addresses=(
                    SupplementAddress("見本県例示市栄町五丁目8番1号", RegisterDate(None, "平成8年月日不詳")),
                    SupplementAddress("見本県見本市本町一丁目2番3号", None),
                ),
            )
            for at, _ in enumerate(linked)
        ),
    )


def make_person(person_id: str, resident_id: str | None = None, *, removed: bool = False) -> KosekiPerson:
    return KosekiPerson(
        person_id=person_id,
        given_name="健󠄁吾",
        given_name_kana="ケンゴ",
        born=_BORN,
        spouse="夫",
        father="辻󠄂　一郎",
        mother="辻󠄂　花",
        relationship="長男",
        adoptive_father=None,
        adoptive_mother=None,
        adoptive_relationship=None,
        removed=removed,
        events=(
            KosekiEvent(
                "出生",
                (
                    KosekiItem("出生日", None, _BORN),
                    KosekiItem("出生地", "見本県見本市"),
                    KosekiItem("届出日", None, RegisterDate(None, "昭和47年月日不詳")),
                ),
            ),
            KosekiEvent("婚姻", ()),
        ),
        resident_id=resident_id,
    )


def make_tax(year: int = 2026, *, declared: bool = True, tax: int = 3500) -> TaxRecord:
    return TaxRecord(
        year=year,
        name="辻　健吾",
        address_on_january_1="見本市本町1-2-3",
        resident_on_january_1=True,
        declared=declared,
        incomes=(Amount("給与収入", 5_000_000), Amount("給与所得", 3_560_000)),
        total_income=3_560_000,
        total_income_and_others=3_560_000,
        deductions=(Amount("基礎", 430_000),),
        dependants=(Dependants("特定", 1),),
        taxable=3_130_000,
        taxes=(Amount("市民税 所得割", tax), Amount("森林環境税", 1_000)),
        payments=(TaxPayment("市民税・県民税", 4_500, 4_500, 0), TaxPayment("固定資産税", 90_000, 0, 90_000, "分納")),
        paid_as_of=RegisterDate(date(2026, 5, 31)),
    )


def make_damage(damage_id: str = "rain", day: date | None = date(2026, 6, 12)) -> DamageRecord:
    return DamageRecord(
        damage_id=damage_id,
        disaster="令和8年6月豪雨",
        disaster_en="Heavy rain of June 2026",
        householder="辻󠄂　健吾",
        householder_address="見本県見本市本町一丁目2番3号",
        people=(AffectedPerson("辻󠄂　健吾", "世帯主", 54), AffectedPerson("辻󠄂　美咲", "妻", None)),
        cause="豪雨",
        cause_day=RegisterDate(day, None if day else "令和8年月日不詳"),
        place="見本県見本市本町一丁目2番3号",
        dwelling="持家",
        degree=DamageDegree.MEDIUM_HALF,
        additional=(("床上浸水", "有"),),
    )
