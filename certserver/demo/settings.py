"""What the fictional municipality offers, when and for how much. Like every setting these are dated rows, in force from
the instant they are entered."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta

from sqlalchemy import Connection

from certserver.demo.people import MUNICIPALITY
from certserver.demo.profile import mihon_profile
from certserver.demo.purposes import PURPOSES
from certserver.documents.forms import forms_of
from certserver.outlets import EVERYWHERE, OutletKind, every
from certserver.pipeline.profile_rows import add_profile
from certserver.pipeline.setting_rows import (
    add_fee,
    add_hours,
    add_kind,
    add_tax_years,
    set_closures,
    set_purposes,
)
from certserver.ports import JST, unix
from certserver.rules.settings import Closure, FeeRow, Ground, HoursRow, KindRow, TaxYearsRow
from koufu.evidence.words import KOSEKI_KINDS, TAX_KINDS, CertificateKind, Option, Scope

TOWN_HALL = "town-hall"
"""The outlet with office hours."""

VILLAGE_POST_OFFICE = "mihon-village-post-office"
"""A post office with short hours, for residents alone."""

_ON_RESIDENTS = (
    Option.RELATIONSHIP,
    Option.DOMICILE,
    Option.NATIONALITY,
    Option.RESIDENCE_STATUS,
    Option.PERIOD_OF_STAY,
    Option.CARD_NUMBER,
    Option.INDIVIDUAL_NUMBER,
    Option.RESIDENT_CODE,
)
_OF_RESIDENTS = (Scope.HOUSEHOLD, Scope.SELF, Scope.MEMBERS)
_CHOICES: Mapping[CertificateKind, tuple[tuple[Scope, ...], tuple[Option, ...], int]] = {
    CertificateKind.RESIDENCE: (_OF_RESIDENTS, _ON_RESIDENTS, 200),
    CertificateKind.RESIDENCE_ITEMS: (_OF_RESIDENTS, _ON_RESIDENTS, 200),
    CertificateKind.SEAL_REGISTRATION: ((Scope.SELF,), (), 200),
    CertificateKind.KOSEKI_FULL: ((Scope.KOSEKI,), (), 450),
    CertificateKind.KOSEKI_INDIVIDUAL: ((Scope.SELF, Scope.MEMBERS), (), 450),
    CertificateKind.KOSEKI_SUPPLEMENT: (
        (Scope.KOSEKI, Scope.SELF, Scope.MEMBERS),
        (Option.DOMICILE, Option.OVERSEAS_VOTER),
        300,
    ),
    CertificateKind.INCOME_TAX: ((Scope.SELF,), (), 300),
    CertificateKind.NON_TAXATION: ((Scope.SELF,), (), 300),
    CertificateKind.TAX_PAYMENT: ((Scope.SELF,), (), 300),
    CertificateKind.DISASTER_VICTIM: ((Scope.HOUSEHOLD,), (), 0),
}
"""Scopes, options, and yen for one copy."""

_MAX_COPIES = 10
_ALL_DAY = (0, 24 * 60)
_SHOPS = (6 * 60 + 30, 23 * 60)
_OFFICE_HOURS = (8 * 60 + 30, 17 * 60 + 15)
_SHORT = (9 * 60, 17 * 60)
_JUNE = 6
_YEARS = 3
_SUNDAY = 6


def enter_settings(connection: Connection, now: datetime) -> None:
    """Enters kinds, fees, hours, fiscal years, closures, purposes and the profile of 見本市, in force from now on, for
    every kind that this build has a form for."""
    at = unix(now)
    today = now.astimezone(JST).date()
    for kind in filter(forms_of, CertificateKind):
        enter_kind(connection, MUNICIPALITY, kind, at)
    for kind in TAX_KINDS:
        for years in _tax_years(kind, at, today):
            add_tax_years(connection, MUNICIPALITY, years)
    set_closures(connection, MUNICIPALITY, at, demo_closures(today))
    set_purposes(connection, MUNICIPALITY, at, PURPOSES)
    add_profile(connection, at, mihon_profile())


def enter_kind(connection: Connection, municipality: str, kind: CertificateKind, at: int) -> None:
    """Enters what a kind lets choose, its hours and its fees, from an instant on (Unix seconds)."""
    scopes, options, fee = _CHOICES[kind]
    add_kind(connection, municipality, KindRow(kind, at, True, scopes, options, _MAX_COPIES))
    for hours in _hours(kind, at):
        add_hours(connection, municipality, hours)
    for row in _fees(kind, at, fee):
        add_fee(connection, municipality, row)


def demo_closures(today: date) -> tuple[Closure, ...]:
    """A Sunday of maintenance in the week after next, and the turn of a year that is still to come: today is open."""
    sunday = today + timedelta(days=14 - (today.weekday() - _SUNDAY) % 7)
    year = today.year if today < date(today.year, 12, 29) else today.year + 1
    return (
        Closure(sunday, sunday, False, "点検のため", "Maintenance"),
        Closure(date(year, 12, 29), date(year + 1, 1, 3), False, "年末年始", "Turn of the year"),
    )


def _hours(kind: CertificateKind, at: int) -> Iterator[HoursRow]:
    """Shops keep the hours that most municipalities have, koseki shorter ones; wherever nothing else is set the
    demonstration is open day and night, so that it can be given at any time."""
    koseki = kind in KOSEKI_KINDS
    yield HoursRow(EVERYWHERE, kind, at, *_ALL_DAY, weekdays_only=False)
    shops = _SHORT if koseki else _SHOPS
    yield HoursRow(every(OutletKind.CONVENIENCE_STORE), kind, at, *shops, weekdays_only=koseki)
    yield HoursRow(TOWN_HALL, kind, at, *_OFFICE_HOURS, weekdays_only=True)
    yield HoursRow(VILLAGE_POST_OFFICE, kind, at, *_SHORT, weekdays_only=True, residents_only=True)


def _fees(kind: CertificateKind, at: int, fee: int) -> Iterator[FeeRow]:
    yield FeeRow(kind, at, fee)
    if kind in TAX_KINDS:
        # Who was hit by a disaster needs tax papers for relief.
        yield FeeRow(kind, at, 0, Ground.DAMAGE)


def fiscal_years(today: date) -> tuple[int, ...]:
    """The fiscal years that the register has entries of: those on offer, and the one of the next June."""
    return tuple(range(today.year + 1, today.year - _YEARS - 1, -1))


def _tax_years(kind: CertificateKind, at: int, today: date) -> Iterator[TaxYearsRow]:
    """The newest years, and the switch-over of the next June."""
    newest = today.year if today.month >= _JUNE else today.year - 1
    switch = unix(datetime(newest + 1, _JUNE, 10, tzinfo=JST))
    for effective_at, year in ((at, newest), (switch, newest + 1)):
        yield TaxYearsRow(kind, effective_at, tuple(range(year, year - _YEARS, -1)))
