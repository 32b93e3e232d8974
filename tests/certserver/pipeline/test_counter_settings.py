"""What a municipality sets for its counters counts from its instant on: documents that identify, and the card maker."""

from collections.abc import Iterator
from datetime import date, time
from pathlib import Path

import pytest

from certserver.applications.counter_settings import IdentitySetting, MakerSetting
from certserver.applications.identity import Combination, IdentityDocument
from certserver.pipeline.card_applications.counter_rows import set_identity, set_maker
from certserver.ports import unix
from koufu.v1 import applications_pb2 as wire
from tests.support.card_applications import Counter, an_application_server, at_counter, at_hall
from tests.support.server import ServerForTests
from tests.support.server_people import MUNICIPALITY

HOUR = 3600


@pytest.fixture
def server(tmp_path: Path) -> Iterator[ServerForTests]:
    with an_application_server(tmp_path) as made:
        yield made


def in_an_hour(server: ServerForTests) -> int:
    return unix(server.clock.now()) + HOUR


def begins(counter: Counter, server: ServerForTests, case: str, *shown: str) -> bool:
    request = wire.BeginProcedureRequest(
        desk=counter.desk,
        numbers=[wire.CaseNumber(usage=usage, number=case * 16) for usage in ("user-auth", "signing")],
        procedure="pin-reset",
        about=["user-auth"],
        comer="person",
        shown=[wire.ShownDocument(kind=each) for each in shown],
        user_auth_x509=server.card("kengo").user_auth_x509,
    )
    reply: wire.BeginProcedureReply = counter.call.BeginProcedure(request)
    return reply.HasField("begun")


def test_documents_count_in_the_classes_of_the_municipality_from_its_day_on(server: ServerForTests) -> None:
    setting = IdentitySetting(
        in_an_hour(server),
        class_a=(IdentityDocument.PASSPORT,),
        class_b=(IdentityDocument.DRIVING_LICENCE,),
        combinations=(Combination.A_AND_B,),
    )
    with server.database.writing() as connection:
        set_identity(connection, MUNICIPALITY, setting)
    clerk = at_counter(server)
    clerk.open("kengo")
    assert clerk.tell(shown=("driving-licence", "individual-number-card")) == "draft"
    assert begins(clerk, server, "a1", "driving-licence")
    server.clock.advance(HOUR)
    assert clerk.tell(shown=("driving-licence", "individual-number-card")) == "not-proven", "one B, and one of no class"
    assert clerk.tell(shown=("driving-licence", "passport")) == "draft"
    assert not begins(clerk, server, "b2", "driving-licence")
    assert begins(clerk, server, "c3", "passport")


def likely(server: ServerForTests) -> str:
    claim = wire.ExpressClaim(code="lost", happened_on="2026-06-10")
    hall = at_hall(server)
    asked = wire.ExpressAsked(claims=[claim], comes=True, wants_x509=True)
    question = wire.AskExpressRequest(desk=hall.desk, municipality=MUNICIPALITY, resident="kengo", asked=asked)
    reply: wire.AskExpressReply = hall.call.AskExpress(question)
    return reply.granted.likely_from


def test_express_cards_come_later_when_others_wait_or_the_maker_rests(server: ServerForTests) -> None:
    before, now = likely(server), unix(server.clock.now())
    with server.database.writing() as connection:
        set_maker(connection, MUNICIPALITY, MakerSetting(now, cards_ahead=20_000))
    waiting = likely(server)
    with server.database.writing() as connection:
        rests = tuple(date(2026, 6, day) for day in range(10, 20))
        set_maker(connection, MUNICIPALITY, MakerSetting(now, time(9, 0), rests))
    assert before < waiting < likely(server)
