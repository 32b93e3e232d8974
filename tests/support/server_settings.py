"""Dated settings for tests of the rules: a fee that rises and a kind that begins on 1 October 2026."""

from datetime import datetime

from certserver.ports import JST, unix
from certserver.rules.settings import EVERY_OUTLET, FeeRow, HoursRow, KindRow, Purpose, Settings
from koufu.evidence.words import CertificateKind, Option, Scope

APRIL = unix(datetime(2026, 4, 1, tzinfo=JST))
OCTOBER = unix(datetime(2026, 10, 1, tzinfo=JST))
RESIDENCE, SEAL = CertificateKind.RESIDENCE, CertificateKind.SEAL_REGISTRATION

SETTINGS = Settings(
    municipality="992011",
    revision=1,
    kinds=(
        KindRow(RESIDENCE, APRIL, True, (Scope.SELF, Scope.HOUSEHOLD), (Option.DOMICILE,), 5),
        KindRow(SEAL, OCTOBER, True, (Scope.SELF,), (), 5),
    ),
    fees=(FeeRow(RESIDENCE, APRIL, 200), FeeRow(RESIDENCE, OCTOBER, 300), FeeRow(SEAL, APRIL, 200)),
    hours=(
        HoursRow(EVERY_OUTLET, RESIDENCE, APRIL, 390, 1380, False),
        HoursRow(EVERY_OUTLET, SEAL, APRIL, 390, 1380, False),
        HoursRow("post-office", RESIDENCE, APRIL, 540, 1020, True),
    ),
    closures=(),
    purposes=(
        Purpose("bank", SEAL, Scope.SELF, ()),
        Purpose("pension", RESIDENCE, Scope.HOUSEHOLD, ()),
    ),
)
