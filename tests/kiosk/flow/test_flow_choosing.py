"""Choosing beyond the common way: years and damages, persons of the koseki, numbers, advice; orders without a fee."""

from dataclasses import replace

import pytest

from kiosk.flow.documents import FeeHeld, WaitingDocument
from kiosk.flow.effects import AcceptMoney, PrintSlip, ProveOrder, Release, SettleMoney
from kiosk.flow.events import DocumentsAccepted, DocumentSettled, Offered, Prepared, PrintersSeen, Released
from kiosk.flow.scenes import (
    Advised,
    ChooseKind,
    ChooseMatter,
    ChooseMembers,
    ChooseOptions,
    ChoosePurpose,
    Confirm,
    Declined,
    Preparing,
    Printing,
    ProvingOrder,
    Releasing,
    Scene,
    TakeBelongings,
    TakeSheets,
    WarnNumber,
)
from kiosk.flow.slips import GuidanceSlip
from kiosk.flow.touches import (
    CopiesChanged,
    Key,
    KindChosen,
    LineChanged,
    LineRemoved,
    MatterChosen,
    MemberToggled,
    OptionSet,
    Pressed,
    PurposeChosen,
    ScopeChosen,
)
from kiosk.flow.values.offer import Offer
from kiosk.flow.values.order import Line
from koufu.evidence.words import NUMBER_OPTIONS, CertificateKind, Option, RefusalReason, Scope
from printers.model import Printed
from tests.support.kiosk_journey import BACK, PRIMARY, REMOVED, Step, Walk, identified, proven
from tests.support.kiosk_samples import EVERY, PRINTER_READY, accepted


def offered(offer: Offer = EVERY) -> tuple[Step, ...]:
    *before, _ = identified()
    return (*before, Step(Offered(1, offer), ChoosePurpose(None)))


def named(kind: CertificateKind, then: type[object] | Scene) -> tuple[Step, ...]:
    return (Step(Pressed(Key.BY_NAME), ChooseKind(None)), Step(KindChosen(kind), ChooseKind(kind)), Step(PRIMARY, then))


def tax(matter: str = "", editing: int | None = None) -> ChooseMatter:
    return ChooseMatter(Line(CertificateKind.INCOME_TAX, Scope.SELF, frozenset(), (), 1, 300, matter), editing)


TAX_CHOSEN = (
    *named(CertificateKind.INCOME_TAX, tax()),
    Step(PRIMARY, tax()),
    Step(MatterChosen("1999"), tax()),
    Step(MatterChosen("2025"), tax("2025")),
    Step(PRIMARY, Confirm),
)


def basket(walk: Walk) -> list[tuple[CertificateKind, str, tuple[str, ...], int]]:
    assert walk.state.visit is not None
    return [(line.kind, line.matter, line.members, line.copies) for line in walk.state.visit.basket]


def test_a_year_is_asked_for_and_stands_in_the_order() -> None:
    walk = Walk().go(*offered(), *TAX_CHOSEN)
    line = tax("2025").line
    walk.go(Step(PRIMARY, ProvingOrder, (ProveOrder(1, (line,), 300, EVERY),)))


def test_a_year_survives_the_way_back_and_a_change() -> None:
    walk = Walk().go(
        *offered(),
        *TAX_CHOSEN,
        Step(BACK, tax("2025")),
        Step(BACK, ChooseKind(CertificateKind.INCOME_TAX)),
        Step(PRIMARY, tax("2025")),
        Step(PRIMARY, Confirm),
        Step(CopiesChanged(0, 1), Confirm),
        Step(LineChanged(0), ChooseMatter),
        Step(MatterChosen("2026"), ChooseMatter),
        Step(PRIMARY, Confirm),
    )
    assert basket(walk) == [(CertificateKind.INCOME_TAX, "2026", (), 2)]
    walk.go(Step(LineChanged(0), ChooseMatter), Step(MatterChosen("2025"), ChooseMatter), Step(BACK, Confirm))
    assert basket(walk) == [(CertificateKind.INCOME_TAX, "2026", (), 2)]
    walk.go(Step(LineChanged(0), ChooseMatter), Step(LineRemoved(0), ChoosePurpose(None)))
    assert basket(walk) == []


