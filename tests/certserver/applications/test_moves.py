"""How a card application moves: every row of the table, each thing that must hold taken away by itself, who may, when,
why; and that no walk through it breaks what must always hold."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from random import Random

import pytest

from certserver.applications.identity import Combination
from certserver.applications.mail_delivery import MailCondition, MailKind
from certserver.applications.moves import MOVES, Move, Need
from certserver.applications.moving import MoveRefusal, Refused, Sight, may_open, move, sight
from certserver.applications.states import (
    OF_A_MUNICIPALITY,
    OPEN,
    TERMINAL,
    Actor,
    CardApplication,
    Event,
    EventKind,
    IdentityCheck,
    Moved,
    MoveEntry,
    OldCard,
    PhotoState,
    Reason,
    Role,
    Route,
    State,
)
from koufu.applying.words import Comer
from tests.support.card_application_model import RECORD, TABLE

START = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
LATER = START + timedelta(minutes=5)
HOME, ELSEWHERE, THIRD = "992010", "992020", "992038"
S, E = State, EventKind

# The plan's table (and what was added to it, below the line), written out once more: from, event, to.
PLANNED = {
    (S.DRAFT, E.CHECK_IDENTITY, S.IDENTITY_CHECKED),
    (S.DRAFT, E.WITHDRAW, S.WITHDRAWN),
    (S.IDENTITY_CHECKED, E.CAPTURE, S.CAPTURED),
    (S.CAPTURED, E.SEND, S.SENT_TO_MUNICIPALITY),
    (S.SENT_TO_MUNICIPALITY, E.TAKE, S.UNDER_REVIEW),
    (S.UNDER_REVIEW, E.RETURN, S.RETURNED),
    (S.UNDER_REVIEW, E.REJECT, S.REJECTED),
    (S.UNDER_REVIEW, E.APPROVE, S.APPROVED),
    (S.RETURNED, E.CAPTURE, S.CAPTURED),
    (S.APPROVED, E.ORDER_CARD, S.SENT_TO_MAKER),
    (S.SENT_TO_MAKER, E.REPORT_DEFECT, S.MAKER_DEFECT),
    (S.SENT_TO_MAKER, E.ACCEPT, S.MANUFACTURING),
    (S.MAKER_DEFECT, E.CAPTURE, S.CAPTURED),
    (S.MAKER_DEFECT, E.WITHDRAW, S.WITHDRAWN),
    (S.MANUFACTURING, E.SHIP_TO_MUNICIPALITY, S.CARD_AT_MUNICIPALITY),
    (S.MANUFACTURING, E.SET_UP, S.SET_UP_AT_MAKER),
    (S.CARD_AT_MUNICIPALITY, E.SET_UP, S.SET_UP),
    (S.SET_UP, E.MAIL_OUT, S.MAILED),
    (S.SET_UP, E.NOTIFY, S.NOTICE_SENT),
    (S.SET_UP_AT_MAKER, E.MAIL_OUT, S.MAILED),
    (S.MAILED, E.ANNOUNCE, S.ARRIVAL_NOTICE),
    (S.MAILED, E.BRING_BACK, S.RETURNED_TO_SENDER),
    (S.ARRIVAL_NOTICE, E.DELIVER, S.DELIVERED),
    (S.ARRIVAL_NOTICE, E.BRING_BACK, S.RETURNED_TO_SENDER),
    (S.RETURNED_TO_SENDER, E.NOTIFY, S.NOTICE_SENT),
    (S.NOTICE_SENT, E.RESERVE, S.RESERVED),
    (S.NOTICE_SENT, E.EXPIRE, S.EXPIRED_HOLD),
    (S.RESERVED, E.DELIVER, S.DELIVERED),
    *((state, E.INVALIDATE, S.INVALIDATED) for state in OPEN),
}
ADDED = {
    (S.DRAFT, E.CAPTURE, S.CAPTURED),  # help with the form alone
    (S.RETURNED, E.CHECK_IDENTITY, S.IDENTITY_CHECKED),
    (S.MAILED, E.DELIVER, S.DELIVERED),  # registered mail
    (S.RESERVED, E.MISS, S.NOTICE_SENT),
    (S.EXPIRED_HOLD, E.DISPOSE, S.DISPOSED),
    (S.IDENTITY_CHECKED, E.WITHDRAW, S.WITHDRAWN),
    (S.CAPTURED, E.WITHDRAW, S.WITHDRAWN),
    (S.RETURNED, E.WITHDRAW, S.WITHDRAWN),
    *((state, E.LAPSE, S.WITHDRAWN) for state in (S.DRAFT, S.IDENTITY_CHECKED, S.CAPTURED, S.RETURNED, S.MAKER_DEFECT)),
}


def test_the_table_is_the_plans_and_what_was_added() -> None:
    assert {(row.before, row.event, row.after) for row in MOVES} == PLANNED | ADDED
    assert len(MOVES) == len({(row.before, row.event) for row in MOVES})


def test_who_moves_it_where_and_why_is_what_the_machine_s_model_says() -> None:
    """The campaign of `make applications` judges by a second writing of the table: a row that changes changes both."""
    modelled = {
        (before, event): (set(roles.split()), after, set(reasons.split()))
        for (before, event), (roles, after, reasons, _) in TABLE.items()
    }
    # The applicant acts at no terminal of the machine's; the register's own moves are one rule of it.
    ours = {
        (row.before.value, row.event.value): (
            {role.value for role in row.roles} - {Role.APPLICANT.value},
            row.after.value,
            {reason.value for reason in row.reasons},
        )
        for row in MOVES
        if row.event is not E.INVALIDATE
    }
    assert ours == modelled
    assert {frozenset(row.reasons) for row in MOVES if row.event is E.INVALIDATE} == {
        frozenset(Reason(word) for word in RECORD.split())
    }


def test_nothing_leaves_an_end_and_every_open_state_is_reached_and_left() -> None:
    assert not {row.before for row in MOVES} & TERMINAL
    assert {row.before for row in MOVES} == OPEN
    assert {row.after for row in MOVES} == set(State) - {S.DRAFT}


CHECKED = IdentityCheck("clerk-1", START, Combination.A_AND_B)


def ready(row: Move) -> CardApplication:
    """An application for which everything holds that a row needs."""
    counter = Need.COUNTER_ROUTE in row.needs
    direct = Need.DIRECT_MAIL in row.needs
    return CardApplication(
        "a-1",
        residence_municipality=HOME,
        reception_municipality=HOME,
        route=Route.COUNTER if counter else Route.MAIL,
        moved_at=START,
        state=row.before,
        express=Need.EXPRESS in row.needs,
        combination=Combination.A_AND_B,
        identity=CHECKED,
        form_complete=True,
        photo=PhotoState.FIT,
        pin_form_sealed=True,
        form_id="1" * 23,
        old_card=OldCard.HANDED_IN,
        mail_kind=MailKind.SIMPLE_REGISTERED if direct else MailKind.ADDRESSEE_ONLY_SPECIAL,
        taker=Comer.PERSON,
        mail_unmet=(),
        activated=True,
        clerks=frozenset({"clerk-1"}),
    )


def actor(role: Role, municipality: str = HOME) -> Actor:
    return Actor(f"{role.value}-1", role, municipality if role in OF_A_MUNICIPALITY else None)


def event(row: Move, reason: Reason | None = None) -> Event:
    return Event(row.event, reason or min(row.reasons, key=lambda each: each.value, default=None))


def name(row: object) -> str:
    return f"{row.before.value} {row.event.value}" if isinstance(row, Move) else str(row)


EVERY_ROW = pytest.mark.parametrize("row", MOVES, ids=name)


@EVERY_ROW
def test_every_row_moves_and_leaves_an_entry(row: Move) -> None:
    for role in row.roles:
        who = actor(role)
        moved = move(ready(row), event(row), who, LATER)
        assert isinstance(moved, Moved), moved
        assert (moved.application.state, moved.application.moved_at) == (row.after, LATER)
        entry = moved.entry
        assert (entry.before, entry.event, entry.after) == (row.before, row.event, row.after)
        assert (entry.actor_id, entry.role, entry.municipality, entry.at) == (*_of(who), LATER)
        assert entry.reason in (row.reasons or {None})
        assert entry.application_id == "a-1"


def _of(who: Actor) -> tuple[str, Role, str | None]:
    return who.actor_id, who.role, who.municipality


@EVERY_ROW
def test_no_other_role_moves_it(row: Move) -> None:
    for role in set(Role) - row.roles:
        assert move(ready(row), event(row), actor(role), LATER) == Refused(MoveRefusal.OTHER_ROLE)


def without(need: Need, row: Move) -> tuple[CardApplication, Actor]:
    """Application and actor for which a need does not hold."""
    application, who = ready(row), actor(min(row.roles, key=lambda role: role.value))
    if Role.OFFICER in row.roles:
        who = actor(Role.OFFICER)
    stranger = replace(who, municipality=THIRD)
    counter, mail = Route.COUNTER, Route.MAIL
    changed: dict[Need, tuple[CardApplication, Actor]] = {
        Need.RECEPTION: (application, stranger),
        Need.EITHER: (application, stranger),
        Need.RESIDENCE: (application, stranger),
        Need.NO_CLERK_OF_IT: (replace(application, clerks=frozenset({who.actor_id})), who),
        Need.IDENTITY_PROVEN: (replace(application, combination=None), who),
        Need.IDENTITY_CHECKED: (replace(application, identity=None), who),
        Need.COUNTER_ROUTE: (replace(application, route=mail), who),
        Need.MAIL_ROUTE: (replace(application, route=counter, express=False), who),
        Need.IDENTITY_FOR_MAIL: (replace(application, route=mail, identity=None), who),
        Need.MAIL_CONDITIONS: (replace(application, route=mail, mail_unmet=(MailCondition.NO_FORWARDING,)), who),
        Need.FORM_COMPLETE: (replace(application, form_complete=False), who),
        Need.PHOTO_SETTLED: (replace(application, photo=PhotoState.MISSING), who),
        Need.PIN_FORM: (replace(application, route=mail, pin_form_sealed=False), who),
        Need.FORM_ID: (replace(application, form_id=None), who),
        Need.EXPRESS: (replace(application, express=False), who),
        Need.NOT_EXPRESS: (replace(application, route=mail, express=True), who),
        Need.OLD_CARD_SETTLED: (replace(application, old_card=OldCard.TO_HAND_IN), who),
        Need.ANNOUNCED_MAIL: (replace(application, mail_kind=MailKind.SIMPLE_REGISTERED), who),
        Need.DIRECT_MAIL: (replace(application, mail_kind=MailKind.ADDRESSEE_ONLY_SPECIAL), who),
        Need.MAIL_KIND: (replace(application, mail_kind=MailKind.ADDRESSEE_ONLY_BASIC), who),
        Need.TAKER_ADMITTED: (replace(application, taker=None), who),
        Need.ACTIVATED: (replace(application, activated=False), who),
    }
    return changed[need]


# What can't be taken away without taking another with it, in the same row.
TOGETHER = {
    Need.COUNTER_ROUTE: set[Need](),
    Need.IDENTITY_CHECKED: {Need.IDENTITY_FOR_MAIL},
    Need.IDENTITY_FOR_MAIL: {Need.IDENTITY_CHECKED, Need.COUNTER_ROUTE},
    Need.MAIL_CONDITIONS: {Need.COUNTER_ROUTE},
    Need.PIN_FORM: {Need.COUNTER_ROUTE},
}


@pytest.mark.parametrize(("row", "need"), [(row, need) for row in MOVES for need in row.needs], ids=name)
def test_each_thing_that_must_hold_by_itself(row: Move, need: Need) -> None:
    application, who = without(need, row)
    refused = move(application, event(row), who, LATER)
    assert isinstance(refused, Refused)
    assert refused.reason is MoveRefusal.NEED
    assert need in refused.needs
    assert set(refused.needs) - {need} <= TOGETHER.get(need, set())


@EVERY_ROW
def test_a_reason_is_told_where_one_is_wanted_and_only_one_that_fits(row: Move) -> None:
    who = actor(min(row.roles, key=lambda role: role.value))
    for reason in (None, *Reason):
        judged = move(ready(row), Event(row.event, reason), who, LATER)
        fits = reason in row.reasons if row.reasons else reason is None
        assert isinstance(judged, Moved) if fits else judged == Refused(MoveRefusal.NO_REASON)


@EVERY_ROW
def test_time_goes_on(row: Move) -> None:
    who = actor(min(row.roles, key=lambda role: role.value))
    before = START - timedelta(microseconds=1)
    assert move(ready(row), event(row), who, before) == Refused(MoveRefusal.BEFORE_THE_LAST)
    assert isinstance(move(ready(row), event(row), who, START), Moved)
    with pytest.raises(ValueError, match="time zone"):
        move(ready(row), event(row), who, LATER.replace(tzinfo=None))


@pytest.mark.parametrize("state", State)
def test_whatever_is_no_row_is_refused(state: State) -> None:
    application = replace(ready(MOVES[0]), state=state)
    rows = {row.event for row in MOVES if row.before is state}
    expected = MoveRefusal.ENDED if state in TERMINAL else MoveRefusal.NO_SUCH_MOVE
    for kind in set(EventKind) - rows:
        for role in Role:
            assert move(application, Event(kind), actor(role), LATER) == Refused(expected), (kind, role)


REVIEW = [
    row for row in MOVES if row.before in {S.SENT_TO_MUNICIPALITY, S.UNDER_REVIEW} and row.event is not E.INVALIDATE
]


@pytest.mark.parametrize("row", REVIEW, ids=name)
def test_only_the_municipality_of_residence_decides(row: Move) -> None:
    application = replace(ready(row), reception_municipality=ELSEWHERE)
    for municipality, may in ((HOME, True), (ELSEWHERE, False), (THIRD, False)):
        judged = move(application, event(row), actor(Role.OFFICER, municipality), LATER)
        assert isinstance(judged, Moved) is may
        if not may:
            assert judged == Refused(MoveRefusal.NEED, (Need.RESIDENCE,))


@pytest.mark.parametrize("row", REVIEW, ids=name)
@pytest.mark.parametrize("was", [Role.CLERK, Role.HELPER])
def test_who_took_it_in_as_a_clerk_decides_nothing_even_as_an_officer(row: Move, was: Role) -> None:
    captured = next(each for each in MOVES if (each.before, each.event) == (S.CAPTURED, E.SEND))
    sent = move(ready(captured), event(captured), Actor("both", was, HOME), LATER)
    assert isinstance(sent, Moved)
    application = replace(sent.application, state=row.before)
    judged = move(application, event(row), Actor("both", Role.OFFICER, HOME), LATER)
    assert judged == Refused(MoveRefusal.NEED, (Need.NO_CLERK_OF_IT,))


def test_the_check_of_identity_says_who_when_and_by_what() -> None:
    row = next(row for row in MOVES if row.event is E.CHECK_IDENTITY)
    draft = replace(ready(row), identity=None)
    moved = move(draft, event(row), actor(Role.CLERK), LATER)
    assert isinstance(moved, Moved)
    assert moved.application.identity == IdentityCheck("clerk-1", LATER, Combination.A_AND_B)


def test_help_with_the_form_alone_never_ends_in_the_mail() -> None:
    row = next(row for row in MOVES if (row.before, row.event) == (S.DRAFT, E.CAPTURE))
    draft = replace(ready(row), identity=None, combination=None)
    captured = move(draft, event(row), actor(Role.HELPER), LATER)
    assert isinstance(captured, Moved)
    by_mail = replace(captured.application, route=Route.MAIL)
    assert move(by_mail, Event(E.SEND), actor(Role.HELPER), LATER) == Refused(
        MoveRefusal.NEED, (Need.IDENTITY_FOR_MAIL,)
    )
    set_up = replace(by_mail, state=S.SET_UP, activated=True)
    judged = move(set_up, Event(E.MAIL_OUT), actor(Role.OFFICER), LATER)
    assert judged == Refused(MoveRefusal.NEED, (Need.IDENTITY_CHECKED,))


def test_a_card_without_a_pin_needs_no_pin_form() -> None:
    row = next(row for row in MOVES if (row.before, row.event) == (S.IDENTITY_CHECKED, E.CAPTURE))
    application = replace(ready(row), pin_form_sealed=False, face_auth=True)
    assert isinstance(move(application, event(row), actor(Role.CLERK), LATER), Moved)


@pytest.mark.parametrize("form_id", [None, "", "1" * 22, "1" * 24, "１" * 23, "1" * 22 + "a"])
def test_an_order_wants_23_half_width_digits(form_id: str | None) -> None:
    row = next(row for row in MOVES if row.event is E.ORDER_CARD)
    refused = move(replace(ready(row), form_id=form_id), event(row), actor(Role.SERVER), LATER)
    assert refused == Refused(MoveRefusal.NEED, (Need.FORM_ID,))


@pytest.mark.parametrize("state", State)
def test_one_open_application_a_person(state: State) -> None:
    assert may_open([replace(ready(MOVES[0]), state=state)]) is (state in TERMINAL)
    assert may_open([])


WAITING = {S.DRAFT, S.IDENTITY_CHECKED, S.CAPTURED, S.RETURNED, S.MAKER_DEFECT}


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("role", [role for role in Role if role in OF_A_MUNICIPALITY])
def test_who_took_it_in_for_another_municipality_sees_the_status_alone(state: State, role: Role) -> None:
    application = replace(ready(MOVES[0]), state=state, reception_municipality=ELSEWHERE)
    expected = Sight.ALL if state in WAITING else Sight.STATUS
    assert sight(application, actor(role, ELSEWHERE)) is expected
    assert sight(application, actor(role, THIRD)) is Sight.NOTHING
    at_home = Sight.ALL if role is Role.OFFICER else Sight.NOTHING
    assert sight(application, actor(role, HOME)) is at_home


@pytest.mark.parametrize("role", [role for role in Role if role not in OF_A_MUNICIPALITY])
def test_nobody_else_sees_one_here(role: Role) -> None:
    assert sight(ready(MOVES[0]), actor(role)) is Sight.NOTHING


def test_express_goes_by_mail_and_instants_have_a_zone() -> None:
    good = ready(MOVES[0])
    with pytest.raises(ValueError, match="mail"):
        replace(good, route=Route.COUNTER, express=True)
    with pytest.raises(ValueError, match="time zone"):
        replace(good, moved_at=START.replace(tzinfo=None))
    with pytest.raises(ValueError, match="municipality"):
        Actor("x", Role.CLERK)


def test_the_form_id_stands_in_no_repr() -> None:
    assert "1" * 23 not in repr(ready(MOVES[0]))


WALKS = 1_000
STEPS = 60


def drawn_actor(chance: Random, row: Move) -> Actor:
    """Mostly who may; people have several roles, and some come from elsewhere."""
    roles = sorted(row.roles if chance.random() < 0.9 else Role, key=lambda role: role.value)
    role = chance.choice(roles)
    municipality = chance.choice([HOME] * 8 + [ELSEWHERE, ELSEWHERE, THIRD])
    return Actor(f"person-{chance.randint(1, 4)}", role, municipality if role in OF_A_MUNICIPALITY else None)


def changed(chance: Random, application: CardApplication) -> CardApplication:
    """The application after somebody noted something on it, for better or worse."""
    return chance.choice(
        [
            replace(application, combination=chance.choice([None, Combination.TWO_A])),
            replace(application, form_complete=chance.random() < 0.8),
            replace(application, photo=chance.choice(list(PhotoState))),
            replace(application, pin_form_sealed=chance.random() < 0.8),
            replace(application, old_card=chance.choice(list(OldCard))),
            replace(application, mail_kind=chance.choice(list(MailKind))),
            replace(application, taker=chance.choice([None, *Comer])),
            replace(application, activated=chance.random() < 0.8),
            replace(application, form_id=chance.choice([None, "1" * 23])),
        ]
    )


def walk(chance: Random) -> tuple[CardApplication, list[MoveEntry]]:
    """One application on its way, and what is kept of it."""
    route = chance.choice(list(Route))
    application = replace(
        ready(MOVES[0]),
        identity=None,
        route=route,
        express=route is Route.MAIL and chance.random() < 0.4,
        reception_municipality=chance.choice([HOME, HOME, ELSEWHERE]),
        clerks=frozenset(),
    )
    entries = []
    for step in range(STEPS):
        if application.state in TERMINAL:
            break
        if chance.random() < 0.2:
            application = changed(chance, application)
        rows = [row for row in MOVES if row.before is application.state]
        likely = [row for row in rows if row.event not in {E.INVALIDATE, E.WITHDRAW, E.REJECT}]
        row = chance.choice(likely if chance.random() < 0.95 else rows)
        at = START + timedelta(minutes=step)
        judged = move(application, event(row), drawn_actor(chance, row), at)
        if isinstance(judged, Moved):
            application = judged.application
            entries.append(judged.entry)
    return application, entries


def test_no_walk_breaks_what_must_always_hold() -> None:
    seen: set[State] = set()
    for seed in range(WALKS):
        application, entries = walk(Random(seed))
        seen |= {entry.after for entry in entries}
        for before, after in pairwise(entries):
            assert before.after is after.before, seed
            assert before.at <= after.at, seed
        no_deciders: set[str] = set()
        for at, entry in enumerate(entries):
            so_far = {each.after for each in entries[: at + 1]}
            if entry.event in {E.TAKE, E.RETURN, E.REJECT, E.APPROVE}:
                assert (entry.role, entry.municipality) == (Role.OFFICER, HOME), seed
                assert entry.actor_id not in no_deciders, seed
            if entry.after is S.MAILED:
                assert S.IDENTITY_CHECKED in so_far, seed
            if entry.after is S.SENT_TO_MAKER:
                assert S.APPROVED in so_far, seed
            if entry.after is S.DELIVERED:
                assert {S.MAILED, S.RESERVED} & so_far, seed
            if entry.role in {Role.CLERK, Role.HELPER}:
                no_deciders.add(entry.actor_id)
        assert application.clerks == no_deciders, seed
    assert seen == set(State) - {S.DRAFT}
