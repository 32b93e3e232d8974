"""What the fictional municipality offers, when and for how much. Like every setting these are dated rows, in force from
the instant they are entered."""

from datetime import date, datetime, timedelta

from sqlalchemy import Connection

from certserver.demo.people import MUNICIPALITY
from certserver.demo.profile import mihon_profile
from certserver.pipeline.setting_rows import add_closure, add_fee, add_hours, add_kind, add_profile, add_purpose
from certserver.ports import JST, unix
from certserver.rules.settings import EVERY_OUTLET, Closure, FeeRow, HoursRow, KindRow, Purpose
from koufu.evidence.words import CertificateKind, Option, Scope

TOWN_HALL = "town-hall"
"""The outlet with office hours. Everywhere else a demonstration is open day and night, so that it can be given at any
time."""

_RESIDENCE, _SEAL = CertificateKind.RESIDENCE, CertificateKind.SEAL_REGISTRATION
_SHOWN = (Option.RELATIONSHIP, Option.DOMICILE)
_FEE_YEN = 200
_MAX_COPIES = 5
_ALL_DAY = (0, 24 * 60)
_OFFICE_HOURS = (8 * 60 + 30, 17 * 60 + 15)
_SUNDAY = 6

_PURPOSES = (
    Purpose("bank", _SEAL, Scope.SELF, ()),
    Purpose("licence", _RESIDENCE, Scope.SELF, (Option.DOMICILE,)),
    Purpose("employer", _RESIDENCE, Scope.SELF, ()),
    Purpose("housing", _RESIDENCE, Scope.HOUSEHOLD, (Option.RELATIONSHIP,)),
    Purpose("school", _RESIDENCE, Scope.HOUSEHOLD, (Option.RELATIONSHIP,)),
    Purpose("pension", _RESIDENCE, Scope.HOUSEHOLD, (Option.RELATIONSHIP,)),
)


def enter_settings(connection: Connection, now: datetime) -> None:
    """Enters kinds, fees, hours, closures, purposes and the profile of 見本市, in force from now on."""
    at = unix(now)
    add_kind(
        connection,
        MUNICIPALITY,
        KindRow(_RESIDENCE, at, True, (Scope.HOUSEHOLD, Scope.SELF, Scope.MEMBERS), _SHOWN, _MAX_COPIES),
    )
    add_kind(connection, MUNICIPALITY, KindRow(_SEAL, at, True, (Scope.SELF,), (), _MAX_COPIES))
    for kind in (_RESIDENCE, _SEAL):
        add_fee(connection, MUNICIPALITY, FeeRow(kind, at, _FEE_YEN))
        add_hours(connection, MUNICIPALITY, HoursRow(EVERY_OUTLET, kind, at, *_ALL_DAY, weekdays_only=False))
        add_hours(connection, MUNICIPALITY, HoursRow(TOWN_HALL, kind, at, *_OFFICE_HOURS, weekdays_only=True))
    for closure in demo_closures(now.astimezone(JST).date()):
        add_closure(connection, MUNICIPALITY, closure)
    for position, purpose in enumerate(_PURPOSES):
        add_purpose(connection, MUNICIPALITY, position, purpose)
    add_profile(connection, at, mihon_profile())


def demo_closures(today: date) -> tuple[Closure, ...]:
    """A Sunday of maintenance in the week after next, and the turn of a year that is still to come: today is open."""
    sunday = today + timedelta(days=14 - (today.weekday() - _SUNDAY) % 7)
    year = today.year if today < date(today.year, 12, 29) else today.year + 1
    return (
        Closure(sunday, sunday, False, "点検のため", "Maintenance"),
        Closure(date(year, 12, 29), date(year + 1, 1, 3), False, "年末年始", "Turn of the year"),
    )
