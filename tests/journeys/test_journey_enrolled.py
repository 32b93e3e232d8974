"""A terminal's X.509 from its first day to its renewal: a one-time code at the command line, heartbeats over mutual
TLS, a new key before the end, the former one until it is revoked, and what a stopped one may not."""

from collections.abc import Iterator
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from sqlalchemy import delete

from certserver.composition.clock import SystemClock
from certserver.composition.desks import operators_desk
from certserver.office.desk import Desk
from certserver.office.terminals.changing import let_serve, offer_enrolment, revoke, withdraw
from certserver.office.terminals.reading import one_terminal
from certserver.office.terminals.standing import Standing
from certserver.signing.tls import make_ca, make_terminal_x509
from certserver.storage.admission import terminal_x509s
from kiosk.actions.x509_files import FORMER, NEXT
from kiosk.actions.x509s import RETRY_S
from kiosk.errors import ServerAway, ServerFault
from kiosk.flow.values.service import OutOfService
from tests.support.card_applications import entries_of
from tests.support.enrolling_terminal import EnrollingTerminal, StartedTerminal, a_port_to_enrol
from tests.support.server import a_server
from tests.support.server_settings import POST_OFFICE

NAME = "kiosk-9"


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[EnrollingTerminal]:
    with a_server(tmp_path) as server:
        server.clock.set(SystemClock().now())
        with server.on_the_wire() as wire, a_port_to_enrol(server) as port:
            yield EnrollingTerminal(tmp_path / NAME, wire, port, NAME)


@pytest.fixture
def desk(terminal: EnrollingTerminal) -> Desk:
    server = terminal.wire.server
    return operators_desk(server.home, server.node.settings, server.database, server.clock)


def standing(desk: Desk) -> Standing:
    return one_terminal(desk, NAME).state.standing


def test_from_a_code_to_a_served_heartbeat_and_a_renewal(terminal: EnrollingTerminal, desk: Desk) -> None:
    clock = terminal.wire.server.clock
    # So long ago that the X.509, which TLS holds against the real clock, is to be renewed today.
    clock.advance(-timedelta(days=320).total_seconds())
    assert terminal.enrol(offer_enrolment(desk, NAME, POST_OFFICE).code) == 0
    assert standing(desk) is Standing.AWAITED
    clock.set(SystemClock().now())
    with terminal.started() as started:
        assert started.beat().not_admitted is None
        assert standing(desk) is Standing.SERVES
        said: list[str] = []
        renewal = started.renewal(said)
        before = _hash(terminal.folder / "terminal.pem")
        renewal.look()
        assert said == ["renewed"]
        assert _hash(terminal.folder / f"terminal.pem{FORMER}") == before != _hash(terminal.folder / "terminal.pem")
        assert started.beat().not_admitted is None
    ends = [each.ends_at for each in one_terminal(desk, NAME).x509s if each.counts(desk.now())]
    assert len(ends) == 2
    assert ends[0] is not None
    assert ends[0] > desk.now() + timedelta(days=360).total_seconds()


def test_the_former_x509_counts_until_it_is_revoked(terminal: EnrollingTerminal, desk: Desk) -> None:
    clock = terminal.wire.server.clock
    clock.advance(-timedelta(days=320).total_seconds())
    assert terminal.enrol(offer_enrolment(desk, NAME, POST_OFFICE).code) == 0
    clock.set(SystemClock().now())
    with terminal.started() as former:
        said: list[str] = []
        # A program that goes on with what it began with.
        with terminal.started() as other:
            other.renewal(said).look()
        assert said == ["renewed"]
        assert former.beat().not_admitted is None
        # Whoever has the former one may have renewed it.
        revoke(desk, NAME, _hash(terminal.folder / f"terminal.pem{FORMER}"))
        assert former.beat().not_admitted is OutOfService.NOT_ADMITTED
        with terminal.started() as renewed:
            assert renewed.beat().not_admitted is OutOfService.NOT_ADMITTED


