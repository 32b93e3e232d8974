"""Settings as drafts: what one person drafts another puts in force, to the second; nothing newer is overwritten, and
what was in force is never lost."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from certserver.demo.artwork import official_seal
from certserver.errors import ConfigurationError, NoSuchEntry, NotAllowed
from certserver.ledger.audit import verify
from certserver.ledger.state import found_municipality
from certserver.office.desk import Desk
from certserver.office.purposes import Purpose, Reason
from certserver.office.rights import OfficeRole
from certserver.office.settings.approving import approve, decline, roll_back
from certserver.office.settings.content import Content
from certserver.office.settings.difference import Area, Change, Item, Subject
from certserver.office.settings.draft_rows import Draft, DraftState
from certserver.office.settings.drafts import begin, drafts, drop, look, propose, put, reschedule, stands
from certserver.office.settings.making import Kept, Wanted, WhyNot
from certserver.office.settings.parts import ClosurePart
from certserver.office.settings.timeline import then
from certserver.storage.issued import audit_log
from koufu.evidence.words import CertificateKind
from tests.support.office import APPROVER, DRAFTER, a_desk, approvers_desk, drafters_desk
from tests.support.server import ServerForTests, a_server
from tests.support.server_people import MUNICIPALITY
from tests.support.setting_drafts import approved, proposed, settled, with_kind, with_profile

RESIDENCE = CertificateKind.RESIDENCE
SEAL = CertificateKind.SEAL_REGISTRATION
DAY_S = 86_400
AUDIT = Purpose(Reason.AUDIT, "1")

pytestmark = pytest.mark.usefixtures("either_database")


@pytest.fixture
def server(tmp_path: Path) -> Iterator[ServerForTests]:
    with a_server(tmp_path) as made:
        yield made


@pytest.fixture
def drafter(server: ServerForTests) -> Desk:
    return drafters_desk(server)


@pytest.fixture
def approver(server: ServerForTests) -> Desk:
    return approvers_desk(server)


def fee_offered(server: ServerForTests) -> int:
    """What a terminal is told that a certificate of residence costs now."""
    offered = server.visit("kengo").offer()
    return next(kind.fee for kind in offered.kinds if kind.kind == RESIDENCE.value)


def hours(desk: Desk, at: int) -> str:
    (kind,) = (part for part in stands(desk).content(at).kinds if part.kind is RESIDENCE)
    return kind.hours[0].opens


def test_a_terminal_is_told_a_new_fee_at_the_very_second(server: ServerForTests, drafter: Desk, approver: Desk) -> None:
    rises_at = drafter.now() + 600
    draft = settled(drafter, approver, with_kind(drafter, RESIDENCE, fee=300), rises_at)
    assert draft.state is DraftState.APPROVED
    server.clock.advance(599)
    assert fee_offered(server) == 200
    server.clock.advance(1)
    assert fee_offered(server) == 300


def test_a_draft_alone_changes_nothing(server: ServerForTests, drafter: Desk) -> None:
    draft = proposed(drafter, with_kind(drafter, RESIDENCE, fee=300))
    assert fee_offered(server) == 200
    subject = Subject(Area.FEES, "residence")
    assert draft.difference.changes == (Change(subject, Item("anybody"), 200, 300),)
    assert look(drafter, draft.number).spans[subject].until is None


def test_nobody_approves_what_they_drafted(server: ServerForTests, drafter: Desk, approver: Desk) -> None:
    both = a_desk(server, DRAFTER, *OfficeRole)
    draft = proposed(both, with_kind(both, RESIDENCE, fee=300))
    with pytest.raises(NotAllowed, match="another person"):
        approved(both, draft.number)
    assert fee_offered(server) == 200
    assert isinstance(approved(approver, draft.number), Draft)
    assert fee_offered(server) == 300


def test_rights_are_asked_for(server: ServerForTests, drafter: Desk, approver: Desk) -> None:
    content = with_kind(drafter, RESIDENCE, fee=300)
    with pytest.raises(NotAllowed):
        begin(approver, Wanted(content, ""))
    draft = proposed(drafter, content)
    other = drafters_desk(server, "mihon-hoka")
    for forbidden in (
        lambda: approved(other, draft.number),
        lambda: reschedule(other, draft.number, "", None),
        lambda: put(other, draft.number, content, stands(other).revision),
        lambda: drop(other, draft.number),
        lambda: drop(approver, draft.number),
        lambda: decline(drafter, draft.number, "no"),
        lambda: drafts(a_desk(server, "mihon-dare")),
    ):
        with pytest.raises(NotAllowed):
            forbidden()


def test_what_changed_since_it_was_seen_is_not_approved(drafter: Desk, approver: Desk) -> None:
    draft = proposed(drafter, with_kind(drafter, RESIDENCE, fee=300))
    seen = draft.fingerprint
    put(drafter, draft.number, with_kind(drafter, RESIDENCE, fee=3000), stands(drafter).revision)
    with pytest.raises(ConfigurationError, match="not proposed"):
        approve(approver, draft.number, seen)
    propose(drafter, draft.number)
    kept = approve(approver, draft.number, seen)
    assert isinstance(kept, Kept)
    assert kept.why is WhyNot.CHANGED_SINCE


def test_a_newer_change_is_told_and_not_overwritten(server: ServerForTests, drafter: Desk, approver: Desk) -> None:
    older = proposed(drafter, with_kind(drafter, RESIDENCE, fee=300))
    settled(drafter, approver, with_kind(drafter, RESIDENCE, fee=250))
    kept = approved(approver, older.number)
    assert isinstance(kept, Kept)
    assert kept.why is WhyNot.CONFLICT
    assert kept.meanwhile.changes == (Change(Subject(Area.FEES, "residence"), Item("anybody"), 200, 250),)
    assert fee_offered(server) == 250
    reschedule(drafter, older.number, older.why, None)
    propose(drafter, older.number)
    assert isinstance(approved(approver, older.number), Draft)
    assert fee_offered(server) == 300


def test_a_change_of_something_else_of_the_same_kind_is_no_conflict(drafter: Desk, approver: Desk) -> None:
    fee = proposed(drafter, with_kind(drafter, RESIDENCE, fee=300))
    before = stands(drafter).content(drafter.now()).kinds[0].hours
    later = [before[0].model_copy(update={"opens": "09:00"}).model_dump()]
    settled(drafter, approver, with_kind(drafter, RESIDENCE, hours=later))
    assert isinstance(approved(approver, fee.number), Draft)
    assert hours(drafter, drafter.now()) == "09:00"


def test_what_is_to_come_later_keeps_its_own_changes_alone(
    server: ServerForTests, drafter: Desk, approver: Desk
) -> None:
    spring = drafter.now() + 10 * DAY_S
    settled(drafter, approver, with_profile(drafter, mayor_name="見本　次郎"), spring)
    settled(drafter, approver, with_profile(drafter, name_en="City of Mihon"))
    server.clock.advance(10 * DAY_S)
    profile = stands(drafter).profile(drafter.now())
    assert profile is not None
    assert (profile.mayor_name, profile.name_en) == ("見本　次郎", "City of Mihon")


def test_closures_change_at_their_second_too(server: ServerForTests, drafter: Desk, approver: Desk) -> None:
    before = stands(drafter).content(drafter.now()).closures
    maintenance = ClosurePart(since=date(2026, 8, 1), until=date(2026, 8, 2), reason="点検", reason_en="Maintenance")
    at = drafter.now() + 600
    draft = settled(drafter, approver, Content(closures=(maintenance,)), at)
    assert {change.subject.area for change in draft.difference.changes} == {Area.CLOSURES}
    assert stands(drafter).content(at - 1).closures == before
    assert stands(drafter).content(at).closures == (maintenance,)


def test_an_instant_that_passed_while_it_waited_is_set_anew(
    server: ServerForTests, drafter: Desk, approver: Desk
) -> None:
    draft = proposed(drafter, with_kind(drafter, RESIDENCE, fee=300), drafter.now() + 60)
    server.clock.advance(61)
    kept = approved(approver, draft.number)
    assert isinstance(kept, Kept)
    assert kept.why is WhyNot.PAST
    with pytest.raises(ConfigurationError, match="past"):
        begin(drafter, Wanted(draft.content, "", drafter.now() - 1))


def test_rolling_back_takes_back_what_it_changed_and_nothing_else(
    server: ServerForTests, drafter: Desk, approver: Desk
) -> None:
    raised = settled(drafter, approver, with_kind(drafter, RESIDENCE, fee=300))
    settled(drafter, approver, with_kind(drafter, RESIDENCE, max_copies=3))
    server.clock.advance(60)
    back = roll_back(drafter, raised.number, "誤りのため")
    assert back.rolls_back == raised.number
    assert [(change.before, change.after) for change in back.difference.changes] == [(300, 200)]
    propose(drafter, back.number)
    assert isinstance(approved(approver, back.number), Draft)
    assert fee_offered(server) == 200
    (kind,) = (part for part in stands(drafter).content(drafter.now()).kinds if part.kind is RESIDENCE)
    assert kind.max_copies == 3


def test_a_change_to_come_can_be_taken_back_before_it_counts(
    server: ServerForTests, drafter: Desk, approver: Desk
) -> None:
    at = drafter.now() + 600
    raised = settled(drafter, approver, with_kind(drafter, RESIDENCE, fee=300), at)
    back = roll_back(drafter, raised.number, "延期のため")
    assert back.effective_at == at
    propose(drafter, back.number)
    approved(approver, back.number)
    server.clock.advance(600)
    assert fee_offered(server) == 200


def test_an_official_seal_is_drafted_approved_and_taken_back(
    server: ServerForTests, drafter: Desk, approver: Desk
) -> None:
    def in_force() -> bytes:
        profile = stands(drafter).profile(drafter.now())
        assert profile is not None
        return profile.official_seal

    former, new = in_force(), official_seal(("見本県", "見本市", "長職務"))
    draft = proposed(drafter, Content(), seal=new)
    assert draft.difference.two_persons
    assert isinstance(approved(approver, draft.number), Draft)
    assert in_force() == new
    server.clock.advance(1)
    propose(drafter, roll_back(drafter, draft.number, "誤りのため").number)
    approved(approver, drafts(drafter)[0].number)
    assert in_force() == former
    with pytest.raises(ConfigurationError, match="PNG"):
        begin(drafter, Wanted(Content(), "", official_seal=b"no picture"))


def test_what_would_not_hold_together_is_not_put_in_force(drafter: Desk, approver: Desk) -> None:
    profile = with_profile(drafter).profile
    assert profile is not None
    kept = [clause for clause in profile.clauses if clause.kind is not SEAL]
    draft = proposed(drafter, with_profile(drafter, clauses=kept))
    with pytest.raises(ConfigurationError, match="certification clause"):
        approved(approver, draft.number)
    assert look(drafter, draft.number).draft.state is DraftState.PROPOSED


def test_what_counted_when_a_document_was_issued_can_be_told(
    server: ServerForTests, drafter: Desk, approver: Desk
) -> None:
    (issued, *_) = server.visit("kengo").issue()
    number = issued.statement.document_no
    server.clock.advance(60)
    settled(drafter, approver, with_kind(drafter, RESIDENCE, fee=300))
    settled(drafter, approver, with_profile(drafter, mayor_name="見本　次郎"))
    server.clock.advance(60)
    with pytest.raises(NotAllowed):
        then(drafter, number, AUDIT)
    was = then(a_desk(server, "mihon-kansa", OfficeRole.AUDITOR), number, AUDIT)
    assert was.fee == 200
    assert was.content.kinds[0].fee == 200
    assert was.content.profile is not None
    assert was.content.profile.mayor_name == "見本　花子"
    assert was.spans[Subject(Area.FEES, "residence")].until == was.issued_at + 60
    with server.database.writing() as connection:
        found_municipality(connection, "131016")
    with pytest.raises(ConfigurationError):
        then(a_desk(server, "mihon-kansa", OfficeRole.AUDITOR, municipality="131016"), number, AUDIT)


def test_i12_every_step_of_a_draft_is_in_the_audit_log(server: ServerForTests, drafter: Desk, approver: Desk) -> None:
    settled(drafter, approver, with_kind(drafter, RESIDENCE, fee=300))
    drop(drafter, begin(drafter, Wanted(with_kind(drafter, RESIDENCE, fee=400), "")).number)
    with server.database.reading() as connection:
        verify(connection, MUNICIPALITY)
        noted = connection.execute(
            select(audit_log.c.actor, audit_log.c.detail).where(audit_log.c.detail.contains("settings: draft"))
        ).all()
    assert [row.actor for row in noted] == [
        f"officer {mark}" for mark in (DRAFTER, DRAFTER, APPROVER, DRAFTER, DRAFTER)
    ]
    assert "fees residence" in noted[2].detail
    assert f'"officer":"{DRAFTER}","second":"{APPROVER}"' in noted[2].detail
    assert "改定" not in "".join(row.detail for row in noted)


def test_a_draft_is_declined_by_another_person_with_a_reason(
    server: ServerForTests, drafter: Desk, approver: Desk
) -> None:
    draft = proposed(drafter, with_kind(drafter, RESIDENCE, fee=300))
    for why in ("", " ", "two\nlines", "長" * 401):
        with pytest.raises(ConfigurationError):
            decline(approver, draft.number, why)
    decline(approver, draft.number, " 金額の根拠がない ")
    told = look(drafter, draft.number).draft
    assert told.state is DraftState.DECLINED
    assert told.decision is not None
    assert (told.decision.by, told.decision.declined_why) == (APPROVER, "金額の根拠がない")
    with pytest.raises(ConfigurationError):
        drop(drafter, draft.number)
    with pytest.raises(ConfigurationError):
        approve(approver, draft.number, draft.fingerprint)
    assert fee_offered(server) == 200
    with server.database.reading() as connection:
        noted = connection.execute(
            select(audit_log.c.actor, audit_log.c.detail).where(audit_log.c.detail.contains("declined"))
        ).one()
    assert noted.actor == f"officer {APPROVER}"
    assert "根拠" not in noted.detail


def test_another_municipality_sees_no_draft_of_this_one(server: ServerForTests, drafter: Desk) -> None:
    draft = proposed(drafter, with_kind(drafter, RESIDENCE, fee=300))
    elsewhere = a_desk(server, APPROVER, *OfficeRole, municipality="131016")
    assert drafts(elsewhere) == ()
    with pytest.raises(NoSuchEntry):
        look(elsewhere, draft.number)
