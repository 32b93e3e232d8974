"""One test for each dated row and each boundary: places, closures, fees, fiscal years, residents only, moving in."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from certserver.outlets import EVERYWHERE, OutletKind, check_place, every
from certserver.ports import JST, unix
from certserver.registers.model import HouseholdSnapshot, RegisterDate
from certserver.registers.snapshot import RegisterSnapshot
from certserver.registers.tax import Amount, TaxRecord
from certserver.rules.eligibility import moved_in_today
from certserver.rules.hours import is_open
from certserver.rules.in_force import in_force
from certserver.rules.matters import matters_of
from certserver.rules.offer import make_offer, own_choices, place_refusal
from certserver.rules.settings import Closure, ClosuresRow, FeeRow, Ground, HoursRow, KindRow, Settings, TaxYearsRow
from koufu.evidence.words import CertificateKind, Option, RefusalReason, Scope
from tests.support.generated_registers import damage_at
from tests.support.registers import make_resident
from tests.support.server_settings import APRIL, EVERYTHING, POST_OFFICE, RESIDENCE, SHOP, TOWN_HALL

JUNE = unix(datetime(2026, 6, 10, tzinfo=JST))
TODAY = date(2026, 6, 10)
NONCE = bytes(32)
TAX = CertificateKind.INCOME_TAX


def settings(kind: CertificateKind = RESIDENCE, **changes: Any) -> Settings:
    rows: dict[str, Any] = {
        "kinds": (KindRow(kind, APRIL, True, (Scope.SELF,), (), 5),),
        "fees": (FeeRow(kind, APRIL, 300),),
        "hours": (HoursRow(EVERYWHERE, kind, APRIL, 390, 1380, False),),
        "closures": (),
        "purposes": (),
        "tax_years": (),
    }
    return Settings("992011", 1, **(rows | changes))


def snapshot(**changes: Any) -> RegisterSnapshot:
    person = replace(make_resident(), **changes)
    return RegisterSnapshot("h/1", HouseholdSnapshot("本町", person.name, person, (person,), None))


def tax(year: int, **changes: Any) -> TaxRecord:
    record = TaxRecord(year, "見本", "本町", True, True, (), 0, 0, (), (), 0, (Amount("市民税", 5_000),), ())
    return replace(record, **changes)


def test_the_nearest_place_counts() -> None:
    rows = (
        HoursRow(EVERYWHERE, RESIDENCE, APRIL, 390, 1380, False),
        HoursRow(every(OutletKind.POST_OFFICE), RESIDENCE, APRIL, 540, 1020, True, residents_only=True),
        HoursRow(TOWN_HALL.name, RESIDENCE, APRIL, 510, 1035, True),
    )
    opens = {}
    for outlet in (SHOP, POST_OFFICE, TOWN_HALL):
        kind = in_force(settings(hours=rows), outlet, APRIL).of(RESIDENCE)
        assert kind is not None
        opens[outlet.kind] = (kind.opens_at, kind.residents_only)
    assert opens == {
        OutletKind.CONVENIENCE_STORE: (390, False),
        OutletKind.POST_OFFICE: (540, True),
        OutletKind.MUNICIPAL: (510, False),
    }


def test_a_kind_without_hours_at_a_place_is_not_offered_there() -> None:
    rows = (HoursRow(every(OutletKind.MUNICIPAL), RESIDENCE, APRIL, 390, 1380, False),)
    assert in_force(settings(hours=rows), SHOP, APRIL).kinds == ()
    assert in_force(settings(hours=rows), TOWN_HALL, APRIL).kinds


def test_later_hours_take_the_place_of_all_before() -> None:
    rows = (
        HoursRow(EVERYWHERE, RESIDENCE, APRIL, 390, 1380, False),
        HoursRow(TOWN_HALL.name, RESIDENCE, APRIL, 510, 1035, True),
        HoursRow(EVERYWHERE, RESIDENCE, JUNE, 420, 1320, False),
    )
    before = in_force(settings(hours=rows), TOWN_HALL, JUNE - 1).of(RESIDENCE)
    after = in_force(settings(hours=rows), TOWN_HALL, JUNE).of(RESIDENCE)
    assert before is not None
    assert after is not None
    assert (before.opens_at, after.opens_at) == (510, 420)


@pytest.mark.parametrize("word", ["*", "*post-office", "*municipal", "mihon-ekimae"])
def test_words_of_places(word: str) -> None:
    assert check_place(word) == word
    with pytest.raises(ValueError, match="kiosk"):
        check_place("*kiosk")


def test_closures_are_another_list_from_the_second_that_a_row_names() -> None:
    day = Closure(TODAY, TODAY, False, "点検", "Maintenance")
    rows = (ClosuresRow(APRIL, (day,)), ClosuresRow(JUNE, ()))
    before = in_force(settings(closures=rows), SHOP, JUNE - 1)
    assert (before.closures, before.until) == ((day,), JUNE)
    after = in_force(settings(closures=rows), SHOP, JUNE)
    assert (after.closures, after.until) == ((), None)
    assert before.version != after.version


def test_a_closure_of_some_kinds_at_one_place_closes_nothing_else() -> None:
    day = Closure(TODAY, TODAY, False, "点検", "Maintenance", TOWN_HALL.name, (RESIDENCE,))
    noon = datetime(2026, 6, 10, 12, 0, tzinfo=JST)
    served = {}
    for outlet in (SHOP, TOWN_HALL):
        for kind in (RESIDENCE, CertificateKind.SEAL_REGISTRATION):
            row = in_force(settings(kind, closures=(ClosuresRow(APRIL, (day,)),)), outlet, JUNE).of(kind)
            assert row is not None
            served[outlet.name, kind] = is_open(row, noon)
    assert [place for place, is_served in served.items() if not is_served] == [(TOWN_HALL.name, RESIDENCE)]


@pytest.mark.parametrize(
    ("born", "damages", "fee"),
    [
        (date(1951, 6, 11), 0, 300),
        (date(1951, 6, 10), 0, 100),
        (date(1951, 6, 10), 1, 0),
        (date(2000, 1, 1), 1, 0),
        (None, 0, 300),
    ],
)
def test_a_fee_on_a_ground_that_the_register_proves(born: date | None, damages: int, fee: int) -> None:
    fees = (
        FeeRow(RESIDENCE, APRIL, 300),
        FeeRow(RESIDENCE, APRIL, 100, Ground.AGE, 75),
        FeeRow(RESIDENCE, APRIL, 0, Ground.DAMAGE),
    )
    kind = in_force(settings(fees=fees), SHOP, JUNE).of(RESIDENCE)
    assert kind is not None
    read = snapshot(born=RegisterDate(born) if born else RegisterDate(None, "昭和26年月日不詳"))
    read = replace(read, damages=(damage_at("本町"),) * damages)
    assert own_choices(kind, read, NONCE, TODAY).fee == fee


def test_an_exemption_ends_with_the_next_fee_of_its_kind() -> None:
    fees = (FeeRow(TAX, APRIL, 300), FeeRow(TAX, APRIL, 0, Ground.DAMAGE), FeeRow(TAX, JUNE, 350))
    years = (TaxYearsRow(TAX, APRIL, (2025,)),)
    granted = [
        kind.exemptions
        for at in (JUNE - 1, JUNE)
        for kind in in_force(settings(TAX, fees=fees, tax_years=years), SHOP, at).kinds
    ]
    assert [len(each) for each in granted] == [1, 0]


def test_fiscal_years_switch_over_at_their_second() -> None:
    years = (TaxYearsRow(TAX, APRIL, (2025, 2024)), TaxYearsRow(TAX, JUNE, (2026, 2025)))
    before = in_force(settings(TAX, tax_years=years), SHOP, JUNE - 1)
    after = in_force(settings(TAX, tax_years=years), SHOP, JUNE)
    assert [kind.years for kind in (*before.kinds, *after.kinds)] == [(2025, 2024), (2026, 2025)]
    assert (before.until, before.version == after.version) == (JUNE, False)
    assert in_force(settings(TAX), SHOP, JUNE).kinds == (), "a tax kind without years is not offered"


@pytest.mark.parametrize(
    ("kind", "record", "reason"),
    [
        (TAX, tax(2026), None),
        (TAX, None, RefusalReason.NO_TAX_HERE),
        (TAX, tax(2026, resident_on_january_1=False), RefusalReason.NO_TAX_HERE),
        (TAX, tax(2026, declared=False), RefusalReason.UNDECLARED),
        (CertificateKind.NON_TAXATION, tax(2026), RefusalReason.TAXED),
        (CertificateKind.NON_TAXATION, tax(2026, taxes=()), None),
        (CertificateKind.TAX_PAYMENT, tax(2026, declared=False), RefusalReason.UNDECLARED),
    ],
)
def test_each_year_says_why_not(kind: CertificateKind, record: TaxRecord | None, reason: RefusalReason | None) -> None:
    read = replace(snapshot(), taxes=() if record is None else (record,))
    (matter,) = matters_of(kind, (2026,), read, NONCE)
    assert (matter.reference, matter.refusal) == ("2026", reason)


def test_years_are_named_by_their_era() -> None:
    matters = matters_of(TAX, (2026, 2020), snapshot(), NONCE)
    assert [(matter.label, matter.label_en) for matter in matters] == [
        ("令和8年度", "Fiscal year 2026"),
        ("令和2年度", "Fiscal year 2020"),
    ]


def test_options_that_apply_to_nobody_here_are_not_offered() -> None:
    kind = EVERYTHING.of(RESIDENCE)
    assert kind is not None
    options = own_choices(kind, snapshot(), NONCE, TODAY).options
    assert Option.DOMICILE in options
    assert Option.NATIONALITY not in options


def test_who_lives_elsewhere_is_not_served_where_only_residents_are() -> None:
    kind = EVERYTHING.of(CertificateKind.KOSEKI_FULL)
    assert kind is not None
    for residents_only, reason in ((True, RefusalReason.RESIDENTS_ONLY), (False, None)):
        row = replace(kind, residents_only=residents_only)
        assert place_refusal(row, RegisterSnapshot("k/1", None)) is reason
        assert place_refusal(row, snapshot()) is None


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"resident_since": RegisterDate(TODAY)}, True),
        ({"resident_since": RegisterDate(date(2026, 6, 9))}, False),
        ({"notified_on": RegisterDate(TODAY), "address_since": None}, True),
        ({"notified_on": RegisterDate(TODAY)}, False),
        ({"entered_on": TODAY}, True),
        ({"entered_on": date(2026, 6, 9)}, False),
        ({"entered_on": date(2026, 6, 9), "notified_on": RegisterDate(TODAY), "address_since": None}, False),
        ({"notified_on": None, "address_since": None}, False),
    ],
)
def test_who_moved_in_today_comes_again_tomorrow(changes: dict[str, Any], expected: bool) -> None:
    assert moved_in_today(replace(make_resident(), **changes), TODAY) is expected
    offer = make_offer(EVERYTHING, snapshot(**changes), NONCE, JUNE + 900, datetime(2026, 6, 10, 12, tzinfo=JST))
    assert (getattr(offer, "reason", None) is RefusalReason.NEXT_DAY) is expected
