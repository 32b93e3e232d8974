"""Card applications of many people, moved by several hands at once, against a model that was written down by itself.
Small as a test; `KOUFU_APPLICATIONS=20000` of them with `make applications`, which goes on where it was stopped."""

import json
import os
import tempfile
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from pathlib import Path
from random import Random
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test
from sqlalchemy import func, select

from certserver.applications.attachments import AttachmentKind, MediaType
from certserver.applications.facts import Facts
from certserver.applications.identity import IdentityDocument, ShownDocument
from certserver.applications.mail_delivery import MailKind
from certserver.applications.states import Actor, Event, EventKind, PhotoState, Reason, Role, Route
from certserver.pipeline.card_applications.erasing import erase_on_schedule
from certserver.pipeline.card_applications.moving import move_application
from certserver.pipeline.card_applications.opening import Opening, open_draft
from certserver.pipeline.card_applications.outcomes import Declined, Done
from certserver.pipeline.card_applications.stepping import Request, Which
from certserver.pipeline.card_applications.telling import NewAttachment, attach, tell
from certserver.pipeline.card_applications.who import AtTerminal, Known
from certserver.registers.model import Household
from certserver.registers.writing import write_household, write_resident
from certserver.storage.applications import application_moves, applications
from koufu.applying.words import Comer
from tests.support.card_application_model import RECORD, TABLE, WAITS, Case, Person
from tests.support.card_applications import (
    FORM,
    FORM_ID,
    NEIGHBOUR,
    PHOTO,
    an_application_server,
    outcome,
    parts,
    token,
    verified,
)
from tests.support.registers import make_resident
from tests.support.server import ServerForTests
from tests.support.server_people import MUNICIPALITY
from tests.support.staff import sessions_at

APPLICATIONS = int(os.environ.get("KOUFU_APPLICATIONS", "0"))
"""How many a campaign wants at least, on each database."""
KEPT = Path("build/applications")
"""How far a campaign came, a file for each database; `make clean` begins it anew."""

PEOPLE = {MUNICIPALITY: 30, NEIGHBOUR: 10}
AT_ONCE, COME, STEPS, TRIES, DAY = 3, 20, 50, 20, 3
YEAR_S = 365 * 86_400

CLERKS = (Person("clerk-1", "clerk", MUNICIPALITY), Person("clerk-2", "clerk", MUNICIPALITY))
OFFICERS = (
    *(Person("officer-1", "officer", MUNICIPALITY), Person("officer-2", "officer", MUNICIPALITY)),
    *(Person("officer-3", "officer", NEIGHBOUR), Person("officer-4", "officer", NEIGHBOUR)),
)
HANDS = (
    *CLERKS,
    *OFFICERS,
    Person("clerk-1", "officer", MUNICIPALITY),
    Person("helper-1", "helper", MUNICIPALITY),
    Person("clerk-9", "clerk", "992037"),
    Person("server", "server"),
    Person("maker", "card-maker"),
    Person("mail", "mail"),
    Person("record", "resident-record"),
)
EVENTS = sorted(each.value for each in EventKind)
REASONS = ["", *sorted(each.value for each in Reason)]
DOCUMENTS = (ShownDocument(IdentityDocument.PASSPORT), ShownDocument(IdentityDocument.DRIVING_LICENCE))
ENOUGH = Facts(form=FORM, photo=PhotoState.FIT, pin_form_sealed=True, mail_kind=MailKind.ADDRESSEE_ONLY_SPECIAL)
Try = tuple[Person, str, str]


SEEDS = st.integers(0, 2**32 - 1)
"""What is drawn must not hang on who was first of several threads: rules draw a seed, and go on from there."""


