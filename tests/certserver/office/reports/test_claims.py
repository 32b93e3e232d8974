"""Claims and costs: which rate counts where and when, and that what is not confirmed or not known is said."""

from datetime import date

from certserver.office.reports.claim_tables import claims, contract_table, cost_table, subsidy_table
from certserver.office.reports.issued_figures import Place
from certserver.office.reports.rates import Rate, RateRow, rate_on, spans
from certserver.office.reports.table import Ratio
from certserver.office.reports.words import Language, words_in

WORDS = words_in(Language.ENGLISH)
JUNE, JULY, END = date(2026, 6, 1), date(2026, 7, 1), date(2026, 7, 31)
SHOP, OFFICE = Place("ekimae", "convenience-store"), Place("honcho", "post-office")


def row(rate: Rate, amount: int, place: str = "*", since: date = JUNE, *, confirmed: bool = True) -> RateRow:
    return RateRow(rate, place, since, amount, confirmed, "contract")


def amount(rates: list[RateRow], place: Place, day: date) -> int | None:
    found = rate_on(rates, Rate.COMMISSION, place.outlet, place.kind, day)
    return found.amount if found else None


def test_an_outlets_rate_goes_before_its_kinds_and_the_newest_before_the_rest() -> None:
    rates = [
        row(Rate.COMMISSION, 100),
        row(Rate.COMMISSION, 110, "*post-office"),
        row(Rate.COMMISSION, 120, "honcho"),
        row(Rate.COMMISSION, 130, "honcho", JULY),
        row(Rate.INTAKE, 999, "honcho"),
    ]
    assert amount(rates, OFFICE, END) == 130
    assert amount(rates, OFFICE, date(2026, 6, 30)) == 120
    assert amount(rates, Place("midori", "post-office"), END) == 110
    assert amount(rates, Place("hall", "municipal"), END) == 100
    assert amount(rates, Place("hall", "municipal"), date(2026, 5, 31)) is None


def test_a_municipalitys_rate_goes_before_the_one_that_is_remembered() -> None:
    assert amount([], SHOP, JUNE) == 117
    assert amount([row(Rate.COMMISSION, 115, "*convenience-store")], SHOP, JUNE) == 115


def test_days_are_cut_where_a_rate_begins() -> None:
    assert spans([row(Rate.COMMISSION, 1, since=JULY), row(Rate.FIXED, 1)], JUNE, END) == [
        (JUNE, date(2026, 6, 30)),
        (JULY, END),
    ]
    assert spans([], JUNE, END) == [(JUNE, END)]


def test_a_claim_says_its_rate_and_whether_anybody_confirmed_it() -> None:
    rates = [row(Rate.COMMISSION, 110, "*post-office"), row(Rate.COMMISSION, 120, "*post-office", JULY)]
    copies = claims({(JUNE, OFFICE): 10, (JULY, OFFICE): 5, (JUNE, SHOP): 3}, rates, Rate.COMMISSION)
    intake = claims({(JUNE, OFFICE): 4}, rates, Rate.INTAKE)
    table = contract_table(WORDS, copies, intake, JUNE, END)
    assert [line[3:6] for line in table.rows] == [(10, 110, 1100), (5, 120, 600), (3, 117, 351), (4, None, None)]
    assert str(table.rows[2][6]).startswith("Not confirmed")
    assert table.foot[0][5] == 2051
    assert any("without a rate" in note for note in table.notes)
    assert any("not confirmed" in note for note in table.notes)


def test_what_was_paid_for_taking_in_is_claimed_back_whole() -> None:
    rates = [row(Rate.INTAKE, 550, "*post-office")]
    table = subsidy_table(WORDS, claims({(JUNE, OFFICE): 4}, rates, Rate.INTAKE), rates, JUNE, END)
    assert table.rows == (("honcho", "Post office", 4, 550, 2200, 2200),)
    half = [*rates, row(Rate.SUBSIDY, 5000)]
    assert subsidy_table(WORDS, claims({(JUNE, OFFICE): 3}, half, Rate.INTAKE), half, JUNE, END).rows[0][-1] == 825


def test_the_cost_of_a_certificate_has_its_part_of_the_years_costs() -> None:
    rates = [row(Rate.COMMISSION, 100), row(Rate.FIXED, 3_650_000, since=date(2026, 4, 1))]
    commission = claims({(JUNE, SHOP): 20}, [row(Rate.COMMISSION, 100, "ekimae")], Rate.COMMISSION)
    table = cost_table(WORDS, 20, 4000, commission, rates, (JUNE, date(2026, 6, 10)))
    assert [line[1] for line in table.rows] == [2000, 100_000, 102_000, 4000, 98_000]
    assert table.rows[2][2] == Ratio(102_000, 20)
    without = cost_table(WORDS, 0, 0, [], [], (JUNE, JUNE))
    assert without.rows[1][1:] == (None, None)
    assert any("fixed" in note for note in without.notes)