def test_the_only_damage_that_can_be_had_is_taken_and_shown() -> None:
    line = Line(CertificateKind.DISASTER_VICTIM, Scope.HOUSEHOLD, frozenset(), (), 1, 0, "d1")
    Walk().go(
        *offered(),
        *named(CertificateKind.DISASTER_VICTIM, ChooseMatter(line, None)),
        Step(PRIMARY, ChooseOptions(line, None)),
        Step(BACK, ChooseMatter(line, None)),
    )


def test_a_year_that_cant_be_had_leads_to_its_guidance_or_nowhere_with_a_basket() -> None:
    refused = (
        *named(CertificateKind.INCOME_TAX, tax()),
        Step(MatterChosen("2024"), tax("2024")),
    )
    walk = Walk().go(*offered(), *refused, Step(PRIMARY, Declined))
    slips = [each.slip for each in walk.effects if isinstance(each, PrintSlip)]
    assert [type(slip) for slip in slips] == [GuidanceSlip]
    assert isinstance(slips[0], GuidanceSlip)
    assert (slips[0].reason, slips[0].kind) == (RefusalReason.UNDECLARED, CertificateKind.INCOME_TAX)
    Walk().go(*offered(), *TAX_CHOSEN, Step(Pressed(Key.ADD_LINE)), *refused, Step(PRIMARY, tax("2024")))


def test_a_kind_that_cant_be_had_leads_to_its_guidance_or_nowhere_with_a_basket() -> None:
    walk = Walk().go(*offered(), *named(CertificateKind.SEAL_REGISTRATION, Declined))
    assert isinstance(walk.state.scene, Declined)
    assert walk.state.scene.reason is RefusalReason.NO_SEAL
    Walk().go(
        *offered(),
        *TAX_CHOSEN,
        Step(Pressed(Key.ADD_LINE)),
        *named(CertificateKind.SEAL_REGISTRATION, ChooseKind(CertificateKind.SEAL_REGISTRATION)),
    )


def test_persons_are_those_of_the_circle_of_the_kind() -> None:
    walk = Walk().go(
        *offered(),
        *named(CertificateKind.KOSEKI_INDIVIDUAL, ChooseOptions),
        Step(ScopeChosen(Scope.MEMBERS), ChooseOptions),
        Step(PRIMARY, ChooseMembers),
        Step(MemberToggled("m-1"), ChooseMembers),
        Step(PRIMARY, ChooseMembers),
        Step(MemberToggled("k-2"), ChooseMembers),
        Step(MemberToggled("k-1"), ChooseMembers),
        Step(PRIMARY, Confirm),
    )
    assert basket(walk) == [(CertificateKind.KOSEKI_INDIVIDUAL, "", ("k-1", "k-2"), 1)]
    walk.go(Step(LineChanged(0), ChooseOptions), Step(PRIMARY, ChooseMembers), Step(PRIMARY, Confirm))
    assert basket(walk) == [(CertificateKind.KOSEKI_INDIVIDUAL, "", ("k-1", "k-2"), 1)]


@pytest.mark.parametrize("option", [option for option in Option if option in NUMBER_OPTIONS])
def test_a_number_is_shown_only_after_its_warning(option: Option) -> None:
    walk = Walk().go(
        *offered(),
        Step(PurposeChosen("employer")),
        Step(PRIMARY, ChooseOptions),
        Step(OptionSet(option, True), WarnNumber),
        Step(BACK, ChooseOptions),
    )
    assert isinstance(walk.state.scene, ChooseOptions)
    assert walk.state.scene.line.options == {Option.DOMICILE}
    walk.go(Step(OptionSet(option, True), WarnNumber), Step(PRIMARY, ChooseOptions))
    assert isinstance(walk.state.scene, ChooseOptions)
    assert walk.state.scene.line.options == {Option.DOMICILE, option}
    walk.go(Step(OptionSet(option, True), ChooseOptions), Step(OptionSet(option, False), ChooseOptions))
    assert isinstance(walk.state.scene, ChooseOptions)
    assert walk.state.scene.line.options == {Option.DOMICILE}