class Counted:
    """How many applications were opened on this database, and which moves were made how often."""

    opened = 0
    made: ClassVar[Counter[tuple[str, str]]] = Counter()

    @classmethod
    def begin(cls, kept: Path) -> None:
        """Goes on where a campaign was stopped; a test always begins anew."""
        cls.opened = 0
        cls.made.clear()
        if APPLICATIONS and kept.exists():
            told = json.loads(kept.read_text())
            cls.opened = told["opened"]
            cls.made.update({(state, event): times for state, event, times in told["made"]})

    @classmethod
    def keep(cls, kept: Path) -> None:
        """Keeps how far it came: only ever what was compared to the end."""
        kept.parent.mkdir(parents=True, exist_ok=True)
        fresh = kept.with_suffix(".new")
        fresh.write_text(
            json.dumps({"opened": cls.opened, "made": [[*key, cls.made[key]] for key in sorted(cls.made)]})
        )
        fresh.replace(kept)


class Applications(RuleBasedStateMachine):
    """The server and everybody who moves applications at it."""

    @initialize(seed=SEEDS)
    def begin(self, seed: int) -> None:
        self.stack = ExitStack()
        folder = self.stack.enter_context(tempfile.TemporaryDirectory(prefix="koufu-applications-"))
        self.server: ServerForTests = self.stack.enter_context(an_application_server(Path(folder)))
        self.threads = self.stack.enter_context(ThreadPoolExecutor(AT_ONCE))
        self.sessions = {each: sessions_at(self.server, each) for each in ("kiosk-1", "hall-1")}
        self.cases: list[Case] = []
        with self.server.database.writing() as connection:
            for code, many in PEOPLE.items():
                write_household(connection, code, Household("many", "見本県どこか1番地", "主"))
                for at in range(many):
                    write_resident(connection, code, make_resident(f"p{at}", "many"))
        # A day like any other goes before what is tried at it.
        self.people_come(seed)
        for at in range(DAY):
            self.work_goes_on(seed + at)

    def teardown(self) -> None:
        if not hasattr(self, "stack"):
            return
        try:
            self._compare()
            self._erase_all()
        finally:
            self.stack.close()

    @rule(seed=SEEDS)
    def people_come(self, seed: int) -> None:
        chance = Random(seed)
        for _ in range(COME):
            home = chance.choice([MUNICIPALITY, MUNICIPALITY, NEIGHBOUR])
            resident = f"p{chance.randrange(PEOPLE[home])}"
            route = chance.choice(["mail", "mail", "counter"])
            self._opened([self._opening(home, resident, route)], home, resident, route)

    @rule(seed=SEEDS)
    def one_comes_to_several_counters_at_once(self, seed: int) -> None:
        chance = Random(seed)
        resident, route = f"p{chance.randrange(PEOPLE[MUNICIPALITY])}", "mail"
        asked = [self._opening(MUNICIPALITY, resident, route) for _ in range(AT_ONCE)]
        self._opened(asked, MUNICIPALITY, resident, route)

    @rule(seed=SEEDS)
    def work_goes_on(self, seed: int) -> None:
        chance = Random(seed)
        for _ in range(STEPS):
            waiting = [each for each in self.cases if each.is_open]
            if waiting:
                self._go_on(chance.choice(waiting), chance)

    @rule(seed=SEEDS)
    def somebody_tries_anything(self, seed: int) -> None:
        chance = Random(seed)
        for _ in range(TRIES if self.cases else 0):
            case = chance.choice(self.cases)
            tried = (chance.choice(HANDS), chance.choice(EVENTS), chance.choice(REASONS))
            seen = case.version - chance.choice([0, 0, 0, 1])
            wanted = case.judge(*tried, seen)
            done = self._move(case, tried, seen)
            assert outcome(done) == wanted, (case, tried)
            if isinstance(done, Done):
                self._made(case, tried, wanted)

    @rule(seed=SEEDS)
    def several_move_one_at_once(self, seed: int) -> None:
        chance = Random(seed)
        waiting = [each for each in self.cases if each.is_open]
        case = chance.choice(waiting) if waiting else None
        could = _legal(case) if case else []
        if case is None or not could:
            return
        tried = [chance.choice(could) for _ in range(AT_ONCE)]
        seen = case.version
        done = self._at_once([partial(self._move, case, one, seen) for one in tried])
        won = [at for at, each in enumerate(done) if isinstance(each, Done)]
        assert len(won) == 1, [outcome(each) for each in done]
        assert {outcome(each) for at, each in enumerate(done) if at != won[0]} == {"moved-meanwhile"}
        wanted = case.judge(*tried[won[0]], seen)
        assert outcome(done[won[0]]) == wanted
        self._made(case, tried[won[0]], wanted)

    @rule(hours=st.integers(1, 48))
    def time_passes(self, hours: int) -> None:
        self.server.clock.advance(hours * 3600)

    @rule()
    def everything_is_as_the_model_has_it(self) -> None:
        self._compare()

    def _opening(self, home: str, resident: str, route: str) -> Callable[[], Done | Declined]:
        terminal = "kiosk-1" if home == MUNICIPALITY else "hall-1"
        staff = ("post-office", "clerk-1", "clerk")
        if home != MUNICIPALITY:
            staff = ("field-intake", "officer-1", "officer")
        session = self.sessions[terminal](MUNICIPALITY, *staff)
        who = AtTerminal(self.server.caller(terminal), MUNICIPALITY, session)
        wanted = Opening(home, resident, Comer.PERSON, Route(route))
        request = Request(token(), f"{home}/{resident}/{route}".encode())
        return lambda: open_draft(parts(self.server), who, request, wanted)

    def _opened(self, asked: list[Callable[[], Done | Declined]], home: str, resident: str, route: str) -> None:
        has_one = any(each.is_open and (each.home, each.resident) == (home, resident) for each in self.cases)
        done = self._at_once(asked) if len(asked) > 1 else [asked[0]()]
        wanted = ["another-is-open"] * len(asked)
        if not has_one:
            wanted[-1] = "draft"
        assert sorted(map(outcome, done)) == wanted
        for each in done:
            if isinstance(each, Done):
                Counted.opened += 1
                case = Case(each.application_id, resident, home, MUNICIPALITY, route)
                case.took_part |= {"clerk-1"} if home == MUNICIPALITY else set()
                self.cases.append(case)

    def _go_on(self, case: Case, chance: Random) -> None:
        """A step that leads on, mostly; where none does, what is missing is told."""
        could = [each for each in _legal(case) if each[1] not in ("withdraw", "lapse", "invalidate", "reject")]
        if chance.random() < 0.05:
            could = _legal(case)
        if case.state in WAITS and (not could or chance.random() < 0.2):
            self._fill(case, chance.choice([*CLERKS, *OFFICERS, HANDS[7]]))
        elif could:
            tried = chance.choice(could)
            wanted = case.judge(*tried, case.version)
            assert outcome(self._move(case, tried, case.version)) == wanted, (case, tried)
            self._made(case, tried, wanted)
        else:
            self._tell_later_facts(case)

    def _fill(self, case: Case, who: Person) -> None:
        known = Known(_actor(who))
        photo = NewAttachment(AttachmentKind.PHOTO, MediaType.JPEG, PHOTO[:2000])
        attached = attach(parts(self.server), known, self._which(case, case.version), photo)
        if not case.fills(who):
            assert outcome(attached) == ("not-now" if case.concerns(who) else "unknown-application")
            return
        if isinstance(attached, Declined):
            # Of one that goes round and round: it may go on with the photos it has.
            assert attached.reason.value == "too-many"
            return
        facts = ENOUGH if who.role == "helper" else replace(ENOUGH, shown=DOCUMENTS)
        told = tell(parts(self.server), known, self._which(case, case.version + 1), facts)
        assert outcome(told) == case.state, (case, who)
        case.filled(who)

    def _tell_later_facts(self, case: Case) -> None:
        if case.state == "approved":
            who, facts, name = Person("server", "server"), Facts(form_id=FORM_ID), {"form-id"}
        else:
            who = next(each for each in OFFICERS if each.municipality == case.home)
            facts, name = Facts(activated=True, taker=Comer.PERSON), {"activated", "taker"}
        told = tell(parts(self.server), Known(_actor(who)), self._which(case, case.version), facts)
        later = case.state in ("card-at-municipality", "set-up", "returned-to-sender", "notice-sent", "reserved")
        assert outcome(told) == (case.state if later or case.state == "approved" else "not-now"), case
        if isinstance(told, Done):
            case.version += 1
            case.has |= name

    def _move(self, case: Case, tried: Try, seen: int) -> Done | Declined:
        who, event, reason = tried
        told = Event(EventKind(event), Reason(reason) if reason else None)
        return move_application(parts(self.server), Known(_actor(who)), self._which(case, seen), told)

    def _made(self, case: Case, tried: Try, after: str) -> None:
        Counted.made[case.state, tried[1]] += 1
        case.made(*tried, after)

    def _which(self, case: Case, seen: int) -> Which:
        return Which(case.home, case.application, seen)

    def _at_once(self, asked: list[Callable[[], Done | Declined]]) -> list[Done | Declined]:
        return [each.result(timeout=60) for each in [self.threads.submit(one) for one in asked]]

    def _compare(self) -> None:
        with self.server.database.reading() as connection:
            rows = connection.execute(
                select(applications.c.application, applications.c.state, applications.c.version)
            ).all()
            made = connection.execute(
                select(application_moves.c.application, func.count(), func.max(application_moves.c.version)).group_by(
                    application_moves.c.application
                )
            ).all()
        assert {tuple(row) for row in rows} == {(each.application, each.state, each.version) for each in self.cases}
        assert {tuple(row) for row in made} == {(each.application, each.version, each.version) for each in self.cases}
        for municipality in PEOPLE:
            verified(self.server, municipality)

    def _erase_all(self) -> None:
        """A year later nothing personal is left of what ended or was left lying; the rest waits for its officer."""
        for _ in range(2):
            self.server.clock.advance(YEAR_S)
            while erase_on_schedule(parts(self.server)):
                pass
        with self.server.database.reading() as connection:
            rows = {row.application: row for row in connection.execute(select(applications))}
        for case in self.cases:
            row = rows[case.application]
            ended = not case.is_open or case.state in WAITS
            assert (row.encrypted_key is None, row.person is None) == (ended, ended), case
            assert row.state == ("withdrawn" if case.state in WAITS else case.state)
        for municipality in PEOPLE:
            verified(self.server, municipality)


