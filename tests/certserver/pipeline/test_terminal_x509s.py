"""A terminal gets its X.509 by a one-time code, and renews it by the one it has."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key as generate_rsa_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID
from sqlalchemy import select

from certserver.composition.clock import SystemClock
from certserver.composition.desks import operators_desk
from certserver.ledger.terminals import Way, x509s_of
from certserver.objections import Objected
from certserver.office.desk import Desk
from certserver.office.terminals.changing import admit, let_serve, offer_enrolment, revoke, withdraw
from certserver.pipeline.admission import Admission, Caller, NotAdmitted, admission
from certserver.pipeline.terminals.codes import LIVES_S
from certserver.pipeline.terminals.enrolling import Asked, enrol
from certserver.pipeline.terminals.parts import Declined, TerminalCa, Why
from certserver.pipeline.terminals.renewing import introduce, renew
from certserver.signing.tls import CA_LIFETIME, LIFETIME, make_ca, make_terminal_x509
from certserver.storage.admission import terminal_codes
from tests.support.card_applications import entries_of
from tests.support.server import ServerForTests, a_server
from tests.support.server_people import MUNICIPALITY
from tests.support.server_settings import POST_OFFICE
from tests.support.terminal_keys import new_key, request_of

NEW = "kiosk-9"


@pytest.fixture
def server(either_database: None, tmp_path: Path) -> Iterator[ServerForTests]:
    with a_server(tmp_path) as made:
        # The CA of a home is made by the clock on the wall.
        made.clock.set(SystemClock().now())
        yield made


@pytest.fixture
def desk(server: ServerForTests) -> Desk:
    return operators_desk(server.home, server.node.settings, server.database, server.clock)


def ask(
    server: ServerForTests, code: str, request: bytes, name: str = NEW, address: str = "192.0.2.7"
) -> bytes | Declined:
    return enrol(server.node.terminal_parts, MUNICIPALITY, address, Asked(name, code, request))


def why(answered: bytes | Declined | None) -> Why:
    assert isinstance(answered, Declined), answered
    return answered.reason


def caller(name: str, der: bytes) -> Caller:
    return Caller(name, sha256(der).digest())


def admitted(server: ServerForTests, who: Caller) -> Admission | NotAdmitted:
    with server.database.reading() as connection:
        return admission(connection, MUNICIPALITY, who)


def noted(server: ServerForTests) -> list[tuple[str, str, str]]:
    """What the audit log says of X.509s: what came of it, for what, and the reason or the terminal."""
    return [
        (event, str(detail["what"]), str(detail.get("reason", detail.get("terminal"))))
        for event, detail in entries_of(server)
        if event.startswith("terminal-")
    ]


def enrolled(server: ServerForTests, desk: Desk) -> Caller:
    answered = ask(server, offer_enrolment(desk, NEW, POST_OFFICE).code, request_of(NEW, new_key()))
    assert isinstance(answered, bytes)
    return caller(NEW, answered)


def test_a_terminal_enrols_with_its_own_key_and_is_admitted(server: ServerForTests, desk: Desk) -> None:
    key, code = new_key(), offer_enrolment(desk, NEW, POST_OFFICE).code
    answered = ask(server, code.lower().replace("-", " "), request_of(NEW, key))
    assert isinstance(answered, bytes)
    made = x509.load_der_x509_certificate(answered)
    assert made.public_key() == key.public_key()
    assert made.subject.rfc4514_string() == f"CN={NEW}"
    ca = x509.load_pem_x509_certificate((server.home / "tls" / "ca.pem").read_bytes())
    made.verify_directly_issued_by(ca)
    assert made.not_valid_after_utc <= min(ca.not_valid_after_utc, server.clock.now() + LIFETIME)
    found = admitted(server, caller(NEW, answered))
    assert isinstance(found, Admission)
    assert found.outlet == POST_OFFICE
    with server.database.reading() as connection:
        kept = connection.execute(select(terminal_codes.c.code_hash)).scalar_one()
    assert kept == sha256(code.replace("-", "").encode()).digest()
    assert noted(server) == [("terminal-enrolled", "enrolled at post-office, post-office", NEW)]


def test_an_answer_that_was_lost_is_given_again_for_the_same_key_alone(server: ServerForTests, desk: Desk) -> None:
    key, code = new_key(), offer_enrolment(desk, NEW, POST_OFFICE).code
    first = ask(server, code, request_of(NEW, key))
    assert ask(server, code, request_of(NEW, key)) == first
    assert why(ask(server, code, request_of(NEW, new_key()))) is Why.CODE_USED
    assert noted(server)[-1] == ("terminal-declined", "enrolment", "code-used")


def test_what_is_wrong_with_a_code_or_a_request_is_told_and_noted(server: ServerForTests, desk: Desk) -> None:
    code, key = offer_enrolment(desk, NEW, POST_OFFICE).code, new_key()
    rsa = x509.CertificateSigningRequestBuilder().subject_name(
        x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NEW)])
    )
    another_kind = rsa.sign(generate_rsa_key(65537, 2048), SHA256()).public_bytes(Encoding.DER)
    more = request_of(NEW, key, x509.BasicConstraints(ca=True, path_length=None))
    tries = (
        ("AAAAAA-" * 3 + "AAAAAA", request_of(NEW, key), NEW, Why.CODE_WRONG),
        (code, request_of(NEW, key), "kiosk-8", Why.CODE_WRONG),
        (code, b"\x30\x03abc", NEW, Why.REQUEST),
        (code, another_kind, NEW, Why.REQUEST),
        (code, more, NEW, Why.REQUEST),
        (code, request_of("kiosk-1", key), NEW, Why.OTHER_NAME),
    )
    for typed, request, name, expected in tries:
        assert why(ask(server, typed, request, name)) is expected
    server.clock.advance(LIVES_S)
    assert why(ask(server, code, request_of(NEW, key))) is Why.CODE_EXPIRED
    assert [reason for _, _, reason in noted(server)] == [each.value for *_, each in tries] + ["code-expired"]
    assert isinstance(admitted(server, Caller(NEW, bytes(32))), NotAdmitted)


def test_whoever_guesses_waits_and_a_right_code_waits_too(server: ServerForTests, desk: Desk) -> None:
    code, key = offer_enrolment(desk, NEW, POST_OFFICE).code, new_key()
    for _ in range(5):
        assert why(ask(server, "wrong", request_of(NEW, key))) is Why.CODE_WRONG
    answered = ask(server, code, request_of(NEW, key), address="192.0.2.8")
    assert isinstance(answered, Declined)
    assert answered.reason is Why.WAIT
    assert 0 < answered.wait_s <= 900
    for _ in range(5):
        ask(server, "wrong", request_of("kiosk-8", key), "kiosk-8", "192.0.2.9")
    server.clock.advance(answered.wait_s)
    assert isinstance(ask(server, code, request_of(NEW, key)), bytes)


def test_strangers_who_try_on_neither_hold_the_lock_nor_lengthen_the_log(server: ServerForTests, desk: Desk) -> None:
    code, key = offer_enrolment(desk, NEW, POST_OFFICE).code, new_key()
    for _ in range(5):
        ask(server, "wrong", request_of(NEW, key))
    first = ask(server, "wrong", request_of(NEW, key))
    assert isinstance(first, Declined)
    assert noted(server)[-1] == ("terminal-declined", "enrolment", "wait")
    before = len(entries_of(server))
    # Somebody is being issued a document meanwhile.
    with server.database.writing():
        for _ in range(20):
            assert why(ask(server, "wrong", request_of(NEW, key))) is Why.WAIT
    assert len(entries_of(server)) == before
    server.clock.advance(first.wait_s)
    assert isinstance(ask(server, code, request_of(NEW, key)), bytes)
    assert noted(server)[-2:] == [
        ("terminal-declined", "enrolment: 21 tries in a wait that is over", "wait"),
        ("terminal-enrolled", "enrolled at post-office, post-office", NEW),
    ]


def test_a_terminal_that_has_an_x509_enrols_again_only_where_that_was_meant(server: ServerForTests, desk: Desk) -> None:
    code = offer_enrolment(desk, NEW, POST_OFFICE).code
    first = ask(server, code, request_of(NEW, new_key()))
    assert isinstance(first, bytes)
    with pytest.raises(Objected, match="enrolled already"):
        offer_enrolment(desk, NEW, POST_OFFICE)
    # The code was made before the terminal had any.
    early = offer_enrolment(desk, "kiosk-8", POST_OFFICE).code
    der = make_terminal_x509(make_ca(server.clock.now()), "kiosk-8", server.clock.now()).x509
    admit(desk, "kiosk-8", POST_OFFICE, der)
    assert why(ask(server, early, request_of("kiosk-8", new_key()), "kiosk-8")) is Why.ENROLLED
    second = ask(server, offer_enrolment(desk, NEW, POST_OFFICE, anew=True).code, request_of(NEW, new_key()))
    assert isinstance(second, bytes)
    assert isinstance(admitted(server, caller(NEW, second)), Admission)
    assert admitted(server, caller(NEW, first)) is NotAdmitted.TERMINAL


def test_the_former_x509_counts_beside_the_renewed_one_and_is_revoked_with_it(
    server: ServerForTests, desk: Desk
) -> None:
    present, key = enrolled(server, desk), new_key()
    server.clock.advance(timedelta(days=300).total_seconds())
    renewed = renew(server.node.terminal_parts, MUNICIPALITY, present, request_of(NEW, key))
    assert isinstance(renewed, bytes)
    assert renew(server.node.terminal_parts, MUNICIPALITY, present, request_of(NEW, key)) == renewed
    for each in (present, caller(NEW, renewed)):
        assert isinstance(admitted(server, each), Admission)
    with server.database.reading() as connection:
        known = x509s_of(connection, MUNICIPALITY, NEW)
    assert [each.way for each in known] == [Way.RENEWED, Way.ENROLLED]
    assert noted(server)[1:] == [("terminal-enrolled", "renewal", NEW)] * 2
    # Whoever has a stolen one may have renewed it.
    revoke(desk, NEW, present.x509_hash)
    for each in (present, caller(NEW, renewed)):
        assert admitted(server, each) is NotAdmitted.TERMINAL
    about = [str(detail["about"]) for _, detail in entries_of(server) if "revoked" in str(detail.get("what"))]
    assert about == [present.x509_hash.hex(), sha256(renewed).hexdigest()]


def test_a_renewed_x509_is_revoked_alone(server: ServerForTests, desk: Desk) -> None:
    present = enrolled(server, desk)
    server.clock.advance(timedelta(days=300).total_seconds())
    renewed = renew(server.node.terminal_parts, MUNICIPALITY, present, request_of(NEW, new_key()))
    assert isinstance(renewed, bytes)
    revoke(desk, NEW, sha256(renewed).digest())
    assert admitted(server, caller(NEW, renewed)) is NotAdmitted.TERMINAL
    assert isinstance(admitted(server, present), Admission)


def test_nothing_is_renewed_long_before_its_end(server: ServerForTests, desk: Desk) -> None:
    present, parts = enrolled(server, desk), server.node.terminal_parts
    server.clock.advance((LIFETIME - timedelta(days=91)).total_seconds())
    assert why(renew(parts, MUNICIPALITY, present, request_of(NEW, new_key()))) is Why.TOO_EARLY
    assert noted(server)[-1] == ("terminal-declined", "renewal", "too-early")
    server.clock.advance(timedelta(days=1).total_seconds())
    assert isinstance(renew(parts, MUNICIPALITY, present, request_of(NEW, new_key())), bytes)


def test_what_is_renewed_has_a_new_key_the_same_name_and_a_later_end(server: ServerForTests, desk: Desk) -> None:
    key, code = new_key(), offer_enrolment(desk, NEW, POST_OFFICE).code
    first = ask(server, code, request_of(NEW, key))
    assert isinstance(first, bytes)
    present, parts = caller(NEW, first), server.node.terminal_parts
    assert why(renew(parts, MUNICIPALITY, present, request_of(NEW, key))) is Why.REQUEST
    assert why(renew(parts, MUNICIPALITY, present, request_of("kiosk-1", new_key()))) is Why.OTHER_NAME
    assert why(renew(parts, MUNICIPALITY, present, b"none")) is Why.REQUEST
    server.clock.advance(timedelta(days=300).total_seconds())
    ending = make_ca(server.clock.now() - CA_LIFETIME + timedelta(days=10))
    with_it = replace(parts, ca=TerminalCa(ending.x509, ending))
    assert why(renew(with_it, MUNICIPALITY, present, request_of(NEW, new_key()))) is Why.CA_ENDS
    stranger = Caller(NEW, bytes(32))
    assert why(renew(parts, MUNICIPALITY, stranger, request_of(NEW, new_key()))) is Why.NOT_ADMITTED
    assert why(renew(parts, "992020", present, request_of(NEW, new_key()))) is Why.NOT_ADMITTED


def test_a_stopped_terminal_neither_renews_nor_enrols(server: ServerForTests, desk: Desk) -> None:
    present = enrolled(server, desk)
    code = offer_enrolment(desk, NEW, POST_OFFICE, anew=True).code
    withdraw(desk, NEW)
    parts = server.node.terminal_parts
    assert why(renew(parts, MUNICIPALITY, present, request_of(NEW, new_key()))) is Why.NOT_ADMITTED
    assert why(ask(server, code, request_of(NEW, new_key()))) is Why.STOPPED
    let_serve(desk, NEW)
    server.clock.advance(timedelta(days=300).total_seconds())
    assert isinstance(renew(parts, MUNICIPALITY, present, request_of(NEW, new_key())), bytes)


def test_one_renewed_elsewhere_counts_here_when_the_former_one_shows_it(server: ServerForTests, desk: Desk) -> None:
    """Another municipality's CA is the same one: a directory has one."""
    present, parts = enrolled(server, desk), server.node.terminal_parts
    ca = parts.ca.signs_with
    assert ca is not None
    now = server.clock.now()
    pem = make_terminal_x509(ca, NEW, now).x509
    renewed = x509.load_pem_x509_certificate(pem).public_bytes(Encoding.DER)
    assert admitted(server, caller(NEW, renewed)) is NotAdmitted.TERMINAL
    assert introduce(parts, MUNICIPALITY, present, renewed) is None
    assert isinstance(admitted(server, caller(NEW, renewed)), Admission)
    before = len(noted(server))
    assert introduce(parts, MUNICIPALITY, present, renewed) is None
    assert len(noted(server)) == before
    revoke(desk, NEW, sha256(renewed).digest())
    assert why(introduce(parts, MUNICIPALITY, present, renewed)) is Why.FOREIGN
    of_another_name = make_terminal_x509(ca, "kiosk-8", now).x509
    of_another_ca = make_terminal_x509(make_ca(now), NEW, now).x509
    for pem in (of_another_name, of_another_ca, (server.home / "tls" / "server.pem").read_bytes()):
        der = x509.load_pem_x509_certificate(pem).public_bytes(Encoding.DER)
        assert why(introduce(parts, MUNICIPALITY, present, der)) is Why.FOREIGN
    assert why(introduce(parts, MUNICIPALITY, present, b"none")) is Why.FOREIGN
