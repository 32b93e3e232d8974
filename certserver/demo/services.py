"""What the fictional municipality offers: kinds and choices, fees, hours, closures and purposes, in the range that real
ones have (2023-2026)."""

from datetime import date

from sqlalchemy import Connection

from certserver.rules.settings import EVERY_OUTLET, Closure, FeeRow, HoursRow, KindRow, Purpose
from certserver.storage.setting_rows import add_closure, add_fee, add_hours, add_kind, add_purpose
from koufu.evidence.words import CertificateKind, Option, Scope

_OPENS_AT = 6 * 60 + 30
_CLOSES_AT = 23 * 60

_RESIDENCE_OPTIONS = (Option.RELATIONSHIP, Option.DOMICILE)

CLOSURES = (
    Closure(date(2020, 12, 29), date(2021, 1, 3), True, "年末年始", "New Year holidays"),
    Closure(date(2026, 11, 21), date(2026, 11, 21), False, "機器の点検", "Maintenance"),
)

PURPOSES = (
    Purpose("bank", CertificateKind.SEAL_REGISTRATION, Scope.SELF, ()),
    Purpose("driving", CertificateKind.RESIDENCE, Scope.SELF, (Option.DOMICILE,)),
    Purpose("employer", CertificateKind.RESIDENCE, Scope.SELF, ()),
    Purpose("housing", CertificateKind.RESIDENCE, Scope.HOUSEHOLD, (Option.RELATIONSHIP,)),
    Purpose("school", CertificateKind.RESIDENCE, Scope.HOUSEHOLD, (Option.RELATIONSHIP,)),
    Purpose("pension", CertificateKind.RESIDENCE, Scope.HOUSEHOLD, (Option.RELATIONSHIP,)),
)


def enter_services(connection: Connection, municipality: str, since: int) -> None:
    """Enters all settings, in force from an instant (Unix seconds)."""
    residence, seal = CertificateKind.RESIDENCE, CertificateKind.SEAL_REGISTRATION
    scopes = (Scope.HOUSEHOLD, Scope.SELF, Scope.MEMBERS)
    add_kind(connection, municipality, KindRow(residence, since, True, scopes, _RESIDENCE_OPTIONS, 5))
    add_kind(connection, municipality, KindRow(seal, since, True, (Scope.SELF,), (), 5))
    for kind, fee in ((residence, 200), (seal, 200)):
        add_fee(connection, municipality, FeeRow(kind, since, fee))
        hours = HoursRow(EVERY_OUTLET, kind, since, _OPENS_AT, _CLOSES_AT, weekdays_only=False)
        add_hours(connection, municipality, hours)
    for closure in CLOSURES:
        add_closure(connection, municipality, closure)
    for position, purpose in enumerate(PURPOSES):
        add_purpose(connection, municipality, position, purpose)