def test_no_purpose_puts_a_number_on_a_page() -> None:
    walk = Walk().go(*offered(), Step(PurposeChosen("employer")), Step(PRIMARY, ChooseOptions))
    assert isinstance(walk.state.scene, ChooseOptions)
    assert not walk.state.scene.line.options & NUMBER_OPTIONS


def test_advice_is_told_before_one_goes_on() -> None:
    Walk().go(
        *offered(),
        Step(PurposeChosen("passport")),
        Step(PRIMARY, Advised("passport")),
        Step(BACK, ChoosePurpose("passport")),
        Step(PRIMARY, Advised("passport")),
        Step(PRIMARY, ChooseOptions),
        Step(BACK, ChoosePurpose("passport")),
    )


def test_where_nothing_is_to_be_ordered_the_visit_ends_unless_there_is_a_basket() -> None:
    advised = (Step(PurposeChosen("immigration")), Step(PRIMARY, Advised("immigration")))
    Walk().go(*offered(), *advised, Step(PRIMARY, TakeBelongings))
    Walk().go(*offered(), *TAX_CHOSEN, Step(Pressed(Key.ADD_LINE)), *advised, Step(PRIMARY, Confirm))


def test_a_purpose_whose_kind_nobody_offers_is_declined_as_not_offered() -> None:
    walk = Walk().go(*offered(), Step(PurposeChosen("housing")), Step(PRIMARY, Declined))
    assert isinstance(walk.state.scene, Declined)
    assert walk.state.scene.reason is RefusalReason.NOT_OFFERED


def test_five_lines_of_several_kinds_go_under_one_proof_and_one_fee() -> None:
    walk = Walk().go(*offered(), *TAX_CHOSEN)
    for _ in range(4):
        walk.go(Step(Pressed(Key.ADD_LINE), ChoosePurpose(None)), *TAX_CHOSEN)
    walk.go(Step(Pressed(Key.ADD_LINE), Confirm), *[Step(CopiesChanged(4, 1), Confirm)] * 12)
    assert [copies for *_, copies in basket(walk)] == [1, 1, 1, 1, 10]
    lines = (*[tax("2025").line] * 4, replace(tax("2025").line, copies=10))
    walk.go(Step(PRIMARY, ProvingOrder, (ProveOrder(1, lines, 4200, EVERY),)))


def test_i7_an_order_without_a_fee_moves_no_money_and_prints_no_receipt() -> None:
    document = WaitingDocument(0, 0, CertificateKind.DISASTER_VICTIM, "0123456789ABCDEF", sheets=1)
    walk = Walk().go(
        *offered(),
        *named(CertificateKind.DISASTER_VICTIM, ChooseMatter),
        Step(PRIMARY, ChooseOptions),
        Step(PRIMARY, Confirm),
        *proven(),
        Step(REMOVED, Preparing),
        Step(Prepared(1, (document,)), Preparing),
        Step(PrintersSeen(PRINTER_READY, PRINTER_READY), Releasing, (Release(1, FeeHeld(0, 0)),)),
        Step(Released(1), Releasing),
        Step(DocumentsAccepted(1, accepted(document)), Printing(1, 1)),
        Step(DocumentSettled(1, Printed(1)), TakeSheets(1, 0, frozenset(), receipt=False)),
    )
    assert not [each for each in walk.effects if isinstance(each, AcceptMoney | SettleMoney | PrintSlip)]
