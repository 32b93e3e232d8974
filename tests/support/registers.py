"""Residents, households and seals for tests, and a database with empty tables. All of it is fictional."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from sqlalchemy import Connection

from certserver.registers.model import Household, RegisterDate, RegisteredSeal, Resident, Sex
from certserver.registers.snapshots import found_register
from certserver.registers.writing import write_household, write_resident
from certserver.storage.engine import Database
from certserver.storage.metadata import metadata
from tests.support.databases import copied_database

MIHON = "992011"


def empty_database(path: Path) -> Database:
    """A new database in a folder, with every table that has been imported and an empty register."""
    return copied_database(path, "registers", _found)


def _found(database: Database) -> None:
    metadata.create_all(database.engine)
    with database.writing() as connection:
        found_register(connection, MIHON, 0)


def make_household(household_id: str = "house", address: str = "") -> Household:
    """At an address of its own: a measure covers everybody at the same one."""
    houses = {"house": "3号"}
    return Household(
        household_id, address or f"見本県見本市本町一丁目2番{houses.get(household_id, household_id)}", "辻󠄂　健吾"
    )


def make_resident(resident_id: str = "kengo", household_id: str = "house", name: str = "辻󠄂　健吾") -> Resident:
    return Resident(
        resident_id=resident_id,
        household_id=household_id,
        name=name,
        name_kana="ツジ　ケンゴ",
        former_surname=None,
        former_surname_kana=None,
        born=RegisterDate(date(1972, 4, 12)),
        sex=Sex.MALE,
        relationship="世帯主",
        domicile="見本県見本市見本町一丁目2番地3",
        koseki_head="辻󠄂　健吾",
        resident_since=RegisterDate(date(1996, 4, 1)),
        address_since=RegisterDate(date(2026, 3, 28)),
        notified_on=RegisterDate(date(2026, 3, 30)),
        previous_address="見本県例示市栄町五丁目8番1号",
        moved_from=None,
    )


def make_seal(
    resident_id: str = "kengo", imprint: bytes = b"imprint", day: date | None = date(2000, 1, 4)
) -> RegisteredSeal:
    """Another day is another registration; the same day with another imprint is the same one."""
    registered_on = RegisterDate(day, None if day else "平成12年月日不詳")
    return RegisteredSeal(resident_id, imprint, registered_on, cancelled=False)


def enter_household(connection: Connection, household_id: str, *resident_ids: str) -> None:
    """A household and its residents, as their ids say, in this order."""
    write_household(connection, MIHON, make_household(household_id))
    for resident_id in resident_ids:
        write_resident(
            connection, MIHON, replace(make_resident(resident_id, household_id), name=f"見本　{resident_id}")
        )
