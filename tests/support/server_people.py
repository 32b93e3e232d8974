"""A few fictional households for tests of the server, each for one rule, and what their municipality offers."""

from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import Connection

from certserver.demo.artwork import official_seal
from certserver.municipality import CheckInstructions, Clause, MunicipalityProfile, Window
from certserver.outlets import EVERYWHERE
from certserver.pipeline.profile_rows import add_profile
from certserver.pipeline.setting_rows import add_fee, add_hours, add_kind, set_closures, set_purposes
from certserver.registers.model import Household, RegisterDate, RegisteredSeal, Withholding
from certserver.registers.writing import cancel_registered_seal, write_household, write_registered_seal, write_resident
from certserver.rules.settings import Closure, FeeRow, HoursRow, KindRow, Purpose
from koufu.evidence.words import CertificateKind, Option, Scope
from tests.support.registers import make_resident

MUNICIPALITY = "992011"

_OPENS_AT = 6 * 60 + 30
_CLOSES_AT = 23 * 60

_RESIDENCE_OPTIONS = (Option.RELATIONSHIP, Option.DOMICILE)

CLOSURES = (
    Closure(date(2020, 12, 29), date(2021, 1, 3), True, "年末年始", "New Year holidays"),
    Closure(date(2026, 11, 21), date(2026, 11, 21), False, "機器の点検", "Maintenance"),
)

PURPOSES = (
    Purpose("bank", CertificateKind.SEAL_REGISTRATION, Scope.SELF, ()),
    Purpose("licence", CertificateKind.RESIDENCE, Scope.SELF, (Option.DOMICILE,)),
    Purpose("employer", CertificateKind.RESIDENCE, Scope.SELF, ()),
    Purpose("housing", CertificateKind.RESIDENCE, Scope.HOUSEHOLD, (Option.RELATIONSHIP,)),
    Purpose("school", CertificateKind.RESIDENCE, Scope.HOUSEHOLD, (Option.RELATIONSHIP,)),
    Purpose("pension", CertificateKind.RESIDENCE, Scope.HOUSEHOLD, (Option.RELATIONSHIP,)),
)

WINDOW = Window(
    place="見本市役所 市民課",
    hours="平日 8:30〜17:15",
    phone="099-000-0000",
    bring="マイナンバーカード",
    place_en="Mihon City Hall, Residents' Section",
    hours_en="Weekdays 8:30-17:15",
    bring_en="Your My Number card",
)


def profile() -> MunicipalityProfile:
    return MunicipalityProfile(
        code=MUNICIPALITY,
        prefecture="見本県",
        prefecture_en="Mihon Prefecture",
        name="見本市",
        name_kana="みほんし",
        name_en="Mihon City",
        mayor_title="見本市長",
        mayor_name="見本　花子",
        deputy_title=None,
        official_seal=official_seal(("見本県", "見本市", "長之印")),
        clauses=(
            Clause(CertificateKind.RESIDENCE, True, "この写しは、世帯全員の住民票の原本と相違ないことを証明する。"),
            Clause(CertificateKind.RESIDENCE, False, "この写しは、世帯の一部の住民票の原本と相違ないことを証明する。"),
            Clause(
                CertificateKind.SEAL_REGISTRATION, False, "この写しは、登録されている印影と相違ないことを証明する。"
            ),
        ),
        checking=CheckInstructions("https://mihon.example", "見本市役所 市民課", "099-000-0000", "平日 8:30〜17:15"),
        window=WINDOW,
    )


def enter_people(connection: Connection, imprint: bytes) -> None:
    """Households by what they are for; a resident's id says who it is."""
    today = date(2026, 6, 10)
    _enter(connection, "common", "kengo", "misaki", "haru")
    _enter(connection, "other", "taro")
    _enter(connection, "leaving", "akira", "noboru", noboru={"move_out_planned": date(2026, 7, 1)})
    _enter(connection, "protected", "yui", "ren", ren={"withholding": frozenset({Withholding.PROTECTIVE_MEASURE})})
    _enter(connection, "held", "sora", "umi", umi={"withholding": frozenset({Withholding.ISSUANCE_HOLD})})
    _enter(connection, "gone", "mina", mina={"moved_out": date(2026, 5, 1)})
    _enter(connection, "late", "kiyo", kiyo={"died": date(2026, 5, 1)})
    _enter(connection, "mover", "jun", jun={"move_out_planned": date(2026, 7, 1)})
    _enter(connection, "young", "aoi", aoi={"born": RegisterDate(date(today.year - 15, today.month, today.day + 1))})
    for resident_id in ("kengo", "taro", "yui", "sora", "noboru", "akira"):
        write_registered_seal(
            connection, MUNICIPALITY, RegisteredSeal(resident_id, imprint, RegisterDate(date(2000, 1, 4)), False)
        )
    cancel_registered_seal(connection, MUNICIPALITY, "taro")


def enter_municipality(connection: Connection, since: int) -> None:
    """Profile, fees, hours and closures, in force from an instant (Unix seconds)."""
    add_profile(connection, since, profile())
    _enter_services(connection, since)


def _enter(connection: Connection, household_id: str, *resident_ids: str, **changes: dict[str, Any]) -> None:
    write_household(connection, MUNICIPALITY, Household(household_id, f"見本県見本市{household_id}町1番地", "見本　主"))
    for resident_id in resident_ids:
        resident = replace(make_resident(resident_id, household_id), name=f"見本　{resident_id}")
        write_resident(connection, MUNICIPALITY, replace(resident, **changes.get(resident_id, {})))


def _enter_services(connection: Connection, since: int) -> None:
    residence, seal = CertificateKind.RESIDENCE, CertificateKind.SEAL_REGISTRATION
    scopes = (Scope.HOUSEHOLD, Scope.SELF, Scope.MEMBERS)
    add_kind(connection, MUNICIPALITY, KindRow(residence, since, True, scopes, _RESIDENCE_OPTIONS, 5))
    add_kind(connection, MUNICIPALITY, KindRow(seal, since, True, (Scope.SELF,), (), 5))
    for kind, fee in ((residence, 200), (seal, 200)):
        add_fee(connection, MUNICIPALITY, FeeRow(kind, since, fee))
        hours = HoursRow(EVERYWHERE, kind, since, _OPENS_AT, _CLOSES_AT, weekdays_only=False)
        add_hours(connection, MUNICIPALITY, hours)
    set_closures(connection, MUNICIPALITY, since, CLOSURES)
    set_purposes(connection, MUNICIPALITY, since, PURPOSES)
