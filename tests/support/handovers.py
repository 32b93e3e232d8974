"""Values for deliveries: a small municipality with something of every kind, and strategies for any other. All of it is
fictional."""

import io
from dataclasses import replace
from datetime import date

from hypothesis import strategies as st
from PIL import Image, ImageDraw

from certserver.check_digits import individual_number_digit
from certserver.intake.dates import EARLIEST, FIRST_DAY, LATEST
from certserver.registers.damage import AffectedPerson, DamageDegree, DamageRecord
from certserver.registers.koseki import (
    Koseki,
    KosekiEvent,
    KosekiItem,
    KosekiPerson,
    SupplementAddress,
    SupplementPerson,
)
from certserver.registers.model import (
    ForeignResident,
    Household,
    RegisterDate,
    RegisteredSeal,
    Resident,
    Sex,
    Withholding,
)
from certserver.registers.snapshot import ResidentNumbers
from certserver.registers.tax import Amount, Dependants, TaxPayment, TaxRecord
from tests.support.deliveries import Handover
from tests.support.registers import make_household, make_resident

_BORN = RegisterDate(date(1972, 4, 12))


def imprint(side: int = 320) -> bytes:
    """A registered seal as a 1-bit PNG."""
    picture = Image.new("1", (side, side), 1)
    ImageDraw.Draw(picture).ellipse((4, 4, side - 5, side - 5), outline=0, width=9)
    data = io.BytesIO()
    picture.save(data, "PNG")
    return data.getvalue()


def numbers(at: int) -> ResidentNumbers:
    """A resident's two numbers."""
    eleven = f"{99_900_000_000 + at:011d}"
    return ResidentNumbers(f"{eleven}{individual_number_digit(eleven)}", f"{10_000_000_000 + at:011d}")


def seal(resident_id: str = "kengo", *, cancelled: bool = False) -> RegisteredSeal:
    """A registered seal."""
    return RegisteredSeal(resident_id, imprint(), RegisterDate(date(2000, 1, 4)), cancelled)


def tax(year: int = 2026) -> TaxRecord:
    """A year of tax."""
    return TaxRecord(
        year=year,
        name="辻󠄂　健吾",
        address_on_january_1="見本県見本市本町一丁目2番3号",
        resident_on_january_1=True,
        declared=True,
        incomes=(Amount("給与収入", 5_000_000), Amount("給与所得", 3_560_000)),
        total_income=3_560_000,
        total_income_and_others=3_560_000,
        deductions=(Amount("社会保険料控除", 640_000),),
        dependants=(Dependants("16歳未満", 1),),
        taxable=2_010_000,
        taxes=(Amount("市民税 所得割", 118_000), Amount("県民税 所得割", 78_000)),
        payments=(TaxPayment("市民税・県民税", 196_000, 98_000, 98_000, "第2期まで"),),
        paid_as_of=RegisterDate(date(2026, 9, 30)),
    )


def damage(damage_id: str = "d-1") -> DamageRecord:
    """An assessment."""
    return DamageRecord(
        damage_id=damage_id,
        disaster="令和8年6月豪雨",
        disaster_en="Heavy rain of June 2026",
        householder="辻󠄂　健吾",
        householder_address="見本県見本市本町一丁目2番3号",
        people=(AffectedPerson("辻󠄂　健吾", "世帯主", 54), AffectedPerson("辻󠄂　美咲", "妻", None)),
        cause="豪雨",
        cause_day=RegisterDate(date(2026, 6, 20)),
        place="見本県見本市本町一丁目2番3号",
        dwelling="持家",
        degree=DamageDegree.HALF,
        additional=(("浸水区分", "床上"),),
    )


def koseki(koseki_id: str = "k-1", resident_id: str | None = "kengo") -> Koseki:
    """A koseki of two, one of them removed, with its supplement."""
    born = KosekiEvent("出生", (KosekiItem("出生日", None, _BORN), KosekiItem("届出人", "父")))
    people = tuple(
        KosekiPerson(
            person_id=person_id,
            given_name=given,
            given_name_kana="ケンゴ",
            born=_BORN,
            spouse=None,
            father="辻󠄂　一郎",
            mother="辻󠄂　和子",
            relationship="長男",
            adoptive_father=None,
            adoptive_mother=None,
            adoptive_relationship=None,
            removed=removed,
            events=(born,),
            resident_id=None if removed else resident_id,
            withholding=frozenset([Withholding.PROTECTIVE_MEASURE]) if removed else frozenset(),
        )
        for person_id, given, removed in (("1", "健吾", False), ("2", "葵", True))
    )
    supplement = tuple(
        SupplementPerson(
            person.person_id,
            person.given_name,
            _BORN,
            Sex.MALE,
            person.removed,
            (SupplementAddress("見本県見本市本町一丁目2番3号", RegisterDate(None, "平成8年月日不詳")),),
        )
        for person in people
    )
    return Koseki(
        koseki_id=koseki_id,
        domicile="見本県見本市見本町一丁目2番地3",
        surname="辻󠄂",
        surname_kana="ツジ",
        head="辻󠄂　健吾",
        events=(KosekiEvent("戸籍編製", (KosekiItem("編製日", None, RegisterDate(date(1996, 4, 1))),)),),
        people=people,
        supplement_since=KosekiItem("編製日", None, RegisterDate(date(1996, 4, 1))),
        supplement=supplement,
    )


