"""Against the cancelled seals of Niigata, Saitama and Kumamoto: there is no copy that a cancellation could fail to
reach, and what is printed is compared with the register in the instant of release (I3, I6)."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from sqlalchemy import Connection

from certserver.documents import forms, seal_registration
from certserver.pipeline import release
from certserver.registers import writing
from certserver.registers.model import HouseholdSnapshot, RegisteredSeal
from certserver.rules import eligibility, ordering
from tests.incidents.guard import Guard, Happens, Incident, all_needed, each_alone
from tests.support.registers import make_seal
from tests.support.server import a_server
from tests.support.server_people import MUNICIPALITY
from tests.support.server_visit import SEAL
from tests.support.specimens import FOUR, PROFILE, seal_line
from tests.support.specimens import SEAL as IMPRINT
from tests.support.taking_out import Line

CANCELLED = Incident.CANCELLED_SEAL


def after(change: Callable[[Connection], None]) -> Happens:
    """The register changes between order and payment; the document of before is issued all the same."""

    def happens(folder: Path) -> bool:
        with a_server(folder) as server:
            visit = server.visit("kengo")
            visit.offer()
            assert visit.prepare(visit.order(SEAL))[0].HasField("document")
            with server.database.writing() as connection:
                change(connection)
            return visit.release()[0].HasField("issued")

    return happens


def cancelled(connection: Connection) -> None:
    writing.cancel_registered_seal(connection, MUNICIPALITY, "kengo")


def another_imprint(connection: Connection) -> None:
    writing.write_registered_seal(connection, MUNICIPALITY, replace(make_seal("kengo"), imprint=b"another imprint"))


def ordered_after_it_was_cancelled(folder: Path) -> bool:
    with a_server(folder) as server:
        visit = server.visit("taro")
        visit.offer()
        return visit.prepare(visit.order(SEAL))[0].HasField("document") and visit.release()[0].HasField("issued")


def composed(seal: RegisteredSeal | None) -> Happens:
    """A document of a seal that is not the orderer's, or no more."""

    def happens(_folder: Path) -> bool:
        snapshot: HouseholdSnapshot = replace(FOUR, seal=seal)
        try:
            forms.compose(seal_line(snapshot), PROFILE)
        except Exception:  # noqa: BLE001 - however it is stopped
            return False
        return True

    return happens


VERSION = Line(release._issue, "status.version != ready.row.register_version")
STATUS = Line(release._refused_now, "still_eligible(ready.order.lines, status)", "None")
KIND = Line(eligibility.kind_refusal, "wants_seal and status.seal is RegisteredSealStatus.CANCELLED")

GUARDS: tuple[Guard, ...] = (
    *each_alone(
        CANCELLED, after(cancelled), status_is_read_again_at_release=STATUS, version_is_compared_at_release=VERSION
    ),
    *all_needed(
        CANCELLED,
        after(another_imprint),
        version_of_what_is_printed=VERSION,
        a_new_seal_moves_the_version=Line(
            writing.write_registered_seal, "move_household(connection, key, household_id)", "None"
        ),
    ),
    Guard(
        "a cancellation moves the version",
        CANCELLED,
        Line(writing.cancel_registered_seal, "move_household(connection, key, household_id)", "None"),
        after(cancelled),
        beside=(STATUS,),
    ),
    *each_alone(
        CANCELLED,
        ordered_after_it_was_cancelled,
        judged_at_prepare=Line(ordering.eligible_lines, "still_eligible(order.lines, status_of(snapshot))", "None"),
        judged_at_release=STATUS,
    ),
    *all_needed(CANCELLED, ordered_after_it_was_cancelled, a_cancelled_seal_has_no_document=KIND),
    *all_needed(
        CANCELLED,
        composed(replace(IMPRINT, cancelled=True)),
        no_sheet_of_a_cancelled_seal=Line(seal_registration.compose, "registered.cancelled"),
    ),
    *all_needed(
        CANCELLED,
        composed(replace(IMPRINT, resident_id="r2")),
        no_sheet_of_another_persons_seal=Line(
            seal_registration.compose, "registered.resident_id != resident.resident_id"
        ),
    ),
)
