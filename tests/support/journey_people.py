"""Who journeys need besides the hard cases of 見本市: residents whose card or address is of today, one whose name no
form takes, and people who live elsewhere and whose koseki is kept here, with what became of their enrolments."""

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Connection

from certserver.demo.hard_cases import hard_cases
from certserver.demo.people import MUNICIPALITY, DemoHousehold, DemoPerson, Population
from certserver.identity.enrolments import DeclineReason, Enrolment, EnrolmentState, decide, insert_enrolment
from certserver.identity.policy import JPKI
from certserver.identity.subjects import SubjectKey, subject_of
from certserver.identity.trust import read_anchors
from certserver.identity.x509 import examine
from certserver.ports import unix
from certserver.registers.koseki import Koseki
from certserver.registers.model import Household, RegisterDate, Resident, Sex
from certserver.stages import Refused
from hardware.card.virtual.persona import Persona

MOVED_IN_TODAY = "arai-makoto"
LINKED_TODAY = "baba-kei"
PIN_RESET_TODAY = "chiba-sora"
ON_HOLD = "doi-minori"
CLONED = "eto-wataru"
"""Whose card somebody made another of, without the private key."""
UNLISTED = "goto-rui"
"""Whose X.509 is of an older CA, of which no list of revoked X.509s has come."""
TOO_LONG = "fukui-jugemu"
RESIDENTS = (MOVED_IN_TODAY, LINKED_TODAY, PIN_RESET_TODAY, ON_HOLD, CLONED, TOO_LONG, UNLISTED)

_LONG_NAME = "寿限無寿限無五劫之擦切海砂利水魚之水行末雲来末風来末" * 6
_NAMES = ("新井　真", "馬場　圭", "千葉　空", "土井　実", "江藤　渉", f"福井　{_LONG_NAME}", "後藤　類")
_SINCE = date(2010, 4, 1)


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Somebody who lives elsewhere: whose koseki an enrolment names, and what became of it. Without a state nobody has
    applied."""

    card: str
    state: EnrolmentState | None = None
    resident_id: str = ""


ELSEWHERE = (
    Elsewhere("elsewhere"),
    Elsewhere("elsewhere-applied", EnrolmentState.APPLIED),
    Elsewhere("elsewhere-declined", EnrolmentState.DECLINED),
    Elsewhere("elsewhere-renewed", EnrolmentState.SUPERSEDED),
    Elsewhere("elsewhere-enrolled", EnrolmentState.APPROVED, "watanabe-shigeru"),
    Elsewhere("elsewhere-removed", EnrolmentState.APPROVED, "okada-mika"),
)


def population(today: date) -> Population:
    """The hard cases, and who journeys need besides."""
    added = zip(RESIDENTS, _NAMES, strict=True)
    households = (*hard_cases(), *(_house(resident_id, name, today) for resident_id, name in added))
    return Population(MUNICIPALITY, households)


def enrol(
    connection: Connection, key: SubjectKey, kosekis: tuple[Koseki, ...], who: Elsewhere, card: Persona, at: int
) -> None:
    """Enters what somebody has applied for with that card at that moment (Unix seconds), and how it was decided."""
    if who.state is None:
        return
    trusted = examine(card.user_auth_x509, read_anchors(connection, MUNICIPALITY), JPKI)
    assert not isinstance(trusted, Refused)
    applied = Enrolment(
        municipality=MUNICIPALITY,
        number=f"{ELSEWHERE.index(who):016d}",
        subject=subject_of(key, MUNICIPALITY, trusted),
        not_after=unix(trusted.not_after),
        state=EnrolmentState.APPLIED,
        encrypted_said=b"said",
        terminal="kiosk-1",
        applied_at=at,
        koseki_id=None,
        person_id=None,
        decided_at=None,
        reason=None,
    )
    insert_enrolment(connection, applied, who.card.encode())
    if who.state is not EnrolmentState.APPLIED:
        reason = DeclineReason.NOT_FOUND if who.state is EnrolmentState.DECLINED else None
        decide(connection, applied, who.state, "officer-1", at, person=_person(kosekis, who.resident_id), reason=reason)


def koseki_of(kosekis: tuple[Koseki, ...], resident_id: str) -> Koseki:
    """The koseki in which a resident stands. Raises `StopIteration` when there is none."""
    return next(each for each in kosekis if any(person.resident_id == resident_id for person in each.people))


def _person(kosekis: tuple[Koseki, ...], resident_id: str) -> tuple[str, str] | None:
    if not resident_id:
        return None
    koseki = koseki_of(kosekis, resident_id)
    person_id = next(person.person_id for person in koseki.people if person.resident_id == resident_id)
    return koseki.koseki_id, person_id


def _house(resident_id: str, name: str, today: date) -> DemoHousehold:
    since = RegisterDate(today if resident_id == MOVED_IN_TODAY else _SINCE)
    resident = Resident(
        resident_id=resident_id,
        household_id=f"house-{resident_id}",
        name=name,
        name_kana=None,
        former_surname=None,
        former_surname_kana=None,
        born=RegisterDate(date(1985, 5, 5)),
        sex=Sex.FEMALE,
        relationship="世帯主",
        domicile="見本県見本市見本町一丁目2番地3",
        koseki_head=name,
        resident_since=since,
        address_since=None,
        notified_on=since,
        previous_address="見本県例示市栄町二丁目4番5号",
        moved_from=None,
    )
    household = Household(resident.household_id, "見本県見本市港町三丁目3番3号", name)
    return DemoHousehold(household, (DemoPerson(replace(resident, household_id=household.household_id)),))