@pytest.fixture
def renewed(terminal: EnrollingTerminal, desk: Desk) -> EnrollingTerminal:
    """A terminal that has renewed its X.509, and whose former one counts for a while."""
    clock = terminal.wire.server.clock
    clock.advance(-timedelta(days=320).total_seconds())
    assert terminal.enrol(offer_enrolment(desk, NAME, POST_OFFICE).code) == 0
    clock.set(SystemClock().now())
    with terminal.started() as started:
        said: list[str] = []
        started.renewal(said).look()
        assert said == ["renewed"]
    return terminal


def pair(terminal: EnrollingTerminal, tail: str = "") -> tuple[bytes, bytes]:
    key, its_x509 = ((terminal.folder / f"terminal.{each}{tail}").read_bytes() for each in ("key", "pem"))
    return key, its_x509


def test_a_server_that_was_restored_from_before_a_renewal_learns_of_it_again(
    renewed: EnrollingTerminal, desk: Desk
) -> None:
    present = _hash(renewed.folder / "terminal.pem")
    with renewed.wire.server.database.writing() as connection:
        connection.execute(delete(terminal_x509s).where(terminal_x509s.c.x509_hash == present))
    with renewed.started() as started:
        assert started.beat().not_admitted is OutOfService.NOT_ADMITTED
        said: list[str] = []
        assert started.renewal(said).fall_back()
        assert said == ["present one shown again"]
        assert started.beat().not_admitted is None
    assert _hash(renewed.folder / "terminal.pem") == present


def test_the_former_counts_again_where_the_renewed_one_was_revoked_by_mistake(
    renewed: EnrollingTerminal, desk: Desk
) -> None:
    former, present = pair(renewed, FORMER), pair(renewed)
    revoke(desk, NAME, _hash(renewed.folder / "terminal.pem"))
    with renewed.started() as started:
        assert started.beat().not_admitted is OutOfService.NOT_ADMITTED
        said: list[str] = []
        renewal = started.renewal(said)
        assert renewal.fall_back()
        assert said == ["former one counts again"]
        assert started.beat().not_admitted is None
        assert (pair(renewed), pair(renewed, FORMER)) == (former, present)
        # Hours later it is renewed once more, with another key.
        hours_later = renewal.now() + RETRY_S + 1
        renewal.now = lambda: hours_later
        renewal.look()
        assert said[1:] == ["renewed"]
        assert started.beat().not_admitted is None
        assert pair(renewed)[0] not in (former[0], present[0])


def test_the_former_counts_again_where_tls_takes_the_renewed_one_no_more(
    renewed: EnrollingTerminal, desk: Desk
) -> None:
    """A clock that was set back, or a CA that went: the handshake fails, as if the server were away."""
    other = make_ca(SystemClock().now())
    unknown = make_terminal_x509(other, NAME, SystemClock().now())
    (renewed.folder / "terminal.key").write_bytes(unknown.key)
    (renewed.folder / "terminal.pem").write_bytes(unknown.x509)
    with renewed.started() as started:
        with pytest.raises(ServerAway):
            started.beat()
        said: list[str] = []
        assert started.renewal(said).fall_back()
        assert said == ["former one counts again"]
        assert started.beat().not_admitted is None


def test_a_terminal_that_is_stopped_or_a_server_that_is_away_changes_no_file(
    renewed: EnrollingTerminal, desk: Desk
) -> None:
    before = pair(renewed), pair(renewed, FORMER)
    withdraw(desk, NAME)
    with renewed.started() as started:
        said: list[str] = []
        assert not started.renewal(said).fall_back()
        away = started.renewal(said)
        away.by = lambda _municipality, by: started.transports.by("localhost:1", by)
        assert not away.fall_back()
        # Nor is it asked with every heartbeat.
        away.by = lambda _municipality, _pair: pytest.fail("it was asked again")
        assert not away.fall_back()
        busy = started.renewal(said)
        busy.free = lambda: False
        assert not busy.fall_back()
    assert said == []
    assert (pair(renewed), pair(renewed, FORMER)) == before


