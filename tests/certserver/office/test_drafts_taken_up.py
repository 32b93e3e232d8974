"""A draft that is taken up again, dated anew or added to says what its drafter changed and nothing else: what others
set meanwhile, or for the day it is to count from, stays."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from certserver.demo.artwork import official_seal
from certserver.errors import ConfigurationError
from certserver.office.desk import Desk
from certserver.office.settings.approving import approve
from certserver.office.settings.content import Content
from certserver.office.settings.difference import Area, Change, Item, Subject
from certserver.office.settings.draft_rows import Draft
from certserver.office.settings.drafts import begin, propose, put, reschedule, stands
from certserver.office.settings.making import Kept, Wanted, WhyNot
from certserver.office.settings.merging import taken_over
from certserver.office.settings.parts import ClosurePart, KindPart
from koufu.evidence.words import CertificateKind
from tests.support.office import approvers_desk, drafters_desk
from tests.support.server import ServerForTests, a_server
from tests.support.setting_drafts import proposed, settled, with_kind, with_profile

RESIDENCE = CertificateKind.RESIDENCE
DAY_S = 86_400
FEE = Subject(Area.FEES, "residence")
CLOSED = Content(closures=(ClosurePart(since=date(2026, 8, 1), until=date(2026, 8, 2), reason="点検", reason_en="x"),))

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


def opening_later(desk: Desk) -> Content:
    (row, *_) = residence(desk, desk.now()).hours
    return with_kind(desk, RESIDENCE, hours=[row.model_copy(update={"opens": "09:00"}).model_dump()])


def residence(desk: Desk, at: int) -> KindPart:
    (kind,) = (part for part in stands(desk).content(at).kinds if part.kind is RESIDENCE)
    return kind


def test_a_draft_dated_anew_leaves_what_is_approved_for_that_day(drafter: Desk, approver: Desk) -> None:
    spring = drafter.now() + 10 * DAY_S
    fee = begin(drafter, Wanted(with_kind(drafter, RESIDENCE, fee=300), ""))
    settled(drafter, approver, opening_later(drafter), spring)
    dated = reschedule(drafter, fee.number, "条例の改正のため", spring)
    assert dated.difference.changes == (Change(FEE, Item("anybody"), 200, 300),)
    assert residence(drafter, spring).hours == dated.content.kinds[0].hours


def test_a_draft_taken_up_leaves_what_was_approved_meanwhile(drafter: Desk, approver: Desk) -> None:
    fee = proposed(drafter, with_kind(drafter, RESIDENCE, fee=300))
    settled(drafter, approver, opening_later(drafter))
    again = reschedule(drafter, fee.number, fee.why, None)
    assert again.difference.changes == (Change(FEE, Item("anybody"), 200, 300),)


def test_more_in_a_draft_leaves_what_was_approved_meanwhile(drafter: Desk, approver: Desk) -> None:
    fee = proposed(drafter, with_kind(drafter, RESIDENCE, fee=300))
    settled(drafter, approver, opening_later(drafter))
    more = put(drafter, fee.number, CLOSED, stands(drafter).revision)
    assert isinstance(more, Draft)
    assert more.difference.subjects == {FEE, Subject(Area.CLOSURES)}


def test_a_seal_that_a_draft_does_not_change_is_not_taken_back(drafter: Desk, approver: Desk) -> None:
    now = drafter.now()
    profile = stands(drafter).profile(now)
    assert profile is not None
    mayor = with_profile(drafter, mayor_name="見本　次郎")
    draft = begin(drafter, Wanted(mayor, "", None, profile.official_seal))
    settled(drafter, approver, Content(), seal=official_seal(("見本県", "見本市", "長職務")))
    again = reschedule(drafter, draft.number, "", None)
    assert again.difference.subjects == {Subject(Area.MAYOR)}
    assert again.official_seal is None


def test_what_is_wholly_new_stays_whole_and_what_does_not_stand_yet_is_not_changed(drafter: Desk) -> None:
    kind, profile = residence(drafter, drafter.now()), stands(drafter).content(drafter.now()).profile
    new = Content(kinds=(kind,), profile=profile)
    areas = {Area.NAMES, Area.MAYOR, Area.CLAUSES, Area.LAYOUTS, Area.CHECKING, Area.WINDOW}
    whole = {Subject(area, "residence") for area in (Area.CHOICES, Area.FEES, Area.HOURS)} | set(map(Subject, areas))
    assert taken_over(Content(), new, whole) == new
    for part in (FEE, Subject(Area.MAYOR)):
        with pytest.raises(ConfigurationError, match="instant"):
            taken_over(Content(), new, {part})


def test_a_reason_that_changed_since_it_was_read_is_not_approved(drafter: Desk, approver: Desk) -> None:
    draft = proposed(drafter, with_kind(drafter, RESIDENCE, fee=300))
    reschedule(drafter, draft.number, "ほかの理由のため", None)
    propose(drafter, draft.number)
    kept = approve(approver, draft.number, draft.fingerprint)
    assert isinstance(kept, Kept)
    assert kept.why is WhyNot.CHANGED_SINCE


def test_what_a_draft_takes_back_is_seen_too(drafter: Desk) -> None:
    draft = begin(drafter, Wanted(with_kind(drafter, RESIDENCE, fee=300), "改定のため"))
    assert replace(draft, rolls_back=1).fingerprint != draft.fingerprint


def test_nothing_is_proposed_without_a_reason(drafter: Desk) -> None:
    draft = begin(drafter, Wanted(with_kind(drafter, RESIDENCE, fee=300), " "))
    with pytest.raises(ConfigurationError, match="reason"):
        propose(drafter, draft.number)
