"""Who may have what, judged on one snapshot."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from certserver.registers.extracts import HouseholdExtract, SealExtract
from certserver.registers.model import HouseholdSnapshot, RegisterDate, StatusNow, Withholding
from certserver.registers.snapshot import RegisterSnapshot
from certserver.rules import eligibility, ordering
from certserver.rules.eligibility import kind_refusal, old_enough, still_eligible
from certserver.rules.references import member_reference
from certserver.stages import EligibleLine, Refused
from koufu.evidence.order import Order, OrderLine
from koufu.evidence.words import CertificateKind, RefusalReason, Scope
from tests.support.registers import make_resident, make_seal
from tests.support.server_settings import EVERYTHING
from tests.support.server_visit import HOUSEHOLD, RESIDENCE, SEAL

TODAY = date(2026, 6, 10)
NONCE = bytes(32)
KINDS = tuple(CertificateKind)


def household(*, orderer: int = 0, seal: bool = True, **changes: dict[str, Any]) -> HouseholdSnapshot:
    """Kengo, Misaki and Haru; `changes` by first name; `orderer` says which of them orders."""
    names = ("kengo", "misaki", "haru")
    people = tuple(replace(make_resident(name, name="見本　" + name), **changes.get(name, {})) for name in names)
    registered = make_seal(people[orderer].resident_id) if seal else None
    return HouseholdSnapshot("本町", "見本　kengo", people[orderer], people, registered)


def eligible_lines(
    lines: tuple[OrderLine, ...], household: HouseholdSnapshot, nonce: bytes, today: date
) -> tuple[EligibleLine, ...] | Refused:
    order = Order("992011", "kiosk-1", bytes(16), nonce, lines, EVERYTHING.version, _fee(lines), "standard", 1)
    judged = ordering.eligible_lines(order, EVERYTHING, RegisterSnapshot("house/1", household), nonce, today)
    return judged if isinstance(judged, Refused) else judged.lines


def _fee(lines: tuple[OrderLine, ...]) -> int:
    return sum(300 * line.copies for line in lines)


def status_of(household: HouseholdSnapshot) -> StatusNow:
    return eligibility.status_of(RegisterSnapshot("house/1", household))


def shown(lines: tuple[EligibleLine, ...] | Refused) -> list[list[str]]:
    assert not isinstance(lines, Refused), lines
    return [_ids(line) for line in lines]


def _ids(line: EligibleLine) -> list[str]:
    if isinstance(line.extract, SealExtract):
        return [line.extract.resident.resident_id]
    assert isinstance(line.extract, HouseholdExtract)
    return [person.resident_id for person in line.extract.people]


def test_each_scope_shows_its_persons_in_the_registers_order() -> None:
    snapshot = household(orderer=1)
    chosen = tuple(member_reference(NONCE, resident_id) for resident_id in ("haru", "kengo"))
    members = OrderLine(CertificateKind.RESIDENCE, Scope.MEMBERS, members=chosen)
    lines = eligible_lines((RESIDENCE, HOUSEHOLD, members, SEAL), snapshot, NONCE, TODAY)
    assert shown(lines) == [["misaki"], ["kengo", "misaki", "haru"], ["kengo", "haru"], ["misaki"]]


@pytest.mark.parametrize(
    "references",
    [
        ("0000000000000000",),
        (member_reference(NONCE, "kengo"), member_reference(NONCE, "stranger")),
        (member_reference(NONCE, "kengo"), member_reference(NONCE, "kengo")),
        (member_reference(bytes([1]) * 32, "kengo"),),
    ],
)
def test_a_reference_of_nobody_here_is_refused(references: tuple[str, ...]) -> None:
    line = OrderLine(CertificateKind.RESIDENCE, Scope.MEMBERS, members=references)
    assert eligible_lines((RESIDENCE, line), household(), NONCE, TODAY) == Refused(RefusalReason.NOT_OFFERED, 1)


def test_a_registered_seal_shows_nobody_but_its_owner() -> None:
    for scope, members in ((Scope.HOUSEHOLD, ()), (Scope.MEMBERS, (member_reference(NONCE, "misaki"),))):
        line = OrderLine(CertificateKind.SEAL_REGISTRATION, scope, members=members)
        assert eligible_lines((line,), household(), NONCE, TODAY) == Refused(RefusalReason.NOT_OFFERED, 0)


def test_without_a_seal_or_with_a_cancelled_one_there_is_no_seal_registration() -> None:
    none = household(seal=False)
    cancelled = replace(household(), seal=replace(make_seal("kengo"), cancelled=True))
    assert eligible_lines((SEAL,), none, NONCE, TODAY) == Refused(RefusalReason.NO_SEAL, 0)
    assert eligible_lines((SEAL,), cancelled, NONCE, TODAY) == Refused(RefusalReason.SEAL_CANCELLED, 0)
    assert shown(eligible_lines((RESIDENCE,), cancelled, NONCE, TODAY)) == [["kengo"]]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"died": TODAY}, RefusalReason.DECEASED),
        ({"moved_out": TODAY}, RefusalReason.MOVED_OUT),
        ({"move_out_planned": date(2026, 7, 1)}, RefusalReason.MOVE_OUT_PLANNED),
        ({"born": RegisterDate(date(2011, 6, 11))}, RefusalReason.UNDER_AGE),
    ],
)
def test_the_standing_of_the_person_who_orders(change: dict[str, object], reason: RefusalReason) -> None:
    snapshot = household(kengo=change)
    assert eligible_lines((RESIDENCE, SEAL), snapshot, NONCE, TODAY) == Refused(reason)


def test_a_household_that_somebody_leaves_has_no_certificate_of_residence() -> None:
    snapshot = household(haru={"move_out_planned": date(2026, 7, 1)})
    for line in (RESIDENCE, HOUSEHOLD):
        assert eligible_lines((line,), snapshot, NONCE, TODAY) == Refused(RefusalReason.MOVE_OUT_PLANNED, 0)
    assert shown(eligible_lines((SEAL,), snapshot, NONCE, TODAY)) == [["kengo"]]


@pytest.mark.parametrize("measure", list(Withholding))
@pytest.mark.parametrize("protected", ["kengo", "misaki", "haru"])
@pytest.mark.parametrize("orderer", [0, 1, 2])
def test_i14_one_protected_person_hides_the_address_on_every_kind(
    measure: Withholding, protected: str, orderer: int
) -> None:
    changes: dict[str, Any] = {protected: {"withholding": frozenset({measure})}}
    status = status_of(household(orderer=orderer, **changes))
    assert {kind_refusal(kind, status) for kind in KINDS} == {RefusalReason.WITHHELD}


GONE = [{"died": date(2026, 6, 1)}, {"moved_out": date(2026, 6, 1)}]


@pytest.mark.parametrize("gone", GONE)
def test_who_is_gone_is_shown_on_nothing_and_can_not_be_chosen(gone: dict[str, object]) -> None:
    snapshot = household(misaki=gone)
    assert shown(eligible_lines((HOUSEHOLD,), snapshot, NONCE, TODAY)) == [["kengo", "haru"]]
    chosen = OrderLine(CertificateKind.RESIDENCE, Scope.MEMBERS, members=(member_reference(NONCE, "misaki"),))
    assert eligible_lines((chosen,), snapshot, NONCE, TODAY) == Refused(RefusalReason.NOT_OFFERED, 0)


@pytest.mark.parametrize("gone", GONE)
@pytest.mark.parametrize("measure", list(Withholding))
def test_i14_a_measure_of_somebody_who_is_gone_hides_nothing_here(
    gone: dict[str, object], measure: Withholding
) -> None:
    """Their address is another by now, and no line shows them; whoever is left must not be refused for ever."""
    left = household(misaki=gone | {"withholding": frozenset({measure}), "move_out_planned": date(2026, 6, 1)})
    assert {kind_refusal(kind, status_of(left)) for kind in KINDS} == {None, RefusalReason.NO_KOSEKI_HERE}
    assert shown(eligible_lines((HOUSEHOLD, SEAL), left, NONCE, TODAY)) == [["kengo", "haru"], ["kengo"]]
    here_too = household(misaki=gone, haru={"withholding": frozenset({measure})})
    assert {kind_refusal(kind, status_of(here_too)) for kind in KINDS} == {RefusalReason.WITHHELD}


def test_i14_no_other_reason_speaks_before_a_measure() -> None:
    withheld = frozenset({Withholding.PROTECTIVE_MEASURE})
    snapshot = household(seal=False, misaki={"withholding": withheld, "move_out_planned": date(2026, 7, 1)})
    status = status_of(snapshot)
    assert {kind_refusal(kind, status) for kind in KINDS} == {RefusalReason.WITHHELD}


def test_i14_measure_and_hold_and_both_read_alike() -> None:
    verdicts = {
        still_eligible((RESIDENCE, SEAL), status_of(household(haru={"withholding": frozenset(withholding)})))
        for withholding in ((Withholding.PROTECTIVE_MEASURE,), (Withholding.ISSUANCE_HOLD,), tuple(Withholding))
    }
    assert verdicts == {Refused(RefusalReason.WITHHELD, 0)}


@pytest.mark.parametrize(
    ("born", "today", "expected"),
    [
        (date(2011, 6, 10), date(2026, 6, 9), False),
        (date(2011, 6, 10), date(2026, 6, 10), True),
        (date(2012, 2, 29), date(2027, 2, 28), False),
        (date(2012, 2, 29), date(2027, 3, 1), True),
        (None, date(2026, 6, 10), True),
    ],
)
def test_fifteen_years(born: date | None, today: date, expected: bool) -> None:
    registered = RegisterDate(born) if born else RegisterDate(None, "昭和20年月日不詳")
    assert old_enough(registered, today) is expected
