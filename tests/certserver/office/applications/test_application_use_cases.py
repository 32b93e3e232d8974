"""What officers see and do with card applications, asked of the use cases that command line and console share."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from certserver.applications.mail_delivery import MailKind
from certserver.applications.states import OPEN, EventKind, Reason, Route, State
from certserver.errors import NoSuchEntry, NotAllowed
from certserver.office.applications.acting import NotDone
from certserver.office.applications.checks import Checked
from certserver.office.applications.deciding import Decision, decide, mail_out, possible
from certserver.office.applications.elsewhere import hand_over, taken_in_for_others
from certserver.office.applications.express import queue
from certserver.office.applications.inbox import ELSEWHERE, STATES, Due, Group, Wanted, counted, inbox, listed, waiting
from certserver.office.applications.looking import attached, look
from certserver.office.applications.proxy import Ticked, check_list
from certserver.office.desk import Desk
from certserver.office.purposes import Purpose
from certserver.office.purposes import Reason as ForWhat
from certserver.office.rights import Officer, OfficeRole
from certserver.ports import in_japan, unix
from certserver.registers.model import Withholding
from certserver.registers.withholding import write_withholding
from koufu.v1 import applications_pb2 as wire
from tests.support.card_applications import (
    NEIGHBOUR,
    PHOTO,
    Counter,
    an_application_server,
    at_counter,
    at_hall,
    entries_of,
    verified,
)
from tests.support.office import a_desk
from tests.support.server import ServerForTests
from tests.support.server_people import MUNICIPALITY
from tests.support.server_settings import POST_OFFICE, TOWN_HALL

DAY_S = 86_400
PURPOSE = Purpose(ForWhat.DECISION, "2026-17")


@pytest.fixture
def server(either_database: None, tmp_path: Path) -> Iterator[ServerForTests]:
    with an_application_server(tmp_path) as made:
        yield made


@pytest.fixture
def desk(server: ServerForTests) -> Desk:
    return a_desk(server, "aoi", OfficeRole.CARD_OFFICER)


def express_at_hall(server: ServerForTests, resident: str) -> Counter:
    hall = at_hall(server)
    today = in_japan(unix(server.clock.now())).date().isoformat()
    asked = wire.ExpressAsked(claims=[wire.ExpressClaim(code="lost", happened_on=today)], comes=True, wants_x509=True)
    assert hall.open(resident, express=True, express_asked=asked) == "draft", hall.refusal
    assert hall.completed() == "sent-to-municipality", hall.refusal
    return hall


def for_the_neighbour(server: ServerForTests) -> Counter:
    """An application of somebody who lives next door, captured at the town hall's counter in the field."""
    field = at_hall(server, place="field-intake", residence=NEIGHBOUR)
    assert field.open("hana", "counter") == "draft", field.refusal
    assert field.attach() == "draft"
    form = {"name": "隣　花", "address": "見本県隣市一丁目1番", "born": "1980-04-01", "sex": "female"}
    more = {"signature-kind": "handwritten", "intent-affirmed-by": "own-key", "intent-expressed-by": "speech"}
    assert field.tell(form | more, ("driving-licence", "passport"), photo="fit") == "draft", field.refusal
    assert field.move("check-identity") == "identity-checked", field.refusal
    assert field.move("capture") == "captured", field.refusal
    return field


EVERYTHING: dict[str, Callable[[Desk, str], object]] = {
    "inbox": lambda desk, _: inbox(desk, Wanted()),
    "listed": lambda desk, _: listed(desk, frozenset(State)),
    "counted": lambda desk, _: counted(desk),
    "waiting": lambda desk, _: waiting(desk),
    "look": lambda desk, which: look(desk, which, PURPOSE),
    "attached": lambda desk, which: attached(desk, which, 1, PURPOSE),
    "check list": lambda desk, which: check_list(desk, which, None, PURPOSE),
    "decide": lambda desk, which: decide(desk, which, Decision(EventKind.TAKE)),
    "mail out": lambda desk, which: mail_out(desk, which, MailKind.REGISTERED),
    "queue": lambda desk, _: queue(desk),
    "elsewhere": lambda desk, _: taken_in_for_others(desk),
    "hand over": lambda desk, which: hand_over(desk, which, 1),
}


def test_only_card_officers_see_and_decide(server: ServerForTests) -> None:
    clerk = at_counter(server)
    clerk.taken_in()
    for role in OfficeRole:
        if role is OfficeRole.CARD_OFFICER:
            continue
        for does in EVERYTHING.values():
            with pytest.raises(NotAllowed):
                does(a_desk(server, "sora", role), clerk.application)
    assert not [detail for event, detail in entries_of(server) if event == "viewed"]


