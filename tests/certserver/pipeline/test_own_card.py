"""One document with a photo and the PIN of one's present card (A+PIN): that the PIN was right the server's own session
says, never the terminal."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from certserver.pipeline.sessions import SESSION_LIFETIME_S
from koufu.v1 import applications_pb2 as wire
from tests.support.card_applications import Counter, an_application_server, at_counter, token
from tests.support.server import ServerForTests

CARD = "individual-number-card"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[ServerForTests]:
    with an_application_server(tmp_path) as made:
        yield made


@pytest.fixture
def clerk(server: ServerForTests) -> Counter:
    counter = at_counter(server)
    assert counter.open("kengo") == "draft"
    return counter


def told(clerk: Counter, session: bytes, *shown: str) -> str:
    """What the server makes of documents with the session of a card."""
    documents = [wire.ShownDocument(kind=each) for each in shown]
    request = wire.TellRequest(
        desk=clerk.desk,
        token=token(),
        which=clerk.which,
        shown=wire.ShownDocuments(documents=documents, card_session=session),
    )
    return clerk.took(clerk.call.Tell(request))


def session_of(server: ServerForTests, resident: str, terminal: str = "kiosk-1", *, answers: bool = True) -> bytes:
    visit = server.visit(resident, terminal)
    visit.open()
    if answers:
        assert visit.answer_challenge().HasField("offer")
    return visit.session_id


def test_the_session_of_the_applicant_s_own_card_counts_with_a_document(server: ServerForTests, clerk: Counter) -> None:
    assert told(clerk, b"", CARD) == "not-proven", "a card alone, whatever is said of its PIN"
    assert told(clerk, session_of(server, "kengo"), "student-card") == "not-proven"
    assert told(clerk, session_of(server, "kengo"), CARD) == "draft"
    assert clerk.move("check-identity") == "identity-checked"


def test_no_other_session_does(server: ServerForTests, clerk: Counter) -> None:
    assert told(clerk, session_of(server, "kengo", answers=False), CARD) == "not-proven", "no PIN was shown"
    assert told(clerk, session_of(server, "taro"), CARD) == "not-proven", "somebody else's"
    assert told(clerk, session_of(server, "kengo", "kiosk-2"), CARD) == "not-proven", "at another terminal"
    assert told(clerk, bytes(16), CARD) == "not-proven"
    answered = session_of(server, "kengo")
    server.clock.advance(SESSION_LIFETIME_S)
    assert told(clerk, answered, CARD) == "not-proven", "it is over"
