"""What is claimed from the municipality for issuing and taking in, what it claims back from the state, and what one
certificate cost it. Each amount says which rate it comes from, and how sure that is. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from certserver.office.reports.certificate_tables import outlet_kind, outlet_word
from certserver.office.reports.issued_figures import Place
from certserver.office.reports.months import first_of_fiscal_year, fiscal_year
from certserver.office.reports.rates import WHOLE, Rate, RateRow, rate_on
from certserver.office.reports.table import Column, Ratio, Row, Shape, Table, halves_up
from certserver.office.reports.words import Words

ByDay = Mapping[tuple[date, Place], int]


@dataclass(frozen=True, slots=True)
class Claim:
    """So many pieces at a place, at one rate. `rate` is None where there is none: then nothing is claimed."""

    place: Place
    number: int
    rate: RateRow | None

    @property
    def amount(self) -> int:
        """Yen."""
        return self.number * self.rate.amount if self.rate else 0


def claims(numbers: ByDay, rates: Sequence[RateRow], rate: Rate) -> list[Claim]:
    """Pieces of each day at the rate of that day, added up where place and rate are the same."""
    added: dict[tuple[Place, RateRow | None], int] = {}
    for (day, place), number in numbers.items():
        own = rate_on(rates, rate, place.outlet, place.kind, day)
        added[place, own] = added.get((place, own), 0) + number
    return [Claim(place, number, own) for (place, own), number in added.items() if number]


def contract_table(words: Words, copies: Sequence[Claim], intake: Sequence[Claim], since: date, until: date) -> Table:
    """What those claim who issue or take in for the municipality."""
    rows = _claim_rows(words, "claims.issued", copies) + _claim_rows(words, "claims.taken-in", intake)
    total = sum(each.amount for each in (*copies, *intake))
    columns = (
        Column(words("claims.what"), Shape.TEXT),
        *_columns(words),
        Column(words("claims.amount"), Shape.YEN),
        Column(words("claims.source"), Shape.TEXT),
    )
    foot: Row = (words("issued.total"), "", "", "", "", total, "")
    title, notes = words("claims.contract"), _notes(words, (*copies, *intake), since, until)
    return Table("contract-claims", title, columns, tuple(rows), notes, label_columns=2, foot=(foot,))


def subsidy_table(words: Words, intake: Sequence[Claim], rates: Sequence[RateRow], since: date, until: date) -> Table:
    """What the state gives back of what was paid for taking in at post offices."""
    share = rate_on(rates, Rate.SUBSIDY, "", "", until)
    part = share.amount if share else 0
    rows: list[Row] = []
    for each in intake:
        back = halves_up(each.amount * part, WHOLE)
        place = (outlet_word(words, each.place), outlet_kind(words, each.place))
        rows.append((*place, each.number, each.rate.amount if each.rate else None, each.amount, back))
    columns = (
        *_columns(words),
        Column(words("claims.paid"), Shape.YEN),
        Column(words("claims.given-back"), Shape.YEN),
    )
    foot: Row = (
        *(words("issued.total"), "", sum(each.number for each in intake), ""),
        sum(each.amount for each in intake),
        sum(halves_up(each.amount * part, WHOLE) for each in intake),
    )
    notes = _notes(words, intake, since, until)
    if share is not None:
        notes = (*notes, words("claims.share", percent=part // 100, source=share.source))
    return Table("subsidy-claims", words("claims.subsidy"), columns, tuple(rows), notes, foot=(foot,))


def cost_table(
    words: Words,
    delivered: int,
    captured: int,
    commission: Sequence[Claim],
    rates: Sequence[RateRow],
    span: tuple[date, date],
) -> Table:
    """What a certificate that came out cost, and what it cost beyond its fee."""
    since, until = span
    fixed_row = rate_on(rates, Rate.FIXED, "", "", until)
    fixed = _fixed(fixed_row.amount, since, until) if fixed_row else None
    paid = sum(each.amount for each in commission)
    total = paid + (fixed or 0)
    amounts = (("commission", paid), ("fixed", fixed), ("all", total), ("fees", captured), ("net", total - captured))
    rows: tuple[Row, ...] = tuple(
        (words(f"cost.{name}"), amount, None if amount is None else Ratio(amount, delivered))
        for name, amount in amounts
    )
    columns = (
        Column(words("cost.what"), Shape.TEXT),
        Column(words("claims.amount"), Shape.YEN),
        Column(words("cost.each"), Shape.HUNDREDTHS),
    )
    notes = _notes(words, commission, since, until)
    notes = (*notes, words("cost.delivered", number=f"{delivered:,}"))
    if fixed_row is None:
        notes = (*notes, words("cost.no-fixed"))
    return Table("cost-per-certificate", words("cost.title"), columns, rows, notes)


def _fixed(yearly: int, since: date, until: date) -> int:
    """Of a cost by the year the part of these days."""
    year = fiscal_year(since)
    days = (first_of_fiscal_year(year + 1) - first_of_fiscal_year(year)).days
    return halves_up(yearly * ((until - since).days + 1), days)


def _claim_rows(words: Words, what: str, claimed: Sequence[Claim]) -> list[Row]:
    rows: list[Row] = []
    for each in claimed:
        place = (outlet_word(words, each.place), outlet_kind(words, each.place))
        if each.rate is None:
            rows.append((words(what), *place, each.number, None, None, words("claims.no-rate")))
            continue
        sure = each.rate.source if each.rate.confirmed else words("claims.unconfirmed", source=each.rate.source)
        rows.append((words(what), *place, each.number, each.rate.amount, each.amount, sure))
    return rows


def _columns(words: Words) -> tuple[Column, ...]:
    return (
        Column(words("issued.outlet"), Shape.TEXT),
        Column(words("issued.outlet-kind"), Shape.TEXT),
        Column(words("claims.number")),
        Column(words("claims.rate"), Shape.YEN),
    )


def _notes(words: Words, claimed: Sequence[Claim], since: date, until: date) -> tuple[str, ...]:
    notes = [words("issued.between", since=words.day(since), until=words.day(until))]
    if any(each.rate is None for each in claimed):
        notes.append(words("claims.some-without-rate"))
    if any(each.rate is not None and not each.rate.confirmed for each in claimed):
        notes.append(words("claims.some-unconfirmed"))
    return tuple(notes)
