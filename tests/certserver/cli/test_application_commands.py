"""`koufu-server application` and `commission`, as an officer types them, beside a server that runs."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from certserver.cli.main import main
from certserver.composition.clock import SystemClock
from certserver.ports import in_japan, unix
from kiosk.simulators.troubles import TroubleKind
from koufu.v1 import applications_pb2 as wire
from tests.support.card_applications import (
    PHOTO,
    Counter,
    an_application_server,
    at_counter,
    at_hall,
    entries_of,
    verified,
    version_of,
)
from tests.support.hand_over import finds
from tests.support.outside import OutsideForTests, outside_parties
from tests.support.server import ServerForTests

OFFICER = ("--officer", "officer-1")
LOOKING = (*OFFICER, "--reference", "2026-17")


@pytest.fixture
def server(tmp_path: Path) -> Iterator[ServerForTests]:
    with an_application_server(tmp_path) as made:
        made.clock.set(SystemClock().now())
        yield made


def typed(server: ServerForTests, *words: str) -> int:
    return main([*words[:2], "--home", str(server.home), *words[2:]])


@pytest.fixture
def clerk(server: ServerForTests) -> Counter:
    counter = at_counter(server)
    counter.taken_in("kengo")
    return counter


def test_an_officer_decides(server: ServerForTests, clerk: Counter, capsys: pytest.CaptureFixture[str]) -> None:
    def said() -> str:
        return capsys.readouterr().out

    assert typed(server, "application", "list") == 0
    assert f"{clerk.application}  sent-to-municipality" in said()
    assert typed(server, "application", "take", clerk.application, *OFFICER) == 0
    assert "Under review." in said()
    assert typed(server, "application", "return", clerk.application, *OFFICER, "--reason", "photo") == 0
    assert typed(server, "application", "list") == 0
    assert clerk.application not in said()
    assert typed(server, "application", "list", "--open") == 0
    assert f"{clerk.application}  returned" in said()

    server.clock.set(SystemClock().now())
    clerk.show()
    clerk.attach()
    clerk.tell(photo="fit")
    clerk.move("capture")
    assert clerk.move("send") == "sent-to-municipality"
    assert typed(server, "application", "take", clerk.application, *OFFICER) == 0
    assert typed(server, "application", "approve", clerk.application, *OFFICER) == 0
    assert clerk.show().shown.standing.state == "approved"
    verified(server)


def test_who_looks_is_noted(
    server: ServerForTests, clerk: Counter, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert typed(server, "application", "show", clerk.application, *LOOKING) == 0
    shown = capsys.readouterr().out
    assert re.search(r"^  name +見本　健吾$", shown, re.MULTILINE)
    assert "Attachment 1: photo, image/jpeg" in shown
    assert "check-identity by clerk clerk-1" in shown
    out = tmp_path / "photo.jpg"
    wanted = ("application", "show", clerk.application, *LOOKING, "--attachment", "1", "--out", str(out))
    assert typed(server, *wanted) == 0
    assert out.read_bytes() == PHOTO
    assert typed(server, *wanted) == 1  # nothing is written over
    viewed = [detail for event, detail in entries_of(server) if event == "viewed"]
    assert [(each["officer"], each["what"]) for each in viewed][:2] == [
        ("officer-1", "application"),
        ("officer-1", "photo 1"),
    ]


def test_a_refusal_says_why_and_changes_nothing(
    server: ServerForTests, clerk: Counter, capsys: pytest.CaptureFixture[str]
) -> None:
    for words, told in (
        (("approve", clerk.application), "no-such-move"),
        (("take", "0" * 32), "unknown-application"),
        (("take", clerk.application, "--seen", "1"), "moved-meanwhile"),
        (("take", clerk.application, "--officer", "clerk-1"), "no-clerk-of-it"),
    ):
        assert typed(server, "application", *words, *(() if "--officer" in words else OFFICER)) == 1
        assert told in capsys.readouterr().err
    assert clerk.show().shown.standing.state == "sent-to-municipality"
    assert typed(server, "application", "take", clerk.application, *OFFICER) == 0
    assert typed(server, "application", "reject", clerk.application, *OFFICER, "--reason", "not-entitled") == 0
    assert clerk.show().shown.standing.reason == "not-entitled"


def test_what_an_office_does_is_entered_by_an_operator(
    server: ServerForTests, capsys: pytest.CaptureFixture[str]
) -> None:
    clerk = at_counter(server, "small-1")
    assert clerk.open("kengo") == "not-commissioned"
    adding = [
        "commission",
        "add",
        "small-office",
        "--called",
        "見本小郵便局",
        "--place",
        "post-office-intake",
        "--procedure",
        "card-application",
    ]
    contract = ["--contract", "2026-04-01=契約2"]
    assert typed(server, *adding, *contract, "--since", "2026-05-01") == 0
    assert "until it has its council-resolution" in capsys.readouterr().out
    server.clock.set(SystemClock().now())  # what is entered counts from its own second
    assert clerk.open("kengo") == "nothing-behind-it"
    assert typed(server, *adding, *contract, "--since", "2026-05-01") == 1
    behind = [*contract, "--resolution", "2026-03-20=第7号", "--notice", "2026-05-20=告示3"]
    assert typed(server, *adding, *behind, "--since", "2026-06-01") == 0
    server.clock.set(SystemClock().now())
    assert clerk.open("kengo") == "draft"
    assert typed(server, "commission", "list") == 0
    assert (
        "small-office (見本小郵便局)  post-office-intake  since 2026-06-01: card-application" in capsys.readouterr().out
    )


@pytest.fixture
def outside(monkeypatch: pytest.MonkeyPatch) -> Iterator[OutsideForTests]:
    with outside_parties() as made:
        monkeypatch.setenv("KOUFU_SERVER_SIMULATED_PARTIES", made.address)
        yield made


def test_an_express_card_goes_step_by_step_to_the_door(
    server: ServerForTests, outside: OutsideForTests, capsys: pytest.CaptureFixture[str]
) -> None:
    hall = at_hall(server)
    lost = wire.ExpressClaim(code="lost", happened_on=in_japan(unix(server.clock.now())).date().isoformat())
    asked = wire.ExpressAsked(claims=[lost], comes=True, wants_x509=True)
    assert hall.open("kengo", express=True, express_asked=asked) == "draft", hall.refusal
    assert hall.completed() == "sent-to-municipality", hall.refusal
    server.clock.set(SystemClock().now())
    for word in ("take", "approve"):
        assert typed(server, "application", word, hall.application, *OFFICER) == 0
    for until in ("manufacturing", "set-up-at-maker", "mailed"):
        assert typed(server, "application", "follow", hall.application, "--until", until) == 0
        assert f"It is now {until}" in capsys.readouterr().out
    assert typed(server, "application", "follow", hall.application) == 0
    assert "It is now delivered" in capsys.readouterr().out
    assert typed(server, "application", "follow", hall.application) == 1


def test_an_approved_card_is_made_by_a_simulator_and_goes_by_simulated_mail(
    server: ServerForTests, outside: OutsideForTests, clerk: Counter, capsys: pytest.CaptureFixture[str]
) -> None:
    server.clock.set(SystemClock().now())
    for word in ("take", "approve"):
        assert typed(server, "application", word, clerk.application, *OFFICER) == 0
    for method, kind, told in (
        ("OrderCard", TroubleKind.FAIL, "the card maker did not answer, ask again"),
        ("AskOrder", TroubleKind.REFUSE, "the card maker refused: closed-today"),
    ):
        outside.trouble(method, kind)
        assert typed(server, "application", "follow", clerk.application) == 0
        assert told in capsys.readouterr().out
    assert typed(server, "application", "follow", clerk.application) == 0
    said = capsys.readouterr().out
    assert "[Simulated] No card was made and no letter carried. It is now card-at-municipality" in said
    sending = ("--kind", "addressee-only-special", *OFFICER)
    before = version_of(server.database, clerk)
    assert typed(server, "application", "mail-out", clerk.application, *sending) == 1, "it is not set up yet"
    assert version_of(server.database, clerk) == before, "nothing of it is kept"
    for words in (("set-up", clerk.application, *OFFICER), ("mail-out", clerk.application, *sending)):
        assert typed(server, "application", *words) == 0
    assert "In the mail. It is now mailed" in capsys.readouterr().out
    assert typed(server, "application", "follow", clerk.application) == 0
    assert "It is now delivered" in capsys.readouterr().out
    verified(server)


def test_an_approved_card_waits_at_the_counter(
    server: ServerForTests, outside: OutsideForTests, capsys: pytest.CaptureFixture[str]
) -> None:
    hall = at_hall(server)
    hall.taken_in("kengo", "counter")
    server.clock.set(SystemClock().now())
    for word in ("take", "approve"):
        assert typed(server, "application", word, hall.application, *OFFICER) == 0
    assert typed(server, "application", "follow", hall.application) == 0
    for word, state in (("set-up", "set-up"), ("notify", "notice-sent")):
        assert typed(server, "application", word, hall.application, *OFFICER) == 0
        assert f"It is now {state}" in capsys.readouterr().out
    server.clock.set(SystemClock().now())
    assert finds(hall, application=hall.application).waiting.name == "見本　健吾"
    verified(server)


def test_without_simulators_named_an_approved_card_waits(
    server: ServerForTests, clerk: Counter, capsys: pytest.CaptureFixture[str]
) -> None:
    assert typed(server, "application", "follow", clerk.application) == 1
    assert "no simulators are named" in capsys.readouterr().err