def test_whoever_loses_the_right_meanwhile_does_nothing(server: ServerForTests, desk: Desk) -> None:
    clerk = at_counter(server)
    clerk.taken_in()
    gone = replace(desk, stands=lambda _connection: None)
    demoted = replace(desk, stands=lambda _connection: Officer("aoi", frozenset({OfficeRole.VIEWER})))
    for each in (gone, demoted):
        for does in (EVERYTHING["look"], EVERYTHING["attached"], EVERYTHING["decide"]):
            with pytest.raises(NotAllowed):
                does(each, clerk.application)
    assert clerk.show().shown.standing.state == "sent-to-municipality"


def test_express_comes_first_then_what_is_due_and_pages_hold_together(server: ServerForTests, desk: Desk) -> None:
    ordinary = at_counter(server)
    ordinary.taken_in("kengo")
    server.clock.advance(1 * DAY_S)
    later = at_counter(server)
    later.taken_in("aoi")
    express = express_at_hall(server, "taro")
    order = [express.application, ordinary.application, later.application]
    found = inbox(desk, Wanted())
    assert [each.application_id for each in found.entries] == order
    assert found.further is None
    assert [each.express for each in found.entries] == [True, False, False]
    seen, after = [], None
    for _ in order:
        page = inbox(desk, Wanted(after=after, most=1))
        seen += [each.application_id for each in page.entries]
        after = page.further
    assert (seen, after) == (order, None)


def test_the_inbox_is_asked_by_place_deadline_and_state(server: ServerForTests, desk: Desk) -> None:
    clerk, hall = at_counter(server), at_hall(server)
    clerk.taken_in("kengo")
    assert hall.open("aoi", "counter") == "draft"

    def found(**wanted: object) -> list[str]:
        return [each.application_id for each in inbox(desk, Wanted(**wanted)).entries]  # type: ignore[arg-type]

    assert found() == found(place=POST_OFFICE.name) == [clerk.application]
    assert found(place=TOWN_HALL.name) == found(place=ELSEWHERE) == found(express=True) == []
    assert found(states=STATES[Group.INTAKE]) == [hall.application]
    assert (found(due=Due.OVER), found(due=Due.WEEK)) == ([], [clerk.application])
    server.clock.advance(20 * DAY_S)
    assert found(due=Due.OVER) == [clerk.application]
    assert (waiting(desk).all, waiting(desk).over, waiting(desk).express) == (1, 1, 0)
    counts = counted(desk)
    assert (counts[Group.DECISION], counts[Group.INTAKE], counts[Group.TAKER]) == (1, 1, 0)
    decide(desk, clerk.application, Decision(EventKind.TAKE))
    assert found(due=Due.OVER) == [clerk.application], "taking it up gives no more time"


def test_every_open_state_stands_in_one_group() -> None:
    grouped = [state for states in STATES.values() for state in states]
    assert len(grouped) == len(set(grouped))
    assert set(grouped) == OPEN


def test_i12_a_view_is_noted_with_its_purpose_and_who_looked(server: ServerForTests, desk: Desk) -> None:
    clerk = at_counter(server)
    clerk.taken_in()
    looked = look(desk, clerk.application, PURPOSE)
    assert looked.shown.personal is not None
    assert attached(desk, clerk.application, 1, PURPOSE).content == PHOTO
    check_list(desk, clerk.application, None, PURPOSE)
    views = [detail for event, detail in entries_of(server) if event == "viewed"]
    assert [each["what"] for each in views] == ["application", "photo 1", "application"]
    assert {each["reason"] for each in views} == {"decision 2026-17"}
    assert {each["officer"] for each in views} == {"aoi"}
    for missing in (99, 0):
        with pytest.raises(NoSuchEntry):
            attached(desk, clerk.application, missing, PURPOSE)
    verified(server)


def test_a_decision_counts_for_what_was_seen(server: ServerForTests, desk: Desk) -> None:
    clerk = at_counter(server)
    clerk.taken_in()
    seen = look(desk, clerk.application, PURPOSE).shown.standing.version
    decide(desk, clerk.application, Decision(EventKind.TAKE, seen))
    with pytest.raises(NotDone) as refused:
        decide(desk, clerk.application, Decision(EventKind.APPROVE, seen))
    assert refused.value.why == "moved-meanwhile"
    with pytest.raises(NotDone) as refused:
        decide(a_desk(server, "clerk-1", OfficeRole.CARD_OFFICER), clerk.application, Decision(EventKind.APPROVE))
    assert (refused.value.why, refused.value.needs) == ("need", ("no-clerk-of-it",))
    done = decide(desk, clerk.application, Decision(EventKind.RETURN, seen + 1, Reason.PHOTO))
    assert done.state is State.RETURNED
    looked = look(desk, clerk.application, PURPOSE)
    assert [check.came for check in looked.checks if check.what == "photo"] == [Checked.WANTING]
    # What waits at the counter may be withdrawn for the applicant, and nothing else.
    assert [each.event for each in looked.possible] == ["withdraw"]