def test_an_x509_that_was_revoked_before_it_came_into_use_is_in_nobody_s_way(
    terminal: EnrollingTerminal, desk: Desk
) -> None:
    clock = terminal.wire.server.clock
    clock.advance(-timedelta(days=320).total_seconds())
    assert terminal.enrol(offer_enrolment(desk, NAME, POST_OFFICE).code) == 0
    clock.set(SystemClock().now())
    with terminal.started() as started:
        said: list[str] = []
        before = _hash(terminal.folder / "terminal.pem")
        cut_off = started.renewal(said)
        cut_off.by = lambda _municipality, pair: started.transports.by("localhost:1", pair)
        cut_off.look()
        assert said == ["renewal failed: ServerAway"]
        revoke(desk, NAME, _hash(terminal.folder / f"terminal.pem{NEXT}"))
        for _ in range(2):
            started.renewal(said).look()
        assert said[1:] == ["renewal refused: request", "renewed"]
        assert _hash(terminal.folder / f"terminal.pem{FORMER}") == before
        assert started.beat().not_admitted is None


def test_a_stopped_terminal_is_served_nothing_and_renews_nothing(terminal: EnrollingTerminal, desk: Desk) -> None:
    clock = terminal.wire.server.clock
    clock.advance(-timedelta(days=320).total_seconds())
    assert terminal.enrol(offer_enrolment(desk, NAME, POST_OFFICE).code) == 0
    clock.set(SystemClock().now())
    withdraw(desk, NAME)
    with terminal.started() as started:
        assert started.beat().not_admitted is OutOfService.NOT_ADMITTED
        said: list[str] = []
        started.renewal(said).look()
        assert said == ["renewal refused: not-admitted"]
        let_serve(desk, NAME)
        started.renewal(said).look()
        assert said[1:] == ["renewed"]


def test_what_a_code_is_refused_for_is_told_at_the_terminal(
    terminal: EnrollingTerminal, desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    assert terminal.enrol("AAAAAA-AAAAAA-AAAAAA-AAAAAA") == 2
    assert "this is not the code of kiosk-9" in capsys.readouterr().err
    code = offer_enrolment(desk, NAME, POST_OFFICE).code
    assert terminal.enrol(code) == 0
    assert "kiosk-9 is enrolled" in capsys.readouterr().out
    assert terminal.enrol(code) == 2
    assert "--again" in capsys.readouterr().err
    assert terminal.enrol(code, "--again") == 2
    assert "used already" in capsys.readouterr().err
    assert terminal.enrol(offer_enrolment(desk, NAME, POST_OFFICE, anew=True).code, "--again") == 0
    with terminal.started() as started:
        assert started.beat().not_admitted is None
    terminal.port = 1
    assert terminal.enrol(code, "--again") == 2
    assert "did not answer" in capsys.readouterr().err
    told = [detail.get("reason", "") for event, detail in entries_of(terminal.wire.server) if "declined" in event]
    assert told == ["code-wrong", "code-used"]


def test_without_an_x509_the_terminals_port_says_nothing(terminal: EnrollingTerminal, desk: Desk) -> None:
    """The port for enrolments has no heartbeat."""
    assert terminal.enrol(offer_enrolment(desk, NAME, POST_OFFICE).code) == 0
    with terminal.started() as started:
        address = terminal.wire.address
        terminal.wire = type(terminal.wire)(terminal.wire.server, terminal.port, terminal.wire.channels)
        with pytest.raises(ServerFault):
            StartedTerminal(terminal, started.transports).beat()
        assert terminal.wire.address != address


def _hash(pem: Path) -> bytes:
    return sha256(x509.load_pem_x509_certificate(pem.read_bytes()).public_bytes(Encoding.DER)).digest()