def _actor(who: Person) -> Actor:
    return Actor(who.mark, Role(who.role), who.municipality)


def _legal(case: Case) -> list[Try]:
    """Everything that the model lets happen now."""
    record = [(HANDS[-1], "invalidate", reason) for reason in RECORD.split()]
    tries = [
        (who, event, reason)
        for (state, event), row in TABLE.items()
        if state == case.state
        for who in HANDS
        for reason in (row[2].split() or [""])
    ]
    return [each for each in (*tries, *record) if _is_state(case.judge(*each, case.version))]


def _is_state(word: str) -> bool:
    return word in {row[1] for row in TABLE.values()} | {"invalidated"}


SMALL = settings(
    max_examples=4,
    stateful_step_count=15,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    derandomize=True,
    # Of threads that race no smaller example comes out the same: the first that fails is told as it is.
    phases=[Phase.generate],
)
LARGE = settings(SMALL, max_examples=5, stateful_step_count=40, derandomize=False)
"""So many at a time: how far it came is told after each."""


@pytest.mark.timeout(0)
def test_many_applications_moved_by_many_hands_at_once(either_database: None, request: pytest.FixtureRequest) -> None:
    kept = KEPT / f"{request.node.callspec.id}.json"
    Counted.begin(kept)
    if not APPLICATIONS:
        run_state_machine_as_test(Applications, settings=SMALL)
    while Counted.opened < APPLICATIONS:
        run_state_machine_as_test(Applications, settings=LARGE)
        Counted.keep(kept)
        print(f"{Counted.opened} applications so far", flush=True)
    print(f"{Counted.opened} applications, {sum(Counted.made.values())} moves of {len(Counted.made)} kinds")
    assert Counted.opened > 20
    if APPLICATIONS:
        assert not {key for key, row in TABLE.items() if "never" not in row[3]} - Counted.made.keys()