def test_what_may_be_done_follows_where_it_stands() -> None:
    told = {state: [each.event for each in possible(state, Route.MAIL)] for state in State}
    assert told[State.SENT_TO_MUNICIPALITY] == ["take"]
    assert told[State.UNDER_REVIEW] == ["approve", "return", "reject"]
    assert told[State.SET_UP] == ["mail-out"]
    assert told[State.EXPIRED_HOLD] == ["dispose"]
    assert told[State.RESERVED] == []
    assert told[State.DELIVERED] == []
    assert [each.event for each in possible(State.SET_UP, Route.COUNTER)] == ["notify"]


def test_checks_say_what_holds_and_where_a_person_looks(server: ServerForTests, desk: Desk) -> None:
    clerk = at_counter(server)
    clerk.taken_in("kengo")
    came = {each.what: each.came for each in look(desk, clerk.application, PURPOSE).checks}
    assert came["record"] is Checked.HOLDS
    assert came["intent"] is Checked.HOLDS
    assert came["mail"] is Checked.HOLDS
    assert came["photo"] is Checked.HOLDS
    # One scan for two documents: somebody has to look.
    assert came["identity"] is Checked.LOOK
    assert "express" not in came


def test_the_proxys_check_list_follows_the_rules_of_today(server: ServerForTests, desk: Desk) -> None:
    clerk = at_counter(server)
    clerk.taken_in("kengo")

    def judged(**ticked: object) -> object:
        found = check_list(desk, clerk.application, Ticked(coming="proxy", **ticked), PURPOSE)  # type: ignore[arg-type]
        assert found.judged is not None
        return found.judged

    nothing = judged(case="pregnant")
    assert getattr(nothing, "proxy", "") == "not-supported"
    assert "reply" in getattr(nothing, "lacks", ())
    whole = judged(
        case="pregnant",
        brought=("maternity-book",),
        of_holder=("driving-licence", "passport"),
        of_taker=("driving-licence", "pension-document"),
        also=frozenset({"reply", "letter-of-attorney", "pin-form"}),
    )
    assert getattr(whole, "complete", False)
    assert getattr(judged(case="busy"), "proxy", "") == "not-a-case"
    for wrong in ({"case": "asleep"}, {"brought": ("a-note",)}, {"of_holder": ("library-card",)}):
        with pytest.raises(ValueError, match=r"asleep|a-note|library-card"):
            judged(**wrong)


def test_the_express_queue_tells_a_range_and_the_makers_day(server: ServerForTests, desk: Desk) -> None:
    hall = express_at_hall(server, "taro")
    found = queue(desk)
    assert [each.application_id for each in found.queued] == [hall.application]
    assert found.here == 1
    assert found.pace.a_day == 10_000
    likely = found.queued[0].likely
    assert likely is not None
    assert likely[0] < likely[1]
    assert found.pace.likely == likely


def test_what_was_taken_in_for_another_municipality_is_handed_over_and_then_only_its_state_is_told(
    server: ServerForTests, desk: Desk
) -> None:
    field = for_the_neighbour(server)
    (waits,) = taken_in_for_others(desk)
    assert (waits.residence, waits.state, waits.ready, waits.waits_here) == (NEIGHBOUR, "captured", True, True)
    assert hand_over(desk, field.application, waits.version) is State.SENT_TO_MUNICIPALITY
    (sent,) = taken_in_for_others(desk)
    assert (sent.ready, sent.waits_here) == (False, False)
    there = a_desk(server, "sora", OfficeRole.CARD_OFFICER, municipality=NEIGHBOUR)
    assert [each.reception for each in inbox(there, Wanted(place=ELSEWHERE)).entries] == [MUNICIPALITY]
    assert inbox(desk, Wanted()).entries == ()
    # It is the other municipality's: nothing of it is opened or decided here.
    for does in (EVERYTHING["look"], EVERYTHING["decide"], EVERYTHING["attached"]):
        with pytest.raises(NoSuchEntry):
            does(desk, field.application)
    with pytest.raises(NoSuchEntry):
        hand_over(there, field.application, sent.version)
    noted = [detail for event, detail in entries_of(server, NEIGHBOUR) if event == "application-moved"]
    assert noted[-1]["what"] == "send"
    verified(server, NEIGHBOUR)


def test_i14_whoever_is_withheld_next_door_is_unknown_here(server: ServerForTests, desk: Desk) -> None:
    field = for_the_neighbour(server)
    (waits,) = taken_in_for_others(desk)
    with server.database.writing() as connection:
        write_withholding(connection, NEIGHBOUR, "hana", frozenset({Withholding.PROTECTIVE_MEASURE}))
    assert taken_in_for_others(desk) == ()
    with pytest.raises(NoSuchEntry):
        hand_over(desk, field.application, waits.version)
