"""What a resident is offered, and whether an order keeps to it."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from certserver.ports import JST, unix
from certserver.registers.model import HouseholdSnapshot, Withholding
from certserver.registers.snapshot import RegisterSnapshot
from certserver.rules.board import board
from certserver.rules.in_force import InForce, in_force
from certserver.rules.offer import Offer, make_offer
from certserver.rules.ordering import check_order, eligible_lines
from certserver.stages import Refused
from koufu.evidence.order import Order, OrderLine
from koufu.evidence.words import CertificateKind, Option, RefusalReason, Scope
from tests.support.registers import make_resident, make_seal
from tests.support.server_people import profile
from tests.support.server_settings import OCTOBER, SETTINGS, TOWN_HALL
from tests.support.server_visit import RESIDENCE, SEAL

NOW = datetime(2026, 10, 1, 10, 0, tzinfo=JST)
NONCE = bytes(32)
IN_FORCE = in_force(SETTINGS, TOWN_HALL, unix(NOW))
PEOPLE = tuple(make_resident(name, name="見本　" + name) for name in ("kengo", "misaki"))
SNAPSHOT = HouseholdSnapshot("本町", "見本　kengo", PEOPLE[1], PEOPLE, make_seal("misaki"))


def with_members() -> InForce:
    kinds = (replace(IN_FORCE.kinds[0], scopes=(Scope.SELF, Scope.MEMBERS)), IN_FORCE.kinds[1])
    return replace(IN_FORCE, kinds=kinds)


def offered(in_force_now: InForce, snapshot: HouseholdSnapshot, now: datetime = NOW) -> Offer:
    offer = make_offer(in_force_now, RegisterSnapshot("house/1", snapshot), NONCE, unix(now) + 900, now)
    assert isinstance(offer, Offer)
    return offer


def order(*lines: OrderLine, fee: int, version: str = IN_FORCE.version) -> Order:
    return Order("992011", "kiosk-1", bytes(16), NONCE, lines, version, fee, "standard", unix(NOW) + 900)


def test_names_go_up_only_where_members_can_be_chosen() -> None:
    assert offered(IN_FORCE, SNAPSHOT).members == ()
    members = offered(with_members(), SNAPSHOT).members
    assert [(member.name, member.is_self) for member in members] == [("見本　kengo", False), ("見本　misaki", True)]
    assert len({member.reference for member in members}) == len(members)


def test_no_name_goes_up_from_a_household_with_a_protected_person() -> None:
    protected = replace(PEOPLE[0], withholding=frozenset({Withholding.PROTECTIVE_MEASURE}))
    offer = offered(with_members(), replace(SNAPSHOT, members=(protected, PEOPLE[1])))
    assert offer.members == ()
    assert {kind.refusal for kind in offer.kinds} == {RefusalReason.WITHHELD}


@pytest.mark.parametrize("gone", [{"died": date(2026, 6, 1)}, {"moved_out": date(2026, 6, 1)}])
def test_nobody_who_is_gone_can_be_chosen(gone: dict[str, Any]) -> None:
    offer = offered(with_members(), replace(SNAPSHOT, members=(replace(PEOPLE[0], **gone), PEOPLE[1])))
    assert [member.is_self for member in offer.members] == [True]


def test_a_closed_kind_says_so() -> None:
    night = offered(IN_FORCE, SNAPSHOT, NOW.replace(hour=23))
    assert {kind.refusal for kind in night.kinds} == {RefusalReason.CLOSED}


def test_an_offer_expires_with_its_session_or_when_a_setting_changes() -> None:
    assert offered(IN_FORCE, SNAPSHOT).expires_at == unix(NOW) + 900
    eve = datetime.fromtimestamp(OCTOBER - 60, JST)
    before = in_force(SETTINGS, TOWN_HALL, unix(eve))
    assert offered(before, SNAPSHOT, eve.replace(hour=22)).expires_at <= OCTOBER
    assert make_offer(before, RegisterSnapshot("house/1", SNAPSHOT), NONCE, unix(eve) + 900, eve) == replace(
        offered(before, SNAPSHOT, eve), expires_at=OCTOBER
    )


def judged(order: Order) -> Refused | None:
    """What speaks against an order, by what is in force and by what this resident was offered."""
    snapshot = RegisterSnapshot("house/1", SNAPSHOT)
    refused = check_order(order, IN_FORCE, NOW)
    lines = refused or eligible_lines(order, IN_FORCE, snapshot, NONCE, NOW.date())
    return lines if isinstance(lines, Refused) else None


def test_an_order_that_keeps_to_the_offer_is_taken() -> None:
    copies = replace(RESIDENCE, copies=3, options=frozenset({Option.DOMICILE}))
    assert judged(order(copies, SEAL, fee=1100)) is None


@pytest.mark.parametrize(
    ("lines", "fee", "reason", "line"),
    [
        ((RESIDENCE,), 200, RefusalReason.OFFER_CHANGED, None),
        ((RESIDENCE, replace(RESIDENCE, copies=6)), 2100, RefusalReason.NOT_OFFERED, 1),
        ((replace(RESIDENCE, options=frozenset({Option.RELATIONSHIP})),), 300, RefusalReason.NOT_OFFERED, 0),
        ((OrderLine(CertificateKind.SEAL_REGISTRATION, Scope.HOUSEHOLD),), 200, RefusalReason.NOT_OFFERED, 0),
        ((OrderLine(CertificateKind.KOSEKI_FULL, Scope.SELF),), 450, RefusalReason.NOT_OFFERED, 0),
    ],
)
def test_an_order_that_does_not_is_refused(
    lines: tuple[OrderLine, ...], fee: int, reason: RefusalReason, line: int | None
) -> None:
    assert judged(order(*lines, fee=fee)) == Refused(reason, line)


def test_another_version_or_a_closed_hour_is_refused() -> None:
    stale = order(RESIDENCE, fee=300, version="0" * 32)
    assert check_order(stale, IN_FORCE, NOW) == Refused(RefusalReason.OFFER_CHANGED)
    late = check_order(order(SEAL, fee=200), IN_FORCE, NOW.replace(hour=23))
    assert late == Refused(RefusalReason.CLOSED, 0)


def test_the_board_tells_fees_and_hours_without_a_card() -> None:
    shown = board(IN_FORCE, profile(), NOW)
    assert [(row.kind, row.fee, row.open_now) for row in shown.rows] == [
        (CertificateKind.RESIDENCE, 300, True),
        (CertificateKind.SEAL_REGISTRATION, 200, True),
    ]
    assert (shown.name, shown.closure) == ("見本市", None)
