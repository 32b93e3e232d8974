"""Card applications at the server: who may take one in where, what is refused, what ends them, and what is noted."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError

from certserver.applications.states import EventKind, Reason
from certserver.pipeline.card_applications.records import (
    LOOKED_AT_EVERY_S,
    follow_records,
    record_changed,
    register_replaced,
)
from certserver.pipeline.card_applications.stepping import REQUEST_KEPT, forget_requests
from certserver.registers.model import Household
from certserver.registers.writing import write_household
from certserver.storage.applications import application_moves, application_requests, applications
from certserver.storage.issued import audit_log, municipality_state
from certserver.storage.registers import residents
from koufu.v1 import applications_pb2 as wire
from tests.support.card_applications import (
    FORM,
    LICENCE_AND_PASSPORT,
    NEIGHBOUR,
    Counter,
    an_application_server,
    at_counter,
    at_hall,
    entries_of,
    moved,
    officer,
    parts,
    verified,
)
from tests.support.server import ServerForTests
from tests.support.server_people import MUNICIPALITY


@pytest.fixture
def server(either_database: None, tmp_path: Path) -> Iterator[ServerForTests]:
    with an_application_server(tmp_path) as made:
        yield made


def field_intake(server: ServerForTests) -> Counter:
    """An officer on a visit, who takes in for the neighbour."""
    return at_hall(server, place="field-intake", residence=NEIGHBOUR)


def test_a_person_has_one_open_application(server: ServerForTests) -> None:
    clerk, hall = at_counter(server), at_hall(server)
    assert clerk.open("kengo") == "draft"
    assert hall.open("kengo") == "another-is-open"
    assert hall.open("taro") == "draft"
    assert clerk.move("withdraw") == "withdrawn"
    assert hall.open("kengo") == "draft"


def test_the_database_itself_lets_nobody_have_two(server: ServerForTests) -> None:
    at_counter(server).open("kengo")
    with server.database.reading() as connection:
        row = dict(connection.execute(select(applications)).mappings().one())
    with pytest.raises(IntegrityError), server.database.writing() as connection:
        connection.execute(insert(applications).values(**row | {"application": "f" * 32}))


def test_the_database_itself_keeps_one_step_of_a_version(server: ServerForTests) -> None:
    at_counter(server).open("kengo")
    with server.database.reading() as connection:
        row = dict(connection.execute(select(application_moves)).mappings().one())
    with pytest.raises(IntegrityError), server.database.writing() as connection:
        connection.execute(insert(application_moves).values(**row))


@pytest.mark.parametrize("resident", ["nobody", "mina", "kiyo"])
def test_only_who_lives_there_applies(server: ServerForTests, resident: str) -> None:
    assert at_counter(server).open(resident) == "no-such-resident"


@pytest.mark.parametrize(
    ("terminal", "desk", "why"),
    [
        ("kiosk-1", {"role": "officer"}, "not-signed-in"),
        ("kiosk-1", {"role": "applicant"}, "role-not-here"),
        ("kiosk-1", {"place": "municipal-counter"}, "not-signed-in"),
        ("shop-1", {"place": "post-office"}, "not-signed-in"),
        ("small-1", {}, "not-commissioned"),
        ("hall-1", {"place": "field-support", "role": "helper"}, "not-commissioned"),
        ("kiosk-1", {"works_for": NEIGHBOUR}, "municipality-unknown"),
        ("kiosk-1", {"residence": "992037"}, "municipality-unknown"),
        ("kiosk-1", {"residence": NEIGHBOUR}, "residents-only"),
    ],
)
def test_where_it_is_not_taken_in(server: ServerForTests, terminal: str, desk: dict[str, str], why: str) -> None:
    resident = "hana" if desk.get("residence") == NEIGHBOUR else "kengo"
    assert at_counter(server, terminal, **desk).open(resident) == why


def test_a_post_office_takes_no_express_and_no_representative_and_says_where_to_go(server: ServerForTests) -> None:
    clerk = at_counter(server)
    asked: tuple[dict[str, Any], ...] = ({"express": True}, {"comer": "legal-representative"})
    for more in asked:
        assert clerk.open("kengo", **more) in ("never-here", "other-comer")
        assert clerk.refusal is not None
        assert clerk.refusal.instead[0].kind == "municipal-counter"
    lost = wire.ExpressClaim(code="lost", happened_on="2026-06-09")
    asked_for = wire.ExpressAsked(claims=[lost], comes=True, wants_x509=True)
    assert at_hall(server).open("kengo", express=True, express_asked=asked_for) == "draft"


def test_help_alone_ends_at_the_counter(server: ServerForTests) -> None:
    helper = at_counter(server, "small-1", role="helper", staff="helper-1")
    assert helper.open("kengo", "counter") == "draft"
    assert helper.tell(FORM, LICENCE_AND_PASSPORT) == "not-now"
    assert helper.attach() == "draft"
    assert helper.tell(FORM, photo="fit") == "draft"
    assert helper.move("check-identity") == "other-role"
    assert helper.move("capture") == "captured"
    assert helper.move("send") == "sent-to-municipality"
    by_mail = at_counter(server, "small-1", role="helper", staff="helper-1")
    by_mail.open("taro", "mail")
    by_mail.attach()
    by_mail.tell(FORM, photo="fit", pin_form_sealed=True)
    assert by_mail.move("capture") == "need"


def test_only_the_municipality_of_residence_decides(server: ServerForTests) -> None:
    there = field_intake(server)
    assert there.taken_in("hana") == "sent-to-municipality"
    assert moved(server, there, officer(), EventKind.TAKE) == "need"
    assert moved(server, there, officer("officer-9", NEIGHBOUR), EventKind.TAKE) == "under-review"
    assert moved(server, there, officer("officer-9", NEIGHBOUR), EventKind.APPROVE) == "approved"
    shown = there.show().shown
    assert (shown.standing.state, shown.HasField("whole")) == ("approved", False)
    verified(server, NEIGHBOUR)


def test_to_whom_it_is_nothing_there_is_none(server: ServerForTests) -> None:
    there = field_intake(server)
    there.taken_in("hana")
    assert moved(server, there, officer("officer-3", "992037"), EventKind.TAKE) == "unknown-application"
    other = at_hall(server, residence=MUNICIPALITY)
    other.application = there.application
    assert other.show().refusal.reason == "unknown-application"


def test_who_took_it_in_decides_nothing_as_an_officer_either(server: ServerForTests) -> None:
    clerk = at_counter(server)
    clerk.taken_in("kengo")
    assert moved(server, clerk, officer("clerk-1"), EventKind.TAKE) == "need"
    assert moved(server, clerk, officer(), EventKind.TAKE) == "under-review"


@pytest.mark.parametrize(
    "why", ["no photo", "no exception", "unknown field", "bad sex", "not proven", "born too early"]
)
def test_what_is_not_taken_as_known(server: ServerForTests, why: str) -> None:
    clerk = at_counter(server)
    clerk.open("kengo")
    if why == "no photo":
        assert clerk.tell(FORM, photo="fit") == "no-photo"
        return
    clerk.attach()
    match why:
        case "no exception":
            assert clerk.tell(FORM, photo="exception") == "no-exception"
            assert clerk.tell(FORM | {"photo-exception": "religion"}, photo="exception") == "draft"
        case "unknown field":
            assert clerk.tell(FORM | {"individual-number": "1"}) == "wrong-fields"
            assert clerk.refusal is not None
            assert list(clerk.refusal.fields) == ["individual-number"]
        case "bad sex":
            assert clerk.tell(FORM | {"sex": "?"}) == "wrong-fields"
        case "not proven":
            assert clerk.tell(FORM, ("driving-licence",)) == "not-proven"
        case _:
            assert clerk.tell(FORM, photo="none-wanted") == "photo-wanted"


def test_under_one_year_there_is_no_photo(server: ServerForTests) -> None:
    hall = at_hall(server)
    hall.open("aoi", comer="legal-representative")
    hall.attach()
    parent = {"representative-name": "見本　健吾", "representative-relation": "父", "no-signing-x509": "yes"}
    baby = FORM | parent | {"born": "2026-02-01"}
    assert hall.tell(baby, photo="fit") == "no-photo-wanted"
    assert hall.tell(baby, photo="none-wanted") == "draft"


def change_record(server: ServerForTests, reason: Reason) -> None:
    change: dict[Reason, dict[str, Any]] = {
        Reason.DIED: {"died": date(2026, 6, 10)},
        Reason.MOVED_OUT: {"moved_out": date(2026, 6, 10)},
        Reason.NAME_CHANGED: {"name": "別名　健吾"},
    }
    with server.database.writing() as connection:
        if reason is Reason.ADDRESS_CHANGED:
            write_household(connection, MUNICIPALITY, Household("common", "見本県見本市新町2番", "見本　主"))
        else:
            connection.execute(update(residents).where(residents.c.resident_id == "kengo").values(**change[reason]))


CHANGES = [Reason.DIED, Reason.MOVED_OUT, Reason.NAME_CHANGED, Reason.ADDRESS_CHANGED]


@pytest.mark.parametrize("reason", CHANGES)
def test_a_change_of_the_record_ends_it_at_once(server: ServerForTests, reason: Reason) -> None:
    clerk, other = at_counter(server), at_counter(server)
    clerk.taken_in("kengo")
    other.taken_in("taro")
    assert record_changed(parts(server), MUNICIPALITY, ["kengo", "taro"]) == 0
    change_record(server, reason)
    assert record_changed(parts(server), MUNICIPALITY, ["taro"]) == 0
    assert record_changed(parts(server), MUNICIPALITY, ["kengo"]) == 1
    assert clerk.show().shown.standing.reason == reason.value
    assert record_changed(parts(server), MUNICIPALITY, ["kengo"]) == 0
    assert clerk.move("withdraw") == "ended"


def test_another_register_ends_what_it_overtakes(server: ServerForTests) -> None:
    clerk, other = at_counter(server), at_counter(server)
    clerk.taken_in("kengo")
    other.taken_in("taro")
    assert register_replaced(parts(server), MUNICIPALITY) == 0
    change_record(server, Reason.DIED)
    assert register_replaced(parts(server), MUNICIPALITY) == 1
    assert clerk.show().shown.standing.state == "invalidated"
    assert other.show().shown.standing.state == "sent-to-municipality"


@pytest.mark.parametrize("reason", CHANGES)
def test_a_decision_looks_into_the_record_first(server: ServerForTests, reason: Reason) -> None:
    clerk = at_counter(server)
    clerk.taken_in("kengo")
    assert moved(server, clerk, officer(), EventKind.TAKE) == "under-review"
    change_record(server, reason)
    assert moved(server, clerk, officer(), EventKind.APPROVE) == "record-changed"
    standing = clerk.show().shown.standing
    assert (standing.state, standing.reason) == ("invalidated", reason.value)


@pytest.mark.parametrize("reason", CHANGES)
def test_nobody_has_to_tell_what_the_record_says(server: ServerForTests, reason: Reason) -> None:
    clerk, other = at_counter(server), at_counter(server)
    clerk.taken_in("kengo")
    other.taken_in("taro")
    change_record(server, reason)
    assert follow_records(parts(server)) == 0  # looked at just now, when they were opened
    server.clock.advance(LOOKED_AT_EVERY_S)
    assert follow_records(parts(server)) == 1
    assert follow_records(parts(server)) == 0
    assert clerk.show().shown.standing.state == "invalidated"
    assert other.show().shown.standing.state == "sent-to-municipality"


def test_i12_every_step_view_and_refusal_is_in_the_log(server: ServerForTests) -> None:
    clerk = at_counter(server)
    clerk.taken_in("kengo")
    clerk.show()  # the state alone: nothing personal
    moved(server, clerk, officer(), EventKind.TAKE)
    moved(server, clerk, officer(), EventKind.RETURN, Reason.PHOTO)
    clerk.show()
    clerk.read(1)
    clerk.move("send")
    of_it = [(event, detail) for event, detail in entries_of(server) if detail.get("application") == clerk.application]
    steps = [detail["what"] for event, detail in of_it if event == "application-moved"]
    assert steps == ["open", "attach", "attach", "tell", "check-identity", "capture", "send", "take", "return"]
    assert [detail["what"] for event, detail in of_it if event == "viewed"] == ["application", "photo 1"]
    assert {"clerk", "officer"} == {detail["role"] for _, detail in of_it}
    event, detail = entries_of(server)[-1]
    assert (event, detail["reason"]) == ("refused", "no-such-move")
    with server.database.reading() as connection:
        kept = connection.execute(select(application_moves.c.event).order_by(application_moves.c.version))
        assert list(kept.scalars()) == steps
    verified(server)


def test_i11_nothing_of_a_person_lies_open(server: ServerForTests) -> None:
    clerk = at_counter(server)
    clerk.taken_in("kengo")
    clerk.show()
    with server.database.reading() as connection:
        rows = [
            str(tuple(row)).encode()
            for table in (applications, application_moves, application_requests)
            for row in connection.execute(select(table))
        ]
        rows += [row.detail.encode() for row in connection.execute(select(audit_log.c.detail))]
    everything = b"\n".join(rows)
    for said in ("kengo", "見本　健吾", "1980-04-01", "本町"):
        assert said.encode() not in everything


def test_an_alarm_stops_applications_too(server: ServerForTests) -> None:
    clerk = at_counter(server)
    clerk.taken_in("kengo")
    with server.database.writing() as connection:
        connection.execute(update(municipality_state).values(open_alarms=1))
    assert clerk.move("withdraw") == "suspended"
    assert moved(server, clerk, officer(), EventKind.TAKE) == "suspended"
    change_record(server, Reason.DIED)
    assert record_changed(parts(server), MUNICIPALITY, ["kengo"]) == 1


def test_answers_are_forgotten_after_days(server: ServerForTests) -> None:
    at_counter(server).open("kengo")

    def remembered() -> int:
        with server.database.reading() as connection:
            return len(connection.execute(select(application_requests)).all())

    server.clock.advance(REQUEST_KEPT.total_seconds() - 1)
    forget_requests(parts(server))
    assert remembered() == 1
    server.clock.advance(timedelta(seconds=1).total_seconds())
    forget_requests(parts(server))
    assert remembered() == 0
