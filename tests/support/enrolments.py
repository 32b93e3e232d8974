"""Enrolments for tests of the server: what somebody says, and a newcomer's way to a number."""

from datetime import date

from sqlalchemy import Connection

from certserver.identity.enrolments import Enrolment, EnrolmentState, insert_enrolment, said_context
from certserver.office.desk import Desk
from certserver.outlets import EVERYWHERE
from certserver.pipeline.setting_rows import add_fee, add_hours, add_kind
from certserver.rules.settings import FeeRow, HoursRow, KindRow
from koufu.evidence.challenge import NONCE_BYTES, Challenge
from koufu.evidence.enrolment import Applicant, KosekiEnrolment, ProvenEnrolment
from koufu.evidence.numbers import enrolment_number
from koufu.evidence.words import CertificateKind, Scope
from koufu.v1 import enrolment_pb2 as wire
from tests.support.server import ServerForTests
from tests.support.server_people import MUNICIPALITY
from tests.support.server_visit import Visit

SAID = Applicant("みほんけん みほんし ほんちょう 1", "みほん けんご", "みほん はる", date(1990, 2, 28), "099-000-0000")

_SINCE = 1_775_000_000


def offer_koseki(connection: Connection) -> None:
    """Sets koseki kinds, in their shorter hours."""
    kind = CertificateKind.KOSEKI_INDIVIDUAL
    add_kind(connection, MUNICIPALITY, KindRow(kind, _SINCE, True, (Scope.SELF,), (), 5))
    add_fee(connection, MUNICIPALITY, FeeRow(kind, _SINCE, 450))
    hours = HoursRow(EVERYWHERE, kind, _SINCE, 9 * 60, 17 * 60, weekdays_only=True)
    add_hours(connection, MUNICIPALITY, hours)


def claim(visit: Visit, said: Applicant = SAID, former: str = "") -> KosekiEnrolment:
    """What the visit's holder applies for in its session."""
    nonce = Challenge.from_bytes(visit.challenge).nonce
    return KosekiEnrolment(visit.municipality, visit.terminal, nonce, said, former)


def apply(server: ServerForTests, visit: Visit, enrolment: KosekiEnrolment | None = None) -> wire.ApplyReply:
    """Applies, proven by the visit's card."""
    evidence = (enrolment or claim(visit)).to_bytes()
    return send(server, visit, ProvenEnrolment(evidence, visit.answer(evidence)))


def send(server: ServerForTests, visit: Visit, proven: ProvenEnrolment) -> wire.ApplyReply:
    """Applies with these very bytes."""
    request = wire.ApplyRequest(
        municipality=visit.municipality,
        session_id=visit.session_id,
        enrolment=proven.evidence,
        proof=proven.proof,
    )
    return server.node.enrolment.apply(request, server.caller(visit.terminal))


def told(server: ServerForTests, number: str, visit: Visit | None = None) -> str:
    """What the server says of a number, if wanted in the session of a visit."""
    request = wire.AskStateRequest(
        municipality=MUNICIPALITY, number=number, session_id=b"" if visit is None else visit.session_id
    )
    return server.node.enrolment.ask_state(request, server.caller()).state


def answered(visit: Visit) -> str:
    """Opens a session and answers its challenge; the reason it was refused for."""
    opened = visit.open()
    assert opened.HasField("opened"), opened.refusal.reason
    return visit.answer_challenge().refusal.reason


def waits(desk: Desk, which: int, said: Applicant = SAID) -> str:
    """An enrolment that waits without anybody having applied; its number."""
    number = enrolment_number(which.to_bytes(10, "big"))
    enrolment = KosekiEnrolment(desk.municipality, "kiosk-1", bytes(NONCE_BYTES), said)
    row = Enrolment(
        municipality=desk.municipality,
        number=number,
        subject=which.to_bytes(32, "big"),
        not_after=desk.now() + 86_400,
        state=EnrolmentState.APPLIED,
        encrypted_said=desk.vault.close(enrolment.to_bytes(), said_context(number)),
        terminal="kiosk-1",
        applied_at=desk.now(),
        koseki_id=None,
        person_id=None,
        decided_at=None,
        reason=None,
    )
    with desk.database.writing() as connection:
        insert_enrolment(connection, row, which.to_bytes(32, "big"))
    return number