def small_town() -> Handover:
    """Something of every kind: two at home, one foreign resident alone, a measure, a cancelled seal."""
    foreign = ForeignResident(
        nationality="ブラジル",
        residence_status="定住者",
        period_of_stay="3年",
        expires=RegisterDate(date(2028, 1, 20)),
        card_number="AB00000000CD",
        legal_category="中長期在留者",
        alias="見本　マリア",
        alias_kana="ミホン　マリア",
    )
    kengo = make_resident()
    misaki = replace(
        make_resident("misaki", name="辻󠄂　美咲"),
        relationship="妻",
        sex=Sex.FEMALE,
        withholding=frozenset([Withholding.ISSUANCE_HOLD]),
    )
    maria = replace(make_resident("maria", "alone", "SILVA MARIA"), domicile=None, koseki_head=None, foreign=foreign)
    return Handover(
        households=[make_household(), make_household("alone")],
        residents=[(kengo, 0), (misaki, 1), (maria, 0)],
        numbers={"kengo": numbers(1), "maria": numbers(2)},
        seals=[seal(), seal("misaki", cancelled=True)],
        taxes=[("kengo", tax(2025)), ("kengo", tax(2026)), ("maria", replace(tax(), declared=False, payments=()))],
        damages=[("house", damage())],
        koseki=[koseki()],
    )


def large_town(households: int) -> Handover:
    """So many households of one, each with something of every kind and a measure in both registers."""
    withheld = frozenset([Withholding.PROTECTIVE_MEASURE])
    keys = [f"one-{at:06}" for at in range(households)]
    return Handover(
        households=[make_household(key) for key in keys],
        residents=[(replace(make_resident(key, key), withholding=withheld), 0) for key in keys],
        numbers={key: numbers(at) for at, key in enumerate(keys)},
        seals=[seal(key) for key in keys],
        taxes=[(key, tax()) for key in keys],
        damages=[(key, damage()) for key in keys],
        koseki=[koseki(key, key) for key in keys],
    )


_LETTERS = st.sampled_from([*"見本辻葛太郎花子ァヴアa Z0９・々ー﨑神𠮷", "辻󠄂", "葛󠄂", '"', ",", "'", "&"])
_KEYS = st.from_regex(r"[A-Za-z0-9._:-]{1,40}", fullmatch=True)
texts = st.lists(_LETTERS, min_size=1, max_size=20).map("".join).map(str.strip).filter(bool)
days = st.dates(FIRST_DAY, LATEST)
register_dates = st.one_of(
    st.builds(RegisterDate, days),
    st.builds(RegisterDate, st.none(), texts),
    st.builds(RegisterDate, st.dates(EARLIEST, LATEST), texts),
)
_maybe = st.none() | texts
foreigners = st.builds(
    ForeignResident, texts, texts, texts, register_dates, texts, texts, alias=_maybe, alias_kana=_maybe
)
_numbers = st.builds(numbers, st.integers(0, 99_999_999)) | st.just(ResidentNumbers(None, None))


@st.composite
def handovers(draw: st.DrawFn) -> Handover:
    """Any delivery that holds together: households, residents with numbers, seals, tax."""
    households = draw(
        st.lists(
            st.builds(Household, _KEYS, texts, texts), min_size=1, max_size=4, unique_by=lambda one: one.household_id
        )
    )
    keys = st.sampled_from([one.household_id for one in households])
    optional = ("name_kana", "former_surname", "former_surname_kana", "domicile", "koseki_head", "previous_address")
    residents = draw(
        st.lists(
            st.builds(
                Resident,
                resident_id=_KEYS,
                household_id=keys,
                name=texts,
                born=register_dates,
                sex=st.sampled_from(Sex),
                relationship=texts,
                resident_since=register_dates,
                address_since=st.none() | register_dates,
                notified_on=st.none() | register_dates,
                moved_from=_maybe,
                remarks=_maybe,
                foreign=st.none() | foreigners,
                withholding=st.frozensets(st.sampled_from(Withholding)),
                entered_on=st.none() | days,
                move_out_planned=st.none() | days,
                moved_out=st.none() | days,
                died=st.none() | days,
                **dict.fromkeys(optional, _maybe),
            ),
            max_size=5,
            unique_by=lambda one: one.resident_id,
        )
    )
    amounts = st.lists(st.builds(Amount, texts, st.integers(-(10**12), 10**12)), max_size=3).map(tuple)
    records = st.builds(
        TaxRecord,
        year=st.integers(1990, 2100),
        name=texts,
        address_on_january_1=texts,
        resident_on_january_1=st.booleans(),
        declared=st.booleans(),
        incomes=amounts,
        total_income=st.integers(0, 10**12),
        total_income_and_others=st.integers(0, 10**12),
        deductions=amounts,
        dependants=st.lists(st.builds(Dependants, texts, st.integers(0, 20)), max_size=2).map(tuple),
        taxable=st.integers(0, 10**12),
        taxes=amounts,
        payments=st.lists(
            st.builds(TaxPayment, texts, *[st.integers(0, 10**9)] * 3, note=st.just("") | texts), max_size=2
        ).map(tuple),
        paid_as_of=st.none() | register_dates,
    )
    who = [one.resident_id for one in residents]
    return Handover(
        households=households,
        residents=[(one, at) for at, one in enumerate(residents)],
        numbers={key: draw(_numbers) for key in who},
        seals=[seal(key) for key in who if draw(st.booleans())],
        taxes=[(key, draw(records)) for key in who if draw(st.booleans())],
        damages=[(households[0].household_id, damage())],
        koseki=[koseki(resident_id=key) for key in who[:1]],
    )
