"""A koseki at the municipality of registered domicile for whoever lives elsewhere: by an approved enrolment of this
very X.509, and for nobody and nothing else."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from certserver.identity.enrolments import EnrolmentState, decide, read_enrolment
from certserver.registers.koseki_writing import write_koseki
from koufu.evidence.order import OrderLine
from koufu.evidence.words import CertificateKind, Scope
from tests.support.enrolments import answered, apply, offer_koseki
from tests.support.koseki_specimens import TSUJI_KOSEKI
from tests.support.server import ServerForTests, a_server
from tests.support.server_people import MUNICIPALITY
from tests.support.server_visit import Visit, refusal

KOSEKI = OrderLine(CertificateKind.KOSEKI_INDIVIDUAL, Scope.SELF)
KENGO, MISAKI, LEFT = "k1", "k2", "k3"


@pytest.fixture
def server(either_database: None, tmp_path: Path) -> Iterator[ServerForTests]:
    with a_server(tmp_path) as made:
        made.configure(offer_koseki)
        with made.database.writing() as connection:
            write_koseki(connection, MUNICIPALITY, TSUJI_KOSEKI)
        yield made


def decided(server: ServerForTests, number: str, state: EnrolmentState, person_id: str = KENGO) -> None:
    """As an officer would decide."""
    with server.database.writing() as connection:
        enrolment = read_enrolment(connection, MUNICIPALITY, number)
        assert enrolment is not None
        person = (TSUJI_KOSEKI.koseki_id, person_id) if state is EnrolmentState.APPROVED else None
        decide(connection, enrolment, state, "officer-1", 1_781_000_000, person=person)


def enrolled(server: ServerForTests, person_id: str = KENGO) -> tuple[Visit, str]:
    """A newcomer whose enrolment was approved, and its number."""
    visit = server.newcomer()
    answered(visit)
    number = apply(server, visit).number
    decided(server, number, EnrolmentState.APPROVED, person_id)
    return visit, number


def test_whoever_is_enrolled_gets_their_koseki_and_nothing_else(server: ServerForTests) -> None:
    visit, _ = enrolled(server)
    offer = visit.offer()
    assert [kind.kind for kind in offer.kinds] == ["koseki-individual"]
    prepared = visit.prepare(visit.order(KOSEKI))
    assert not prepared[0].HasField("refusal"), prepared[0].refusal.reason
    assert len(visit.accept(visit.release())) == 1


def test_no_residence_kind_can_be_ordered_by_an_enrolment(server: ServerForTests) -> None:
    visit, _ = enrolled(server)
    visit.offer()
    assert refusal(visit.prepare(visit.order())) == "not-offered"


def test_i1_an_enrolment_of_another_x509_helps_nobody(server: ServerForTests) -> None:
    _, _ = enrolled(server)
    other = server.newcomer()
    assert answered(other) == "not-enrolled"


def test_i6_an_enrolment_withdrawn_before_the_release_releases_nothing(server: ServerForTests) -> None:
    visit, number = enrolled(server)
    visit.offer()
    visit.prepare(visit.order(KOSEKI))
    decided(server, number, EnrolmentState.WITHDRAWN)
    assert refusal(visit.release()) == "not-enrolled"


def test_i6_an_enrolment_approved_for_another_person_meanwhile_is_prepared_again(server: ServerForTests) -> None:
    visit, number = enrolled(server)
    visit.offer()
    visit.prepare(visit.order(KOSEKI))
    decided(server, number, EnrolmentState.APPROVED, MISAKI)
    (reply,) = visit.release()
    assert reply.prepare_again


def test_i6_a_person_removed_from_the_koseki_meanwhile_gets_nothing(server: ServerForTests) -> None:
    visit, _ = enrolled(server)
    visit.offer()
    visit.prepare(visit.order(KOSEKI))
    people = tuple(
        replace(person, removed=True) if person.person_id == KENGO else person for person in TSUJI_KOSEKI.people
    )
    with server.database.writing() as connection:
        write_koseki(connection, MUNICIPALITY, replace(TSUJI_KOSEKI, people=people))
    assert refusal(visit.release()) == "not-recorded"


def test_i6_a_card_revoked_meanwhile_releases_nothing(server: ServerForTests) -> None:
    visit, _ = enrolled(server)
    visit.offer()
    visit.prepare(visit.order(KOSEKI))
    server.revoke(visit.persona)
    assert refusal(visit.release()) == "x509-revoked"


def test_a_card_that_became_a_residents_meanwhile_begins_anew(server: ServerForTests) -> None:
    visit, _ = enrolled(server)
    visit.offer()
    visit.prepare(visit.order(KOSEKI))
    server.link(visit.persona, "taro")
    assert refusal(visit.release()) == "x509-unknown"


def test_whoever_left_the_koseki_is_told_so(server: ServerForTests) -> None:
    visit, _ = enrolled(server, LEFT)
    assert visit.open().HasField("opened")
    told = visit.answer_challenge()
    kinds = {kind.refusal for kind in told.offer.kinds} if told.HasField("offer") else {told.refusal.reason}
    assert kinds == {"not-recorded"}
