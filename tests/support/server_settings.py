"""Dated settings for tests of the rules: a fee that rises and a kind that begins on 1 October 2026."""

from datetime import datetime

from certserver.outlets import EVERYWHERE, Outlet, OutletKind
from certserver.ports import JST, unix
from certserver.rules.choices import OPTIONS, SCOPES
from certserver.rules.in_force import in_force
from certserver.rules.settings import FeeRow, HoursRow, KindRow, Purpose, PurposesRow, Settings, TaxYearsRow
from koufu.evidence.words import TAX_KINDS, CertificateKind, Option, Scope

APRIL = unix(datetime(2026, 4, 1, tzinfo=JST))
OCTOBER = unix(datetime(2026, 10, 1, tzinfo=JST))
RESIDENCE, SEAL = CertificateKind.RESIDENCE, CertificateKind.SEAL_REGISTRATION

POST_OFFICE = Outlet("post-office", OutletKind.POST_OFFICE)
TOWN_HALL = Outlet("town-hall", OutletKind.MUNICIPAL)
SHOP = Outlet("mihon-ekimae", OutletKind.CONVENIENCE_STORE)

SETTINGS = Settings(
    municipality="992011",
    revision=1,
    kinds=(
        KindRow(RESIDENCE, APRIL, True, (Scope.SELF, Scope.HOUSEHOLD), (Option.DOMICILE,), 5),
        KindRow(SEAL, OCTOBER, True, (Scope.SELF,), (), 5),
    ),
    fees=(FeeRow(RESIDENCE, APRIL, 200), FeeRow(RESIDENCE, OCTOBER, 300), FeeRow(SEAL, APRIL, 200)),
    hours=(
        HoursRow(EVERYWHERE, RESIDENCE, APRIL, 390, 1380, False),
        HoursRow(EVERYWHERE, SEAL, APRIL, 390, 1380, False),
        HoursRow("post-office", RESIDENCE, APRIL, 540, 1020, True),
    ),
    purposes=(
        PurposesRow(
            APRIL,
            (Purpose("bank", SEAL, Scope.SELF, ()), Purpose("pension", RESIDENCE, Scope.HOUSEHOLD, ())),
        ),
    ),
)

EVERYTHING = in_force(
    Settings(
        municipality="992011",
        revision=1,
        kinds=tuple(
            KindRow(
                kind,
                APRIL,
                True,
                tuple(scope for scope in Scope if scope in SCOPES[kind]),
                tuple(option for option in Option if option in OPTIONS[kind]),
                10,
            )
            for kind in CertificateKind
        ),
        fees=tuple(FeeRow(kind, APRIL, 300) for kind in CertificateKind),
        hours=tuple(HoursRow(EVERYWHERE, kind, APRIL, 0, 1440, False) for kind in CertificateKind),
        tax_years=tuple(TaxYearsRow(kind, APRIL, (2026, 2025)) for kind in TAX_KINDS),
    ),
    SHOP,
    APRIL,
)
"""Every kind with every choice that it can have, day and night, for 300 yen each."""
